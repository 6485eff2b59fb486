"""Any page as it was known on a date: the past stays what it was, today is what is live, two dates can be compared."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from shared.access import Role
from tests.integration.reporting.test_figures_over_http import LEADER, facilitator, principal, released
from tests.support.published import ARound
from tests.support.reporting_world import World, person

ZONE_DAYS = timedelta(days=1)
"""The district's day may be the day before the server's."""


def today() -> date:
    return datetime.now(UTC).date()


async def both(world: World, name: str) -> ARound:
    """A school with one released round, and a later round of it released after."""
    a_round, _ = await released(world, name)
    later = ARound(name=f"{name} later", school=f"school of {name}", rooms=range(9), day=date(2026, 11, 3))
    said = [later.said(f"{slot} {o}", slot, o, "student") for slot in range(9) for o in range(3)]
    said += [later.said(f"task {slot}", slot, slot % 3, "task") for slot in range(3)]
    await world.publish(
        "rounds", [later.opened(), later.problem(), later.stage("visit"), *said, later.closed(), later.released(1)]
    )
    await world.until(f"/schools/{a_round.school_id}/summary", principal(a_round), lambda s: len(s["releases"]) == 2)
    return a_round


async def test_before_anything_was_released_nothing_is_told_and_today_is_what_is_live(world: World) -> None:
    a_round = await both(world, "Quince")
    path = f"/schools/{a_round.school_id}/summary"
    live = (await world.get(path, principal(a_round))).json()
    past = (await world.get(path, principal(a_round), params={"as_of": "2020-01-01"})).json()
    assert (past["latest"], past["releases"], past["lead"], past["trend"]) == (None, [], [], [])
    now = (await world.get(path, principal(a_round), params={"as_of": str(today() + ZONE_DAYS)})).json()
    assert {**now, "as_of": None} == live

    patterns = (await world.get("/district/patterns?limit=100", LEADER)).json()
    known = await world.get("/district/patterns?limit=100", LEADER, params={"as_of": str(today() + ZONE_DAYS)})
    assert known.json() == patterns
    early = (await world.get("/district/patterns?limit=100&as_of=2020-01-01", LEADER)).json()
    assert early["items"] == []
    gone = await world.get(f"/rounds/{a_round.round_id}/released", LEADER, params={"as_of": "2020-01-01"})
    assert gone.status_code == 404
    csv_then = await world.get(f"{path}.csv", principal(a_round), params={"as_of": "2020-01-01"})
    assert "no figures have been released" in csv_then.text


async def test_a_school_is_led_in_by_three_sentences_with_its_change_and_trend(world: World) -> None:
    a_round = await both(world, "Rowan tree")
    found = (await world.get(f"/schools/{a_round.school_id}/summary", principal(a_round))).json()
    assert [s["key"].split(".")[0] for s in found["lead"]] == ["most", "sure", "changed"]
    assert found["before"]["round_id"] == str(a_round.round_id)
    assert [point["day"] for point in found["trend"]] == ["2026-10-06", "2026-11-03"]
    by_subject = {c["subject"]: c for c in found["changes"] if c["definition"] == "core_element.visits"}
    assert by_subject["task"]["state"] == "cannot_say", "the first round only bounds it"
    assert by_subject["task"]["difference"] is None


async def test_two_dates_are_told_against_each_other(world: World) -> None:
    a_round = await both(world, "Sumac")
    path = f"/schools/{a_round.school_id}/difference"
    days = {"from": "2020-01-01", "to": str(today() + ZONE_DAYS)}
    found = (await world.get(path, principal(a_round), params=days)).json()
    assert found["before"] is None
    assert len(found["released_between"]) == 2
    assert found["changes"] == []
    same = (await world.get(path, principal(a_round), params={**days, "from": days["to"]})).json()
    assert same["released_between"] == []
    assert all(c["difference"] in (0, None) for c in same["changes"])
    wrong = await world.get(path, principal(a_round), params={"from": "2026-10-02", "to": "2026-10-01"})
    assert wrong.status_code == 422
    other = person(Role.HOST_PRINCIPAL, school_id=ARound(school="another").school_id)
    assert (await world.get(path, other, params=days)).status_code == 404


async def test_the_district_is_told_at_two_dates_as_each_schools_own_page_tells_it(world: World) -> None:
    a_round = await both(world, "Serviceberry")
    days = {"from": "2020-01-01", "to": str(today() + ZONE_DAYS)}

    async def line(days: dict[str, str]) -> dict[str, Any]:
        found = (await world.get("/district/difference", LEADER, params=days)).json()
        assert [x["name"] for x in found["items"]] == sorted(x["name"] for x in found["items"])
        return next(dict(x) for x in found["items"] if x["school_id"] == str(a_round.school_id))

    first = await line(days)
    own = (await world.get(f"/schools/{a_round.school_id}/difference", LEADER, params=days)).json()
    assert (first["state"], first["before"], first["changes"]) == ("first", None, [])
    assert first["after"] == own["after"]
    same = await line({**days, "from": days["to"]})
    assert (same["state"], same["changes"], same["before"]) == ("same", [], own["after"])
    wrong = await world.get("/district/difference", LEADER, params={"from": "2026-10-02", "to": "2026-10-01"})
    assert wrong.status_code == 422
    assert (await world.get("/district/difference", principal(a_round), params=days)).status_code == 403


async def test_a_link_is_the_same_bytes_for_everybody_with_the_right(world: World) -> None:
    a_round, _ = await released(world, "Tupelo")
    path = f"/rounds/{a_round.round_id}/released?release=1"
    answers = [await world.get(path, who) for who in (principal(a_round), facilitator(a_round), LEADER)]
    assert len({a.content for a in answers}) == 1
    assert len({a.headers["etag"] for a in answers}) == 1
