"""An instance as arrays, for the models: people p, rounds r, schools s, usable days d by number.

Costs are in units (plan.UNITS per point).
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from math import ceil, floor

import numpy as np
import numpy.typing as npt

from services.scheduling.planning.instance import STANDS, Instance
from services.scheduling.planning.plan import UNITS
from services.scheduling.planning.recount import Recount

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
NO_CAP = 10_000


class Indexed:
    """Everything that does not change while an instance is solved."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.schools = instance.schools
        self.people = instance.observers
        self.rounds = instance.rounds
        self.school_of = {s.id: n for n, s in enumerate(self.schools)}
        self.person_of = {o.id: n for n, o in enumerate(self.people)}
        self.round_of = {r.id: n for n, r in enumerate(self.rounds)}
        self._days()
        self._people()
        self._rounds()

    def _days(self) -> None:
        instance = self.instance
        school_days = sorted(d.date for d in instance.days if "no_school" not in d.kinds)
        number = {d: n for n, d in enumerate(school_days)}
        closed = set(instance.limits.closed_kinds)
        held = {r.day for r in instance.published.rounds} if instance.published else set()
        held |= {r.begun for r in instance.rounds if r.begun}
        self.dates: list[date] = sorted(
            d.date for d in instance.days if not closed & set(d.kinds) or (d.date in held and d.date in number)
        )
        usable = set(self.dates)
        self.closed: Bools = np.array(
            [bool(closed & set(d.kinds)) for d in sorted(instance.days, key=lambda d: d.date) if d.date in usable],
            dtype=bool,
        )
        self.day_of = {d: n for n, d in enumerate(self.dates)}
        self.school_day: Ints = np.array([number[d] for d in self.dates], dtype=np.int64)
        months = sorted({(d.year, d.month) for d in self.dates})
        self.months = months
        at = {month: n for n, month in enumerate(months)}
        self.month: Ints = np.array([at[d.year, d.month] for d in self.dates], dtype=np.int64)
        self.term: Ints = np.array(
            [next((n for n, t in enumerate(instance.terms) if t.first <= d <= t.last), -1) for d in self.dates],
            dtype=np.int64,
        )

    def _people(self) -> None:
        people, days = self.people, len(self.dates)
        self.home: Ints = np.array([self.school_of[o.home] if o.home else -1 for o in people], dtype=np.int64)
        self.observes: Bools = np.array([o.observes for o in people], dtype=bool)
        self.facilitates: Bools = np.array([o.facilitates for o in people], dtype=bool)
        self.principal: Bools = np.array([o.role == "principal" for o in people], dtype=bool)
        self.teacher: Bools = np.array([o.role == "teacher" for o in people], dtype=bool)

        def caps(values: list[int | None]) -> Ints:
            return np.array([NO_CAP if v is None else v for v in values], dtype=np.int64)

        self.max_month = caps([o.max_month for o in people])
        self.max_term = caps([o.max_term for o in people])
        self.month_left: Ints = np.repeat(self.max_month[:, None], len(self.months), axis=1)
        self.term_left: Ints = np.repeat(self.max_term[:, None], max(len(self.instance.terms), 1), axis=1)
        out_before = np.array([o.out_before for o in people], dtype=np.int64)
        self.out_before: Ints = out_before
        self.max_year: Ints = np.maximum(caps([o.max_year for o in people]) - out_before, 0)
        self.available: Bools = np.ones((len(people), days), dtype=bool)
        for p, person in enumerate(people):
            for day in person.unavailable:
                if (d := self.day_of.get(day)) is not None:
                    self.available[p, d] = False
        self.cover: Ints = np.array([[s.cover] * days for s in self.schools], dtype=np.int64).reshape(-1, days)
        for s, school in enumerate(self.schools):
            for day, cover in school.cover_on.items():
                if (d := self.day_of.get(day)) is not None:
                    self.cover[s, d] = cover
        self._shares()

    def _shares(self) -> None:
        """Fair shares of visits within these rounds, per person."""
        count = int(self.observes.sum())
        seats = sum(r.target_observers for r in self.rounds) + int(self.out_before[self.observes].sum())
        low, high = (floor(seats / count), ceil(seats / count)) if count else (0, 0)
        reachable = np.minimum(low, np.where(self.max_year >= NO_CAP - 1000, low, self.max_year + self.out_before))
        self.share_low: Ints = np.maximum(reachable - self.out_before, 0)
        self.share_high: Ints = np.maximum(high - self.out_before, 0)
        self.leader_share = ceil(len(self.rounds) / max(int(self.facilitates.sum()), 1))
        limit = self.instance.limits.facilitator_rounds
        self.leader_max = NO_CAP if limit is None else limit
        self.leader_left: Ints = np.full(len(self.people), self.leader_max, dtype=np.int64)
        self.leader_fair: Ints = np.full(len(self.people), self.leader_share, dtype=np.int64)

    def _rounds(self) -> None:
        rounds = self.rounds
        self.host: Ints = np.array([self.school_of[r.host] for r in rounds], dtype=np.int64)
        self.begun: Bools = np.array([r.begun is not None for r in rounds], dtype=bool)
        stand = {p.round: p.day for p in self.instance.pins if p.by == STANDS and p.day}
        self.stays_on = {n: day for n, r in enumerate(rounds) if (day := r.begun or stand.get(r.id))}
        self.stays: Bools = np.array([n in self.stays_on for n in range(len(rounds))], dtype=bool)
        self.least: Ints = np.array([r.min_observers for r in rounds], dtype=np.int64)
        self.target: Ints = np.array([r.target_observers for r in rounds], dtype=np.int64)
        self.most: Ints = np.array([r.max_observers for r in rounds], dtype=np.int64)
        regions = sorted({s.region for s in self.schools})
        self.regions = regions
        self.region: Ints = np.array([regions.index(s.region) for s in self.schools], dtype=np.int64)
        self.person_region: Ints = np.array(
            [
                regions.index(o.region) if o.region in regions and o.region else int(self.region[h]) if h >= 0 else -1
                for o, h in zip(self.people, self.home, strict=True)
            ],
            dtype=np.int64,
        )
        limits, n_days = self.instance.limits, len(self.dates)
        each, per_region = limits.rounds_per_day, limits.rounds_per_day_region
        self.day_left: Ints = np.full(n_days, NO_CAP if each is None else each, dtype=np.int64)
        self.region_left: Ints = np.full(
            (len(regions), n_days), NO_CAP if per_region is None else per_region, dtype=np.int64
        )
        self.by_host: dict[int, list[int]] = {}
        for r in sorted(range(len(rounds)), key=lambda r: rounds[r].number):
            self.by_host.setdefault(int(self.host[r]), []).append(r)
        self._day_ok()
        self._visited()
        self._pace()

    def _day_ok(self) -> None:
        instance = self.instance
        self.day_ok: Bools = np.zeros((len(self.rounds), len(self.dates)), dtype=bool)
        self.day_cost: Ints = np.zeros((len(self.rounds), len(self.dates)), dtype=np.int64)
        published = {p.round: p for p in instance.published.rounds} if instance.published else {}
        for r, wanted in enumerate(self.rounds):
            school = self.schools[self.host[r]]
            row = ~self.closed
            for day in school.blackouts:
                if (d := self.day_of.get(day)) is not None:
                    row[d] = False
            for d, day in enumerate(self.dates):
                if (wanted.first and day < wanted.first) or (wanted.last and day > wanted.last):
                    row[d] = False
            for day, steps in school.disliked.items():
                if (d := self.day_of.get(day)) is not None:
                    self.day_cost[r, d] += round(steps * instance.weights.disliked_day * UNITS)
            before = published.get(wanted.id)
            if before and instance.published:
                if before.day < instance.published.today:
                    row = np.array([d == before.day for d in self.dates], dtype=bool)
                elif instance.published.today:
                    row &= np.array([d >= instance.published.today for d in self.dates], dtype=bool)
            if wanted.begun:
                row = np.array([d == wanted.begun for d in self.dates], dtype=bool)
            self.day_ok[r] = row
        for pin in instance.pins:
            if pin.day is None:
                continue
            r, at = self.round_of[pin.round], self.day_of.get(pin.day)
            hit = np.zeros(len(self.dates), dtype=bool)
            if at is not None:
                hit[at] = True
            self.day_ok[r] &= ~hit if pin.ban else hit

    def _pace(self) -> None:
        """By week with an open day: the last usable day, and the rounds held by then at least and at most where all
        are spread evenly over the open days. Empty where that costs nothing."""
        opened = np.flatnonzero(~self.closed) if self.instance.weights.uneven_pace else np.zeros(0, dtype=np.int64)
        weeks = np.array([self.dates[d].toordinal() - self.dates[d].weekday() for d in opened], dtype=np.int64)
        last = np.flatnonzero(np.append(weeks[1:] > weeks[:-1], True)) if len(weeks) else weeks
        ordinals = np.array([d.toordinal() for d in self.dates], dtype=np.int64)
        self.pace_day: Ints = np.searchsorted(ordinals, weeks[last] + 6, side="right") - 1
        share = len(self.rounds) * (last + 1)
        self.pace_least: Ints = share // max(len(opened), 1)
        self.pace_most: Ints = -(-share // max(len(opened), 1))

    def _visited(self) -> None:
        self.visited: dict[tuple[int, int], int] = {}
        self.linked: dict[tuple[int, int], int] = {}
        for v in self.instance.history.visited:
            p, s = self.person_of[v.observer], self.school_of[v.host]
            self.visited[p, s] = self.visited.get((p, s), 0) + v.times
            if self.home[p] >= 0:
                link = (int(self.home[p]), s)
                self.linked[link] = self.linked.get(link, 0) + v.times

    @cached_property
    def recount(self) -> Recount:
        return Recount(self.instance)

    @cached_property
    def minutes(self) -> Ints:
        """Minutes from each school (and, in the last row, the office) to each school."""
        travel, schools = self.instance.travel, self.schools
        here = [(s.lat, s.lon) for s in schools] + [(travel.office_lat, travel.office_lon)]
        known = np.array([a is not None and b is not None for a, b in here])
        lat = np.radians([a or 0.0 for a, _ in here])
        lon = np.radians([b or 0.0 for _, b in here])
        h = (
            np.sin((lat[None, :] - lat[:, None]) / 2) ** 2
            + np.cos(lat[:, None]) * np.cos(lat[None, :]) * np.sin((lon[None, :] - lon[:, None]) / 2) ** 2
        )
        km = 2 * 6371.0 * np.arcsin(np.sqrt(h)) * travel.detour
        table = np.rint(km / travel.km_per_hour * 60).astype(np.int64) + travel.start_minutes
        table[~(known[:, None] & known[None, :])] = travel.unknown_minutes
        names = [s.id for s in schools] + ["office"]
        place = {name: n for n, name in enumerate(names)}
        for both_ways in (True, False):  # the exact direction wins over the other
            for start, row in travel.minutes.items():
                for end, minutes in row.items():
                    if start in place and end in place:
                        a, b = place[start], place[end]
                        table[(b, a) if both_ways else (a, b)] = minutes
        np.fill_diagonal(table, 0)
        answer: Ints = table[:, :-1]
        return answer

    @cached_property
    def minutes_cost(self) -> Ints:
        """`minutes` as units of cost."""
        weight = self.instance.weights.driving_5_minutes
        return self.minutes if weight == 1 else np.rint(self.minutes * weight).astype(np.int64)

    @cached_property
    def drive(self) -> Ints:
        """Cost in units of each person's way to each round's host."""
        answer: Ints = self.minutes_cost[self.home][:, self.host]
        return answer

    @cached_property
    def may_observe(self) -> Bools:
        """[p, r]: nothing but the day stands against it (training is asked of the day)."""
        ok: Bools = self.observes[:, None] & (self.home[:, None] != self.host[None, :])
        for r, wanted in enumerate(self.rounds):
            if wanted.network:
                ok[:, r] &= np.array([wanted.network in o.networks for o in self.people], dtype=bool)
        for pin in self.instance.pins:
            if pin.observer is not None and pin.ban:
                ok[self.person_of[pin.observer], self.round_of[pin.round]] = False
        return ok

    @cached_property
    def may_lead(self) -> Bools:
        ok: Bools = self.facilitates[:, None] & (self.home[:, None] != self.host[None, :])
        for r, wanted in enumerate(self.rounds):
            if wanted.facilitators is not None:
                pool = set(wanted.facilitators)
                ok[:, r] &= np.array([o.id in pool for o in self.people], dtype=bool)
        for pin in self.instance.pins:
            if pin.facilitator is not None:
                r, p = self.round_of[pin.round], self.person_of[pin.facilitator]
                if pin.ban:
                    ok[p, r] = False
                else:
                    ok[np.arange(len(self.people)) != p, r] = False
        return ok

    @cached_property
    def certified(self) -> dict[str, Bools]:
        """By protocol: [p, d], whether the person is certified on the day."""
        tables: dict[str, Bools] = {}
        for protocol in {r.protocol for r in self.rounds}:
            table = np.zeros((len(self.people), len(self.dates)), dtype=bool)
            for p, person in enumerate(self.people):
                for c in person.certifications:
                    if c.protocol == protocol:
                        table[p] |= [c.since <= d and (c.until is None or d <= c.until) for d in self.dates]
            tables[protocol] = table
        return tables

    def can_observe(self, r: int, d: int) -> Bools:
        """Who may observe round r on day d."""
        ok = self.may_observe[:, r] & self.available[:, d]
        return ok & self.certified[self.rounds[r].protocol][:, d] if self.rounds[r].trained else ok

    def can_lead(self, r: int, d: int) -> Bools:
        ok: Bools = self.may_lead[:, r] & self.available[:, d] & self.certified[self.rounds[r].protocol][:, d]
        return ok

    def led(self, r: int) -> Bools:
        """[d]: somebody can lead round r on the day."""
        who = self.may_lead[:, r]
        ok: Bools = np.any(self.available[who] & self.certified[self.rounds[r].protocol][who], axis=0)
        return ok
