"""When life happens: a repair with the least change is proposed, shows whom it touches, and is published."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import pytest

from services.scheduling.plans.jobs import Jobs
from shared.eventstore.store import PostgresEventStore
from tests.integration.imports.conftest import Office
from tests.integration.scheduling.plans_world import PlanningDistrict, settle


@pytest.fixture
async def published(office: Office, store: PostgresEventStore) -> AsyncIterator[PlanningDistrict]:
    """A district whose eight rounds are published."""
    jobs = Jobs(office.db, store, at_once=1)
    await jobs.start()
    district = await settle(office, jobs)
    proposal = await district.plan()
    _, version = await district.changes(proposal["proposal_id"])
    await district.publish(proposal["proposal_id"], version)
    yield district
    await jobs.stop()


async def test_an_observer_who_cancels_is_replaced_by_one_and_nobody_else_is_told(published: PlanningDistrict) -> None:
    target = (await published.rounds())[0]
    whole = (await published.ask("GET", f"/rounds/{target['round_id']}", 200)).json()
    gone = whole["teams"][0]["observers"][0]
    what = {"kind": "observer_out", "days": [target["day"]], "person_id": gone["person_id"]}
    made = (await published.ask("POST", "/disruptions", 201, json=what)).json()
    assert made["kind"] == "repair"
    repair = await published.until(made["proposal_id"])
    seen, version = await published.changes(repair["proposal_id"])
    assert seen["counts"] == {"restaffed": 1}
    (change,) = seen["items"]
    assert [p["person_id"] for p in change["leaves"]] == [gone["person_id"]]
    assert len(change["joins"]) == 1
    people = (await published.ask("GET", f"/plans/{repair['proposal_id']}/people", 200)).json()
    assert {p["told"][0]["what"] for p in people["items"]} == {"joins", "leaves"}
    assert people["total"] == 2
    told = await published.publish(repair["proposal_id"], version)
    assert told["people"] == 2
    after = (await published.ask("GET", f"/rounds/{target['round_id']}", 200)).json()
    assert after["day"] == target["day"]
    assert gone["person_id"] not in {o["person_id"] for t in after["teams"] for o in t["observers"]}
    stayed = [o for o in whole["teams"][0]["observers"] if o != gone]
    assert all(o in after["teams"][0]["observers"] for o in stayed)


async def test_one_who_cancels_leaves_a_round_made_by_hand_with_more_of_one_school_than_a_plan_sends(
    published: PlanningDistrict,
) -> None:
    """Those who stay break a plan's rule already: nobody was replaced, and whoever cancelled was kept."""
    taken = {r["school_id"] for r in await published.rounds()}
    by_school: dict[str, list[str]] = {}
    for p in published.people:
        if p["roles"] == ["teacher"]:
            by_school.setdefault(p["school_ids"][0], []).append(p["person_id"])
    many = next(s for s in by_school if s in taken and len(by_school[s]) >= 4)
    host = next(s for s in by_school if s != many)
    lead = next(p["person_id"] for p in published.people if p["school_ids"] not in ([host], [many]))
    wish = {"school_id": host, "day": "2099-06-08", "facilitator_id": lead}
    teams = [{"name": "Team 1", "observer_ids": by_school[many][:4]}]
    made = (await published.ask("POST", "/rounds", 201, json=wish | {"teams": teams})).json()
    gone = by_school[many][0]
    what = {"kind": "observer_out", "days": ["2099-06-08"], "person_id": gone}
    told = (await published.ask("POST", "/disruptions", 201, json=what)).json()
    repair = await published.until(told["proposal_id"])
    seen, _ = await published.changes(repair["proposal_id"])
    (change,) = seen["items"]
    assert change["round_id"] == made["round_id"]
    assert [p["person_id"] for p in change["leaves"]] == [gone]
    assert len(change["joins"]) == 1


async def an_observer(published: PlanningDistrict, of: dict[str, Any]) -> str:
    whole = (await published.ask("GET", f"/rounds/{of['round_id']}", 200)).json()
    person: str = whole["teams"][0]["observers"][0]["person_id"]
    return person


