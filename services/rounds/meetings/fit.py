"""Times that suit everybody: on school days, within working hours of the district's clocks, nobody busy. Pure.

A meeting keeps its time on the wall across a change of the clocks: candidates are local times, made into instants by
the district's zone. Times in a person's own free hours of the week come first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from services.rounds.meetings.commands import Span
from services.rounds.partners.profile import FreeTime

EARLIEST, LATEST = time(7, 30), time(17, 0)
STEP = timedelta(minutes=15)
SATURDAY = 5
HORIZON = 120  # days


@dataclass(frozen=True, slots=True)
class Calendar:
    """`closed`: days without school; `taught`: weekend days that are taught; `busy`: of anybody, aware;
    `free`: each person's free hours of the week, where they told any."""

    zone: ZoneInfo
    closed: Collection[date] = frozenset()
    taught: Collection[date] = frozenset()
    busy: Sequence[Span] = ()
    free: Sequence[Sequence[FreeTime]] = field(default_factory=tuple)

    def open(self, day: date) -> bool:
        return day not in self.closed and (day.weekday() < SATURDAY or day in self.taught)

    def suits(self, span: Span) -> bool:
        return not any(b.starts_at < span.ends_at and span.starts_at < b.ends_at for b in self.busy)


def next_times(calendar: Calendar, after: datetime, minutes: int, count: int = 3) -> list[Span]:
    """The next times that suit all, at most one a day, preferred hours first within each day."""
    found: list[Span] = []
    day = after.astimezone(calendar.zone).date()
    for offset in range(HORIZON):
        span = _of_day(calendar, day + timedelta(days=offset), minutes, after)
        if span is not None:
            found.append(span)
            if len(found) == count:
                break
    return found


def week_of(calendar: Calendar, when: datetime) -> datetime:
    """When the week of the meeting begins on the district's clocks: what takes its place lies then or later."""
    day = when.astimezone(calendar.zone).date()
    return datetime.combine(day - timedelta(days=day.weekday()), time(), tzinfo=calendar.zone)


def cadence(calendar: Calendar, after: datetime, minutes: int, every_weeks: int, count: int) -> list[Span]:
    """`count` meetings, `every_weeks` apart from the first: on the first one's weekday and hour where that suits all,
    else at the nearest later time of that week. A week in which nothing suits is passed over. The first is within a
    week of the next time that suits all, when most said that they are free."""
    soon = next_times(calendar, after, minutes, 7)
    if not soon:
        return []
    week = [s for s in soon if s.starts_at < soon[0].starts_at + timedelta(weeks=1)]
    first = min(week, key=partial(_rank, calendar))
    found = [first]
    wanted = first.starts_at.astimezone(calendar.zone)
    weeks = 1
    while len(found) < count and weeks <= count + 26:
        day = wanted.date() + timedelta(weeks=every_weeks * weeks)
        span = _of_week(calendar, day, wanted.time(), minutes)
        if span is not None:
            found.append(span)
        weeks += 1
    return found


def _of_week(calendar: Calendar, day: date, hour: time, minutes: int) -> Span | None:
    if calendar.open(day) and (same := span_at(calendar.zone, day, hour, minutes)) and calendar.suits(same):
        return same
    for offset in range(SATURDAY - min(day.weekday(), SATURDAY - 1)):
        span = _of_day(calendar, day + timedelta(days=offset), minutes, None)
        if span is not None:
            return span
    return None


def _of_day(calendar: Calendar, day: date, minutes: int, after: datetime | None) -> Span | None:
    if not calendar.open(day):
        return None
    spans = [s for s in _candidates(calendar, day, minutes) if (after is None or s.starts_at > after)]
    spans = [s for s in spans if calendar.suits(s)]
    return min(spans, key=partial(_rank, calendar), default=None)


def _rank(calendar: Calendar, span: Span) -> tuple[int, datetime]:
    """What most wish comes first, then what is earlier."""
    return -_wishes(calendar, span), span.starts_at


def _wishes(calendar: Calendar, span: Span) -> int:
    """How many of the people said that they are free then."""
    starts, ends = (t.astimezone(calendar.zone) for t in (span.starts_at, span.ends_at))
    return sum(
        any(f.weekday == starts.isoweekday() and f.starts <= starts.time() and ends.time() <= f.ends for f in hours)
        for hours in calendar.free
    )


def _candidates(calendar: Calendar, day: date, minutes: int) -> Iterator[Span]:
    at = datetime.combine(day, EARLIEST)
    while at + timedelta(minutes=minutes) <= datetime.combine(day, LATEST):
        span = span_at(calendar.zone, day, at.time(), minutes)
        if span is not None:
            yield span
        at += STEP


def span_at(zone: ZoneInfo, day: date, hour: time, minutes: int) -> Span | None:
    """The meeting at that time on the wall; None where the clocks leave it out."""
    local = datetime.combine(day, hour, tzinfo=zone)
    starts = local.astimezone(UTC)
    if starts.astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        return None
    return Span(starts_at=starts, ends_at=starts + timedelta(minutes=minutes))
