"""A visit day: teams rotate over the bell schedule, and a room that falls out moves its own visits alone."""

from __future__ import annotations

from datetime import time
from uuid import UUID, uuid5

from hypothesis import given
from hypothesis import strategies as st

from services.scheduling.plans.visit_day import Layout, debrief, rotate, times, without
from services.scheduling.stage.facts import Bell, Room

SCHOOL = UUID("6d1f4d52-0b3a-5c8e-9a77-2f0f6a1f6c11")
BELL = Bell(
    "Regular",
    "regular",
    (
        ("1", time(8, 0), time(8, 50), "class"),
        ("2", time(8, 55), time(9, 45), "class"),
        ("Lunch", time(9, 50), time(10, 30), "lunch"),
        ("3", time(10, 35), time(11, 25), "class"),
    ),
)


def rooms(count: int, free: tuple[str, ...] = ()) -> list[Room]:
    return [Room(uuid5(SCHOOL, str(n)), f"Room {n:02d}", "3-5", "Science", None, free, None) for n in range(count)]


def doubled(layout: Layout) -> bool:
    keys = [(v.time.starts_at, v.room.classroom_id) for v in layout.visits]
    return len(keys) != len(set(keys))


def test_visits_stay_inside_class_periods() -> None:
    found = times(BELL, 20, time(8, 0), 6)
    assert [t.starts_at for t in found] == [
        time(8, 0),
        time(8, 25),
        time(8, 55),
        time(9, 20),
        time(10, 35),
        time(11, 0),
    ]


@given(st.integers(1, 8), st.integers(1, 20))
def test_no_two_teams_share_a_room_and_no_team_sees_one_twice(teams: int, count: int) -> None:
    when = times(BELL, 20, time(8, 0), 6)
    layout = rotate(teams, rooms(count), when)
    assert not doubled(layout)
    for team in range(teams):
        seen = [v.room.classroom_id for v in layout.visits if v.team == team]
        assert len(seen) == len(set(seen))
    assert len(layout.visits) + len(layout.missing) == teams * len(when)


def test_a_teachers_free_period_is_kept() -> None:
    layout = rotate(2, [*rooms(4, free=("1",)), *rooms(8)[4:]], times(BELL, 20, time(8, 0), 2))
    assert all("1" not in v.room.free_periods for v in layout.visits)


def test_rooms_are_visited_about_equally_often() -> None:
    layout = rotate(3, rooms(6), times(BELL, 20, time(8, 0), 4))
    visits = [sum(v.room.room == r.room for v in layout.visits) for r in rooms(6)]
    assert max(visits) - min(visits) <= 1


@given(st.integers(1, 5), st.integers(6, 16))
def test_a_room_that_falls_out_moves_its_own_visits_alone(teams: int, count: int) -> None:
    layout = rotate(teams, rooms(count), times(BELL, 20, time(8, 0), 5))
    gone = layout.visits[0].room.classroom_id
    mended = without(layout.visits, rooms(count), {gone}, None)
    stayed = [v for v in layout.visits if v.room.classroom_id != gone]
    assert all(v in mended.visits for v in stayed)
    assert mended.moved == len(layout.visits) - len(stayed)
    assert not doubled(mended)
    assert all(v.room.classroom_id != gone for v in mended.visits)


def test_what_has_happened_before_stays() -> None:
    layout = rotate(1, rooms(8), times(BELL, 20, time(8, 0), 4))
    first = layout.visits[0]
    mended = without(layout.visits, rooms(8), {first.room.classroom_id}, time(8, 20))
    assert mended.visits == layout.visits


def test_the_debrief_follows_the_last_visit() -> None:
    layout = rotate(1, rooms(4), times(BELL, 20, time(8, 0), 2))
    assert debrief(layout.visits) == (time(9, 0), time(10, 15))
    assert debrief(()) is None
