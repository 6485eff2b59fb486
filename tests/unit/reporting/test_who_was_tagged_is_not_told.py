"""In how many visits evidence was tagged with a look-for: of one that no table is there of, somebody who knows the
rules and can count learns neither that nobody was tagged, nor that one teacher's room was. Every world is listed and
grouped by all that is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from math import prod

import pytest

from services.reporting.disclosure.attack import ToldCell, ToldTable
from services.reporting.disclosure.auditor import State, check, differences, findings_of, programmes
from services.reporting.disclosure.rule import Rule
from services.reporting.disclosure.solver import solve
from services.reporting.figures.facts import RoundFacts
from services.reporting.figures.tables import tables
from services.reporting.releases.compose import as_told, base_of, released_tables, without
from services.reporting.releases.difference import STATEMENTS, grouped, may_renew
from services.reporting.releases.queries import Reason
from services.reporting.releases.sentences import sentences
from services.reporting.releases.snapshot import ReleasedTable
from tests.support.figures import round_facts

RULE = Rule()
TAG = "1a"
SEEN = (("task", True), ("student", True), ("task", False), ("student", False), ("", False))
"""Of a room: the core element, and whether evidence of it was tagged."""
CAP = 2
"""Every room is visited once: what two of them hold."""


def of_tag(told: list[ReleasedTable]) -> ReleasedTable | None:
    return next((t for t in told if t.definition == "look_for.visits"), None)


def everything(facts: RoundFacts) -> tuple[str, ReleasedTable | None]:
    """All that leaves of a release, and the look-for's table."""
    told = released_tables(facts, RULE)
    said = sentences(base_of(tables(facts)[0]), None, told)
    return "".join(part.model_dump_json() for part in (*told, *said)), of_tag(told)


@pytest.mark.parametrize("rooms", [5, 7, 9])
def test_a_look_for_without_a_table_was_tagged_in_none_one_or_more(rooms: int) -> None:
    """A room was silent, or the task or the student was seen there, with the tag or without."""
    outputs: defaultdict[str, set[int]] = defaultdict(set)
    shown: dict[str, ReleasedTable | None] = {}
    for parts in product(range(rooms + 1), repeat=4):
        if sum(parts) > rooms:
            continue
        seen = [s for s, times in zip(SEEN, (*parts, rooms - sum(parts)), strict=True) for _ in range(times)]
        slots = round_facts(slots=[(n, n) for n in range(rooms)], said=[(n, n % 3, "task") for n in range(rooms)])
        said = [
            replace(s, core_element=element, look_for_ids=(TAG,) if tagged else ())
            for s, (element, tagged) in zip(slots.statements, seen, strict=True)
            if element
        ]
        told, table = everything(replace(slots, statements=tuple(said)))
        outputs[told].add(sum(tagged for _, tagged in seen))
        shown[told] = table
    assert any(shown.values())
    for told, counts in outputs.items():
        table = shown[told]
        if table is None:
            assert counts >= {0, 1, 2}, told
        elif table.cells[0].state == "told":
            assert CAP < min(counts) == max(counts) == table.cells[0].count < rooms - CAP
        else:
            assert rooms - CAP <= min(counts), "how open it stays is asked of rooms, below"


@pytest.mark.parametrize("visits", [(1,) * 9, (2, 1, 1, 1, 1), (4, 1, 1, 1, 1, 1), (3, 3, 2, 1, 1, 1), (2, 2, 2, 2, 1)])
def test_of_any_two_rooms_every_number_of_tagged_visits_stays_possible(visits: tuple[int, ...]) -> None:
    slots = [(n, room) for n, room in enumerate(r for r, times in enumerate(visits) for _ in range(times))]
    outputs: defaultdict[str, list[tuple[int, ...]]] = defaultdict(list)
    for parts in product(*(range(times + 1) for times in visits)):
        tagged, taken = [], [0] * len(visits)
        for slot, room in slots:
            if taken[room] < parts[room]:
                tagged.append((slot, slot % 3, TAG))
                taken[room] += 1
        rest = {slot for slot, _ in slots} - {slot for slot, _, _ in tagged}
        told, _ = everything(round_facts(slots=slots, said=[(s, s % 3, "task") for s in rest], tagged=tagged))
        outputs[told].append(parts)
    for told, worlds in outputs.items():
        for a, b in product(range(len(visits)), repeat=2):
            seen = {tuple(world[room] for room in {a, b}) for world in worlds}
            assert len(seen) == prod(visits[room] + 1 for room in {a, b}), ((a, b), sorted(seen), told)


