"""From facts to the released output: compute, judge, write down only what may be told. Pure."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

from services.reporting.disclosure.attack import ToldCell, ToldTable, place
from services.reporting.disclosure.cells import AtLeast, AtMost, Outcome, Told, Withheld
from services.reporting.disclosure.control import Verdict, judge
from services.reporting.disclosure.links import known_from_patterns
from services.reporting.disclosure.rule import Rule, unsaid
from services.reporting.figures.facts import RoundFacts
from services.reporting.figures.tables import RATED, TAGGED, Table, figure, tables
from services.reporting.releases.snapshot import Base, Cell, ReleasedTable

STEP = 0.01
"""Interval limits are told in whole percent, outwards: finer ones would claim more than an assumed likeness knows."""


def released_tables(facts: RoundFacts, rule: Rule) -> list[ReleasedTable]:
    found = tables(facts)
    base = base_of(found[0])
    told = [_released(verdict, base) for verdict in judge(found, rule, known_from_patterns(facts, rule))]
    return [t for t in told if not is_unsaid(t)]


def is_unsaid(table: ReleasedTable) -> bool:
    """Whether the table stays away: of a look-for that nobody was tagged with there is none, so that one that tells
    nothing, or "at most", would tell that somebody was."""
    return is_tagged(table) and not any(c.state == "told" or c.at_least is not None for c in table.cells)


def is_tagged(table: ReleasedTable) -> bool:
    return table.definition == TAGGED


def without(found: Sequence[ReleasedTable], places: Collection[str]) -> list[ReleasedTable]:
    """The tables with the cells at `places` hidden too; a table whose total is among them is hidden whole."""
    less = (_without(table, set(places)) for table in found)
    return [table for table in less if not is_unsaid(table)]


def _without(table: ReleasedTable, places: set[str]) -> ReleasedTable:
    why = unsaid()
    if place(table.definition, table.subject, "n") in places:
        return ReleasedTable(definition=table.definition, subject=table.subject, unit=table.unit, hidden=why)
    hide = {c.category for c in table.cells if place(table.definition, table.subject, c.category) in places}
    if not hide:
        return table
    if table.definition in RATED:  # which answers occur is part of what was seen: they lose their names
        kept = tuple(c for c in table.cells if c.category not in hide)
        if not kept:
            return ReleasedTable(definition=table.definition, subject=table.subject, unit=table.unit, hidden=why)
        return table.model_copy(update={"cells": kept, "rest": why})
    cells = tuple(_withheld(c.category) if c.category in hide else c for c in table.cells)
    return table.model_copy(update={"cells": cells})


def as_told(found: Sequence[ReleasedTable]) -> tuple[ToldTable, ...]:
    """What a reader has of the tables, through whichever door: the auditor's input."""
    return tuple(
        ToldTable(
            t.definition,
            t.subject,
            t.n if t.hidden is None else None,
            tuple(_told(c) for c in t.cells),
            t.not_rated,
            tuple(_told(c) for c in t.not_rated_cells),
            _reasons(t),
        )
        for t in found
    )


def _reasons(table: ReleasedTable) -> frozenset[str]:
    whys = (table.hidden, table.rest, *(c.why for c in (*table.cells, *table.not_rated_cells)))
    return frozenset(why.key for why in whys if why is not None)


def _told(cell: Cell) -> ToldCell:
    return ToldCell(cell.category, cell.count, cell.at_most, cell.at_least)


def base_of(visits: Table) -> Base:
    """How many visits, classrooms and observers stand behind a round, from a table of its visits."""
    return Base(
        visits=len({u.slot_id for u in visits.units}),
        classrooms=len({u.classroom_id for u in visits.units}),
        observers=len({person for u in visits.units for person in u.observers}),
    )


def _released(verdict: Verdict, base: Base) -> ReleasedTable:
    table = verdict.table
    if verdict.whole is not None:
        return ReleasedTable(definition=table.definition, subject=table.subject, unit=table.unit, hidden=verdict.whole)
    n = len(table.units)
    return ReleasedTable(
        definition=table.definition,
        subject=table.subject,
        unit=table.unit,
        n=n,
        cells=tuple(_cell(table, c, outcome, base) for c, outcome in verdict.cells.items()),
        rest=unsaid() if _unnamed(verdict) else None,
        not_rated=len(table.not_rated) if table.definition in RATED else None,
        not_rated_cells=tuple(
            Cell(category=c, state="told", count=o.count, text=f"{o.count} answers")
            if isinstance(o, Told)
            else _withheld(c)
            for c, o in verdict.not_rated.items()
        ),
    )


def _unnamed(verdict: Verdict) -> bool:
    """Whether answers are left that no cell names; after a coded one, and of options, that too stays open."""
    if verdict.table.definition == "look_for.options":
        return True
    told = [o.count for o in verdict.cells.values() if isinstance(o, Told)]
    return verdict.table.definition in RATED and sum(told) < len(verdict.table.units)


def _cell(table: Table, category: str, outcome: Outcome, base: Base) -> Cell:
    n, unit = len(table.units), table.unit
    match outcome:
        case Told():
            told = figure(table, category, base.classrooms, base.observers)
            low, high = outwards(told.interval.low, told.interval.high)
            return Cell(
                category=category,
                state="told",
                count=told.count,
                share=round(told.share, 4),
                low=low,
                high=high,
                certainty=told.certainty,
                text=f"{told.count} of {n} {unit}s",
            )
        case AtMost(bound):
            return Cell(category=category, state="coded", at_most=bound, text=f"at most {bound} of {n} {unit}s")
        case AtLeast(bound):
            return Cell(category=category, state="coded", at_least=bound, text=f"at least {bound} of {n} {unit}s")
        case Withheld():
            return _withheld(category)


def _withheld(category: str) -> Cell:
    why = unsaid()
    return Cell(category=category, state="hidden", why=why, text=why.text)


def outwards(low: float, high: float) -> tuple[float, float]:
    """The limits in whole percent, the interval never narrower than it is."""
    tiny = 1e-9  # a limit that is whole already, but for its binary digits, stays
    return (
        max(0.0, round(math.floor(low / STEP + tiny) * STEP, 2)),
        min(1.0, round(math.ceil(high / STEP - tiny) * STEP, 2)),
    )
