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

from services.scheduling.planning.visit_day.known import worked_out
from services.scheduling.planning.visit_day.tasks import Room, Visit, VisitDay
from services.scheduling.planning.visit_day.wings import minutes
from services.scheduling.planning.worker import Told

Found = Callable[[list[Visit], dict[str, float], float], None]


@dataclass(frozen=True, slots=True)
class Solved:
    """`parts` and `bound` in points."""

    visits: list[Visit]
    parts: dict[str, float]
    bound: float

    @property
    def cost(self) -> float:
        return sum(self.parts.values())


def cheaper(best: Solved | None, other: Solved | None) -> Solved | None:
    return other if best is None or (other is not None and other.cost < best.cost) else best


class Rotation:
    """`fixed`: visits of slots that have begun. `old`: the plan that changes are charged against. `held`: those
    of its visits that stay. `soft`: the least visits of a room are a wish. `within`: the wings each team keeps to.
    `bound`: points that are known to be needed."""

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
        within: dict[str, frozenset[str]] | None = None,
        bound: float = 0.0,
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
                    if within is not None and room.wing not in within[team]:
                        continue
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
        total = sum(sum(terms) for terms in self.costs.values())
        if bound > 0:
            self.model.add(total >= round(bound))
        self.model.minimize(total)

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

    def _walks(self) -> None:
        wings = sorted({r.wing for r in self.rooms.values()})
        if len(wings) < 2:
            return
        comes: dict[tuple[str, str], Any] = {}
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
            enters: dict[str, list[Any]] = {w: [places[0][w]] for w in wings} if places else {}
            for before, after in pairwise(places):
                arcs = {(a, b): self.model.new_bool_var("") for a in wings for b in wings}
                for w in wings:
                    self.model.add(sum(arcs[w, b] for b in wings) == before[w])
                    self.model.add(sum(arcs[a, w] for a in wings) == after[w])
                for (a, b), v in arcs.items():
                    if a != b:
                        enters[b].append(v)
                self.costs["walk"] += [
                    self.day.weights.walk * minutes(self.day, a, b) * v for (a, b), v in arcs.items() if a != b
                ]
            comes |= {(t, w): self._comes(t, w, entries) for w, entries in enters.items()}
        self._reach(wings, comes)

    def _comes(self, team: str, wing: str, entries: list[Any]) -> Any:
        """Whether the team is ever in the wing: then it enters it, or begins there."""
        comes = self.model.new_bool_var("")
        self.model.add(sum(entries) >= comes)
        by_room: dict[str, list[Any]] = defaultdict(list)
        for (t, _, r), v in self.x.items():
            if t == team and self.rooms[r].wing == wing:
                by_room[r].append(v)
        for own in by_room.values():
            self.model.add(sum(own) <= comes)
        return comes

    def _reach(self, wings: list[str], comes: dict[tuple[str, str], Any]) -> None:
        """Says nothing new, but gives walking a bound: so many teams must come to a wing for all its visits."""
        for w in wings if not self.soft else ():
            rooms = [r for r in self.rooms.values() if r.wing == w]
            most = min(len(rooms), sum(any(s in r.open_slots for r in rooms) for s in self.slots))
            if most:
                needed = -(-sum(r.least for r in rooms) // most)
                self.model.add(sum(comes[t, w] for t in self.teams) >= needed)

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

    def begin(self, visits: list[Visit]) -> Solved | None:
        """Begins the search with these visits; None where they are no plan."""
        chosen = {(v.team, v.slot, v.room) for v in visits}
        self.model.clear_hints()  # type: ignore[no-untyped-call]
        for key, literal in self.x.items():
            if key[1] not in self.begun:
                self.model.add_hint(literal, key in chosen)
        solver = worked_out(self.model)
        return Solved(*self._read(solver.value), 0.0) if solver else None

    def _read(self, value: Callable[[Any], int]) -> tuple[list[Visit], dict[str, float]]:
        visits = [Visit(team=t, slot=s, room=r) for (t, s, r), v in self.x.items() if value(v)]
        return visits, {k: float(value(sum(terms))) for k, terms in self.costs.items() if terms}

    def solve(self, seconds: float, told: Told, found: Found | None = None, *, enough: float = -1.0) -> Solved | None:
        """The best rotation found, or the first that costs `enough`; None where there is none (`impossible`) or none
        was found in time."""
        solver = cp_model.CpSolver()
        parameters = solver.parameters
        parameters.num_workers = 2
        parameters.subsolvers.extend(["max_lp"])  # the default pair of workers is one weak search
        parameters.random_seed = self.day.seed
        parameters.max_time_in_seconds = max(0.1, seconds)
        rotation = self

        class Hear(cp_model.CpSolverSolutionCallback):
            def on_solution_callback(self) -> None:
                if found is not None:
                    found(*rotation._read(self.value), self.best_objective_bound)
                if self.objective_value <= enough:
                    self.stop_search()

        with told.halting(solver.stop_search):
            status = solver.solve(self.model, Hear())
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            self.impossible = bool(status == cp_model.INFEASIBLE)
            return None
        return Solved(*self._read(solver.value), max(solver.best_objective_bound, 0.0))
