"""How a snapshot that older rules made is read today: frozen is what was known, not what was told of too little. Pure.

Which look-fors had a table of tagged visits told whom nobody was tagged with; why something was hidden told which rooms
were silent; likely ranges made of the spread over rooms told that they are alike. None of it leaves any more, through
whichever door; what else it told stays as it was. The audit of a later release knows all of it
(docs/adr/0004-disclosure-control.md, 10)."""

from __future__ import annotations

from services.reporting.disclosure.rule import RULES, Hidden, hidden, unsaid
from services.reporting.figures.intervals import share_interval
from services.reporting.figures.tables import TAGGED
from services.reporting.releases.compose import outwards
from services.reporting.releases.sentences import sentences
from services.reporting.releases.snapshot import Base, Cell, ReleasedTable, Snapshot


def read_snapshot(body: str) -> Snapshot:
    """A frozen snapshot as its readers have it."""
    return as_read(Snapshot.model_validate_json(body))


def as_read(snapshot: Snapshot) -> Snapshot:
    if snapshot.rules >= RULES or snapshot.older is not None:
        return snapshot
    tables = tables_today(snapshot)
    told = sentences(snapshot.base, snapshot.hidden, tables)
    return snapshot.model_copy(update={"tables": tables, "sentences": told, "older": hidden("older_rules", 0)})


def tables_today(snapshot: Snapshot) -> tuple[ReleasedTable, ...]:
    if snapshot.rules >= RULES:
        return snapshot.tables
    why = snapshot.hidden or unsaid()
    return tuple(_today(t, why, snapshot.base) for t in snapshot.tables if t.definition != TAGGED)


def _today(table: ReleasedTable, why: Hidden, base: Base | None) -> ReleasedTable:
    return table.model_copy(
        update={
            "hidden": why if table.hidden else None,
            "rest": why if table.rest else None,
            "cells": tuple(_ranged(_reasoned(c, why), table, base) for c in table.cells),
            "not_rated_cells": tuple(_reasoned(c, why) for c in table.not_rated_cells),
        }
    )


def _reasoned(cell: Cell, why: Hidden) -> Cell:
    return cell.model_copy(update={"why": why, "text": why.text}) if cell.why else cell


def _ranged(cell: Cell, table: ReleasedTable, base: Base | None) -> Cell:
    """With the likely range that follows from what is told beside it."""
    if cell.count is None or cell.low is None or not table.n or base is None:
        return cell
    observers = None if table.definition.endswith(".visits") else base.observers
    found = share_interval(cell.count, table.n, base.classrooms, observers)
    low, high = outwards(found.low, found.high)
    return cell.model_copy(update={"low": low, "high": high, "certainty": found.certainty})
