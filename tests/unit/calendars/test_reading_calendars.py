"""Calendars that others wrote: what is certain is taken, the rest is told with its line."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from shared.calendars.occur import Occurrence, busy_intervals, occurrences
from shared.calendars.read import CalendarFile, read_calendar
from shared.tabular.problems import Problems

NY = ZoneInfo("America/New_York")
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def ics(*components: str, own: str = "", newline: str = "\r\n") -> bytes:
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\n{own}" + "".join(c.strip() + "\n" for c in components) + "END:VCALENDAR\n"
    return text.replace("\n", newline).encode()


def event(body: str) -> str:
    return f"BEGIN:VEVENT\nUID:{abs(hash(body))}\n{body.strip()}\nEND:VEVENT"


def read(data: bytes) -> tuple[CalendarFile | None, Problems]:
    problems = Problems()
    return read_calendar("a.ics", data, problems), problems


def taking_place(data: bytes, since: date = YEAR[0], until: date = YEAR[1]) -> tuple[list[Occurrence], Problems]:
    calendar, problems = read(data)
    assert calendar is not None, problems.listed()
    return occurrences("a.ics", calendar, since, until, NY, problems), problems


def busy(data: bytes) -> list[tuple[str, str]]:
    calendar, problems = read(data)
    assert calendar is not None
    spans = busy_intervals("a.ics", calendar, *YEAR, NY, problems)
    return [(f"{s.astimezone(NY):%m-%d %H:%M}", f"{e.astimezone(NY):%m-%d %H:%M}") for s, e in spans]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_an_all_day_event_ends_the_day_before_its_dtend(newline: str) -> None:
    found, problems = taking_place(
        ics(
            event("SUMMARY:Winter Re\n cess\nDTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261229\nCATEGORIES:a,b"),
            newline=newline,
        )
    )
    [one] = found
    assert (one.first, one.last, one.entry.summary) == (date(2026, 12, 24), date(2026, 12, 28), "Winter Recess")
    assert one.entry.categories == ("a", "b")
    assert problems.total == 0


def test_a_day_without_an_end_is_one_day_and_a_moment_without_one_takes_no_time() -> None:
    found, _ = taking_place(ics(event("DTSTART;VALUE=DATE:20260302"), event("DTSTART:20260302T140000Z")))
    assert [(o.first, o.last) for o in found] == [(date(2026, 3, 2), date(2026, 3, 2))] * 2
    assert busy(ics(event("DTSTART:20260302T140000Z"))) == []


def test_a_weekly_meeting_stays_at_its_hour_when_the_clocks_change() -> None:
    assert busy(
        ics(event("DTSTART;TZID=America/New_York:20260302T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=3"))
    ) == [("03-02 09:00", "03-02 10:00"), ("03-09 09:00", "03-09 10:00"), ("03-16 09:00", "03-16 10:00")]


def test_hours_are_by_the_stopwatch_and_days_by_the_calendar() -> None:
    three_hours = ics(event("DTSTART;TZID=America/New_York:20260308T013000\nDURATION:PT3H"))
    assert busy(three_hours) == [("03-08 01:30", "03-08 05:30")]  # the clock skips from 2 to 3
    one_day = ics(event("DTSTART;TZID=America/New_York:20260307T090000\nDURATION:P1D"))
    assert busy(one_day) == [("03-07 09:00", "03-08 09:00")]


def test_an_all_day_event_is_busy_for_a_day_of_twenty_three_hours() -> None:
    calendar, problems = read(ics(event("DTSTART;VALUE=DATE:20260308")))
    assert calendar is not None
    [(start, end)] = busy_intervals("a.ics", calendar, *YEAR, NY, problems)
    assert end - start == timedelta(hours=23)


def test_a_floating_time_is_on_the_districts_clocks() -> None:
    assert busy(ics(event("DTSTART:20260302T090000\nDTEND:20260302T100000"))) == [("03-02 09:00", "03-02 10:00")]
    of_its_own = "X-WR-TIMEZONE:America/Chicago\n"
    assert busy(ics(event("DTSTART:20260302T090000\nDTEND:20260302T100000"), own=of_its_own)) == [
        ("03-02 10:00", "03-02 11:00")
    ]


def test_a_zone_may_be_windows_or_the_files_own() -> None:
    vendors = "/freeassociation.sourceforge.net/Tzfile/America/Indiana/Knox"
    assert busy(ics(event(f"DTSTART;TZID={vendors}:20260302T090000\nDURATION:PT1H"))) == [
        ("03-02 10:00", "03-02 11:00")
    ]
    windows = event("DTSTART;TZID=Central Standard Time:20260302T090000\nDURATION:PT1H")
    assert busy(ics(windows)) == [("03-02 10:00", "03-02 11:00")]
    own = (
        "BEGIN:VTIMEZONE\nTZID:Our clocks\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:-0600\n"
        "TZOFFSETTO:-0600\nTZNAME:X\nEND:STANDARD\nEND:VTIMEZONE"
    )
    assert busy(ics(own, event("DTSTART;TZID=Our clocks:20260702T090000\nDURATION:PT1H"))) == [
        ("07-02 11:00", "07-02 12:00")
    ]


def test_a_zone_that_nobody_knows_is_told_once_with_its_first_line() -> None:
    lost = [
        event(f"DTSTART;TZID=Middle Earth:2026030{n}T090000\nDTEND;TZID=Middle Earth:2026030{n}T100000") for n in (2, 3)
    ]
    found, problems = taking_place(ics(*lost))
    assert [f"{o.starts_at:%d %H:%M}" for o in found] == ["02 09:00", "03 09:00"]
    [problem] = problems.listed()
    assert (problem.code, problem.line, problem.severity) == ("unknown_zone", 3, "warning")


def test_a_moved_and_a_dropped_occurrence() -> None:
    series = (
        "BEGIN:VEVENT\nUID:s\nDTSTART;TZID=America/New_York:20260302T090000\nDURATION:PT1H\n"
        "RRULE:FREQ=WEEKLY;UNTIL=20260323T130000Z\nEXDATE:20260309T130000Z\nEND:VEVENT"
    )
    moved = (
        "BEGIN:VEVENT\nUID:s\nRECURRENCE-ID:20260316T130000Z\nDTSTART;TZID=America/New_York:20260317T110000\n"
        "DURATION:PT30M\nEND:VEVENT"
    )
    assert busy(ics(series, moved)) == [
        ("03-02 09:00", "03-02 10:00"),
        ("03-17 11:00", "03-17 11:30"),
        ("03-23 09:00", "03-23 10:00"),
    ]


def test_extra_days_and_a_cancelled_one() -> None:
    extra = event("DTSTART;VALUE=DATE:20260302\nRDATE;VALUE=DATE:20260304,20260302")
    gone = event("DTSTART;VALUE=DATE:20260303\nSTATUS:CANCELLED")
    found, _ = taking_place(ics(extra, gone))
    assert [o.first.day for o in found] == [2, 4]


def test_an_extra_day_that_is_a_time_alone_is_left_out_and_told() -> None:
    found, problems = taking_place(ics(event("DTSTART:20260302T090000\nRDATE;VALUE=TIME:083000")))
    assert [o.first.day for o in found] == [2]
    assert [(p.code, p.line) for p in problems.listed()] == [("bad_date", 3)]


def test_free_time_is_not_busy_and_freebusy_periods_are() -> None:
    free = event("DTSTART;VALUE=DATE:20260302\nTRANSP:TRANSPARENT")
    periods = (
        "BEGIN:VFREEBUSY\nFREEBUSY;FBTYPE=BUSY-UNAVAILABLE:20260305T140000Z/PT2H,20260305T160000Z/20260305T170000Z\n"
        "FREEBUSY;FBTYPE=FREE:20260306T140000Z/PT2H\nEND:VFREEBUSY"
    )
    assert busy(ics(free, periods)) == [("03-05 09:00", "03-05 12:00")]


def test_one_broken_event_leaves_the_others_whole() -> None:
    found, problems = taking_place(
        ics(
            event("SUMMARY:no date\nDTSTART:2026-03-02"),
            event("SUMMARY:no start"),
            event("SUMMARY:backwards\nDTSTART:20260302T140000Z\nDTEND:20260302T130000Z"),
            event("SUMMARY:mixed\nDTSTART;VALUE=DATE:20260302\nDTEND:20260302T130000Z"),
            event("SUMMARY:whole\nDTSTART;VALUE=DATE:20260302\nthis is no line"),
        )
    )
    assert [o.entry.summary for o in found] == ["whole"]
    assert {(p.code, p.line) for p in problems.listed()} == {
        ("bad_date", 3),
        ("no_start", 8),
        ("ends_before_start", 12),
        ("mixed_ends", 18),
        ("broken_line", 28),
    }
    assert all(p.mend for p in problems.listed())


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "no_calendar"),
        (b"<html>", "no_calendar"),
        (b"BEGIN:VCARD\r\nEND:VCARD\r\n", "no_calendar"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20260301T000000Z\r\n", "cut_off"),
        (b"BEGIN:VCALENDAR\r\nEND:VEVENT\r\n", "unbalanced"),
        (b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\nEND:VEVENT\r\n" * 20_001 + b"END:VCALENDAR", "too_many_events"),
    ],
)
def test_what_is_no_calendar_is_refused_with_a_reason(data: bytes, code: str) -> None:
    calendar, problems = read(data)
    assert calendar is None
    assert problems.refuses
    assert problems.listed()[0].code == code


@pytest.mark.parametrize(
    "rule",
    ["FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=WEEKLY;BYMONTH=2;BYMONTHDAY=31", "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6"],
)
def test_a_rule_that_never_fits_ends(rule: str) -> None:
    began = time.process_time()
    found, _ = taking_place(ics(event(f"DTSTART;VALUE=DATE:20260302\nRRULE:{rule}")))
    assert len(found) == 1
    assert time.process_time() - began < 20  # the year 9999 is minutes away


@pytest.mark.parametrize(
    "rule",
    ["FREQ=SECONDLY", "FREQ=HOURLY;COUNT=5", "FREQ=WEEKLY;BYDAY=XX", "FREQ=MONTHLY;BYDAY=0MO", "FREQ=DAILY;INTERVAL=0"],
)
def test_a_rule_that_cannot_be_followed_is_told_and_its_first_day_taken(rule: str) -> None:
    found, problems = taking_place(ics(event(f"DTSTART;VALUE=DATE:20260302\nRRULE:{rule}")))
    assert [o.first for o in found] == [date(2026, 3, 2)]
    assert [(p.code, p.line) for p in problems.listed()] == [("bad_rule", 3)]


def test_too_many_occurrences_are_refused() -> None:
    daily = event("DTSTART;VALUE=DATE:20200101\nRRULE:FREQ=DAILY")
    calendar, problems = read(ics(*[daily] * 12))
    assert calendar is not None
    occurrences("a.ics", calendar, date(2020, 1, 1), date(2026, 1, 1), NY, problems)
    assert problems.refuses


def test_times_in_utc_fall_on_the_districts_day() -> None:
    [one], _ = taking_place(ics(event("DTSTART:20260303T013000Z\nDTEND:20260303T050000Z")))
    assert (one.first, one.last) == (date(2026, 3, 2), date(2026, 3, 2))
    assert one.starts_at == datetime(2026, 3, 3, 1, 30, tzinfo=UTC)
