"""Teams through rooms: x[team, slot, room], with each team's wing as a small flow between slots (CP-SAT).

Symmetry between teams is left alone: breaking it cost incumbents when measured.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from ortools.sat.python import cp_model

from services.scheduling.planning.visit_day.tasks import Room, Visit, VisitDay

Found = Callable[[list[Visit], dict[str, float], float], None]


@dataclass(frozen=True, slots=True)
class Solved:
    """`parts` and `bound` in points."""

    visits: list[Visit]
    parts: dict[str, float]
    bound: float


class Rotation:
    """`fixed`: visits of slots that have begun. `old`: the plan that changes are charged against. `held`: those
    of its visits that stay. `soft`: the least visits of a room are a wish."""

    def __init__(
        self,
        day: VisitDay,
        teams: list[str],
        *,
        fixed: list[Visit] | None = None,
        begun: set[str] | None = None,
        old: list[Visit] | None = None,
        held: list[Visit] | None = None,
        soft: bool = False,
    ) -> None:
        self.day, self.teams, self.soft = day, teams, soft
        self.model = cp_model.CpModel()
        self.impossible = False
        self.slots = [s.id for s in day.slots if not s.lunch]
        self.rooms = {r.id: r for r in day.rooms}
        self.costs: dict[str, list[Any]] = defaultdict(list)
        past = {(v.team, v.slot, v.room) for v in fixed or ()}
        self.x: dict[tuple[str, str, str], Any] = {}
        for team in teams:
            for slot in self.slots:
                for room in day.rooms:
                    if begun and slot in begun:
                        if (team, slot, room.id) in past:
                            self.x[team, slot, room.id] = self.model.new_constant(1)
                    elif slot in room.open_slots:
                        self.x[team, slot, room.id] = self.model.new_bool_var("")
        self.begun = begun or set()
        self._places()
        self._visits()
        self._walks()
        self._spread()
        if old is not None:
            self._changes(old)
            for visit in held or ():
                self.model.add(self.x[visit.team, visit.slot, visit.room] == 1)
        self.model.minimize(sum(sum(terms) for terms in self.costs.values()))

    def _places(self) -> None:
        by_ts: dict[tuple[str, str], list[Any]] = defaultdict(list)
        by_sr: dict[tuple[str, str], list[Any]] = defaultdict(list)
        by_tr: dict[tuple[str, str], list[Any]] = defaultdict(list)
        for (t, s, r), v in self.x.items():
            by_ts[t, s].append(v)
            by_sr[s, r].append(v)
            by_tr[t, r].append(v)
        for group in (by_sr, by_tr):
            for own in group.values():
                if len(own) > 1:
                    self.model.add_at_most_one(own)
        for t in self.teams:
            for s in self.slots:
                idle = self.model.new_bool_var("")
                self.model.add_exactly_one([*by_ts[t, s], idle])
                if s not in self.begun:
                    self.costs["idle"].append(self.day.weights.idle * idle)
        occupied = {key: sum(own) for key, own in by_sr.items()}
        for room in self.rooms:
            for s, following in pairwise(self.slots):
                if (s, room) in occupied and (following, room) in occupied:
                    both = self.model.new_bool_var("")
                    self.model.add(occupied[s, room] + occupied[following, room] - 1 <= both)
                    self.costs["back_to_back"].append(self.day.weights.back_to_back * both)

    def _visits(self) -> None:
        by_room: dict[str, list[Any]] = defaultdict(list)
        for (_, _, r), v in self.x.items():
            by_room[r].append(v)
        for room in self.rooms.values():
            if self.soft:
                less = self.model.new_int_var(0, room.least, "")
                self.model.add(sum(by_room[room.id]) + less >= room.least)
                self.costs["below_least"].append(self.day.weights.below_least * less)
            else:
                self.model.add(sum(by_room[room.id]) >= room.least)

    def minutes(self, start: str, end: str) -> int:
        if start == end:
            return 0
        known = self.day.walk_minutes
        return known.get(start, {}).get(end, known.get(end, {}).get(start, 1))

    def _walks(self) -> None:
        wings = sorted({r.wing for r in self.rooms.values()})
        if len(wings) < 2:
            return
        for t in self.teams:
            places = []
            for s in self.slots:
                at = {w: self.model.new_bool_var("") for w in wings}
                self.model.add_exactly_one(at.values())
                for w in wings:
                    here = [v for (tt, ss, r), v in self._team_slot(t, s) if self.rooms[r].wing == w]
                    if here:
                        self.model.add(sum(here) <= at[w])
                places.append(at)
            for before, after in pairwise(places):
                arcs = {(a, b): self.model.new_bool_var("") for a in wings for b in wings}
                for w in wings:
                    self.model.add(sum(arcs[w, b] for b in wings) == before[w])
                    self.model.add(sum(arcs[a, w] for a in wings) == after[w])
                self.costs["walk"] += [
                    self.day.weights.walk * self.minutes(a, b) * v for (a, b), v in arcs.items() if a != b
                ]

    def _team_slot(self, team: str, slot: str) -> list[tuple[tuple[str, str, str], Any]]:
        return [((team, slot, r), self.x[team, slot, r]) for r in self.rooms if (team, slot, r) in self.x]

    def _spread(self) -> None:
        weights = self.day.weights
        kinds: list[tuple[str, int, Callable[[Room], str]]] = [
            ("unseen_band", weights.unseen_band, lambda r: r.grade_band),
            ("unseen_subject", weights.unseen_subject, lambda r: r.subject),
        ]
        for rule, weight, of in kinds:
            for value in sorted({of(r) for r in self.rooms.values()} - {""}):
                for t in self.teams:
                    unseen = self.model.new_bool_var("")
                    seen = [v for (tt, _, r), v in self.x.items() if tt == t and of(self.rooms[r]) == value]
                    self.model.add(sum(seen) + unseen >= 1)
                    self.costs[rule].append(weight * unseen)

    def _changes(self, old: list[Visit]) -> None:
        for visit in old:
            if visit.slot not in self.begun:
                literal = self.x.get((visit.team, visit.slot, visit.room))
                if literal is not None:
                    self.costs["change"].append(self.day.weights.change * (1 - literal))

    def hint(self, visits: list[Visit]) -> None:
        chosen = {(v.team, v.slot, v.room) for v in visits}
        for key, literal in self.x.items():
            if key[1] not in self.begun:
                self.model.add_hint(literal, key in chosen)

    def solve(self, seconds: float, stop: Callable[[], bool], found: Found) -> Solved | None:
        """The best rotation found; None where there is none (`impossible`) or none was found in time."""
        solver = cp_model.CpSolver()
        parameters = solver.parameters
        parameters.num_workers = 2
        parameters.subsolvers.extend(["max_lp"])  # the default pair of workers is one weak search
        parameters.random_seed = self.day.seed
        parameters.max_time_in_seconds = max(0.1, seconds)
        rotation = self

        class Hear(cp_model.CpSolverSolutionCallback):
            def on_solution_callback(self) -> None:
                visits = [Visit(team=t, slot=s, room=r) for (t, s, r), v in rotation.x.items() if self.value(v)]
                parts = {k: float(self.value(sum(terms))) for k, terms in rotation.costs.items() if terms}
                found(visits, parts, self.best_objective_bound)
                if stop():
                    self.stop_search()

        status = solver.solve(self.model, Hear())
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            self.impossible = bool(status == cp_model.INFEASIBLE)
            return None
        visits = [Visit(team=t, slot=s, room=r) for (t, s, r), v in self.x.items() if solver.value(v)]
        parts = {k: float(solver.value(sum(terms))) for k, terms in self.costs.items() if terms}
        return Solved(visits, parts, max(solver.best_objective_bound, 0.0))


def one_pass(day: VisitDay, teams: list[str]) -> list[Visit]:
    """A first rotation by hand: the room that most needs a visit, near to where the team is."""
    visited: dict[str, int] = defaultdict(int)
    seen: set[tuple[str, str]] = set()
    wing: dict[str, str] = {}
    visits = []
    for slot in (s.id for s in day.slots if not s.lunch):
        taken: set[str] = set()
        for team in teams:
            free = [r for r in day.rooms if slot in r.open_slots and r.id not in taken and (team, r.id) not in seen]
            if not free:
                continue
            room = min(
                free,
                key=lambda r: (
                    visited[r.id] >= r.least,
                    len(r.open_slots),
                    r.wing != wing.get(team),
                    visited[r.id],
                    r.id,
                ),
            )
            taken.add(room.id)
            seen.add((team, room.id))
            visited[room.id] += 1
            wing[team] = room.wing
            visits.append(Visit(team=team, slot=slot, room=room.id))
    return visits
