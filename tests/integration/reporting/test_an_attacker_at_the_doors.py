"""A generated district is attacked with what leaves over HTTP and nothing else, by code that shares nothing with the
auditor; and what is planted in an answer is found."""

from __future__ import annotations

import copy
import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import combinations_with_replacement, product
from random import Random
from typing import Any

import pytest

from shared.access import Role
from tests.integration.reporting.test_figures_over_http import LEADER, listed, principal
from tests.support.attacker import (
    ELEMENTS,
    STATEMENTS,
    TAGGED,
    VISITS,
    Attack,
    Known,
    lines_of_pdf,
    read_json,
    read_lines,
    read_rows,
    rows_of,
    sheets_of_xlsx,
)
from tests.support.published import ANSWERS, ARound, lived
from tests.support.reporting_world import World, person

ANALYST = person(Role.ANALYST)
COLUMNS = ("core", "look_fors", "instructional-core/1a")
CODES = {"1a": ANSWERS[0][1], "1b": ANSWERS[0][1]}
PLANS: dict[int, Sequence[int]] = {
    1: range(8),
    2: range(13),
    3: [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 7],
    4: [0, 0, 0, 1, 2, 3, 4, 5, 6],
}
"""The room of each visit, by seed."""
TODAY = datetime.now(UTC).date() + timedelta(days=1)
"""Wherever the district is, today is over by then."""
CHOICES = 60
"""Of the district's menu, of each round: all that it offers are more than a hundred pages."""


def name_of(a_round: ARound) -> str:
    return f"Quarry {a_round.name}"


async def seen(world: World, seed: int) -> ARound:
    """A round that was released, given late notes, and released again."""
    rooms = PLANS[seed]
    a_round = ARound(name=f"attacked {seed}", school=f"attacked school {seed}", rooms=rooms, observers=4)
    visited = [a_round.handed_in(slot, slot % 4) for slot in range(len(rooms))]
    late = [a_round.said(f"late {slot}", slot, slot % 4, ELEMENTS[slot % 4]) for slot in range(len(rooms))]
    await world.publish("scheduling", [listed(a_round, name_of(a_round))])
    events = [*lived(a_round, seed, statements=150), *visited, a_round.closed(), a_round.released(1)]
    await world.publish("rounds", [*events, *late, a_round.released(2)])
    path = f"/schools/{a_round.school_id}/summary"
    await world.until(path, principal(a_round), lambda s: s["latest"] is not None and s["latest"]["release"] == 2)
    return a_round


async def pages_of(world: World, a_round: ARound) -> list[Any]:
    """The JSON of the newest release, through each door that has it."""
    today = TODAY
    school, of_round = f"/schools/{a_round.school_id}", f"/rounds/{a_round.round_id}"
    found = []
    for actor in (principal(a_round), LEADER):
        for path in (
            f"{of_round}/released", f"{school}/summary", f"{school}/summary?as_of={today}",
            f"{school}/difference?from={today - timedelta(days=900)}&to={today}",
        ):  # fmt: skip
            answer = await world.get(path, actor)
            assert answer.status_code == 200, path
            body = answer.json()
            if "trend" in body:
                body["trend"] = [point for point in body["trend"] if point["release"] == 2]
            found.append(body)
    menu = [f"/district/overview?{choice}" for choice in await menu_of(world, a_round)]
    days = [today - timedelta(days=n) for n in (900, 2, 0)]
    between = [f"from={first}&to={last}" for first, last in combinations_with_replacement(days, 2)]
    for path in (*menu, *(f"/district/difference?{two}" for two in between)):
        lines = (await world.get(path, LEADER)).json()["items"]
        mine = [line for line in lines if line["school_id"] == str(a_round.school_id)]
        assert mine or not path.endswith(f"to={today}"), path
        found += mine
    return found


async def first_release(world: World, a_round: ARound) -> tuple[list[Any], list[list[dict[str, Any]]], Known]:
    """What still leaves of the release before, by its number."""
    of_round = f"/rounds/{a_round.round_id}/released"
    page = (await world.get(f"{of_round}?release=1", principal(a_round))).json()
    assert page["release"] == 1
    files = [rows_of("csv", (await world.get(f"{of_round}.csv?release=1", LEADER)).content)]
    for kind in ("csv", "parquet"):
        rows = rows_of(kind, (await world.get(f"/extracts/figures.{kind}", ANALYST)).content)
        files.append([r for r in rows if str(r["round_id"]) == str(a_round.round_id) and int(r["release"]) == 1])
    known = Known()
    for kind in ("pdf", "xlsx"):
        read_document(known, kind, (await world.get(f"{of_round}.{kind}?release=1", LEADER)).content)
    assert known.exact
    assert all(files)
    return [page], files, known


