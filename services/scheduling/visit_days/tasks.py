"""From a round to the optimiser's documents, and from its answers to a layout. Pure; no solver is loaded here.

A person or room is an id there: no name goes along.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import time
from uuid import UUID

import msgspec

from services.scheduling.planning.visit_day.check import check_day
from services.scheduling.planning.visit_day.tasks import (
    DayPlan,
    DayRepairTask,
    Room,
    RoomOut,
    Slot,
    Team,
    Visit,
    VisitDay,
    Visitor,
)
from services.scheduling.plans.visit_day import Time
from services.scheduling.visit_days.events import (
    LaidDebrief,
    LaidTeam,
    LaidVisit,
    Layout,
    VisitDayRepairAsked,
)
from services.scheduling.visit_days.facts import DayFacts
from shared.errors import Refused
from shared.said import Said, say

SMALLEST, LARGEST = 3, 5  # domain.md, "team"


class DayTask(msgspec.Struct, kw_only=True):
    """What a job keeps: the optimiser's document, and how its slots and teams are called."""

    day: VisitDay
    periods: dict[str, str | None]
    names: list[str]
    debrief: str | None = None  # LaidDebrief as JSON
    repair: DayRepairTask | None = None

    @property
    def kind(self) -> str:
        return "visit_day_repair" if self.repair else "visit_day"


def slots_of(when: Sequence[Time]) -> tuple[Slot, ...]:
    return tuple(Slot(id=f"t{n}", start=f"{t.starts_at:%H:%M}", end=f"{t.ends_at:%H:%M}") for n, t in enumerate(when))


def plan_task(
    facts: DayFacts,
    when: Sequence[Time],
    teams: Sequence[LaidTeam],
    debrief: LaidDebrief | None,
    *,
    keep: bool,
    known: Sequence[Layout] = (),
) -> DayTask:
    """The whole day anew; `keep`: the teams stay as they are. Every room that can be is visited, where the visits
    reach that far. `known`: days that the answer may not be worse than."""
    rooms = _rooms(facts, when)
    seats = len(teams) * len(when)
    least = 1 if sum(bool(r.open_slots) for r in rooms) <= seats else 0
    day = VisitDay(
        slots=slots_of(when),
        rooms=tuple(replace(r, least=least if r.open_slots else 0) for r in rooms),
        visitors=_visitors(facts),
        teams=len(teams),
        smallest=min(SMALLEST, *(len(t.observer_ids) for t in teams)),
        largest=max(LARGEST, *(len(t.observer_ids) for t in teams)),
        formed=_formed(teams) if keep else (),
        apart=() if keep else _texts(facts.apart),
        together=() if keep else _texts(facts.together),
        met=tuple((*sorted(map(str, pair)), times) for pair, times in sorted(facts.met.items(), key=str)),  # type: ignore[misc]  # two and a number
        known=tuple(_day_plan(layout, when) for layout in known if set(_times(layout)) <= set(when)),
    )
    return DayTask(
        day=day,
        periods={f"t{n}": t.period for n, t in enumerate(when)},
        names=[t.name for t in teams],
        debrief=debrief.model_dump_json() if debrief else None,
    )


def repair_task(facts: DayFacts, stands: Layout, asked: VisitDayRepairAsked) -> DayTask:
    """The rest of the day after what happened. Raises Refused where nothing is touched."""
    times = _times(stands)
    visits = _day_plan(stands, times).visits
    now = next((f"t{n}" for n, t in enumerate(times) if t.starts_at >= asked.since), None)
    hit = _closed(times, asked)
    if asked.kind == "observer_missing":
        touched = any(set(t.observer_ids) & set(asked.person_ids) for t in stands.teams)
    else:
        touched = any(v.room in {str(c) for c in asked.classroom_ids} and v.slot in hit for v in visits)
    if not touched:
        raise Refused(
            "nothing_to_repair",
            say("dayplans.nothing_to_repair"),
            mend=say("dayplans.check_what"),
        )
    # a visit that a leader put into a free period stands: only what happened now is mended
    by_hand = {(v.room, v.slot) for v in visits}
    rooms = tuple(
        replace(r, least=0, open_slots=tuple(f"t{n}" for n in range(len(times)) if _open(r, n, by_hand)))
        for r in _rooms(facts, times)
    )
    day = VisitDay(slots=slots_of(times), rooms=rooms, visitors=_visitors(facts), smallest=SMALLEST, largest=40)
    repair = DayRepairTask(
        day=day,
        plan=_day_plan(stands, times),
        now=now,
        rooms_out=tuple(RoomOut(room=str(c), slots=hit) for c in asked.classroom_ids),
        visitors_out=tuple(map(str, asked.person_ids)),
    )
    return DayTask(
        day=after(repair),
        periods={f"t{n}": t.period for n, t in enumerate(times)},
        names=[t.name for t in stands.teams],
        debrief=stands.debrief.model_dump_json() if stands.debrief else None,
        repair=repair,
    )


