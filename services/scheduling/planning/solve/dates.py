"""Which round on which day: step variables C[r,t] = "round r is done by day t".

A step only exists where its round may be held, so a closed day costs no row. Spacing is C[later,t] <= C[earlier,
t-gap]; what staff a month or a day can give is a sum of steps with a priced slack. Half the price of the nearest
free team is added per date, so that people matter before people are chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from services.scheduling.planning.indexed import NO_CAP, Bools, Floats, Indexed, Ints
from services.scheduling.planning.instance import PublishedRound
from services.scheduling.planning.plan import UNITS
from services.scheduling.planning.solve.highs import INF, Highs

_NEAREST = 200


@dataclass(frozen=True, slots=True)
class Dated:
    """`days`: a day per round. `bound`: what days alone cost at least, in units; None where not proved."""

    days: Ints
    bound: float | None


def estimate(view: Indexed, prices: Floats | None = None, *, rounds: Iterable[int] | None = None) -> Floats:
    """[r, d]: the price in units of the nearest people who are free, one per seat; `prices` [p, d] add to the way
    what a visit of the person on the day is worth elsewhere."""
    if prices is not None:
        return _at_prices(view, prices)
    price = np.zeros((len(view.rounds), len(view.dates)))
    for r in range(len(view.rounds)) if rounds is None else rounds:
        drive = np.where(view.may_observe[:, r], view.drive[:, r], 10**6)
        near = np.argsort(drive, kind="stable")[:_NEAREST]
        near = near[drive[near] < 10**6]
        here = view.available[near]
        taken = here & (np.cumsum(here, axis=0) <= view.target[r])
        price[r] = (drive[near][:, None] * taken).sum(axis=0)
        price[r] += (view.target[r] - taken.sum(axis=0)) * view.instance.weights.empty_seat * UNITS
    return price


def _at_prices(view: Indexed, prices: Floats) -> Floats:
    empty = view.instance.weights.empty_seat * UNITS
    price = np.zeros((len(view.rounds), len(view.dates)))
    for r in range(len(view.rounds)):
        who = np.flatnonzero(view.may_observe[:, r])
        each = np.where(view.available[who], view.drive[who, r][:, None] + prices[who], empty)
        seats = min(int(view.target[r]), len(who))
        price[r] = np.partition(each, seats - 1, axis=0)[:seats].sum(axis=0) if seats else 0.0
    return price


def change_cost(view: Indexed) -> Ints:
    """[r, d]: units for telling a published round's people of another day."""
    cost = np.zeros((len(view.rounds), len(view.dates)), dtype=np.int64)
    published = view.instance.published
    for before in published.rounds if published else ():
        r = view.round_of[before.round]
        told = len({*before.observers, before.facilitator} - {None}) + 1
        cost[r] = told * nearness(view, before)
        if before.day in view.day_of:
            cost[r, view.day_of[before.day]] = 0
    return cost


def nearness(view: Indexed, before: PublishedRound) -> int:
    """Units per person told of a change to this published round."""
    published = view.instance.published
    assert published is not None
    away = (before.day - published.today).days
    return round(view.instance.weights.change * UNITS * (1.6 if away <= 7 else 1.2 if away <= 21 else 1.0))


