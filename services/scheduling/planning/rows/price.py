"""The cheapest rows of a person at given prices: exact, by dynamic programming over stretches of days on.

A row is one person's whole roster. It is a chain of stretches with days off between them. What a row has used up so
far is its state: weekends, shifts in all, and shifts of each kind that has a limit or a length of its own. People
with the same rules are priced together, as arrays. Costs are multiples of a power of two (`UNIT`), so that sums are
exact: a row is found again by equality, and a bound has no rounding in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from services.scheduling.planning.indexed import Floats, Ints
from services.scheduling.planning.rows.roster import Person, Roster

UNIT = 2.0**-20
Row = tuple[tuple[int, int], ...]
"""(day, shift by number), in order of days."""
State = tuple[int, ...]
"""Weekends, shifts in all, then shifts of each counted kind."""
Counts = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tables:
    """Costs by day, person and state. `rested[d]`: a stretch may begin on d; `worked[d]`: one ended on the day before.

    `stretch[length][counts][last shift]`: by person and first day; `cheapest` the same over all last shifts.
    """

    cost: Floats
    stretch: list[dict[Counts, dict[int, Floats]]]
    cheapest: list[tuple[int, Counts, Floats]]
    rested: list[Floats]
    worked: list[Floats]
    final: Floats


def _kinds(roster: Roster, person: Person) -> list[tuple[int, int]]:
    """Which kind each shift is counted as: (minutes, -1) where its limit is none, (minutes, its number) otherwise."""
    found = []
    for n, (name, (length, _)) in enumerate(roster.shifts.items()):
        whole = min(roster.days, person.most_minutes // length)
        most = person.most_of_shift.get(name, whole)
        found.append((length, n if 0 < most < whole else -1))
    return found


class Alike:
    """People (by number) whose shifts are counted in the same kinds and who rest alike."""

    def __init__(self, roster: Roster, who: Ints) -> None:
        self.who = who
        people = [roster.people[n] for n in who]
        self.days, self.weekends = roster.days, people[0].most_weekends
        self.longest, self.shortest, self.rest = people[0].most_on, people[0].least_on, max(1, people[0].least_off)
        names = list(roster.shifts)
        self.after = [[t for t, name in enumerate(names) if name not in never] for _, never in roster.shifts.values()]
        of_shift = _kinds(roster, people[0])
        kinds = sorted(set(of_shift), key=lambda kind: kind[1])
        self.kind = [kinds.index(kind) for kind in of_shift]
        most = [{n: p.most_of_shift.get(name, roster.days) for n, name in enumerate(names)} for p in people]
        limits = [[each.get(n, roster.days) for _, n in kinds] for each in most]
        self.limits = [max(of_all) for of_all in zip(*limits, strict=True)]
        shortest, longest = min(length for length, _ in kinds), max(length for length, _ in kinds)
        least = -(-min(p.least_minutes for p in people) // longest)
        self._range(least, min(roster.days, max(p.most_minutes for p in people) // shortest))
        total, *others = np.indices((self.high[-1] - self.low[-1] + 1, *(n + 1 for n in self.limits[1:])))
        counts = np.array([total + self.low[-1] - sum(others), *others])
        minutes = np.tensordot([length for length, _ in kinds], counts, 1)
        self.allowed = np.array(
            [
                (minutes >= p.least_minutes) & (minutes <= p.most_minutes)
                & (counts[0] >= 0) & (np.array(limit) >= counts.T).T.all(axis=0)
                for p, limit in zip(people, limits, strict=True)
            ]
        )  # fmt: skip

    def _range(self, least: int, most: int) -> None:
        """Shifts in all that a row may have by each day and still come to what it must have in the end."""

        longest, rest = int(self.longest), int(self.rest)

        def within(days: int) -> int:
            whole, part = divmod(days, longest + rest)
            return whole * longest + min(part, longest)

        self.high = [min(most, within(d)) for d in range(self.days + 1)]
        self.low = [min(self.high[d], max(0, least - within(self.days - d))) for d in range(self.days + 1)]

    def tables(self, cost: Floats, who: Ints) -> Tables:
        """`cost[person, day, shift]`, infinite where it may not be; `who`: their numbers in this group."""
        people, days = len(cost), self.days
        stretch = self._stretches(cost)
        cheapest = [
            (length, counts, np.minimum.reduce(list(by_last.values())))
            for length, by_counts in enumerate(stretch)
            for counts, by_last in by_counts.items()
        ]
        others = tuple(n + 1 for n in self.limits[1:])

        def none(day: int) -> Floats:
            return np.full((people, self.weekends + 1, self.high[day] - self.low[day] + 1, *others), np.inf)

        rested, worked = [none(d) for d in range(days + 1)], [none(d) for d in range(days + 1)]
        rested[0][(slice(None), 0, 0) + (0,) * len(others)] = 0
        wide = (slice(None),) + (None,) * (2 + len(others))
        for day in range(days + 1):
            if day:
                self._onward(rested[day - 1], day - 1, rested[day], day)
            if day >= self.rest:
                self._onward(worked[day - self.rest], day - self.rest, rested[day], day)
            for length, counts, price in cheapest:
                if self._may(day, length):
                    used = (self._weekends(day, length), length, *counts)
                    self._onward(rested[day], day, worked[day + length], day + length, used, price[:, day][wide])
        final = none(days)
        for day in self._last_days():
            self._onward(worked[day], day, final, days)
        self._onward(rested[days], days, final, days)
        final[~np.broadcast_to(self.allowed[who, None], final.shape)] = np.inf
        return Tables(cost, stretch, cheapest, rested, worked, final)

    def _onward(
        self, source: Floats, day: int, target: Floats, then: int, used: State = (), price: Floats | None = None
    ) -> None:
        """What is cheaper by this step is taken over into `target`."""
        weekends, total, *counts = used or (0,) * (source.ndim - 1)
        step = self.low[day] + total - self.low[then]  # from an index of the one to that of the other
        from_total, to_total = max(0, -step), max(0, step)
        size = min(source.shape[2] - from_total, target.shape[2] - to_total)
        if size <= 0 or weekends > self.weekends:
            return
        left: tuple[slice, ...] = (slice(0, self.weekends + 1 - weekends), slice(from_total, from_total + size))
        right: tuple[slice, ...] = (slice(weekends, None), slice(to_total, to_total + size))
        left += tuple(slice(0, n - c) for n, c in zip(source.shape[3:], counts, strict=True))
        right += tuple(slice(c, None) for c in counts)
        out = target[(slice(None), *right)]
        values = source[(slice(None), *left)]
        np.minimum(out, values if price is None else values + price, out=out)

    def _may(self, first: int, length: int) -> bool:
        """A stretch that touches an end of the time may be short: it may have begun earlier or go on."""
        end = first + length
        return end <= self.days and (length >= self.shortest or first == 0 or end == self.days)

    def _weekends(self, first: int, length: int) -> int:
        return len({d // 7 for d in range(first, first + length) if d % 7 >= 5})

    def _last_days(self) -> range:
        """Days on which the last stretch may have ended with less rest after it than usual."""
        return range(max(0, self.days - self.rest + 1), self.days + 1)

    def _stretches(self, cost: Floats) -> list[dict[Counts, dict[int, Floats]]]:
        days, shifts = self.days, range(len(self.kind))

        def more(counts: Counts, shift: int) -> Counts:
            return tuple(n + (self.kind[shift] == kind) for kind, n in enumerate(counts, start=1))

        found: list[dict[Counts, dict[int, Floats]]] = [{}, {}]
        for s in shifts:
            found[1].setdefault(more((0,) * (len(self.limits) - 1), s), {})[s] = cost[:, :, s]
        for length in range(1, self.longest):
            longer: dict[Counts, dict[int, Floats]] = {}
            for counts, by_last in found[length].items():
                for s in shifts:
                    now = more(counts, s)
                    before = [by_last[last] for last in by_last if s in self.after[last]]
                    if not before or any(n > limit for n, limit in zip(now, self.limits[1:], strict=True)):
                        continue
                    price = np.full(cost.shape[:2], np.inf)
                    price[:, : days - length] = np.minimum.reduce(before)[:, : days - length] + cost[:, length:, s]
                    there = longer.setdefault(now, {})
                    there[s] = np.minimum(there[s], price) if s in there else price
            found.append(longer)
        return found

    def best(self, tables: Tables, person: int, many: int) -> list[tuple[float, Row]]:
        """The cheapest row of each of the cheapest `many` ends, with its price; the cheapest of all first."""
        flat = tables.final[person].ravel()
        ends = np.argsort(flat, kind="stable")[:many].tolist()
        prices = [(end, float(flat[end])) for end in ends if np.isfinite(flat[end])]
        return [(p, next(self._ending(tables, person, self._state(tables, end), p))) for end, p in prices]

    def within(self, tables: Tables, person: int, limit: float) -> Iterator[Row]:
        """Every row that costs at most `limit`."""
        for end in np.flatnonzero(tables.final[person].ravel() <= limit).tolist():
            yield from self._ending(tables, person, self._state(tables, end), limit)

    def _state(self, tables: Tables, end: int) -> State:
        weekends, total, *counts = (int(n) for n in np.unravel_index(end, tables.final.shape[1:]))
        return weekends, total + self.low[-1], *counts

    def _ending(self, t: Tables, i: int, state: State, limit: float) -> Iterator[Row]:
        yield from self._rested(t, i, self.days, state, limit)
        for day in self._last_days():
            yield from self._worked(t, i, day, state, limit)

    def _at(self, table: list[Floats], day: int, i: int, state: State) -> float:
        weekends, total, *counts = state
        if min(state) < 0 or not self.low[day] <= total <= self.high[day]:
            return np.inf
        return float(table[day][(i, weekends, total - self.low[day], *counts)])

    def _rested(self, t: Tables, i: int, day: int, state: State, limit: float) -> Iterator[Row]:
        """Rows of the days before `day` that end in `state`, cost at most `limit` and may begin a stretch now."""
        while self._at(t.rested, day, i, state) <= limit:
            if day == 0:
                yield ()
                return
            if day >= self.rest:
                yield from self._worked(t, i, day - self.rest, state, limit)
            day -= 1

    def _worked(self, t: Tables, i: int, day: int, state: State, limit: float) -> Iterator[Row]:
        """The same for rows whose last stretch ended on the day before."""
        if self._at(t.worked, day, i, state) > limit:
            return
        for length, counts, price in t.cheapest:
            first = day - length
            if first < 0 or not self._may(first, length):
                continue
            used = (self._weekends(first, length), length, *counts)
            before = tuple(n - u for n, u in zip(state, used, strict=True))
            earlier = self._at(t.rested, first, i, before)
            if earlier + price[i, first] <= limit:
                for days_on, cost in self._within(t, i, first, counts, length, limit - earlier):
                    for row in self._rested(t, i, first, before, limit - cost):
                        yield row + days_on

    def _within(
        self, t: Tables, i: int, first: int, counts: Counts, length: int, limit: float, following: int | None = None
    ) -> Iterator[tuple[Row, float]]:
        """Days of one stretch that cost at most `limit`, and what they cost."""
        if length == 0:
            yield (), 0.0
            return
        for shift, price in t.stretch[length].get(counts, {}).items():
            if price[i, first] <= limit and (following is None or following in self.after[shift]):
                cost = float(t.cost[i, first + length - 1, shift])
                fewer = tuple(n - (self.kind[shift] == kind) for kind, n in enumerate(counts, start=1))
                for row, rest in self._within(t, i, first, fewer, length - 1, limit - cost, shift):
                    yield row + ((first + length - 1, shift),), rest + cost


def alike(roster: Roster) -> list[Alike]:
    """Everybody, each in one group."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for n, p in enumerate(roster.people):
        rules = (p.most_on, p.least_on, p.least_off, p.most_weekends, *_kinds(roster, p))
        groups.setdefault(rules, []).append(n)
    return [Alike(roster, np.array(who)) for who in groups.values()]


def rounded(prices: Floats) -> Floats:
    return np.round(prices / UNIT) * UNIT


def wishes(roster: Roster) -> tuple[Floats, Floats]:
    """What a shift costs by person, day and shift (infinite where it may not be), and each one's cost with none."""
    number, at = {p.id: n for n, p in enumerate(roster.people)}, {s: n for n, s in enumerate(roster.shifts)}
    cost, none = np.zeros((len(number), roster.days, len(at))), np.zeros(len(number))
    for p, d, s, weight in roster.on_wishes:
        cost[number[p], d, at[s]] -= weight
        none[number[p]] += weight
    for p, d, s, weight in roster.off_wishes:
        cost[number[p], d, at[s]] += weight
    for p, days_off in roster.off.items():
        cost[number[p], days_off] = np.inf
    for person in roster.people:
        for shift, most in person.most_of_shift.items():
            if most == 0:
                cost[number[person.id], :, at[shift]] = np.inf
    return cost, none


def price_of(row: Row, cost: Floats) -> float:
    """`cost[day, shift]`."""
    return float(sum(cost[d, s] for d, s in row))