def facts_of(slots: int, having: list[int], observers: int = 3) -> RoundFacts:
    """The task was seen in every room, and the tag in those `having` it."""
    return round_facts(
        slots=[(n, n) for n in range(slots)],
        observers=observers,
        said=[(n, n % 3, "task") for n in range(slots) if n not in having],
        tagged=[(n, n % 3, TAG) for n in having],
    )


World = tuple[int, int, int]
"""Visits with the tag: among those that stay, among those that change before, and after."""


def late(world: World, kept: int, changing: int) -> tuple[RoundFacts, RoundFacts]:
    stay, _, new = world
    return facts_of(kept, list(range(stay))), facts_of(kept + changing, [*range(stay), *(kept + n for n in range(new))])


def corrected(world: World, kept: int, changing: int) -> tuple[RoundFacts, RoundFacts]:
    """A fourth observer came to the visits that change."""
    stay, old, new = world
    first = facts_of(kept + changing, [*range(stay), *(kept + n for n in range(old))])
    second = facts_of(kept + changing, [*range(stay), *(kept + n for n in range(new))])
    fourth = facts_of(kept + changing, [], observers=4).presences[-4 * changing :]
    return first, replace(second, presences=(*second.presences, *(p for p in fourth if p not in second.presences)))


def told_by_both(first: RoundFacts, second: RoundFacts) -> str:
    before, after = (State(as_told(released_tables(f, RULE)), tuple(tables(f)), {}) for f in (first, second))
    found = differences(before, after, RULE)
    assert {f.kind for f in found} <= {"pinned_between"}, "enough visits changed"
    kept = without(released_tables(second, RULE), [f.where for f in found])
    return "".join(t.model_dump_json() for t in (*released_tables(first, RULE), *kept))


@pytest.mark.parametrize(("kept", "changing"), [(8, 5), (8, 6), (6, 8), (9, 7)])
@pytest.mark.parametrize("how", [late, corrected])
def test_two_releases_tell_no_more_of_the_visits_that_changed(
    how: Callable[[World, int, int], tuple[RoundFacts, RoundFacts]], kept: int, changing: int
) -> None:
    outputs: defaultdict[str, list[World]] = defaultdict(list)
    before = range(1) if how is late else range(changing + 1)
    for world in product(range(kept + 1), before, range(changing + 1)):
        first, second = how(world, kept, changing)
        if may_renew(grouped(tables(first))[STATEMENTS], grouped(tables(second))[STATEMENTS], RULE):
            outputs[told_by_both(first, second)].append(world)
    assert len(outputs) > 5
    for output, worlds in outputs.items():
        for part in (2,) if how is late else (1, 2):
            values = {world[part] for world in worlds}
            exact = all(CAP < value < changing - CAP for value in values)
            assert exact or len(values) >= 3, (part, sorted(values), output)


def test_a_look_for_that_comes_up_in_one_room_more_waits_even_where_it_had_no_table() -> None:
    """That it had none told "nobody, or few": what is told now would tell of the one room."""
    for having in ([], [0, 1]):
        first, second = facts_of(9, having), facts_of(9, [*having, 8])
        states = [grouped(tables(f))[STATEMENTS] for f in (first, second)]
        assert not may_renew(states[0], states[1], RULE)
        assert not may_renew(states[1], states[0], RULE)


def test_the_auditor_finds_a_table_that_is_there_and_tells_that_somebody_was_tagged() -> None:
    facts = facts_of(9, [0])
    honest = State(as_told(released_tables(facts, RULE)), tuple(tables(facts)), {})
    assert findings_of(solve(programmes(honest))) == []
    for cell in (ToldCell("with", at_most=CAP), ToldCell("with")):
        planted = replace(honest, told=(*honest.told, ToldTable("look_for.visits", TAG, 9, (cell,))))
        (found,) = findings_of(solve(programmes(planted)))
        assert (found.kind, found.where) == ("pinned", "look_for.visits|1a|with")
        assert TAG not in found.text, "its name would tell it too"
        assert Reason.of(found).subject is None, "on the page of a release that is kept back"


def test_the_auditor_finds_one_room_and_a_difference_to_a_table_that_was_not_there() -> None:
    few, more = facts_of(9, [0]), facts_of(15, [0, 9, 10])
    told = State(as_told(released_tables(more, RULE)), tuple(tables(more)), {})
    before = State(as_told(released_tables(few, RULE)), tuple(tables(few)), {})
    exact = ToldTable("look_for.visits", TAG, 9, (ToldCell("with", 1),))
    assert [f.kind for f in check(replace(before, told=(*before.told, exact)), RULE)] == ["few_classrooms"]
    (found,) = differences(before, told, RULE)
    assert (found.kind, found.where) == ("pinned_between", "look_for.visits|1a|with")
    assert "look_for.visits" not in {t.definition for t in without(released_tables(more, RULE), [found.where])}