class Dates:
    """The model of days. `priced` adds staff's supply, the estimated price of teams (see estimate), and that of a
    day on which nobody can lead."""

    def __init__(self, view: Indexed, *, priced: bool, prices: Floats | None = None, seed: int = 1) -> None:
        self.view = view
        self.model = Highs(seed)
        rounds = len(view.rounds)
        self.allowed = view.day_ok
        self.upto: Ints = np.zeros((rounds, len(view.dates) + 1), dtype=np.int64)  # how many allowed days before each
        np.cumsum(self.allowed, axis=1, out=self.upto[:, 1:])
        self.ok = [np.flatnonzero(self.allowed[r]) for r in range(rounds)]
        self.possible = all(len(ok) for ok in self.ok)
        cost = (view.day_cost + change_cost(view)).astype(float)
        if priced:
            cost = cost + (0.5 if prices is None else 1.0) * estimate(view, prices)
            led = np.array([view.led(r) for r in range(rounds)])
            cost = cost + np.where(led, 0, view.instance.weights.no_facilitator * UNITS)
        self.first = np.zeros(rounds, dtype=np.int64)
        at = 0
        costs, lower = [], []
        for r in range(rounds):
            own = cost[r, self.ok[r]]
            self.first[r] = at
            at += len(own)
            costs.append(own - np.append(own[1:], 0.0))  # sum of cost x step rise, by the steps themselves
            least = np.zeros(len(own))
            if len(own):
                least[-1] = 1.0
            lower.append(least)
        self.model.add_columns(np.concatenate(costs), np.concatenate(lower), np.ones(at))
        self.steps = at
        self._rows: list[tuple[float, float, list[int], list[float]]] = []
        for r in range(rounds):
            for n in range(len(self.ok[r]) - 1):
                self._rows.append((-INF, 0.0, [int(self.first[r]) + n, int(self.first[r]) + n + 1], [1.0, -1.0]))
        self._gaps()
        self._per_day()
        self._pace()
        if priced:
            self._supply()
        self._flush()

    def _gaps(self) -> None:
        view = self.view
        for rounds in view.by_host.values():
            for turn, later in enumerate(rounds):
                for earlier in rounds[:turn][-1:]:
                    self._gap(earlier, later, max(view.rounds[later].gap, 1))

    def _gap(self, earlier: int, later: int, gap: int) -> None:
        view = self.view
        for n, d in enumerate(self.ok[later]):
            latest = int(np.searchsorted(view.school_day, view.school_day[d] - gap, side="right"))
            before = int(self.upto[earlier, latest])
            own = int(self.first[later]) + n
            if before == 0:
                self._rows.append((-INF, 0.0, [own], [1.0]))
            else:
                self._rows.append((-INF, 0.0, [own, int(self.first[earlier]) + before - 1], [1.0, -1.0]))

    def _at_most(self, amounts: Floats, first: int, last: int, limit: float, slack: float | None) -> None:
        """The rounds within the days first..last, `amounts` [r] each, are `limit` at most."""
        until, before = self.upto[:, last + 1], self.upto[:, first]
        rises = (until > before) & (amounts > 0)
        if amounts[rises].sum() <= limit:
            return
        begun = rises & (before > 0)
        columns = [*(self.first + until - 1)[rises].tolist(), *(self.first + before - 1)[begun].tolist()]
        values = [*amounts[rises].tolist(), *(-amounts[begun]).tolist()]
        if slack is not None:
            columns.append(int(self.model.add_columns(np.array([slack]), np.zeros(1), np.array([INF]))[0]))
            values.append(-1.0)
        self._rows.append((-INF, limit, columns, values))

    def _per_day(self) -> None:
        view, limits = self.view, self.view.instance.limits
        every, region_of = np.ones(len(view.rounds)), view.region[view.host]
        for d in range(len(view.dates)):
            if limits.rounds_per_day is not None:
                self._at_most(every, d, d, float(view.day_left[d]), None)
            if limits.rounds_per_day_region is not None:
                for region in np.unique(region_of):
                    left = float(view.region_left[region, d])
                    self._at_most((region_of == region).astype(float), d, d, left, None)

    def _pace(self) -> None:
        """Rounds done by a week's end, as many as an even pace wants; each one off at its price."""
        view, slack = self.view, np.full(1, self.view.instance.weights.uneven_pace * UNITS)
        for day, least, most in zip(view.pace_day, view.pace_least, view.pace_most, strict=True):
            until = self.upto[:, day + 1]
            columns = (self.first + until - 1)[until > 0].tolist()
            for sign, limit in ((1.0, float(most)), (-1.0, -float(least))):
                if (len(columns) > limit) if sign > 0 else (limit < 0):
                    off = self.model.add_columns(slack, np.zeros(1), np.array([INF]))
                    self._rows.append((-INF, limit, [*columns, int(off[0])], [sign] * len(columns) + [-1.0]))

    def _supply(self) -> None:
        view, weights = self.view, self.view.instance.weights
        principals = np.array([float(w.principals) for w in view.rounds])
        teachers = np.array([float(w.teachers) for w in view.rounds])
        kinds = [
            (view.observes, view.target.astype(float), weights.empty_seat),
            (view.observes & view.principal, principals, weights.missing_role),
            (view.observes & view.teacher, teachers, weights.missing_role),
            (view.facilitates, np.ones(len(view.rounds)), weights.no_facilitator),
        ]
        for who, amounts, points in kinds:
            slack = points * UNITS
            for m in range(len(view.months)):
                days = np.flatnonzero(view.month == m)
                can = np.minimum(view.available[:, days].sum(axis=1), view.month_left[:, m])
                self._at_most(amounts, int(days[0]), int(days[-1]), float(can[who].sum()), slack)
            for t in range(len(view.instance.terms)):
                days = np.flatnonzero(view.term == t)
                if len(days):
                    can = np.minimum(view.available[:, days].sum(axis=1), view.term_left[:, t])
                    if (can < NO_CAP).all():
                        self._at_most(amounts, int(days[0]), int(days[-1]), float(can[who].sum()), slack)
            for d in range(len(view.dates)):
                self._at_most(amounts, d, d, _on_day(view, who, d), slack)
        self._leaders(weights.no_facilitator * UNITS)

    def _leaders(self, slack: float) -> None:
        """Those who lead are few, each for so many rounds, and not certified on all days: of days up to one on which
        certifications end, and from one on which they begin, only so many rounds can be led."""
        view = self.view
        certified = np.logical_or.reduce(list(view.certified.values())) & view.facilitates[:, None]
        can, last = certified & view.available, len(view.dates) - 1
        changes = np.flatnonzero((certified[:, 1:] != certified[:, :-1]).any(axis=0)) + 1
        spans = {(0, last), *((0, int(d) - 1) for d in changes), *((int(d), last) for d in changes)}
        for first, until in sorted(spans):
            most = np.minimum(can[:, first : until + 1].sum(axis=1), view.leader_left)
            self._at_most(np.ones(len(view.rounds)), first, until, float(most.sum()), slack)

    def _flush(self) -> None:
        lower = np.array([row[0] for row in self._rows])
        upper = np.array([row[1] for row in self._rows])
        outer = np.repeat(np.arange(len(self._rows)), [len(row[2]) for row in self._rows])
        inner = np.array([c for row in self._rows for c in row[2]], dtype=np.int64)
        values = np.array([v for row in self._rows for v in row[3]])
        self.model.add_rows(lower, upper, (outer, inner), values)

    def least(self, seconds: float) -> float:
        """Units that days cost at least: the programme's relaxation; 0 where it was not solved in time."""
        solved = self.possible and self.model.solve(seconds) and self.model.optimal
        return self.model.objective if solved else 0.0

    def solve(self, seconds: float, *, gap: float = 0.002, stop: Callable[[], bool] | None = None) -> Dated | None:
        """Days for every round; None where there are none (or none was found in time)."""
        if not self.possible:
            return None
        steps = np.arange(self.steps)
        self.model.integer(steps)
        if not self.model.solve(seconds, gap=gap, stop=stop):
            return None
        values = self.model.values
        days = np.zeros(len(self.ok), dtype=np.int64)
        for r, ok in enumerate(self.ok):
            own = values[self.first[r] : self.first[r] + len(ok)]
            days[r] = ok[int(np.argmax(own > 0.5))]
        return Dated(days, self.model.dual_bound)


def _on_day(view: Indexed, who: Bools, d: int) -> float:
    """How many of these people can be out on day d, for their schools' cover."""
    free = who & view.available[:, d]
    homeless = int((free & (view.home < 0)).sum())
    per_school = np.bincount(view.home[free & (view.home >= 0)], minlength=len(view.schools))
    return float(homeless + np.minimum(per_school, view.cover[:, d]).sum())
