"""Rounds that a plan has to go around: a visit that began elsewhere than planned, a round on a day that was closed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from uuid import UUID

import pytest

from services.scheduling.plans.jobs import Jobs
from shared.eventstore.store import PostgresEventStore
from tests.integration.imports.conftest import Office
from tests.integration.scheduling.plans_world import PlanningDistrict, begin, settle


@pytest.fixture
async def district(office: Office, store: PostgresEventStore) -> AsyncIterator[PlanningDistrict]:
    jobs = Jobs(office.db, store, at_once=1)
    await jobs.start()
    yield await settle(office, jobs)
    await jobs.stop()


async def test_a_visit_that_began_while_its_plan_was_moved_counts_on_the_day_on_which_it_is(
    district: PlanningDistrict,
) -> None:
    first = await district.plan()
    seen, version = await district.changes(first["proposal_id"])
    await district.publish(first["proposal_id"], version)
    mine = seen["items"][3]
    round_id, went = mine["round_id"], mine["after"]["day"]
    then = datetime.now(UTC).isoformat()
    taken = {c["after"]["day"] for c in seen["items"]}
    moved = next(d for d in (f"2099-03-{n:02}" for n in (3, 4, 5, 10, 11, 12)) if d not in taken)
    told = (await district.ask("POST", f"/rounds/{round_id}/move", 200, json={"day": moved})).json()
    assert told["moved"], told
    await begin(district, UUID(round_id), UUID(mine["school_id"]), went)  # its observers had opened the slots before

    held = (await district.ask("GET", f"/rounds/{round_id}", 200)).json()
    assert any(p["code"] == "visit_begun" for p in held["problems"]), "whoever opens it is told"
    again = await district.plan(name="Once more")
    assert again["status"] == "proposed", again
    seen, version = await district.changes(again["proposal_id"])
    assert round_id not in {c["round_id"] for c in seen["items"]}
    why = f"/plans/{again['proposal_id']}/rounds/{round_id}/why"
    assert (await district.ask("GET", why, 200)).json()["day"] == went

    months = {d: f"from={d}&to={d}" for d in (went, moved)}
    out = {d: (await district.ask("GET", f"/substitutes?{q}", 200)).json()["items"] for d, q in months.items()}
    people = 1 + len(held["teams"][0]["observers"])
    assert len([o for o in out[went] if o["host_school"] == mine["school_name"]]) >= people
    assert [o for o in out[moved] if o["host_school"] == mine["school_name"]] == []
    became = (await district.ask("GET", "/schedule/then", 200, params={"at": then})).json()["rounds"]
    assert {r["became"] for r in became if r["round_id"] == round_id} == {"standing"}

    twice = await district.plan(name="Twice", rounds_per_school=2, gap_weeks=1, observer_most=8, rounds_per_day=8)
    seen, version = await district.changes(twice["proposal_id"])
    elsewhere = {p["person_id"] for c in seen["items"] if c["after"] and c["after"]["day"] == moved for p in c["joins"]}
    assert not elsewhere & {o["person_id"] for t in held["teams"] for o in t["observers"]}
    await district.publish(twice["proposal_id"], version)

    back = (await district.ask("POST", f"/rounds/{round_id}/move", 200, json={"day": went})).json()
    assert back["moved"], back
    held = (await district.ask("GET", f"/rounds/{round_id}", 200)).json()
    assert (held["day"], [p for p in held["problems"] if p["code"] == "visit_begun"]) == (went, [])
