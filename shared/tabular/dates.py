"""Days as people write them. 3/4/2024 is read only when the column as a whole says which number is the month."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal

DayOrder = Literal["dmy", "mdy"]

_ISO = re.compile(r"^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ].*)?$", re.DOTALL)
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_NUMERIC = re.compile(r"^(\d{1,2})([/.\-])(\d{1,2})\2(\d{4})(?:[T ,].*)?$", re.DOTALL)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*([AaPp]\.?[Mm]\.?)?")
_YEARS = range(1900, 2101)


def _day(year: int, month: int, day: int) -> date | None:
    if year not in _YEARS:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def iso_day(text: str) -> date | None:
    """The day in `2024-09-03`, `2024-09-03T00:00:00Z`, `2024/9/3` or `20240903`; None for anything else."""
    found = _ISO.match(text.strip()) or _COMPACT.match(text.strip())
    return _day(*(int(g) for g in found.groups()[:3])) if found else None


def day_order(values: Iterable[str]) -> DayOrder | None:
    """Which order the column's numeric dates are in, when some value proves one and none the other."""
    proofs: set[DayOrder] = set()
    for text in values:
        order = _proves(text)
        if order is not None:
            proofs.add(order)
    return proofs.pop() if len(proofs) == 1 else None


def _proves(text: str) -> DayOrder | None:
    found = _NUMERIC.match(text.strip())
    if found is None:
        return None
    first, separator, second = int(found[1]), found[2], int(found[3])
    if separator == "." and second <= 12:
        return "dmy"  # dots are written where the day comes first
    if first > 12 >= second:
        return "dmy"
    if second > 12 >= first:
        return "mdy"
    return None


def is_numeric_date(text: str) -> bool:
    return _NUMERIC.match(text.strip()) is not None


def read_day(text: str, order: DayOrder | None) -> date | None:
    """The day that `text` certainly names, given the column's `order`; None when it is uncertain or no date."""
    day = iso_day(text)
    if day is not None:
        return day
    found = _NUMERIC.match(text.strip())
    if found is None:
        return None
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    if first == second:
        return _day(year, first, second)
    match _proves(text) or order:
        case "dmy":
            return _day(year, second, first)
        case "mdy":
            return _day(year, first, second)
    return None


def read_moment(text: str, order: DayOrder | None) -> datetime | None:
    """Day and clock of `6/6/2022 14:59:32` or `2022-06-06T14:59`, naive (the clock of whoever wrote it);
    None when the day is uncertain or no clock is there."""
    day = read_day(text, order)
    rest = re.split(r"[T ,]", text.strip(), maxsplit=1)
    clock = _CLOCK.search(rest[1]) if len(rest) > 1 else None
    if day is None or clock is None:
        return None
    hour, minute, second = int(clock[1]), int(clock[2]), int(clock[3] or 0)
    if clock[4]:
        hour = hour % 12 + (12 if clock[4].lower().startswith("p") else 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    return datetime(day.year, day.month, day.day, hour, minute, second)
