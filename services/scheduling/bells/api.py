"""`/schools/{id}/bells`: the periods of each kind of day, and the cycle of letters."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from services.scheduling.bells.commands import DayType, Letter, RemoveBellSchedule, SetBellSchedule, SetDayCycle
from services.scheduling.bells.decide import Bells, bells, stream
from services.scheduling.bells.events import Period
from services.scheduling.bells.letters import letters_by_school
from services.scheduling.deps import Deps
from services.scheduling.stage.parts import handler_of, known_school
from shared.access import Actor
from shared.http import IfMatch, command_context, etag, requires

LONGEST_SPAN = timedelta(days=400)


class BellScheduleBody(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str = Field(min_length=1, max_length=80)
    day_type: DayType = Field(description="regular, early_release, late_start, testing, or a letter of the cycle")
    periods: tuple[Period, ...] = Field(min_length=1, max_length=40)


class BellSchedule(BaseModel):
    schedule_id: UUID
    name: str
    day_type: str
    periods: tuple[Period, ...]


class CycleBody(BaseModel):
    model_config = ConfigDict(extra="forbid")
    letters: tuple[Letter, ...] = Field(max_length=10, description="empty: every day is alike")
    starts_on: date | None = Field(default=None, description="the school day of the first letter")


class DayLetters(BaseModel):
    """Schools whose days have the same letters. A day without one is not told."""

    school_ids: list[UUID]
    days: dict[date, str]


class LettersOut(BaseModel):
    items: list[DayLetters] = Field(description="schools without a cycle are in none")


class SchoolBells(BaseModel):
    schedules: list[BellSchedule]
    cycle: CycleBody


def _seen(state: Bells) -> SchoolBells:
    ordered = sorted(state.schedules.values(), key=lambda s: (s.day_type != "regular", s.day_type))
    return SchoolBells(
        schedules=[BellSchedule(**s.model_dump(exclude={"school_id"})) for s in ordered],
        cycle=CycleBody(letters=state.letters, starts_on=state.cycle_from),
    )


def router(deps: Deps) -> APIRouter:
    api = APIRouter(tags=["bells"])
    handler = handler_of(deps, bells)

    @api.get("/schools/{school_id}/bells")
    async def list_bells(
        school_id: UUID, actor: Annotated[Actor, requires("school.stage")], request: Request, response: Response
    ) -> SchoolBells:
        await known_school(deps, actor, school_id)
        actor.require("school.stage", what="school", school_id=school_id)
        state, version = await handler.load(stream(school_id), command_context(actor, request))
        response.headers.update(etag(version))
        return _seen(state)

    @api.get("/bells/letters")
    async def list_letters(
        actor: Annotated[Actor, requires("calendar.read")],
        since: Annotated[date, Query(alias="from")],
        until: Annotated[date, Query(alias="to", description=f"at most {LONGEST_SPAN.days} days later are told")],
        school_id: Annotated[UUID | None, Query(description="this school alone")] = None,
    ) -> LettersOut:
        """Which letter of its school's cycle each day is."""
        until = min(until, since + LONGEST_SPAN)
        async with deps.db.reader(actor.district_id) as conn:
            found = await letters_by_school(conn, since, until, school_id)
        alike: dict[tuple[tuple[date, str], ...], list[UUID]] = {}
        for school, days in found.items():
            alike.setdefault(tuple(days.items()), []).append(school)
        return LettersOut(items=[DayLetters(school_ids=ids, days=dict(days)) for days, ids in alike.items()])

    @api.put("/schools/{school_id}/bells/{schedule_id}")
    async def set_bell_schedule(
        school_id: UUID,
        schedule_id: UUID,
        body: BellScheduleBody,
        actor: Annotated[Actor, requires("school.stage")],
        request: Request,
        response: Response,
        if_match: IfMatch,
    ) -> SchoolBells:
        """Adds the schedule under an id of the client's, or changes it."""
        await known_school(deps, actor, school_id)
        actor.require("school.stage", what="school", school_id=school_id)
        command = SetBellSchedule(schedule_id=schedule_id, school_id=school_id, **body.model_dump())
        handled = await handler.handle(stream(school_id), command, command_context(actor, request), if_match=if_match)
        response.headers.update(etag(handled.version))
        return _seen(handled.state)

    @api.delete("/schools/{school_id}/bells/{schedule_id}", status_code=204)
    async def remove_bell_schedule(
        school_id: UUID,
        schedule_id: UUID,
        actor: Annotated[Actor, requires("school.stage")],
        request: Request,
        if_match: IfMatch,
    ) -> None:
        actor.require("school.stage", what="school", school_id=school_id)
        command = RemoveBellSchedule(schedule_id=schedule_id, school_id=school_id)
        await handler.handle(stream(school_id), command, command_context(actor, request), if_match=if_match)

    @api.put("/schools/{school_id}/cycle")
    async def set_day_cycle(
        school_id: UUID,
        body: CycleBody,
        actor: Annotated[Actor, requires("school.stage")],
        request: Request,
        response: Response,
        if_match: IfMatch,
    ) -> SchoolBells:
        await known_school(deps, actor, school_id)
        actor.require("school.stage", what="school", school_id=school_id)
        command = SetDayCycle(school_id=school_id, **body.model_dump())
        handled = await handler.handle(stream(school_id), command, command_context(actor, request), if_match=if_match)
        response.headers.update(etag(handled.version))
        return _seen(handled.state)

    return api
