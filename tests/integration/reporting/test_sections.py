"""By grade and subject over HTTP: frozen by period, as the raw log says, and hidden wherever it is hidden."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import httpx
import polars as pl
import pytest

from services.reporting.disclosure import solver
from services.reporting.disclosure.rule import RULES
from services.reporting.releases.export import MARK
from services.rounds.contract import Visit
from shared.access import Role
from shared.messages import ContractEvent
from tests.integration.reporting.test_figures_over_http import LEADER, listed, principal
from tests.support.published import ARound
from tests.support.reporting_world import World, person
from tests.support.second_opinion import limits, t_quantile

DAY = date(2028, 3, 7)
PERIOD = {"since": "2028-02-01", "until": "2028-06-30"}
KINDS = [("3-5", "Mathematics")] * 4 + [("6-8", "mathematics")] * 3 + [("3-5", "Music")] * 3


@dataclass
class ASchool(ARound):
    """A round whose rooms have grades and subjects of their own."""

    kinds: Sequence[tuple[str, str]] = ()

    def visit(self, slot: int, observer: int) -> Visit:
        grade, subject = self.kinds[slot]
        return super().visit(slot, observer).model_copy(update={"grade_band": grade, "subject": subject})


def a_school(n: int, kinds: Sequence[tuple[str, str]] = KINDS) -> tuple[ASchool, list[ContractEvent]]:
    name, rooms = f"section {n}", range(len(kinds))
    a_round = ASchool(name=name, school=f"school of {name}", rooms=rooms, observers=4, day=DAY, kinds=kinds)
    events: list[ContractEvent] = [a_round.opened(), a_round.problem()]
    for slot in rooms:
        for observer in range(2):
            if (slot + n) % 2:
                events.append(a_round.said(f"{slot} {observer}", slot, (slot + observer) % 4, "task"))
            events.append(a_round.rated("1a", slot, (slot + observer) % 4, "yes" if slot % 3 else "no"))
    return a_round, [*events, a_round.closed(), a_round.released(1)]


async def told(world: World, n: int, kinds: Sequence[tuple[str, str]] = KINDS) -> list[ContractEvent]:
    a_round, events = a_school(n, kinds)
    await world.publish("scheduling", [listed(a_round, f"Section {n} School")])
    await world.publish("rounds", events)
    own = principal(a_round)
    await world.until(f"/schools/{a_round.school_id}/summary", own, lambda s: s["latest"] is not None)
    return events


async def freeze(world: World, period: dict[str, str], role: Role = Role.DISTRICT_LEADER) -> httpx.Response:
    headers = world.identity.headers_for(person(role))
    return await world.http.post("/district/sections", json=period, headers=headers, timeout=120)


def by_polars(events: list[ContractEvent]) -> dict[tuple[str | None, str | None, str], tuple[float, ...]]:
    """(grade, subject, element) -> count, n, share and its interval: straight from the log, by another way."""
    rows = [
        {
            "slot": str(v.slot_id),
            "school": str(v.school_id),
            "grade": v.grade_band,
            "subject": v.subject.capitalize(),
            "element": getattr(e, "core_element", None),
        }
        for e in events
        if (v := getattr(e, "visit", None)) is not None
    ]
    slots = (
        pl.DataFrame(rows)
        .group_by("slot")
        .agg(pl.col("school", "grade", "subject").first(), pl.col("element").drop_nulls().unique())
    )
    found = {}
    grades, subjects = [None, *slots["grade"].unique()], [None, *slots["subject"].unique()]
    for grade in grades:
        for subject in subjects:
            part = slots
            part = part if grade is None else part.filter(pl.col("grade") == grade)
            part = part if subject is None else part.filter(pl.col("subject") == subject)
            if part.is_empty():
                continue
            for element in ("teacher", "student", "content", "task"):
                has = part["element"].list.contains(element).to_list()
                n, schools = len(has), slots["school"].n_unique()
                each = max(1.0, min(slots.height / schools, n / 3))
                shrink = (t_quantile(n - 1) / t_quantile(schools - 1)) ** 2 if n > 1 else 1.0
                effective = max(1.0, min(float(n), n / (1 + (each - 1) * 0.2) * shrink))
                found[grade, subject, element] = (sum(has), n, sum(has) / n, *limits(sum(has) / n, effective))
    return found


def agrees(section: dict[str, Any], expected: dict[tuple[str | None, str | None, str], tuple[float, ...]]) -> int:
    """How many shares are told; each of them, and each bound, is the log's."""
    found = 0
    for group in section["groups"]:
        for cell in group["cells"]:
            count, n, share, low, high = expected[group["grade_band"], group["subject"], cell["category"]]
            assert group["n"] == n
            if cell["state"] == "told":
                found += 1
                assert (cell["count"], cell["share"]) == (count, round(share, 4))
                assert cell["low"] - 1e-9 <= low < cell["low"] + 0.01 + 1e-9, "outwards to whole percent"
                assert cell["high"] - 0.01 - 1e-9 < high <= cell["high"] + 1e-9
            elif cell["state"] == "coded":
                assert (cell["at_least"] or 0) <= count <= (n if cell["at_most"] is None else cell["at_most"])
    return found