def _open(room: Room, n: int, by_hand: set[tuple[str, str]]) -> bool:
    return f"t{n}" in room.open_slots or (room.id, f"t{n}") in by_hand


def _closed(times: Sequence[Time], asked: VisitDayRepairAsked) -> tuple[str, ...]:
    until = asked.until if asked.kind == "room_taken" and asked.until else time.max
    return tuple(f"t{n}" for n, t in enumerate(times) if t.starts_at >= asked.since and t.starts_at < until)


def after(repair: DayRepairTask) -> VisitDay:
    """The day with what fell out, as the checker is to see it."""
    out = {o.room: set(o.slots) for o in repair.rooms_out}
    return replace(
        repair.day,
        rooms=tuple(
            replace(r, open_slots=tuple(s for s in r.open_slots if s not in out.get(r.id, set())))
            for r in repair.day.rooms
        ),
        visitors=tuple(v for v in repair.day.visitors if v.id not in repair.visitors_out),
    )


def layout_of(facts: DayFacts, task: DayTask, plan: DayPlan) -> tuple[tuple[LaidTeam, ...], tuple[LaidVisit, ...]]:
    """Teams and visits as they are stored."""
    place = {t.id: n for n, t in enumerate(plan.teams)}
    slots = {s.id: s for s in task.day.slots}
    called = {str(n + 1): name for n, name in enumerate(task.names)}
    teams = tuple(
        LaidTeam(
            name=called.get(t.id, f"Team {t.id}"),
            observer_ids=tuple(UUID(m) for m in t.members),
            timekeeper_id=UUID(t.timekeeper) if t.timekeeper else None,
        )
        for t in plan.teams
    )
    visits = tuple(
        LaidVisit(
            team=place[v.team],
            classroom_id=UUID(v.room),
            starts_at=time.fromisoformat(slots[v.slot].start),
            ends_at=time.fromisoformat(slots[v.slot].end),
            period=task.periods.get(v.slot),
        )
        for v in plan.visits
    )
    return teams, visits


def _times(layout: Layout) -> list[Time]:
    """When the layout has visits, the earliest first."""
    when = {(v.starts_at, v.ends_at, v.period) for v in layout.visits}
    return [Time(*w) for w in sorted(when, key=lambda w: (w[0], w[1], w[2] or ""))]


def faults(facts: DayFacts, layout: Layout, *, begun: bool) -> tuple[Said, ...]:
    """What the independent checker says of a layout in the school's day as it is now."""
    times = _times(layout)
    people = {p for t in layout.teams for p in t.observer_ids}
    day = VisitDay(
        slots=slots_of(times),
        rooms=tuple(replace(r, least=0) for r in _rooms(facts, times)),
        visitors=tuple(v for v in _visitors(facts) if not begun or UUID(v.id) in people),
        smallest=1,
        largest=40,
        apart=() if begun else _texts(facts.apart),
    )
    found = check_day(day, _day_plan(layout, times), begun=begun)
    return tuple(v.say for v in found if not (begun and v.rule == "room_closed"))


def _day_plan(layout: Layout, when: Sequence[Time]) -> DayPlan:
    """A layout as the optimiser's document; `when` holds all of its times."""
    at = {(t.starts_at, t.ends_at): f"t{n}" for n, t in enumerate(when)}
    return DayPlan(
        teams=_formed(layout.teams),
        visits=tuple(
            Visit(team=str(v.team + 1), slot=at[v.starts_at, v.ends_at], room=str(v.classroom_id))
            for v in layout.visits
        ),
    )


def _formed(teams: Sequence[LaidTeam]) -> tuple[Team, ...]:
    return tuple(
        Team(
            id=str(n + 1),
            members=tuple(map(str, t.observer_ids)),
            timekeeper=str(t.timekeeper_id or (t.observer_ids[0] if t.observer_ids else "")),
        )
        for n, t in enumerate(teams)
    )


def _rooms(facts: DayFacts, when: Sequence[Time]) -> list[Room]:
    return [
        Room(
            id=str(r.classroom_id),
            name=r.room,
            grade_band=r.grade_band,
            subject=r.subject,
            wing=r.wing or "",
            open_slots=tuple(f"t{n}" for n, t in enumerate(when) if t.period not in r.free_periods),
        )
        for r in facts.rooms
    ]


def _visitors(facts: DayFacts) -> tuple[Visitor, ...]:
    people = [p for t in facts.plan.teams for p in t.observer_ids]
    known = facts.people
    return tuple(
        Visitor(
            id=str(p),
            role=known[p].role if p in known else "",
            school=str(known[p].home) if p in known and known[p].home else None,
        )
        for p in people
    )


def _texts(pairs: Sequence[tuple[UUID, UUID]]) -> tuple[tuple[str, str], ...]:
    return tuple((str(a), str(b)) for a, b in pairs)
