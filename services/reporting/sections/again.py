"""A release of a round that was told before, beside the sections that tell of its earlier state.

The round's own releases, and every section, were audited without it: what it tells of the visits that stay as they were
may narrow what the sections left open of its parts, and of those of other schools. The attack is that of a section
(`attack.py`), with the release in its place: the counts that it tells are what may still be hidden.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from services.reporting.disclosure.attack import place
from services.reporting.disclosure.auditor import Finding, beside_sections
from services.reporting.disclosure.programme import Programme
from services.reporting.disclosure.solver import NotProven, solved
from services.reporting.figures.tables import WITH
from services.reporting.releases.gate import hidden_more
from services.reporting.releases.snapshot import Snapshot
from services.reporting.sections.attack import Attack, Rounds, State, at_round
from services.reporting.sections.known import told_by
from services.reporting.sections.visits import ELEMENTS, Visit

_TIMES = 3
"""Passes that may each hide more."""


@dataclass(frozen=True, slots=True)
class Again:
    """The release: its round, its place in the log, the visits behind it."""

    round_id: UUID
    at: int
    visits: Sequence[Visit]


def release_programmes(
    release: Again, snapshot: Snapshot, before: Sequence[State], rounds: Rounds
) -> Iterator[tuple[str, Programme]]:
    """For each core element of which the snapshot tells anything, the attack of somebody who knows what was told; and
    of one who knows each visit that older rules told of. `before`: what each section told; `rounds`: what the releases
    before this one did."""
    told = told_by(snapshot, release.visits)
    now = State(release.visits, {release.round_id: release.at}, {}, {})
    known = {**rounds, (release.round_id, release.at): told}
    attack = Attack(now, before, known)
    for element in ELEMENTS:
        for programme in (attack.element(element, now), attack.worst(element, now)):
            if programme is None:
                continue
            new = {key: t for key, t in programme.told.items() if key in _mine(release, element)}
            programme.told |= {key: replace(t, cost=max(len(release.visits), 1)) for key, t in new.items()}
            programme.by_itself = str(release.round_id)
            if new and programme.protected:
                yield element, programme


def _mine(release: Again, element: str) -> Mapping[str, str]:
    """The places of the snapshot, by the names that the programme has for what they tell."""
    at = at_round(release.round_id, release.at)
    return {
        at: place("core_element.visits", element, WITH),
        f"{at} said": place("core_element.statements", None, element),
    }


async def beside(
    release: Again, snapshot: Snapshot, before: Sequence[State], rounds: Rounds
) -> tuple[Snapshot, tuple[Finding, ...]]:
    """The snapshot as it may be told, the cheapest further cells hidden; and what stands against it.

    Raises AuditFailed; NotProven where nothing is known to be worked out, and neither that it cannot."""
    found: tuple[Finding, ...] = ()
    for _ in range(_TIMES):
        asked = await asyncio.to_thread(lambda told: list(release_programmes(release, told, before, rounds)), snapshot)
        solutions = await solved([programme for _, programme in asked])
        leaking = [(element, s) for (element, _), s in zip(asked, solutions, strict=True) if s.pinned]
        leaks = {element for element, _ in leaking}
        hide = [_mine(release, element)[key] for element, s in leaking for key in s.hide or ()]
        if not hide:
            if leaks and all(set(s.unproven) >= set(s.pinned) for _, s in leaking):
                raise NotProven("counts beside a section are undecided")
            return snapshot, tuple(beside_sections(element) for element in sorted(leaks))
        found = tuple(beside_sections(element) for element in sorted(leaks))
        snapshot = hidden_more(snapshot, hide)
    return snapshot, found
