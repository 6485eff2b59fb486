"""Who observes and leads which round, the days given (or, for a bound, left open).

A linear programme over seats x[p,r], of which only those are in the model that a price called for; hard caps and
priced slacks are rows made when broken (families.py). What the programme fills whole is kept, the rest is solved as
a small MIP. Any prices give a bound: the programme's value plus all negative reduced costs left outside.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from services.scheduling.planning.indexed import Bools, Floats, Indexed, Ints
from services.scheduling.planning.plan import UNITS, Plan
from services.scheduling.planning.solve.families import families
from services.scheduling.planning.solve.highs import INF, Highs
from services.scheduling.planning.solve.seats import Seats
from services.scheduling.planning.worker import Told

_NEAR = 40  # seats per round to begin with
_FEW = 400  # so many seats are in the programme from the beginning, where there are few rounds
_WHOLE = 300_000  # up to so many people x rounds it begins with more seats and with every row: few turns are cheaper
_TIMES = 12  # seats to begin with then, for each that a round wants
_ALL = 100_000  # up to so many it begins with all seats: one turn
_FAR = 6  # times the seats to begin with: of more people than that most are too far away to be worth it
_DEAR = 5.0  # units that a seat is above its worth, from which a search for whole people passes it by
_PER_ROUND = 40  # at most so many new seats per round and turn
_TINY = 1e-6


@dataclass(frozen=True, slots=True)
class Staffed:
    """`value`: units of this model's cost; `teams`, `leaders` by round."""

    value: float
    teams: dict[int, list[int]]
    leaders: dict[int, int]


