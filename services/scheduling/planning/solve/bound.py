"""What the people cost at least, whatever the days: a bound at any prices, and prices that climb. For very large
districts in which few people are alike (groups.py).

A price is what a seat, a role, an exchange or a leader is worth to a round, and what people of one school pay on top
for a round or a host, beyond the first of them who is free. With prices given everybody chooses alone: the rounds that
pay most, as many as the fair share and the days out make worth while. That is a bound whatever the prices are. A round
that too few choose then pays more, one that too many choose less, and so on: the bound climbs near that of the
people's programme, in seconds where the programme takes minutes. Repeated visits of one person are not priced; the
programme sees them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from services.scheduling.planning.indexed import Floats, Ints
from services.scheduling.planning.plan import UNITS
from services.scheduling.planning.solve.families import days_out
from services.scheduling.planning.solve.seats import Seats
from services.scheduling.planning.worker import Told

_BLOCK = 1024  # people at a time: a city's table of seats is large
_NEAR = 160  # rounds that a person may choose from while prices climb in a large district; what is told looks at all
_AHEAD = 1.0  # the optimum is taken to be so much above the best that is known
_KEPT = 0.7  # of the last direction
_PATIENCE = 10  # steps without a better bound until they are made shorter
_SHORTEST = 1e-3
_TELL = 2.0  # seconds between two bounds that are told
Single = npt.NDArray[np.float32]
Value = tuple[float, list[Floats]]


def at_least(seats: Seats) -> float:
    """Units that each round's cheapest team costs where nothing ties rounds together: a first bound, at once."""
    view, total = seats.view, seats.constant
    empty = view.instance.weights.empty_seat * UNITS
    for r in range(len(view.rounds)):
        target, most = int(view.target[r]), int(view.most[r])
        cost = np.sort(seats.cost[seats.seat_ok[:, r], r])[:most]
        teams = np.concatenate([[0.0], np.cumsum(cost)])
        total += float((teams + empty * np.maximum(target - np.arange(len(teams)), 0)).min())
        leads = seats.cost[seats.lead_ok[:, r], r]
        total += min(float(leads.min(initial=np.inf)), view.instance.weights.no_facilitator * UNITS)
    return total


def climbed(seats: Seats, told: Told, tell: Callable[[float], None]) -> None:
    """Tells units that people cost at least in every plan, as they climb."""
    leaders, observers = _Leaders(seats), _Observers(seats)
    leading = _climb(leaders, told, lambda value: None)
    lead = leaders.at(leading)[0]
    _climb(observers, told, lambda value: tell(seats.constant + lead + value))


@dataclass(frozen=True, slots=True)
class _Limits:
    """Between what a kind of price may lie."""

    least: float
    most: float


class _Leaders:
    """Who leads, at a price per round."""

    def __init__(self, seats: Seats) -> None:
        view, weights = seats.view, seats.view.instance.weights
        self.limits = [_Limits(-np.inf, weights.no_facilitator * UNITS)]
        self.near = False
        self.start: list[Floats] = [np.zeros(len(view.rounds))]
        p = np.flatnonzero(seats.lead_ok.any(axis=1))
        self.cost = np.where(seats.lead_ok[p], seats.cost[p], np.inf)
        most = np.minimum(np.minimum(view.max_year, days_out(view)), view.leader_left)[p]
        count = np.arange(_columns(most, self.cost) + 1)[None, :]
        over = np.maximum(count - view.leader_fair[p][:, None], 0) * (weights.facilitator_load * UNITS)
        self.beside = np.where(count <= most[:, None], over, np.inf)

    def at(self, prices: list[Floats], near: bool = False) -> Value:
        cost, _, r = _choose(self.cost - prices[0], self.beside)
        led = np.bincount(r, minlength=len(prices[0]))
        return cost + float(prices[0].sum()), [(1 - led).astype(float)]


