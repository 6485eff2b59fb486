"""Meetings fit everybody: school days, working hours, nobody busy, right across changes of the clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.rounds.meetings.commands import ArrangeMeetings, CallOffAll, CallOffMeeting, MoveMeeting, Span
from services.rounds.meetings.decide import MEETINGS
from services.rounds.meetings.fit import EARLIEST, LATEST, Calendar, cadence, next_times, span_at, week_of
from services.rounds.partners.profile import FreeTime
from shared.errors import Refused
from shared.testing.given_decider import given as given_events

ZONES = ["America/New_York", "America/Chicago", "America/Phoenix", "America/Los_Angeles", "Pacific/Honolulu"]


def at(zone: ZoneInfo, *when: int) -> datetime:
    return datetime(*when, tzinfo=zone)  # type: ignore[misc, arg-type]


def span(zone: ZoneInfo, day: date, start: str, end: str) -> Span:
    return Span(
        starts_at=datetime.combine(day, time.fromisoformat(start), tzinfo=zone),
        ends_at=datetime.combine(day, time.fromisoformat(end), tzinfo=zone),
    )


@given(
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    begins=st.datetimes(datetime(2026, 9, 1), datetime(2027, 6, 1)),
    busy=st.lists(st.tuples(st.integers(0, 200), st.integers(0, 1400), st.integers(15, 600)), max_size=40),
    closed=st.sets(st.integers(0, 200), max_size=30),
    minutes=st.integers(10, 180),
    weeks=st.integers(1, 4),
)
def test_what_is_arranged_suits_everybody_on_every_school_day(
    zone: ZoneInfo,
    begins: datetime,
    busy: list[tuple[int, int, int]],
    closed: set[int],
    minutes: int,
    weeks: int,
) -> None:
    start = begins.replace(tzinfo=zone).astimezone(UTC)
    day = start.astimezone(zone).date()
    taken = [
        Span(starts_at=s, ends_at=s + timedelta(minutes=length))
        for offset, minute, length in busy
        for s in [(datetime.combine(day, time(), tzinfo=zone) + timedelta(days=offset, minutes=minute)).astimezone(UTC)]
    ]
    calendar = Calendar(zone, closed={day + timedelta(days=d) for d in closed}, busy=taken)
    for found in (cadence(calendar, start, minutes, weeks, 5), next_times(calendar, start, minutes, 3)):
        for one in found:
            local, ends = one.starts_at.astimezone(zone), one.ends_at.astimezone(zone)
            assert one.starts_at > start
            assert one.ends_at - one.starts_at == timedelta(minutes=minutes)
            assert local.date() not in calendar.closed
            assert local.weekday() < 5
            assert local.time() >= EARLIEST
            assert ends.time() <= LATEST
            assert not any(b.starts_at < one.ends_at and one.starts_at < b.ends_at for b in taken)
        assert found == sorted(found, key=lambda s: s.starts_at)


@pytest.mark.parametrize("begins", [date(2026, 10, 19), date(2027, 3, 1)])
def test_a_meeting_keeps_its_time_on_the_wall_across_a_change_of_the_clocks(begins: date) -> None:
    zone = ZoneInfo("America/New_York")
    start = datetime.combine(begins, time(13, 50), tzinfo=zone)
    found = cadence(Calendar(zone), start, 45, 1, 6)
    local = [s.starts_at.astimezone(zone) for s in found]
    assert {moment.time() for moment in local} == {time(14, 0)}
    assert len({moment.utcoffset() for moment in local}) == 2, "the clocks did change in between"


def test_a_school_holiday_moves_the_meeting_and_no_other() -> None:
    zone = ZoneInfo("America/Chicago")
    start = at(zone, 2026, 11, 10, 14, 50)  # a Tuesday
    week = {date(2026, 11, 24), date(2026, 11, 26), date(2026, 11, 27)}
    found = [s.starts_at.astimezone(zone) for s in cadence(Calendar(zone, closed=week), start, 45, 1, 4)]
    assert [f.date() for f in found] == [date(2026, 11, 10), date(2026, 11, 17), date(2026, 11, 25), date(2026, 12, 1)]


def test_free_hours_of_both_come_first() -> None:
    zone = ZoneInfo("America/New_York")
    free = [
        FreeTime(weekday=2, starts=time(14), ends=time(15)),
        FreeTime(weekday=2, starts=time(14, 15), ends=time(16)),
    ]
    calendar = Calendar(zone, free=[[free[0]], [free[1]]])
    (first, *_) = next_times(calendar, at(zone, 2026, 11, 10, 6, 0), 45)
    assert first.starts_at.astimezone(zone).time() == time(14, 15)


def test_the_first_meeting_is_when_most_of_a_group_said_that_they_are_free() -> None:
    """Of five, three told free hours on Tuesday and one on Thursday; the next time that suits all is on Monday."""
    zone = ZoneInfo("America/New_York")
    tuesday = [FreeTime(weekday=2, starts=time(14), ends=time(16))]
    thursday = [FreeTime(weekday=4, starts=time(8), ends=time(9))]
    calendar = Calendar(zone, free=[tuesday, thursday, tuesday, tuesday])
    found = cadence(calendar, at(zone, 2026, 11, 8, 12, 0), 45, 2, 3)
    assert [s.starts_at for s in found] == [
        at(zone, 2026, month, day, 14) for month, day in ((11, 10), (11, 24), (12, 8))
    ]


def test_the_week_of_a_meeting_begins_on_the_districts_monday_whatever_the_clocks_do() -> None:
    zone = ZoneInfo("America/New_York")
    monday = at(zone, 2027, 3, 8)
    for when in (at(zone, 2027, 3, 8), at(zone, 2027, 3, 12, 8), datetime(2027, 3, 15, 3, 59, tzinfo=UTC)):
        assert week_of(Calendar(zone), when) == monday


def test_a_time_that_the_clocks_leave_out_is_no_time() -> None:
    zone = ZoneInfo("America/New_York")
    assert span_at(zone, date(2027, 3, 14), time(2, 30), 30) is None


def test_meetings_are_moved_called_off_and_told_again_with_a_higher_sequence() -> None:
    zone = ZoneInfo("America/New_York")
    cycle, one, two = uuid4(), uuid4(), uuid4()
    common = {"cycle_id": cycle, "person_ids": (uuid4(), uuid4()), "timezone": "America/New_York",
              "now": at(zone, 2026, 11, 2, 8)}  # fmt: skip
    first, second = (span(zone, date(2026, 11, d), "14:00", "14:45") for d in (3, 10))
    arrange = ArrangeMeetings(**common, meetings=((one, first), (two, second)), busy=())
    story = given_events(MEETINGS).after(arrange)
    story.when(arrange).then_nothing()
    later = span(zone, date(2026, 11, 4), "15:00", "15:45")
    move = MoveMeeting(**common, meeting_id=one, to=later, busy=(first,))
    state = story.after(move).state
    assert state.meetings[one].sequence == 1
    story.when(MoveMeeting(**common, meeting_id=one, to=later, busy=(later,))).then_refused("somebody_is_busy")
    past = span(zone, date(2026, 10, 5), "15:00", "15:45")
    story.when(MoveMeeting(**common, meeting_id=one, to=past, busy=())).then_refused("meeting_past")
    off = story.after(move, CallOffMeeting(**common, meeting_id=one))
    assert [m.meeting_id for m in off.state.standing()] == [two]
    off.when(CallOffMeeting(**common, meeting_id=one)).then_nothing()
    assert not off.after(CallOffAll(**common)).state.standing()


def test_the_place_is_told_again_without_the_time_and_stays_when_the_time_is_another() -> None:
    zone = ZoneInfo("America/New_York")
    day = date(2026, 10, 6)
    one = uuid4()
    common = {"cycle_id": uuid4(), "person_ids": (uuid4(),), "timezone": str(zone), "now": at(zone, 2026, 10, 1)}
    first, second = span(zone, day, "09:00", "10:00"), span(zone, day, "11:00", "12:00")
    arranged = MEETINGS.decide(
        ArrangeMeetings(**common, meetings=((one, first),), busy=(), place="box 1"), MEETINGS.initial
    )
    assert [e.place for e in arranged] == ["box 1"]  # type: ignore[attr-defined]
    state = MEETINGS.evolve(MEETINGS.initial, arranged[0])

    def asked(to: Span, place: str | None, **more: object) -> list[tuple[int, str]]:
        told = MEETINGS.decide(
            MoveMeeting(**common | {"meeting_id": one, "to": to, "busy": (), "place": place} | more), state
        )
        return [(e.sequence, e.place) for e in told]  # type: ignore[attr-defined]

    assert asked(second, None) == [(1, "box 1")]
    assert asked(second, "box 2") == [(1, "box 2")]
    assert asked(first, "box 2", busy=(first,)) == [(1, "box 2")], "whose time it is has not changed"
    assert asked(first, "") == [(1, "")]
    assert asked(first, None) == asked(first, "box 1") == []
    with pytest.raises(Refused, match="lies ahead"):
        asked(first, "box 2", now=at(zone, 2026, 10, 6, 10))
