"""The linear programme over rows: one row for each person, cover with what is under and over.

Any prices of cover give a bound (Lagrange): what cover is worth at them, plus everybody's cheapest row. Rows are
priced exactly, so the bound holds whatever the programme has not seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice

import numpy as np

from services.scheduling.planning.indexed import Bools, Floats, Ints
from services.scheduling.planning.rows.price import Alike, Row, Tables, alike, price_of, rounded, wishes
from services.scheduling.planning.rows.roster import Roster
from services.scheduling.planning.solve.highs import INF, Highs

TINY = 1e-6
_MANY = 3  # rows of a person that a price calls for at once
Whole = tuple[bool, list[tuple[int, Row]]]
"""Whether it is proved that there is nothing cheaper, and the rows of a roster where one was found."""
_NO_ROWS = (np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))


@dataclass(slots=True)
class Steer:
    """What a search has laid down: shifts that must be (`must`) and may not be (`ban`), rows that stay (`settled`)."""

    must: Bools
    ban: Bools
    settled: dict[int, Row]

    def copy(self) -> Steer:
        return Steer(self.must.copy(), self.ban.copy(), dict(self.settled))

    def require(self, person: int, day: int, shift: int) -> None:
        self.ban[person, day] = True
        self.ban[person, day, shift] = False
        self.must[person, day, shift] = True


@dataclass(frozen=True, slots=True)
class Relaxed:
    """`prices`: the bound's; `shares`: how far each column is taken; `possible` False: somebody has no row left."""

    value: float
    bound: float
    prices: Floats
    shares: Floats
    possible: bool = True


