"""The row model: people by days by shifts, on the public nurse-rostering instances (schedulingbenchmarks.org).

Not part of planning: it measures our way of using CP-SAT against best-known values that others can check.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from services.scheduling.planning.worker import Told


@dataclass(frozen=True, slots=True)
class Person:
    id: str
    most_of_shift: dict[str, int]
    most_minutes: int
    least_minutes: int
    most_on: int
    least_on: int
    least_off: int
    most_weekends: int


@dataclass(slots=True)
class Roster:
    """A published instance. Days count from 0, a Monday."""

    days: int
    shifts: dict[str, tuple[int, tuple[str, ...]]]
    people: list[Person]
    off: dict[str, list[int]]
    on_wishes: list[tuple[str, int, str, int]]
    off_wishes: list[tuple[str, int, str, int]]
    cover: list[tuple[int, str, int, int, int]]


def read(path: Path) -> Roster:
    sections: dict[str, list[list[str]]] = {}
    current: list[list[str]] = []
    for line in path.read_text("utf-8-sig").splitlines():
        line = line.strip()
        if line.startswith("SECTION_"):
            current = sections.setdefault(line.removeprefix("SECTION_"), [])
        elif line and not line.startswith("#"):
            current.append(line.split(","))

    def wishes(name: str) -> list[tuple[str, int, str, int]]:
        return [(w[0], int(w[1]), w[2], int(w[3])) for w in sections.get(name, [])]

    people = []
    for row in sections["STAFF"]:
        most = {part.split("=")[0]: int(part.split("=")[1]) for part in row[1].split("|") if "=" in part}
        people.append(Person(row[0], most, *(int(v) for v in row[2:8])))
    return Roster(
        days=int(sections["HORIZON"][0][0]),
        shifts={s[0]: (int(s[1]), tuple(n for n in s[2].split("|") if n)) for s in sections["SHIFTS"]},
        people=people,
        off={row[0]: [int(d) for d in row[1:]] for row in sections["DAYS_OFF"]},
        on_wishes=wishes("SHIFT_ON_REQUESTS"),
        off_wishes=wishes("SHIFT_OFF_REQUESTS"),
        cover=[(int(c[0]), c[1], int(c[2]), int(c[3]), int(c[4])) for c in sections["COVER"]],
    )


@dataclass(frozen=True, slots=True)
class Solved:
    """`taken`: (person, day, shift)."""

    cost: int
    bound: float
    proved: bool
    taken: frozenset[tuple[str, int, str]]


def cost(roster: Roster, taken: frozenset[tuple[str, int, str]]) -> int:
    """Counted from the instance alone."""
    total = sum(weight for p, d, s, weight in roster.on_wishes if (p, d, s) not in taken)
    total += sum(weight for p, d, s, weight in roster.off_wishes if (p, d, s) in taken)
    for day, shift, wanted, under, over in roster.cover:
        there = sum(d == day and s == shift for _, d, s in taken)
        total += under * max(0, wanted - there) + over * max(0, there - wanted)
    return total


def solve(roster: Roster, seconds: float) -> Solved | None:
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    days, shifts = range(roster.days), list(roster.shifts)
    x = {(p.id, d, s): model.new_bool_var("") for p in roster.people for d in days for s in shifts}
    for person in roster.people:
        on: list[Any] = [sum(x[person.id, d, s] for s in shifts) for d in days]
        _person(model, roster, person, x, on)
    terms: list[Any] = [w * (1 - x[p, d, s]) for p, d, s, w in roster.on_wishes]
    terms += [w * x[p, d, s] for p, d, s, w in roster.off_wishes]
    for day, shift, wanted, under, over in roster.cover:
        less = model.new_int_var(0, wanted, "")
        more = model.new_int_var(0, len(roster.people), "")
        model.add(sum(x[p.id, day, shift] for p in roster.people) + less - more == wanted)
        terms += [under * less, over * more]
    model.minimize(sum(terms))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.subsolvers.extend(["max_lp"])
    solver.parameters.linearization_level = 2
    solver.parameters.random_seed = 1
    solver.parameters.max_time_in_seconds = seconds
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    taken = frozenset(key for key, literal in x.items() if solver.value(literal))
    return Solved(round(solver.objective_value), solver.best_objective_bound, status == cp_model.OPTIMAL, taken)


def job(task: bytes, told: Told) -> dict[str, float] | None:
    """`task`: the path of an instance. The cost is counted anew."""
    roster = read(Path(msgspec.json.decode(task, type=str)))
    found = solve(roster, told.left)
    return None if found is None else {"cost": float(cost(roster, found.taken)), "bound": found.bound}


def _person(model: Any, roster: Roster, person: Person, x: dict[tuple[str, int, str], Any], on: list[Any]) -> None:
    days = roster.days
    for d in range(days):
        model.add_at_most_one(x[person.id, d, s] for s in roster.shifts)
        for shift, (_, never_after) in roster.shifts.items():
            for following in never_after if d + 1 < days else ():
                model.add_at_most_one(x[person.id, d, shift], x[person.id, d + 1, following])
    for d in roster.off.get(person.id, ()):
        model.add(on[d] == 0)
    for shift, most in person.most_of_shift.items():
        model.add(sum(x[person.id, d, shift] for d in range(days)) <= most)
    minutes = sum(length * x[person.id, d, s] for s, (length, _) in roster.shifts.items() for d in range(days))
    model.add_linear_constraint(minutes, person.least_minutes, person.most_minutes)
    _runs(model, person, on)
    weekends = []
    for saturday in range(5, days, 7):
        weekend = model.new_bool_var("")
        for d in (saturday, saturday + 1):
            if d < days:
                model.add(weekend >= on[d])
        weekends.append(weekend)
    model.add(sum(weekends) <= person.most_weekends)


def _runs(model: Any, person: Person, on: list[Any]) -> None:
    """How long the person has been on or off, as a flow from day to day: its relaxation has whole runs alone.

    States: days on in a row (1..most_on), days off in a row (1..least_off, the last for all more), and the same for a
    run that began before the first day, whose length is not known and which may end at any time.
    """
    lengths, rests = range(1, person.most_on + 1), range(1, max(person.least_off, 1) + 1)
    states = [(kind, n) for kind in ("on", "began on") for n in lengths]
    states += [("off", n) for n in rests] + [("began off", 1)]

    def following(state: tuple[str, int]) -> list[tuple[str, int]]:
        kind, n = state
        if kind in ("on", "began on"):
            longer = [(kind, n + 1)] if n < person.most_on else []
            return longer + ([("off", 1)] if kind == "began on" or n >= person.least_on else [])
        if kind == "off":
            return [("off", min(n + 1, rests[-1]))] + ([("on", 1)] if n >= person.least_off else [])
        return [("began off", 1), ("on", 1)]

    inflow: dict[tuple[str, int], list[Any]] = {("began on", 1): [model.new_bool_var("")]}
    inflow["began off", 1] = [~inflow["began on", 1][0]]
    for d, working in enumerate(on):
        model.add(sum(sum(arcs) for (kind, _), arcs in inflow.items() if kind.endswith("on")) == working)
        if d == len(on) - 1:
            break
        onward: dict[tuple[str, int], list[Any]] = {}
        for state, arcs in inflow.items():
            out = {after: model.new_bool_var("") for after in following(state)}
            model.add(sum(arcs) == sum(out.values()))
            for after, arc in out.items():
                onward.setdefault(after, []).append(arc)
        inflow = onward
