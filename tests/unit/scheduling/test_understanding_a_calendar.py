"""What the titles of a district's calendar mean for rounds: what is certain, and nothing else."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from services.scheduling.calendar.understand import understand
from shared.tabular.problems import Problems

TODAY = date(2026, 3, 1)


def marked(*events: tuple[str, str, str]) -> dict[str, str]:
    """Day -> kind, of all-day events (first day, day after the last, title)."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//EN"]
    for n, (first, after, title) in enumerate(events):
        lines += ["BEGIN:VEVENT", f"UID:{n}", f"DTSTART;VALUE=DATE:{first}", f"DTEND;VALUE=DATE:{after}"]
        lines += [f"SUMMARY:{title}", "END:VEVENT"]
    problems = Problems()
    data = "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()
    found = understand("district.ics", data, TODAY, ZoneInfo("America/New_York"), problems)
    return {d.day.isoformat(): d.kind for d in found.days}


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Teacher Institute", "no_school"),
        ("Non-Attendance Day", "no_school"),
        ("Pupil-free day", "no_school"),
        ("Staff Records Day", "no_school"),
        ("School not in session", "no_school"),
        ("School Day - Snow Day Makeup", "school_day"),
        ("Science Institute for grade 5", None),
        ("Possible snow make-up school day", None),
        ("Make-up photographs", None),
        ("Board of Education meeting", None),
    ],
)
def test_a_title_that_is_certain_is_taken(title: str, kind: str | None) -> None:
    assert marked(("20260330", "20260331", title)) == ({"2026-03-30": kind} if kind else {})


def test_a_day_given_back_is_cut_out_of_its_recess() -> None:
    recess = ("20260330", "20260402", "Spring Recess - Schools Closed")
    back = ("20260330", "20260331", "School Day - Snow Day Makeup")
    expected = {"2026-03-30": "school_day", "2026-03-31": "no_school", "2026-04-01": "no_school"}
    assert marked(recess, back) == marked(back, recess) == expected


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
