"""iCalendar as two independent parsers read it."""

from __future__ import annotations

from datetime import UTC, date
from typing import Any

import vobject
from icalendar import Calendar


def both(data: bytes) -> list[dict[str, Any]]:
    """The events as two independent parsers read them; they must agree."""
    strict = Calendar.from_ical(data)
    assert [e for c in strict.walk() for e in c.errors] == []
    one = [
        {
            "uid": str(e["UID"]),
            "summary": str(e["SUMMARY"]),
            "starts": e["DTSTART"].dt,
            "ends": e["DTEND"].dt,
            "sequence": int(e["SEQUENCE"]),
            "status": str(e["STATUS"]),
            "where": str(e.get("LOCATION", "")),
        }
        for e in strict.walk("VEVENT")
    ]
    _forget_zones()
    read = vobject.readOne(data.decode())
    two = [
        {
            "uid": e.uid.value,
            "summary": e.summary.value,
            "starts": e.dtstart.value,
            "ends": e.dtend.value,
            "sequence": int(e.sequence.value),
            "status": e.status.value,
            "where": e.location.value if hasattr(e, "location") else "",
        }
        for e in read.contents.get("vevent", [])
    ]
    assert len(one) == len(two)
    for a, b in zip(one, two, strict=True):
        for key in ("uid", "summary", "sequence", "status"):
            assert a[key] == b[key]
        for key in ("starts", "ends"):
            same = a[key] == b[key]
            assert same if type(a[key]) is date else a[key].astimezone(UTC) == b[key].astimezone(UTC)
    return one


def _forget_zones() -> None:
    """The first VTIMEZONE of a name stays vobject's for all later calendars; each must be read by its own."""
    zones = vars(vobject.icalendar)["__tzidMap"]
    for name in set(zones) - {"UTC"}:
        del zones[name]
