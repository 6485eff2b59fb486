"""The auditor: takes everything that was ever told of a round, and says what could be found out from it.

It shares no decision with the control (`control.py`, `cells.py`, `links.py`): it looks at what is told and at the
facts, attacks the one with linear and integer programming, and checks the other against the rule by itself. What it
finds stops the release.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.reporting.disclosure.attack import (
    ToldCell,
    ToldTable,
    answers_programme,
    nobody_programme,
    place,
    statements_programme,
)
from services.reporting.disclosure.between import Side, pinned_between, untold
from services.reporting.disclosure.programme import Programme, Solution
from services.reporting.disclosure.rule import CELL_CLASSROOMS, CELL_OBSERVERS, Rule
from services.reporting.figures.tables import RATED, TAGGED, WITH, Table, Unit, untagged

UNSAID = "few_or_linked"
"""The reason that is the same whatever was seen."""
Kind = Literal[
    "pinned",
    "pinned_between",
    "pinned_by_sections",
    "below_rule",
    "few_classrooms",
    "few_observers",
    "small_difference",
    "telling_reason",
    "not_checked",
]


class Finding(BaseModel):
    """`kind` is for translation. `where`: definition|subject|category, for the record alone: which answers occur is
    part of what is hidden. `text` says what could be found out, without the value and without its name; `mend` what a
    person can do."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: Kind
    where: str
    text: str
    mend: str


@dataclass(frozen=True, slots=True)
class State:
    """What one release told of a round, with the facts behind it. `known`: it was told by older rules, of which the
    worst is taken, that each visit is known from it."""

    told: tuple[ToldTable, ...]
    tables: tuple[Table, ...]
    floors: Mapping[str, int]
    known: bool = False


def programmes(state: State) -> list[Programme]:
    """One per part of the round that hangs together."""
    by_key = {(t.definition, t.subject): t for t in state.tables}
    found = [statements_programme(state.told, state.tables, state.floors)]
    for told in state.told:
        table = by_key.get((told.definition, told.subject))
        if told.definition in RATED and table is not None:
            found += [answers_programme(told, table), nobody_programme(told, table)]
    return [p for p in found if p.protected]


def findings_of(solutions: Iterable[Solution]) -> list[Finding]:
    """What the programmes found."""
    found = []
    for solution in solutions:
        for where in solution.pinned:
            found.append(
                Finding(
                    kind="pinned",
                    where=where,
                    text=f"A hidden or bounded count of {_table_of(where)} could be worked out from what is told.",
                    mend="Release again after more visits, or ask the district to raise its thresholds.",
                )
            )
    return found


def check(state: State, rule: Rule) -> list[Finding]:
    """What is told of too few, by the facts; and by the words of why something is hidden."""
    visits = next((t for t in state.tables if t.by_visits), None)
    by_key = {(t.definition, t.subject): t for t in state.tables}
    found: list[Finding] = []
    for told in state.told:
        table = by_key.get((told.definition, told.subject))
        found += _reasons(told, visits, rule)
        if told.n is None or table is None:
            continue
        found += _base(told, table, rule)
        for cell in told.cells:
            found += _sides(told, table, cell)
    return found


def differences(before: State, after: State, rule: Rule) -> list[Finding]:
    """What two releases tell together: a table that changed must have changed in enough visits, rooms and observers,
    and no count of these alone may follow from the two (`pinned_between`: hiding the newer one mends it)."""
    old = {(t.definition, t.subject): t for t in before.told if t.n is not None}
    found = []
    for told in after.told:
        was, now = _table(before, told), _table(after, told)
        earlier = old.get((told.definition, told.subject))
        if earlier is None and told.definition == TAGGED and (visits := _visits_told(before)) is not None:
            was = was or untagged(visits, told.subject or "")
            earlier = untold(visits, told.subject or "")
        if told.n is None or earlier is None or (earlier == told and not before.known):
            continue
        changed = _changed(was, now)
        if changed and (why := _too_few(changed, rule)):
            at = place(told.definition, told.subject, "")
            found.append(
                Finding(
                    kind="small_difference",
                    where=at,
                    text=f"The difference to an earlier release ({_table_of(at)}) is one of {why}.",
                    mend="Let the corrections wait until more of them have come, then release again.",
                )
            )
        elif changed and was is not None and now is not None:
            slots: set[object] = {u.slot_id for u in changed}
            for category in pinned_between(Side(earlier, was, before.known), Side(told, now), slots):
                named = category in (c.category for c in told.cells)
                at = place(told.definition, told.subject, category if named else "n")
                found.append(
                    Finding(
                        kind="pinned_between",
                        where=at,
                        text=f"With an earlier release a count of {_table_of(at)} tells of the visits that changed.",
                        mend="Release again after more visits.",
                    )
                )
    return found


def beside_sections(element: str) -> Finding:
    """What this release tells of a core element together with frozen figures by grade and subject."""
    at = place("core_element.visits", element, WITH)
    return Finding(
        kind="pinned_by_sections",
        where=at,
        text=f"With figures by grade and subject a count of {_table_of(at)} could be worked out.",
        mend="Let the corrections wait until more of them have come, then release again.",
    )