def terms_of(a_round: ARound) -> list[str]:
    """A term as the page names it: all, the day, years around it, from it on, until it."""
    day, year = a_round.day, timedelta(days=365)
    around = f"since={day - year}&until={day + year}"
    return ["", f"since={day}&until={day}", around, f"since={day}", f"until={day}"]


async def menu_of(world: World, a_round: ARound) -> list[str]:
    """The filters of the district's page: of every column that it offers, with every term, as of every day that tells
    something, as many as time allows; each column, term and day at least once."""
    offered = (await world.get("/district/overview", LEADER)).json()["look_fors"]
    columns = sorted({*COLUMNS, *(f"{c['instrument']}/{c['look_for']}" for c in offered)})
    assert len(columns) > len(COLUMNS), "the menu is read"
    days = ["", *(f"as_of={TODAY + timedelta(days=n)}" for n in (0, 1, 30))]
    every = list(product(columns, terms_of(a_round), days))
    chance = Random(a_round.name)
    chosen = dict.fromkeys(chance.sample(every, min(len(every), CHOICES)))
    for n, one in product(range(3), every):
        if one[n] not in {choice[n] for choice in chosen}:
            chosen[one] = None
    return ["&".join(part for part in (f"columns={column}", term, day) if part) for column, term, day in chosen]


async def nothing_yet(world: World, a_round: ARound) -> dict[str, Any]:
    """The school's line of the district's page for a day before anything was told, and for terms without the round."""
    terms = [f"since={a_round.day + timedelta(days=1)}", f"until={a_round.day - timedelta(days=1)}"]
    choices = [f"as_of={TODAY - timedelta(days=n)}" for n in (3, 900)] + terms
    found = {}
    for column, choice in product(COLUMNS, choices):
        path = f"/district/overview?columns={column}&{choice}"
        lines = (await world.get(path, LEADER)).json()["items"]
        found[path] = [line for line in lines if line["school_id"] == str(a_round.school_id)]
    return found


async def documents_of(world: World, a_round: ARound) -> Known:
    """What stands on the paper and in the workbook that leave over HTTP; what is the same bytes is read once."""
    known, seen_before = Known(), set[bytes]()
    for actor in (principal(a_round), LEADER):
        for kind in ("pdf", "xlsx"):
            answer = await world.get(f"/rounds/{a_round.round_id}/released.{kind}", actor)
            assert answer.status_code == 200, answer.text
            if answer.content in seen_before:
                continue
            seen_before.add(answer.content)
            read_document(known, kind, answer.content)
            if kind == "pdf":
                assert any("America/Chicago" in words for line in lines_of_pdf(answer.content) for words in line)
    assert known.exact, "something is read"
    return known


def read_document(known: Known, kind: str, body: bytes) -> None:
    if kind == "pdf":
        read_lines(known, lines_of_pdf(body))
        return
    rows, lines = sheets_of_xlsx(body)
    assert rows
    read_rows(known, rows)
    read_lines(known, lines)


async def files_of(world: World, a_round: ARound) -> list[list[dict[str, Any]]]:
    school, of_round = f"/schools/{a_round.school_id}", f"/rounds/{a_round.round_id}"
    found = [
        rows_of("csv", (await world.get(path, principal(a_round))).content)
        for path in (f"{school}/summary.csv", f"{of_round}/released.csv")
    ]
    for kind in ("csv", "parquet"):
        rows = rows_of(kind, (await world.get(f"/extracts/figures.{kind}", ANALYST)).content)
        mine = [r for r in rows if str(r["round_id"]) == str(a_round.round_id) and int(r["release"]) == 2]
        assert mine
        found.append(mine)
    for term in terms_of(a_round):
        rows = rows_of("csv", (await world.get(f"/district/patterns.csv?{term}", LEADER)).content)
        mine = [r for r in rows if r["school"] == name_of(a_round)]
        assert {r["release"] for r in mine} == {"2"}, term
        found.append(mine)
    return found


async def untold_of(world: World, a_round: ARound) -> dict[str, str]:
    """What is answered where there is nothing, or a wish is refused: by the wish."""
    school, of_round = f"/schools/{a_round.school_id}", f"/rounds/{a_round.round_id}"
    paths = (
        f"{school}/summary?as_of=2020-01-01", f"{school}/summary.csv?as_of=2020-01-01",
        f"{school}/difference?from=2020-01-01&to=2020-01-02", f"{of_round}/released?release=99",
        f"{of_round}/released.csv?as_of=2020-01-01", f"{school}/summary?sort=share", f"{of_round}/released?release=x",
    )  # fmt: skip
    return {path: (await world.get(path, principal(a_round))).text for path in paths}


def told_in(body: str) -> set[object]:
    """Whatever a figure could be read from: its place, or words such as "3 of 8"."""
    known = Known()
    if body.startswith("{"):
        read_json(known, json.loads(body))
    else:
        read_rows(known, rows_of("csv", body.encode()))
    return {*known.named, *known.low, *known.high, *re.findall(r"\d+ of \d+", body)}