class _Observers:
    """Who observes. Prices: of a seat, a principal and a teacher by round; of a second person from one school by home
    and round, of a repeated link by home and host; of an exchange by round, where it counts."""

    def __init__(self, seats: Seats) -> None:
        view, weights = seats.view, seats.view.instance.weights
        self.view, rounds, homes = view, len(view.rounds), len(view.schools) + 1  # the last: of no school
        self.who = np.flatnonzero(view.observes)
        self.home = np.where(view.home < 0, homes - 1, view.home)[self.who]
        self.cost: Single = np.where(seats.seat_ok, seats.cost, np.inf)[self.who].astype(np.float32)
        self.principal, self.teacher = view.principal[self.who], view.teacher[self.who]
        self.elsewhere = view.person_region[self.who][:, None] != view.region[view.host][None, :]
        self.roles = [np.array([getattr(w, name) for w in view.rounds]) for name in ("principals", "teachers")]
        most = np.minimum(view.max_year, days_out(view))[self.who]
        count = np.arange(_columns(most, self.cost) + 1)[None, :]
        low, high = view.share_low[self.who][:, None], view.share_high[self.who][:, None]
        off = np.maximum(np.maximum(low - count, count - high), 0)
        unfair = UNITS * (weights.fair_share * np.minimum(off, 1) + weights.fair_share_more * np.maximum(off - 1, 0))
        self.beside = np.where(count <= most[:, None], unfair, np.inf)
        self.count = np.arange(int(view.most.max(initial=0)) + 1)[None, :]
        empty = np.maximum(view.target[:, None] - self.count, 0) * (weights.empty_seat * UNITS)
        below = np.maximum(view.least[:, None] - self.count, 0) * (weights.below_minimum * UNITS)
        self.empty = np.where(self.count <= view.most[:, None], empty + below, np.inf)
        self.of_home = np.full(homes, float(min(view.instance.limits.from_one_school, 1)))
        self.of_link = np.ones((homes, homes - 1))
        for link, times in view.linked.items():
            self.of_link[link] = times == 0
        role = _Limits(0.0, weights.missing_role * UNITS)
        pays = [weights.same_school * UNITS, weights.repeated_link * UNITS, weights.no_exchange * UNITS]
        self.limits = [_Limits(-np.inf, np.inf), role, role, *(_Limits(0.0, most) for most in pays)]
        self.near = rounds > 4 * _NEAR
        if self.near:
            blocks = [self.cost[n : n + _BLOCK] for n in range(0, len(self.who), _BLOCK)]
            nearest = [np.argpartition(block, _NEAR, axis=1)[:, :_NEAR] for block in blocks]
            self.nearest: Ints = np.concatenate(nearest) if nearest else np.zeros((0, _NEAR), dtype=np.int64)
        shapes = [(rounds,), (rounds,), (rounds,), (homes, rounds), (homes, homes - 1), (rounds,)]
        self.start: list[Floats] = [np.zeros(shape) for shape in shapes]

    def at(self, prices: list[Floats], near: bool = False) -> Value:
        """`near`: of the nearest rounds alone, which is quick and proves nothing."""
        view, (seat, principal, teacher, school, link, away) = self.view, prices
        rounds, hosts = len(seat), len(view.schools)
        total, p, r = self._chosen(prices, near)
        paid = self.empty + seat[:, None] * self.count
        wanted = paid.argmin(axis=1)
        total += float(paid.min(axis=1).sum() + (principal * self.roles[0]).sum() + (teacher * self.roles[1]).sum())
        total += float(away.sum() - (school * self.of_home[:, None]).sum() - (link * self.of_link).sum())
        home = self.home[p]
        of_home = np.bincount(home * rounds + r, minlength=school.size).reshape(school.shape) - self.of_home[:, None]
        of_link = np.bincount(home * hosts + view.host[r], minlength=link.size).reshape(link.shape) - self.of_link
        of_home[-1], of_link[-1] = 0.0, 0.0  # people of no school are no two of one
        lacking = [
            wanted - np.bincount(r, minlength=rounds),
            self.roles[0] - np.bincount(r[self.principal[p]], minlength=rounds),
            self.roles[1] - np.bincount(r[self.teacher[p]], minlength=rounds),
            of_home,
            of_link,
            1 - np.bincount(r[self.elsewhere[p, r]], minlength=rounds),
        ]
        return total, [way.astype(float) for way in lacking]

    def _chosen(self, prices: list[Floats], near: bool) -> tuple[float, Ints, Ints]:
        seat, principal, teacher, school, link, away = prices
        of_home = school + link[:, self.view.host] - seat[None, :]
        total, people, rounds = 0.0, [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
        for start in range(0, len(self.who), _BLOCK):
            here = slice(start, start + _BLOCK)
            p: Ints = np.arange(len(self.who))[here]
            among = self.nearest[here] if near else np.arange(len(seat))[None, :]
            own = self.cost[p[:, None], among] if near else self.cost[here]
            cost: Floats = own + (of_home[self.home[here][:, None], among] if near else of_home[self.home[here]])
            for who, price in ((self.principal[here], principal), (self.teacher[here], teacher)):
                cost[who] -= price[among[who] if near else among]
            if self.limits[-1].most:
                cost -= np.where(self.elsewhere[p[:, None], among], away[among], 0.0)
            value, chose, r = _choose(cost, self.beside[here])
            total += value
            people.append(chose + start)
            rounds.append(among[chose, r] if near else r)
        return total, np.concatenate(people), np.concatenate(rounds)


def _columns(most: Ints, cost: npt.NDArray[np.floating]) -> int:
    """So many rounds are looked at per person, who may be out that often."""
    return int(min(most.max(initial=0), cost.shape[1]))


def _choose(cost: Floats, beside: Floats) -> tuple[float, Ints, Ints]:
    """What everybody's cheapest choice costs in all, and who chooses which round. `beside` [p, k]: the cost of
    choosing k."""
    columns = min(beside.shape[1] - 1, cost.shape[1])
    if columns < cost.shape[1]:
        place = np.argpartition(cost, columns, axis=1)[:, :columns]
    else:
        place = np.broadcast_to(np.arange(cost.shape[1]), cost.shape)
    value = np.take_along_axis(cost, place, axis=1)
    order = np.argsort(value, axis=1, kind="stable")
    value, place = np.take_along_axis(value, order, axis=1), np.take_along_axis(place, order, axis=1)
    sums = np.concatenate([np.zeros((len(cost), 1)), np.cumsum(value, axis=1)], axis=1)
    sums += beside[:, : columns + 1]
    times = sums.argmin(axis=1)
    taken = (np.arange(columns)[None, :] < times[:, None]) & np.isfinite(value)
    p, n = np.nonzero(taken)
    return float(sums.min(axis=1, initial=np.inf).sum()), p, place[p, n]


def _climb(problem: _Leaders | _Observers, told: Told, tell: Callable[[float], None]) -> list[Floats]:
    """Prices at which the bound is high; `tell` hears of it now and then. Steps along what is lacking, the last
    direction kept in part, shorter where they do not help."""
    prices, limits = problem.start, problem.limits
    best, best_prices, length, idle, heard = -np.inf, prices, 1.0, 0, told.seconds
    direction = [np.zeros_like(price) for price in prices]
    while length > _SHORTEST and told.left > 0:
        value, lacking = problem.at(prices, problem.near)
        if value > best:
            idle = idle + 1 if value < best + 0.0005 * abs(best) else 0
            best, best_prices = value, prices
            if told.seconds > heard + _TELL:
                tell(problem.at(best_prices)[0])
                heard = told.seconds
        else:
            idle += 1
        if idle >= _PATIENCE:
            length, idle, prices = length / 1.5, 0, best_prices
        for n, (price, way, limit) in enumerate(zip(prices, lacking, limits, strict=True)):
            stuck = ((price <= limit.least) & (way < 0)) | ((price >= limit.most) & (way > 0))
            direction[n] = _KEPT * direction[n] + np.where(stuck, 0.0, way)
        square = sum(float((way * way).sum()) for way in direction)
        if square < 1e-9:
            break
        step = length * (best + _AHEAD * abs(best) - value + 1.0) / square
        prices = [
            np.clip(price + step * way, limit.least, limit.most)
            for price, way, limit in zip(prices, direction, limits, strict=True)
        ]
    tell(problem.at(best_prices)[0])
    return best_prices
