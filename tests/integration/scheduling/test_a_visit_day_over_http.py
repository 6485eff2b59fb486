"""The visit day of a scheduled round: a suggested rotation is kept, an absent teacher's room moves its visits alone."""

from __future__ import annotations

from services.scheduling.plans.jobs import Jobs
from shared.eventstore.store import PostgresEventStore
from tests.integration.imports.conftest import Office
from tests.integration.scheduling.plans_world import PlanningDistrict, settle


async def test_a_rotation_is_suggested_kept_and_mended(office: Office, store: PostgresEventStore) -> None:
    district: PlanningDistrict = await settle(office, Jobs(office.db, store, at_once=1))
    host = district.schools[0]["school_id"]
    for n in range(6):
        body = {"room": f"Room {n}", "grade_band": "3-5", "subject": "Science"}
        await district.ask("POST", f"/schools/{host}/classrooms", 201, json=body)
    people = [p["person_id"] for p in district.people if host not in p["school_ids"]]
    wish = {
        "school_id": host,
        "day": "2099-03-04",
        "facilitator_id": people[0],
        "teams": [{"name": f"Team {n}", "observer_ids": people[3 * n + 1 : 3 * n + 4]} for n in range(2)],
    }
    made = (await district.ask("POST", "/rounds", 201, json=wish)).json()
    path = f"/rounds/{made['round_id']}"
    told = (await district.ask("GET", f"{path}/visit-day", 200)).json()
    assert (len(told["slots"]), told["missing"]) == (8, [])
    kept = await district.ask("PUT", path, 200, json=wish | {"slots": told["slots"]}, extra={"If-Match": '"1"'})
    slots = kept.json()["slots"]
    assert kept.json()["problems"] == [] or all(not p["refuses"] for p in kept.json()["problems"])

    code = await district.ask("GET", f"{path}/slots/{slots[0]['slot_id']}/code", 200)
    assert code.headers["content-type"] == "image/svg+xml"
    assert code.text.startswith("<svg")

    gone = slots[0]["classroom_id"]
    mended = (await district.ask("GET", f"{path}/visit-day", 200, params={"closed": gone})).json()
    before = {(s["starts_at"][11:16], s["classroom_id"]) for s in slots if s["classroom_id"] != gone}
    after = {(s["starts_at"][:5], s["classroom_id"]) for s in mended["slots"]}
    assert before <= after
    assert gone not in {room for _, room in after}
    assert mended["moved"] == sum(s["classroom_id"] == gone for s in slots)
