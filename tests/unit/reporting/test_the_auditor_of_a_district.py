"""The auditor's shorter ways for a district find what its plain way finds: nothing more, nothing less."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random
from uuid import UUID

import pytest

from services.reporting.disclosure import narrowed, solver, worlds
from services.reporting.disclosure.complement import complement, complement_by_cuts
from services.reporting.disclosure.programme import Programme
from services.reporting.disclosure.ranges import clamped, pinned, ranges
from services.reporting.disclosure.rule import Rule
from services.reporting.disclosure.worker import solve
from services.reporting.sections.attack import Attack, Rounds, State
from services.reporting.sections.control import judge
from services.reporting.sections.gate import audited, state_of
from services.reporting.sections.visits import ELEMENTS, Visit
from tests.support.figures import an_id
from tests.unit.reporting.test_sections import a_visit, places, released

SUBJECTS = ("Mathematics", "English", "Science", "Latin")


def a_district(chance: Random, schools: int) -> list[Visit]:
    found = []
    for school in range(schools):
        lean = {e: chance.random() for e in ELEMENTS}
        for n in range(chance.randint(5, 9)):
            elements = [e for e in ELEMENTS if chance.random() < lean[e]]
            subject = chance.choices(SUBJECTS, (8, 8, 3, 1))[0]
            found.append(a_visit(school, n, subject, elements, chance.choice(["K-2", "3-5"])))
    return found


def corrected(chance: Random, visits: Sequence[Visit]) -> tuple[list[Visit], dict[UUID, int]]:
    """Some visits of some schools show another element at the second release of their round."""
    again = {an_id(f"round {n}") for n in range(20) if chance.random() < 0.5}
    found = [
        replace(v, elements=v.elements ^ {"task"}) if v.round_id in again and chance.random() < 0.6 else v
        for v in visits
    ]
    return found, {round_id: 2 if round_id in again else 1 for round_id in places(visits)}


def programmes(seed: int, schools: int) -> list[Programme]:
    """Of a district of chance, told as the rule alone would: nothing is hidden to keep the hidden hidden. One in two
    has an earlier section, and corrections since."""
    chance = Random(seed)
    visits = a_district(chance, schools)
    at, own, before = places(visits), dict(released(visits)), list[State]()
    if seed % 2:
        before = [state_of(judge(visits, [], Rule()), visits, at)]
        visits, at = corrected(chance, visits)
        own |= {key: told for key, told in released(visits, 2).items() if at[key[0]] == 2}
    rounds: Rounds = own
    state = state_of(judge(visits, [], Rule()), visits, at)
    attack = Attack(state, before, rounds)
    asked = [attack.counts(state), *(attack.element(e, state) for e in ELEMENTS)]
    return [p for p in asked if p.protected]


def plain(programme: Programme) -> Programme:
    return replace(programme, blocks={}, world={})


def without(programme: Programme, hide: Sequence[str]) -> Programme:
    return replace(programme, told={key: told for key, told in programme.told.items() if key not in hide})


def leaks_of(asked: Programme) -> tuple[str, ...]:
    return pinned(asked, ranges(asked))


@pytest.mark.parametrize("seed", range(6))
def test_both_ways_find_the_same_leaks(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(narrowed, "FREE", 1)  # so that few rounds are free and many melt
    found = 0
    for programme in programmes(seed, schools=4 + seed):
        by_short, by_plain = solve(programme, with_complement=False), solve(plain(programme), with_complement=False)
        assert set(by_short.pinned) == set(by_plain.pinned)
        found += len(by_plain.pinned)
        proven = worlds.open_forms(programme)
        assert not proven & set(by_plain.pinned)
        assert worlds.fits(programme)
    assert found, "a district told by the rule alone leaks: otherwise this says nothing"


@pytest.mark.parametrize("seed", range(4))
def test_what_is_hidden_by_cuts_is_enough_and_costs_no_more(seed: int) -> None:
    for programme in programmes(seed, schools=4):
        asked = clamped(plain(programme))
        leaks = leaks_of(asked)
        if not leaks:
            continue
        hide = complement_by_cuts(replace(asked, blocks=programme.blocks, world=programme.world), leaks)
        assert hide is not None
        assert leaks_of(without(asked, hide)) == ()
        if (other := complement(asked, leaks)) is not None:
            assert _cost(asked, hide) <= _cost(asked, other)


def _cost(programme: Programme, hide: Sequence[str]) -> int:
    return sum(programme.told[key].cost or 0 for key in hide)


def test_a_world_that_does_not_fit_is_not_believed() -> None:
    """Then the whole is solved, as if none had been named."""
    (programme, *_) = [p for p in programmes(2, schools=6) if p.world]
    wrong = replace(programme, world={name: n + 1 for name, n in programme.world.items()})
    assert not worlds.fits(wrong)
    assert set(solve(wrong, with_complement=False).pinned) == set(solve(plain(programme), with_complement=False).pinned)


async def test_a_district_that_was_told_before_and_corrected_since_is_audited_to_an_end() -> None:
    """Of so many schools the plain way gets no answer in any time that somebody would wait."""
    chance = Random(1)
    visits = a_district(chance, 150)
    at, own = places(visits), dict(released(visits))
    before = [state_of(judge(visits, [], Rule()), visits, at)]
    again = {an_id(f"round {n}") for n in range(150) if chance.random() < 0.1}
    visits = [
        replace(v, elements=v.elements ^ {"task"}) if v.round_id in again and chance.random() < 0.6 else v
        for v in visits
    ]
    at = at | dict.fromkeys(again, 2)
    rounds: Rounds = own | released([v for v in visits if v.round_id in again], 2)
    told, leaks = await audited(judge(visits, [before[0].visits], Rule()), visits, at, before, rounds)
    assert leaks == ()
    assert any(v.whole is None for v in told), "there is something told"


def test_an_audit_that_takes_too_long_of_the_processor_is_not_proven(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solver, "SECONDS", 1)
    with pytest.raises(solver.NotProven, match="of the processor"):
        solver.solve([replace(p, only_new=False) for p in programmes(3, schools=12)] * 40)
