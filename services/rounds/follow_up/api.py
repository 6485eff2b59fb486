"""`/rounds/{id}/follow-up`: the day of the check, reports, the check itself; `/follow-ups`: what waits for me."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from services.rounds.commitments.queries import subject
from services.rounds.cycles.api import unkept
from services.rounds.cycles.sealing import seal
from services.rounds.cycles.today import today
from services.rounds.deps import Deps
from services.rounds.follow_up.commands import FollowUpCommand, RevisitCommitments, SetFollowUp
from services.rounds.follow_up.day import usual_day
from services.rounds.follow_up.events import Report, Status
from services.rounds.follow_up.queries import FollowUpOut, WaitingList, follow_up_out, waiting
from services.rounds.meetings.queries import people_calendar
from services.rounds.rounds.queries import RoundFile, debrief_stream, round_file
from shared.access import Actor, Role
from shared.errors import NotFound
from shared.http import IdempotencyKey, command_context, requires
from shared.said import say

SOON = timedelta(days=21)


class DayIn(BaseModel):
    model_config = ConfigDict(extra="forbid")
    day: date


class ReportIn(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)
    number: int = Field(ge=1)
    status: Status
    evidence: str = Field(default="", max_length=2000, description="what shows it, in words")


class ReportsIn(BaseModel):
    model_config = ConfigDict(extra="forbid")
    reports: list[ReportIn] = Field(max_length=20)
    held: bool = Field(default=False, description="this is the check; every commitment has a status then")


async def usual(deps: Deps, district_id: UUID, school_id: UUID) -> date:
    calendar = await people_calendar(deps, district_id, [], [school_id])
    return usual_day(calendar, await today(deps, district_id))


async def setting(deps: Deps, district_id: UUID, file: RoundFile, day: date | None) -> SetFollowUp:
    """The command that sets the day of the check; without one, the usual day."""
    plan, now = file.plan, await today(deps, district_id)
    calendar = await people_calendar(deps, district_id, [], [plan.school_id])
    day = day or usual_day(calendar, now)
    return SetFollowUp(
        round_id=plan.round_id,
        school_id=plan.school_id,
        day=day,
        timezone=calendar.zone.key,
        today=now,
        school_day=calendar.open(day),
        facilitator_id=plan.facilitator_id,
    )


def router(deps: Deps) -> APIRouter:
    api = APIRouter(tags=["follow-up"], dependencies=[Depends(unkept)])

    def leads(actor: Actor, file: RoundFile) -> bool:
        return actor.may("follow_up.lead", school_id=file.plan.school_id, people=file.people)

    async def reached(round_id: UUID, actor: Actor) -> RoundFile:
        """The round, for its leads, for who may read what was released, and for who owns a commitment."""
        file = await round_file(deps, actor.district_id, round_id)
        owners = [c.owner_id for c in file.debrief.commitments if c.owner_id is not None]
        people = {**file.people, Role.OBSERVER: owners}
        actor.require("follow_up.read", what="follow-up", school_id=file.plan.school_id, people=people)
        facilitates = actor.may("debrief.lead", people=file.people)
        if not (file.debrief.releases or facilitates):
            raise NotFound(say("errors.not_yours.follow_up"))
        return file

    async def shown(round_id: UUID, actor: Actor) -> FollowUpOut:
        file = await reached(round_id, actor)
        day = await usual(deps, actor.district_id, file.plan.school_id)
        return await follow_up_out(deps, file, actor.district_id, actor.person_id, leads(actor, file), day)

    async def handle(command: FollowUpCommand, actor: Actor, request: Request, key: UUID | None = None) -> FollowUpOut:
        await deps.debriefs.handle(debrief_stream(command.round_id), command, command_context(actor, request, key))
        return await shown(command.round_id, actor)

    @api.get("/follow-ups")
    async def list_follow_ups(actor: Annotated[Actor, requires("follow_up.report")]) -> WaitingList:
        """The checks that are due within three weeks, or overdue."""
        now = await today(deps, actor.district_id)
        schools = sorted(actor.schools(Role.HOST_PRINCIPAL))
        return WaitingList(items=await waiting(deps, actor.district_id, actor.person_id, schools, now, now + SOON))

    @api.get("/rounds/{round_id}/follow-up")
    async def get_follow_up(round_id: UUID, actor: Annotated[Actor, requires("follow_up.read")]) -> FollowUpOut:
        """How the next level of work stands. What shows it, in words, is read by those who may report."""
        return await shown(round_id, actor)

    @api.put("/rounds/{round_id}/follow-up/day")
    async def set_follow_up_day(
        round_id: UUID, body: DayIn, actor: Annotated[Actor, requires("follow_up.lead")], request: Request
    ) -> FollowUpOut:
        """Moves the check, or after one was held sets a further one."""
        file = await reached(round_id, actor)
        actor.require("follow_up.lead", what="follow-up", school_id=file.plan.school_id, people=file.people)
        return await handle(await setting(deps, actor.district_id, file, body.day), actor, request)

    @api.post("/rounds/{round_id}/follow-up/reports", status_code=201)
    async def report_on_commitments(
        round_id: UUID,
        body: ReportsIn,
        actor: Annotated[Actor, requires("follow_up.report")],
        request: Request,
        key: IdempotencyKey = None,
    ) -> FollowUpOut:
        """What became of commitments: by who owns them, or by the principal or facilitator for any."""
        file = await reached(round_id, actor)
        about = subject(actor.person_id)
        reports = []
        for r in body.reports:
            sealed = await seal(deps.words, actor.district_id, about, r.evidence) if r.evidence else ""
            reports.append(Report(number=r.number, status=r.status, evidence=sealed))
        command = RevisitCommitments(
            round_id=round_id,
            school_id=file.plan.school_id,
            by=actor.person_id,
            leads=leads(actor, file),
            today=await today(deps, actor.district_id),
            reports=tuple(reports),
            held=body.held,
        )
        return await handle(command, actor, request, key)

    return api
