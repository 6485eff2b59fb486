"""A programme as HiGHS holds it. Loaded by the worker process alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import highspy

from services.reporting.disclosure.programme import Programme

NODES = 2_000
"""Branches after which a search for whole counts ends without a proof: counted, so that it ends alike everywhere."""
NEAR = 0.02
"""The share of its value by which a world that is far off for many forms may miss the farthest."""
_ENDED = (
    highspy.HighsModelStatus.kOptimal,
    highspy.HighsModelStatus.kObjectiveTarget,
    highspy.HighsModelStatus.kSolutionLimit,
)


class Infeasible(Exception):
    """No world fits what was told: the programme is wrong, not the attacker."""


class Model:
    def __init__(self) -> None:
        self.highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]  # its stubs are partial
        self.highs.setOptionValue("output_flag", False)
        self.highs.setOptionValue("threads", 1)
        self.highs.setOptionValue("random_seed", 1)
        self.columns: dict[str, int] = {}
        self.found: dict[str, int] = {}
        """The whole counts that were found last by `towards`."""

    def column(self, name: str, low: float, high: float, *, cost: float = 0.0, whole: bool = True) -> None:
        self.columns[name] = len(self.columns)
        self.highs.addCol(cost, low, high, 0, [], [])
        if whole:
            self.highs.changeColIntegrality(self.columns[name], highspy.HighsVarType.kInteger)

    def row(self, form: dict[str, float], low: float, high: float) -> None:
        self.highs.addRow(low, high, len(form), [self.columns[n] for n in form], list(form.values()))

    def run(self) -> float:
        self.highs.run()
        if self.highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise Infeasible(str(self.highs.getModelStatus()))
        return float(self.highs.getInfo().objective_function_value)

    def towards(self, form: Mapping[str, float], aim: float, *, near: bool = False) -> tuple[float | None, float]:
        """A least value of the form that whole counts were found to have, the search ending where `aim` is reached, or
        after `NODES` (`near`: where it cannot become much less); and what no whole counts can be below. None: none
        were found."""
        for name, weight in form.items():
            self.highs.changeColCost(self.columns[name], weight)
        self.highs.changeObjectiveSense(highspy.ObjSense.kMinimize)
        self.highs.setOptionValue("objective_target", aim + 0.5)
        self.highs.setOptionValue("mip_max_nodes", NODES)
        self.highs.setOptionValue("mip_rel_gap", NEAR if near else 0.0)
        self.highs.run()
        status, info = self.highs.getModelStatus(), self.highs.getInfo()
        solution = self.highs.getSolution().col_value
        for name in form:
            self.highs.changeColCost(self.columns[name], 0)
        if status not in _ENDED:
            raise Infeasible(str(status))
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return None, float(info.mip_dual_bound)
        self.found = dict(zip(self.columns, map(round, solution), strict=True))
        return float(info.objective_function_value), float(info.mip_dual_bound)

    def counts(self) -> dict[str, int]:
        """The solution that was found last, of whole numbers."""
        return dict(zip(self.columns, map(round, self.highs.getSolution().col_value), strict=True))

    def held_by(self, rows: Sequence[str]) -> tuple[str, ...]:
        """Of the rows, named in their order, those that the last answer of linear programming rests on."""
        duals = self.highs.getSolution().row_dual
        return tuple(name for name, dual in zip(rows, duals, strict=True) if abs(dual) > 1e-7)

    def is_whole(self) -> bool:
        """Whether the solution that was found last is one of whole numbers."""
        return all(abs(v - round(v)) < 1e-7 for v in self.highs.getSolution().col_value)

    def extreme(self, form: dict[str, int], sense: Any) -> float:
        for name, weight in form.items():
            self.highs.changeColCost(self.columns[name], weight)
        self.highs.changeObjectiveSense(sense)
        found = self.run()
        for name in form:
            self.highs.changeColCost(self.columns[name], 0)
        return found


def base(programme: Programme, hidden: Iterable[str], *, whole: bool) -> Model:
    model, gone = Model(), set(hidden)
    for name, (low, high) in programme.unknowns.items():
        model.column(name, low, high, whole=whole)
    for key, told in programme.told.items():
        if key not in gone:
            model.row(dict(told.form), told.low, told.high)
    for row in programme.rows:
        model.row(dict(row.form), row.low, row.high)
    return model
