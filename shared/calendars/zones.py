"""Time zones: by IANA's names, by Windows' names, by a file's own definitions; and a zone as VTIMEZONE."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def zone_named(tzid: str, own: Mapping[str, tzinfo]) -> tzinfo | None:
    """The zone that a file means by `tzid`: IANA's, else what the file itself defines, else Windows' name;
    None when nobody knows it."""
    name = tzid.strip().strip('"')
    found = _iana(name) or own.get(tzid) or own.get(name)
    if found is not None:
        return found
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    # "/freeassociation.sourceforge.net/America/New_York" and its like end in IANA's name, of two parts or three
    parts = name.split("/")
    tails = ("/".join(parts[-n:]) for n in (3, 2) if len(parts) > n)
    return _iana(WINDOWS_TO_OLSON.get(name, "")) or next((zone for tail in tails if (zone := _iana(tail))), None)


@lru_cache(maxsize=256)
def _iana(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        return None


def changes(zone: tzinfo, since: date, until: date) -> Iterator[datetime]:
    """The moments (UTC, to the minute) between the two days at which the zone's offset changes."""
    at = datetime(since.year, since.month, since.day, tzinfo=UTC)
    end = datetime(until.year, until.month, until.day, tzinfo=UTC)
    step = timedelta(days=7)  # no zone changes twice in a week
    while at < end:
        after = min(at + step, end)
        if at.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset():
            low, high = at, after
            while high - low > timedelta(minutes=1):
                middle = _EPOCH + timedelta(minutes=((low + (high - low) / 2) - _EPOCH) // timedelta(minutes=1))
                if middle == low:
                    break
                if middle.astimezone(zone).utcoffset() == low.astimezone(zone).utcoffset():
                    low = middle
                else:
                    high = middle
            yield high
        at = after


def vtimezone(name: str, since: date, until: date) -> list[str]:
    """The content lines of a VTIMEZONE that is right from `since` to `until`.

    An onset is told in the offset that ends (RFC 5545, 3.6.5); icalendar's own writer tells it in the one that
    begins, an hour late.
    """
    zone = ZoneInfo(name)
    start = datetime(since.year, since.month, since.day, tzinfo=UTC)
    lines = ["BEGIN:VTIMEZONE", f"TZID:{name}"]
    lines += _observance(start, zone, first=True)
    for moment in changes(zone, since, until):
        lines += _observance(moment, zone, first=False)
    return [*lines, "END:VTIMEZONE"]


def _observance(moment: datetime, zone: ZoneInfo, *, first: bool) -> list[str]:
    before = (moment if first else moment - timedelta(minutes=1)).astimezone(zone)
    after = moment.astimezone(zone)
    kind = "DAYLIGHT" if after.dst() else "STANDARD"
    was, now = before.utcoffset() or timedelta(), after.utcoffset() or timedelta()
    onset = (moment + was).replace(tzinfo=None)
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{onset:%Y%m%dT%H%M%S}",
        f"TZOFFSETFROM:{_offset(was)}",
        f"TZOFFSETTO:{_offset(now)}",
        f"TZNAME:{after.tzname()}",
        f"END:{kind}",
    ]


def _offset(delta: timedelta) -> str:
    minutes = int(delta.total_seconds() // 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}{abs(minutes) % 60:02d}"
