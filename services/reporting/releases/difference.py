"""What two releases of one round may tell by their difference: nothing about few rooms.

Tables are renewed in groups that hang together: everything made of statements is one group, each
look-for's answers another. A group is renewed only when, against every earlier state of it that was
released, each of its tables either did not change at all or changed in as many visits, classrooms and
observers as the rule asks. Otherwise the whole group stays as it was told; its corrections wait.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from uuid import UUID

from services.reporting.disclosure.rule import Rule, too_small
from services.reporting.figures.tables import RATED, TAGGED, Table, Unit, untagged

STATEMENTS = "statements"


def group_of(definition: str, subject: str | None) -> str:
    return f"answers:{subject}" if definition in RATED else STATEMENTS


def grouped(tables: Iterable[Table]) -> dict[str, list[Table]]:
    groups: defaultdict[str, list[Table]] = defaultdict(list)
    for table in tables:
        groups[group_of(table.definition, table.subject)].append(table)
    return dict(groups)


def changed_units(before: Table | None, after: Table | None) -> list[Unit]:
    """The units of every visit in which the two differ; empty when they tell the same."""
    old, new = _by_visit(before), _by_visit(after)
    return [
        unit
        for slot in old.keys() | new.keys()
        if _told(old.get(slot, [])) != _told(new.get(slot, []))
        for unit in (*old.get(slot, ()), *new.get(slot, ()))
    ]


def may_renew(before: Iterable[Table], after: Iterable[Table], rule: Rule) -> bool:
    """Whether releasing `after` when `before` was released tells of no small difference."""
    first, second = list(before), list(after)
    old = {(t.definition, t.subject): t for t in _with_untagged(first, second)}
    new = {(t.definition, t.subject): t for t in _with_untagged(second, first)}
    for key in old.keys() | new.keys():
        changed = changed_units(old.get(key), new.get(key))
        if changed and too_small(changed, rule) is not None:
            return False
    return True


def _with_untagged(tables: list[Table], others: list[Table]) -> list[Table]:
    """With the look-fors that only the others were tagged with: that there is no table tells that nobody was."""
    visits = next((t for t in tables if t.definition == "core_element.visits"), None)
    named = {t.subject for t in tables if t.definition == TAGGED}
    if visits is None:
        return tables
    more = (t.subject or "" for t in others if t.definition == TAGGED and t.subject not in named)
    return [*tables, *(untagged(visits, look_for) for look_for in more)]


def _by_visit(table: Table | None) -> dict[UUID, list[Unit]]:
    visits: defaultdict[UUID, list[Unit]] = defaultdict(list)
    for unit in (*table.units, *table.not_rated) if table is not None else ():
        visits[unit.slot_id].append(unit)
    return visits


def _told(units: Iterable[Unit]) -> Counter[tuple[str, frozenset[UUID]]]:
    return Counter((u.category, u.observers) for u in units)
