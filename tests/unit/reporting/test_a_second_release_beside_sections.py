"""A round that was released, told by grade and subject with others, then corrected and released again: whoever has all
of that learns of no part of any school what neither the sections nor the releases tell by themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from random import Random
from typing import Any
from uuid import UUID

import pytest

from services.reporting.disclosure.rule import Rule
from services.reporting.releases.decide import Releases
from services.reporting.releases.difference import STATEMENTS
from services.reporting.releases.figures import Release, compose
from services.reporting.releases.gate import Ledger, audited
from services.reporting.releases.snapshot import Snapshot
from services.reporting.sections import gate
from services.reporting.sections.again import Again, Beside, beside
from services.reporting.sections.compose import group_of
from services.reporting.sections.control import judge
from services.reporting.sections.known import told_by
from services.reporting.sections.spread import spread_of
from services.reporting.sections.visits import Visit, visits_of
from tests.support.corrected_district import ELEMENTS, MATH, MUSIC, ASchool, a_district
from tests.support.section_attacker import SectionAttack, found_out, parts_of
from tests.unit.reporting.test_sections import a_visit
from tests.unit.reporting.test_sections import places as every_place
from tests.unit.reporting.test_sections import released as of_each

RULE = Rule()
LEAKING = (16, 27, 32)
"""Districts in which the releases and the section each pass their own audit, and tell too much together."""


class District:
    """`groups`: what the section told. `again`: what the second release would tell, and what it told. `older`: whether
    older rules told of the other schools, so that each of their visits may be known. `more`: schools of other grades
    and subjects besides; whoever attacks leaves them alone, and totals in which they stand."""

    def __init__(self, seed: int, older: bool = False, more: int = 0) -> None:
        self.schools, self._older, self._more = a_district(seed), older, more
        self.left_out: set[UUID] = set()
        self.first: dict[str, Snapshot] = {}
        self.groups: list[dict[str, Any]] = []
        self.again: dict[str, Snapshot] = {}

    async def live(self) -> None:
        told: dict[str, Releases] = {}
        for school in self.schools:
            self.first[school.name], told[school.name] = await _released(school, 1, Releases(), {})
        seen = {s.round_id: visits_of(s.facts(), s.kinds()) for s in self.schools}
        more = [v for n in range(self._more) for v in _elsewhere(n)]
        visits = [v for found in seen.values() for v in found] + more
        places = dict.fromkeys(seen, 1) | every_place(more)
        rounds = {(s.round_id, 1): told_by(self.first[s.name], seen[s.round_id]) for s in self.schools}
        rounds |= of_each(more)
        verdicts, leaks = await gate.audited(judge(visits, [], RULE), visits, places, [], rounds)
        assert leaks == ()
        spread = spread_of(self.first.values(), len(self.schools), len(visits))
        mine = [v for v in verdicts if not any(v.group.holds(other) for other in more)]
        self.groups = [group_of(v, spread).model_dump() for v in mine]
        school = self.schools[0]
        would, _ = await _released(school, 2, told[school.name], {1: self.first[school.name]})
        for key, one in rounds.items() if self._older else ():
            rounds[key] = replace(one, known=key[0] != school.round_id)
        release = Again(school.round_id, 2, visits_of(school.facts(2), school.kinds()))
        state = gate.state_of(verdicts, visits, places)
        others = Beside.of(release, [state], rounds)
        assert others.close is not None
        self.left_out = {r for r, _ in rounds} - others.close.asked
        less, findings = await beside(would, others)
        assert findings == ()
        self.again = {"would": would, "told": less}

    def found_out(self, which: str) -> list[str]:
        return [leak for element in ELEMENTS for leak in self._of(element, which)]

    def _of(self, element: str, which: str) -> list[str]:
        slots = [slot for s in self.schools for slot in s.slots()]
        alone, released, told = (SectionAttack(element, slots) for _ in range(3))
        for attack in (alone, released, told):
            for s in self.schools:
                attack.read_round(self.first[s.name].model_dump(), s.name, 1)
        for attack in (alone, told):
            attack.read_section(self.groups, {s.name: 1 for s in self.schools})
        for attack in (released, told):
            attack.read_round(self.again[which].model_dump(), self.schools[0].name, 2)
        parts = [p for n, s in enumerate(self.schools) for p in parts_of(s.slots(), (1, 2) if n == 0 else (1,))]
        if self._older:
            parts = [p for p in parts if all(slot.round == self.schools[0].name for slot in p.slots)]
            for attack in (alone, released, told):
                self._know_the_others(attack)
        return found_out(parts, told, alone, released)

    def _know_the_others(self, attack: SectionAttack) -> None:
        for school in self.schools[1:]:
            for subject in (MUSIC, MATH):
                shown = [school.first[int(s.name)] for s in school.slots() if s.subject == subject]
                cell = {"category": attack.element, "count": sum(attack.element in elements for elements in shown)}
                attack.read_section([{"grade_band": None, "subject": subject, "cells": [cell]}], {school.name: 1})


def _elsewhere(school: int) -> list[Visit]:
    chance = Random(school)
    return [
        a_visit(school, n, chance.choice(["Art", "Science"]), [e for e in ELEMENTS if chance.random() < 0.5], "6-8")
        for n in range(6)
    ]


async def _released(
    school: ASchool, number: int, before: Releases, earlier: dict[int, Snapshot]
) -> tuple[Snapshot, Releases]:
    known = {at: school.facts(at) for at in earlier}
    release = Release(UUID(int=number), number, number, datetime(2026, 10, number, tzinfo=UTC), RULE)
    snapshot, told = compose(release, school.facts(number), before, known)
    assert number in told[STATEMENTS], "enough was corrected"
    snapshot, findings = await audited(snapshot, told, (number, school.facts(number)), Ledger(known, earlier))
    assert findings == ()
    return snapshot, Releases(latest=snapshot, told=told)


@pytest.mark.parametrize("seed", [*LEAKING, 3, 5])
async def test_all_that_was_told_pins_no_part_of_a_school(seed: int) -> None:
    district = District(seed)
    await district.live()
    assert any(g["cells"] for g in district.groups), "the section tells something"
    assert district.found_out("told") == []
    if seed in LEAKING:
        assert district.found_out("would"), "without a look at the section it would"
        assert district.again["told"].base == district.again["would"].base
    else:
        assert district.again["told"] == district.again["would"], "nothing is hidden that need not be"


@pytest.mark.parametrize("seed", [3, 16])
async def test_beside_schools_that_older_rules_told_of_each_of_their_visits_is_taken_as_known(seed: int) -> None:
    district = District(seed, older=True)
    await district.live()
    assert district.found_out("would")
    assert district.found_out("told") == []


@pytest.mark.parametrize("seed", LEAKING)
async def test_nor_where_most_of_the_district_need_not_be_asked_about(seed: int) -> None:
    district = District(seed, more=80)
    await district.live()
    assert len(district.left_out) > 60
    assert not district.left_out & {s.round_id for s in district.schools}
    assert district.found_out("would")
    assert district.found_out("told") == []
