"""What the demo's leader has set for planning: terms, marked days, networks, bells, regions and free periods."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from services.demo.district import DemoDistrict, DemoPerson, DemoSchool
from services.demo.door import Door
from services.demo.rounds import school_day
from services.demo.seeded import Seeded

WEEK = timedelta(days=7)
FRIDAY = timedelta(days=4)
TERM_WEEKS = 18


@dataclass(frozen=True, slots=True)
class DemoTerm:
    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class DemoNetwork:
    name: str
    schools: tuple[DemoSchool, ...]
    people: tuple[DemoPerson, ...]


# name, places in the district's schools
_NETWORKS = (("Lakeshore Network", (0, 3, 4, 7)), ("Ridgeline Network", (1, 2, 5, 6)))
_IN_A_NETWORK = frozenset({"observer", "host_principal", "facilitator"})

# school days from today, kind, name; no round of the demo is on any of them
_MARKED = (
    (-36, "no_school", "Fall holiday"),
    (-21, "early_release", "Family conferences"),
    (17, "early_release", "Afternoon for staff learning"),
    (44, "no_school", "Mid-term holiday"),
    (61, "testing", "State tests: reading"),
    (62, "testing", "State tests: mathematics"),
    (63, "testing", "State tests: science"),
    (70, "late_start", "Late start for planning teams"),
)
_BEFORE_RECESS = 25  # school days from today

_Bells = tuple[tuple[str, str, str, str], ...]  # name, starts, ends, kind
_BLOCKS: _Bells = (
    ("Morning", "08:30", "10:30", "class"),
    ("Recess", "10:30", "10:45", "break"),
    ("Late morning", "10:45", "12:00", "class"),
    ("Lunch", "12:00", "12:40", "lunch"),
    ("Afternoon", "12:40", "14:40", "class"),
)
_PERIODS: _Bells = (
    ("P1", "08:00", "08:45", "class"),
    ("P2", "08:50", "09:35", "class"),
    ("P3", "09:40", "10:25", "class"),
    ("P4", "10:30", "11:15", "class"),
    ("Lunch", "11:15", "11:55", "lunch"),
    ("P5", "12:00", "12:45", "class"),
    ("P6", "12:50", "13:35", "class"),
    ("P7", "13:40", "14:25", "class"),
)
_SHORT: _Bells = (
    ("Morning", "08:30", "10:00", "class"),
    ("Recess", "10:00", "10:15", "break"),
    ("Late morning", "10:15", "12:00", "class"),
)


def _letter_day(letter: str) -> _Bells:
    times = (("07:10", "08:45"), ("08:50", "10:25"), ("10:30", "12:05"), ("12:45", "14:20"))
    blocks = [(f"{letter}{n}", starts, ends, "class") for n, (starts, ends) in enumerate(times, start=1)]
    return (*blocks[:3], ("Lunch", "12:05", "12:40", "lunch"), blocks[3])


def recess(today: date, is_weekday: Callable[[date], bool]) -> date:
    """The Monday of a week without school, behind all rounds of the demo."""
    before = school_day(today, _BEFORE_RECESS, is_weekday)
    return before + timedelta(days=7 - before.weekday())


def terms(today: date, is_weekday: Callable[[date], bool]) -> tuple[DemoTerm, DemoTerm]:
    """Of the school year around `today`: all rounds of the demo are in the first, and the recess parts the two."""
    monday = recess(today, is_weekday)
    return (
        DemoTerm("First term", monday - TERM_WEEKS * WEEK, monday - WEEK + FRIDAY),
        DemoTerm("Second term", monday + WEEK, monday + TERM_WEEKS * WEEK + FRIDAY),
    )


def marked_days(today: date, is_weekday: Callable[[date], bool]) -> Iterator[tuple[date, str, str]]:
    """Day, kind and name of each that is unlike the others, by kind."""
    for offset, kind, title in _MARKED:
        yield school_day(today, offset, is_weekday), kind, title
    for n in range(5):
        yield recess(today, is_weekday) + timedelta(days=n), "no_school", "Recess"


def networks(district: DemoDistrict) -> tuple[DemoNetwork, ...]:
    """Every school is in one, with those of its people who host, observe or facilitate."""
    made = []
    for name, places in _NETWORKS:
        schools = tuple(district.schools[n] for n in places)
        keys = {s.key for s in schools}
        people = tuple(p for p in district.people if p.school in keys and _IN_A_NETWORK & set(p.roles))
        made.append(DemoNetwork(name, schools, people))
    return tuple(made)


def bells(school: DemoSchool) -> dict[str, _Bells]:
    """Periods by kind of day. High schools have A and B days."""
    if school.bucket == "High":
        return {letter: _letter_day(letter) for letter in "AB"}
    if school.bucket == "Middle":
        return {"regular": _PERIODS}
    return {"regular": _BLOCKS, "early_release": _SHORT}


def free_periods(school: DemoSchool, room: int) -> tuple[str, ...]:
    """When nothing is taught in the school's room of this place: after the morning in which the demo's visits are."""
    if school.bucket == "Middle":
        return (f"P{4 + room % 4}",)
    return tuple(f"{letter}{3 + room % 2}" for letter in "AB") if school.bucket == "High" else ()


async def set_stage(seeded: Seeded, leader: Door, today: date, is_weekday: Callable[[date], bool]) -> None:
    """Enters all of it, as the district's leader."""
    in_year = terms(today, is_weekday)
    for day, kind, title in marked_days(today, is_weekday):
        await leader("PUT", f"scheduling/calendar/days/{day}", {"kind": kind, "title": title})
    for term in in_year:
        body = {"name": term.name, "starts_on": term.first.isoformat(), "ends_on": term.last.isoformat()}
        await leader("PUT", f"scheduling/terms/{_id(term.name)}", body)
    for network in networks(seeded.district):
        await leader("PUT", f"scheduling/networks/{_id(network.name)}", _network(seeded, network))
        region = network.name.partition(" ")[0]
        for school in network.schools:
            await leader("PUT", f"scheduling/schools/{seeded.school_ids[school.key]}/host", {"region": region})
    await asyncio.gather(*(_ring(seeded, leader, school, in_year[0].first) for school in seeded.district.schools))


def _network(seeded: Seeded, network: DemoNetwork) -> dict[str, Any]:
    return {
        "name": network.name,
        "school_ids": [str(seeded.school_ids[s.key]) for s in network.schools],
        "person_ids": [seeded.id_of(p) for p in network.people],
    }


async def _ring(seeded: Seeded, leader: Door, school: DemoSchool, first: date) -> None:
    path = f"scheduling/schools/{seeded.school_ids[school.key]}"
    days = bells(school)
    for kind, held in days.items():
        periods = [dict(zip(("name", "starts", "ends", "kind"), p, strict=True)) for p in held]
        name = f"{kind.replace('_', ' ').capitalize()} day"
        body = {"name": name, "day_type": kind, "periods": periods}
        await leader("PUT", f"{path}/bells/{_id(f'{school.key} {kind}')}", body)
    if "A" in days:
        await leader("PUT", f"{path}/cycle", {"letters": list(days), "starts_on": first.isoformat()})


def _id(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"demo: {name}")
