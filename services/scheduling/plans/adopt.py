"""From a plan's round, a day and people, to the round as it is scheduled: teams, and slots that stay. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from services.rounds.contract import CORE_INSTRUMENT
from services.scheduling.plans.diff import Standing
from services.scheduling.rounds.events import Debrief, RoundPlanned, Slot, Team

TEAM = 4
"""Observers whom a new team aims at; domain.md allows 3-5."""
MOST = 5
LEAST = 3


def adopted(
    after: Standing, before: RoundPlanned | None, timezone: str, homes: Mapping[UUID, UUID | None]
) -> RoundPlanned:
    """The round as the plan has it. What was laid out before stays as far as it can: a team keeps its members who
    stay and takes newcomers in the places of those who leave; slots keep their clock times when the day moves."""
    teams = _teams(after, before.teams if before else (), homes)
    kept = {t.team_id for t in teams}
    slots = [s for s in before.slots if s.team_id in kept] if before else []
    facilitator = after.facilitator_id
    assert facilitator is not None, "a plan without a facilitator does not pass the check"
    return RoundPlanned(
        round_id=after.round_id,
        school_id=after.school_id,
        day=after.day,
        timezone=timezone,
        facilitator_id=facilitator,
        instrument=before.instrument if before else CORE_INSTRUMENT[0],
        instrument_version=before.instrument_version if before else CORE_INSTRUMENT[1],
        teams=teams,
        slots=tuple(_on(s, after, timezone) for s in slots),
        debrief=_on(before.debrief, after, timezone) if before and before.debrief else None,
    )


Timed = TypeVar("Timed", Slot, Debrief)


def _on(slot: Timed, after: Standing, timezone: str) -> Timed:
    zone = ZoneInfo(timezone)

    def at(moment: datetime) -> datetime:
        return datetime.combine(after.day, moment.astimezone(zone).time(), zone)

    return slot.model_copy(update={"starts_at": at(slot.starts_at), "ends_at": at(slot.ends_at)})


def _teams(after: Standing, before: Sequence[Team], homes: Mapping[UUID, UUID | None]) -> tuple[Team, ...]:
    staying = [[o for o in t.observer_ids if o in after.observer_ids] for t in before]
    seated = {o for members in staying for o in members}
    coming = _mixed([o for o in after.observer_ids if o not in seated], homes)
    sizes = [len(t.observer_ids) for t in before]
    for members, size in zip(staying, sizes, strict=True):
        while coming and len(members) < size:
            members.append(coming.pop(0))
    for members in staying:
        while coming and len(members) < MOST:
            members.append(coming.pop(0))
    made = [
        t.model_copy(
            update={
                "observer_ids": tuple(members),
                "timekeeper_id": t.timekeeper_id if t.timekeeper_id in members else (members[0] if members else None),
            }
        )
        for t, members in zip(before, staying, strict=True)
    ]
    if made and (coming or any(len(t.observer_ids) < LEAST for t in made)) and _too_small(made, coming):
        coming, made = _mixed(list(after.observer_ids), homes), []  # the old teams do not hold: deal anew
    return (*(t for t in made if t.observer_ids), *_dealt(after.round_id, coming, len(made)))


def _too_small(made: Sequence[Team], coming: Sequence[UUID]) -> bool:
    return 0 < len(coming) < LEAST or any(len(t.observer_ids) < LEAST for t in made)


def _mixed(people: list[UUID], homes: Mapping[UUID, UUID | None]) -> list[UUID]:
    """People of one school apart from each other when they are dealt out in turn."""
    return sorted(people, key=lambda p: (str(homes.get(p)), str(p)))


def _dealt(round_id: UUID, people: Sequence[UUID], begun: int) -> list[Team]:
    if not people:
        return []
    count = max(1, round(len(people) / TEAM), -(-len(people) // MOST))
    hands = [tuple(people[n::count]) for n in range(count)]
    names = [f"Team {begun + n + 1}" for n in range(count)]
    return [
        Team(team_id=uuid5(round_id, f"team {name.casefold()}"), name=name, observer_ids=hand, timekeeper_id=hand[0])
        for name, hand in zip(names, hands, strict=True)
    ]
