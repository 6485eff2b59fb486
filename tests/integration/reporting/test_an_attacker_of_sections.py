"""Figures by grade and subject, read through each of their doors over HTTP beside the rounds' own releases, before and
after corrections: no part of a school is narrowed; and what is planted in a door is found."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date

from shared.access import Role
from shared.messages import ContractEvent
from tests.integration.reporting.test_figures_over_http import LEADER, listed, principal
from tests.integration.reporting.test_sections import freeze
from tests.support.attacker import lines_of_pdf, sheets_of_xlsx
from tests.support.corrected_district import ELEMENTS, GRADE, MATH, MUSIC, ASchool, a_district
from tests.support.reporting_world import World, person
from tests.support.section_attacker import (
    Body,
    Kind,
    SectionAttack,
    Slot,
    found_out,
    groups_of_lines,
    groups_of_rows,
    parts_of,
)

LEAKING = 16
DAY = date(2029, 10, 6)
PERIOD = {"since": "2029-09-01", "until": "2029-12-20"}
NAMES: dict[str, Kind] = {
    "All": (None, None),
    **{name: (None, name) for name in (MUSIC, MATH)},
    GRADE: (GRADE, None),
    **{f"{GRADE}, {name}": (GRADE, name) for name in (MUSIC, MATH)},
}
Doors = dict[str, list[Body]]


async def doors_of(world: World, section_id: str) -> Doors:
    """The groups that each door of a section tells."""
    path = f"/district/sections/{section_id}"
    found: Doors = {}
    for actor in (LEADER, person(Role.ANALYST)):
        read = {}
        for door in ("", "/figures.csv", "/figures.pdf", "/figures.xlsx"):
            read[door] = await world.get(path + door, actor)
            assert read[door].status_code == 200, read[door].text
        text = read["/figures.csv"].content.decode("utf-8-sig").split("\r\n\r\n")[0]
        rows, lines = sheets_of_xlsx(read["/figures.xlsx"].content)
        found |= {
            "json": read[""].json()["groups"],
            "csv": groups_of_rows(csv.DictReader(io.StringIO(text))),
            "pdf": groups_of_lines(lines_of_pdf(read["/figures.pdf"].content), NAMES),
            "workbook rows": groups_of_rows(rows),
            "workbook words": groups_of_lines(lines, NAMES),
        }
    return found


async def releases_of(world: World, school: ASchool) -> list[Body]:
    count = 2 if school.second else 1
    path = f"/rounds/{school.round_id}/released"
    return [(await world.get(f"{path}?release={n + 1}", principal(school))).json() for n in range(count)]


def attacked(schools: Sequence[ASchool], released: dict[str, list[Body]], doors: Doors) -> list[str]:
    slots: list[Slot] = [slot for s in schools for slot in s.slots()]
    found = []
    for element in ELEMENTS:
        alone, told = SectionAttack(element, slots), SectionAttack(element, slots)
        for attack in (alone, told):
            for s in schools:
                for n, body in enumerate(released[s.name], start=1):
                    attack.read_round(body, s.name, n)
        for groups in doors.values():
            told.read_section(groups, {s.name: 1 for s in schools})
        parts = [p for s in schools for p in parts_of(s.slots(), (1, 2) if s.second else (1,))]
        found += found_out(parts, told, alone)
    return found


def in_full(groups: Sequence[Body], schools: Sequence[ASchool]) -> list[Body]:
    """The groups that a door names, with the true count of each cell, whatever the audit had hidden."""

    def count(group: Body, element: str) -> int:
        seen = ((slot, s.first[int(slot.name)]) for s in schools for slot in s.slots())
        return sum(element in shown for slot, shown in seen if slot.of(group))

    return [{**g, "cells": [{"category": e, "count": count(g, e)} for e in ELEMENTS]} for g in groups]


async def test_the_doors_of_a_section_narrow_no_part_of_a_school_and_a_planted_leak_is_found(world: World) -> None:
    schools = a_district(LEAKING, DAY)
    await world.publish("scheduling", [listed(s, f"Quarry {s.name}") for s in schools])
    events: list[ContractEvent] = [event for s in schools for event in s.lived()]
    await world.publish("rounds", events)
    for s in schools:
        await world.until(f"/schools/{s.school_id}/summary", principal(s), lambda page: page["latest"], seconds=120)
    section = (await freeze(world, PERIOD)).json()
    await world.publish("rounds", schools[0].mended())
    await world.until(
        f"/schools/{schools[0].school_id}/summary",
        principal(schools[0]),
        lambda page: page["latest"]["release"] == 2,
        seconds=120,
    )
    released = {s.name: await releases_of(world, s) for s in schools}
    doors = await doors_of(world, section["section_id"])
    told = {told_by(groups) for groups in doors.values()}
    assert len(told) == 1, "every door tells the same"
    assert told.pop()
    assert attacked(schools, released, doors) == []
    for door, groups in doors.items():
        assert attacked(schools, released, {door: in_full(groups, schools)}), door


def told_by(groups: Sequence[Body]) -> frozenset[tuple[object, ...]]:
    return frozenset(
        (g["grade_band"], g["subject"], c["category"], c["count"], c["at_most"], c["at_least"])
        for g in groups
        for c in g["cells"]
        if not c["count"] is c["at_most"] is c["at_least"] is None
    )
