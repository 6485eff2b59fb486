"""Events out of an iCalendar file: what is certain is taken, the rest is reported with its line, all at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any, cast

from shared.calendars.lines import EXPORT_AGAIN, LARGEST_FILE, Part, split
from shared.calendars.zones import zone_named
from shared.tabular.problems import Fault, Problems, fault
from shared.tabular.table import decode

if TYPE_CHECKING:
    from icalendar import Event

_YEARS = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class Entry:
    """A VEVENT. `start` is a day (all-day), a naive moment (floating: the reader's own clocks), or an aware one.

    `nominal` (whole days) and `exact` (the rest) make its length. `rule` is the RRULE's parts; `dropped` and
    `added` its EXDATEs and RDATEs, as `start` is written. `replaces` is the RECURRENCE-ID of a single changed
    occurrence.
    """

    uid: str
    line: int
    summary: str
    start: date | datetime
    nominal: timedelta
    exact: timedelta
    categories: tuple[str, ...] = ()
    cancelled: bool = False
    busy: bool = True
    rule: Mapping[str, Sequence[Any]] | None = None  # values are int, str, date or datetime
    dropped: frozenset[date | datetime] = frozenset()
    added: tuple[date | datetime, ...] = ()
    replaces: date | datetime | None = None

    @property
    def all_day(self) -> bool:
        return not isinstance(self.start, datetime)


@dataclass(frozen=True, slots=True)
class Busy:
    """A FREEBUSY period, aware; `kind` is its FBTYPE."""

    starts_at: datetime
    ends_at: datetime
    kind: str = "BUSY"


@dataclass(frozen=True, slots=True)
class CalendarFile:
    name: str | None
    zone: tzinfo | None  # X-WR-TIMEZONE: what its floating times mean
    entries: tuple[Entry, ...] = ()
    busy: tuple[Busy, ...] = field(default=())


def read_calendar(file: str, data: bytes, problems: Problems) -> CalendarFile | None:
    """The calendar in `data`; None, with errors in `problems`, when it is none."""
    if len(data) > LARGEST_FILE:
        problems.error("too_large", file, fault("large_file", most=LARGEST_FILE // 1_000_000), fault("fewer_years"))
        return None
    text = decode(file, data, problems)
    parts = split(file, text, problems) if text is not None else None
    if parts is None:
        return None
    own = dict(_property(line) for line in reversed(parts.own))
    zones = _own_zones(file, parts.components, problems)
    reader = _Reader(file, zones, problems)
    entries: list[Entry] = []
    busy: list[Busy] = []
    for part in parts.components:
        if part.name == "VEVENT" and (entry := reader.entry(part)) is not None:
            entries.append(entry)
        elif part.name == "VFREEBUSY":
            busy += reader.busy(part)
    return CalendarFile(
        own.get("NAME") or own.get("X-WR-CALNAME"),
        zone_named(own.get("X-WR-TIMEZONE", ""), zones),
        tuple(entries),
        tuple(busy),
    )


def _property(line: str) -> tuple[str, str]:
    head, _, value = line.partition(":")
    return head.split(";", 1)[0].upper(), value.strip()


def _own_zones(file: str, parts: Sequence[Part], problems: Problems) -> dict[str, tzinfo]:
    from icalendar import Timezone

    found: dict[str, tzinfo] = {}
    for part in parts:
        if part.name != "VTIMEZONE":
            continue
        try:
            zone = cast("Timezone", Timezone.from_ical(part.text))  # its own type, whatever the stub says
            found[str(zone["TZID"])] = zone.to_tz(lookup_tzid=False)
        except Exception as error:  # icalendar lets many kinds of errors through
            problems.note(
                "broken_zone",
                file,
                fault("broken_zone", why=type(error).__name__),
                fault("unless_wrong"),
                line=part.line,
            )
    return found


class _Left(Exception):
    """This component is left out."""

    def __init__(self, code: str, why: Fault, mend: Fault) -> None:
        super().__init__(code)
        self.code, self.why, self.mend = code, why, mend


class _Reader:
    def __init__(self, file: str, zones: Mapping[str, tzinfo], problems: Problems) -> None:
        self._file, self._zones, self._problems = file, zones, problems
        self._unknown: set[str] = set()

    def entry(self, part: Part) -> Entry | None:
        from icalendar import Event

        try:
            return self._entry(part, cast("Event", Event.from_ical(part.text)))  # its own type, whatever the stub says
        except _Left as left:
            why = fault("event_left_out", why=left.why)
            self._problems.warning(left.code, self._file, why, left.mend, line=part.line)
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, IndexError) as error:
            self._problems.warning(
                "broken_event",
                self._file,
                fault("broken_event", why=type(error).__name__),
                EXPORT_AGAIN,
                line=part.line,
            )
        return None

    def _entry(self, part: Part, event: Event) -> Entry:
        broken = {name for name, _ in event.errors if name}
        summary = " ".join(str(_first(event.get("SUMMARY")) or "").split())[:300]
        if "DTSTART" in broken:
            raise _Left("bad_date", fault("left.bad_start"), EXPORT_AGAIN)
        if "DTSTART" not in event:
            raise _Left("no_start", fault("left.no_start"), EXPORT_AGAIN)
        start = self._when(_first(event["DTSTART"]), part.line)
        if start.year not in _YEARS:
            raise _Left("bad_date", fault("left.year", year=start.year), fault("correct_year"))
        if "DTEND" in broken or "DURATION" in broken:
            self._problems.note(
                "bad_end",
                self._file,
                fault("bad_end"),
                fault("correct_end"),
                line=part.line,
            )
        nominal, exact = self._length(event, start, broken, part.line)
        rule = None if "RRULE" in broken else _first(event.get("RRULE"))
        if "RRULE" in broken:
            self._problems.warning(
                "bad_rule",
                self._file,
                fault("unread_rule"),
                EXPORT_AGAIN,
                line=part.line,
            )
        dropped = [] if "EXDATE" in broken else self._list(event.get("EXDATE"), part.line)
        added = [] if "RDATE" in broken else self._list(event.get("RDATE"), part.line)
        replaces = event.get("RECURRENCE-ID") if "RECURRENCE-ID" not in broken else None
        return Entry(
            uid=str(_first(event.get("UID")) or f"line-{part.line}"),
            line=part.line,
            summary=summary,
            start=start,
            nominal=nominal,
            exact=exact,
            categories=tuple(str(c).strip() for c in event.categories if str(c).strip()),
            cancelled=str(_first(event.get("STATUS")) or "").upper() == "CANCELLED",
            busy=str(_first(event.get("TRANSP")) or "OPAQUE").upper() != "TRANSPARENT"
            and str(_first(event.get("X-MICROSOFT-CDO-BUSYSTATUS")) or "BUSY").upper() != "FREE",
            rule=dict(rule) if rule else None,
            dropped=frozenset(dropped),
            added=tuple(added),
            replaces=self._when(_first(replaces), part.line) if replaces is not None else None,
        )

    def _length(self, event: Event, start: date | datetime, broken: set[str], line: int) -> tuple[timedelta, timedelta]:
        """DTEND is exclusive. Without an end: a day for a day, nothing for a moment (RFC 5545, 3.6.1)."""
        all_day = not isinstance(start, datetime)
        default = (timedelta(days=1), timedelta()) if all_day else (timedelta(), timedelta())
        if "DTEND" in event and "DTEND" not in broken:
            end = self._when(_first(event["DTEND"]), line)
            if isinstance(end, datetime) is all_day:
                raise _Left("mixed_ends", fault("left.mixed_ends"), EXPORT_AGAIN)
            if all_day:
                length = end - start
            elif (end.tzinfo is None) is not (start.tzinfo is None):  # type: ignore[union-attr,attr-defined]  # datetimes
                raise _Left("mixed_ends", fault("left.mixed_zones"), EXPORT_AGAIN)
            else:
                length = _exact(start, end)  # type: ignore[arg-type]  # both datetimes
            if length < timedelta():
                raise _Left("ends_before_start", fault("left.ends_before"), fault("correct_end"))
            if all_day:
                return (length or timedelta(days=1)), timedelta()
            return timedelta(), length
        if "DURATION" in event and "DURATION" not in broken:
            lasts: timedelta = _first(event["DURATION"]).dt
            if lasts < timedelta():
                raise _Left("ends_before_start", fault("left.negative"), fault("correct_length"))
            days = timedelta(days=lasts.days)
            if all_day:
                return max(days, timedelta(days=1)), timedelta()
            return days, lasts - days
        return default

    def _when(self, value: Any, line: int) -> date | datetime:  # icalendar's vDDDTypes
        told: date | datetime = value.dt
        if not isinstance(told, datetime):
            return told
        tzid = value.params.get("TZID")
        if tzid is None:
            return told
        zone = zone_named(str(tzid), self._zones)
        if zone is None:
            if tzid not in self._unknown:  # once: a file of 10,000 events named it 30,000 times
                self._unknown.add(str(tzid))
                self._problems.warning(
                    "unknown_zone",
                    self._file,
                    fault("unknown_zone", zone=str(tzid)[:60]),
                    fault("iana_zones"),
                    line=line,
                )
            return told.replace(tzinfo=None)
        return told.replace(tzinfo=zone)

    def _list(self, held: Any, line: int) -> list[date | datetime]:  # vDDDLists, or a list of them
        lists = held if isinstance(held, list) else [held] if held is not None else []
        found = []
        for one in lists:
            for value in one.dts:
                if isinstance(value.dt, tuple):  # an RDATE of periods: its beginning counts
                    value = type(value)(value.dt[0])
                if not isinstance(value.dt, date):  # a time of day alone
                    self._problems.warning(
                        "bad_date",
                        self._file,
                        fault("bad_dates"),
                        EXPORT_AGAIN,
                        line=line,
                    )
                    continue
                if "TZID" in one.params and "TZID" not in value.params:
                    value.params["TZID"] = one.params["TZID"]
                found.append(self._when(value, line))
        return found

    def busy(self, part: Part) -> list[Busy]:
        from icalendar import FreeBusy

        try:
            held = FreeBusy.from_ical(part.text)
            if any(name == "FREEBUSY" for name, _ in held.errors):
                raise ValueError("a broken period")
            periods = held.get("FREEBUSY", [])
            flat: list[Any] = []
            for p in periods if isinstance(periods, list) else [periods]:
                flat += p if isinstance(p, list) else [p]
            return [
                Busy(p.start, p.end, str(p.params.get("FBTYPE", "BUSY")).upper())
                for p in flat
                if p.start.tzinfo is not None and p.end > p.start
            ]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            self._problems.warning(
                "broken_freebusy",
                self._file,
                fault("broken_freebusy", why=type(error).__name__),
                EXPORT_AGAIN,
                line=part.line,
            )
            return []


def _exact(start: datetime, end: datetime) -> timedelta:
    """Elapsed time: two clocks of one zone are compared by the stopwatch, as Python does not."""
    if start.tzinfo is None or end.tzinfo is None:
        return end - start
    return (end - end.utcoffset()).replace(tzinfo=None) - (start - start.utcoffset()).replace(tzinfo=None)  # type: ignore[operator]  # aware


def _first(value: Any) -> Any:  # icalendar gives a list where a property is there twice
    return value[0] if isinstance(value, list) and value else value
