"""The row of all grades and subjects may be hidden where single subjects are told. It cannot be had from them: by
somebody who solves for it, with every school's own page at hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from random import Random
from typing import Any

import pytest

from services.reporting.disclosure.cells import Told, Withheld
from services.reporting.sections.attack import Attack
from services.reporting.sections.control import Verdict
from services.reporting.sections.gate import _solved, state_of
from services.reporting.sections.handout import document, total_is_hidden
from services.reporting.sections.section import Section
from services.reporting.sections.visits import ELEMENTS, Group, Visit
from shared.wording import LANGUAGES, Wording
from tests.support.found_worlds import ends
from tests.support.section_attacker import SectionAttack, Slot
from tests.unit.reporting.test_sections import MATH, MUSIC, a_section, a_visit, of, places, released, section_of

SEEDS = (44, 45, 48, 51, 56)
"""Districts where "all" is hidden and a subject is told."""


def a_district(seed: int) -> list[Visit]:
    chance, visits = Random(seed), []
    for school in range(chance.randint(3, 6)):
        math, music = chance.randint(4, 9), chance.randint(2, 7)
        rate = chance.choice([0.1, 0.3, 0.5, 0.7, 0.9])
        for n, subject in enumerate([MATH] * math + [MUSIC] * music):
            visits.append(a_visit(school, n, subject, [e for e in ELEMENTS if chance.random() < rate]))
    return visits


def slots_of(visits: Iterable[Visit]) -> list[Slot]:
    return [Slot(str(v.round_id), str(v.unit.slot_id), v.grade_band, v.subject, ((1, 1),)) for v in visits]


class Reader:
    """What is known of one element: from the schools' own pages, and from the section too."""

    def __init__(self, element: str, visits: Sequence[Visit], told: Sequence[Verdict] = ()) -> None:
        self._slots = slots_of(visits)
        self._attack = SectionAttack(element, self._slots)
        for (round_id, _), own in released(visits).items():
            cells = [_cell(own.cells[element])] if element in own.cells else []
            table = {"definition": "core_element.visits", "subject": element, "cells": cells}
            self._attack.read_round({"tables": [table]}, str(round_id), 1)
        state = state_of(told, visits, places(visits))
        groups = [
            {"grade_band": g.grade_band, "subject": g.subject, "cells": [_cell(c) for c in (cells or {}).values()]}
            for g, cells in state.cells.items()
        ]
        self._attack.read_section(groups, {s.round: 1 for s in self._slots})

    def all_of_it(self) -> tuple[int, int]:
        form = self._attack.form(self._slots, {s.round: 1 for s in self._slots})
        return ends(self._attack.model, form)


def _cell(cell: Any) -> dict[str, Any]:
    return {"category": cell.category, "count": cell.count, "at_most": cell.at_most, "at_least": cell.at_least}


def hidden_totals(told: Sequence[Verdict]) -> list[str]:
    """The elements of which "all" is hidden and one of the subjects is told."""
    everything, subjects = of(told), [of(told, subject=s) for s in (MATH, MUSIC)]
    return [
        e
        for e in ELEMENTS
        if isinstance(everything.cells[e], Withheld)
        and any(not isinstance(s.cells.get(e, Withheld()), Withheld) for s in subjects)
    ]


@pytest.mark.parametrize("seed", SEEDS)
async def test_it_stays_open_to_whoever_solves_for_it(seed: int) -> None:
    visits = a_district(seed)
    told, leaks = await a_section(visits)
    assert leaks == ()
    assert hidden_totals(told)
    for element in hidden_totals(told):
        low, high = Reader(element, visits, told).all_of_it()
        own_low, own_high = Reader(element, visits).all_of_it()
        assert high - low >= min(2, own_high - own_low), (element, low, high, own_low, own_high)


async def test_told_by_all_of_its_subjects_it_is_found_by_the_auditor() -> None:
    visits = a_district(SEEDS[0])
    told, _ = await a_section(visits)
    element = hidden_totals(told)[0]
    for verdict in told:
        if verdict.group in (Group(subject=MATH), Group(subject=MUSIC)):
            verdict.cells[element] = Told(sum(element in v.elements for v in verdict.visits))
    now = state_of(told, visits, places(visits))
    solutions = await _solved(Attack(now, [], released(visits)), now)
    assert f"{element}|*|*" in {key for s in solutions for key in s.pinned}
    low, high = Reader(element, visits, told).all_of_it()
    assert low == high


async def test_pages_say_why_the_total_is_hidden_where_parts_are_told() -> None:
    told, _ = await a_section(a_district(SEEDS[0]))
    section = section_of(told)
    assert total_is_hidden(section)
    for language in LANGUAGES:
        say = Wording(language)
        assert say.t("figures.hidden_total") in document(section, say).held
    plain: Section = section.model_copy(update={"groups": section.groups[1:]})
    assert not total_is_hidden(plain)
    assert Wording().t("figures.hidden_total") not in document(plain, Wording()).held
