"""What HTTP tells of a visit day's proposal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.scheduling.deps import Deps
from services.scheduling.planning.plan import gap_of
from services.scheduling.rounds import queries as rounds
from services.scheduling.rounds.shown import PersonOut
from services.scheduling.visit_days import queries
from services.scheduling.visit_days.decide import DayProposal, State, Status, day_proposal, stream
from services.scheduling.visit_days.events import (
    DayTrouble,
    Layout,
    VisitDayImpossible,
    VisitDayProposed,
    VisitDayRepairProposed,
)
from shared.command_handler import CommandHandler
from shared.errors import NotFound
from shared.messages import CommandContext
from shared.said import Said, say


class DayTeamOut(BaseModel):
    name: str
    observers: list[PersonOut]
    timekeeper_id: UUID | None


class DayVisitOut(BaseModel):
    """`team` is the 0-based place in the list of teams."""

    team: int
    classroom_id: UUID
    room: str
    starts_at: time
    ends_at: time
    period: str | None


class DayDebriefOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    room: str
    starts_at: time
    ends_at: time


class LayoutOut(BaseModel):
    teams: list[DayTeamOut]
    visits: list[DayVisitOut]
    debrief: DayDebriefOut | None
    measures: dict[str, int] = Field(description="visits, rooms, idle, walks, met_again, same_school, ...: counts")


class DayProgress(BaseModel):
    doing: str | None = None
    seconds: float = 0
    limit_seconds: int = 0
    cost: float | None = None
    bound: float | None = None
    gap: float | None = Field(default=None, description="share by which a better day could be cheaper, 0-1")
    stopping: bool = False


class TroubleOut(BaseModel):
    kind: DayTrouble
    rooms: list[str]
    people: list[PersonOut]
    since: time
    until: time | None


class DayChangeOut(BaseModel):
    """One visit that becomes another; a room None: none then."""

    team: str
    starts_at: time
    before: str | None
    after: str | None


class DayProposalOut(BaseModel):
    proposal_id: UUID
    round_id: UUID
    kind: Literal["plan", "repair"]
    status: Status
    asked_at: datetime
    round_version: int
    progress: DayProgress
    standing: LayoutOut
    first: LayoutOut | None = Field(description="the answer by hand, there at once")
    proposed: LayoutOut | None
    by: str | None = Field(description="optimiser, or hand where that found nothing")
    cost: float | None
    bound: float | None
    gap: float | None
    seconds: float
    notes: list[str]
    notes_said: list[Said] = Field(description="the same in both languages; none of before there were two")
    sentences: list[str] = Field(description="why there is no such day")
    sentences_said: list[Said] = Field(description="the same in both languages; none of before there were two")
    trouble: TroubleOut | None
    changes: list[DayChangeOut] = Field(description="of a repair: the visits that change")
    notify: list[PersonOut] = Field(description="of a repair: whoever is told when it is published, and nobody else")


class DayProposalSummary(BaseModel):
    proposal_id: UUID
    kind: Literal["plan", "repair"]
    status: Status
    asked_at: datetime


class DayProposalList(BaseModel):
    items: list[DayProposalSummary]


async def _held(deps: Deps, proposal_id: UUID, context: CommandContext) -> DayProposal:
    handler: CommandHandler[object, State] = CommandHandler(deps.store, day_proposal)  # type: ignore[arg-type]
    state, _ = await handler.load(stream(proposal_id), context)
    if state is None:
        raise NotFound(say("dayplans.no_proposal"))
    return state


async def summary(deps: Deps, proposal_id: UUID, asked_at: datetime, context: CommandContext) -> DayProposalSummary:
    """Raises NotFound."""
    state = await _held(deps, proposal_id, context)
    kind: Literal["plan", "repair"] = "repair" if state.repair else "plan"
    return DayProposalSummary(proposal_id=proposal_id, kind=kind, status=state.status, asked_at=asked_at)


async def told(deps: Deps, proposal_id: UUID, context: CommandContext) -> DayProposalOut:
    """Raises NotFound."""
    state = await _held(deps, proposal_id, context)
    row = await queries.job_row(deps.db, context.district_id, proposal_id)
    people = {p for layout in _layouts(state) for t in layout.teams for p in t.observer_ids}
    outcome = state.outcome
    notify = outcome.notify if isinstance(outcome, VisitDayRepairProposed) else ()
    names = await rounds.names(deps.db, context.district_id, sorted({*people, *notify}, key=str))
    async with deps.db.reader(context.district_id) as conn:
        known = await conn.fetch(
            "select classroom_id, room from classrooms where school_id = $1", state.asked.school_id
        )
    return shown(state, row, names, {r["classroom_id"]: r["room"] for r in known}, proposal_id)


def _layouts(state: DayProposal) -> list[Layout]:
    found = [state.asked.standing]
    if state.asked.first:
        found.append(state.asked.first)
    if isinstance(state.outcome, VisitDayProposed):
        found.append(state.outcome.layout)
    return found


def shown(
    state: DayProposal, row: Mapping[str, Any], names: Mapping[UUID, str], rooms: Mapping[UUID, str], proposal_id: UUID
) -> DayProposalOut:
    asked, outcome = state.asked, state.outcome
    proposed = outcome if isinstance(outcome, VisitDayProposed) else None

    def someone(person_id: UUID) -> PersonOut:
        return PersonOut(person_id=person_id, name=names.get(person_id, "(erased)"))

    def layout(of: Layout | None) -> LayoutOut | None:
        if of is None:
            return None
        return LayoutOut(
            teams=[
                DayTeamOut(name=t.name, observers=[someone(p) for p in t.observer_ids], timekeeper_id=t.timekeeper_id)
                for t in of.teams
            ],
            visits=[DayVisitOut(**v.model_dump(), room=rooms.get(v.classroom_id, "")) for v in of.visits],
            debrief=DayDebriefOut.model_validate(of.debrief) if of.debrief else None,
            measures=dict(of.measures),
        )

    stands = layout(asked.standing)
    assert stands is not None
    repair = state.repair
    progress = row["progress"] or {}
    return DayProposalOut(
        proposal_id=proposal_id,
        round_id=asked.round_id,
        kind="repair" if repair else "plan",
        status=state.status,
        asked_at=row["asked_at"],
        round_version=asked.round_version,
        progress=DayProgress(
            **{k: progress.get(k) for k in ("doing", "cost", "bound", "gap")},
            seconds=progress.get("seconds") or 0,
            limit_seconds=asked.limit_seconds,
            stopping=row["stop_asked"] and outcome is None,
        ),
        standing=stands,
        first=layout(asked.first),
        proposed=layout(proposed.layout) if proposed else None,
        by=proposed.by if proposed else None,
        cost=proposed.cost if proposed and proposed.by == "optimiser" else None,  # by hand nobody counted
        bound=proposed.bound if proposed else None,
        gap=_gap(proposed),
        seconds=outcome.seconds if outcome else 0,
        notes=list(proposed.notes) if proposed else [],
        notes_said=list(proposed.notes_said) if proposed else [],
        sentences=list(outcome.sentences) if isinstance(outcome, VisitDayImpossible) else [],
        sentences_said=list(outcome.sentences_said) if isinstance(outcome, VisitDayImpossible) else [],
        trouble=TroubleOut(
            kind=repair.kind,
            rooms=[rooms.get(c, "") for c in repair.classroom_ids],
            people=[someone(p) for p in repair.person_ids],
            since=repair.since,
            until=repair.until,
        )
        if repair
        else None,
        changes=_changes(asked.standing, proposed.layout, rooms) if repair and proposed else [],
        notify=sorted(map(someone, proposed.notify), key=lambda p: p.name)
        if isinstance(proposed, VisitDayRepairProposed)
        else [],
    )


def _gap(proposed: VisitDayProposed | None) -> float | None:
    if proposed is None or proposed.bound is None:
        return None
    return gap_of(proposed.cost, proposed.bound)


def _changes(before: Layout, after: Layout, rooms: Mapping[UUID, str]) -> list[DayChangeOut]:
    def by_team(of: Layout) -> dict[tuple[time, str], UUID]:
        return {(v.starts_at, of.teams[v.team].name): v.classroom_id for v in of.visits}

    then, now = by_team(before), by_team(after)
    return [
        DayChangeOut(
            team=team,
            starts_at=at,
            before=rooms.get(then[at, team]) if (at, team) in then else None,
            after=rooms.get(now[at, team]) if (at, team) in now else None,
        )
        for at, team in sorted(then.keys() | now.keys())
        if then.get((at, team)) != now.get((at, team))
    ]
