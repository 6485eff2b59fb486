"""Who goes with whom: teams balanced by role and school, people who have met kept apart (CP-SAT, a fraction of a
second)."""

from __future__ import annotations

from typing import Any

from ortools.sat.python import cp_model

from services.scheduling.planning.visit_day.known import worked_out
from services.scheduling.planning.visit_day.tasks import Team, VisitDay

Formed = tuple[tuple[Team, ...], dict[str, float], float]
"""Teams, their cost by rule in points, and a bound."""


def count_of_teams(day: VisitDay) -> int:
    if day.teams is not None:
        return max(1, day.teams)
    return max(1, -(-len(day.visitors) // day.largest))


def form(day: VisitDay, seconds: float) -> Formed | None:
    """None where no teams satisfy the rules, or none were found in time."""
    model, weights, count = cp_model.CpModel(), day.weights, count_of_teams(day)
    teams, people = range(count), {v.id: v for v in day.visitors}
    of = {(v, t): model.new_bool_var(f"{v}{t}") for v in people for t in teams}
    low, high = len(people) // count, -(-len(people) // count)
    for v in people:
        model.add_exactly_one(of[v, t] for t in teams)
    for t in teams:
        model.add_linear_constraint(sum(of[v, t] for v in people), low, high)
    for a, b in day.together:
        for t in teams:
            model.add(of[a, t] == of[b, t])
    for a, b in day.apart:
        for t in teams:
            model.add_at_most_one(of[a, t], of[b, t])
    costs: dict[str, list[Any]] = {"same_school": [], "no_principal": [], "no_teacher": [], "met_again": []}
    for school in sorted({v.school for v in people.values() if v.school}):
        own = [v for v in people if people[v].school == school]
        for t in teams if len(own) > 1 else ():
            more = model.new_int_var(0, len(own), "")
            model.add(more >= sum(of[v, t] for v in own) - 1)
            costs["same_school"].append(weights.same_school * more)
    for role, rule, weight in (
        ("principal", "no_principal", weights.no_principal),
        ("teacher", "no_teacher", weights.no_teacher),
    ):
        own = [v for v in people if people[v].role == role]
        for t in teams:
            without = model.new_bool_var("")
            model.add(sum(of[v, t] for v in own) + without >= 1)
            costs[rule].append(weight * without)
    for a, b, times in day.met:
        if a in people and b in people and times > 0:
            again = model.new_bool_var("")
            for t in teams:
                model.add(of[a, t] + of[b, t] - 1 <= again)
            costs["met_again"].append(weights.met_again * times * again)
    model.minimize(sum(sum(c) for c in costs.values()))

    def read(solver: cp_model.CpSolver) -> Formed:
        parts = {rule: float(solver.value(sum(terms))) for rule, terms in costs.items() if terms}
        found = []
        for t in teams:
            members = tuple(v for v in people if solver.value(of[v, t]))
            keeper = min(members, key=lambda v: (people[v].role == "principal", v), default="")
            found.append(Team(id=str(t + 1), members=members, timekeeper=keeper))
        return tuple(found), parts, solver.best_objective_bound

    best: Formed | None = None
    for known in (k for k in day.known if len(k.teams) == count):
        model.clear_hints()  # type: ignore[no-untyped-call]
        at = {m: n for n, team in enumerate(known.teams) for m in team.members}
        for (v, t), literal in of.items():
            model.add_hint(literal, at.get(v) == t)
        if (answer := worked_out(model)) is not None:
            best = _cheaper(best, read(answer))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = day.seed
    solver.parameters.max_time_in_seconds = max(0.1, seconds)
    if solver.solve(model) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        best = _cheaper(best, read(solver))
    return (*best[:2], max(0.0, solver.best_objective_bound)) if best else None


def _cheaper(best: Formed | None, other: Formed) -> Formed:
    return other if best is None or sum(other[1].values()) < sum(best[1].values()) else best
