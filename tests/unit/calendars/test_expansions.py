"""Recurrence held against a second opinion: every day of the span asked by hand whether it fits."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from shared.calendars.occur import joined
from shared.calendars.read import read_calendar
from shared.calendars.recur import starts
from shared.calendars.write import CalendarEvent, feed
from shared.calendars.zones import vtimezone
from shared.tabular.problems import Problems

ZONES = st.sampled_from(
    [
        "America/New_York",
        "America/Phoenix",
        "America/St_Johns",
        "Europe/Berlin",
        "Australia/Lord_Howe",
        "Asia/Kathmandu",
    ]
)
DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))
NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@given(
    first=DAYS,
    interval=st.integers(1, 4),
    weekdays=st.sets(st.integers(0, 6), min_size=1),
    months=st.sets(st.integers(1, 12)),
    span=st.integers(0, 400),
)
def test_weekly_rules_fit_the_days_that_they_name(
    first: date, interval: int, weekdays: set[int], months: set[int], span: int
) -> None:
    rule = {"FREQ": ["WEEKLY"], "INTERVAL": [interval], "BYDAY": [NAMES[d] for d in weekdays]}
    if months:
        rule["BYMONTH"] = sorted(months)
    last = first + timedelta(days=span)
    made = [s.date() for s in starts(rule, datetime.combine(first, time(9)), None, datetime.combine(last, time.max))]
    monday = first - timedelta(days=first.weekday())
    expected = [first]
    for n in range(1, span + 1):
        day = first + timedelta(days=n)
        week = (day - monday).days // 7
        if week % interval == 0 and day.weekday() in weekdays and (not months or day.month in months):
            expected.append(day)
    assert made == expected


@given(first=DAYS, interval=st.integers(1, 40), count=st.integers(1, 30), zone=ZONES, hour=st.integers(0, 23))
def test_daily_rules_keep_the_hour_of_their_zone(first: date, interval: int, count: int, zone: str, hour: int) -> None:
    home = ZoneInfo(zone)
    rule = {"FREQ": ["DAILY"], "INTERVAL": [interval], "COUNT": [count]}
    made = list(starts(rule, datetime.combine(first, time(hour)), home, datetime(2100, 1, 1)))
    assert [m.date() for m in made] == [first + timedelta(days=interval * n) for n in range(count)]
    assert {m.hour for m in made} == {hour}


SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)), max_size=20)


@given(SPANS)
def test_joined_spans_cover_the_same_minutes_without_touching(spans: list[tuple[int, int]]) -> None:
    base = datetime(2026, 3, 8, tzinfo=UTC)

    def minute(n: int) -> datetime:
        return base + timedelta(minutes=n)

    out = joined((minute(s), minute(s + length)) for s, length in spans)
    covered = {n for s, length in spans for n in range(s, s + length)}
    assert {n for n in range(100) if any(s <= minute(n) < e for s, e in out)} == covered
    assert all(a[1] < b[0] for a, b in pairwise(out))


@settings(max_examples=30)
@given(zone=ZONES, day=DAYS, minute=st.integers(0, 1439))
def test_a_zone_that_we_define_tells_the_offsets_of_the_zone(zone: str, day: date, minute: int) -> None:
    """Our VTIMEZONE, read back by icalendar and by dateutil, says what the zone says."""
    from io import StringIO

    from dateutil.tz import tzical
    from icalendar import Timezone

    lines = vtimezone(zone, date(day.year - 1, 1, 1), date(day.year + 2, 1, 1))
    text = "\r\n".join(lines) + "\r\n"
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minute)
    local = moment.astimezone(ZoneInfo(zone))
    face = local.replace(tzinfo=None)
    if face.replace(tzinfo=ZoneInfo(zone)).utcoffset() != face.replace(tzinfo=ZoneInfo(zone), fold=1).utcoffset():
        return  # an hour that is there twice can mean either
    for read in (Timezone.from_ical(text).to_tz(lookup_tzid=False), tzical(StringIO(text)).get()):
        assert face.replace(tzinfo=read).utcoffset() == local.utcoffset()


@settings(max_examples=30)
@given(
    zone=ZONES,
    day=DAYS,
    minute=st.integers(0, 1439),
    lasts=st.integers(5, 600),
    words=st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=120),
)
def test_what_we_write_we_read(zone: str, day: date, minute: int, lasts: int, words: str) -> None:
    starts_at = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minute)
    ends_at = starts_at + timedelta(minutes=lasts)
    event = CalendarEvent("x@rondo", 3, f"a{words}", starts_at, ends_at, zone, datetime(2026, 1, 1, tzinfo=UTC))
    data = feed("Rounds", [event])
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    problems = Problems()
    read = read_calendar("feed.ics", data, problems)
    assert read is not None
    [entry] = read.entries
    assert isinstance(entry.start, datetime)
    assert problems.total == 0
    face = starts_at.astimezone(ZoneInfo(zone))
    if face.utcoffset() == face.replace(fold=1 - face.fold).utcoffset():
        assert entry.start.astimezone(UTC) == starts_at
    assert entry.summary == " ".join(f"a{words}".split())
