"""Who has two releases of a round, and knows which visits changed between them, learns no more of these than one
release would tell of so many. Every world is listed and grouped by all that both releases tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import product
from uuid import UUID

import pytest

from services.reporting.disclosure.auditor import State, differences
from services.reporting.disclosure.rule import Rule
from services.reporting.figures.facts import RoundFacts
from services.reporting.figures.tables import tables
from services.reporting.releases.compose import as_told, released_tables, without
from services.reporting.releases.decide import Releases
from services.reporting.releases.difference import STATEMENTS
from services.reporting.releases.figures import Release, compose
from services.reporting.releases.gate import Ledger, audited
from services.reporting.releases.snapshot import ReleasedTable, Snapshot
from tests.support.figures import round_facts

RULE = Rule()
CAP = 2
"""Every room is visited once: what two of them hold."""
World = tuple[int, int, int]
"""Visits with the task: among those that stay, among those that change before, and after."""


def facts(slots: int, having: list[int], observers: int = 3) -> RoundFacts:
    found = round_facts(
        slots=[(n, n) for n in range(slots)], observers=observers, said=[(n, n % 3, "task") for n in having]
    )
    return replace(found, ratings=())


def late(world: World, kept: int, changing: int) -> tuple[RoundFacts, RoundFacts]:
    """The visits that change were sent in after the first release."""
    stay, _, new = world
    having = list(range(stay))
    return facts(kept, having), facts(kept + changing, [*having, *(kept + n for n in range(new))])


def corrected(world: World, kept: int, changing: int) -> tuple[RoundFacts, RoundFacts]:
    """A fourth observer came to the visits that change; what all saw there may have changed or not."""
    stay, old, new = world
    first = facts(kept + changing, [*range(stay), *(kept + n for n in range(old))])
    second = facts(kept + changing, [*range(stay), *(kept + n for n in range(new))])
    fourth = facts(kept + changing, [], observers=4)
    more = tuple(p for p in fourth.presences[-4 * changing :] if p not in second.presences)
    return first, replace(second, presences=(*second.presences, *more))


def told(first: RoundFacts, second: RoundFacts) -> str:
    before, after = (State(as_told(released_tables(f, RULE)), tuple(tables(f)), {}) for f in (first, second))
    found = differences(before, after, RULE)
    assert {f.kind for f in found} <= {"pinned_between"}, "enough visits changed"
    kept: list[ReleasedTable] = without(released_tables(second, RULE), [f.where for f in found])
    shown = [t for t in (*released_tables(first, RULE), *kept) if t.definition == "core_element.visits"]
    return "".join(t.model_dump_json() for t in shown if t.subject == "task")


@pytest.mark.parametrize(("kept", "changing"), [(8, 5), (8, 6), (6, 8), (9, 7)])
@pytest.mark.parametrize("how", [late, corrected])
def test_the_visits_that_changed_stay_as_open_as_a_release_of_their_own(
    how: Callable[[World, int, int], tuple[RoundFacts, RoundFacts]], kept: int, changing: int
) -> None:
    outputs: defaultdict[str, list[World]] = defaultdict(list)
    before = range(1) if how is late else range(changing + 1)
    for world in product(range(kept + 1), before, range(changing + 1)):
        outputs[told(*how(world, kept, changing))].append(world)
    assert len(outputs) > 5
    for output, worlds in outputs.items():
        for part in (2,) if how is late else (1, 2):
            values = {world[part] for world in worlds}
            exact = all(CAP < value < changing - CAP for value in values)
            assert exact or len(values) >= 3, (part, sorted(values), output)


def a_release(number: int) -> Release:
    return Release(UUID(int=number), number, number, datetime(2026, 10, number, tzinfo=UTC), RULE)


async def test_the_gate_hides_what_late_visits_would_be_seen_by() -> None:
    """Six rooms come late, and in none of them was the task seen: the count is the old one."""
    having = list(range(4))
    first, second = facts(9, having), facts(15, having)
    told_once, places = compose(a_release(1), first, Releases(), {})
    stood = Releases(latest=told_once, told=places)
    again, places = compose(a_release(2), second, stood, {1: first})
    assert task(again).cells[0].count == task(told_once).cells[0].count == 4
    assert places[STATEMENTS] == (1, 2)
    mended, findings = await audited(again, places, (2, second), Ledger({1: first}, {1: told_once}))
    assert findings == ()
    assert task(mended).cells[0].state == "hidden"
    assert "4" not in task(mended).cells[0].text


def task(snapshot: Snapshot) -> ReleasedTable:
    return next(t for t in snapshot.tables if (t.definition, t.subject) == ("core_element.visits", "task"))
