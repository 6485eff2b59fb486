"""What others would do first: every rule and price in one integer programme, given as it is to HiGHS or to CP-SAT.

Not part of planning: the bench runs them beside our way, on the same instances. `days`: those of the greedy plan, so
that only people are chosen; else days and people at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import msgspec
import numpy as np

from services.scheduling.planning.greedy import finish, place
from services.scheduling.planning.indexed import NO_CAP, Indexed
from services.scheduling.planning.instance import Instance
from services.scheduling.planning.plan import UNITS, Plan
from services.scheduling.planning.validate import validated
from services.scheduling.planning.worker import Told


class RivalTask(msgspec.Struct, frozen=True):
    instance: Instance
    days_given: bool


class Joint:
    """Columns by number with costs in units and upper bounds; rows as (lower, upper, columns, values)."""

    def __init__(self, view: Indexed, days: list[list[int]]) -> None:
        self.view, self.days = view, days
        self.cost: list[int] = []
        self.upper: list[int] = []
        self.rows: list[tuple[float, float, list[int], list[int]]] = []
        self.y = {(r, d): self.column(int(view.day_cost[r, d])) for r, own in enumerate(days) for d in own}
        self.x: dict[tuple[int, int, int], int] = {}
        self.lead: dict[tuple[int, int, int], int] = {}
        for r, d in self.y:
            for p in np.flatnonzero(view.can_observe(r, d)).tolist():
                self.x[p, r, d] = self.column(int(view.drive[p, r]))
            for p in np.flatnonzero(view.can_lead(r, d)).tolist():
                self.lead[p, r, d] = self.column(int(view.drive[p, r]))
        self._rounds()
        self._dates()
        self._people()

    def column(self, cost: int, upper: int = 1) -> int:
        self.cost.append(cost)
        self.upper.append(upper)
        return len(self.cost) - 1

    def row(self, lower: float, upper: float, columns: list[int], values: list[int] | None = None) -> None:
        if columns:
            self.rows.append((lower, upper, columns, values or [1] * len(columns)))

    def at_most(self, groups: Iterable[tuple[Any, int]], limit: Any, points: float | None = None) -> None:
        """Columns with one key are `limit(key)` at most; with `points` more is had at that price."""
        by_key: dict[Any, list[int]] = defaultdict(list)
        for key, column in groups:
            by_key[key].append(column)
        for key, columns in by_key.items():
            most = int(limit(key))
            if len(columns) <= most:
                continue
            extra = [] if points is None else [self.column(round(points * UNITS), len(columns))]
            self.row(-len(columns), most, columns + extra, [1] * len(columns) + [-1] * len(extra))

    def at_least(self, columns: list[int], wanted: int, points: float, lacking: int | None = None) -> None:
        short = self.column(round(points * UNITS), wanted if lacking is None else lacking)
        self.row(wanted, len(columns) + wanted, [*columns, short])

    def _rounds(self) -> None:
        view, weights = self.view, self.view.instance.weights
        seats: dict[int, list[tuple[int, int]]] = defaultdict(list)
        leads: dict[int, list[int]] = defaultdict(list)
        on: dict[tuple[int, int], list[int]] = defaultdict(list)
        led: dict[tuple[int, int], list[int]] = defaultdict(list)
        for (p, r, d), column in self.x.items():
            seats[r].append((p, column))
            on[r, d].append(column)
        for (_, r, d), column in self.lead.items():
            leads[r].append(column)
            led[r, d].append(column)
        for r, wanted in enumerate(view.rounds):
            self.row(1, 1, [self.y[r, d] for d in self.days[r]])
            own = [c for _, c in seats[r]]
            least, target = int(view.least[r]), int(view.target[r])
            empty = self.column(round(weights.empty_seat * UNITS), target - least)
            below = self.column(round((weights.empty_seat + weights.below_minimum) * UNITS), least)
            self.row(target, len(own) + target, [*own, empty, below])
            self.at_least([c for p, c in seats[r] if view.principal[p]], wanted.principals, weights.missing_role)
            self.at_least([c for p, c in seats[r] if view.teacher[p]], wanted.teachers, weights.missing_role)
            self.at_least(leads[r], 1, weights.no_facilitator)
        for (r, d), y in self.y.items():
            self.row(-NO_CAP, 0, [*on[r, d], y], [1] * len(on[r, d]) + [-int(view.most[r])])
            self.row(-NO_CAP, 0, [*led[r, d], y], [1] * len(led[r, d]) + [-1])

    def _dates(self) -> None:
        view = self.view
        self.at_most((((d,), y) for (_, d), y in self.y.items()), lambda k: view.day_left[k[0]])
        region = view.region[view.host]
        self.at_most((((int(region[r]), d), y) for (r, d), y in self.y.items()), lambda k: view.region_left[k[0], k[1]])
        for rounds in view.by_host.values():
            for earlier, later in pairwise(rounds):
                for d in self.days[later]:
                    latest = view.school_day[d] - max(view.rounds[later].gap, 1)
                    before = [self.y[earlier, e] for e in self.days[earlier] if view.school_day[e] <= latest]
                    self.row(-NO_CAP, 0, [self.y[later, d], *before], [1] + [-1] * len(before))

    def _people(self) -> None:
        view, weights, limits = self.view, self.view.instance.weights, self.view.instance.limits
        both = [*self.x.items(), *self.lead.items()]
        home, host = view.home, view.host
        self.at_most((((p, d), c) for (p, _, d), c in both), lambda _: 1)
        self.at_most((((p, int(view.month[d])), c) for (p, _, d), c in both), lambda k: view.month_left[k])
        self.at_most(
            (((p, int(view.term[d])), c) for (p, _, d), c in both if view.term[d] >= 0), lambda k: view.term_left[k]
        )
        self.at_most(((p, c) for (p, _, _), c in both), lambda p: view.max_year[p])
        self.at_most((((int(home[p]), d), c) for (p, _, d), c in both if home[p] >= 0), lambda k: view.cover[k])
        own = [((int(home[p]), r), c) for (p, r, _), c in self.x.items() if home[p] >= 0]
        self.at_most(own, lambda _: limits.from_one_school)
        self.at_most(own, lambda _: 1, weights.same_school)
        self.at_most(
            (((p, int(host[r])), c) for (p, r, _), c in self.x.items()),
            lambda k: 0 if view.visited.get(k) else 1,
            weights.same_host,
        )
        self.at_most(
            (((int(home[p]), int(host[r])), c) for (p, r, _), c in self.x.items() if home[p] >= 0),
            lambda k: 0 if view.linked.get(k) else 1,
            weights.repeated_link,
        )
        led = [(p, c) for (p, _, _), c in self.lead.items()]
        self.at_most(led, lambda p: view.leader_left[p])
        self.at_most(led, lambda p: view.leader_fair[p], weights.facilitator_load)
        seats: dict[int, list[int]] = defaultdict(list)
        for (p, _, _), c in self.x.items():
            seats[p].append(c)
        for p in np.flatnonzero(view.observes).tolist():
            slack = [
                self.column(round(weight * UNITS), most)
                for weight, most in ((weights.fair_share, 1), (weights.fair_share_more, NO_CAP)) * 2
            ]
            low, high = int(view.share_low[p]), int(view.share_high[p])
            self.row(low, high, [*seats[p], *slack], [1] * len(seats[p]) + [1, 1, -1, -1])

    def plan(self, values: Any, method: str) -> Plan:
        days = np.full(len(self.days), -1, dtype=np.int64)
        for (r, d), column in self.y.items():
            if values[column] > 0.5:
                days[r] = d
        teams: dict[int, list[int]] = defaultdict(list)
        for (p, r, _), column in self.x.items():
            if values[column] > 0.5:
                teams[r].append(p)
        leaders = {r: p for (p, r, _), column in self.lead.items() if values[column] > 0.5}
        return finish(self.view, days, leaders, teams, method)


def _joint(task: bytes) -> Joint:
    given = msgspec.json.decode(task, type=RivalTask)
    view = Indexed(validated(given.instance))
    greedy = place(view)
    days = [[int(greedy[r])] if given.days_given else np.flatnonzero(ok).tolist() for r, ok in enumerate(view.day_ok)]
    return Joint(view, days)


def by_highs(task: bytes, told: Told) -> Plan | None:
    from services.scheduling.planning.solve.highs import Highs

    joint = _joint(task)
    model = Highs(1)
    model.add_columns(np.array(joint.cost, dtype=float), np.zeros(len(joint.cost)), np.array(joint.upper, dtype=float))
    outer = np.repeat(np.arange(len(joint.rows)), [len(row[2]) for row in joint.rows])
    inner = np.array([c for row in joint.rows for c in row[2]], dtype=np.int64)
    values = np.array([v for row in joint.rows for v in row[3]], dtype=float)
    lower, upper = (np.array([row[n] for row in joint.rows], dtype=float) for n in (0, 1))
    model.add_rows(lower, upper, (outer, inner), values)
    model.integer(np.arange(len(joint.cost)))
    if not model.solve(told.left, stop=lambda: told.left <= 0):
        return None
    return joint.plan(model.values, "plain HiGHS")


def by_cpsat(task: bytes, told: Told) -> Plan | None:
    from ortools.sat.python import cp_model

    joint = _joint(task)
    model = cp_model.CpModel()
    columns = [model.new_int_var(0, upper, "") for upper in joint.upper]
    for lower, upper, own, values in joint.rows:
        total = sum(v * columns[c] for c, v in zip(own, values, strict=True))
        model.add_linear_constraint(total, int(lower), int(upper))
    model.minimize(sum(cost * column for cost, column in zip(joint.cost, columns, strict=True) if cost))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.subsolvers.extend(["max_lp"])
    solver.parameters.random_seed = 1
    solver.parameters.max_time_in_seconds = max(0.1, told.left)
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return joint.plan([solver.value(column) for column in columns], "joint CP-SAT")
