"""Answers that are known before a search: it begins with the best of them and never ends with a worse one (CP-SAT)."""

from __future__ import annotations

from ortools.sat.python import cp_model


def worked_out(model: cp_model.CpModel) -> cp_model.CpSolver | None:
    """The model's hints worked out to the last variable, which become its hints; None where they are no answer."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.fix_variables_to_their_hinted_value = True
    solver.parameters.max_time_in_seconds = 2.0
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    model.clear_hints()  # type: ignore[no-untyped-call]
    for n in range(len(model.proto.variables)):
        variable = model.get_int_var_from_proto_index(n)
        model.add_hint(variable, solver.value(variable))
    return solver
