"""Rounds of a district are left out of the audit of a second release only where nothing can be learnt of them by it."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from uuid import UUID

import pytest

from services.reporting.disclosure.programme import Programme
from services.reporting.disclosure.ranges import pinned, ranges
from services.reporting.disclosure.rule import RULES, Rule
from services.reporting.disclosure.worker import solve
from services.reporting.sections.attack import Attack, RoundTold, State
from services.reporting.sections.control import judge
from services.reporting.sections.gate import state_of
from services.reporting.sections.kept import keep, told_of
from services.reporting.sections.near import Near, near
from services.reporting.sections.visits import ELEMENTS, Visit
from tests.support.figures import an_id
from tests.unit.reporting.test_sections import a_visit, places, released

SCHOOLS = 90
RELEASED = an_id("round 3")
RARE = "Latin"
SEEDS = (1, 6, 8, 24)


def a_district(chance: Random) -> list[Visit]:
    """Two subjects that many schools have, and one that three have."""
    found = []
    for school in range(SCHOOLS):
        often = chance.choice([0.2, 0.5, 0.8])
        for n in range(chance.randint(5, 7)):
            subject = RARE if school in (3, 4, 5) and n < 2 else chance.choice(["Mathematics", "English"])
            elements = [e for e in ELEMENTS if chance.random() < often]
            found.append(a_visit(school, n, subject, elements))
    return found


class Told:
    """A section tells of all schools, and of one of those with the rare subject all else was corrected: it is released
    again."""

    def __init__(self, seed: int) -> None:
        chance = Random(seed)
        self.visits = a_district(chance)
        self.rounds: dict[tuple[UUID, int], RoundTold] = dict(released(self.visits))
        at = places(self.visits)
        self.before = [state_of(judge(self.visits, [], Rule()), self.visits, at)]
        mine = [v for v in self.visits if v.round_id == RELEASED]
        self.mended = [v if v.subject == RARE else replace(v, elements=v.elements ^ {"task"}) for v in mine]

    def programme(self, near_by: Near | None = None) -> Programme:
        """Of what the corrected one shows."""
        before, rounds = (near_by.before, near_by.rounds) if near_by else (self.before, self.rounds)
        now = State(self.mended, {RELEASED: 2}, {}, {})
        attack = Attack(now, before, {**rounds, **released(self.mended, 2)})
        return attack.element("task", now)


@pytest.mark.parametrize("seed", range(4))
def test_a_round_that_is_left_out_may_be_whatever_its_own_release_leaves_open(seed: int) -> None:
    told = Told(seed)
    close = near(RELEASED, told.before, told.rounds)
    assert close is not None
    whole = told.programme()
    left_out = {str(r) for r, _ in told.rounds} - {str(r) for r in close.asked}
    assert len(left_out) > SCHOOLS / 2
    chosen = Random(seed).sample(sorted(left_out), 6)
    forms = {key: p for key, p in whole.protected.items() if {whole.blocks[name] for name in p.form} <= set(chosen)}
    assert forms
    found = ranges(replace(whole, protected=forms))
    alone = {key: t for key, t in whole.told.items() if len({whole.blocks[name] for name in t.form}) == 1}
    own = ranges(replace(whole, protected=forms, told=alone))
    assert {key: (r.low, r.high) for key, r in found.items()} == {key: (r.low, r.high) for key, r in own.items()}


def test_whoever_shares_a_subject_with_few_is_asked_about() -> None:
    told = Told(1)
    close = near(RELEASED, told.before, told.rounds)
    assert close is not None
    assert {an_id(f"round {n}") for n in (3, 4, 5)} <= close.asked


@pytest.mark.parametrize("seed", SEEDS)
def test_what_the_release_narrows_beside_the_section_is_not_shown_to_be_open_nearby(seed: int) -> None:
    told = Told(seed)
    close = near(RELEASED, told.before, told.rounds)
    assert close is not None
    whole, small = told.programme(), told.programme(close)
    asked = replace(whole, protected={k: p for k, p in whole.protected.items() if k in small.protected})
    found, before = ranges(asked), ranges(asked, [f"round {RELEASED} 2"])
    alone = {key: t for key, t in whole.told.items() if len({whole.blocks[name] for name in t.form}) == 1}
    own = ranges(replace(asked, told=alone))
    narrowed = {k for k in pinned(asked, found) if found[k] not in (before[k], own[k])}
    assert narrowed, "there is some: otherwise this says nothing"
    small.within = True
    assert narrowed <= set(solve(small, with_complement=False).pinned)


def test_where_what_is_known_does_not_fit_what_was_told_nothing_is_left_out() -> None:
    told = Told(1)
    key = an_id("round 7"), 1
    seen = [replace(v, elements=frozenset(ELEMENTS)) for v in told.rounds[key].seen]
    assert near(RELEASED, told.before, told.rounds | {key: replace(told.rounds[key], seen=seen)}) is None
    section = replace(told.before[0], visits=[v for v in told.visits if v.round_id != key[0]])
    assert near(RELEASED, [section], told.rounds) is None


def test_what_is_kept_of_a_release_is_what_stood_behind_it() -> None:
    told = Told(2)
    older = {key: replace(one, known=key[0] == RELEASED, said={"task": 7}) for key, one in told.rounds.items()}
    kept = {key: keep(key[0], [1, 4], RULES - one.known, one) for key, one in older.items()}
    assert {one.places for one in kept.values()} == {(1, 4)}
    found = told_of(kept)
    for key, one in older.items():
        assert [replace(v, school_id=key[0], unit=replace(v.unit, category="")) for v in one.seen] == found[key].seen
        assert replace(found[key], seen=()) == replace(one, seen=())
