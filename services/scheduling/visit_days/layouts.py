"""Visit days as they stand and as they are laid out at once by hand. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from uuid import UUID

from services.scheduling.plans.visit_day import DEBRIEF_MINUTES, SETTLE_MINUTES, Time, rotate
from services.scheduling.rounds.commands import Plan, PlannedDebrief, PlannedSlot, PlannedTeam
from services.scheduling.rounds.events import RoundPlanned
from services.scheduling.visit_days.events import LaidDebrief, LaidTeam, LaidVisit, Layout
from services.scheduling.visit_days.facts import DayFacts
from services.scheduling.visit_days.measures import measure

LARGEST = 5  # domain.md, "team"


def laid_out(
    facts: DayFacts, teams: Sequence[LaidTeam], visits: Sequence[LaidVisit], debrief: LaidDebrief | None
) -> Layout:
    ordered = tuple(sorted(visits, key=lambda v: (v.starts_at, v.team)))
    return Layout(teams=tuple(teams), visits=ordered, debrief=debrief, measures=measure(facts, tuple(teams), ordered))


def standing(facts: DayFacts) -> Layout:
    plan = facts.plan
    place = {t.team_id: n for n, t in enumerate(plan.teams)}

    teams = [LaidTeam(name=t.name, observer_ids=t.observer_ids, timekeeper_id=t.timekeeper_id) for t in plan.teams]
    visits = [
        LaidVisit(
            team=place[s.team_id],
            classroom_id=s.classroom_id,
            starts_at=plan.clock(s.starts_at),
            ends_at=plan.clock(s.ends_at),
            period=s.period,
        )
        for s in plan.slots
        if s.team_id in place
    ]
    held = plan.debrief
    debrief = None
    if held is not None:
        debrief = LaidDebrief(room=held.room, starts_at=plan.clock(held.starts_at), ends_at=plan.clock(held.ends_at))
    return laid_out(facts, teams, visits, debrief)


def dealt(facts: DayFacts, count: int | None) -> list[LaidTeam]:
    """Teams at once: people are dealt out in turn by role and school, so that each team has some of everything."""
    people = [p for t in facts.plan.teams for p in t.observer_ids]
    count = min(count or -(-len(people) // LARGEST), len(people))

    def kind(person: UUID) -> tuple[str, str, str]:
        known = facts.people.get(person)
        return (known.role if known else "", str(known.home) if known else "", str(person))

    ordered = sorted(people, key=kind)
    hands = [tuple(ordered[n::count]) for n in range(count)]
    return [
        LaidTeam(name=name, observer_ids=hand, timekeeper_id=hand[0])
        for name, hand in zip(names(facts.plan, count), hands, strict=True)
    ]


def names(plan: RoundPlanned, count: int) -> list[str]:
    """The names that the round's teams have, and new ones for more teams."""
    held = [t.name for t in plan.teams][:count]
    n = len(held)
    while len(held) < count:
        n += 1
        if f"Team {n}" not in held:
            held.append(f"Team {n}")
    return held


def by_hand(facts: DayFacts, teams: list[LaidTeam], when: Sequence[Time], debrief: LaidDebrief | None) -> Layout:
    made = rotate(len(teams), facts.rooms, when)
    visits = [
        LaidVisit(
            team=v.team,
            classroom_id=v.room.classroom_id,
            starts_at=v.time.starts_at,
            ends_at=v.time.ends_at,
            period=v.time.period,
        )
        for v in made.visits
    ]
    return laid_out(facts, teams, visits, debrief)


def debrief_after(when: Sequence[Time], room: str | None, minutes: int = DEBRIEF_MINUTES) -> LaidDebrief | None:
    """In this room, with time to come together after the last visit."""
    if not when or not room:
        return None
    last = max(t.ends_at for t in when)
    begins = last.hour * 60 + last.minute + SETTLE_MINUTES
    ends = begins + minutes
    if ends >= 24 * 60:
        return None
    return LaidDebrief(room=room, starts_at=time(begins // 60, begins % 60), ends_at=time(ends // 60, ends % 60))


def plan_of(facts: DayFacts, layout: Layout) -> Plan:
    """The round with this visit day, as it is scheduled."""
    held = facts.plan
    return Plan(
        school_id=held.school_id,
        day=held.day,
        facilitator_id=held.facilitator_id,
        instrument=held.instrument,
        instrument_version=held.instrument_version,
        teams=tuple(
            PlannedTeam(name=t.name, observer_ids=t.observer_ids, timekeeper_id=t.timekeeper_id) for t in layout.teams
        ),
        slots=tuple(PlannedSlot(**v.model_dump()) for v in layout.visits),
        debrief=PlannedDebrief(**layout.debrief.model_dump()) if layout.debrief else None,
    )