def found_out(
    a_round: ARound, pages: Sequence[Any], files: Sequence[list[dict[str, Any]]], known: Known | None = None
) -> list[str]:
    known = known or Known()
    for body in pages:
        read_json(known, body)
    for rows in files:
        read_rows(known, rows)
    rooms = Counter(str(room) for room in a_round.rooms)
    return Attack(known, rooms, CODES).found_out()


def of_element(body: dict[str, Any], definition: str, subject: str | None) -> dict[str, Any]:
    found: dict[str, Any] = next(
        t for t in body["tables"] if (t["definition"], t["subject"]) == (definition, subject) and t["n"]
    )
    return found


def a_count(body: dict[str, Any]) -> None:
    of_element(body, VISITS, "content")["cells"][0]["count"] = 1


def a_share_of_a_hidden_cell(body: dict[str, Any]) -> None:
    table = of_element(body, VISITS, "content")
    table["cells"] = [{"category": "with", "state": "hidden", "share": 1 / table["n"]}]


def words(body: dict[str, Any]) -> None:
    table = of_element(body, VISITS, "content")
    table["cells"] = [{"category": "with", "state": "hidden", "text": f"{table['n']} of {table['n']} visits"}]


def a_sentence(body: dict[str, Any]) -> None:
    body["sentences"].append({"key": "least.told", "params": {"element": "content", "count": 0}, "text": ""})


def a_bound_that_is_too_near(body: dict[str, Any]) -> None:
    table = of_element(body, VISITS, "content")
    table["cells"] = [{"category": "with", "state": "coded", "at_most": 1}]


def a_look_for_that_few_were_tagged_with(body: dict[str, Any]) -> None:
    cell = {"category": "with", "state": "coded", "at_most": 2, "text": "at most 2 of 13 visits"}
    body["tables"].append({"definition": TAGGED, "subject": "1a", "n": 13, "cells": [cell]})


PLANTED: tuple[Callable[[dict[str, Any]], None], ...] = (
    a_count, a_share_of_a_hidden_cell, words, a_sentence, a_bound_that_is_too_near,
    a_look_for_that_few_were_tagged_with,
)  # fmt: skip


@pytest.mark.parametrize("seed", PLANS)
async def test_what_leaves_pins_no_hidden_count_and_no_room(world: World, seed: int) -> None:
    a_round = await seen(world, seed)
    pages, files = await pages_of(world, a_round), await files_of(world, a_round)
    assert sum("cells" in t for body in pages for t in body.get("tables", ())) >= 10, "something was told"
    assert found_out(a_round, pages, files, await documents_of(world, a_round)) == []
    pages, files, known = await first_release(world, a_round)
    assert found_out(a_round, pages, files, known) == []
    for path, lines in (await nothing_yet(world, a_round)).items():
        assert not told_in(json.dumps({"lines": lines})), path
    untold = await untold_of(world, a_round)
    assert {path: found for path, body in untold.items() if (found := told_in(body))} == {}


def test_a_figure_in_an_error_or_an_empty_page_is_found() -> None:
    assert not told_in('{"title": "Not found", "detail": "There is no such release."}')
    assert told_in('{"title": "Not found", "detail": "Only 1 of 13 visits shows the content."}')
    assert told_in('{"latest": null, "judgmental": {"count": 3}}')


def test_what_is_planted_in_an_answer_is_found() -> None:
    a_round = ARound(rooms=range(13))
    clean = a_page(13, {"teacher": 6, "student": 7, "task": 9})
    assert found_out(a_round, [clean], []) == []
    for plant in PLANTED:
        leaking = copy.deepcopy(clean)
        plant(leaking)
        assert found_out(a_round, [leaking], []), plant.__name__


def test_a_total_that_leaves_one_hidden_part_is_found() -> None:
    page = a_page(13, {"teacher": 6, "student": 7, "task": 9})
    counts = {"teacher": 14, "student": 20, "task": 31}
    cells = [{"category": e, "state": "told", "count": n} for e, n in counts.items()]
    hidden = {"category": "content", "state": "hidden"}
    spread = {"definition": STATEMENTS, "subject": None, "n": 67, "cells": [*cells, hidden]}
    page["tables"].append(spread)
    assert any("statements" in leak for leak in found_out(ARound(rooms=range(13)), [page], []))


def a_page(n: int, told: Mapping[str, int]) -> dict[str, Any]:
    """Shares of visits: told where `told` says, else "at most 2"."""

    def cell(element: str) -> dict[str, Any]:
        if element in told:
            return {"category": "with", "state": "told", "count": told[element]}
        return {"category": "with", "state": "coded", "at_most": 2, "text": f"at most 2 of {n} visits"}

    tables = [{"definition": VISITS, "subject": e, "n": n, "cells": [cell(e)]} for e in ELEMENTS]
    return {"tables": tables, "sentences": []}
