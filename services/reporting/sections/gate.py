"""The gate before a section: hide the cheapest further cells until nothing can be worked out, else keep it back."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from uuid import UUID

from services.reporting.disclosure.attack import ToldCell
from services.reporting.disclosure.cells import AtLeast, AtMost, Told
from services.reporting.disclosure.programme import Solution
from services.reporting.disclosure.solver import NotProven, solved
from services.reporting.sections.attack import Attack, Rounds, State, place
from services.reporting.sections.control import Verdict, without
from services.reporting.sections.visits import ELEMENTS, Group, Visit

_TIMES = 6
"""Passes that may each hide more."""


async def audited(
    verdicts: Sequence[Verdict],
    visits: Sequence[Visit],
    places: Mapping[UUID, int],
    before: Sequence[State],
    rounds: Rounds,
) -> tuple[list[Verdict], tuple[str, ...]]:
    """The verdicts as they may be told, and what could still be worked out: then nothing may be told.

    Raises AuditFailed; NotProven where nothing is known to be worked out, and neither that it cannot.
    """
    told = list(verdicts)
    at: dict[str, tuple[str, Group]] = {}
    for verdict in verdicts:
        at |= {place(what, verdict.group): (what, verdict.group) for what in ("visits", *ELEMENTS)}
    attack = await asyncio.to_thread(Attack, state_of(told, visits, places), before, rounds)
    leaks: tuple[str, ...] = ()
    proven: list[set[str]] = [set() for _ in ("visits", *ELEMENTS, *ELEMENTS)]
    for _ in range(_TIMES):
        state = state_of(told, visits, places)
        solutions = await _solved(attack, state, proven)
        leaks = tuple(key for s in solutions for key in s.pinned)
        hide = [at[key] for s in solutions for key in s.hide or () if key in at]
        if not leaks or not hide:
            if leaks and {key for s in solutions for key in s.unproven} >= set(leaks):
                raise NotProven(f"{len(leaks)} counts are undecided")
            break
        groups = [group for what, group in hide if what == "visits"]
        told = without(told, [(what, group) for what, group in hide if what != "visits"], groups)
    return told, leaks


async def _solved(attack: Attack, state: State, proven: Sequence[set[str]] = ()) -> list[Solution]:
    """`proven`: of each programme, what was found open when no less was told; what is found so now joins it."""
    asked = await asyncio.to_thread(
        lambda: [
            attack.counts(state),
            *(attack.element(e, state) for e in ELEMENTS),
            *(worst for e in ELEMENTS if (worst := attack.worst(e, state)) is not None),
        ]
    )
    for programme, known in zip(asked, proven, strict=False):
        programme.protected = {key: form for key, form in programme.protected.items() if key not in known}
    solutions = await solved([p for p in asked if p.protected])
    left = iter(solutions)
    for n, programme in enumerate(asked):
        if programme.protected and (found := next(left)) and n < len(proven):
            proven[n].update(programme.protected.keys() - set(found.pinned))
    return solutions


def state_of(verdicts: Sequence[Verdict], visits: Sequence[Visit], places: Mapping[UUID, int]) -> State:
    return State(
        visits,
        places,
        {v.group: None if v.whole else {e: _told(e, v) for e in v.cells} for v in verdicts},
        {v.group: None if v.whole else len(v.visits) for v in verdicts},
    )


def _told(element: str, verdict: Verdict) -> ToldCell:
    match verdict.cells[element]:
        case Told(count):
            return ToldCell(element, count)
        case AtMost(bound):
            return ToldCell(element, at_most=bound)
        case AtLeast(bound):
            return ToldCell(element, at_least=bound)
        case _:
            return ToldCell(element)