class People(Seats):
    """`days` None leaves the days open: a relaxation whose value is a bound for every choice of days."""

    def __init__(self, view: Indexed, days: Ints | None, *, seed: int = 1, start: Plan | None = None) -> None:
        super().__init__(view, days)
        self.model = Highs(seed)
        self.families = families(view, days)
        self.turns = 0
        self.at_once = len(view.people) * len(view.rounds) <= _WHOLE
        few = len(view.people) <= _FAR * _TIMES * int(view.target.max(initial=0))
        self.all = few and len(view.people) * len(view.rounds) <= _ALL
        self.exchange = view.instance.weights.no_exchange * UNITS
        self._base_rows()
        self.p: Ints = np.zeros(0, dtype=np.int64)
        self.r: Ints = np.zeros(0, dtype=np.int64)
        self.leads: Bools = np.zeros(0, dtype=bool)
        self.column: Ints = np.zeros(0, dtype=np.int64)
        self.within: Bools = np.zeros(self.seat_ok.shape, dtype=bool)
        self._begin(start)
        self._pairs()

    def _base_rows(self) -> None:
        view, weights, m = self.view, self.view.instance.weights, self.model
        rounds, zero = len(view.rounds), np.zeros(len(view.rounds))
        none = (np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))

        def slack(rows: Ints, points: float, most: Floats, sign: float = 1.0) -> None:
            count = len(rows)
            m.add_columns(
                np.full(count, points * UNITS), np.zeros(count), most, (np.arange(count), rows), np.full(count, sign)
            )

        target, most = view.target.astype(float), view.most.astype(float)
        self.seat_row = m.add_rows(target, most, none)
        slack(self.seat_row, weights.empty_seat, target - view.least)
        slack(self.seat_row, weights.empty_seat + weights.below_minimum, view.least.astype(float))
        principals = np.array([float(w.principals) for w in view.rounds])
        teachers = np.array([float(w.teachers) for w in view.rounds])
        self.principal_row = m.add_rows(principals, np.full(rounds, INF), none)
        slack(self.principal_row, weights.missing_role, principals)
        self.teacher_row = m.add_rows(teachers, np.full(rounds, INF), none)
        slack(self.teacher_row, weights.missing_role, teachers)
        self.lead_row = m.add_rows(zero + 1, zero + 1, none)
        slack(self.lead_row, weights.no_facilitator, zero + 1)
        self.away_row = np.full(rounds, -1, dtype=np.int64)
        if self.exchange:
            self.away_row = m.add_rows(zero + 1, zero + INF, none)
            slack(self.away_row, weights.no_exchange, zero + 1)
        who = np.flatnonzero(view.observes)
        self.fair_row = np.full(len(view.people), -1, dtype=np.int64)
        self.fair_row[who] = m.add_rows(view.share_low[who].astype(float), view.share_high[who].astype(float), none)
        for sign in (1.0, -1.0):
            slack(self.fair_row[who], weights.fair_share, np.ones(len(who)), sign)
            slack(self.fair_row[who], weights.fair_share_more, np.full(len(who), INF), sign)

    def _begin(self, start: Plan | None) -> None:
        view = self.view
        chosen = np.zeros_like(self.seat_ok)
        cost = np.where(self.seat_ok, self.cost, np.inf)
        most = int(view.target.max(initial=0))
        near = max(_TIMES * most if self.at_once else _NEAR, _FEW // max(len(view.rounds), 1))
        near = len(view.people) if self.all else near
        chosen[np.argsort(cost, axis=0, kind="stable")[:near], np.arange(len(view.rounds))[None, :]] = True
        for planned in start.rounds if start else ():
            if planned.round not in view.round_of:
                continue
            chosen[[view.person_of[n] for n in planned.observers], view.round_of[planned.round]] = True
        self.paired = sorted({view.person_of[n] for pair in view.instance.pairs for n in (pair.a, pair.b)})
        chosen[self.paired] = True
        pinned = [
            (view.person_of[n.observer], view.round_of[n.round]) for n in view.instance.pins if n.observer and not n.ban
        ]
        for p, r in pinned:
            chosen[p, r] = True
        self._add(*np.nonzero(chosen & self.seat_ok), leads=False)
        self._add(*np.nonzero(self.lead_ok), leads=True)
        for p, r in pinned:
            at = self.column[(self.p == p) & (self.r == r) & ~self.leads]
            self.model.bounds(at, np.ones(len(at)), np.ones(len(at)))

    def _pairs(self) -> None:
        view, seats = self.view, {(int(p), int(r)): int(c) for p, r, c in zip(self.p, self.r, self.column, strict=True)}
        for pair in view.instance.pairs:
            a, b = view.person_of[pair.a], view.person_of[pair.b]
            for r in range(len(view.rounds)):
                columns = [c for p in (a, b) if self.seat_ok[p, r] and (c := seats.get((p, r))) is not None]
                if not columns or (pair.kind == "apart" and len(columns) < 2):
                    continue
                values = np.array([1.0, 1.0 if pair.kind == "apart" else -1.0])[: len(columns)]
                upper = 1.0 if pair.kind == "apart" else 0.0
                lower = -INF if pair.kind == "apart" else 0.0
                where = (np.zeros(len(columns), dtype=np.int64), np.array(columns))
                self.model.add_rows(np.array([lower]), np.array([upper]), where, values)

    def _add(self, p: Ints, r: Ints, *, leads: bool) -> None:
        """New seats, with their entries in every row that exists."""
        if len(p) == 0:
            return
        view = self.view
        at = np.arange(len(p))
        if leads:
            rows = [self.lead_row[r]]
        else:
            principal = np.where(view.principal[p], self.principal_row[r], -1)
            teacher = np.where(view.teacher[p], self.teacher_row[r], -1)
            away = np.where(view.person_region[p] != view.region[view.host[r]], self.away_row[r], -1)
            rows = [self.seat_row[r], principal, teacher, self.fair_row[p], away]
            self.within[p, r] = True
        rows += [f.row[f.key(p, r)] for f in self.families if (f.leads if leads else f.seats)]
        outer = np.concatenate([at[row >= 0] for row in rows])
        inner = np.concatenate([row[row >= 0] for row in rows])
        cost = self.cost[p, r]
        new = self.model.add_columns(cost, np.zeros(len(p)), np.ones(len(p)), (outer, inner))
        self.p, self.r = np.concatenate([self.p, p]), np.concatenate([self.r, r])
        self.leads = np.concatenate([self.leads, np.full(len(p), leads)])
        self.column = np.concatenate([self.column, new])

    def _make_rows(self, values: Floats) -> int:
        """Rows for every rule that the solution breaks."""
        made = 0
        for family in self.families:
            keys = family.broken(self.p, self.r, self.leads, values[self.column])
            if len(keys) == 0:
                continue
            counts = self.leads & family.leads | ~self.leads & family.seats
            place = np.full(len(family.limit) + 1, -1, dtype=np.int64)
            place[keys] = np.arange(len(keys))
            own = place[family.key(self.p[counts], self.r[counts])]
            member = own >= 0
            limit = family.limit[keys].astype(float)
            entries = (own[member], self.column[counts][member])
            rows = self.model.add_rows(np.full(len(keys), -INF), limit, entries)
            family.row[keys] = rows
            if family.slack is not None:
                count = len(keys)
                most = np.broadcast_to(family.most, family.limit.shape)[keys]
                self.model.add_columns(
                    np.full(count, family.slack), np.zeros(count), most, (np.arange(count), rows), -np.ones(count)
                )
            made += len(keys)
        return made

    def _priced(self, duals: Floats) -> Floats:
        """[p, r]: reduced cost of every seat that is allowed; +inf elsewhere."""
        view = self.view

        def of(rows: Ints) -> Floats:
            return np.where(rows >= 0, duals[rows], 0.0)

        reduced = self.cost - of(self.seat_row)[None, :] - of(self.fair_row)[:, None]
        reduced[view.principal] -= of(self.principal_row)[None, :]
        reduced[view.teacher] -= of(self.teacher_row)[None, :]
        p, r = np.arange(len(view.people))[:, None], np.arange(len(view.rounds))[None, :]
        if self.exchange:
            elsewhere = view.person_region[:, None] != view.region[view.host][None, :]
            reduced -= np.where(elsewhere, of(self.away_row), 0.0)
        for family in self.families:
            if family.seats and (family.row >= 0).any():
                family.read(duals)
                reduced -= family.price[family.key(p, r)]
        reduced[~self.seat_ok] = np.inf
        return reduced

    def relax(self, told: Told, *, turns: int = 1000, told_bound: Callable[[float], None] | None = None) -> float:
        """Solves the linear programme; the answer is a bound in units (-inf where not even one turn was had)."""
        bound = -np.inf
        if self.at_once:
            self._make_rows(np.ones(self.model.columns))
        for turn in range(turns):
            if told.left <= 0 or not self.model.solve(told.left) or not self.model.optimal:
                break
            values, duals = self.model.values, self.model.duals
            reduced = self._priced(duals)
            outside = (reduced < -_TINY) & ~self.within
            bound = max(bound, self.model.objective + self.constant + float(reduced[outside].sum()))
            if told_bound is not None:
                told_bound(bound)
            new = outside
            if outside.sum() > len(self.view.rounds):
                best = np.argsort(np.where(outside, reduced, 0.0), axis=0, kind="stable")[:_PER_ROUND]
                new = np.zeros_like(outside)
                np.put_along_axis(new, best, True, axis=0)
                new &= outside
            made = self._make_rows(values)
            self.turns = turn + 1
            self.final = (self._person_price(duals),)
            if made == 0 and not outside.any():
                break
            self._add(*np.nonzero(new), leads=False)
        return bound

    def whole(self, told: Told, seconds: float) -> Staffed | None:
        """Seats for whole people: what the programme fills is kept, the rest searched; rows made as they break."""
        solution = self.model.values
        values = solution[self.column]
        full = values > 1 - _TINY
        if self.model.optimal and (full | (values < _TINY)).all() and self._make_rows(solution) == 0:
            return self._read(solution)
        dear = (self.model.reduced_costs[self.column] > _DEAR) & (values < _TINY) & ~np.isin(self.p, self.paired)
        self.model.bounds(self.column[dear], np.zeros(int(dear.sum())), np.zeros(int(dear.sum())))
        one = np.ones(int(full.sum()))
        self.model.bounds(self.column[full], one, one)
        self.model.integer(self.column)
        until = told.seconds + seconds
        for _ in range(30):
            left = min(told.left, until - told.seconds)
            if not self.model.solve(left, gap=0.0005, stop=lambda: told.left <= 0):
                return None
            found = self.model.values
            if self._make_rows(found) == 0:
                return self._read(found)
        return None

    @property
    def useful(self) -> Bools:
        """[p, r]: the seats whose price was right at the end; another choice of days may begin with them."""
        answer = np.zeros_like(self.within)
        good = (self.model.reduced_costs[self.column] < 25) & ~self.leads
        answer[self.p[good], self.r[good]] = True
        return answer

    def _person_price(self, duals: Floats) -> Floats:
        year = next(f for f in self.families if f.name == "year")
        year.read(duals)
        price: Floats = np.where(self.fair_row >= 0, duals[self.fair_row], 0.0) + year.price[:-1]
        return price

    def date_prices(self) -> Floats:
        """[p, d]: what a person's visit on a day costs besides the way, at the programme's prices."""
        view = self.view
        price = np.zeros((len(view.people), len(view.dates)))
        p, d = np.arange(len(view.people)), np.arange(len(view.dates))
        price -= self.final[0][:, None]
        for family in self.families:
            if family.name == "month":
                price -= family.price[p[:, None] * len(view.months) + view.month[d][None, :]]
            elif family.name == "term":
                terms = max(len(view.instance.terms), 1)
                key = np.where(view.term[d][None, :] >= 0, p[:, None] * terms + view.term[d][None, :], -1)
                price -= family.price[key]
        return price

    def _read(self, values: Floats) -> Staffed:
        taken = values[self.column] > 0.5
        teams: dict[int, list[int]] = {r: [] for r in range(len(self.view.rounds))}
        leaders: dict[int, int] = {}
        for p, r, leads in zip(self.p[taken], self.r[taken], self.leads[taken], strict=True):
            if leads:
                leaders[int(r)] = int(p)
            else:
                teams[int(r)].append(int(p))
        return Staffed(self.model.objective + self.constant, teams, leaders)
