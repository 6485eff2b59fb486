"""The whole way: a district is imported, a round scheduled, evidence sent, patterns released and read."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest

from services.demo import files
from services.demo.district import DISTRICT, DemoDistrict, generate
from services.demo.door import DemoFailed, Door, until
from services.demo.rounds import plan
from services.demo.seed import Seeded, open_accounts, open_classrooms
from services.demo.visit import hold_round
from shared.messages import new_id, utc_now
from tests.e2e.one_machine import RondoUp, administrators

pytestmark = [pytest.mark.skipif(sys.platform != "linux", reason="needs Linux"), pytest.mark.timeout(240)]


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RondoUp]:
    run = RondoUp(tmp_path_factory.mktemp("home"), "--empty", "--district", DISTRICT, "--timezone", "America/New_York")
    run.wait_for("Rondo is up at")
    yield run
    run.end()


class Walk:
    """A district of 3 schools that came in by its files, and one round that is about to be released."""

    def __init__(self, seeded: Seeded, district: DemoDistrict, admin: Door) -> None:
        self.seeded, self.district, self.admin = seeded, district, admin

    async def door(self, role: str, school: int | None = None) -> Door:
        people = self.district.with_role(role)
        if school is not None:
            people = tuple(p for p in people if p.school == self.district.schools[school].key)
        return await self.seeded.door(people[0])

    @property
    def school_id(self) -> str:
        return str(self.seeded.school_ids[self.district.schools[0].key])


@pytest.fixture(scope="module")
async def walk(up: RondoUp) -> AsyncIterator[Walk]:
    (administrator,) = administrators(up.home)
    district = generate()
    async with httpx.AsyncClient(base_url=up.url, timeout=60) as http:
        admin = await Door(http).sign_in(administrator["email"], administrator["password"])
        for _ in range(2):  # the same files again change nothing
            await admin("POST", "scheduling/imports/schools", file=("schools.geojson", files.schools_geojson(district)))
            await admin("POST", "scheduling/imports/roster", file=("roster.zip", files.roster_zip(district)))
        seeded = await open_accounts(admin, district, http)
        yield Walk(seeded, district, admin)


@pytest.fixture(scope="module")
async def the_round(walk: Walk) -> dict[str, Any]:
    """A full round at the first school, its synthesis closed."""
    leader = await walk.door("district_leader")
    rooms = await open_classrooms(leader, walk.seeded)
    planned = next(
        r
        for r in plan(walk.district, utc_now().date(), lambda d: d.weekday() < 5)
        if r.school == walk.district.schools[0] and r.stage == "released"
    )
    await hold_round(walk.seeded, leader, replace(planned, stage="closed"), rooms[planned.school.key])
    (held,) = await leader.all("scheduling/rounds")
    return dict(held) | {"planned": planned, "rooms": rooms}


async def refused(door: Door, method: str, path: str, body: object = None, **more: Any) -> str:
    with pytest.raises(DemoFailed) as failure:
        await door(method, path, body, **more)
    return str(failure.value)


async def test_an_impossible_round_is_refused_with_a_sentence_for_each_reason(
    walk: Walk, the_round: dict[str, Any]
) -> None:
    leader = await walk.door("district_leader")
    at_home = next(p for p in walk.district.with_role("observer") if p.school == walk.district.schools[0].key)
    day = the_round["planned"].day
    wish = {
        "school_id": walk.school_id,
        "day": day.isoformat(),
        "facilitator_id": walk.seeded.id_of(the_round["planned"].facilitator),
        "teams": [{"name": "Team 1", "observer_ids": [walk.seeded.id_of(at_home)]}],
    }
    told = await refused(leader, "POST", "scheduling/rounds", wish)
    assert "hosts another round on" in told
    assert f"{at_home.name} works at {walk.district.schools[0].name}, and nobody visits their own school." in told
    assert f"is already at {walk.district.schools[0].name}" in told
    other_day = (day + timedelta(days=7)).isoformat()
    await leader("PUT", f"scheduling/calendar/days/{other_day}", {"kind": "no_school", "title": "Snow day"})
    told = await leader("POST", "scheduling/rounds", wish | {"day": other_day}, params={"check": "true"})
    assert not told["possible"]
    assert any("there is no school (Snow day)" in p["detail"] for p in told["problems"])
    assert len(await leader.all("scheduling/rounds")) == 1


async def test_nobody_outside_the_round_reads_anything_before_the_release(
    walk: Walk, the_round: dict[str, Any]
) -> None:
    round_id = the_round["round_id"]
    for role, school in (("host_principal", 0), ("teacher", 0), ("district_leader", None), ("analyst", None)):
        door = await walk.door(role, school)
        for path in (
            f"rounds/rounds/{round_id}/evidence",
            f"rounds/rounds/{round_id}/synthesis",
            f"reporting/rounds/{round_id}/live",
            f"reporting/rounds/{round_id}/released",
        ):
            told = await refused(door, "GET", path)
            assert " 404 " in told or " 403 " in told, (role, told)


async def test_the_release_freezes_what_the_principal_reads(walk: Walk, the_round: dict[str, Any]) -> None:
    round_id = the_round["round_id"]
    facilitator = await walk.seeded.door(the_round["planned"].facilitator)
    principal = await walk.door("host_principal", 0)
    await facilitator("POST", f"rounds/rounds/{round_id}/release")

    async def summary() -> dict[str, Any] | None:
        told = await principal("GET", f"reporting/schools/{walk.school_id}/summary")
        return told if told["latest"] else None

    frozen = await until("the frozen figures", summary)
    latest = frozen["latest"]
    assert latest["base"] == {"visits": 16, "classrooms": 8, "observers": 16}
    assert len(latest["sentences"]) == 3
    assert {t["definition"] for t in latest["tables"]} >= {"core_element.visits", "core_element.statements"}
    words = await principal("GET", f"rounds/rounds/{round_id}/synthesis")
    assert [p["name"] for p in words["synthesis"]["patterns"]]

    late = {
        "kind": "statement",
        "seq": 1,
        "client_id": str(new_id()),
        "slot_id": "",
        "device_time": utc_now().isoformat(),
        "words": "Teacher asked 4 questions.",
        "minute": 3,
        "core_element": "teacher",
    }
    observer = await walk.seeded.door(the_round["planned"].teams[0][0])
    mine = await observer("GET", f"rounds/rounds/{round_id}")
    visits = await observer("GET", "scheduling/visits/mine")
    slot_id = visits["items"][0]["slots"][0]["slot_id"]
    assert slot_id in {s["slot_id"] for s in mine["slots"]}
    batch = {"device_id": str(new_id()), "sent_at": utc_now().isoformat(), "items": [late | {"slot_id": slot_id}]}
    told = await observer("POST", "rounds/capture/batches", batch)
    assert [r["result"] for r in told["receipts"]] == ["stored"]
    await until("the late statement", lambda: _applied(walk, told["server_time"]))
    assert await summary() == frozen, "a correction after the release waits for the next one"


async def _applied(walk: Walk, since: str) -> bool | None:
    """Whether reporting has taken in all that rounds has published, after `since`."""
    told = await walk.admin("GET", "reporting/operations/projections")
    source = next(s for p in told["items"] for s in p["sources"] if s["source"] == "rounds")
    return True if source["lag"] == 0 and source["applied_at"] > since else None


async def test_the_leader_sees_every_schools_released_patterns_and_no_raw_evidence(
    walk: Walk, the_round: dict[str, Any]
) -> None:
    leader = await walk.door("district_leader")
    patterns = await leader("GET", "reporting/district/patterns")
    assert walk.district.schools[0].name in str(patterns)
    assert " 404 " in await refused(leader, "GET", f"rounds/rounds/{the_round['round_id']}/evidence")


async def test_another_schools_principal_is_told_that_there_is_nothing(walk: Walk, the_round: dict[str, Any]) -> None:
    stranger = await walk.door("host_principal", 1)
    for path in (
        f"reporting/schools/{walk.school_id}/summary",
        f"reporting/schools/{walk.school_id}/summary.csv",
        f"reporting/rounds/{the_round['round_id']}/released",
        f"rounds/rounds/{the_round['round_id']}",
        f"scheduling/rounds/{the_round['round_id']}",
    ):
        assert " 404 " in await refused(stranger, "GET", path)


async def test_two_leaders_who_plan_the_same_day_cannot_both_win(walk: Walk, the_round: dict[str, Any]) -> None:
    leader = await walk.door("district_leader")
    day = the_round["planned"].day + timedelta(days=1)
    while day.weekday() > 4:
        day += timedelta(days=1)
    wish = {
        "school_id": str(walk.seeded.school_ids[walk.district.schools[1].key]),
        "day": day.isoformat(),
        "facilitator_id": walk.seeded.id_of(the_round["planned"].facilitator),
    }
    answers = await asyncio.gather(
        *(leader("POST", "scheduling/rounds", wish) for _ in range(6)), return_exceptions=True
    )
    assert sum(isinstance(a, dict) for a in answers) == 1
    assert all("409" in str(a) for a in answers if not isinstance(a, dict))
