"""A released share of visits, as the models of the district take it. Pure."""

from __future__ import annotations

from services.reporting.figures.pooling import Seen
from services.reporting.releases.snapshot import Cell, Snapshot


def seen_in(snapshot: Snapshot, element: str) -> Seen | None:
    for table in snapshot.tables:
        if (table.definition, table.subject) == ("core_element.visits", element) and table.n and table.cells:
            return _of(table.cells[0], table.n)
    return None


def _of(cell: Cell, n: int) -> Seen | None:
    if cell.state == "told" and cell.share is not None:
        return Seen(n, cell.share, cell.low or 0.0, 1.0 if cell.high is None else cell.high)
    if cell.at_most is not None or cell.at_least is not None:
        return Seen(n, at_most=cell.at_most, at_least=cell.at_least)
    return None