def not_proven() -> Finding:
    """The audit did not come to an end: what it would have found is not known, so nothing is told."""
    return Finding(
        kind="not_checked",
        where="",
        text="Whether a hidden count could be worked out from this release was not proven in the time the audit has.",
        mend="Release again when the platform is less busy; if that is of no help, after more visits.",
    )


def table_of(where: str) -> tuple[str, str]:
    """Definition and subject of the table of a place. That of visits tagged with a look-for is not named: that there is
    one tells of it."""
    definition, subject, _ = where.split("|", 2)
    return definition, "" if definition == TAGGED else subject


def _table_of(where: str) -> str:
    return " ".join(table_of(where)).strip()


def _visits_told(state: State) -> Table | None:
    """The visits of a release that told of them, in the table of a core element."""
    told = {t.subject for t in state.told if t.definition == "core_element.visits" and t.n is not None}
    return next((t for t in state.tables if t.definition == "core_element.visits" and t.subject in told), None)


def _table(state: State, told: ToldTable) -> Table | None:
    return next((t for t in state.tables if (t.definition, t.subject) == (told.definition, told.subject)), None)


def _reasons(told: ToldTable, visits: Table | None, rule: Rule) -> list[Finding]:
    """What is hidden says why for what the visits lack, which everybody knows; or with the one reason that says no more
    than that it is hidden. Any other holds in some worlds only: it would tell of them."""
    short = _short(visits.units, rule) if visits else []
    may = {f"fewer_than_{what}" for _, what in short} or {UNSAID}
    if told.reasons <= may:
        return []
    at = place(told.definition, told.subject, "")
    return [
        Finding(
            kind="telling_reason",
            where=at,
            text=f"Why something of {_table_of(at)} is hidden would itself tell what was seen.",
            mend="Tell those who run the platform: a new version of it is needed.",
        )
    ]


def _base(told: ToldTable, table: Table, rule: Rule) -> list[Finding]:
    why = _too_few(table.units, rule)
    if not why:
        return []
    at = place(told.definition, told.subject, "")
    return [
        Finding(
            kind="below_rule",
            where=at,
            text=f"A table ({_table_of(at)}) is told over {why}.",
            mend="Visit more classrooms before the next release.",
        )
    ]


def _sides(told: ToldTable, table: Table, cell: ToldCell) -> list[Finding]:
    """An exact share of visits needs its rooms on both sides; other cells need rooms and observers of their own."""
    if cell.count is None:
        return []
    options = told.definition == "look_for.options"
    has = [u for u in table.units if cell.category in (u.category.split() if options else (u.category,))]
    lacks = [u for u in table.units if u not in has]
    two = options or (told.definition.endswith(".visits") and cell.category == WITH)
    sides = [has, lacks] if two else [has]
    at = place(told.definition, told.subject, cell.category)
    found = []
    if any(len({u.classroom_id for u in side}) < CELL_CLASSROOMS for side in sides):
        found.append(
            Finding(
                kind="few_classrooms",
                where=at,
                text=f"A count of {_table_of(at)} speaks of fewer than {CELL_CLASSROOMS} classrooms.",
                mend="Release again after more visits.",
            )
        )
    elif not told.definition.endswith(".visits") and any(len(_people(side)) < CELL_OBSERVERS for side in sides):
        found.append(
            Finding(
                kind="few_observers",
                where=at,
                text=f"A count of {_table_of(at)} is what a single observer said.",
                mend="Release again after more observers have handed in their notes.",
            )
        )
    return found


def _too_few(units: Sequence[Unit], rule: Rule) -> str:
    return " and ".join(f"fewer than {least} {what}" for least, what in _short(units, rule))


def _short(units: Sequence[Unit], rule: Rule) -> list[tuple[int, str]]:
    counted = (
        (len({u.classroom_id for u in units}), rule.classrooms, "classrooms"),
        (len({u.slot_id for u in units}), rule.visits, "visits"),
        (len(_people(units)), rule.observers, "observers"),
    )
    return [(least, what) for n, least, what in counted if n < least]


def _people(units: Iterable[Unit]) -> set[UUID]:
    return {person for unit in units for person in unit.observers}


def _changed(before: Table | None, after: Table | None) -> list[Unit]:
    signs: list[dict[UUID, Counter[tuple[str, frozenset[UUID]]]]] = []
    units: defaultdict[UUID, list[Unit]] = defaultdict(list)
    for table in (before, after):
        sign: defaultdict[UUID, Counter[tuple[str, frozenset[UUID]]]] = defaultdict(Counter)
        for unit in (*table.units, *table.not_rated) if table else ():
            sign[unit.slot_id][unit.category, unit.observers] += 1
            units[unit.slot_id].append(unit)
        signs.append(sign)
    old, new = signs
    return [u for slot in units if old.get(slot, Counter()) != new.get(slot, Counter()) for u in units[slot]]
