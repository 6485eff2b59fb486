"""A thin hand on HiGHS: rows and columns added in bulk, solved within a job's time.

Only solver processes import this module: highspy and ortools cannot be loaded together.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import highspy
import numpy as np
import numpy.typing as npt

from services.scheduling.planning.indexed import Floats, Ints

INF = highspy.kHighsInf


class Highs:
    """One minimisation. Column and row numbers are given in order of adding, from 0."""

    def __init__(self, seed: int) -> None:
        self._h: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        self._h.setOptionValue("output_flag", False)
        self._h.setOptionValue("random_seed", seed)
        self._h.setOptionValue("threads", 1)
        self.columns = 0
        self.rows = 0
        self._integers: list[int] = []

    def option(self, name: str, value: str | float | int | bool) -> None:
        self._h.setOptionValue(name, value)

    def add_columns(
        self,
        cost: Floats,
        lower: Floats,
        upper: Floats,
        entries: tuple[Ints, Ints] | None = None,
        values: Floats | None = None,
    ) -> Ints:
        """The new columns' numbers. `entries`: (column within these, row) of each non-zero, with its value (1)."""
        count = len(cost)
        if count == 0:
            return np.zeros(0, dtype=np.int64)
        starts, rows, filled = _packed(count, entries, values)
        self._h.addCols(
            count, cost.astype(float), lower.astype(float), upper.astype(float), len(rows), starts, rows, filled
        )
        self.columns += count
        return np.arange(self.columns - count, self.columns)

    def add_rows(self, lower: Floats, upper: Floats, entries: tuple[Ints, Ints], values: Floats | None = None) -> Ints:
        """The new rows' numbers. `entries`: (row within these, column) of each non-zero, with its value (1)."""
        count = len(lower)
        if count == 0:
            return np.zeros(0, dtype=np.int64)
        starts, columns, filled = _packed(count, entries, values)
        self._h.addRows(count, lower.astype(float), upper.astype(float), len(columns), starts, columns, filled)
        self.rows += count
        return np.arange(self.rows - count, self.rows)

    def integer(self, columns: Ints) -> None:
        kinds = np.full(len(columns), int(highspy.HighsVarType.kInteger), dtype=np.uint8)
        self._h.changeColsIntegrality(len(columns), columns.astype(np.int32), kinds)

    def bounds(self, columns: Ints, lower: Floats, upper: Floats) -> None:
        self._h.changeColsBounds(len(columns), columns.astype(np.int32), lower.astype(float), upper.astype(float))

    def start(self, values: Floats) -> None:
        """A solution to begin with."""
        solution = highspy.HighsSolution()
        solution.col_value = list(values)
        self._h.setSolution(solution)

    def solve(self, seconds: float, *, gap: float = 0.0, stop: Callable[[], bool] | None = None) -> bool:
        """True where a solution is at hand; `optimal` says whether it is proved. `stop` is asked within a MIP."""
        if seconds <= 0:
            return False
        self._h.setOptionValue("time_limit", float(self._h.getRunTime() + seconds))
        self._h.setOptionValue("mip_rel_gap", gap)
        if stop is not None:
            self._h.cbMipInterrupt.clear()
            self._h.cbMipInterrupt.subscribe(lambda event: event.interrupt() if stop() else None)
        self._h.run()
        info = self._h.getInfo()
        return bool(info.primal_solution_status == 2)

    @property
    def optimal(self) -> bool:
        return bool(self._h.getModelStatus() == highspy.HighsModelStatus.kOptimal)

    @property
    def infeasible(self) -> bool:
        return bool(self._h.getModelStatus() == highspy.HighsModelStatus.kInfeasible)

    @property
    def objective(self) -> float:
        return float(self._h.getInfo().objective_function_value)

    @property
    def dual_bound(self) -> float:
        """What a MIP proved so far."""
        return float(self._h.getInfo().mip_dual_bound)

    @property
    def values(self) -> Floats:
        return np.array(self._h.getSolution().col_value)

    @property
    def duals(self) -> Floats:
        return np.array(self._h.getSolution().row_dual)

    @property
    def reduced_costs(self) -> Floats:
        return np.array(self._h.getSolution().col_dual)


Small = npt.NDArray[np.int32]


def _packed(count: int, entries: tuple[Ints, Ints] | None, values: Floats | None) -> tuple[Small, Small, Floats]:
    if entries is None:
        return np.zeros(count, dtype=np.int32), np.zeros(0, dtype=np.int32), np.zeros(0)
    outer, inner = entries
    filled = np.ones(len(outer)) if values is None else values.astype(float)
    order = np.argsort(outer, kind="stable")
    starts = np.searchsorted(outer[order], np.arange(count)).astype(np.int32)
    return starts, inner[order].astype(np.int32), filled[order]
