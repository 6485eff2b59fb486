"""Which letter a day is, at schools whose bells follow a cycle: letters count the days on which school is taught."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from asyncpg import Connection

from services.scheduling.calendar.decide import SATURDAY


def letters(
    cycle: Sequence[str], first: date, taught: Callable[[date], bool], since: date, until: date
) -> Iterator[tuple[date, str]]:
    """The letters of the days between the two, both included. `first`: the day of the cycle's first letter. A day on
    which no school is taught has none, and moves the letters on."""
    day, passed = first, 0
    while day <= until:
        if taught(day):
            if day >= since:
                yield day, cycle[passed % len(cycle)]
            passed += 1
        day += timedelta(days=1)


def taught(day: date, *marks: str | None) -> bool:
    """Whether school is taught on a day with these marks, the district's and the school's own."""
    return "no_school" not in marks and (day.weekday() < SATURDAY or "school_day" in marks)


async def letters_by_school(
    conn: Connection, since: date, until: date, school_id: UUID | None = None
) -> dict[UUID, dict[date, str]]:
    """By school, where there is a cycle. Schools with the same one, and no days of their own, are counted once."""
    schools = await conn.fetch(_CYCLES, school_id)
    marks: dict[UUID | None, dict[date, str]] = {}
    for r in await conn.fetch(_MARKS, until):
        marks.setdefault(r["school_id"], {})[r["day"]] = r["kind"]
    district = marks.get(None, {})
    counted: dict[object, dict[date, str]] = {}
    found: dict[UUID, dict[date, str]] = {}
    for r in schools:
        own = marks.get(r["school_id"], {})
        key = (tuple(r["cycle"]), r["cycle_from"], tuple(sorted(own.items())))
        if key not in counted:
            taught_here = partial(_taught_at, district, own)
            counted[key] = dict(letters(r["cycle"], r["cycle_from"], taught_here, since, until))
        found[r["school_id"]] = counted[key]
    return found


def _taught_at(district: Mapping[date, str], own: Mapping[date, str], day: date) -> bool:
    return taught(day, district.get(day), own.get(day))


_CYCLES = """
select s.school_id, t.cycle, t.cycle_from from schools s join school_stage t using (school_id)
where s.active and cardinality(t.cycle) > 0 and t.cycle_from is not null and ($1::uuid is null or s.school_id = $1)
order by lower(s.name), s.school_id
"""
_MARKS = "select school_id, day, kind from marked_days where kind in ('no_school', 'school_day') and day <= $1"
