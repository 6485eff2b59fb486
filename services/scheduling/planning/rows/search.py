"""A whole roster from the relaxation over rows, and what can be proved of it."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from services.scheduling.planning.indexed import Floats
from services.scheduling.planning.rows.master import TINY, Master, Relaxed, Steer
from services.scheduling.planning.rows.price import Row
from services.scheduling.planning.rows.roster import Roster, Taken, read
from services.scheduling.planning.worker import Told

_TURNS = 5  # of making columns at each step of a dive
_AT_ONCE = 8  # shifts laid down at a step, where they are nearly whole
_NEARLY = 0.8
_JUMP = 0.003  # a share of the value: a step that costs more is tried the other way round
_FREE = (6, 12)  # people whose rows are made anew together
_VAIN = 100  # tries without a better roster, before the rest is to be proved
_FEW = 40_000  # up to so many rows are one integer programme


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
        self._raise(float(np.ceil(root.bound - TINY)))
        self._dive(self.master.free(), root)
        vain = 0
        while self.best is not None and self.cost > self.bound and not self._stopping():
            before = self.cost
            self._again(self.best)
            vain = 0 if self.cost < before else vain + 1
            if vain == _VAIN:
                self._rest(root)

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

    def _again(self, rows: list[Row]) -> None:
        """Some people's rows anew, all others' as they are."""
        steer = self.master.free()
        free = set(self._random.sample(range(len(rows)), min(len(rows), self._random.randint(*_FREE))))
        steer.settled = {p: row for p, row in enumerate(rows) if p not in free}
        self._dive(steer, self._relax(steer, self.bound))

    def _relax(self, steer: Steer, bound: float) -> Relaxed:
        return self.master.relax(steer, bound=bound, turns=_TURNS, enough=self.cost, stop=self._stopping)

    def _dive(self, steer: Steer, now: Relaxed) -> None:
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
                if n == 0 or (shares[person, day, shift] > _NEARLY and not there.ban[person, day, shift]):
                    there.require(person, day, shift)
            then = self._relax(there, now.bound)
            if then.value > now.value * (1 + _JUMP):
                not_there.ban[tuple(order[0])] = True
                other = self._relax(not_there, now.bound)
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
        rows = self.master.within(root.prices, self.cost - 1 + TINY - root.bound, _FEW)
        if len(rows) > _FEW:
            return
        proved, found = self.master.whole(rows, self.cost, self.told.left, self._stopping)
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
