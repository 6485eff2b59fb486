"""Free and busy over a district's whole year, both changes of the clocks in it, held against a second parser's reading.

The invented year is always read; RONDO_REAL_INPUT names the folder of real ones, which stay outside.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import vobject

from services.rounds.meetings.commands import Span
from services.rounds.meetings.fit import Calendar, cadence, next_times
from shared.calendars.occur import busy_intervals
from shared.calendars.read import read_calendar
from shared.tabular.problems import Problems

INVENTED = Path(__file__).resolve().parents[2] / "support" / "invented_year.ics"
REAL = Path(os.environ.get("RONDO_REAL_INPUT", "/nowhere")) / "calendar"
YEARS = [INVENTED, *sorted(REAL.glob("*.ics"))]
ZONES = ("America/New_York", "America/Phoenix", "Europe/Berlin", "Australia/Lord_Howe")
Spans = list[tuple[datetime, datetime]]


def whole(path: Path) -> tuple[date, date]:
    """The days that the calendar speaks of, a week more on both sides."""
    days = [_day(e.dtstart.value) for e in vobject.readOne(path.read_bytes().decode()).vevent_list]
    return min(days) - timedelta(days=7), max(days) + timedelta(days=21)


def _day(value: date | datetime) -> date:
    return value.date() if isinstance(value, datetime) else value


def ours(path: Path, zone: ZoneInfo) -> Spans:
    problems = Problems()
    calendar = read_calendar(path.name, path.read_bytes(), problems)
    assert calendar is not None, problems.listed()
    spans = busy_intervals(path.name, calendar, *whole(path), zone, problems)
    assert not problems.refuses
    return spans


def theirs(path: Path, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    """Every event of the file that is not transparent, as vobject reads it: a day is from midnight to midnight."""
    for event in vobject.readOne(path.read_bytes().decode()).vevent_list:
        assert not hasattr(event, "rrule"), "this opinion knows no repetitions"
        if hasattr(event, "transp") and event.transp.value == "TRANSPARENT":
            continue
        starts = event.dtstart.value
        ends = event.dtend.value if hasattr(event, "dtend") else starts + timedelta(days=1)
        if isinstance(starts, datetime):
            yield starts.astimezone(UTC), ends.astimezone(UTC)
        else:
            yield _midnight(starts, zone), _midnight(ends, zone)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("path", YEARS, ids=lambda p: p.stem)
def test_every_quarter_of_an_hour_of_the_year_is_busy_as_another_parser_says(path: Path, zone: str) -> None:
    home = ZoneInfo(zone)
    told, other = ours(path, home), list(theirs(path, home))
    since, until = whole(path)
    at, end = _midnight(since, home), _midnight(until, home)
    busy = 0
    while at < end:
        expected = any(s <= at < e for s, e in other)
        assert any(s <= at < e for s, e in told) == expected, at.astimezone(home)
        busy += expected
        at += timedelta(minutes=15)
    assert busy > 400


@pytest.mark.parametrize("path", YEARS, ids=lambda p: p.stem)
def test_meetings_keep_their_time_on_the_wall_and_clear_of_the_whole_year(path: Path) -> None:
    zone = ZoneInfo("America/New_York")
    told = ours(path, zone)
    since, until = whole(path)
    calendar = Calendar(
        zone=zone, closed=set(), taught=set(), busy=[Span(starts_at=s, ends_at=e) for s, e in told], free=[]
    )
    after = datetime.combine(since, time(9), zone).astimezone(UTC)
    meetings = cadence(calendar, after, 45, 1, 30)
    assert len(meetings) == 30
    assert not [m for m in meetings if any(m.starts_at < e and s < m.ends_at for s, e in told)]
    offsets = {m.starts_at.astimezone(zone).utcoffset() for m in meetings}
    assert len(offsets) == 2, "both sides of a change of the clocks"
    hours = [m.starts_at.astimezone(zone).time() for m in meetings]
    assert max(hours.count(h) for h in set(hours)) > 20, "the time on the wall stays where nothing is in the way"
    assert all((m.ends_at - m.starts_at) == timedelta(minutes=45) for m in meetings)
    assert until > since
    for span in next_times(calendar, meetings[0].starts_at, 30, 10):
        assert not any(span.starts_at < e and s < span.ends_at for s, e in told)


def test_a_day_of_the_change_of_the_clocks_is_busy_for_as_long_as_it_is() -> None:
    zone = ZoneInfo("America/New_York")
    hours = {
        s.astimezone(zone).date(): (e - s).total_seconds() / 3600 for s, e in ours(INVENTED, zone)
    }  # by the day it begins
    assert hours[date(2026, 10, 30)] == 4 * 24 + 1
    assert hours[date(2027, 3, 13)] == 2 * 24 - 1
    assert hours[date(2026, 12, 23)] == 10 * 24
