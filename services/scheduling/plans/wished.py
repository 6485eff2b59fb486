"""The rounds of the schools that a wish names: visits that have begun, on their days, and further rounds around them.

The n-th round of a school is the n-th that stands there; further ones are new. A visit that has begun is one of the
wished rounds, and the gap is kept to it on both sides.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import count, islice, pairwise
from uuid import UUID, uuid5

from services.scheduling.planning import instance as engine
from services.scheduling.plans.diff import Standing
from services.scheduling.plans.events import Wish
from services.scheduling.plans.stage import Stage

PROTOCOL = "instructional-rounds"
_Edge = tuple[date, date] | tuple[None, None]
"""A day that keeps the gap, and the day of the round to which it does."""


def wished_rounds(
    wish: Wish, stage: Stage, inside: Mapping[UUID, Standing], days: Sequence[engine.Day], family_id: UUID
) -> Iterator[engine.RoundWanted]:
    """`inside`: the rounds that stand in the planned days. Those that have begun are among the answers."""
    standing: dict[UUID, list[Standing]] = defaultdict(list)
    for r in sorted(inside.values(), key=lambda r: r.day):
        standing[r.school_id].append(r)
    outside: dict[UUID, list[date]] = defaultdict(list)
    for r in stage.rounds.values():
        if r.round_id not in inside:
            outside[r.school_id].append(r.day)
    open_days = [d.date for d in days if "no_school" not in d.kinds]
    hosting = [n for n, d in enumerate(d for d in days if "no_school" not in d.kinds) if not d.kinds]
    roles = {o.role for o in stage.observers.values() if o.observes}
    gap = max(wish.gap_days, 1)
    for school_id in wish.school_ids:
        (earliest, before), (latest, after) = _between(outside[school_id], wish, open_days)
        begun = [r for r in standing[school_id] if r.begun]
        ids = _ids([r for r in standing[school_id] if not r.begun], set(stage.rounds), school_id, family_id)
        further = list(islice(ids, max(0, wish.rounds_per_school - len(begun))))
        can = [
            n
            for n in hosting
            if (earliest or date.min) <= open_days[n] <= (latest or date.max)
            and open_days[n] not in stage.schools[school_id].blackouts
        ]
        at = [bisect_left(open_days, r.day) for r in begun]
        edges = [-gap, *at, len(open_days) - 1 + gap]
        rooms = [_room([n for n in can if a + gap <= n <= b - gap], gap) for a, b in pairwise(edges)]
        number = 0
        for n, part in enumerate(_parts(further, inside, [r.day for r in begun], rooms)):
            for round_id in part:
                number += 1
                stands = inside[round_id].day if round_id in inside else None  # it was agreed to, and may stay
                yield engine.RoundWanted(
                    id=str(round_id),
                    host=str(school_id),
                    number=number,
                    protocol=PROTOCOL,
                    first=min(earliest, stands) if earliest and stands else earliest,
                    last=max(latest, stands) if latest and stands else latest,
                    min_observers=wish.seats_min,
                    target_observers=wish.seats_target,
                    max_observers=wish.seats_max,
                    principals=int("principal" in roles),
                    teachers=int("teacher" in roles),
                    gap=wish.gap_days,
                    held_before=before,
                    held_after=after,
                )
            if n < len(begun):
                number += 1
                near = min(wish.gap_days, at[n] - at[n - 1]) if n else wish.gap_days  # to another that stays as well
                yield replace(as_it_stands(begun[n], number), gap=near)


def as_it_stands(r: Standing, number: int) -> engine.RoundWanted:
    """A round that is not planned anew."""
    seats = len(r.observer_ids)
    return engine.RoundWanted(
        id=str(r.round_id),
        host=str(r.school_id),
        number=number,
        min_observers=seats,
        target_observers=seats,
        max_observers=seats,
        principals=0,
        teachers=0,
        gap=0,
        begun=r.day if r.begun else None,
    )


def _ids(standing: list[Standing], taken: set[UUID], school_id: UUID, family_id: UUID) -> Iterator[UUID]:
    """The standing rounds' ids in order, then new ones."""
    yield from (r.round_id for r in standing)
    made = (uuid5(family_id, f"round {school_id} {n}") for n in count())
    yield from (m for m in made if m not in taken)


def _room(days: Sequence[int], gap: int) -> int:
    """For how many rounds, `gap` apart, these days have room."""
    found, reached = 0, -1
    for n in days:
        if n >= reached:
            found, reached = found + 1, n + gap
    return found


def _parts(
    further: Sequence[UUID], inside: Mapping[UUID, Standing], begun: Sequence[date], rooms: Sequence[int]
) -> list[list[UUID]]:
    """Which rounds come before, between and after the visits that have begun: one that stands keeps its side where it
    has room there, or goes to the nearest that has; a new one goes where most is left."""
    parts: list[list[UUID]] = [[] for _ in rooms]
    for round_id in further:
        side = bisect_left(begun, inside[round_id].day) if round_id in inside else None

        def price(n: int, side: int | None = side) -> tuple[bool, int, int, int]:
            left = rooms[n] - len(parts[n])
            return left <= 0, 0 if side is None else abs(n - side), -left, -n

        parts[min(range(len(rooms)), key=price)].append(round_id)
    return parts


def _between(others: list[date], wish: Wish, open_days: list[date]) -> tuple[_Edge, _Edge]:
    """The first and last day that keep the gap to the school's rounds outside of the planned days, and those
    rounds' days."""
    earliest: _Edge = (None, None)
    latest: _Edge = (None, None)
    before = [d for d in others if not open_days or d < open_days[0]]
    after = [d for d in others if open_days and d > open_days[-1]]
    if before:
        # the gap counts school days: those between the last round and the first planned day are not known here, and
        # are taken as five a week
        start = open_days[0] if open_days else wish.first_day
        gone = round((start - max(before)).days * 5 / 7)
        if 0 < wish.gap_days - gone < len(open_days):
            earliest = open_days[wish.gap_days - gone], max(before)
    if after and open_days:
        left = round((min(after) - open_days[-1]).days * 5 / 7)
        if 0 < wish.gap_days - left < len(open_days):
            latest = open_days[-1 - (wish.gap_days - left)], min(after)
    return earliest, latest
