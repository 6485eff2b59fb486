"""People who are alike and rounds that are alike, taken together: how often each group comes to each class of rounds.

With the days left open two people of one school, role and caps are the same to the people's programme, and so are two
like rounds of one host. Their sums obey the same programme, which is ten times smaller and solved in seconds where
the other takes minutes; the value is the same. It is a bound for every choice of days, and its flows tell who of one
region is worth more in another. Left out: pins, pairs, and that who leads a round does not observe it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np

from services.scheduling.planning.indexed import Bools, Floats, Indexed, Ints
from services.scheduling.planning.messages import Flows
from services.scheduling.planning.plan import UNITS
from services.scheduling.planning.solve.families import Family, days_out
from services.scheduling.planning.solve.highs import INF, Highs
from services.scheduling.planning.solve.seats import Seats
from services.scheduling.planning.worker import Told

_NEAR = (40, 20)  # classes per group to begin with, and groups per class
_AGAIN = 12  # classes per group to which people are expected to come twice
_BLOCK = 512  # groups at a time: a city's table is large
_PER_GROUP = 12  # at most so many new classes per group and turn
_TINY = 1e-6
Rows = tuple[Ints, Bools | None]


@dataclass(frozen=True, slots=True)
class Alike:
    """`of[n]`: the number of the kind of each, -1 where it is of none; `first`, `count` by kind."""

    of: Ints
    first: Ints
    count: Floats


def alike(total: int, keys: Iterable[tuple[int, tuple[object, ...]]]) -> Alike:
    """`keys`: number and what makes it what it is."""
    of: Ints = np.full(total, -1, dtype=np.int64)
    kinds, first, count = dict[tuple[object, ...], int](), list[int](), list[int]()
    for n, key in keys:
        kind = kinds.setdefault(key, len(kinds))
        if kind == len(first):
            first.append(n)
            count.append(0)
        of[n] = kind
        count[kind] += 1
    return Alike(of, np.array(first, dtype=np.int64), np.array(count, dtype=float))


class Grouped:
    """The programme of one kind of visits: y[g, c], as often as people of group g come to rounds of class c."""

    def __init__(self, view: Indexed, groups: Alike, classes: Alike, ok: Bools, cost: Floats) -> None:
        self.view, self.groups, self.classes = view, groups, classes
        table = np.ix_(groups.first, classes.first)
        self.ok: Bools = ok[table]
        self.cost: Floats = np.where(self.ok, cost[table], np.inf)
        self.home, self.host = view.home[groups.first], view.host[classes.first]
        self.model = Highs(1)
        self.of_class: list[Rows] = []
        self.of_group: list[Ints] = []
        self.families: list[Family] = []
        self.g: Ints = np.zeros(0, dtype=np.int64)
        self.c: Ints = np.zeros(0, dtype=np.int64)
        self.column: Ints = np.zeros(0, dtype=np.int64)
        self.within: Bools = np.zeros(self.ok.shape, dtype=bool)
        self.flow: tuple[Ints, Ints, Floats] | None = None

    def _row(self, lower: Floats, upper: Floats) -> Ints:
        return self.model.add_rows(lower, upper, (np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)))

    def _slack(self, rows: Ints, points: float, most: Floats, sign: float = 1.0) -> None:
        count = len(rows)
        entries = (np.arange(count), rows)
        self.model.add_columns(np.full(count, points * UNITS), np.zeros(count), most, entries, np.full(count, sign))

    def _begin(self) -> None:
        chosen = np.zeros_like(self.ok)
        for axis, few in ((1, _NEAR[0]), (0, _NEAR[1])):
            few = min(few, self.ok.shape[axis])
            if few:
                nearest = np.argpartition(self.cost, few - 1, axis=axis).take(np.arange(few), axis=axis)
                np.put_along_axis(chosen, nearest, True, axis=axis)
        self._add(*np.nonzero(chosen & self.ok))
        most = self._most(self.g, self.c)
        self._make_rows(most, self.families[:1])
        last = min(_AGAIN, self.ok.shape[1]) - 1
        if last >= 0:  # the other rules are seldom broken far away
            near = np.partition(self.cost, last, axis=1)[:, last]
            self._make_rows(np.where(self.cost[self.g, self.c] <= near[self.g], most, 0.0), self.families[1:])

    def _most(self, g: Ints, c: Ints) -> Floats:
        most: Floats = self.groups.count[g] * self.classes.count[c]
        return most

    def _add(self, g: Ints, c: Ints) -> None:
        if len(g) == 0:
            return
        rows = [row[c] if who is None else np.where(who[g, c], row[c], -1) for row, who in self.of_class]
        rows += [row[g] for row in self.of_group]
        rows += [family.row[family.key(g, c)] for family in self.families]
        at = np.arange(len(g))
        outer = np.concatenate([at[row >= 0] for row in rows])
        inner = np.concatenate([row[row >= 0] for row in rows])
        new = self.model.add_columns(self.cost[g, c], np.zeros(len(g)), self._most(g, c), (outer, inner))
        self.g, self.c = np.concatenate([self.g, g]), np.concatenate([self.c, c])
        self.column = np.concatenate([self.column, new])
        self.within[g, c] = True

    def _make_rows(self, values: Floats, families: list[Family]) -> int:
        """Rows for every rule of these families that the visits break."""
        made = 0
        for family in families:
            keys = family.broken(self.g, self.c, np.zeros(len(self.g), dtype=bool), values)
            if len(keys) == 0:
                continue
            place = np.full(len(family.limit) + 1, -1, dtype=np.int64)
            place[keys] = np.arange(len(keys))
            own = place[family.key(self.g, self.c)]
            entries = (own[own >= 0], self.column[own >= 0])
            rows = self.model.add_rows(np.full(len(keys), -INF), family.limit[keys].astype(float), entries)
            family.row[keys] = rows
            if family.slack is not None:
                most = np.broadcast_to(family.most, family.limit.shape)[keys]
                self._slack(rows, family.slack / UNITS, most.astype(float), -1.0)
            made += len(keys)
        return made

    def _outside(self, duals: Floats) -> tuple[float, Ints, Ints]:
        """What visits outside of the programme could save in all at its prices, and the best of each group."""
        total, groups, classes = 0.0, [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
        for family in self.families:
            family.read(duals)
        for start in range(0, len(self.home), _BLOCK):
            g = np.arange(start, min(start + _BLOCK, len(self.home)))[:, None]
            c = np.arange(len(self.host))[None, :]
            reduced = self.cost[g[:, 0]]
            for row, who in self.of_class:
                reduced -= duals[row] if who is None else np.where(who[g[:, 0]], duals[row], 0.0)
            for row in self.of_group:
                reduced -= duals[row[g]]
            for family in self.families:
                if (family.row >= 0).any():
                    reduced -= family.price[family.key(g, c)]
            outside = (reduced < -_TINY) & ~self.within[g[:, 0]]
            saved = np.where(outside, reduced, 0.0)
            total += float((saved * self._most(g, c)).sum())
            few = min(_PER_GROUP, saved.shape[1])
            best = np.argpartition(saved, few - 1, axis=1)[:, :few]
            n, k = np.nonzero(np.take_along_axis(outside, best, axis=1))
            groups.append(n + start)
            classes.append(best[n, k])
        return total, np.concatenate(groups), np.concatenate(classes)

    def relax(self, told: Told, tell: Callable[[float], None]) -> float:
        """Units that these visits cost at least in every plan; -inf where not even one turn was had."""
        bound = -np.inf
        while told.left > 0 and self.model.solve(told.left) and self.model.optimal:
            values = self.model.values[self.column]
            saved, g, c = self._outside(self.model.duals)
            bound = max(bound, self.model.objective + saved)
            self.flow = (self.g, self.c, values)
            tell(bound)
            made = self._make_rows(values, self.families)
            if made == 0 and len(g) == 0:
                break
            self._add(g, c)
        return bound

    def to_schools(self) -> list[tuple[int, int, float]]:
        """Group, school, how often in all."""
        if self.flow is None:
            return []
        g, c, times = self.flow
        some = times > _TINY
        return [
            (a, b, round(n, 6))
            for a, b, n in zip(g[some].tolist(), self.host[c[some]].tolist(), times[some].tolist(), strict=True)
        ]


def flows(observing: Grouped, leading: Grouped, *, last: bool) -> Flows:
    return Flows(
        observers=observing.groups.of.tolist(),
        visits=observing.to_schools(),
        leaders=leading.groups.of.tolist(),
        leads=leading.to_schools(),
        last=last,
    )


def tied(view: Indexed) -> bool:
    """Whether the full programme with the days left open knows more: of pins, pairs, who both leads and observes."""
    pinned = any(pin.observer is not None and not pin.ban for pin in view.instance.pins)
    return pinned or bool(view.instance.pairs) or bool((view.observes & view.facilitates).any())


class Observing(Grouped):
    """Who observes where: seats, roles, exchange, fair shares, and what is paid for people of one school or who
    come again."""

    def __init__(self, seats: Seats) -> None:
        view, weights = seats.view, seats.view.instance.weights
        classes = _classes(view, seats.seat_ok, seats.cost, leads=False)
        most = np.minimum(view.max_year, days_out(view))
        seen: dict[int, list[int]] = {}
        for (p, host), times in view.visited.items():
            if times > 0:
                seen.setdefault(p, []).append(host)
        kinds = (view.home, view.principal, view.teacher, view.person_region, most, view.share_low, view.share_high)
        own = np.stack([np.asarray(kind, dtype=np.int64) for kind in kinds], axis=1)
        who = np.flatnonzero(view.observes)
        rows = _digests(seats.seat_ok, seats.cost, who, classes.first)
        keys = ((p, (*own[p].tolist(), rows[n], *sorted(seen.get(p, ())))) for n, p in enumerate(who.tolist()))
        super().__init__(view, alike(len(view.people), keys), classes, seats.seat_ok, seats.cost)
        first, r, n, m = self.groups.first, classes.first, self.groups.count, classes.count
        target, least = view.target[r] * m, view.least[r] * m
        seat = self._row(target, view.most[r] * m)
        self._slack(seat, weights.empty_seat, target - least)
        self._slack(seat, weights.empty_seat + weights.below_minimum, least)
        self.of_class.append((seat, None))
        for name, has in (("principals", view.principal), ("teachers", view.teacher)):
            wanted = np.array([getattr(view.rounds[k], name) for k in r], dtype=float) * m
            role = self._row(wanted, np.full(len(r), INF))
            self._slack(role, weights.missing_role, wanted)
            self.of_class.append((role, np.broadcast_to(has[first][:, None], self.ok.shape)))
        if weights.no_exchange:
            away = self._row(m, np.full(len(r), INF))
            self._slack(away, weights.no_exchange, m)
            self.of_class.append((away, view.person_region[first][:, None] != view.region[self.host][None, :]))
        fair = self._row(n * view.share_low[first], n * view.share_high[first])
        for sign in (1.0, -1.0):
            self._slack(fair, weights.fair_share, n, sign)
            self._slack(fair, weights.fair_share_more, np.full(len(n), INF), sign)
        self.of_group = [fair, self._row(np.full(len(n), -INF), n * most[first])]
        self.families = self._families(seen)
        self._begin()

    def _families(self, seen: dict[int, list[int]]) -> list[Family]:
        view, weights, limits = self.view, self.view.instance.weights, self.view.instance.limits
        hosts, at = np.unique(self.host, return_inverse=True)
        classes, schools = len(self.host), len(view.schools)
        home, m = self.home, self.classes.count
        place = {int(h): n for n, h in enumerate(hosts)}
        school = np.tile(m * min(limits.from_one_school, 1), schools)
        link, again = np.ones(schools * len(hosts)), np.repeat(self.groups.count, len(hosts))
        for (a, b), times in view.linked.items():
            if times > 0 and b in place:
                link[a * len(hosts) + place[b]] = 0
        for g, p in enumerate(self.groups.first.tolist()):
            for h in seen.get(p, ()):
                if h in place:
                    again[g * len(hosts) + place[h]] = 0

        def of_home(g: Ints, key: Ints) -> Ints:
            return np.where(home[g] >= 0, key, -1)

        second = np.tile(m * max(limits.from_one_school - 1, 0), schools)
        return [
            Family(
                "link",
                lambda g, c: of_home(g, home[g] * len(hosts) + at[c]),
                link,
                slack=weights.repeated_link * UNITS,
            ),
            Family(
                "school",
                lambda g, c: of_home(g, home[g] * classes + c),
                school,
                slack=weights.same_school * UNITS,
                most=second,
            ),
            Family("host", lambda g, c: g * len(hosts) + at[c], again, slack=weights.same_host * UNITS),
        ]


class Leading(Grouped):
    """Who leads where."""

    def __init__(self, seats: Seats) -> None:
        view, weights = seats.view, seats.view.instance.weights
        classes = _classes(view, seats.lead_ok, seats.cost, leads=True)
        most = np.minimum(np.minimum(view.max_year, days_out(view)), view.leader_left)
        who = np.flatnonzero(seats.lead_ok.any(axis=1))
        rows = _digests(seats.lead_ok, seats.cost, who, classes.first)
        own = np.stack([view.home, most, view.leader_fair], axis=1)
        keys = ((p, (*own[p].tolist(), rows[n])) for n, p in enumerate(who.tolist()))
        super().__init__(view, alike(len(view.people), keys), classes, seats.lead_ok, seats.cost)
        n, m = self.groups.count, classes.count
        led = self._row(m, m)
        self._slack(led, weights.no_facilitator, m)
        load = self._row(np.full(len(n), -INF), n * view.leader_fair[self.groups.first])
        self._slack(load, weights.facilitator_load, np.full(len(n), INF), -1.0)
        self.of_class = [(led, None)]
        self.of_group = [load, self._row(np.full(len(n), -INF), n * most[self.groups.first])]
        self._begin()


def _classes(view: Indexed, ok: Bools, cost: Floats, *, leads: bool) -> Alike:
    """Rounds of one host that ask for the same and that the same people may come to at the same cost."""

    def key(r: int) -> tuple[object, ...]:
        wanted = view.rounds[r]
        asks = (1,) if leads else (
            wanted.min_observers, wanted.target_observers, wanted.max_observers, wanted.principals, wanted.teachers,
        )  # fmt: skip
        return int(view.host[r]), asks, _digest(ok[:, r]), _digest(cost[:, r])

    return alike(len(view.rounds), ((r, key(r)) for r in range(len(view.rounds))))


def _digests(ok: Bools, cost: Floats, who: Ints, rounds: Ints) -> list[bytes]:
    return [_digest(ok[p, rounds]) + _digest(cost[p, rounds]) for p in who]


def _digest(values: Bools | Floats) -> bytes:
    return blake2b(np.ascontiguousarray(values).tobytes(), digest_size=16).digest()
