"""New colleagues over the year: two people of two rounds change places where fewer then meet again.

A search on the finished plan, for pairs who meet have no place in the people's programme: there are too many. A plan
is only taken when it costs less in all and breaks no rule.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from services.scheduling.planning.check import violations
from services.scheduling.planning.indexed import Indexed
from services.scheduling.planning.plan import UNITS, Plan
from services.scheduling.planning.worker import Told

_OTHERS = 12
"""Rounds that a person's place is offered to, per try."""
_CHECKED = 40
"""Changes of place after which the plan is checked and kept; more in large districts, where a check takes long."""


def mixed(view: Indexed, plan: Plan, told: Told, *, seconds: float) -> Plan:
    """The plan, or one of less cost in which fewer people meet again."""
    instance, until = view.instance, told.seconds + seconds
    if not instance.weights.met_again or not plan.complete:
        return plan
    best, checked = plan, max(_CHECKED, len(plan.rounds) // 4)
    for n, tried in enumerate(_swaps(view, plan, told, until, random.Random(instance.search.seed)), start=1):
        if n % checked == 0:
            best = _better(view, best, tried)
        plan = tried
    return _better(view, best, plan)


def _better(view: Indexed, best: Plan, tried: Plan) -> Plan:
    parts = view.recount.of(tried)
    cost = round(sum(parts.values()), 6)
    if cost < best.cost - 1e-6 and not violations(view.instance, tried):
        return replace(tried, parts=parts, cost=cost)
    return best


class _Teams:
    """Who is where, and how often each two people are together."""

    def __init__(self, view: Indexed, plan: Plan) -> None:
        self.view = view
        self.held = {n for pair in view.instance.pairs for n in (pair.a, pair.b)}
        self.held |= {pin.observer for pin in view.instance.pins if pin.observer}
        self.teams = [set(r.observers) for r in plan.rounds]
        self.round = [view.round_of[r.round] for r in plan.rounds]
        self.day = [view.day_of[r.day] for r in plan.rounds if r.day is not None]
        self.price = view.instance.weights.met_again * UNITS
        self.met = Counter[tuple[str, str]]()
        for old in view.instance.history.met:
            self.met[min(old.a, old.b), max(old.a, old.b)] += old.times
        self.out = Counter[tuple[int, int]]()  # by home and day
        self.busy = set[tuple[str, int]]()
        self.seen, self.linked = Counter(view.visited), Counter(view.linked)
        for n, planned in enumerate(plan.rounds):
            self.met.update((a, b) for a in planned.observers for b in planned.observers if a < b)
            for name in {*planned.observers, planned.facilitator} - {None}:
                self.busy.add((str(name), self.day[n]))
                self.out[self.home(str(name)), self.day[n]] += 1
            for name in planned.observers:
                self._visit(name, n, 1)

    def home(self, name: str) -> int:
        return int(self.view.home[self.view.person_of[name]])

    def again(self, name: str, team: set[str]) -> int:
        return sum(self.met[min(name, q), max(name, q)] > 0 for q in team)

    def _meet(self, name: str, team: set[str], by: int) -> None:
        for q in team:
            self.met[min(name, q), max(name, q)] += by

    def _may(self, name: str, n: int, instead: str) -> bool:
        """Whether `name` may come to the n-th round when `instead` goes."""
        view, home, d = self.view, self.home(name), self.day[n]
        if name in self.held or (name, d) in self.busy or name in self.teams[n]:
            return False
        same = self.home(instead) == home
        if (
            home >= 0
            and not same
            and (self.out[home, d] >= view.cover[home, d] or any(self.home(q) == home for q in self.teams[n]))
        ):
            return False
        return bool(view.can_observe(self.round[n], d)[view.person_of[name]])

    def _visit(self, name: str, n: int, by: int) -> None:
        host = int(self.view.host[self.round[n]])
        self.seen[self.view.person_of[name], host] += by
        self.linked[self.home(name), host] += by

    def _way(self, name: str, n: int) -> float:
        """What coming to the round costs besides whom one meets, while the visit is not counted."""
        view, host = self.view, int(self.view.host[self.round[n]])
        p, weights = view.person_of[name], view.instance.weights
        again = weights.same_host * (self.seen[p, host] > 0)
        again += weights.repeated_link * (self.linked[self.home(name), host] > 0)
        return float(view.drive[p, self.round[n]]) + UNITS * again

    def swap(self, n: int, p: str, m: int, q: str) -> bool:
        """Lets p and q change places where that pays; False where it does not."""
        people = self.view.people
        role = people[self.view.person_of[p]].role == people[self.view.person_of[q]].role
        if not role or not self._may(p, m, q) or not self._may(q, n, p):
            return False
        here, there = self.teams[n] - {p}, self.teams[m] - {q}
        self._meet(p, here, -1)
        self._meet(q, there, -1)
        fewer = self.again(p, here) + self.again(q, there) - self.again(p, there) - self.again(q, here)
        self._visit(p, n, -1)
        self._visit(q, m, -1)
        way = self._way(p, n) + self._way(q, m) - self._way(p, m) - self._way(q, n)
        if pays := self.price * fewer + way > 0:
            here, there = here | {q}, there | {p}
            self.teams[n], self.teams[m] = here, there
            for name, old, new in ((p, n, m), (q, m, n)):
                self.busy.remove((name, self.day[old]))
                self.busy.add((name, self.day[new]))
                self.out[self.home(name), self.day[old]] -= 1
                self.out[self.home(name), self.day[new]] += 1
            p, q = q, p
        self._visit(p, n, 1)  # whoever is there now
        self._visit(q, m, 1)
        self._meet(p, here - {p}, 1)
        self._meet(q, there - {q}, 1)
        return pays


def _swaps(view: Indexed, plan: Plan, told: Told, until: float, dice: random.Random) -> Iterator[Plan]:
    """Plans, each with one more change of places, within a month, that ought to pay."""
    now = _Teams(view, plan)
    order = [(n, p) for n, team in enumerate(now.teams) for p in sorted(team)]
    dice.shuffle(order)
    months: dict[int, list[int]] = {}
    for n, d in enumerate(now.day):
        months.setdefault(int(view.month[d]), []).append(n)
    for n, p in order:
        if told.left <= 0 or told.seconds > until:
            return
        if p not in now.teams[n] or not any(now.met[min(p, q), max(p, q)] > 1 for q in now.teams[n] if q != p):
            continue
        near = months[int(view.month[now.day[n]])]
        places = [(m, q) for m in dice.sample(near, min(_OTHERS, len(near))) if m != n for q in sorted(now.teams[m])]
        changed = next((m for m, q in places if now.swap(n, p, m, q)), None)
        if changed is not None:
            rounds = list(plan.rounds)
            for k in (n, changed):
                rounds[k] = replace(rounds[k], observers=tuple(sorted(now.teams[k])))
            plan = replace(plan, rounds=tuple(rounds))
            yield plan
