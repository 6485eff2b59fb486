"""The attack that knows everything but one hidden count: schools that were seen alike but for it are told alike through
each door, of each day, of two days, and of days before anything was told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import httpx

from shared.access import Role
from tests.integration.reporting.test_figures_over_http import LEADER, listed, principal
from tests.support.published import ARound
from tests.support.reporting_world import World, person

ANALYST = person(Role.ANALYST)
ROOMS = 13
TODAY = datetime.now(UTC).date() + timedelta(days=1)  # wherever the district is, today is over by then
LONG_AGO = TODAY - timedelta(days=900)
ID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
Said = Sequence[tuple[int, int, str]]
"""room, observer, core element"""

HIDDEN: dict[str, Said] = {
    "twice in one room": [(12, 0, "content"), (12, 0, "content")],
    "once in two rooms": [(12, 0, "content"), (11, 2, "content")],
    "in two rooms of one observer": [(12, 0, "content"), (11, 0, "content")],
    "nowhere": [(12, 0, "teacher"), (12, 0, "teacher")],
}
TAGGED = {"one room": 1, "two rooms": 2}
"""In so many rooms what was said of the task was tagged with a look-for; elsewhere in none."""
TOLD: Said = [(room, room % 3, "content") for room in range(5)]
"""What is told looks otherwise: the comparison is not blind."""


async def seen(world: World, name: str, more: Said, tagged: int = 0) -> ARound:
    """A released round in which the usual was seen, and `more`; in `tagged` rooms it was tagged with a look-for."""
    a_round = ARound(name=f"hidden {name}", school=f"hidden school {name}", rooms=range(ROOMS), observers=3)
    said = [(n, n % 3, "task") for n in range(9)] + [(n, n % 3, "student") for n in range(6)] + list(more)
    await world.publish("scheduling", [listed(a_round, "Quince School")])
    await world.publish(
        "rounds",
        [
            a_round.opened(),
            a_round.problem(),
            *(
                a_round.said(f"{n}", room, observer, element, look_for_ids=("1b",) if n < tagged else ())
                for n, (room, observer, element) in enumerate(said)
            ),
            *(a_round.rated("1a", n, n % 3, "yes" if n < 7 else "no") for n in range(ROOMS)),
            a_round.closed(),
            a_round.released(1),
        ],
    )
    path = f"/schools/{a_round.school_id}/summary"
    await world.until(path, principal(a_round), lambda s: s["latest"] is not None)
    return a_round


async def told(world: World, a_round: ARound, whole: dict[str, tuple[int, list[str]]]) -> dict[str, str]:
    """By door: status and body, without what names school and moment. `whole`: what the district's doors told."""
    school, of_round = f"/schools/{a_round.school_id}", f"/rounds/{a_round.round_id}"
    found = {}
    for actor in (principal(a_round), LEADER):
        for path in (
            f"{school}/summary", f"{school}/summary.csv", f"{of_round}/released", f"{of_round}/released.csv",
            f"{school}/summary?as_of={TODAY}", f"{school}/summary?as_of={LONG_AGO}",
            f"{school}/difference?from={LONG_AGO}&to={TODAY}", f"{school}/difference?from={TODAY}&to={TODAY}",
            f"{school}/difference?from={TODAY}&to={LONG_AGO}", f"{of_round}/released?release=2",
            f"{of_round}/released?as_of={LONG_AGO}", f"{of_round}/follow-through", f"{of_round}/live",
            f"{of_round}/live/agreement", "/district/patterns?after=nonsense",
        ):  # fmt: skip
            answer = await world.get(path, actor)
            found[f"{actor.roles} {path.replace(school, '').replace(of_round, '')}"] = plain(
                answer.status_code, answer.text
            )
    for door, (status, lines) in whole.items():
        own = [line for line in lines if {str(a_round.school_id), str(a_round.round_id)} & ids_in(line)]
        found[door] = plain(status, "\n".join(own))
    return found


async def of_the_district(world: World) -> dict[str, tuple[int, list[str]]]:
    """By door: status, and what is told of each school."""
    found = {}
    for columns in ("core", "look_fors", "instructional-core/1a"):
        for as_of in (TODAY, LONG_AGO):
            path = f"/district/overview?columns={columns}&as_of={as_of}"
            found[path] = by_school(await world.get(path, LEADER))
    for days in ((LONG_AGO, TODAY), (TODAY, TODAY)):
        between = f"from={days[0]}&to={days[1]}"
        found[f"difference {days}"] = by_school(await world.get(f"/district/difference?{between}", LEADER))
        rows = await world.get(f"/extracts/difference.csv?{between}", ANALYST)
        found[f"extract {days}"] = rows.status_code, rows.text.splitlines()
    rows = await world.get("/extracts/figures.csv", ANALYST)
    found["extract"] = rows.status_code, rows.text.splitlines()
    return found


def by_school(answer: httpx.Response) -> tuple[int, list[str]]:
    return answer.status_code, [repr(line) for line in answer.json()["items"]]


def ids_in(line: str) -> set[str]:
    return set(re.findall(ID, line))


def plain(status: int, body: str) -> str:
    for what, sign in (
        (ID, "ID"),
        (r"\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)", "T"),
    ):
        body = re.sub(what, sign, body)
    return f"{status} {body}"


async def test_schools_that_differ_in_what_is_hidden_are_told_alike_through_every_door(world: World) -> None:
    rounds = [await seen(world, name, more) for name, more in HIDDEN.items()]
    rounds += [await seen(world, f"tagged in {name}", HIDDEN["nowhere"], n) for name, n in TAGGED.items()]
    other = await seen(world, "told", TOLD, tagged=5)
    whole = await of_the_district(world)
    first, *others = [await told(world, a_round, whole) for a_round in rounds]
    for name, answers in zip([*list(HIDDEN)[1:], *TAGGED], others, strict=True):
        assert {door for door in first if first[door] != answers[door]} == set(), name
    seen_otherwise = await told(world, other, whole)
    differing = {door for door in first if first[door] != seen_otherwise[door]}
    assert len(differing) >= 10, "the comparison sees what is told"
    assert "look_for.visits" in "".join(seen_otherwise.values()), "and a look-for that enough rooms were tagged with"
    assert "look_for.visits" not in "".join(first.values())
