"""Which rounds the demo district has: one in every stage, some with figures that show and some hidden."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from services.demo.district import DemoDistrict, DemoPerson, DemoSchool

SLOT_MINUTES = 20
BETWEEN_SLOTS = 5  # minutes to walk
STAGES = ("planned", "prepared", "visit", "describe", "analyze", "predict", "next_level_of_work", "closed", "released")


@dataclass(frozen=True, slots=True)
class DemoSlot:
    team: int
    room: int  # place in the school's rooms
    starts_at: time
    ends_at: time


@dataclass(frozen=True, slots=True)
class DemoRound:
    school: DemoSchool
    day: date
    stage: str  # the last of STAGES that the round has reached
    facilitator: DemoPerson
    teams: tuple[tuple[DemoPerson, ...], ...]
    slots: tuple[DemoSlot, ...]
    problem: int  # place in words.PROBLEMS
    check: date | None = None  # of the next level of work; None: three months on
    checked: bool = False  # the check was held

    def reached(self, stage: str) -> bool:
        return STAGES.index(self.stage) >= STAGES.index(stage)


# school, school days from today, stage, teams, rooms that are visited
_ROUNDS = (
    (4, -27, "released", 4, 8),
    (6, -31, "released", 4, 8),
    (0, -16, "released", 4, 8),
    (1, -12, "released", 1, 3),  # too small: everything is hidden, and says why
    (2, -8, "closed", 4, 8),
    (3, -6, "next_level_of_work", 3, 6),
    (5, -4, "predict", 3, 6),
    (7, -3, "analyze", 3, 6),
    (4, -2, "describe", 4, 8),
    (6, 0, "visit", 3, 6),
    (0, 9, "prepared", 4, 8),
    (1, 14, "planned", 3, 6),
    (4, -57, "released", 4, 8),  # so that the school has a trend
)


# days of released rounds: when their check is, in school days from today, and whether it was held
_CHECKS = {-57: (2, True), -31: (1, True), -27: (3, False), -16: (9, False)}


def plan(
    district: DemoDistrict, today: date, is_school_day: Callable[[date], bool], seed: int = 2026
) -> list[DemoRound]:
    """The demo's rounds around `today`. Nobody is at their own school, or in two places on a day."""
    random = Random(seed)
    rounds = []
    for school_no, days, stage, teams, rooms in _ROUNDS:
        school = district.schools[school_no]
        observers = [p for p in district.with_role("observer") if p.school != school.key]
        facilitators = [p for p in district.with_role("facilitator") if p.school != school.key]
        random.shuffle(observers)
        rounds.append(
            DemoRound(
                school=school,
                day=school_day(today, days, is_school_day),
                stage=stage,
                facilitator=random.choice(facilitators),
                teams=tuple(tuple(observers[4 * t : 4 * t + 4]) for t in range(teams)),
                slots=tuple(rotation(teams, rooms)),
                problem=random.randrange(3),
                check=school_day(today, _CHECKS[days][0], is_school_day) if days in _CHECKS else None,
                checked=days in _CHECKS and _CHECKS[days][1],
            )
        )
    return rounds


def school_day(today: date, offset: int, is_school_day: Callable[[date], bool]) -> date:
    """The day `offset` school days from `today`; 0 is today, or the last school day before it."""
    day = today
    while not is_school_day(day):
        day -= timedelta(days=1)
    step = timedelta(days=1 if offset > 0 else -1)
    for _ in range(abs(offset)):
        day += step
        while not is_school_day(day):
            day += step
    return day


def rotation(teams: int, rooms: int, visits_per_team: int = 4) -> list[DemoSlot]:
    """Each team walks through `visits_per_team` rooms (at most `rooms`), never two teams in a room at once."""
    slots = []
    for n in range(min(visits_per_team, rooms)):
        starts = datetime(2000, 1, 1, 8, 50) + n * timedelta(minutes=SLOT_MINUTES + BETWEEN_SLOTS)
        for team in range(teams):
            room = (2 * team + n) % rooms
            slots.append(DemoSlot(team, room, starts.time(), (starts + timedelta(minutes=SLOT_MINUTES)).time()))
    return slots
