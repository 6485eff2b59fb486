"""What of a section may be told, before the audit: the rule, three schools, both ends coded, no small change. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from services.reporting.disclosure.cells import Outcome, Withheld, two_sided
from services.reporting.disclosure.rule import Hidden, Rule, hidden, too_small, unsaid
from services.reporting.figures.tables import WITH
from services.reporting.sections.visits import ELEMENTS, LEAST_SCHOOLS, Group, Visit, changed, menu, table_of


@dataclass(frozen=True, slots=True)
class Verdict:
    """`whole`: the group is hidden as one, its size included."""

    group: Group
    visits: tuple[Visit, ...]
    whole: Hidden | None
    cells: dict[str, Outcome]


def judge(visits: Sequence[Visit], before: Iterable[Sequence[Visit]], rule: Rule) -> list[Verdict]:
    """`before`: the visits behind each earlier section of the period."""
    earlier = list(before)
    found = []
    for group in menu(visits):
        held = tuple(v for v in visits if group.holds(v))
        whole = too_few(held, rule)
        if whole is None and any(_small_change(old, visits, group, rule) for old in earlier):
            whole = hidden("few_corrections", rule.classrooms)
        cells: dict[str, Outcome] = {} if whole else {e: two_sided(table_of(held, e), WITH) for e in ELEMENTS}
        found.append(Verdict(group, held, whole, cells))
    return found


def too_few(visits: Sequence[Visit], rule: Rule) -> Hidden | None:
    """The first part of the rule, or of what a section asks beyond it, that the visits do not meet."""
    short = too_small([v.unit for v in visits], rule)
    if short is None and len({v.school_id for v in visits}) < LEAST_SCHOOLS:
        return hidden("fewer_than_schools", LEAST_SCHOOLS)
    return short


def _small_change(old: Sequence[Visit], new: Sequence[Visit], group: Group, rule: Rule) -> bool:
    differing = changed(old, new, group)
    return bool(differing) and too_few(differing, rule) is not None


def without(verdicts: Sequence[Verdict], cells: Iterable[tuple[str, Group]], groups: Iterable[Group]) -> list[Verdict]:
    """The verdicts with more hidden: single cells (element, group), and whole groups."""
    why, gone, less = unsaid(), set(groups), set(cells)
    found = []
    for v in verdicts:
        if v.whole is None and v.group in gone:
            found.append(Verdict(v.group, v.visits, why, {}))
        else:
            kept = {e: Withheld() if (e, v.group) in less else outcome for e, outcome in v.cells.items()}
            found.append(Verdict(v.group, v.visits, v.whole, kept))
    return found
