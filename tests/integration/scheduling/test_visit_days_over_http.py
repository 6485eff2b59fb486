"""A visit day is asked for, compared, accepted and taken back; on the day itself the rest of it is repaired."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest

from services.scheduling.deps import Deps
from services.scheduling.plans.jobs import Jobs
from services.scheduling.visit_days.jobs import DayJobs
from shared.eventstore.store import PostgresEventStore
from tests.integration.imports.conftest import Office
from tests.integration.scheduling.plans_world import PlanningDistrict, settle

DAY = "2099-03-04"
ROOMS = [("Room 1", "West"), ("Room 2", "West"), ("Room 3", "West"), ("Room 4", "East"), ("Room 5", "East")]


@dataclass
class VisitedSchool:
    district: PlanningDistrict
    round_id: str
    rooms: dict[str, str]
    jobs: DayJobs

    async def ask(self, what: str, **body: Any) -> dict[str, Any]:
        path = f"/rounds/{self.round_id}/visit-day/{what}"
        made = (await self.district.ask("POST", path, 201, json=body)).json()
        return await self.district.visit_day(made["proposal_id"])

    async def round(self) -> dict[str, Any]:
        held: dict[str, Any] = (await self.district.ask("GET", f"/rounds/{self.round_id}", 200)).json()
        return held

    async def accept(self, told: dict[str, Any], status: int = 200) -> dict[str, Any]:
        version = {"If-Match": f'"{told["round_version"]}"'}
        answer = await self.district.ask("POST", f"/visit-days/{told['proposal_id']}/accept", status, extra=version)
        accepted: dict[str, Any] = answer.json()
        return accepted


@pytest.fixture
async def school(office: Office, store: PostgresEventStore) -> AsyncIterator[VisitedSchool]:
    days = DayJobs(Deps(office.db, store))
    district = await settle(office, Jobs(office.db, store, at_once=1))
    host = district.schools[0]["school_id"]
    rooms = {}
    for room, wing in ROOMS:
        body = {"room": room, "grade_band": "3-5", "subject": "Science", "wing": wing}
        made = await district.ask("POST", f"/schools/{host}/classrooms", 201, json=body)
        rooms[room] = made.json()["classroom_id"]
    people = [p["person_id"] for p in district.people if host not in p["school_ids"]]
    teams = [{"name": f"Team {n + 1}", "observer_ids": people[4 * n + 1 : 4 * n + 5]} for n in range(2)]
    wish = {"school_id": host, "day": DAY, "facilitator_id": people[0], "teams": teams}
    # the same two teams were at another school before
    other = next(s["school_id"] for s in district.schools if s["school_id"] != host)
    elsewhere = [p["person_id"] for p in district.people if not {other, host} & set(p["school_ids"])]
    earlier = {"school_id": other, "day": "2099-02-04", "facilitator_id": elsewhere[-1]}
    pairs = [p for p in people[1:9] if p in elsewhere]
    earlier["teams"] = [{"name": "Team 1", "observer_ids": pairs[:3]}]
    await district.ask("POST", "/rounds", 201, json=earlier)
    made = (await district.ask("POST", "/rounds", 201, json=wish)).json()
    await days.start()
    try:
        yield VisitedSchool(district, made["round_id"], rooms, days)
    finally:
        await days.stop()


async def test_a_visit_day_is_asked_for_accepted_and_taken_back(school: VisitedSchool) -> None:
    told = await school.ask("proposals", visits=2, debrief_room="Library", limit_seconds=3)
    assert (told["status"], told["by"]) == ("proposed", "optimiser")
    assert told["first"]["measures"]["visits"] == 4
    best = told["proposed"]
    assert (best["measures"]["visits"], best["measures"]["idle"]) == (4, 0)
    assert best["measures"]["met_again"] <= told["standing"]["measures"]["met_again"]
    assert best["debrief"]["room"] == "Library"
    assert sorted(o["person_id"] for t in best["teams"] for o in t["observers"]) == sorted(
        o["person_id"] for t in told["standing"]["teams"] for o in t["observers"]
    )
    events = await school.district.ask("GET", f"/visit-days/{told['proposal_id']}/events", 200)
    assert "event: day" in events.text
    assert events.text.rstrip().endswith('data: {"reason":"done"}')

    accepted = await school.accept(told)
    held = await school.round()
    assert (held["version"], len(held["slots"])) == (accepted["round_version"], 4)
    assert held["debrief"]["room"] == "Library"
    assert held["debrief"]["starts_at"] > max(s["ends_at"] for s in held["slots"])
    assert (await school.accept(told | {"round_version": held["version"]}, 409))["type"]

    await school.district.ask("POST", f"/visit-days/{told['proposal_id']}/undo", 200)
    back = await school.round()
    assert (back["slots"], back["debrief"], back["teams"]) == ([], None, (await _teams(told["standing"], back)))


async def test_a_job_that_cannot_be_read_ends_with_the_answer_by_hand(school: VisitedSchool) -> None:
    await school.jobs.stop()
    path = f"/rounds/{school.round_id}/visit-day/proposals"
    made = (await school.district.ask("POST", path, 201, json={"visits": 2})).json()["proposal_id"]
    async with school.district.office.db.system() as conn:
        await conn.execute("update visit_day_jobs set task = 'no task' where proposal_id = $1", UUID(made))
    await school.jobs.start()
    told = await school.district.visit_day(made)
    assert (told["status"], told["by"]) == ("proposed", "hand")
    assert "ended badly" in " ".join(told["notes"])
    assert [note["en"] for note in told["notes_said"]] == told["notes"]
    assert "terminó mal" in told["notes_said"][0]["es"]


async def _teams(standing: dict[str, Any], held: dict[str, Any]) -> list[dict[str, Any]]:
    names = {t["name"]: [o["person_id"] for o in t["observers"]] for t in standing["teams"]}
    assert names == {t["name"]: [o["person_id"] for o in t["observers"]] for t in held["teams"]}
    teams: list[dict[str, Any]] = held["teams"]
    return teams


async def test_the_running_day_is_repaired_and_only_those_whose_day_changes_are_told(school: VisitedSchool) -> None:
    await school.accept(await school.ask("proposals", visits=2, keep_teams=True, limit_seconds=3))
    held = await school.round()
    first, last = held["slots"][0]["starts_at"], held["slots"][-1]
    since = last["starts_at"][11:16]
    told = await school.ask("repairs", kind="room_taken", classroom_ids=[last["classroom_id"]], since=since)
    assert told["status"] == "proposed", told["sentences"]
    [change] = told["changes"]
    assert (change["before"], change["starts_at"][:5]) == (last["room"], since)
    assert change["after"] not in (None, last["room"])
    team = next(t for t in held["teams"] if t["team_id"] == last["team_id"])
    expected = {o["person_id"] for o in team["observers"]} | {held["facilitator"]["person_id"]}
    assert {p["person_id"] for p in told["notify"]} == expected
    await school.accept(told)
    now = await school.round()
    assert [s for s in now["slots"] if s["starts_at"] == first] == [s for s in held["slots"] if s["starts_at"] == first]
    mails = await _mails(school)
    assert {str(m["person_id"]) for m in mails} == expected
    assert all(change["after"] in m["body"] for m in mails)

    gone = team["observers"][0]
    missing = await school.ask("repairs", kind="observer_missing", person_ids=[gone["person_id"]], since="07:00")
    assert missing["changes"] == []
    await school.accept(missing)
    left = await school.round()
    assert gone not in [o for t in left["teams"] for o in t["observers"]]
    assert len(left["slots"]) == len(now["slots"])
    nothing = {"kind": "observer_missing", "person_ids": [gone["person_id"]], "since": "07:00"}
    await school.district.ask("POST", f"/rounds/{school.round_id}/visit-day/repairs", 409, json=nothing)


async def _mails(school: VisitedSchool) -> list[Any]:
    office = school.district.office
    async with office.db.reader(office.district_id) as conn:
        found: list[Any] = await conn.fetch("select person_id, body from mail_outbox where kind = 'repair'")
    return found
