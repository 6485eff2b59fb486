"""When the events of a file take place, day by day or to the minute, right across changes of the clocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import chain

from shared.calendars.read import Busy, CalendarFile, Entry
from shared.calendars.recur import BadRule, lasting, starts
from shared.tabular.problems import Problems, fault

MOST = 20_000
"""occurrences of all events of a file together"""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One taking place. All-day ones have `first` and `last` (both included); others aware moments too."""

    entry: Entry
    first: date
    last: date
    starts_at: datetime | None = None
    ends_at: datetime | None = None


def occurrences(
    file: str, calendar: CalendarFile, since: date, until: date, zone: tzinfo, problems: Problems
) -> list[Occurrence]:
    """What takes place between the days `since` and `until`, both included, in order. Floating times, and the
    days of all-day events, are those of `zone` (or of the calendar's own X-WR-TIMEZONE)."""
    home = calendar.zone or zone
    changed: dict[str, set[date | datetime]] = {}
    for entry in calendar.entries:
        if entry.replaces is not None:
            changed.setdefault(entry.uid, set()).add(_key(entry.replaces, home))
    found: list[Occurrence] = []
    for entry in calendar.entries:
        if entry.cancelled:
            continue
        gone = {_key(d, home) for d in entry.dropped}
        if entry.replaces is None:
            gone |= changed.get(entry.uid, set())
        try:
            for start in _starts(entry, until, home):
                if _key(start, home) in gone:
                    continue
                one = _occurrence(entry, start, home, zone)
                if one.last >= since and one.first <= until:
                    found.append(one)
        except BadRule as bad:
            problems.warning(
                "bad_rule",
                file,
                fault("bad_rule", why=bad.why),
                fault("correct_rule"),
                line=entry.line,
            )
        if len(found) > MOST:
            problems.error(
                "too_many_occurrences",
                file,
                fault("many_times", most=f"{MOST:,}"),
                fault("fewer_years_or"),
                line=entry.line,
            )
            break
    return sorted(found, key=lambda o: (o.first, o.starts_at or datetime.min.replace(tzinfo=UTC), o.entry.line))


def busy_intervals(
    file: str, calendar: CalendarFile, since: date, until: date, zone: tzinfo, problems: Problems
) -> list[tuple[datetime, datetime]]:
    """When the calendar's owner is busy: FREEBUSY periods and opaque events, joined where they touch, as aware
    [start, end) in UTC. All-day events are whole days of `zone`, 23 or 25 hours long where its clocks change."""
    low, high = _midnight(since, zone), _midnight(until + timedelta(days=1), zone)
    spans: list[tuple[datetime, datetime]] = [
        (b.starts_at.astimezone(UTC), b.ends_at.astimezone(UTC)) for b in calendar.busy if _is_busy(b)
    ]
    for one in occurrences(file, calendar, since, until, zone, problems):
        if not one.entry.busy:
            continue
        if one.starts_at is None or one.ends_at is None:
            spans.append((_midnight(one.first, zone), _midnight(one.last + timedelta(days=1), zone)))
        elif one.ends_at > one.starts_at:
            spans.append((one.starts_at.astimezone(UTC), one.ends_at.astimezone(UTC)))
    return joined((max(s, low), min(e, high)) for s, e in spans)


def joined(spans: Iterable[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """The spans in order, without overlaps, empty ones left out."""
    out: list[tuple[datetime, datetime]] = []
    for start, end in sorted(s for s in spans if s[0] < s[1]):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out


def _is_busy(period: Busy) -> bool:
    return period.kind != "FREE"


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _starts(entry: Entry, until: date, home: tzinfo) -> Iterator[date | datetime]:
    """Every start as the entry writes its own: a day, or an aware moment."""
    seen: set[date | datetime] = set()
    for start in chain(_ruled(entry, until, home), entry.added):
        told = start if not isinstance(start, datetime) or start.tzinfo else start.replace(tzinfo=home)
        if isinstance(told, datetime) is entry.all_day:  # an RDATE that mixes days and times
            told = told.date() if isinstance(told, datetime) else datetime.combine(told, time(), home)
        if told not in seen:
            seen.add(told)
            yield told


def _ruled(entry: Entry, until: date, home: tzinfo) -> Sequence[date | datetime] | Iterator[date | datetime]:
    if entry.rule is None or entry.replaces is not None:
        return [entry.start]
    end = datetime.combine(until, time.max)
    if not isinstance(entry.start, datetime):
        first = datetime.combine(entry.start, time())
        return (s.date() for s in starts(entry.rule, first, None, end))
    zone = entry.start.tzinfo or home
    naive = entry.start.replace(tzinfo=None)
    return (s.replace(tzinfo=zone) for s in starts(entry.rule, naive, zone, end + timedelta(days=1)))


def _key(when: date | datetime, home: tzinfo) -> date | datetime:
    """For comparing EXDATE and RECURRENCE-ID with starts, whichever zone each is written in."""
    if not isinstance(when, datetime):
        return when
    return (when if when.tzinfo else when.replace(tzinfo=home)).astimezone(UTC)


def _occurrence(entry: Entry, start: date | datetime, home: tzinfo, zone: tzinfo) -> Occurrence:
    if not isinstance(start, datetime):
        return Occurrence(entry, start, start + entry.nominal - timedelta(days=1))
    begins = start if start.tzinfo else start.replace(tzinfo=home)
    ends = lasting(begins, entry.nominal, entry.exact)
    last = ends.astimezone(zone)
    if last > begins.astimezone(zone):
        last -= timedelta(microseconds=1)  # DTEND is exclusive: midnight belongs to the day before
    return Occurrence(entry, begins.astimezone(zone).date(), last.date(), begins, ends)
