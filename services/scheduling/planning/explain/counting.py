"""More rounds than places: what a search does slowly, a flow from rounds to days counts at once.

Only what is forbidden by counting is found here; rules that collide in another way are left to the search.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from services.scheduling.planning.indexed import NO_CAP, Bools


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
    """How many rounds get a day with at most `day` rounds on one and `each` of a region: what flows from rounds by the
    days of their region to days."""
    wanted = np.array(list(free.values()))
    if day >= len(free) and each >= len(free):
        return int(wanted.any(axis=1).sum())
    rounds, cells = len(free), (max(of.values(), default=0) + 1) * days
    source = rounds + cells + days
    round_, at = np.nonzero(wanted)
    region = np.array([of[r] for r in free])
    edges = [  # from, to, how many
        (np.full(rounds, source), np.arange(rounds), 1),
        (round_, rounds + region[round_] * days + at, 1),
        (rounds + np.arange(cells), rounds + cells + np.arange(cells) % days, min(each, rounds)),
        (rounds + cells + np.arange(days), np.full(days, source + 1), min(day, rounds)),
    ]
    most = np.concatenate([np.full(len(tails), many, dtype=np.int32) for tails, _, many in edges])
    tails, heads = (np.concatenate([edge[n] for edge in edges]) for n in (0, 1))
    graph = csr_array((most, (tails, heads)), shape=(source + 2, source + 2))
    return int(maximum_flow(graph, source, source + 1).flow_value)
