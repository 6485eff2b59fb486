"""Events as iCalendar that Outlook, Google and Apple read: feeds (RFC 5545, 7986) and invitations (RFC 5546)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

from shared.calendars.zones import vtimezone

if TYPE_CHECKING:
    from icalendar import Calendar, Event

NOBODY = "nobody@attendee.invalid"
"""Stands for the attendee in what is kept, so that no address is kept."""
SOMEWHERE = "somewhere@place.invalid"
"""The same for a place that is nobody's but theirs who meet."""
PRODUCT = "-//Rondo//Instructional rounds//EN"
Method = Literal["PUBLISH", "REQUEST", "CANCEL"]


@dataclass(frozen=True, slots=True)
class Address:
    email: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One event to be told. `uid` never changes; `sequence` rises with each change that matters to those who
    come (RFC 5545, 3.8.7.4). `starts` and `ends` are aware moments, told on the clocks of the IANA zone `zone`; or
    days, `ends` the last of them. `changed_at` is when it was last changed (aware)."""

    uid: str
    sequence: int
    summary: str
    starts: datetime | date
    ends: datetime | date
    zone: str
    changed_at: datetime
    description: str = ""
    location: str = ""
    url: str | None = None
    position: tuple[float, float] | None = None  # degrees north, east
    categories: tuple[str, ...] = ()
    cancelled: bool = False
    busy: bool = True
    remind_before: timedelta | None = None


def feed(
    name: str, events: Iterable[CalendarEvent], *, description: str = "", refresh: timedelta = timedelta(hours=1)
) -> bytes:
    """A calendar to subscribe to. The same events give the same bytes."""
    held = list(events)
    calendar = _calendar("PUBLISH", held)
    calendar.add("NAME", name)
    calendar.add("X-WR-CALNAME", name)
    if description:
        calendar.add("DESCRIPTION", description)
    calendar.add("REFRESH-INTERVAL", refresh, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", f"PT{int(refresh.total_seconds() // 60)}M")
    for event in held:
        calendar.add_component(_vevent(event))
    return bytes(calendar.to_ical())


def invitation(event: CalendarEvent, organizer: Address, attendees: Sequence[Address]) -> bytes:
    """METHOD:REQUEST: an invitation, or with a higher sequence its update."""
    return _message("REQUEST", event, organizer, attendees)


def cancellation(event: CalendarEvent, organizer: Address, attendees: Sequence[Address]) -> bytes:
    """METHOD:CANCEL for the attendees; `event.cancelled` must be true and its sequence risen."""
    return _message("CANCEL", event, organizer, attendees)


def addressed(calendar: bytes, attendee: Address, place: str = "") -> bytes:
    """A kept invitation, made out to `attendee` in the place of NOBODY, and to where SOMEWHERE stands for."""
    from icalendar import Calendar, vCalAddress

    held = Calendar.from_ical(calendar)
    for event in held.walk("VEVENT"):
        for nobody in [a for a in _listed(event.get("ATTENDEE")) if NOBODY in a]:
            named = vCalAddress(f"mailto:{attendee.email}", params=dict(nobody.params))
            if attendee.name:
                named.params["CN"] = attendee.name
            event["ATTENDEE"] = named
        if event.get("LOCATION") == SOMEWHERE:
            del event["LOCATION"]
            if place:
                event.add("LOCATION", place)
    return bytes(held.to_ical())


def _listed(held: Any) -> list[Any]:  # icalendar gives one value or a list of them
    return held if isinstance(held, list) else [] if held is None else [held]


def _message(method: Method, event: CalendarEvent, organizer: Address, attendees: Sequence[Address]) -> bytes:
    calendar = _calendar(method, [event])
    vevent = _vevent(event)
    vevent.add("ORGANIZER", f"mailto:{organizer.email}", parameters={"CN": organizer.name} if organizer.name else {})
    for a in attendees:
        parameters = {"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "FALSE"}
        vevent.add("ATTENDEE", f"mailto:{a.email}", parameters=parameters | ({"CN": a.name} if a.name else {}))
    calendar.add_component(vevent)
    return bytes(calendar.to_ical())


def _calendar(method: Method, events: Sequence[CalendarEvent]) -> Calendar:
    from icalendar import Calendar, Timezone

    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", PRODUCT)
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", method)
    spans: dict[str, list[date]] = {}
    for event in events:
        if isinstance(event.starts, datetime):
            spans.setdefault(event.zone, []).append(event.starts.date())
    for zone, days in sorted(spans.items()):
        # whole years, so that a feed's zone does not change with every new event
        lines = vtimezone(zone, date(min(days).year - 1, 1, 1), date(max(days).year + 2, 1, 1))
        calendar.add_component(Timezone.from_ical("\r\n".join(lines) + "\r\n"))
    return calendar


def _vevent(event: CalendarEvent) -> Event:
    from zoneinfo import ZoneInfo

    from icalendar import Alarm, Event

    out = Event()
    out.add("UID", event.uid)
    out.add("SEQUENCE", event.sequence)
    out.add("DTSTAMP", event.changed_at.astimezone(UTC))
    out.add("LAST-MODIFIED", event.changed_at.astimezone(UTC))
    if isinstance(event.starts, datetime) and isinstance(event.ends, datetime):
        home = ZoneInfo(event.zone)
        out.add("DTSTART", event.starts.astimezone(home))
        out.add("DTEND", event.ends.astimezone(home))
    else:
        out.add("DTSTART", event.starts)
        out.add("DTEND", event.ends + timedelta(days=1))
    out.add("SUMMARY", event.summary)
    if event.description:
        out.add("DESCRIPTION", event.description)
    if event.location:
        out.add("LOCATION", event.location)
    if event.position is not None:
        out.add("GEO", event.position)
    if event.url:
        out.add("URL", event.url)
    if event.categories:
        out.add("CATEGORIES", list(event.categories))
    out.add("STATUS", "CANCELLED" if event.cancelled else "CONFIRMED")
    out.add("TRANSP", "OPAQUE" if event.busy and not event.cancelled else "TRANSPARENT")
    if event.remind_before is not None and not event.cancelled:
        alarm = Alarm()
        alarm.add("ACTION", "DISPLAY")
        alarm.add("DESCRIPTION", event.summary)
        alarm.add("TRIGGER", -event.remind_before)
        out.add_component(alarm)
    return out
