"""A planning job outlives what happens to it: its worker killed, its service stopped, the calendar changed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import UUID

import psutil
import pytest

from services.scheduling.plans.jobs import Jobs
from shared.eventstore.store import PostgresEventStore
from tests.integration.imports.conftest import Office
from tests.integration.scheduling.plans_world import PATIENCE, PlanningDistrict, settle
from tests.support.until import until


@pytest.fixture
async def district(office: Office, store: PostgresEventStore) -> AsyncIterator[PlanningDistrict]:
    """Jobs do not run yet: each test starts them when it is ready."""
    jobs = Jobs(office.db, store, at_once=1)
    yield await settle(office, jobs)
    await jobs.stop()


def workers() -> list[psutil.Process]:
    """The planning workers that this process started."""
    found = []
    for child in psutil.Process().children(recursive=True):
        try:
            if "services.scheduling.planning.worker" in child.cmdline():
                found.append(child)
        except psutil.Error:
            continue
    return found


async def test_a_killed_worker_is_followed_by_another_and_the_plan_comes(district: PlanningDistrict) -> None:
    made = (await district.ask("POST", "/plans", 201, json=district.wish())).json()
    await district.jobs.start()
    for worker in await until(workers, PATIENCE):
        worker.kill()
    told = await district.until(made["proposal_id"])
    assert told["status"] == "proposed"
    assert told["progress"]["attempt"] == 2
    assert (await district.changes(made["proposal_id"]))[0]["counts"] == {"added": 8}


async def test_a_job_that_cannot_be_read_ends_with_its_reason_and_keeps_no_other_waiting(
    district: PlanningDistrict,
) -> None:
    broken = (await district.ask("POST", "/plans", 201, json=district.wish())).json()
    async with district.office.db.writer(district.office.district_id) as conn:
        await conn.execute(
            "update plan_jobs set instance = 'no plan' where proposal_id = $1", UUID(broken["proposal_id"])
        )
    await district.jobs.start()
    made = (await district.ask("POST", "/plans", 201, json=district.wish())).json()
    assert (await district.until(made["proposal_id"]))["status"] == "proposed"
    ended = (await district.ask("GET", f"/plans/{broken['proposal_id']}", 200)).json()
    assert ended["status"] == "failed"
    assert "cannot be read" in ended["note"]
    assert ended["note_code"] == "unreadable"
    (told,) = [e for e in await district.office.events("PlanFailed") if broken["proposal_id"] in e["stream"]]
    assert told["data"]["code"] == "unreadable"


async def test_a_job_goes_on_when_another_service_takes_it_up(
    district: PlanningDistrict, store: PostgresEventStore
) -> None:
    made = (await district.ask("POST", "/plans", 201, json=district.wish())).json()
    await district.jobs.start()
    await until(workers, PATIENCE)
    await district.jobs.stop()
    assert workers() == []
    told = (await district.ask("GET", f"/plans/{made['proposal_id']}", 200)).json()
    assert told["status"] == "running"
    following = Jobs(district.office.db, store, at_once=1)
    await following.start()
    try:
        assert (await district.until(made["proposal_id"]))["status"] == "proposed"
    finally:
        await following.stop()


async def test_a_plan_made_while_the_calendar_changed_says_so_and_is_checked_against_the_new_one(
    district: PlanningDistrict,
) -> None:
    made = (await district.ask("POST", "/plans", 201, json=district.wish())).json()
    day = {"kind": "no_school", "title": "Moved holiday"}
    await district.ask("PUT", "/calendar/days/2099-06-01", 200, json=day)
    await district.jobs.start()
    told = await district.until(made["proposal_id"])
    assert told["calendar_stale"]
    seen, version = await district.changes(made["proposal_id"])
    closing = seen["items"][0]["after"]["day"]
    await district.ask("PUT", f"/calendar/days/{closing}", 200, json=day)
    refused = await district.publish(made["proposal_id"], version, status=409)
    assert refused["code"] == "plan_fails_check"
    assert "no school" in refused["detail"]
    assert await district.rounds() == []


async def test_a_stopped_job_keeps_its_best_plan(district: PlanningDistrict) -> None:
    made = (await district.ask("POST", "/plans", 201, json=district.wish(limit_seconds=3000))).json()
    path = f"/plans/{made['proposal_id']}"
    await district.jobs.start()
    await district.until(made["proposal_id"], lambda p: p["progress"]["cost"] is not None or p["status"] != "running")
    await district.ask("POST", f"{path}/stop", 200)
    assert (await district.until(made["proposal_id"]))["status"] == "proposed"
    stream = f"proposal-{made['proposal_id']}"
    stored = await district.jobs._store.read_stream(stream, UUID(str(district.office.district_id)))
    assert len(stored) <= 12  # progress is told live, not as history
