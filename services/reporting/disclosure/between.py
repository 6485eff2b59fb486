"""What two releases of a round tell together of the visits that changed between them. Pure.

Who attacks knows which visits changed, and that in all others a count is what it was: so the difference of two told
counts is one of the changed visits alone. Told exactly, it is a share of its own, and must be one that may be told: six
visits that came late, none of them with the task, are six classrooms without it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from services.reporting.disclosure.attack import HIDDEN_WIDTH, ToldTable
from services.reporting.disclosure.cells import few_rooms_cap
from services.reporting.figures.tables import Table, Unit

WIDTH = HIDDEN_WIDTH + 1
"""One more than a hidden count keeps: that a count was hidden for this tells that fewer values were left."""


@dataclass(frozen=True, slots=True)
class Side:
    """One release: what it told of a table, and the table."""

    told: ToldTable
    table: Table

    def bounds(self, category: str) -> tuple[int, int]:
        """What a reader can conclude of a count."""
        n = self.told.n or 0
        cell = next((c for c in self.told.cells if c.category == category), None)
        if cell is None:
            return 0, n
        if cell.count is not None:
            return cell.count, cell.count
        return cell.at_least or 0, n if cell.at_most is None else cell.at_most


def pinned_between(before: Side, after: Side, changed: set[object]) -> Iterator[str]:
    """The categories whose count among the `changed` visits (slots) the two narrow more than may be, where one of them
    alone does not."""
    old, new = ([u for u in side.table.units if u.slot_id in changed] for side in (before, after))
    for category in (c.category for c in after.told.cells):
        if _narrowed(before, after, category, old, new) or _narrowed(after, before, category, new, old):
            yield category


def _narrowed(one: Side, other: Side, category: str, in_one: list[Unit], in_other: list[Unit]) -> bool:
    """Whether `one` narrows the count of the changed visits as `other` has it."""
    kept = len(other.table.units) - len(in_other)
    if not kept or not in_other:
        return False
    (low, high), (own_low, own_high) = one.bounds(category), other.bounds(category)
    alone = max(0, own_low - kept), min(len(in_other), own_high)
    least = max(alone[0], own_low - min(high, kept))
    most = min(alone[1], own_high - max(0, low - len(in_one)))
    if most - least >= min(WIDTH, alone[1] - alone[0]):
        return False
    cap = few_rooms_cap(in_other)
    return least <= cap or most >= len(in_other) - cap
