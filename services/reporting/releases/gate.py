"""The gate before each release: nothing is frozen before the auditor has attacked it.

Where the audit finds that something hidden could be worked out, the cheapest further cells are hidden (an optimisation,
see disclosure/worker.py) and the audit runs again. What still fails stops the release, with reasons.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from services.reporting.disclosure.auditor import Finding, State, check, differences, findings_of, programmes
from services.reporting.disclosure.links import known_from_patterns
from services.reporting.disclosure.rule import Rule
from services.reporting.disclosure.solver import solved
from services.reporting.figures.facts import RoundFacts
from services.reporting.figures.tables import Table, tables
from services.reporting.releases.compose import as_told, without
from services.reporting.releases.difference import group_of
from services.reporting.releases.sentences import sentences
from services.reporting.releases.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Ledger:
    """All that was told of a round before: at each place in the log, the facts and the snapshot of that release.
    `older`: the places of those that were made by older rules."""

    facts: Mapping[int, RoundFacts]
    snapshots: Mapping[int, Snapshot]
    older: Collection[int] = ()


async def audited(
    snapshot: Snapshot, told: Mapping[str, tuple[int, ...]], now: tuple[int, RoundFacts], ledger: Ledger
) -> tuple[Snapshot, tuple[Finding, ...]]:
    """The snapshot as it may be frozen, and what stands against it; it may not be frozen while there is anything.

    `told`: the places that each group of tables has told of, this release included. `now`: this release's place and
    facts. Raises AuditFailed.
    """
    state = _state(snapshot, told, now, ledger)
    between = _differences(_fresh(state, told, now[0]), snapshot.rule, told, ledger)
    if hide := [f.where for f in between if f.kind == "pinned_between"]:
        snapshot = hidden_more(snapshot, hide)
        state = _state(snapshot, told, now, ledger)
    solutions = await solved(programmes(state))
    if any(s.pinned for s in solutions):
        hide = [where for s in solutions for where in s.hide or ()]
        if hide:
            snapshot = hidden_more(snapshot, hide)
            state = _state(snapshot, told, now, ledger)
            solutions = await solved(programmes(state), complement=False)
    fresh = _fresh(state, told, now[0])
    found = findings_of(solutions) + check(fresh, snapshot.rule) + _differences(fresh, snapshot.rule, told, ledger)
    return snapshot, tuple(found)


def _differences(fresh: State, rule: Rule, told: Mapping[str, tuple[int, ...]], ledger: Ledger) -> list[Finding]:
    """What the tables that are renewed tell together with each earlier release."""
    return [
        finding
        for place, before in ledger.snapshots.items()
        if place in ledger.facts
        for finding in differences(_as_released(before, place, told, ledger), fresh, rule)
    ]


def hidden_more(snapshot: Snapshot, places: list[str]) -> Snapshot:
    """The snapshot with the cells at `places` hidden too, its sentences made anew of what is left."""
    kept = without(snapshot.tables, places)
    told = sentences(snapshot.base, snapshot.hidden, kept)
    return snapshot.model_copy(update={"tables": tuple(kept), "sentences": told})


def _state(
    snapshot: Snapshot, told: Mapping[str, tuple[int, ...]], now: tuple[int, RoundFacts], ledger: Ledger
) -> State:
    """What the snapshot tells, each group of tables beside the facts that it was made of."""
    at, facts = now
    made: dict[int, list[Table]] = {at: tables(facts)}
    chosen: list[Table] = []
    for table in snapshot.tables:
        places = told.get(group_of(table.definition, table.subject), ())
        place = at if at in places or not places or places[-1] not in ledger.facts else places[-1]
        if place not in made:
            made[place] = tables(ledger.facts[place])
        chosen += [t for t in made[place] if (t.definition, t.subject) == (table.definition, table.subject)]
    return State(as_told(snapshot.tables), tuple(chosen), known_from_patterns(facts, snapshot.rule))


def _fresh(state: State, told: Mapping[str, tuple[int, ...]], at: int) -> State:
    """Only the groups that this release renews: what stands as it was told cannot be told less."""
    groups = {group for group, places in told.items() if at in places}
    kept = tuple(t for t in state.told if group_of(t.definition, t.subject) in groups)
    return State(kept, state.tables, state.floors)


def _as_released(before: Snapshot, place: int, told: Mapping[str, tuple[int, ...]], ledger: Ledger) -> State:
    """The groups of tables that the release renewed: those that it held are compared where they were told first."""
    facts = ledger.facts[place]
    own = [t for t in before.tables if place in told.get(group_of(t.definition, t.subject), ())]
    return State(as_told(own), tuple(tables(facts)), known_from_patterns(facts, before.rule), place in ledger.older)
