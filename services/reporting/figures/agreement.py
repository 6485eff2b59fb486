"""Agreement between observers who saw the same room: Krippendorff's alpha per look-for.

Alpha is NLTK's (`nltk.metrics.agreement`), with nominal distance for choices and interval distance for counts and
scales (Krippendorff, Content Analysis, 2004, chapter 11). "Not observed" and "not applicable" are missing, no category.
The 95% interval is the percentile bootstrap over classrooms (Zapf et al., BMC Medical Research Methodology 16:93,
2016, recommend it for alpha), rooms being what was sampled. Fewer than LEAST_ROOMS rooms that two people rated: not
enough overlap.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor
from random import Random
from typing import Any
from uuid import UUID

from services.reporting.figures.facts import NOT_RATED, Rating

METHOD = "krippendorff_alpha"
LEAST_ROOMS = 5
DRAWS = 300
_ORDERED = ("count", "scale")

_Coded = tuple[UUID, UUID, UUID, str]
"""room, slot, observer, value"""


@dataclass(frozen=True, slots=True)
class Agreement:
    """`alpha`: 1 is full agreement, 0 what chance gives. None (with its limits) without enough overlap, or where
    everybody always gave one and the same answer, which says nothing about agreement on another."""

    look_for: str
    rooms: int
    slots: int
    alpha: float | None = None
    low: float | None = None
    high: float | None = None


def agreement(ratings: Iterable[Rating]) -> list[Agreement]:
    """One line per look-for, in the order of their ids. Takes a second for a large round."""
    found: defaultdict[str, list[Rating]] = defaultdict(list)
    for rating in ratings:
        if rating.value not in NOT_RATED:
            found[rating.look_for_id].append(rating)
    return [_of(look_for, held) for look_for, held in sorted(found.items())]


def _of(look_for: str, ratings: Sequence[Rating]) -> Agreement:
    slots: defaultdict[UUID, list[Rating]] = defaultdict(list)
    for rating in ratings:
        slots[rating.slot_id].append(rating)
    double = [r for held in slots.values() if len({r.observer_id for r in held}) > 1 for r in held]
    rooms: defaultdict[UUID, list[_Coded]] = defaultdict(list)
    for r in sorted(double, key=lambda r: (r.classroom_id, r.slot_id, r.observer_id)):
        rooms[r.classroom_id].append((r.classroom_id, r.slot_id, r.observer_id, r.value))
    told = Agreement(look_for, len(rooms), len({r.slot_id for r in double}))
    if len(rooms) < LEAST_ROOMS or len({r.value for r in double}) < 2:
        return told
    ordered = ratings[0].kind in _ORDERED
    alpha = _alpha([list(held) for held in rooms.values()], ordered)
    if alpha is None:
        return told
    chance = Random(f"{look_for} {len(double)}")
    held = sorted(rooms.values(), key=_said)  # the draws know what was said in some room, not in which
    drawn = [_alpha(chance.choices(held, k=len(held)), ordered) for _ in range(DRAWS)]
    sure = sorted(a for a in drawn if a is not None)
    low, high = sure[floor(0.025 * (len(sure) - 1))], sure[ceil(0.975 * (len(sure) - 1))]
    return Agreement(look_for, told.rooms, told.slots, alpha, low, high)


def _said(room: Sequence[_Coded]) -> list[list[str]]:
    slots: defaultdict[UUID, list[str]] = defaultdict(list)
    for _, slot, _, value in room:
        slots[slot].append(value)
    return sorted(sorted(values) for values in slots.values())


def _alpha(rooms: Sequence[Sequence[_Coded]], ordered: bool) -> float | None:
    """A room drawn twice is two rooms. None where only one value is left."""
    from nltk.metrics.agreement import AnnotationTask
    from nltk.metrics.distance import binary_distance, interval_distance

    data: list[tuple[Any, Any, Any]] = [
        (str(observer), f"{n} {slot}", float(value) if ordered else value)
        for n, room in enumerate(rooms)
        for _, slot, observer, value in room
    ]
    if len({value for _, _, value in data}) < 2:
        return None
    return float(AnnotationTask(data, distance=interval_distance if ordered else binary_distance).alpha())
