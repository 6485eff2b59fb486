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


@pytest.mark.parametrize("whose", ["district", "school"])
async def test_a_round_whose_day_was_closed_makes_no_plan_of_other_schools_impossible_and_is_told(
    district: PlanningDistrict, whose: str
) -> None:
    first = await district.plan()
    seen, version = await district.changes(first["proposal_id"])
    await district.publish(first["proposal_id"], version)
    stranded, other = seen["items"][2], seen["items"][5]
    day, school = stranded["after"]["day"], stranded["school_id"]
    path = "" if whose == "district" else f"/schools/{school}"
    kind = "no_school" if whose == "district" else "no_visits"
    await district.ask("PUT", f"{path}/calendar/days/{day}", 200, json={"kind": kind, "title": "Burst pipe"})

    others = [c["school_id"] for c in seen["items"] if c["school_id"] != school]
    asked = await district.plan(name="The others", school_ids=others, gap_weeks=4, rounds_per_school=2, observer_most=8)
    assert asked["status"] == "proposed", asked["rules"]
    seen, version = await district.changes(asked["proposal_id"])
    [told] = seen["closed"]
    assert (told["round_id"], told["school_name"], told["day"]) == (
        stranded["round_id"],
        stranded["school_name"],
        day,
    )
    assert (told["kind"], told["title"]) == (kind if whose == "district" else "school", "Burst pipe")
    assert school not in {c["school_id"] for c in seen["items"]}
    assert asked["closed"] == [], "told beside the changes, which may move some"
    too_much = await district.plan(name="Too much", school_ids=others, gap_weeks=40, rounds_per_school=10)
    assert (too_much["status"], too_much["closed"]) == ("infeasible", [told])
    of_all = await district.plan(name="Of all", gap_weeks=40, rounds_per_school=10)
    assert (of_all["status"], of_all["closed"]) == ("infeasible", []), "it may move the round of this school"
    await district.publish(asked["proposal_id"], version)

    held = (await district.ask("GET", f"/rounds/{other['round_id']}", 200)).json()
    ill = {"kind": "observer_out", "days": [held["day"]], "person_id": held["teams"][0]["observers"][0]["person_id"]}
    made = (await district.ask("POST", "/disruptions", 201, json=ill)).json()
    repair = await district.until(made["proposal_id"])
    assert repair["status"] == "proposed", repair["rules"]
    seen, version = await district.changes(repair["proposal_id"])
    assert seen["counts"] == {"restaffed": 1}
    assert [c["round_id"] for c in seen["closed"]] == [stranded["round_id"]]

    lost = {"kind": "days_lost", "days": [day], "school_id": school}  # the way out: it is moved, and nobody else
    made = (await district.ask("POST", "/disruptions", 201, json=lost)).json()
    moving = await district.until(made["proposal_id"])
    seen, version = await district.changes(moving["proposal_id"])
    assert (seen["counts"], seen["closed"]) == ({"moved": 1}, [])
    await district.publish(moving["proposal_id"], version)
    seen, _ = await district.changes(repair["proposal_id"])
    assert seen["closed"] == []


async def test_somebody_who_observes_no_longer_is_replaced_by_the_next_plan_and_told(
    district: PlanningDistrict,
) -> None:
    first = await district.plan()
    seen, version = await district.changes(first["proposal_id"])
    await district.publish(first["proposal_id"], version)
    changed = seen["items"][1]
    held = (await district.ask("GET", f"/rounds/{changed['round_id']}", 200)).json()
    gone = [held["facilitator"], held["teams"][0]["observers"][0]]
    async with district.office.db.writer(district.office.district_id) as conn:
        await conn.execute(
            "delete from person_grants where person_id = any($1)", [UUID(person["person_id"]) for person in gone]
        )
    again = await district.plan(name="Without them", rounds_per_school=1)
    assert again["status"] == "proposed", again
    assert again["progress"]["attempt"] == 1, "no worker died of it"
    seen, version = await district.changes(again["proposal_id"])
    one = next(c for c in seen["items"] if c["round_id"] == changed["round_id"])
    assert {p["name"] for p in gone} <= {p["name"] for p in one["leaves"]}
    beside = (await district.ask("GET", f"/plans/{again['proposal_id']}/compare", 200)).json()
    assert beside["second"]["cost"] is not None
    await district.publish(again["proposal_id"], version)
    assert not {p["person_id"] for p in gone} & {
        o["person_id"]
        for t in (await district.ask("GET", f"/rounds/{changed['round_id']}", 200)).json()["teams"]
        for o in t["observers"]
    }
