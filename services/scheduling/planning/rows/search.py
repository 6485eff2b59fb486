"""A whole roster from the relaxation over rows, and what can be proved of it."""

from __future__ import annotations

import random
from itertools import cycle
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np

from services.scheduling.planning.indexed import Floats
from services.scheduling.planning.rows.master import TINY, Master, Relaxed, Steer
from services.scheduling.planning.rows.price import Row
from services.scheduling.planning.rows.roster import Roster, Taken, read
from services.scheduling.planning.worker import Told

_AT_ONCE = 8  # shifts laid down at a step, where they are nearly whole
_NEAR = 0.01  # a share of the bound: a roster within it is worth improving by parts
_FREE = (6, 12)  # people whose rows are made anew together
_VAIN = 30  # tries without a better roster, before something else is tried
_FEW = 40_000  # up to so many rows are one integer programme


class Way(NamedTuple):
    """How to dive: shifts taken to at least `nearly` are laid down, others one by one; a step that costs more than the
    share `jump` is tried the other way round; so many turns of making columns at each step."""

    nearly: float
    jump: float
    turns: int


_WAYS = (Way(0.9, 0.003, 5), Way(0.8, 0.001, 10), Way(0.9, 0.001, 5))
"""None is best everywhere, and which is cannot be seen beforehand."""


class Search:
    """`best`: everybody's row, if there is a roster; `cost`: its cost; `bound`: what every roster costs at least."""

    def __init__(self, roster: Roster, told: Told) -> None:
        self.told = told
        self.master = Master(roster)
        self.best: list[Row] | None = None
        self.cost, self.bound = np.inf, -np.inf
        self._random = random.Random(1)

    def run(self) -> None:
        """Until the bound is reached, or told's time is."""
        root = self.master.relax(self.master.free(), stop=self._stopping)
        if not root.possible:
            return
        self._raise(float(np.ceil(root.bound - TINY)))
        for n, way in enumerate(cycle(_WAYS), start=1):
            self._dive(way, self.master.free(), root)
            if n >= len(_WAYS) or self.cost <= self.bound * (1 + _NEAR):
                self._improve(way)
                self._rest(root)
            if self._done():
                return

    def _done(self) -> bool:
        return self.cost <= self.bound or self._stopping()

    def taken(self) -> Taken | None:
        if self.best is None:
            return None
        people, names = self.master.roster.people, list(self.master.roster.shifts)
        return frozenset((people[p].id, d, names[s]) for p, row in enumerate(self.best) for d, s in row)

    def _stopping(self) -> bool:
        return self.told.stopping

    def _raise(self, bound: float) -> None:
        self.bound = max(self.bound, bound)
        self.told.raise_bound(self.bound)

    def _improve(self, way: Way) -> None:
        """Some people's rows anew, all others' as they are, again and again."""
        vain = 0
        while self.best is not None and vain < _VAIN and not self._done():
            before, people = self.cost, range(len(self.best))
            free = self._random.sample(people, min(len(people), self._random.randint(*_FREE)))
            steer = self.master.free()
            steer.settled = {p: self.best[p] for p in people if p not in free}
            self._dive(way, steer, self._relax(way, steer, self.bound))
            vain = 0 if self.cost < before else vain + 1

    def _relax(self, way: Way, steer: Steer, bound: float) -> Relaxed:
        return self.master.relax(steer, bound=bound, turns=way.turns, enough=self.cost, stop=self._stopping)

    def _dive(self, way: Way, steer: Steer, now: Relaxed) -> None:
        """Lays down shifts that are nearly whole, the one nearest to it first, until all are; keeps what is better."""
        while now.possible and np.ceil(now.bound - TINY) < self.cost and not self._stopping():
            shares = self._shares(now)
            between = np.argwhere((shares > TINY) & (shares < 1 - TINY))
            if len(between) == 0:
                self._keep([(int(self.master.who[n]), self.master.rows[n]) for n in np.flatnonzero(now.shares > 0.5)])
                return
            order = between[np.argsort(-shares[tuple(between.T)], kind="stable")][:_AT_ONCE]
            there, not_there = steer.copy(), steer.copy()
            for n, (person, day, shift) in enumerate(order):
                if n == 0 or (shares[person, day, shift] > way.nearly and not there.ban[person, day, shift]):
                    there.require(person, day, shift)
            then = self._relax(way, there, now.bound)
            if then.value > now.value * (1 + way.jump):
                not_there.ban[tuple(order[0])] = True
                other = self._relax(way, not_there, now.bound)
                if other.value <= then.value:
                    there, then = not_there, other
            steer, now = there, then

    def _shares(self, now: Relaxed) -> Floats:
        """How far each person has each shift."""
        master = self.master
        shares = np.zeros((master.people, master.days * master.shifts))
        taken = np.flatnonzero(now.shares > 1e-9)
        np.add.at(shares, master.who[taken], now.shares[taken, None] * master.cells[taken])
        return shares.reshape(master.wish.shape)

    def _keep(self, found: list[tuple[int, Row]]) -> None:
        if len(found) == self.master.people:
            rows = [row for _, row in sorted(found)]
            if (total := self.master.total(rows)) < self.cost:
                self.best, self.cost = rows, total

    def _rest(self, root: Relaxed) -> None:
        """All rows that a better roster could have, where they are few: no better one among them is a proof."""
        room = self.cost - 1 + TINY - root.bound
        if self._done() or self.best is None:
            return
        rows = self.master.within(root.prices, room, _FEW, self._stopping)
        if len(rows) > _FEW or self._stopping():
            return
        proved, found = self.master.whole(rows, self.cost, 0.9 * self.told.left, self._stopping)
        self.master.add(found)
        self._keep(found)
        if proved:
            self._raise(self.cost)


def job(task: bytes, told: Told) -> dict[str, Any] | None:
    """`task`: the path of an instance. None where no roster was found."""
    search = Search(read(Path(msgspec.json.decode(task, type=str))), told)
    search.run()
    taken = search.taken()
    return None if taken is None else {"taken": sorted(taken), "cost": search.cost, "bound": search.bound}
