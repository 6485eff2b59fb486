"""The rules of staffing as families of rows, made only when a solution breaks them.

A family's rule has one row per key (a person's month, a school's day); which key a seat (p, r) counts for is a
number, so that prices of all seats, in the model or not, are read off with one look-up per family.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from services.scheduling.planning.indexed import Bools, Floats, Indexed, Ints
from services.scheduling.planning.plan import UNITS

Key = Callable[[Ints, Ints], Ints]


@dataclass(slots=True)
class Family:
    """Per key: the sum of its seats is at most `limit`. `slack`: units per one more (None: hard), up to `most` (of
    all keys or by key).

    `key(p, r)` is -1 where the seat does not count. `seats`, `leads`: whether observers' seats and facilitators count.
    """

    name: str
    key: Key
    limit: Ints | Floats
    seats: bool = True
    leads: bool = True
    slack: float | None = None
    most: float | Floats = float("inf")
    row: Ints = field(init=False)
    price: Floats = field(init=False)

    def __post_init__(self) -> None:
        self.row = np.full(len(self.limit) + 1, -1, dtype=np.int64)  # the last for the key -1
        self.price = np.zeros(len(self.limit) + 1)

    def read(self, duals: Floats) -> None:
        """Takes the rows' prices over."""
        made = np.flatnonzero(self.row >= 0)
        self.price[made] = duals[self.row[made]]

    def broken(self, p: Ints, r: Ints, leads: Bools, values: Floats) -> Ints:
        """Keys without a row that these seats exceed."""
        counts = leads & self.leads | ~leads & self.seats
        keys = self.key(p[counts], r[counts])
        known = keys >= 0
        sums = np.bincount(keys[known], weights=values[counts][known], minlength=len(self.limit))
        over = np.flatnonzero(sums > self.limit + 1e-6)
        answer: Ints = over[self.row[over] < 0]
        return answer


def families(view: Indexed, days: Ints | None) -> list[Family]:
    """Every rule that ties seats of several rounds or people together. `days` None: the rules that no day decides."""
    weights, limits = view.instance.weights, view.instance.limits
    people, schools, rounds = len(view.people), len(view.schools), len(view.rounds)
    home, host = view.home, view.host
    seen, at = np.unique(host, return_inverse=True)  # only schools that host have anything to count
    every: Ints = np.zeros(rounds, dtype=np.int64)

    def only_home(p: Ints, key: Ints) -> Ints:
        return np.where(home[p] >= 0, key, -1)

    year = view.max_year if days is not None else np.minimum(view.max_year, days_out(view))
    found = [
        Family("year", lambda p, r: p, year),
        Family("round", lambda p, r: p * rounds + r, np.ones(people * rounds, dtype=np.int64)),
        Family(
            "school",
            lambda p, r: only_home(p, home[p] * rounds + r),
            np.ones(schools * rounds, dtype=np.int64),
            leads=False,
            slack=weights.same_school * UNITS,
            most=max(limits.from_one_school - 1, 0),
        ),
        Family("leader", lambda p, r: p + every[r], view.leader_left, seats=False),
        Family(
            "load",
            lambda p, r: p + every[r],
            view.leader_fair,
            seats=False,
            slack=weights.facilitator_load * UNITS,
        ),
        Family(
            "host",
            lambda p, r: p * len(seen) + at[r],
            _left(view.visited, people, seen),
            leads=False,
            slack=weights.same_host * UNITS,
        ),
        Family(
            "link",
            lambda p, r: only_home(p, home[p] * len(seen) + at[r]),
            _left(view.linked, schools, seen),
            leads=False,
            slack=weights.repeated_link * UNITS,
        ),
    ]
    if limits.from_one_school < 1:
        found[2].limit[:] = 0
    if days is None:
        return found
    n_months, n_terms = len(view.months), max(len(view.instance.terms), 1)
    month, term = view.month[days], view.term[days]
    used, day = np.unique(days, return_inverse=True)
    found += [
        Family("day", lambda p, r: p * len(used) + day[r], np.ones(people * len(used), dtype=np.int64)),
        Family("month", lambda p, r: p * n_months + month[r], view.month_left.reshape(-1)),
        Family(
            "term",
            lambda p, r: np.where(term[r] >= 0, p * n_terms + term[r], -1),
            view.term_left.reshape(-1),
        ),
        Family("cover", lambda p, r: only_home(p, home[p] * len(used) + day[r]), view.cover[:, used].reshape(-1)),
    ]
    return found


def days_out(view: Indexed) -> Ints:
    """How many days each person can be out at most, whatever the days of the rounds: months' and terms' caps, and the
    days that they are there and that any round may have."""
    anybody: Bools = np.any(view.day_ok, axis=0)
    here: Bools = view.available & anybody[None, :]

    def by_months(days: Bools) -> Ints:
        total: Ints = np.zeros(len(view.people), dtype=np.int64)
        for m in range(len(view.months)):
            there = here[:, days & (view.month == m)].sum(axis=1)
            total = total + np.minimum(view.month_left[:, m], there)
        return total

    every = by_months(np.ones(len(view.dates), dtype=bool))
    in_terms = by_months(view.term < 0)
    for t in range(len(view.instance.terms)):
        in_terms = in_terms + np.minimum(view.term_left[:, t], by_months(view.term == t))
    least: Ints = np.minimum(every, in_terms)
    return least


def _left(before: dict[tuple[int, int], int], outer: int, hosts: Ints) -> Ints:
    """1, or 0 where history has it already: one more is a repeat."""
    limit = np.ones(outer * len(hosts), dtype=np.int64)
    place = {int(h): n for n, h in enumerate(hosts)}
    for (a, b), times in before.items():
        if times > 0 and b in place:
            limit[a * len(hosts) + place[b]] = 0
    return limit
