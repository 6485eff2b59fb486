"""One release of a round: new figures where they may be told, the earlier ones where they may not. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.reporting.disclosure.rule import RULES, Rule, hidden, too_small
from services.reporting.figures.facts import RoundFacts
from services.reporting.figures.tables import tables
from services.reporting.releases.compose import base_of, is_tagged, is_unsaid, released_tables
from services.reporting.releases.decide import Releases
from services.reporting.releases.difference import STATEMENTS, group_of, grouped, may_renew
from services.reporting.releases.older import tables_today
from services.reporting.releases.sentences import sentences
from services.reporting.releases.snapshot import ReleasedTable, Snapshot


@dataclass(frozen=True, slots=True)
class Release:
    """Which release is to be made, of what."""

    snapshot_id: UUID
    number: int
    log_seq: int
    as_of: datetime
    rule: Rule


def compose(
    release: Release, facts: RoundFacts, before: Releases, earlier: Mapping[int, RoundFacts]
) -> tuple[Snapshot, dict[str, tuple[int, ...]]]:
    """The snapshot, and which places in the log each group of its tables has told of by now.

    `earlier`: the facts as of each place in `before.told`. Beside a release by older rules the tables of visits that
    were tagged with a look-for stay away, whatever they hold: which of them were there told who was tagged not at all.
    """
    new = grouped(tables(facts))
    old = {place: grouped(tables(known)) for place, known in earlier.items()}
    fresh = _by_group(t for t in released_tables(facts, release.rule) if not (before.older and is_tagged(t)))
    kept = _by_group(t for t in tables_today(before.latest) if not is_unsaid(t)) if before.latest else {}
    told = dict(before.told)
    chosen: list[ReleasedTable] = []
    held: set[str] = set()
    for group in sorted(fresh.keys() | kept.keys(), key=_in_order):
        if all(may_renew(old[place].get(group, ()), new.get(group, ()), release.rule) for place in told.get(group, ())):
            chosen += fresh.get(group, [])
            if any(t.hidden is None for t in fresh.get(group, ())):
                told[group] = tuple(sorted({*told.get(group, ()), release.log_seq}))
        else:
            held.add(group)
            chosen += kept.get(group, [])
    visits = new[STATEMENTS][0]
    why = too_small(visits.units, release.rule)
    base = None if why else base_of(visits)
    if STATEMENTS in held and before.latest is not None:
        base, why = before.latest.base, before.latest.hidden
    return Snapshot(
        snapshot_id=release.snapshot_id,
        round_id=facts.round_id,
        school_id=facts.school_id,
        day=facts.day,
        release=release.number,
        as_of=release.as_of,
        instrument=facts.instrument,
        instrument_version=facts.instrument_version,
        rule=release.rule,
        base=base,
        hidden=why,
        held=hidden("few_corrections", release.rule.classrooms) if held else None,
        rules=RULES,
        sentences=sentences(base, why, chosen),
        tables=tuple(chosen),
    ), told


def _by_group(found: Iterable[ReleasedTable]) -> dict[str, list[ReleasedTable]]:
    groups: dict[str, list[ReleasedTable]] = {}
    for table in found:
        groups.setdefault(group_of(table.definition, table.subject), []).append(table)
    return groups


def _in_order(group: str) -> tuple[bool, str]:
    return group != STATEMENTS, group
