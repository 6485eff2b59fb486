"""`/rounds/{id}/move`: the same round on another day; what forbids it, and the nearest day that nothing forbids."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from services.scheduling.deps import Deps
from services.scheduling.rounds.check import findings
from services.scheduling.rounds.commands import Plan, PlannedDebrief, PlannedSlot, PlannedTeam, RescheduleRound
from services.scheduling.rounds.decide import stream
from services.scheduling.rounds.events import RoundPlanned
from services.scheduling.rounds.finding import on_day
from services.scheduling.rounds.looking import Look
from services.scheduling.rounds.nearest import nearest_free
from services.scheduling.rounds.shown import InSpanish
from shared.access import Actor
from shared.command_handler import CommandHandler
from shared.errors import NotFound, Stale
from shared.http import IfMatch, command_context, etag, requires
from shared.said import say


class MoveBody(BaseModel):
    model_config = ConfigDict(extra="forbid")
    day: date = Field(ge=date(1900, 1, 1), lt=date(9000, 1, 1))


class MoveProblem(BaseModel):
    code: str
    detail: str
    mend: str
    es: InSpanish
    refuses: bool


class Moved(BaseModel):
    possible: bool
    moved: bool
    day: date
    version: int
    problems: list[MoveProblem]
    nearest: date | None = Field(description="the nearest day that nothing forbids, when this one is forbidden")
    nearest_words: str | None


def add_routes(api: APIRouter, deps: Deps, handler: CommandHandler[Any, Any]) -> None:
    @api.post("/rounds/{round_id}/move")
    async def move_round(
        round_id: UUID,
        body: MoveBody,
        actor: Annotated[Actor, requires("round.schedule")],
        request: Request,
        response: Response,
        if_match: IfMatch,
        check: Annotated[bool, Query(description="true: only tell what would forbid it")] = False,
    ) -> Moved:
        """Moves the round with its teams and times; where something forbids that, tells what, and changes nothing."""
        context = command_context(actor, request)
        state, version = await handler.load(stream(round_id), context)
        if not isinstance(state, RoundPlanned):
            raise NotFound(say("refusals.no_round_now"))
        if not check and if_match is not None and if_match != version:
            raise Stale(  # before anything else: what the board shows is not what stands
                say("refusals.moved_old", seen=if_match, newest=version),
                mend=say("refusals.read_again"),
            )
        plan = plan_on(state, body.day)
        look = Look(deps, context)
        known = (await look.facts(plan, [plan.day], round_id))[plan.day]
        found = [MoveProblem(**{k: v for k, v in f.told().items() if k != "where"}) for f in findings(plan, known)]
        possible = not any(f.refuses for f in found)
        nearest = None
        if not possible and known.pinned is None and known.begun is None:
            nearest = await nearest_free(look, state, body.day, known.today, plan_on)
        moved = False
        if possible and not check:
            command = RescheduleRound(round_id, plan, known)
            handled = await handler.handle(stream(round_id), command, context, if_match=if_match)
            version, moved = handled.version, bool(handled.events)
        response.headers.update(etag(version) | {"Cache-Control": "no-store"})
        return Moved(
            possible=possible,
            moved=moved,
            day=body.day if moved else state.day,
            version=version,
            problems=found,
            nearest=nearest,
            nearest_words=on_day(nearest).en if nearest else None,
        )


def plan_on(held: RoundPlanned, day: date) -> Plan:
    """The round as it stands, on another day, at the same times of that day."""
    place = {t.team_id: n for n, t in enumerate(held.teams)}
    return Plan(
        school_id=held.school_id,
        day=day,
        facilitator_id=held.facilitator_id,
        instrument=held.instrument,
        instrument_version=held.instrument_version,
        teams=tuple(
            PlannedTeam(name=t.name, observer_ids=t.observer_ids, timekeeper_id=t.timekeeper_id) for t in held.teams
        ),
        slots=tuple(
            PlannedSlot(
                team=place[s.team_id],
                classroom_id=s.classroom_id,
                starts_at=held.clock(s.starts_at),
                ends_at=held.clock(s.ends_at),
                period=s.period,
            )
            for s in held.slots
        ),
        debrief=held.debrief
        and PlannedDebrief(
            room=held.debrief.room,
            starts_at=held.clock(held.debrief.starts_at),
            ends_at=held.clock(held.debrief.ends_at),
        ),
    )
