"""Rounds of a district are left out of the audit of a second release only where nothing can be learnt of them by it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from random import Random
from uuid import UUID

import pytest

from services.reporting.disclosure.attack import ToldCell
from services.reporting.disclosure.programme import Programme, Protected
from services.reporting.disclosure.ranges import pinned, ranges
from services.reporting.disclosure.rule import RULES, Rule
from services.reporting.disclosure.worker import solve
from services.reporting.sections.attack import Attack, RoundTold, State
from services.reporting.sections.control import judge
from services.reporting.sections.gate import state_of
from services.reporting.sections.kept import keep, told_of
from services.reporting.sections.near import Near, near
from services.reporting.sections.visits import ELEMENTS, Visit, menu
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

    def __init__(self, seed: int, known: bool = False) -> None:
        """`known`: older rules told of two schools in three, of which each visit is taken as known."""
        chance = Random(seed)
        self.visits = a_district(chance)
        self.rounds: dict[tuple[UUID, int], RoundTold] = dict(released(self.visits))
        self.known = {an_id(f"round {n}") for n in range(SCHOOLS) if known and n % 3}
        self.rounds = {key: replace(one, known=key[0] in self.known) for key, one in self.rounds.items()}
        at = places(self.visits)
        self.before = [state_of(judge(self.visits, [], Rule()), self.visits, at)]
        mine = [v for v in self.visits if v.round_id == RELEASED]
        self.mended = [v if v.subject == RARE else replace(v, elements=v.elements ^ {"task"}) for v in mine]

    def programme(self, near_by: Near | None = None) -> Programme:
        """Of what the corrected one shows."""
        before, rounds = (near_by.before, near_by.rounds) if near_by else (self.before, self.rounds)
        now = State(self.mended, {RELEASED: 2}, {}, {})
        attack = Attack(now, before, {**rounds, **released(self.mended, 2)})
        return attack.worst("task", now) or attack.element("task", now)


@pytest.mark.parametrize("known", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_a_round_that_is_left_out_may_be_whatever_its_own_release_leaves_open(seed: int, known: bool) -> None:
    told = Told(seed, known)
    close = near(RELEASED, told.before, told.rounds)
    assert close is not None
    whole = told.programme()
    left_out = {str(r) for r, _ in told.rounds if r not in told.known} - {str(r) for r in close.asked}
    assert len(left_out) > (SCHOOLS - len(told.known)) / 2
    chosen = Random(seed).sample(sorted(left_out), 6)
    forms = {key: p for key, p in whole.protected.items() if {whole.blocks[name] for name in p.form} <= set(chosen)}
    assert forms
    found = ranges(replace(whole, protected=forms))
    alone = {key: t for key, t in whole.told.items() if not key.startswith("section")}
    own = ranges(replace(whole, protected=forms, told=alone))
    assert {key: (r.low, r.high) for key, r in found.items()} == {key: (r.low, r.high) for key, r in own.items()}


KINDS = (("3-5", "Mathematics"), ("3-5", "English"), ("K-2", "Mathematics"))


class Few(Told):
    """A district of chance, so small that what its rounds may make up for each other is just enough, or not: rooms show
    all core elements or none, rounds and groups tell them exactly, or bounded, or not at all. In some nearly all rounds
    were told of by older rules, in others corrected and released again since."""

    def __init__(self, seed: int) -> None:
        chance = Random(seed)
        often, exact = chance.choice([0.3, 0.5, 0.8]), chance.choice([0.5, 0.9, 1.0])
        self.visits, self.rounds = [], {}
        for school in range(chance.randint(8, 32)):
            mine = []
            for n in range(chance.randint(2, 4)):
                grade, subject = chance.choices(KINDS, (6, 5, 1))[0]
                mine.append(a_visit(school, n, subject, ELEMENTS if chance.random() < often else (), grade))
            cells = _cells(chance, exact, mine)
            told = RoundTold(len(mine), cells, mine, known=seed % 2 == 0 and school > 3)
            self.rounds[an_id(f"round {school}"), 1] = told
            self.visits += mine
            if seed % 4 == 1 and school > 3:
                later = _corrected(chance, mine)
                self.rounds[an_id(f"round {school}"), 2] = RoundTold(len(mine), _cells(chance, 1.0, later), later)
        self.known = {r for (r, _), one in self.rounds.items() if one.known}
        groups = menu(self.visits)
        held = {g: [v for v in self.visits if g.holds(v)] for g in groups}
        cells = {g: _cells(chance, exact, held[g]) if chance.random() < 0.9 else None for g in groups}
        self.before = [State(self.visits, places(self.visits), cells, {g: len(held[g]) for g in groups})]
        mine = [v for v in self.visits if v.round_id == an_id("round 0")]
        self.mended = _corrected(chance, mine)
        self.told = {(an_id("round 0"), 2): RoundTold(len(mine), _cells(chance, 0.9, self.mended), self.mended)}

    def programme(self, near_by: Near | None = None) -> Programme:
        now = State(self.mended, {an_id("round 0"): 2}, {}, {})
        attack = Attack(now, self.before, {**self.rounds, **self.told})
        return attack.worst("task", now) or attack.element("task", now)


def _corrected(chance: Random, visits: Sequence[Visit]) -> list[Visit]:
    other = [replace(v, elements=frozenset(ELEMENTS) - v.elements) for v in visits]
    return [chance.choice(pair) for pair in zip(visits, other, strict=True)]


def _cells(chance: Random, exact: float, visits: Sequence[Visit]) -> dict[str, ToldCell]:
    count = sum(bool(v.elements) for v in visits)
    most, least = min(count + chance.randint(0, 1), len(visits)), max(count - chance.randint(0, 1), 0)
    how = 0 if chance.random() < exact else chance.randint(1, 3)
    one = (ToldCell("", count), ToldCell("", at_most=most), ToldCell("", at_least=least), ToldCell(""))[how]
    return {e: replace(one, category=e) for e in ELEMENTS}


@pytest.mark.parametrize("seeds", [range(n, n + 40) for n in range(0, 200, 40)])
def test_in_districts_just_large_enough_nobody_is_left_out_too_soon(seeds: range) -> None:
    left_out = 0
    for seed in seeds:
        told = Few(seed)
        close = near(an_id("round 0"), told.before, told.rounds)
        assert close is not None
        whole = told.programme()
        free = {str(r) for r, _ in told.rounds if r not in told.known} - {str(r) for r in close.asked}
        forms = {name: Protected({name: 1}, 1) for name in whole.unknowns if whole.blocks[name] in free}
        parts = {k: p for k, p in whole.protected.items() if {whole.blocks[name] for name in p.form} <= free}
        asked = replace(whole, protected=forms | parts)
        alone = {key: t for key, t in whole.told.items() if not key.startswith("section")}
        found, own = ranges(asked), ranges(replace(asked, told=alone))
        assert {k: (r.low, r.high) for k, r in found.items()} == {k: (r.low, r.high) for k, r in own.items()}, seed
        left_out += len(free)
    assert left_out > 20


def test_whoever_shares_a_subject_with_few_is_asked_about() -> None:
    told = Told(1)
    close = near(RELEASED, told.before, told.rounds)
    assert close is not None
    assert {an_id(f"round {n}") for n in (3, 4, 5)} <= close.asked


def by_itself(told: Told) -> Near:
    """All but the released round stay as they are: the totals of sections look like its own."""
    (state,) = told.before
    mine, others = ([v for v in told.visits if (v.round_id == RELEASED) is its] for its in (True, False))
    still = {g: Counter(e for v in others if g.holds(v) for e in ("", *v.elements)) for g in state.cells}
    rounds = {key: one for key, one in told.rounds.items() if key[0] == RELEASED}
    return Near(frozenset({RELEASED}), [replace(state, visits=mine, still=still)], rounds)


@pytest.mark.parametrize("helped", [True, False])
@pytest.mark.parametrize("seed", SEEDS)
def test_what_the_release_narrows_beside_the_section_is_not_shown_to_be_open_nearby(seed: int, helped: bool) -> None:
    told = Told(seed)
    close = near(RELEASED, told.before, told.rounds) if helped else by_itself(told)
    assert close is not None
    whole, small = told.programme(), told.programme(close)
    asked = replace(whole, protected={k: p for k, p in whole.protected.items() if k in small.protected})
    found, before = ranges(asked), ranges(asked, [f"round {RELEASED} 2"])
    alone = {key: t for key, t in whole.told.items() if not key.startswith("section")}
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
