"""A plan's cost counted anew from the instance, by soft rule; no model has a hand in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import combinations
from math import asin, ceil, cos, floor, radians, sin, sqrt

from services.scheduling.planning.instance import OFFICE, Instance, Observer, RoundWanted, School
from services.scheduling.planning.plan import SOFT_RULES, Plan, RoundPlan

Dated = list[tuple[RoundWanted, RoundPlan, date]]
Pairs = Counter[tuple[str, str]]


def recount(instance: Instance, plan: Plan) -> dict[str, float]:
    """Points by soft rule, without those at 0. Rounds without a day cost nothing here: they break a hard rule."""
    return Recount(instance).of(plan)


class Recount:
    """Counts several plans of one instance; the ways between schools are measured once."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.schools: dict[str, School] = {s.id: s for s in instance.schools}
        self.people: dict[str, Observer] = {o.id: o for o in instance.observers}
        self.wanted: dict[str, RoundWanted] = {r.id: r for r in instance.rounds}
        self.before = {p.round: p for p in instance.published.rounds} if instance.published else {}
        self.ways: dict[tuple[str | None, str], int] = {}
        self.old_hosts = {(v.observer, v.host): v.times for v in instance.history.visited}
        self.old_links, self.old_met = Pairs(), Pairs()
        for v in instance.history.visited:
            if v.observer in self.people and (home := self.people[v.observer].home):
                self.old_links[home, v.host] += v.times
        for m in instance.history.met:
            self.old_met[min(m.a, m.b), max(m.a, m.b)] += m.times

    def of(self, plan: Plan) -> dict[str, float]:
        """See `recount`."""
        weights, parts = self.instance.weights, dict.fromkeys(SOFT_RULES, 0.0)
        dated: Dated = [
            (self.wanted[r.round], r, r.day) for r in plan.rounds if r.day is not None and r.round in self.wanted
        ]
        for wanted, planned, day in dated:
            team = [self.people[n] for n in planned.observers if n in self.people]
            parts["no_facilitator"] += weights.no_facilitator * (planned.facilitator is None)
            parts["empty_seat"] += weights.empty_seat * max(0, wanted.target_observers - len(team))
            parts["below_minimum"] += weights.below_minimum * max(0, wanted.min_observers - len(team))
            for role, needed in (("principal", wanted.principals), ("teacher", wanted.teachers)):
                parts["missing_role"] += weights.missing_role * max(0, needed - sum(p.role == role for p in team))
            homes = Counter(p.home for p in team if p.home)
            parts["same_school"] += weights.same_school * sum(n - 1 for n in homes.values())
            parts["disliked_day"] += weights.disliked_day * self.schools[wanted.host].disliked.get(day, 0)
            driven = sum(self._minutes(p.home, wanted.host) for p in team)
            if planned.facilitator in self.people:
                driven += self._minutes(self.people[planned.facilitator].home, wanted.host)
            parts["driving"] += weights.driving_5_minutes * driven / 5
            parts["change"] += self._changes(wanted, planned, day)
            region = self.schools[wanted.host].region
            if weights.no_exchange and all(self._region(p) == region for p in team):
                parts["no_exchange"] += weights.no_exchange
        self._over_the_year(parts, dated)
        if weights.uneven_pace:
            parts["uneven_pace"] = weights.uneven_pace * self._uneven([day for _, _, day in dated])
        return {name: round(points, 6) for name, points in sorted(parts.items()) if points}

    def _over_the_year(self, parts: dict[str, float], dated: Dated) -> None:
        weights = self.instance.weights
        visits: Counter[str] = Counter()
        hosts, links, met = Pairs(), Pairs(), Pairs()
        for wanted, planned, _ in dated:
            for name in planned.observers:
                visits[name] += 1
                hosts[name, wanted.host] += 1
                if name in self.people and (home := self.people[name].home):
                    links[home, wanted.host] += 1
            if weights.met_again:
                met.update(combinations(sorted(planned.observers), 2))

        parts["same_host"] = weights.same_host * _repeats(hosts, self.old_hosts)
        parts["repeated_link"] = weights.repeated_link * _repeats(links, self.old_links)
        parts["met_again"] = weights.met_again * _repeats(met, self.old_met)
        observers = [p for p in self.instance.observers if p.observes]
        if observers:
            seats = sum(r.target_observers for r in self.instance.rounds) + sum(p.out_before for p in observers)
            low, high = floor(seats / len(observers)), ceil(seats / len(observers))
            for person in observers:
                count = visits[person.id] + person.out_before
                reachable = low if person.max_year is None else min(low, person.max_year)
                off = max(reachable - count, count - max(high, person.out_before), 0)
                parts["fair_share"] += weights.fair_share * min(off, 1) + weights.fair_share_more * max(off - 1, 0)
        leaders = sum(p.facilitates for p in self.instance.observers)
        if leaders:
            fair = ceil(len(self.instance.rounds) / leaders)
            led = Counter(p.facilitator for _, p, _ in dated if p.facilitator)
            parts["facilitator_load"] = weights.facilitator_load * sum(max(0, n - fair) for n in led.values())

    def _uneven(self, held: list[date]) -> int:
        """Rounds by which each week's end is ahead of an even pace or behind it, all weeks together."""
        closed = set(self.instance.limits.closed_kinds)
        open_days = [d.date for d in self.instance.days if not closed & set(d.kinds)]
        wanted, off = len(self.instance.rounds), 0
        for sunday in {d + timedelta(6 - d.weekday()) for d in open_days}:
            least, rest = divmod(wanted * sum(d <= sunday for d in open_days), len(open_days))
            done = sum(d <= sunday for d in held)
            off += max(0, least - done, done - least - (rest > 0))
        return off

    def _changes(self, wanted: RoundWanted, planned: RoundPlan, day: date) -> float:
        published, before = self.instance.published, self.before.get(wanted.id)
        if published is None or before is None:
            return 0.0
        then = {*before.observers, before.facilitator} - {None}
        now = {*planned.observers, planned.facilitator} - {None}
        told = len(then ^ now) if day == before.day else len(then | now) + 1  # and the host
        nearness = before.day - published.today
        times = 1.6 if nearness <= timedelta(days=7) else 1.2 if nearness <= timedelta(days=21) else 1.0
        return self.instance.weights.change * times * told

    def _region(self, person: Observer) -> str:
        return person.region or (self.schools[person.home].region if person.home in self.schools else "")

    def _minutes(self, home: str | None, host: str) -> int:
        way = self.ways.get((home, host))
        if way is None:
            way = self.ways[home, host] = self._way(home, host)
        return way

    def _way(self, home: str | None, host: str) -> int:
        travel, start = self.instance.travel, home or OFFICE
        if start == host:
            return 0
        known = travel.minutes.get(start, {}).get(host, travel.minutes.get(host, {}).get(start))
        if known is not None:
            return known
        if home is None:
            origin = (travel.office_lat, travel.office_lon)
        else:
            origin = (self.schools[home].lat, self.schools[home].lon)
        there = self.schools[host]
        if origin[0] is None or origin[1] is None or there.lat is None or there.lon is None:
            return travel.unknown_minutes
        lat1, lon1, lat2, lon2 = map(radians, (origin[0], origin[1], there.lat, there.lon))
        h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
        km = 2 * 6371.0 * asin(sqrt(h)) * travel.detour
        return round(km / travel.km_per_hour * 60) + travel.start_minutes


def _repeats(now: Pairs, old: Mapping[tuple[str, str], int]) -> int:
    """How often something came again: every time but the first, be that now or before."""
    return now.total() - len(now) + sum(n > 0 for k, n in old.items() if k in now)
