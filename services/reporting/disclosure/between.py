"""What two releases of a round tell together of the visits that changed between them. Pure.

Who attacks knows which visits changed, and that in all others a count is what it was: so the difference of two told
counts is one of the changed visits alone. Told exactly, it is a share of its own, and must be one that may be told: six
visits that came late, none of them with the task, are six classrooms without it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from services.reporting.disclosure.attack import HIDDEN_WIDTH, ToldCell, ToldTable, most_unsaid
from services.reporting.disclosure.cells import few_rooms_cap
from services.reporting.figures.tables import SUMMED, TAGGED, WITH, Table, Unit

WIDTH = HIDDEN_WIDTH + 1
"""One more than a hidden count keeps: that a count was hidden for this tells that fewer values were left."""


@dataclass(frozen=True, slots=True)
class Side:
    """One release: what it told of a table, and the table. `known`: of each of its visits all may be known."""

    told: ToldTable
    table: Table
    known: bool = False

    def bounds(self, category: str) -> tuple[int, int]:
        """What a reader can conclude of a count."""
        n = self.told.n or 0
        cell = next((c for c in self.told.cells if c.category == category), None)
        if cell is None:
            named = sum(c.count or c.at_least or 0 for c in self.told.cells)
            return 0, n - named if self.told.definition in SUMMED else n
        if cell.count is not None:
            return cell.count, cell.count
        return cell.at_least or 0, n if cell.at_most is None else cell.at_most

    def of_kept(self, category: str, kept: int, changed: list[Unit]) -> tuple[int, int]:
        """The same of the visits that did not change, which hold `kept` units."""
        if self.known:
            count = len(self.table.of(category)) - sum(self.table.holds(u, category) for u in changed)
            return count, count
        low, high = self.bounds(category)
        return max(0, low - len(changed)), min(high, kept)


def untold(visits: Table, look_for: str) -> ToldTable:
    """What a release tells of a look-for that it has no table of its visits of."""
    most = most_unsaid(visits)
    return ToldTable(TAGGED, look_for, len(visits.units), (ToldCell(WITH, at_most=most),))


def pinned_between(before: Side, after: Side, changed: set[object]) -> Iterator[str]:
    """The categories whose count among the `changed` visits (slots) the two narrow more than may be, where one of them
    alone does not."""
    old, new = ([u for u in side.table.units if u.slot_id in changed] for side in (before, after))
    for category in dict.fromkeys(c.category for side in (after, before) for c in side.told.cells):
        if _narrowed(before, after, category, old, new) or _narrowed(after, before, category, new, old):
            yield category


def _narrowed(one: Side, other: Side, category: str, in_one: list[Unit], in_other: list[Unit]) -> bool:
    """Whether `one` narrows the count of the changed visits as `other` has it."""
    kept = len(other.table.units) - len(in_other)
    if not kept or not in_other:
        return False
    (low, high), (own_low, own_high) = one.of_kept(category, kept, in_one), other.bounds(category)
    alone = max(0, own_low - kept), min(len(in_other), own_high)
    least, most = max(alone[0], own_low - high), min(alone[1], own_high - low)
    if most - least >= min(WIDTH, alone[1] - alone[0]):
        return False
    cap = few_rooms_cap(in_other)
    return least <= cap or most >= len(in_other) - cap
