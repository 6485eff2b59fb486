"""A file that is no calendar of a district says what it is, and where it belongs."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from services.scheduling.calendar.understand import understand
from shared.tabular.problems import Problems

_BUSY = "BEGIN:VFREEBUSY\r\nUID:1\r\nFREEBUSY:20261208T140000Z/PT2H,20261215T140000Z/PT2H\r\nEND:VFREEBUSY\r\n"


@pytest.mark.parametrize(
    ("holds", "code", "says"),
    [(_BUSY, "busy_time", "when somebody is busy (2 times)"), ("", "no_events", "has no events")],
)
def test_a_file_without_events_says_why_nothing_is_marked(holds: str, code: str, says: str) -> None:
    problems = Problems()
    data = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{holds}END:VCALENDAR\r\n".encode()
    found = understand("some.ics", data, date(2026, 11, 29), ZoneInfo("America/New_York"), problems)
    assert (found.days, found.year) == ((), None)
    (told,) = problems.listed()
    assert (told.severity, told.code) == ("warning", code)
    assert says in told.detail
    assert told.mend
