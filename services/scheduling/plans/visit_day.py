"""A visit day laid out: teams rotate through classrooms over the bell schedule. Pure.

No two teams in a room, no team in a room twice, nobody in a teacher's free period or at lunch; rooms are visited about
equally often, and a team stays in its wing where it can. When a room falls out, only the visits to it move.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from services.scheduling.stage.facts import Bell, Room

WALK_MINUTES = 5
DEBRIEF_MINUTES = 75
SETTLE_MINUTES = 15  # between the last visit and the debrief
_OTHER_WING = 1  # a walk to another wing weighs as much as one visit more


@dataclass(frozen=True, slots=True)
class Time:
    starts_at: time
    ends_at: time
    period: str | None


@dataclass(frozen=True, slots=True)
class Visit:
    team: int
    time: Time
    room: Room


@dataclass(frozen=True, slots=True)
class Layout:
    """`missing`: team and time for which no room was free."""

    visits: tuple[Visit, ...]
    missing: tuple[tuple[int, Time], ...]
    moved: int = 0


def times(bell: Bell | None, minutes: int, start: time, count: int) -> list[Time]:
    """When the visits are: inside class periods from `start` on, at most `count`; without a bell schedule one after
    the other."""
    if bell is None:
        return _run(_at(start), None, minutes, count, None)
    found: list[Time] = []
    for name, begins, ends, kind in bell.periods:
        if kind == "class":
            found += _run(max(_at(begins), _at(start)), _at(ends), minutes, count - len(found), name)
    return found


def _at(clock: time) -> datetime:
    return datetime.combine(date(2000, 1, 1), clock)


def _run(begins: datetime, ends: datetime | None, minutes: int, count: int, period: str | None) -> list[Time]:
    found: list[Time] = []
    while len(found) < count and (ends is None or begins + timedelta(minutes=minutes) <= ends):
        until = begins + timedelta(minutes=minutes)
        found.append(Time(begins.time(), until.time(), period))
        begins = until + timedelta(minutes=WALK_MINUTES)
    return found


def rotate(teams: int, rooms: Sequence[Room], when: Sequence[Time]) -> Layout:
    """A whole day."""
    return _fill([(team, t) for t in when for team in range(teams)], rooms, ())


def without(held: Sequence[Visit], rooms: Sequence[Room], gone: Collection[UUID], since: time | None) -> Layout:
    """The day with the rooms of `gone` closed from `since` on (None: all day): everything else stays."""

    def falls(v: Visit) -> bool:
        return v.room.classroom_id in gone and (since is None or v.time.starts_at >= since)

    stays = [v for v in held if not falls(v)]
    freed = [(v.team, v.time) for v in held if falls(v)]
    filled = _fill(freed, [r for r in rooms if r.classroom_id not in gone], stays)
    return Layout(filled.visits, filled.missing, moved=len(freed))


def _fill(wanted: Sequence[tuple[int, Time]], rooms: Sequence[Room], held: Sequence[Visit]) -> Layout:
    made = list(held)
    missing: list[tuple[int, Time]] = []
    for team, when in sorted(wanted, key=lambda w: (w[1].starts_at, w[0])):
        taken = {v.room.classroom_id for v in made if _overlap(v.time, when)}
        seen = {v.room.classroom_id for v in made if v.team == team}
        visited = Counter(v.room.classroom_id for v in made)
        last = next((v.room for v in reversed(made) if v.team == team), None)
        free = [r for r in rooms if r.classroom_id not in taken | seen and when.period not in r.free_periods]
        if not free:
            missing.append((team, when))
            continue
        best = min(free, key=lambda r: (_weight(r, visited, last), r.room))
        made.append(Visit(team, when, best))
    return Layout(tuple(sorted(made, key=lambda v: (v.time.starts_at, v.team))), tuple(missing))


def _weight(room: Room, visited: Mapping[UUID, int], last: Room | None) -> int:
    walks = last is not None and last.wing is not None and room.wing is not None and last.wing != room.wing
    return visited.get(room.classroom_id, 0) + (_OTHER_WING if walks else 0)


def _overlap(a: Time, b: Time) -> bool:
    return a.starts_at < b.ends_at and b.starts_at < a.ends_at


def debrief(visits: Sequence[Visit]) -> tuple[time, time] | None:
    """When the debrief begins and ends: after the last visit, with time to come together."""
    if not visits:
        return None
    begins = _at(max(v.time.ends_at for v in visits)) + timedelta(minutes=SETTLE_MINUTES)
    return begins.time(), (begins + timedelta(minutes=DEBRIEF_MINUTES)).time()