class Master:
    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self.groups = alike(roster)
        self.wish, self.none = wishes(roster)
        self.people, self.days, self.shifts = (int(n) for n in self.wish.shape)
        at = {s: n for n, s in enumerate(roster.shifts)}
        self.wanted, self.under, self.over = (np.zeros((self.days, self.shifts)) for _ in range(3))
        for day, shift, *cell in roster.cover:
            self.wanted[day, at[shift]], self.under[day, at[shift]], self.over[day, at[shift]] = cell
        dearest = self.days * max(self.under.max(), self.over.max()) + np.abs(self.wish[np.isfinite(self.wish)]).sum()
        self.no_row = float(2.0 ** np.ceil(np.log2(4 * dearest + 1)))
        """What it costs to leave a person without a row, or without a shift that must be: more than any row can."""
        self.model = Highs(1)
        self.first = self._frame(self.model, INF)
        self.who: Ints = np.zeros(0, dtype=np.int64)
        self.cells: Bools = np.zeros((0, self.days * self.shifts), dtype=bool)
        self.rows: list[Row] = []
        self._known: set[tuple[int, Row]] = set()

    def _frame(self, model: Highs, without: float) -> int:
        """Cover, and people of whom so many may be without a row; answers the number of the first row's column."""
        people, cover = self.people, self.days * self.shifts
        right = np.concatenate([np.ones(people), self.wanted.ravel()])
        model.add_rows(right, right, _NO_ROWS)
        cell, person = np.arange(cover), np.arange(people)
        for cost, sign in ((self.under, 1.0), (self.over, -1.0)):
            sides = np.full(cover, sign)
            model.add_columns(cost.ravel(), np.zeros(cover), np.full(cover, INF), (cell, people + cell), sides)
        model.add_columns(np.full(people, self.no_row), np.zeros(people), np.full(people, without), (person, person))
        return 2 * cover + people

    def cost(self, person: int, row: Row) -> float:
        return float(self.none[person]) + price_of(row, self.wish[person])

    def total(self, rows: list[Row]) -> int:
        there = np.zeros_like(self.wanted)
        for row in rows:
            for cell in row:
                there[cell] += 1
        lack = self.wanted - there
        cover = np.where(lack > 0, self.under * lack, -self.over * lack).sum()
        return round(float(cover) + sum(self.cost(p, row) for p, row in enumerate(rows)))

    def add(self, found: Iterable[tuple[int, Row]]) -> int:
        """How many of them are new."""
        new = [one for one in dict.fromkeys(found) if one not in self._known]
        if not new:
            return 0
        self._known.update(new)
        who = np.array([p for p, _ in new])
        cells = np.zeros((len(new), self.days * self.shifts), dtype=bool)
        for n, (_, row) in enumerate(new):
            cells[n, [d * self.shifts + s for d, s in row]] = True
        self.columns_into(self.model, new, INF)
        self.who, self.cells = np.concatenate([self.who, who]), np.concatenate([self.cells, cells])
        self.rows += [row for _, row in new]
        return len(new)

    def columns_into(self, model: Highs, found: list[tuple[int, Row]], most: float) -> Ints:
        column = [n for n, (_, row) in enumerate(found) for _ in range(len(row) + 1)]
        inner = [i for p, row in found for i in (p, *(self.people + d * self.shifts + s for d, s in row))]
        cost = np.array([self.cost(p, row) for p, row in found])
        return model.add_columns(
            cost, np.zeros(len(found)), np.full(len(found), most), (np.array(column), np.array(inner))
        )

    def free(self) -> Steer:
        nothing: Bools = np.zeros(self.wish.shape, dtype=bool)
        return Steer(nothing, nothing.copy(), {})

    def follow(self, steer: Steer) -> None:
        """Closes the columns that do not fit."""
        must, ban = (a.reshape(self.people, -1)[self.who] for a in (steer.must, steer.ban))
        fits = np.asarray(~((self.cells & ban) | (must & ~self.cells)).any(axis=1))
        for person, row in steer.settled.items():
            mine = np.flatnonzero(self.who == person)
            fits[mine] = [self.rows[n] == row for n in mine]
        self.model.bounds(self.first + np.arange(len(fits)), np.zeros(len(fits)), np.where(fits, INF, 0.0))

    def relax(
        self,
        steer: Steer,
        *,
        bound: float = -np.inf,
        turns: int | None = None,
        enough: float = np.inf,
        stop: Callable[[], bool] | None = None,
    ) -> Relaxed:
        """The relaxation under what is laid down, after at most so many turns of making columns.

        Ends early once its bound, as costs are whole, reaches its value, or `enough`. `bound`: one that holds already.
        """
        self.follow(steer)
        centre: Floats | None = None
        while True:
            self.model.solve(3600)
            value, duals = self.model.objective, self.model.duals
            shares = self.model.values[self.first :]
            prices = np.clip(duals[self.people :].reshape(self.wanted.shape), -self.over, self.under)
            reached = np.ceil(bound - TINY) >= min(value - TINY, enough)
            if turns == 0 or reached or (stop is not None and stop()):
                return Relaxed(value, bound, prices if centre is None else centre, shares)
            for at in [prices] if centre is None or turns is not None else [(prices + centre) / 2, prices]:
                now, found = self.priced(steer, rounded(at), prices, duals[: self.people])
                if np.isinf(now):
                    return Relaxed(np.inf, np.inf, prices, shares, possible=False)
                if now > bound:
                    bound, centre = now, rounded(at)
                if new := self.add(found):
                    break
            turns = 0 if not new else turns and turns - 1

    def tables(self, steer: Steer, prices: Floats) -> Iterable[tuple[Alike, Ints, Tables]]:
        cost = self.wish - prices
        cost = np.where(steer.must, cost - self.no_row, cost)
        cost[steer.ban] = np.inf
        for group in self.groups:
            who = np.array([n for n, p in enumerate(group.who) if p not in steer.settled], dtype=np.int64)
            if len(who):
                yield group, group.who[who], group.tables(cost[group.who[who]], who)

    def priced(self, steer: Steer, at: Floats, prices: Floats, rents: Floats) -> tuple[float, list[tuple[int, Row]]]:
        """The bound at prices `at`, and rows that the programme, with its own prices and rents, would take up."""
        bound = float((at * self.wanted).sum())
        for p, row in steer.settled.items():
            bound += self.cost(p, row) - price_of(row, at)
        found: list[tuple[int, Row]] = []
        for group, free, tables in self.tables(steer, at):
            for i, p in enumerate(free.tolist()):
                owed = self.no_row * float(steer.must[p].sum())
                rows = [(price + owed, row) for price, row in group.best(tables, i, _MANY)]
                rows = [(price, row) for price, row in rows if price < self.no_row / 2]
                if not rows:
                    return np.inf, []
                bound += rows[0][0] + self.none[p]
                found += [(p, r) for _, r in rows if self.cost(p, r) - price_of(r, prices) - rents[p] < -TINY]
        return bound, found

    def within(self, prices: Floats, room: float, most: int, stop: Callable[[], bool]) -> list[tuple[int, Row]]:
        """Every row that a roster may have whose cost is the bound at `prices` and at most `room`.

        At most one more than `most`; not all, once stopped.
        """
        found: list[tuple[int, Row]] = []
        for group, who, tables in self.tables(self.free(), prices):
            for i, p in enumerate(who.tolist()):
                if stop():
                    return found
                limit = float(tables.final[i].min()) + room
                found += [(p, row) for row in islice(group.within(tables, i, limit), most + 1 - len(found))]
        return found

    def whole(self, rows: list[tuple[int, Row]], below: float, seconds: float, stop: Callable[[], bool]) -> Whole:
        """The cheapest roster of these rows that costs less than `below`, as an integer programme."""
        model = Highs(1)
        self._frame(model, 0.0)
        columns = self.columns_into(model, rows, 1.0)
        model.integer(columns)
        model.option("objective_bound", below - 0.5)  # what is dearer counts as impossible
        there = model.solve(seconds, stop=stop) and model.objective < below - 0.5
        proved = model.optimal or model.infeasible
        return proved, [rows[n] for n in np.flatnonzero(model.values[columns] > 0.5)] if there else []
