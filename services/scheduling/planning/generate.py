"""Invented districts by seed: the sizes that targets are set for, and small ones for tests.

python -m services.scheduling.planning.generate medium --seed 1 > medium.json
"""

from __future__ import annotations

import argparse
import random
import sys
from dataclasses import dataclass
from datetime import date, timedelta

from services.scheduling.planning.document import to_json
from services.scheduling.planning.instance import (
    Certification,
    Day,
    Instance,
    Limits,
    Observer,
    Role,
    RoundWanted,
    School,
    Search,
    Term,
    Travel,
)

PROTOCOL = "instructional-rounds"


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """`seats`: target observers per round. `tight`: caps and cover that leave little room."""

    schools: int
    observers: int
    rounds: int
    seats: int
    facilitators: int
    regions: int = 1
    gap: int = 27
    tight: bool = False
    seconds: float = 60.0


SIZES = {
    "tiny": Size(schools=5, observers=24, rounds=8, seats=6, facilitators=3, seconds=5),
    "small": Size(schools=12, observers=60, rounds=36, seats=8, facilitators=8, seconds=5),
    "medium": Size(schools=60, observers=400, rounds=120, seats=10, facilitators=30, regions=4, seconds=15),
    "large": Size(schools=200, observers=1500, rounds=400, seats=12, facilitators=100, regions=4, seconds=150),
    "city": Size(schools=1600, observers=9984, rounds=3200, seats=10, facilitators=800, regions=32, seconds=240),
    "small-tight": Size(schools=12, observers=60, rounds=36, seats=8, facilitators=4, tight=True, seconds=90),
    "medium-tight": Size(
        schools=60, observers=400, rounds=180, seats=10, facilitators=23, regions=4, tight=True, seconds=90
    ),
}

_FIRST = (
    "Ada Ben Carla Dev Elena Femi Grace Hugo Ines Jamal Keiko Luis Maya Noor Omar Petra Quinn Rosa Sam Tess".split()
)
_LAST = "Abbot Brook Castle Dale Ellis Fox Grant Hale Irwin Jones Knox Lane Marsh North Ortiz Pike Reed Stone".split()
_PLACE = "Alder Birch Cedar Dogwood Elm Fir Ginkgo Hazel Ivy Juniper Laurel Maple Oak Pine Rowan Spruce Willow".split()


