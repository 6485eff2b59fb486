"""What an attacker can conclude of sums of counts, by constraint programming. Each answer shows a world that fits all
that is known; what such a world shows need not be asked again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ortools.sat.python import cp_model

Ends = tuple[int, int]


def ends(model: Any, form: Any) -> Ends:
    """The least and the most of the form over all worlds of the model. Raises AssertionError where there is none."""
    (low, _), (high, _) = (_end(model, ask, form) for ask in (model.minimize, model.maximize))
    return low, high


def _end(model: Any, ask: Any, form: Any) -> tuple[int, Sequence[int]]:
    ask(form)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    status = solver.solve(model)
    assert status == cp_model.OPTIMAL, solver.status_name(status)
    return round(solver.objective_value), list(solver.response_proto.solution)


class Worlds:
    """Of one model, to which nothing may be added once something was asked."""

    def __init__(self) -> None:
        self.model = cp_model.CpModel()
        self._found: list[Sequence[int]] = []

    def ends(self, counts: Iterable[cp_model.IntVar], *, wide: int | None = None) -> Ends:
        """The least and the most of the sum; of a sum that is at least so `wide`, two values that show it."""
        held = list(counts)
        seen = self._seen(held)
        if wide is not None and seen and max(seen) - min(seen) >= wide:
            return min(seen), max(seen)
        return self._asked(self.model.minimize, held), self._asked(self.model.maximize, held)

    def open(self, alike: Sequence[Sequence[cp_model.IntVar]], every: int) -> Ends:
        """The least and the most of a sum that can be 0 to `every`. `alike`: sums that everything known holds of as it
        does of the first, so that a world of one is one of it."""
        seen = {value for held in alike for value in self._seen(held)}
        low = 0 if 0 in seen else self._asked(self.model.minimize, alike[0])
        high = every if every in seen else self._asked(self.model.maximize, alike[0])
        return low, high

    def _seen(self, held: Sequence[cp_model.IntVar]) -> list[int]:
        numbers = [count.index for count in held]
        return [sum(world[n] for n in numbers) for world in self._found]

    def _asked(self, ask: Any, held: Sequence[cp_model.IntVar]) -> int:
        found, world = _end(self.model, ask, sum(held))
        self._found.append(world)
        return found