async def test_a_period_is_frozen_by_grade_and_subject_and_no_door_tells_more(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    events = [event for n in range(4) for event in await told(world, n)]
    with monkeypatch.context() as hurried:
        hurried.setattr(solver, "PASSED", 0.0)
        refused = await freeze(world, PERIOD)
    assert (refused.status_code, refused.json()["code"]) == (409, "section_not_proven")
    assert "shorter periods" in refused.json()["mend"]
    answer = await freeze(world, PERIOD)
    assert answer.status_code == 201, answer.text
    section = answer.json()
    assert (section["rounds"], section["schools"], section["release"]) == (4, 4, 1)
    assert agrees(section, by_polars(events)) >= 3
    assert {g["subject"] for g in section["groups"]} == {None, "Mathematics", "Music"}, "one spelling"
    assert section["agreement"][0]["alpha"] is not None
    assert (await freeze(world, PERIOD)).json() == section, "nothing was released since"

    path = f"/district/sections/{section['section_id']}"
    assert (await world.get(path, LEADER)).content == (await world.get(path, person(Role.ANALYST))).content
    text = (await world.get(f"{path}/figures.csv", LEADER)).text
    assert text.startswith(MARK)
    body, foot = text.removeprefix(MARK).split("\r\n\r\n")
    assert "told over at least 5 visits, 5 classrooms and 3 observers, and 3 schools" in foot
    assert (section["rules"], f"rules of what may be told: version {RULES}" in foot) == (RULES, True)
    assert section["section_id"] in foot
    assert "filters: rounds from 2028-02-01 to 2028-06-30" in foot
    untold = [r for r in csv.DictReader(io.StringIO(body)) if r["state"] != "told"]
    assert all(r["count"] == r["share"] == r["low"] == r["alpha"] == "" for r in untold)
    agreed = [(r["look_for"], r["alpha"]) for r in csv.DictReader(io.StringIO(body)) if r["category"] == "agreement"]
    assert agreed == [("1a (instructional-core 1)", str(section["agreement"][0]["alpha"]))]

    for wish in ({"since": "2028-02-01", "until": "2028-04-01"}, {"since": "2028-03-01", "until": "2028-09-01"}):
        refused = await freeze(world, wish)
        assert (refused.status_code, refused.json()["code"]) == (409, "period_overlaps")
    nothing = await freeze(world, {"since": "2031-01-01", "until": "2031-06-01"})
    assert nothing.json()["code"] == "nothing_released"
    early = await world.get("/district/sections", LEADER, params={"as_of": "2020-01-01"})
    assert early.json() == {"items": []}
    for asked in ({"since": "2028-02-01"}, {"grade_band": "3-5"}, {"sort": "share"}):
        assert (await world.get("/district/sections", LEADER, params=asked)).status_code == 422
    other = person(Role.HOST_PRINCIPAL, school_id=ARound(school="elsewhere").school_id)
    assert (await world.get("/district/sections", other)).status_code == 403
    assert (await freeze(world, PERIOD, Role.ANALYST)).status_code == 403
    overview = (await world.get("/district/overview", LEADER)).json()
    assert "coverage" not in overview, "no count by grade and subject that another period could be taken from"

    await told(world, 9, [*KINDS, ("K-2", "Art")])
    after = (await freeze(world, PERIOD)).json()
    assert after["release"] == 2
    assert all((g["n"], g["cells"]) == (None, []) for g in after["groups"]), "one school more would be the difference"
    assert (await world.get(path, LEADER)).json() == section, "the one before stays as it was"
