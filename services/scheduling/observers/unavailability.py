"""Times when somebody cannot come, as they are typed or as their own calendar has them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field

from shared.calendars.occur import joined
from shared.errors import Invalid
from shared.said import say
from shared.tabular.problems import Problem, Problems


class Away(BaseModel):
    """Away from the first to the last day, both included; with times, from `starts` to `ends` on each of them
    (on the district's clocks)."""

    model_config = ConfigDict(extra="forbid")
    first: date = Field(ge=date(1900, 1, 1), lt=date(9000, 1, 1))
    last: date = Field(ge=date(1900, 1, 1), lt=date(9000, 1, 1))
    starts: time | None = None
    ends: time | None = None


class CalendarRead(BaseModel):
    busy: int
    since: date
    until: date
    problems: list[Problem]


def window(since: date, until: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The days, both included, as aware [start, end) in UTC."""
    return (
        datetime.combine(since, time(), zone).astimezone(UTC),
        datetime.combine(until + timedelta(days=1), time(), zone).astimezone(UTC),
    )


def spans_of(away: Sequence[Away], zone: ZoneInfo) -> tuple[tuple[datetime, datetime], ...]:
    """Raises Invalid where one ends before it begins."""
    found: list[tuple[datetime, datetime]] = []
    for n, one in enumerate(away):
        if one.last < one.first or (one.last - one.first).days > 400:
            raise Invalid(say("refusals.more_than_a_year"), where=f"away/{n}/last", mend=say("refusals.correct_days"))
        if one.starts is None or one.ends is None:
            found.append(window(one.first, one.last, zone))
            continue
        if one.starts.tzinfo or one.ends.tzinfo or one.ends <= one.starts:
            raise Invalid(say("refusals.ends_before"), where=f"away/{n}/ends", mend=say("refusals.correct_clock"))
        for d in range((one.last - one.first).days + 1):
            day = one.first + timedelta(days=d)
            found.append(
                (
                    datetime.combine(day, one.starts, zone).astimezone(UTC),
                    datetime.combine(day, one.ends, zone).astimezone(UTC),
                )
            )
    return tuple(joined(found))


def read_busy(
    file: str, data: bytes, since: date, until: date, zone: ZoneInfo
) -> tuple[tuple[tuple[datetime, datetime], ...], Problems]:
    """The busy times of an iCalendar file between the two days. Raises Invalid, with all problems, when it cannot
    be read. Nothing else of the file is kept: no titles, no places, no people."""
    from shared.calendars.occur import busy_intervals
    from shared.calendars.read import read_calendar

    problems = Problems()
    calendar = read_calendar(file, data, problems)
    spans = busy_intervals(file, calendar, since, until, zone, problems) if calendar is not None else []
    if problems.refuses:
        first = problems.listed()[0]
        raise Invalid(
            say("refusals.not_read", file=file, why=first.say),
            mend=first.say_mend,
            where=first.file,
            problems=[p.model_dump() for p in problems.listed()],
        )
    return tuple(spans), problems
