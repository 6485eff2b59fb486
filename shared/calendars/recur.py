"""Recurrence rules, on the clocks of their own zone, within bounds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY, rrule, weekday  # type: ignore[import-untyped]  # no stubs

from shared.tabular.problems import Fault, fault

MOST_OCCURRENCES = 5_000
"""of one event"""
LONGEST_WALK = 120
"""years that a rule is followed from its start"""
_OFTEN = {"DAILY": DAILY, "WEEKLY": WEEKLY, "MONTHLY": MONTHLY, "YEARLY": YEARLY}
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class BadRule(ValueError):
    """The rule cannot be followed; `why` says why, as the end of a sentence."""

    def __init__(self, why: Fault) -> None:
        super().__init__(why.key)
        self.why = why


class _Bounded(rrule):  # type: ignore[misc]  # dateutil has no types
    """Danger: dateutil follows a rule that never fits (29 February 2100, BYMONTHDAY=30 of February) day by day to
    the year 9999. It looks at `_byweekno` once for each year that it walks; there it is stopped."""

    _walked = 0
    _weeks: Sequence[int] | None = None

    @property
    def _byweekno(self) -> Sequence[int] | None:
        self._walked += 1
        if self._walked > LONGEST_WALK:
            raise _TooFar
        return self._weeks

    @_byweekno.setter
    def _byweekno(self, weeks: Sequence[int] | None) -> None:
        self._weeks = weeks


class _TooFar(Exception):
    pass


def starts(
    rule: Mapping[str, Sequence[Any]], first: datetime, zone: tzinfo | None, until: datetime
) -> Iterator[datetime]:
    """The starts that `rule` makes from `first` on, naive, on the clocks of `zone`, none after `until` (naive).
    `first` itself always counts as one (RFC 5545, 3.8.5.3). Raises BadRule."""
    yield first
    parts = {k.upper(): list(v) for k, v in rule.items()}
    often = str(parts.pop("FREQ", ["?"])[0]).upper()
    if often not in _OFTEN:
        raise BadRule(fault("rule.within_a_day", often=often.lower()))
    given: dict[str, Any] = {}
    for name, values in parts.items():
        match name:
            case "INTERVAL" | "COUNT":
                given[name.lower()] = int(values[0])
            case "UNTIL":
                given["until"] = min(_until(values[0], zone), until)
            case "WKST":
                given["wkst"] = _weekday(values[0])
            case "BYDAY":
                given["byweekday"] = [_weekday(v) for v in values]
            case "BYMONTH" | "BYMONTHDAY" | "BYYEARDAY" | "BYWEEKNO" | "BYSETPOS" | "BYHOUR" | "BYMINUTE" | "BYSECOND":
                given[name.lower()] = [int(v) for v in values]
            case _:
                raise BadRule(fault("rule.part", name=name))
    if given.get("interval", 1) < 1 or given.get("count", 1) < 1:
        raise BadRule(fault("rule.too_small"))
    count = given.get("count")
    given.setdefault("until", until)
    if count is not None:
        del given["until"]  # RFC 5545 has one of the two
    try:
        walk = iter(_Bounded(_OFTEN[often], dtstart=first, cache=False, **given))
        yield from _walk(walk, first, until)
    except (ValueError, TypeError, AttributeError) as error:
        if isinstance(error, BadRule):
            raise
        raise BadRule(fault("rule.misfit", why=str(error))) from None


def _walk(walk: Iterator[datetime], first: datetime, until: datetime) -> Iterator[datetime]:
    made = 1
    try:
        for start in walk:
            if start > until:
                return
            if start == first:
                continue
            made += 1
            if made > MOST_OCCURRENCES:
                raise BadRule(fault("rule.too_often", most=f"{MOST_OCCURRENCES:,}"))
            yield start
    except _TooFar:
        return


def _until(value: date | datetime, zone: tzinfo | None) -> datetime:
    """UNTIL on the clocks of the event: it is written in UTC where the event has a zone."""
    if not isinstance(value, datetime):
        return datetime.combine(value, time.max)
    if value.tzinfo is None:
        return value
    return value.astimezone(zone or UTC).replace(tzinfo=None)


def _weekday(value: object) -> weekday:
    text = str(value).strip().upper()
    day, nth = text[-2:], text[:-2]
    if day not in _DAYS:
        raise BadRule(fault("rule.weekday", name=text))
    number = int(nth) if nth else None
    if number == 0:
        raise BadRule(fault("rule.weekday", name=text))
    return weekday(_DAYS.index(day), number)


def lasting(start: datetime, nominal: timedelta, exact: timedelta) -> datetime:
    """The end of what starts at `start` (aware): whole days by the calendar, the rest by the stopwatch."""
    day = start + nominal  # Python adds on the clock's face
    return (day.astimezone(UTC) + exact).astimezone(start.tzinfo)
