"""A round is released, corrected and released again days later: both are read over HTTP, each by its number and as of
its day, and the difference between the two days; and attacked together. Rooms came late, statements were withdrawn,
amended and added, answers given anew. What is planted in either is found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest

from shared.access import Role
from shared.messages import ContractEvent
from tests.integration.reporting.test_figures_over_http import LEADER, listed, principal
from tests.support.attacker import ELEMENTS, STATEMENTS, TAGGED, VISITS, Known, read_json, read_rows, rows_of
from tests.support.published import ARound
from tests.support.reporting_world import World, person
from tests.support.two_releases_attacker import TwoReleases, Visits, read_changes

ANALYST = person(Role.ANALYST)
AGO = 5
"""Days between the two releases."""
CODES = {"1a": ("yes", "mostly", "somewhat", "not_yet")}
PLANS: tuple[tuple[Sequence[int], Sequence[int], Sequence[int]], ...] = (
    (range(8), (), range(8, 14)),
    (range(4), range(4, 12), ()),
    (range(5), range(5, 11), range(11, 16)),
    ((0, 0, 1, 1, 2, 3, 4, 5), (), (0, 1, 2, 6, 7, 8, 9)),
    ((0, 1, 2, 3, 4, 5, 6), (0, 1, 2, 7, 8, 9, 10), ()),
)
"""The room of each visit: of those that stay as they are, of those that are corrected, of those that come late."""
SEEDS = range(len(PLANS))
OBSERVERS = 4


@dataclass
class Corrected(ARound):
    """A round and its corrections, by chance; a fifth observer made all of them known."""

    stay: int = 0
    come: int = 0
    standing: dict[int, list[tuple[str, int]]] = field(default_factory=dict)
    chance: Random = field(default_factory=Random)

    @property
    def corrected(self) -> range:
        return range(self.stay, self.come)

    @property
    def late(self) -> range:
        return range(self.come, len(self.rooms))

    def seen(self, slot: int, name: str, rates: dict[str, float]) -> Iterator[ContractEvent]:
        for element, rate in rates.items():
            for n in range(2):
                if self.chance.random() < rate:
                    yield self._said(slot, f"{name} {slot} {element} {n}", element)
        for look_for in CODES:
            if self.chance.random() < 0.9:
                code = self.chance.choice((*CODES[look_for][:2], *CODES[look_for]))
                yield self.rated(look_for, slot, self.chance.randrange(OBSERVERS), code)

    def _said(self, slot: int, name: str, element: str) -> ContractEvent:
        observer = self.chance.randrange(OBSERVERS)
        self.standing.setdefault(slot, []).append((name, observer))
        return self.said(name, slot, observer, element, **self._tags())

    def _tags(self) -> dict[str, Any]:
        asked = tuple(q for q in self.question_ids if self.chance.random() < 0.4)
        return {"focus_question_ids": asked, "look_for_ids": ("1a",) if self.chance.random() < 0.3 else ()}

    def first(self) -> list[ContractEvent]:
        rates = {e: self.chance.choice([0.0, 0.1, 0.3, 0.5, 0.9]) for e in ELEMENTS}
        found: list[ContractEvent] = [self.opened(), self.problem(), self.stage("visit")]
        for slot in range(self.come):
            found += [self.handed_in(slot, o) for o in range(OBSERVERS)]
            found += self.seen(slot, "first", rates)
        return [*found, self.closed(), self.released(1)]

    def second(self) -> list[ContractEvent]:
        rates = {e: self.chance.choice([0.0, 0.1, 0.3, 0.5, 0.9]) for e in ELEMENTS}
        found: list[ContractEvent] = []
        for slot in self.corrected:
            found.append(self.handed_in(slot, OBSERVERS))
            for name, observer in self.standing.pop(slot, []):
                if self.chance.random() < 0.6:
                    found.append(self.withdrew(name, slot, observer))
                else:
                    found.append(
                        self.said(name, slot, observer, self.chance.choice(ELEMENTS), revision=1, **self._tags())
                    )
            found += self.seen(slot, "second", rates)
        for slot in self.late:
            found += [self.handed_in(slot, o) for o in range(OBSERVERS)]
            found += self.seen(slot, "late", rates)
        return [*found, self.released(2)]

    def visits(self) -> Visits:
        def rooms(slots: range) -> list[int]:
            return [self.rooms[slot] for slot in slots]

        before = rooms(self.corrected)
        return Visits(rooms(range(self.stay)), before, [*before, *rooms(self.late)])


def a_round(seed: int) -> Corrected:
    stay, corrected, late = PLANS[seed % len(PLANS)]
    return Corrected(
        name=f"twice {seed}",
        school=f"school twice {seed}",
        rooms=[*stay, *corrected, *late],
        observers=OBSERVERS + 1,
        stay=len(stay),
        come=len(stay) + len(corrected),
        chance=Random(seed),
    )


def today() -> date:
    return datetime.now(UTC).date() + timedelta(days=1)


async def both(world: World, seed: int) -> Corrected:
    found = a_round(seed)
    path = f"/schools/{found.school_id}/summary"
    await world.publish("scheduling", [listed(found, f"Quarry {found.name}")])
    async with world.days_ago("rounds", AGO):
        await world.publish("rounds", found.first())
    await world.until(path, principal(found), lambda s: s["latest"] is not None)
    await world.publish("rounds", found.second())
    await world.until(path, principal(found), lambda s: s["latest"]["release"] == 2)
    return found


async def read(world: World, found: Corrected) -> tuple[tuple[list[Any], list[Any]], list[dict[str, Any]]]:
    """Pages that tell of either release, and what changed between the days of the two."""
    school, of_round = f"/schools/{found.school_id}", f"/rounds/{found.round_id}"
    days = (today() - timedelta(days=AGO), today())
    pages: tuple[list[Any], list[Any]] = ([], [])
    for actor in (principal(found), LEADER):
        for release, day in enumerate(days, start=1):
            for path in (
                f"{of_round}/released?release={release}",
                f"{of_round}/released?as_of={day}",
                f"{school}/summary?as_of={day}",
            ):
                answer = await world.get(path, actor)
                assert answer.status_code == 200, answer.text
                body = answer.json()
                assert (body.get("latest") or body)["release"] == release, path
                pages[release - 1].append(body)
    between = f"from={days[0]}&to={days[1]}"
    page = (await world.get(f"{school}/difference?{between}", principal(found))).json()
    assert [page["before"]["release"], page["after"]["release"]] == [1, 2]
    district = (await world.get(f"/district/difference?{between}", LEADER)).json()["items"]
    mine = [line for line in district if line["school_id"] == str(found.school_id)]
    rows = rows_of("csv", (await world.get(f"/extracts/difference.csv?{between}", ANALYST)).content)
    changes = [*page["changes"], *(c for line in mine for c in line["changes"])]
    return pages, [*changes, *(r for r in rows if r["school_id"] == str(found.school_id) and r["definition"])]


async def files(world: World, found: Corrected) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    rows = rows_of("parquet", (await world.get("/extracts/figures.parquet", ANALYST)).content)
    mine = [r for r in rows if str(r["round_id"]) == str(found.round_id)]
    one, two = ([r for r in mine if int(r["release"]) == n] for n in (1, 2))
    for release, rows in enumerate((one, two), start=1):
        path = f"/rounds/{found.round_id}/released.csv?release={release}"
        rows += rows_of("csv", (await world.get(path, LEADER)).content)
    return one, two


def known_from(pages: tuple[list[Any], list[Any]]) -> tuple[Known, Known]:
    known = (Known(), Known())
    for told, bodies in zip(known, pages, strict=True):
        for body in bodies:
            read_json(told, body)
    return known


def found_out_of(visits: Visits, known: tuple[Known, Known]) -> list[str]:
    return TwoReleases(known, visits, CODES).found_out()


@pytest.mark.parametrize("seed", SEEDS)
async def test_two_releases_tell_no_more_together(world: World, seed: int) -> None:
    found = await both(world, seed)
    pages, changes = await read(world, found)
    assert pages[1][0]["held"] is None, "enough changed: both tell of their own visits"
    known = known_from(pages)
    for told, rows in zip(known, await files(world, found), strict=True):
        assert rows
        read_rows(told, rows)
    assert read_changes(known, changes) or not any(c["state"] == "told" for c in changes)
    assert found_out_of(found.visits(), known) == []


def a_page(n: int, told: Mapping[str, int | None], more: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """Shares of visits: told where `told` says, or hidden; else "at most 2"."""

    def cell(element: str) -> dict[str, Any]:
        state = {"count": told[element]} if element in told else {"at_most": 2}
        return {"category": "with", **state}

    tables = [{"definition": VISITS, "subject": e, "n": n, "cells": [cell(e)]} for e in ELEMENTS]
    return {"tables": [*tables, *more], "sentences": []}


def answered(n: int, **told: int) -> dict[str, Any]:
    cells = [{"category": code, "count": count} for code, count in told.items()]
    return {"definition": "look_for.answers", "subject": "1a", "n": n, "cells": cells}


def written(n: int, **told: int) -> dict[str, Any]:
    cells = [{"category": code, "count": count} for code, count in told.items()]
    return {"definition": STATEMENTS, "subject": None, "n": n, "cells": cells}


def tagged(n: int, count: int) -> dict[str, Any]:
    return {"definition": TAGGED, "subject": "1a", "n": n, "cells": [{"category": "with", "count": count}]}


LATE = Visits(range(8), (), range(8, 14))
MENDED = Visits(range(6), range(6, 13), range(6, 13))
FIRST: dict[str, int | None] = {"teacher": 4, "student": 4, "task": 4}
CLEAN: dict[str, int | None] = {"teacher": 7, "student": 7, "task": 7}


@pytest.mark.parametrize(
    ("visits", "first", "second"),
    [
        pytest.param(LATE, a_page(8, FIRST), a_page(14, {**CLEAN, "task": 4}), id="no late room had it"),
        pytest.param(LATE, a_page(8, FIRST), a_page(14, {**CLEAN, "task": 10}), id="every late room had it"),
        pytest.param(LATE, a_page(8, FIRST), a_page(14, {**CLEAN, "content": 8}), id="every late room, and the two"),
        pytest.param(
            LATE, a_page(8, FIRST, [tagged(8, 4)]), a_page(14, CLEAN, [tagged(14, 5)]), id="one late room was tagged"
        ),
        pytest.param(
            LATE, a_page(8, FIRST, [answered(8, yes=4)]), a_page(14, CLEAN, [answered(14, yes=4)]), id="none said yes"
        ),
        pytest.param(
            LATE,
            a_page(8, {**FIRST, "task": None}, [written(30, task=8, teacher=10)]),
            a_page(14, {**CLEAN, "task": None}, [written(50, task=9, teacher=20)]),
            id="a late room has the one statement",
        ),
        pytest.param(MENDED, a_page(13, {**CLEAN, "task": 10}), a_page(13, {**CLEAN, "task": 3}), id="mended one way"),
    ],
)
def test_what_only_both_tell_is_found(visits: Visits, first: Any, second: Any) -> None:
    leaks = found_out_of(visits, known_from(([first], [second])))
    assert leaks
    assert all("alone" in leak or "two rooms" in leak for leak in leaks)


def test_two_releases_that_each_may_be_told_and_differ_enough_are_clean() -> None:
    pages = ([a_page(8, FIRST, [answered(8, yes=4)])], [a_page(14, CLEAN, [answered(14, yes=7)])])
    assert found_out_of(LATE, known_from(pages)) == []


def test_a_share_that_a_page_of_two_days_tells_is_read() -> None:
    known = known_from(([a_page(8, FIRST)], [a_page(14, CLEAN)]))
    change = {"definition": VISITS, "subject": "task", "category": "with", "before": 0.5, "after": 0.5}
    assert read_changes(known, [change]) == 2
    assert found_out_of(LATE, known) == []
    assert read_changes(known, [{**change, "before": 1 / 8, "after": None}]) == 1
    with pytest.raises(AssertionError, match="INFEASIBLE"):
        found_out_of(LATE, known)