def generate(size: str | Size, seed: int = 1, *, with_search_seconds: float | None = None) -> Instance:
    """A district of that size. The same size and seed give the same district on every machine."""
    wanted = SIZES[size] if isinstance(size, str) else size
    name = size if isinstance(size, str) else "own"
    dice = random.Random(f"{name}-{seed}")
    days = _calendar(dice)
    schools = _schools(dice, wanted, [d.date for d in days])
    observers = [*_observers(dice, wanted, schools, days), *_facilitators(dice, wanted, schools, days)]
    per_school = -(-wanted.rounds // wanted.schools)
    rounds = [
        RoundWanted(
            id=f"r{s}-{n}",
            host=schools[s].id,
            number=n + 1,
            protocol=PROTOCOL,
            min_observers=max(1, wanted.seats - 2),
            target_observers=wanted.seats,
            max_observers=wanted.seats + 2,
            gap=wanted.gap,
        )
        for n in range(per_school)
        for s in range(wanted.schools)
    ][: wanted.rounds]
    return Instance(
        name=f"{name}-{seed}",
        time_zone="America/New_York",
        days=tuple(days),
        terms=(
            Term(id="fall", name="Fall term", first=date(2026, 9, 1), last=date(2027, 1, 22)),
            Term(id="spring", name="Spring term", first=date(2027, 1, 23), last=date(2027, 6, 18)),
        ),
        schools=tuple(schools),
        observers=tuple(observers),
        rounds=tuple(rounds),
        travel=Travel(office_lat=41.8, office_lon=-71.4),
        limits=Limits(
            rounds_per_day=max(2, wanted.rounds // (40 if wanted.tight else 30)),
            rounds_per_day_region=max(2, wanted.rounds // wanted.regions // 25),
            facilitator_rounds=-(-wanted.rounds // wanted.facilitators) + (0 if wanted.tight else 2),
        ),
        search=Search(seed=seed, seconds=with_search_seconds or wanted.seconds),
    )


def _calendar(dice: random.Random) -> list[Day]:
    holidays = {date(2026, 10, 12), date(2026, 11, 3), date(2026, 11, 11), date(2027, 1, 18), date(2027, 5, 31)}
    for first, last in (
        (date(2026, 11, 25), date(2026, 11, 27)),
        (date(2026, 12, 23), date(2027, 1, 1)),
        (date(2027, 2, 15), date(2027, 2, 19)),
        (date(2027, 4, 12), date(2027, 4, 16)),
    ):
        holidays |= {first + timedelta(n) for n in range((last - first).days + 1)}
    testing = {date(2027, 3, 15) + timedelta(n) for n in range(5)} | {
        date(2027, 5, 10) + timedelta(n) for n in range(5)
    }
    early = {date(2026, 10, 1) + timedelta(days=28 * n + dice.randrange(3)) for n in range(8)}
    days = []
    at = date(2026, 9, 8)
    while at <= date(2027, 6, 11):
        if at.weekday() < 5:
            if at in holidays:
                days.append(Day(date=at, kinds=("no_school",), why="Holiday"))
            elif at in testing:
                days.append(Day(date=at, kinds=("testing",), why="State testing"))
            elif at in early:
                days.append(Day(date=at, kinds=("early_release",), why="Early release"))
            else:
                days.append(Day(date=at))
        at += timedelta(1)
    return days


def _schools(dice: random.Random, size: Size, dates: list[date]) -> list[School]:
    across = max(1, round(size.regions**0.5))
    kinds = ("Elementary", "Middle", "High", "Academy")
    schools = []
    for s in range(size.schools):
        region = s * size.regions // size.schools
        lat = 41.6 + 0.22 * (region // across) + dice.gauss(0, 0.05)
        lon = -71.7 + 0.26 * (region % across) + dice.gauss(0, 0.06)
        place = f"{_PLACE[s % len(_PLACE)]} {kinds[s // len(_PLACE) % 4]}"
        number = s // (len(_PLACE) * 4)
        schools.append(
            School(
                id=f"s{s}",
                name=f"{place} {number + 1}" if number else place,
                lat=round(lat, 5),
                lon=round(lon, 5),
                region=f"region {region + 1}",
                blackouts=dict.fromkeys(dice.sample(dates, 12 if size.tight else 6), "school event"),
                disliked={d: dice.randint(1, 3) for d in dice.sample(dates, 40)},
                cover=2 if size.tight else 3,
            )
        )
    return schools


def _away(dice: random.Random, dates: list[Day], share: float) -> tuple[date, ...]:
    weekday = dice.randrange(5) if dice.random() < share * 2 else None
    return tuple(d.date for d in dates if d.date.weekday() == weekday or dice.random() < share)


def _observers(dice: random.Random, size: Size, schools: list[School], days: list[Day]) -> list[Observer]:
    people = []
    share = -(-size.rounds * size.seats // size.observers)
    for n in range(size.observers):
        school = schools[n % len(schools)]
        turn = n // len(schools)
        role: Role = "principal" if turn == 0 else "coach" if turn % 4 == 2 else "teacher"
        people.append(
            Observer(
                id=f"p{n}",
                name=f"{_FIRST[n % len(_FIRST)]} {_LAST[n // len(_FIRST) % len(_LAST)]} {n}",
                home=school.id,
                role=role,
                unavailable=_away(dice, days, 0.12 if size.tight else 0.06),
                max_month=1 if size.tight and share <= 6 else 2,
                max_term=share // 2 + 1 if size.tight else share,
                max_year=share + (0 if size.tight else 3),
            )
        )
    return people


def _facilitators(dice: random.Random, size: Size, schools: list[School], days: list[Day]) -> list[Observer]:
    return [
        Observer(
            id=f"f{n}",
            name=f"{_FIRST[(n * 7 + 3) % len(_FIRST)]} {_LAST[(n * 5 + 2) % len(_LAST)]} (facilitator {n + 1})",
            home=schools[(n * len(schools)) // size.facilitators].id,
            role="coach",
            observes=False,
            facilitates=True,
            unavailable=_away(dice, days, 0.1 if size.tight else 0.05),
            max_month=4,
            certifications=(Certification(protocol=PROTOCOL, since=date(2026, 9, 1 + dice.randrange(20))),),
        )
        for n in range(size.facilitators)
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", choices=sorted(SIZES))
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    sys.stdout.buffer.write(to_json(generate(given.size, given.seed)) + b"\n")


if __name__ == "__main__":
    main()
