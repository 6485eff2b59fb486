"""From a round's tables to what may be told of them: the one door."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.reporting.disclosure.cells import (
    AtMost,
    Outcome,
    Told,
    Withheld,
    answers,
    distribution,
    options,
    rooms,
    two_sided,
)
from services.reporting.disclosure.links import known_from_visits, tag_leaks
from services.reporting.disclosure.rule import CELL_CLASSROOMS, Hidden, Rule, too_small, unsaid
from services.reporting.figures.facts import NOT_RATED
from services.reporting.figures.tables import WITH, Table


@dataclass(frozen=True, slots=True)
class Verdict:
    """`whole`: the table is hidden as one, its size included: for what the plan of visits lacks, or with one reason for
    all that was seen. Otherwise the outcome of each category, and of each way of not being rated."""

    table: Table
    whole: Hidden | None
    cells: dict[str, Outcome]
    not_rated: dict[str, Outcome]


def judge(tables: Sequence[Table], rule: Rule, floors: Mapping[str, int] | None = None) -> list[Verdict]:
    """Decides on all tables of one round at once, in their order: they are linked. `floors`: what patterns tell."""
    by_visits = [t for t in tables if t.by_visits]
    base = too_small(by_visits[0].units, rule) if by_visits else None
    core = {
        t.subject or "": _element(two_sided(t, WITH), (floors or {}).get(t.subject or "", 0))
        for t in by_visits
        if t.definition == "core_element.visits"
    }
    n = len(by_visits[0].units) if by_visits else 0
    spread = next((t for t in tables if t.definition == "core_element.statements"), None)
    shares = None
    if spread is not None and base is None and too_small(spread.units, rule) is None:
        shares = distribution(spread, known_from_visits(core, n, floors))
    total = None if shares is None or spread is None else len(spread.units)
    return [_one(t, rule, base, core, shares, n, total) for t in tables]


def _element(outcome: Outcome, floor: int) -> Outcome:
    """A pattern that names an element tells of the rule's classrooms with it: then "at most" would leave few counts."""
    return Withheld() if floor and isinstance(outcome, AtMost) else outcome


def _one(
    table: Table,
    rule: Rule,
    base: Hidden | None,
    core: dict[str, Outcome],
    shares: dict[str, Outcome] | None,
    n: int,
    total: int | None,
) -> Verdict:
    if base is not None:
        return Verdict(table, base, {}, {})
    if table.by_visits:
        outcome: Outcome = core.get(table.subject or "", Withheld())
        if table.definition != "core_element.visits":
            outcome = two_sided(table, WITH)
            if tag_leaks(outcome, core, n, total):
                outcome = Withheld()
        return Verdict(table, None, {WITH: outcome}, {})
    nothing = Verdict(table, unsaid(), {}, {})
    if too_small(table.units, rule) is not None:
        return nothing
    if table.definition == "core_element.statements":
        return nothing if shares is None else Verdict(table, None, shares, {})
    if table.definition == "statements.judgmental":
        cells = distribution(table) if total is not None else None  # it tells that total too
        if cells is None or not all(isinstance(o, Told) for o in cells.values()):
            return nothing
        return Verdict(table, None, cells, {})
    shown = (options if table.definition == "look_for.options" else answers)(table)
    return nothing if shown is None else Verdict(table, None, shown, _not_rated(table))


def _not_rated(table: Table) -> dict[str, Outcome]:
    """How often a look-for was not observed or did not apply. Their sum is told beside the denominator; the
    split only where each side has its classrooms, for then neither follows from the sum."""
    units = {reason: [u for u in table.not_rated if u.category == reason] for reason in NOT_RATED}
    if all(len(rooms(held)) >= CELL_CLASSROOMS for held in units.values()):
        return {reason: Told(len(held)) for reason, held in units.items()}
    return {reason: Withheld() for reason in NOT_RATED} if table.not_rated else {}
