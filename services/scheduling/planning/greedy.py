"""A first plan at once: days one after the other, then the nearest people who are free.

Keeps every hard rule; what it cannot fill stays empty, what it cannot place stays without a day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from services.scheduling.planning.indexed import NO_CAP, Bools, Indexed, Ints
from services.scheduling.planning.instance import Instance
from services.scheduling.planning.plan import UNITS, Plan, RoundPlan


def greedy(instance: Instance) -> Plan:
    view = Indexed(instance)
    return staffed(view, place(view), method="greedy")


def place(view: Indexed) -> Ints:
    """A day per round, -1 where none was found: rounds spread over the year, disliked days and those
    without anybody to lead avoided."""
    days = np.full(len(view.rounds), -1, dtype=np.int64)
    per_day = np.zeros(len(view.dates), dtype=np.int64)
    per_region = np.zeros((len(view.regions), len(view.dates)), dtype=np.int64)
    seats = np.zeros(len(view.dates), dtype=np.int64)
    for r in np.flatnonzero(view.begun).tolist():  # its day is taken, whatever the others find
        d = days[r] = int(np.argmax(view.day_ok[r]))
        per_day[d] += 1
        per_region[view.region[view.host[r]], d] += 1
        seats[d] += view.target[r]
    hosts = sorted(view.by_host, key=lambda h: (min(view.day_ok[r].sum() for r in view.by_host[h]), h))
    for place, host in enumerate(hosts):
        rounds = view.by_host[host]
        latest = _latest(view, rounds)
        reached = -NO_CAP
        for turn, r in enumerate(rounds):
            gap = max(view.rounds[rounds[min(turn + 1, len(rounds) - 1)]].gap, 1)
            if view.begun[r]:
                reached = int(view.school_day[days[r]]) + gap
                continue
            free = view.day_ok[r] & (view.school_day >= reached) & (np.arange(len(view.dates)) <= latest[turn])
            free &= (per_day < view.day_left) & (per_region[view.region[host]] < view.region_left[view.region[host]])
            if not free.any():
                continue
            wished = (turn + (place + 0.5) / len(hosts)) / len(rounds) * len(view.dates)
            off = np.abs(np.arange(len(view.dates)) - wished) * 0.05
            score = view.day_cost[r] + off + seats * 0.5 + np.where(free, 0, 1e9)
            score += np.where(view.led(r), 0, view.instance.weights.no_facilitator)
            before = _published_day(view, r)
            if before is not None and free[before]:
                score[before] = -1
            d = int(np.argmin(score))
            days[r] = d
            per_day[d] += 1
            per_region[view.region[host], d] += 1
            seats[d] += view.target[r]
            reached = int(view.school_day[d]) + gap
    return days


def _latest(view: Indexed, rounds: list[int]) -> list[int]:
    """The last day for each round of a host that leaves room for those after it."""
    latest, bound, least = [0] * len(rounds), len(view.dates) - 1, 0
    for turn in reversed(range(len(rounds))):
        r = rounds[turn]
        ok = np.flatnonzero(view.day_ok[r] if view.begun[r] else view.day_ok[r][: bound + 1])
        latest[turn] = int(ok[-1]) if len(ok) else bound
        if latest[turn] < 0:  # no day before a visit that has begun
            continue
        before = view.school_day[latest[turn]] - max(view.rounds[r].gap, 1)
        bound = int(np.searchsorted(view.school_day, before, side="right")) - 1
        least = -1 if view.begun[r] else least  # what stays gives way to none
        bound = max(bound, least)
    return latest


def _published_day(view: Indexed, r: int) -> int | None:
    if view.instance.published is None:
        return None
    found = next((p.day for p in view.instance.published.rounds if p.round == view.rounds[r].id), None)
    return view.day_of.get(found) if found else None


class Staffing:
    """Who is out when: caps, cover and one place a day, kept while seats are filled one by one."""

    def __init__(self, view: Indexed) -> None:
        self.view = view
        people = len(view.people)
        self.month = np.zeros((people, len(view.months)), dtype=np.int64)
        self.term = np.zeros((people, max(len(view.instance.terms), 1)), dtype=np.int64)
        self.year = np.zeros(people, dtype=np.int64)
        self.visits = np.zeros(people, dtype=np.int64)
        self.led = np.zeros(people, dtype=np.int64)
        self.busy: dict[int, Bools] = {}
        self.out: dict[int, Ints] = {}
        self.seen: Bools = np.zeros((len(view.schools), people), dtype=bool)
        for (p, host), times in view.visited.items():
            self.seen[host, p] = times > 0

    def free(self, d: int) -> Bools:
        """Who can be out on day d."""
        view = self.view
        ok = (self.month[:, view.month[d]] < view.max_month) & (self.year < view.max_year)
        if view.term[d] >= 0:
            ok &= self.term[:, view.term[d]] < view.max_term
        if d in self.busy:
            ok &= ~self.busy[d]
            full = self.out[d] >= view.cover[:, d]
        else:
            full = view.cover[:, d] <= 0
        return ok & ~np.where(view.home >= 0, full[view.home], False)

    def take(self, p: int, r: int, d: int, *, leads: bool = False) -> None:
        view = self.view
        if d not in self.busy:
            self.busy[d] = np.zeros(len(view.people), dtype=bool)
            self.out[d] = np.zeros(len(view.schools), dtype=np.int64)
        self.busy[d][p] = True
        if view.home[p] >= 0:
            self.out[d][view.home[p]] += 1
        self.month[p, view.month[d]] += 1
        if view.term[d] >= 0:
            self.term[p, view.term[d]] += 1
        self.year[p] += 1
        if leads:
            self.led[p] += 1
        else:
            self.visits[p] += 1
            self.seen[view.host[r], p] = True

    def room(self, p: int, d: int) -> bool:
        """Whether this one person can be out: what `free` says of everybody."""
        view, home, term = self.view, self.view.home[p], self.view.term[d]
        if self.month[p, view.month[d]] >= view.max_month[p] or self.year[p] >= view.max_year[p]:
            return False
        if (term >= 0 and self.term[p, term] >= view.max_term[p]) or (d in self.busy and self.busy[d][p]):
            return False
        out = self.out[d][home] if d in self.out and home >= 0 else 0
        return bool(home < 0 or out < view.cover[home, d])


def staffed(view: Indexed, days: Ints, *, method: str, kept: Iterable[RoundPlan] = ()) -> Plan:
    """The plan of these days, people chosen one by one; the rounds `kept` have theirs already, of whom those are left
    out who are wanted by an earlier one or out too often."""
    staffing = Staffing(view)
    weights = view.instance.weights
    pinned: dict[int, list[int]] = {}
    for pin in view.instance.pins:
        if pin.observer is not None and not pin.ban:
            pinned.setdefault(view.round_of[pin.round], []).append(view.person_of[pin.observer])
    partners: dict[int, set[int]] = {}
    apart: dict[int, set[int]] = {}
    for pair in view.instance.pairs:
        kind = partners if pair.kind == "together" else apart
        a, b = view.person_of[pair.a], view.person_of[pair.b]
        kind.setdefault(a, set()).add(b)
        kind.setdefault(b, set()).add(a)
    teams: dict[int, list[int]] = {}
    leaders: dict[int, int] = {}
    for planned in kept:
        _keep(view, staffing, planned, leaders, teams)
    rest = (r for r in range(len(view.rounds)) if r not in teams)
    order = sorted(rest, key=lambda r: (r not in pinned, days[r], view.rounds[r].id))
    teams |= {r: [] for r in order}
    for r in order:  # leaders first: without one a round cannot be published
        if (d := int(days[r])) < 0:
            continue
        ok = view.can_lead(r, d) & staffing.free(d) & (staffing.led < view.leader_max)
        for p in pinned.get(r, []):
            ok[p] = False
        if ok.any():
            load = np.maximum(staffing.led + 1 - view.leader_share, 0) * weights.facilitator_load * UNITS
            score = np.where(ok, view.drive[:, r] + load + staffing.led * 5, 10**9)
            leaders[r] = int(np.argmin(score))
            staffing.take(leaders[r], r, d, leads=True)
    for r in order:
        if (d := int(days[r])) >= 0:
            _fill(view, staffing, r, d, teams[r], pinned.get(r, []), partners, apart)
    return finish(view, days, leaders, teams, method)


def _keep(
    view: Indexed, staffing: Staffing, planned: RoundPlan, leaders: dict[int, int], teams: dict[int, list[int]]
) -> None:
    r = view.round_of[planned.round]
    teams[r] = []
    if planned.day is None:
        return
    d = view.day_of[planned.day]
    if planned.facilitator is not None:
        p = view.person_of[planned.facilitator]
        if staffing.led[p] < view.leader_max and staffing.room(p, d):
            staffing.take(p, r, d, leads=True)
            leaders[r] = p
    for name in planned.observers:
        p = view.person_of[name]
        if staffing.room(p, d):
            staffing.take(p, r, d)
            teams[r].append(p)


def _fill(
    view: Indexed,
    staffing: Staffing,
    r: int,
    d: int,
    team: list[int],
    pinned: list[int],
    partners: dict[int, set[int]],
    apart: dict[int, set[int]],
) -> None:
    weights, limits = view.instance.weights, view.instance.limits
    homes: dict[int, int] = {}

    def add(group: list[int]) -> bool:
        if len(team) + len(group) > view.most[r]:
            return False
        extra: dict[int, int] = {}
        for p in group:
            home = int(view.home[p])
            if home >= 0:
                extra[home] = extra.get(home, 0) + 1
            if not can[p] or not staffing.room(p, d) or p in team or any(q in apart.get(p, ()) for q in team):
                return False
        if any(homes.get(h, 0) + n > limits.from_one_school for h, n in extra.items()):
            return False
        if d in staffing.out and any(staffing.out[d][h] + n > view.cover[h, d] for h, n in extra.items()):
            return False
        for p in group:
            staffing.take(p, r, d)
            team.append(p)
        for h, n in extra.items():
            homes[h] = homes.get(h, 0) + n
        return True

    def with_partners(p: int) -> list[int]:
        group, to_see = {p}, [p]
        while to_see:
            for q in partners.get(to_see.pop(), ()):
                if q not in group:
                    group.add(q)
                    to_see.append(q)
        return sorted(group)

    can = view.can_observe(r, d)
    for p in pinned:
        if p not in team:
            add(with_partners(p))
    ok = can & staffing.free(d)
    candidates = np.flatnonzero(ok)
    ahead = staffing.visits[candidates]
    fairness = np.where(
        ahead < view.share_high[candidates], ahead * 4, 60 + 120 * (ahead - view.share_high[candidates])
    )
    again = staffing.seen[view.host[r], candidates]
    score = view.drive[candidates, r] + fairness + again * round(weights.same_host * UNITS)
    by_score = candidates[np.argsort(score, kind="stable")]
    ranked: list[int] = by_score.tolist()
    for mask, needed in ((view.principal, view.rounds[r].principals), (view.teacher, view.rounds[r].teachers)):
        for p in by_score[mask[by_score]].tolist() if needed else ():
            if sum(bool(mask[q]) for q in team) >= needed:
                break
            add(with_partners(p))
    for second in (False, True):  # a second person of one school only where nobody else is left
        for p in ranked:
            if len(team) >= view.target[r]:
                return
            group = with_partners(p)
            fits = len(team) + len(group) <= max(view.target[r], len(group))
            if fits and (second or not homes.get(int(view.home[p]), 0)):
                add(group)


def finish(view: Indexed, days: Ints, leaders: dict[int, int], teams: dict[int, list[int]], method: str) -> Plan:
    """The plan in the caller's ids, with its cost."""
    rounds = []
    for r, wanted in enumerate(view.rounds):
        team = teams.get(r, []) if days[r] >= 0 else []
        lead = leaders.get(r)
        rounds.append(
            RoundPlan(
                round=wanted.id,
                day=view.dates[days[r]] if days[r] >= 0 else None,
                facilitator=view.people[lead].id if lead is not None and days[r] >= 0 else None,
                observers=tuple(sorted(view.people[p].id for p in team)),
                empty=max(0, wanted.target_observers - len(team)),
                below_minimum=max(0, wanted.min_observers - len(team)),
                principals_missing=max(0, wanted.principals - sum(bool(view.principal[p]) for p in team)),
                teachers_missing=max(0, wanted.teachers - sum(bool(view.teacher[p]) for p in team)),
            )
        )
    plan = Plan(rounds=tuple(rounds), method=method)
    parts = view.recount.of(plan)
    return replace(plan, parts=parts, cost=round(sum(parts.values()), 6))
