"""Which wings each team keeps to, before any room: a small programme over sets of wings.

Walking through a set, bands and subjects that none of its rooms has, and slots for which it has too few rooms cost at
least so much, whatever the rotation; so its value is a bound, and its sets are where a good day is looked for first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise, permutations
from typing import Any

from ortools.sat.python import cp_model

from services.scheduling.planning.visit_day.tasks import VisitDay

_LARGEST = 4
"""Wings of one set at most; a team that comes to more pays for as many walks at least."""
_SETS = 3000


@dataclass(frozen=True, slots=True)
class Kept:
    """`sets`: wings for each team; `costs`: points of each; `bound`: points that walking, unseen kinds and idle slots
    cost at least."""

    sets: list[frozenset[str]]
    costs: list[int]
    bound: float

    def groups(self) -> list[tuple[frozenset[str], list[int]]]:
        """Teams, by number, that share wings with each other and with no other team."""
        found: list[tuple[frozenset[str], list[int]]] = []
        for n, own in enumerate(self.sets):
            met = [g for g in found if g[0] & own]
            found = [g for g in found if g not in met]
            found.append((own.union(*(g[0] for g in met)), sorted([n, *(t for g in met for t in g[1])])))
        return found


def keep(day: VisitDay, teams: int) -> Kept | None:
    """None where wings say nothing: there is one, or they cannot be covered."""
    wings = sorted({r.wing for r in day.rooms})
    if len(wings) < 2:
        return None
    slots = [s.id for s in day.slots if not s.lunch]
    rooms = {w: [r for r in day.rooms if r.wing == w] for w in wings}
    most = {w: min(len(own), sum(any(s in r.open_slots for r in own) for s in slots)) for w, own in rooms.items()}
    model = cp_model.CpModel()
    sets = list(_sets(wings))
    step = min(minutes(day, a, b) for a, b in combinations(wings, 2))
    largest = max(map(len, sets))
    costs = [_cost(day, chosen) for chosen in sets]
    if largest < len(wings):
        sets.append(frozenset(wings))
        costs.append(day.weights.walk * step * largest)
    count: list[Any] = [model.new_int_var(0, teams, "") for _ in sets]
    model.add(sum(count) == teams)
    visits: dict[str, list[Any]] = {w: [] for w in wings}
    idle: list[Any] = []
    for n, chosen in zip(count, sets, strict=True):
        own = {w: model.new_int_var(0, most[w] * teams, "") for w in sorted(chosen)}
        idle.append(model.new_int_var(0, len(slots) * teams, ""))
        model.add(sum(own.values()) + idle[-1] == len(slots) * n)
        for w, made in own.items():
            model.add(made <= most[w] * n)
            visits[w].append(made)
    for w in wings:
        held = sum(min(len(set(slots) & set(r.open_slots)), teams) for r in rooms[w])
        model.add_linear_constraint(sum(visits[w]), sum(r.least for r in rooms[w]), held)
    model.minimize(sum(c * n for c, n in zip(costs, count, strict=True)) + day.weights.idle * sum(idle))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = day.seed
    solver.parameters.max_deterministic_time = 1.0
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    taken = [(s, c) for n, s, c in zip(count, sets, costs, strict=True) for _ in range(solver.value(n))]
    taken.sort(key=lambda t: sorted(t[0]))
    return Kept([s for s, _ in taken], [c for _, c in taken], max(0.0, solver.best_objective_bound))


def minutes(day: VisitDay, start: str, end: str) -> int:
    """From wing to wing."""
    if start == end:
        return 0
    return day.walk_minutes.get(start, {}).get(end, day.walk_minutes.get(end, {}).get(start, 1))


def _sets(wings: list[str]) -> Iterator[frozenset[str]]:
    made = 0
    for size in range(1, min(len(wings), _LARGEST) + 1):
        own = [frozenset(c) for c in combinations(wings, size)]
        made += len(own)
        if size > 1 and made > _SETS:
            return
        yield from own


def _cost(day: VisitDay, chosen: frozenset[str]) -> int:
    weights = day.weights
    walk = min(sum(minutes(day, a, b) for a, b in pairwise(way)) for way in permutations(sorted(chosen)))
    cost = weights.walk * walk
    for weight, kinds in (
        (weights.unseen_band, Counter((r.grade_band, r.wing in chosen) for r in day.rooms)),
        (weights.unseen_subject, Counter((r.subject, r.wing in chosen) for r in day.rooms)),
    ):
        cost += weight * sum(1 for kind in {k for k, _ in kinds} - {""} if not kinds[kind, True])
    return cost
