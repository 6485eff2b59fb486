"""`/rounds/{id}/visit-day`: the day on one page, a rotation to choose, and the code on each card."""

from __future__ import annotations

from datetime import time
from io import BytesIO
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from services.scheduling.deps import Deps
from services.scheduling.plans.visit_day import Layout, Time, Visit, debrief, rotate, times, without
from services.scheduling.rounds.decide import State, planned_round, stream
from services.scheduling.rounds.events import RoundPlanned
from services.scheduling.stage.facts import Room, load_stage
from shared.access import Actor
from shared.command_handler import CommandHandler
from shared.errors import NotFound
from shared.http import command_context, requires
from shared.said import say

MORNING = time(8, 30)
VISITS = 4


class SlotWished(BaseModel):
    """As PUT /rounds/{id} takes it."""

    team: int
    classroom_id: UUID
    starts_at: time
    ends_at: time
    period: str | None


class VisitDaySuggested(BaseModel):
    slots: list[SlotWished]
    moved: int = Field(description="visits that had to move, when rooms fell out")
    missing: list[str] = Field(description="what could not be placed, in sentences")
    debrief_from: time | None
    debrief_until: time | None
    bell: str | None = Field(description="the bell schedule that was kept")


def router(deps: Deps) -> APIRouter:
    api = APIRouter(tags=["rounds"])
    rounds: CommandHandler[object, State] = CommandHandler(deps.store, planned_round)  # type: ignore[arg-type]

    async def held(round_id: UUID, actor: Actor, request: Request) -> RoundPlanned:
        state, _ = await rounds.load(stream(round_id), command_context(actor, request))
        if not isinstance(state, RoundPlanned):
            raise NotFound(say("refusals.no_round"))
        return state

    @api.get("/rounds/{round_id}/visit-day")
    async def suggest_visit_day(
        round_id: UUID,
        actor: Annotated[Actor, requires("round.schedule")],
        request: Request,
        start: Annotated[time, Query(description="the first visit begins no earlier")] = MORNING,
        visits: Annotated[int, Query(ge=1, le=12, description="visits of each team")] = VISITS,
        closed: Annotated[list[UUID], Query(description="classrooms that fall out: only visits to them move")] = [],  # noqa: B006
        since: Annotated[time | None, Query(description="with closed: the room falls out from this time on")] = None,
    ) -> VisitDaySuggested:
        """A rotation over the bell schedule of that day, or the least change of the standing one. Nothing is changed:
        what is chosen goes to PUT /rounds/{id}."""
        plan = await held(round_id, actor, request)
        async with deps.db.reader(actor.district_id) as conn:
            stage = await load_stage(conn, actor.district_id, plan.day, plan.day)
            minutes = await conn.fetchval(
                "select slot_minutes from districts where district_id = $1", actor.district_id
            )
        school = stage.schools.get(plan.school_id)
        if school is None:
            raise NotFound(say("refusals.no_host"))
        bell = stage.bell(plan.school_id, plan.day)
        if closed:
            layout = without(_standing(plan, school.rooms), school.rooms, set(closed), since)
        else:
            layout = rotate(len(plan.teams), school.rooms, times(bell, minutes or 20, start, visits))
        ends = debrief(layout.visits)
        return VisitDaySuggested(
            slots=[
                SlotWished(
                    team=v.team,
                    classroom_id=v.room.classroom_id,
                    starts_at=v.time.starts_at,
                    ends_at=v.time.ends_at,
                    period=v.time.period,
                )
                for v in layout.visits
            ],
            moved=layout.moved,
            missing=_missing(layout, plan),
            debrief_from=ends[0] if ends else None,
            debrief_until=ends[1] if ends else None,
            bell=bell.name if bell else None,
        )

    @api.get("/rounds/{round_id}/slots/{slot_id}/code", response_class=Response)
    async def slot_code(
        round_id: UUID, slot_id: UUID, actor: Annotated[Actor, requires("round.schedule")], request: Request
    ) -> Response:
        """A QR code (SVG) that opens the slot on an observer's tablet; it names nobody and opens nothing by itself."""
        plan = await held(round_id, actor, request)
        if all(s.slot_id != slot_id for s in plan.slots):
            raise NotFound(say("refusals.no_slot"))
        import segno

        out = BytesIO()
        segno.make(f"{deps.public_url}/capture/slot/{slot_id}", error="m").save(
            out, kind="svg", scale=3, border=2, xmldecl=False
        )
        return Response(out.getvalue(), media_type="image/svg+xml", headers={"Cache-Control": "private, max-age=3600"})

    return api


def _standing(plan: RoundPlanned, rooms: tuple[Room, ...]) -> list[Visit]:
    known = {r.classroom_id: r for r in rooms}
    place = {t.team_id: n for n, t in enumerate(plan.teams)}

    return [
        Visit(
            place[s.team_id],
            Time(plan.clock(s.starts_at), plan.clock(s.ends_at), s.period),
            known.get(s.classroom_id) or Room(s.classroom_id, s.room, s.grade_band, s.subject, None, (), None),
        )
        for s in plan.slots
        if s.team_id in place
    ]


def _missing(layout: Layout, plan: RoundPlanned) -> list[str]:
    return [
        f"No classroom is free for {plan.teams[team].name} at {when.starts_at:%H:%M}: all are taken, seen already, or "
        "in a free period."
        for team, when in layout.missing
    ]
