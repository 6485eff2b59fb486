"""Agreement over all schools is told outside the auditor's programme: here is why it pins nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations_with_replacement, product

from services.reporting.disclosure.rule import CELL_CLASSROOMS, Rule
from services.reporting.figures.facts import RoundFacts
from services.reporting.sections.compose import agreements
from services.reporting.sections.section import SectionAgreement
from tests.support.figures import an_id, round_facts

RULE = Rule()
SCHOOLS, ROOMS = 3, 2
World = tuple[int, ...]
"""How many of its two observers said yes, room by room, school by school."""


def a_round(school: int, yes: Sequence[int]) -> RoundFacts:
    """Two observers in each room, of three in all."""
    answers = []
    for room, n in enumerate(yes):
        for k in range(2):
            answers.append((room, (school + room + k) % 3, "1a", "yes" if k < n else "no"))
    facts = round_facts(slots=[(n, n) for n in range(len(yes))], answers=answers)
    where = {r.classroom_id: an_id(f"{school} {r.classroom_id}") for r in facts.ratings}
    ratings = tuple(
        replace(r, classroom_id=where[r.classroom_id], slot_id=an_id(f"{school} {r.slot_id}")) for r in facts.ratings
    )
    return replace(facts, round_id=an_id(f"round {school}"), school_id=an_id(f"school {school}"), ratings=ratings)


def rounds_of(world: World) -> list[RoundFacts]:
    return [a_round(n, world[n * ROOMS : (n + 1) * ROOMS]) for n in range(len(world) // ROOMS)]


def told(world: World, before: Iterable[World] = ()) -> SectionAgreement:
    (found,) = agreements(rounds_of(world), RULE, [rounds_of(old) for old in before])
    return found


@cache
def of(kinds: World) -> SectionAgreement:
    return told(kinds)


def test_it_is_the_same_whichever_room_said_what() -> None:
    for world in ((0, 0, 1, 2, 2, 2), (0, 2, 1, 1, 0, 2)):
        assert told(world) == told(world[::-1]) == told(tuple(sorted(world))) == of(tuple(sorted(world)))


def test_no_room_is_narrowed_to_one_by_it_beside_what_schools_tell_themselves() -> None:
    """Three schools of five rooms tell exactly how often yes was said, as they may where three rooms or more said it
    and three or more did not. Rooms of a school are alike to all that is told, so that a school may be listed by how
    many of its rooms said yes not at all, once and twice."""
    schools: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for none, once in product(range(6), repeat=2):
        twice = 5 - none - once
        if twice >= 0 and once + twice >= CELL_CLASSROOMS <= none + once:
            schools[once + 2 * twice].append((none, once, twice))
    shown = set()
    for totals in combinations_with_replacement(schools, SCHOOLS):
        by_told: defaultdict[object, list[tuple[tuple[int, int, int], ...]]] = defaultdict(list)
        for world in product(*(schools[t] for t in totals)):
            sums = [sum(school[kind] for school in world) for kind in range(3)]
            found = of(tuple(kind for kind in range(3) for _ in range(sums[kind])))
            by_told[found].append(world)
            shown.add(found.alpha)
        for worlds in by_told.values():
            for n, total in enumerate(totals):
                if len(_kinds(schools[total])) > 1:
                    assert len(_kinds([w[n] for w in worlds])) > 1, (totals, worlds)
    assert len(shown) > 5, "it tells something"


def _kinds(schools: Iterable[tuple[int, int, int]]) -> set[int]:
    """What a room of the school may have said."""
    return {kind for school in schools for kind, rooms in enumerate(school) if rooms}


def test_that_all_were_alike_is_not_told() -> None:
    for world in ((2,) * 6, (0,) * 6, (2, 2, 2, 2, 1, 0)):
        found = told(world)
        assert found.alpha is None
        assert found.hidden is not None
        assert found.hidden.key == "few_or_linked"
    (few,) = agreements(rounds_of((0, 2, 1, 1)), RULE)
    assert few.hidden == told((2,) * 6).hidden, "as where too few rooms were rated by two: the reason would tell, too"
    apart = told((1,) * 6)
    assert (apart.alpha, apart.low, apart.high) == (0, None, None), "nor that all disagreed: as where chance agrees"


def test_rooms_that_older_rules_may_have_told_of_do_not_count_as_secret() -> None:
    world = (0, 2, 1, 0, 2, 0, 1, 2)
    rounds = rounds_of(world)
    (plain,), (one,), (two,) = (agreements(rounds, RULE, (), {r.round_id for r in rounds[:n]}) for n in range(3))
    assert plain.alpha is not None
    assert one == plain, "three schools and six rooms are left"
    assert two.hidden is not None
    (alike,) = agreements(rounds_of((0, 1, 2, 2, 2, 2, 2, 2)), RULE, (), {rounds[0].round_id})
    assert alike.hidden is not None, "all that are left said the same"


def test_what_a_room_more_or_a_correction_changes_is_not_told() -> None:
    first = (0, 2, 1, 0, 2, 0)
    assert told(first).alpha is not None
    for later in ((0, 2, 1, 0, 2, 2), (*first, 2, 2)):
        found = told(later, [first])
        assert found.hidden is not None
        assert found.hidden.key == "few_or_linked"
        assert told(later).hidden is None
    assert told(first, [first]) == told(first)
    assert told((2, 0, 0, 1, 0, 2), [first]).alpha is not None, "all of it changed"
