"""A release of a round that was told before, beside the sections that tell of its earlier state.

The round's own releases, and every section, were audited without it: what it tells of the visits that stay as they were
may narrow what the sections left open of its parts, and of those of other schools. The attack is that of a section
(`attack.py`), with the release in its place: the counts that it tells are what may still be hidden.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterator, Mapping, Sequence
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
from services.reporting.sections.near import Near, near
from services.reporting.sections.visits import ELEMENTS, Visit

_TIMES = 3
"""Passes that may each hide more."""
_WORST = " known"
"""At the end of the name of the attack of somebody who knows each visit that older rules told of."""


@dataclass(frozen=True, slots=True)
class Again:
    """The release: its round, its place in the log, the visits behind it."""

    round_id: UUID
    at: int
    visits: Sequence[Visit]


def release_programmes(
    release: Again,
    snapshot: Snapshot,
    before: Sequence[State],
    rounds: Rounds,
    elements: Collection[str] = ELEMENTS,
) -> Iterator[tuple[str, Programme]]:
    """For each core element of which the snapshot tells anything, the attack of somebody who knows what was told; and
    of one who knows each visit that older rules told of. `before`: what each section told; `rounds`: what the releases
    before this one did. By their names, which begin with the element."""
    told = told_by(snapshot, release.visits)
    now = State(release.visits, {release.round_id: release.at}, {}, {})
    known = {**rounds, (release.round_id, release.at): told}
    attack = Attack(now, before, known)
    for element in elements:
        for name, programme in (
            (element, attack.element(element, now)),
            (f"{element}{_WORST}", attack.worst(element, now)),
        ):
            if programme is None:
                continue
            new = {key: t for key, t in programme.told.items() if key in _mine(release, element)}
            programme.told |= {key: replace(t, cost=max(len(release.visits), 1)) for key, t in new.items()}
            programme.by_itself = str(release.round_id)
            if new and programme.protected:
                yield name, programme


def _element(name: str) -> str:
    return name.removesuffix(_WORST)


def _mine(release: Again, element: str) -> Mapping[str, str]:
    """The places of the snapshot, by the names that the programme has for what they tell."""
    at = at_round(release.round_id, release.at)
    return {
        at: place("core_element.visits", element, WITH),
        f"{at} said": place("core_element.statements", None, element),
    }


@dataclass(frozen=True, slots=True)
class Beside:
    """What a release stands beside: what each section told, and the releases before it; `close`: who is near it."""

    release: Again
    before: Sequence[State]
    rounds: Rounds
    close: Near | None

    @classmethod
    def of(cls, release: Again, before: Sequence[State], rounds: Rounds) -> Beside:
        return cls(release, before, rounds, near(release.round_id, before, rounds))


async def beside(snapshot: Snapshot, told: Beside) -> tuple[Snapshot, tuple[Finding, ...]]:
    """The snapshot as it may be told, the cheapest further cells hidden; and what stands against it.

    Raises AuditFailed; NotProven where nothing is known to be worked out, and neither that it cannot."""
    found: tuple[Finding, ...] = ()
    for _ in range(_TIMES):
        left = None if told.close is None else await _left(snapshot, told.release, told.close)
        asked = await asyncio.to_thread(_of_the_whole, snapshot, told, left)
        solutions = await solved([programme for _, programme in asked])
        leaking = [(element, s) for (element, _), s in zip(asked, solutions, strict=True) if s.pinned]
        leaks = {element for element, _ in leaking}
        hide = [_mine(told.release, element)[key] for element, s in leaking for key in s.hide or ()]
        if not hide:
            if leaks and all(set(s.unproven) >= set(s.pinned) for _, s in leaking):
                raise NotProven("counts beside a section are undecided")
            return snapshot, tuple(beside_sections(element) for element in sorted(leaks))
        found = tuple(beside_sections(element) for element in sorted(leaks))
        snapshot = hidden_more(snapshot, hide)
    return snapshot, found


Left = Mapping[str, Collection[str]]
"""Of each programme, by its name, what is not shown to be open."""


async def _left(snapshot: Snapshot, release: Again, close: Near) -> Left:
    """What asking about the rounds nearby leaves to be asked of the whole."""
    asked = await asyncio.to_thread(_nearby, snapshot, release, close)
    solutions = await solved([programme for _, programme in asked], complement=False)
    return {name: s.pinned for (name, _), s in zip(asked, solutions, strict=True)}


def _nearby(snapshot: Snapshot, release: Again, close: Near) -> list[tuple[str, Programme]]:
    found = list(release_programmes(release, snapshot, close.before, close.rounds))
    asked = {str(round_id) for round_id in close.asked}
    for _, programme in found:
        programme.within = True
        of = {key: {programme.blocks[name] for name in p.form} for key, p in programme.protected.items()}
        programme.protected = {k: p for k, p in programme.protected.items() if len(of[k]) > 1 or of[k] <= asked}
    return found


def _of_the_whole(snapshot: Snapshot, told: Beside, left: Left | None) -> list[tuple[str, Programme]]:
    """By their elements. `left`: what alone is asked, where that is known."""
    elements = ELEMENTS if left is None else {_element(name) for name, keys in left.items() if keys}
    found: list[tuple[str, Programme]] = []
    if not elements:
        return found
    for name, programme in release_programmes(told.release, snapshot, told.before, told.rounds, elements):
        element = _element(name)
        if left is not None:
            # nearby nobody may be known: then the others are known anyway, and so is what is asked of the worst
            keys = set(left.get(name, left.get(element, ())))
            assert name not in left or keys <= programme.protected.keys(), "it has the same names here as nearby"
            programme.protected = {key: p for key, p in programme.protected.items() if key in keys}
        if programme.protected:
            found.append((element, programme))
    return found
