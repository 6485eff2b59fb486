"""Why something is hidden is part of what is told: every world of a small round is listed and grouped by all that a
reader has of it, reasons among it. Of any two rooms it stays possible that both were silent, that one was and that
none was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product

import pytest

from services.reporting.disclosure.auditor import State, check
from services.reporting.disclosure.rule import Rule, hidden
from services.reporting.figures.facts import RoundFacts
from services.reporting.figures.tables import tables
from services.reporting.handout.document import Teller
from services.reporting.handout.words import RoundWords
from services.reporting.releases.compose import as_told, base_of, released_tables
from services.reporting.releases.queries import Reason
from services.reporting.releases.sentences import sentences
from services.reporting.releases.snapshot import ReleasedTable
from shared.wording import Wording
from tests.support.figures import round_facts

RULE = Rule()
ANSWERS = ("yes", "no", "mostly", "not_observed", "")
"""Of a room: what it was rated, or nothing at all."""
SEEN = ("task", "student", "task student", "judged", "")
"""Of a room: the core elements of its statements, a judging one, or none."""
World = tuple[int, ...]
"""How many rooms are of each kind."""


def worlds(rooms: int, kinds: int) -> Iterator[World]:
    return (w for w in product(range(rooms + 1), repeat=kinds) if sum(w) == rooms)


def rated(world: World) -> RoundFacts:
    codes = [code for code, times in zip(ANSWERS, world, strict=True) for _ in range(times)]
    return round_facts(
        slots=[(n, n) for n in range(len(codes))],
        answers=[(n, n % 3, "item", code) for n, code in enumerate(codes) if code],
    )


def written(world: World) -> RoundFacts:
    kinds = [kind for kind, times in zip(SEEN, world, strict=True) for _ in range(times)]
    said = [(n, n % 3, what) for n, kind in enumerate(kinds) for what in kind.split()]
    facts = round_facts(slots=[(n, n) for n in range(len(kinds))], said=said)
    marked = (
        replace(s, core_element="task", judgmental=True) if s.core_element == "judged" else s for s in facts.statements
    )
    return replace(facts, statements=tuple(marked))


def all_that_leaves(facts: RoundFacts) -> tuple[str, list[ReleasedTable]]:
    told = released_tables(facts, RULE)
    said = sentences(base_of(tables(facts)[0]), None, told)
    return "".join(part.model_dump_json() for part in (*told, *said)), told


def silent(world: World, kinds: tuple[str, ...], silence: tuple[str, ...]) -> int:
    return sum(times for kind, times in zip(kinds, world, strict=True) if kind in silence)


@pytest.mark.parametrize("rooms", [5, 7, 9])
@pytest.mark.parametrize(
    ("facts_of", "kinds", "definition", "silence"),
    [
        (rated, ANSWERS, "look_for.answers", ("not_observed", "")),
        (written, SEEN, "core_element.statements", ("judged", "")),
    ],
)
def test_a_hidden_table_leaves_open_of_any_two_rooms_whether_they_were_silent(
    rooms: int,
    facts_of: Callable[[World], RoundFacts],
    kinds: tuple[str, ...],
    definition: str,
    silence: tuple[str, ...],
) -> None:
    outputs: defaultdict[str, list[World]] = defaultdict(list)
    hides: dict[str, bool] = {}
    for world in worlds(rooms, len(kinds)):
        told, found = all_that_leaves(facts_of(world))
        outputs[told].append(world)
        hides[told] = any(t.definition == definition and t.hidden for t in found)
    hidden_ones = [held for told, held in outputs.items() if hides[told]]
    assert hidden_ones
    for held in hidden_ones:
        counts = {silent(world, kinds, silence) for world in held}
        assert min(counts) <= rooms - 2, "both of any two spoke"
        assert max(counts) >= 2, "both were silent"
        assert counts - {0, rooms}, "one of the two was"


@pytest.mark.parametrize("rooms", [5, 7, 9])
def test_what_is_hidden_for_what_was_seen_has_one_reason(rooms: int) -> None:
    for facts_of, kinds in ((rated, ANSWERS), (written, SEEN)):
        whys = {
            why.key
            for world in worlds(rooms, len(kinds))
            for t in released_tables(facts_of(world), RULE)
            for why in (t.hidden, t.rest, *(c.why for c in (*t.cells, *t.not_rated_cells)))
            if why
        }
        assert whys == {"few_or_linked"}


def test_a_round_that_is_too_small_says_the_same_of_every_table() -> None:
    """How many rooms were visited is known; in how many of them somebody answered is not."""
    few = rated((2, 1, 1, 0, 0))
    two = round_facts(slots=[(n, n) for n in range(7)], observers=2, answers=[(n, 0, "item", "yes") for n in range(3)])
    for facts, why in ((few, "fewer_than_classrooms"), (two, "fewer_than_observers")):
        assert {t.hidden.key if t.hidden else "told" for t in released_tables(facts, RULE)} == {why}


def test_the_auditor_finds_a_reason_that_tells() -> None:
    facts = rated((4, 0, 0, 1, 0))
    honest = released_tables(facts, RULE)
    assert check(State(as_told(honest), tuple(tables(facts)), {}), RULE) == []
    for telling in ("fewer_than_classrooms", "fewer_than_observers", "few_corrections"):
        planted = [
            t.model_copy(update={"hidden": hidden(telling, 5)}) if t.definition == "look_for.answers" else t
            for t in honest
        ]
        (found,) = check(State(as_told(planted), tuple(tables(facts)), {}), RULE)
        assert (found.kind, found.where) == ("telling_reason", "look_for.answers|item|")
        assert telling not in found.text
        assert Reason.of(found).code == "telling_reason"


def test_the_auditor_finds_a_reason_that_does_not_hold_of_the_visits() -> None:
    facts = rated((2, 1, 1, 0, 0))
    told = [t.model_copy(update={"hidden": hidden("fewer_than_observers", 3)}) for t in released_tables(facts, RULE)]
    found = check(State(as_told(told), tuple(tables(facts)), {}), RULE)
    assert {f.kind for f in found} == {"telling_reason"}
    assert len(found) == len(told)


def test_the_reason_reads_alike_whatever_it_stands_for_in_both_languages() -> None:
    for language, words in (
        ("en", "could point to a single classroom or observer"),
        ("es", "podría señalar a un aula o a un observador"),
    ):
        assert Teller(RoundWords(), Wording(language)).why(hidden("few_or_linked", 3)) == words
    assert hidden("few_or_linked", 3).text == Wording().t("figures.hidden.few_or_linked")