async def test_a_snow_day_moves_its_round_alone_and_stands_in_the_calendar(published: PlanningDistrict) -> None:
    before = await published.rounds()
    lost = before[2]
    what = {"kind": "days_lost", "days": [lost["day"]], "reason": "weather"}
    made = (await published.ask("POST", "/disruptions", 201, json=what)).json()
    days = (await published.ask("GET", "/calendar/days", 200)).json()["items"]
    assert [(d["day"], d["title"]) for d in days] == [(lost["day"], "Weather")]
    assert days[0]["say"] == {"en": "Weather", "es": "Clima"}
    assert made["name"] == made["say"]["en"]
    assert made["say"]["es"].startswith("Reparación: clima, ")
    listed = (await published.ask("GET", "/plans", 200)).json()["items"]
    assert next(p["say"] for p in listed if p["proposal_id"] == made["proposal_id"]) == made["say"]
    assert [p["say"] for p in listed if p["kind"] == "plan"] == [None], "its leader named it"
    repair = await published.until(made["proposal_id"])
    assert not repair["calendar_stale"], "the day that the repair itself marked is no change after it"
    cancels = {"kind": "observer_out", "days": [lost["day"]], "person_id": await an_observer(published, lost)}
    told = (await published.ask("POST", "/disruptions", 201, json=cancels)).json()
    other = await published.until(told["proposal_id"])
    seen, _ = await published.changes(other["proposal_id"])
    assert [(c["kind"], c["round_id"]) for c in seen["items"]] == [("moved", lost["round_id"])], "not cancelled"
    seen, version = await published.changes(repair["proposal_id"])
    assert [(c["kind"], c["round_id"]) for c in seen["items"]] == [("moved", lost["round_id"])]
    await published.publish(repair["proposal_id"], version)
    after = {r["round_id"]: r["day"] for r in await published.rounds()}
    assert after[lost["round_id"]] != lost["day"]
    assert {k: d for k, d in after.items() if k != lost["round_id"]} == {
        r["round_id"]: r["day"] for r in before if r is not lost
    }
    out = (await published.ask("GET", "/publications", 200)).json()["items"]
    assert [p["say"] for p in out] == [made["say"], None]
    newest = out[0]["version"]
    refused = (await published.ask("POST", f"/publications/{newest}/undo", 409)).json()
    assert refused["code"] == "day_closed", "the round would go back into the snow"
    assert lost["school_name"] in refused["detail"]
    assert "(Weather)" in refused["detail"]
    assert "(Clima)" in refused["es"]["detail"]
    await published.ask("DELETE", f"/calendar/days/{lost['day']}", 204)
    await published.ask("POST", f"/publications/{newest}/undo", 200)
    assert {r["round_id"]: r["day"] for r in await published.rounds()} == {r["round_id"]: r["day"] for r in before}


async def test_a_school_that_withdraws_frees_its_people_and_moves_nobody(published: PlanningDistrict) -> None:
    gone = (await published.rounds())[1]
    what = {"kind": "school_out", "school_id": gone["school_id"]}
    made = (await published.ask("POST", "/disruptions", 201, json=what)).json()
    assert made["status"] == "proposed"
    assert made["say"] == {
        "en": f"Repair: {gone['school_name']} withdraws",
        "es": f"Reparación: {gone['school_name']} se retira",
    }
    seen, version = await published.changes(made["proposal_id"])
    assert seen["counts"] == {"cancelled": 1}
    told = await published.publish(made["proposal_id"], version)
    assert told["people"] == gone["observers"] + 1
    assert gone["round_id"] not in {r["round_id"] for r in await published.rounds()}


async def test_the_host_who_gets_mail_is_among_those_affected(published: PlanningDistrict) -> None:
    gone = (await published.rounds())[1]
    observing = {p["person_id"] for p in published.people if p["roles"] == ["teacher"]}
    host = next(p["person_id"] for p in published.people if p["person_id"] not in observing)
    async with published.office.db.writer(published.office.district_id) as conn:
        await conn.execute(
            "insert into person_grants (district_id, person_id, role, school_id) values ($1, $2, 'host_principal', $3)",
            published.office.district_id,
            UUID(host),
            UUID(gone["school_id"]),
        )
    what = {"kind": "school_out", "school_id": gone["school_id"]}
    made = (await published.ask("POST", "/disruptions", 201, json=what)).json()
    told = (await published.ask("GET", f"/plans/{made['proposal_id']}/people", 200, params={"limit": 200})).json()
    assert {p["person_id"]: p["told"][0]["what"] for p in told["items"]}[host] == "cancelled"
    seen, version = await published.changes(made["proposal_id"])
    assert seen["people"] == seen["items"][0]["affected"] == told["total"]
    assert (await published.publish(made["proposal_id"], version))["people"] == told["total"]
    newest = (await published.ask("GET", "/publications", 200)).json()["items"][0]
    assert newest["people"] == told["total"]


async def test_what_touches_no_round_is_said_to_touch_none(published: PlanningDistrict) -> None:
    what = {"kind": "days_lost", "days": ["2099-06-11"], "reason": "building"}
    told = (await published.ask("POST", "/disruptions", 409, json=what)).json()
    assert told["code"] == "nothing_to_repair"
    await published.ask("POST", "/disruptions", 422, json={"kind": "observer_out", "days": ["2099-06-11"]})


async def test_the_year_can_be_replayed_beside_what_became_of_it(published: PlanningDistrict) -> None:
    moments = (await published.ask("GET", "/schedule/history", 200)).json()["items"]
    assert len(moments) == 8
    assert {(m["what"], m["publication"]) for m in moments} == {("planned", 1)}
    then = moments[0]["at"]
    gone = (await published.rounds())[1]
    await published.ask("DELETE", f"/rounds/{gone['round_id']}", 204, extra={"If-Match": '"1"'})
    told = (await published.ask("GET", "/schedule/then", 200, params={"at": then})).json()
    assert told["counts"] == {"standing": 7, "cancelled": 1}
    before = (await published.ask("GET", "/schedule/then", 200, params={"at": "2020-01-01T00:00:00Z"})).json()
    assert (before["rounds"], before["later"]) == ([], 7)
