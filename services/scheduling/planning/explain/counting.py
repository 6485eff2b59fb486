"""More rounds than places: what a search does slowly, a flow from rounds to days counts at once.

Only what is forbidden by counting is found here; rules that collide in another way are left to the search.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

import numpy as np

from services.scheduling.planning.indexed import NO_CAP, Bools, Ints


@dataclass(slots=True)
class Places:
    """Which rules take places away, rules by number. `barred`: rounds and the days that each loses; `least`: school
    days between the rounds of a school, a list in their order; `most`: rounds on a day, by region where it is a
    region's (`of`: round -> region)."""

    days: int
    own: dict[int, Bools]
    of: dict[int, int]
    barred: dict[int, list[tuple[int, list[int]]]] = field(default_factory=dict)
    least: dict[int, tuple[list[int], list[int]]] = field(default_factory=dict)
    most: dict[int, tuple[int, bool]] = field(default_factory=dict)
    alone: set[int] = field(default_factory=set)

    def rules(self) -> set[int]:
        return {*self.barred, *self.least, *self.most, *self.alone}

    def lacks(self, held: Collection[int]) -> bool:
        """Whether these rules leave fewer places than rounds; False proves nothing."""
        if not self.alone.isdisjoint(held):
            return True
        return self.room(held) < len(self.own)

    def room(self, held: Collection[int]) -> int:
        """For how many rounds at most these rules leave places."""
        most: dict[bool, int] = {}
        for rule in self.most.keys() & set(held):
            number, regional = self.most[rule]
            most[regional] = min(number, most.get(regional, NO_CAP))
        free = self._free(set(held))
        return _placed(free, self.of, self.days, most.get(False, NO_CAP), most.get(True, NO_CAP))

    def few(self) -> list[int] | None:
        """Rules that lack places and of which none can be left out, by counting; None where all together do not."""
        core = sorted(self.rules())
        if not self.lacks(core):
            return None
        kinds = [*([rule] for rule in sorted(self.most)), sorted(self.least), sorted(self.barred)]
        for gone in kinds:
            if gone and self.lacks(rest := [rule for rule in core if rule not in gone]):
                core = rest
        size = len(core)
        while size > 1:  # halves, quarters, ... of many, then one by one
            size = -(-size // 2)
            at = 0
            while at < len(core):
                rest = core[:at] + core[at + size :]
                if self.lacks(rest):
                    core = rest
                else:
                    at += size
        return core

    def _free(self, held: set[int]) -> dict[int, Bools]:
        free = {r: ok.copy() for r, ok in self.own.items()}
        for rule in held & self.barred.keys():
            for r, days in self.barred[rule]:
                free[r][days] = False
        for rule, (rounds, gaps) in self.least.items():
            _narrow(free, rounds, gaps if rule in held else [1] * len(gaps))
        return free


def _narrow(free: dict[int, Bools], rounds: list[int], gaps: list[int]) -> None:
    """Days that are too early for the rounds before or too late for those after are none."""
    for turn in range(1, len(rounds)):
        before = np.flatnonzero(free[rounds[turn - 1]])
        reached = int(before[0]) + gaps[turn] if len(before) else len(free[rounds[turn]])
        free[rounds[turn]][:reached] = False
    for turn in reversed(range(len(rounds) - 1)):
        after = np.flatnonzero(free[rounds[turn + 1]])
        bound = int(after[-1]) - gaps[turn + 1] if len(after) else -1
        free[rounds[turn]][max(bound + 1, 0) :] = False


def _placed(free: dict[int, Bools], of: dict[int, int], days: int, day: int, each: int) -> int:
    """How many rounds get a day with at most `day` rounds on one and `each` of a region: augmenting paths."""
    choices = {r: np.flatnonzero(ok).tolist() for r, ok in free.items()}
    if day >= len(free) and each >= len(free):
        return sum(bool(own) for own in choices.values())
    on: list[dict[int, set[int]]] = [{} for _ in range(days)]  # day -> region -> rounds
    total, regional = [0] * days, np.zeros((max(of.values(), default=0) + 1, days), dtype=np.int64)
    order = sorted(choices, key=lambda r: len(choices[r]))
    return sum(_augment(r, choices, of, on, total, regional, day, each) for r in order)


def _augment(
    start: int,
    choices: dict[int, list[int]],
    of: dict[int, int],
    on: list[dict[int, set[int]]],
    total: list[int],
    regional: Ints,
    day: int,
    each: int,
) -> bool:
    """Finds `start` a place, others moving for it; breadth first over (region, day) and days.

    A round comes to a day where its region has room there, or takes the place of one of its region; where the region
    has room and the day has none, it takes the place of any round there.
    """
    came: dict[int, tuple[int, int]] = {}  # round that moves -> (round that takes its place, day)
    seen_cell: set[tuple[int, int]] = set()
    seen_day: set[int] = set()
    queue = [start]
    for r in queue:
        region = of[r]
        for d in choices[r]:
            if (region, d) in seen_cell:
                continue
            seen_cell.add((region, d))
            if regional[region, d] < each:
                if total[d] < day:
                    _move(start, r, d, came, of, on, total, regional)
                    return True
                if d in seen_day:
                    continue
                seen_day.add(d)
                others: Iterable[int] = [o for held in on[d].values() for o in held]
            else:
                others = on[d].get(region, set())
            for other in others:
                if other not in came and other != start:
                    came[other] = (r, d)
                    queue.append(other)
    return False


def _move(
    start: int,
    r: int,
    d: int,
    came: dict[int, tuple[int, int]],
    of: dict[int, int],
    on: list[dict[int, set[int]]],
    total: list[int],
    regional: Ints,
) -> None:
    while True:
        if r != start:
            before, left = came[r]
            on[left][of[r]].discard(r)
            total[left] -= 1
            regional[of[r], left] -= 1
        on[d].setdefault(of[r], set()).add(r)
        total[d] += 1
        regional[of[r], d] += 1
        if r == start:
            return
        r, d = before, left
