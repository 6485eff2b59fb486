"""A leader holds two proposals side by side, or one beside the published plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

import pytest

from services.scheduling.plans.jobs import Jobs
from shared.eventstore.store import PostgresEventStore
from tests.integration.imports.conftest import Office
from tests.integration.scheduling.plans_world import PlanningDistrict, settle


@pytest.fixture
async def district(office: Office, store: PostgresEventStore) -> AsyncIterator[PlanningDistrict]:
    jobs = Jobs(office.db, store, at_once=1)
    await jobs.start()
    yield await settle(office, jobs)
    await jobs.stop()


async def compared(district: PlanningDistrict, first: str, other: str | None = None, part: str = "") -> dict[str, Any]:
    params = {"limit": 200} | ({"other": other} if other else {})
    told: dict[str, Any] = (await district.ask("GET", f"/plans/{first}/compare{part}", 200, params=params)).json()
    return told


async def test_two_proposals_are_told_side_by_side_from_either_side(district: PlanningDistrict) -> None:
    first = await district.plan(seed=1)
    second = await district.plan(name="Smaller", seats_min=3, seats_target=3, seats_max=3)
    ids = first["proposal_id"], second["proposal_id"]
    told, back = await compared(district, *ids), await compared(district, *ids[::-1])
    assert [told[side]["name"] for side in ("first", "second")] == ["Spring rounds", "Smaller"]
    assert (told["first"], told["second"]) == (back["second"], back["first"])
    for side, proposal in (("first", first), ("second", second)):
        held = told[side]
        assert (held["cost"], held["bound"], held["gap"], held["parts"]) == (
            proposal["cost"],
            proposal["bound"],
            proposal["gap"],
            proposal["parts"],
        )
        assert held["rounds"] == 8
    assert (told["same_wish"], told["anew"]) == (False, False)
    assert told["alike"] + len(told["items"]) == 8, "rounds with ids of their own are held together by school"
    assert {r["kind"] for r in told["items"]} <= {"moved", "restaffed"}
    assert sum(r["first"]["observers"] for r in told["items"]) > sum(r["second"]["observers"] for r in told["items"])
    mirrored = {r["school_id"]: r for r in back["items"]}
    for r in told["items"]:
        other = mirrored[r["school_id"]]
        assert (r["first"], r["second"]) == (other["second"], other["first"])
        assert (r["only_first"], r["only_second"]) == (other["only_second"], other["only_first"])

    people = await compared(district, *ids, part="/people")
    assert people["total"] == len(people["items"]) > 0
    more = Counter({p["person_id"]: p["first"] - p["second"] for p in people["items"]})
    seats = [sum(r[side]["observers"] for r in told["items"]) for side in ("first", "second")]
    assert sum(more.values()) == seats[0] - seats[1], "every seat and every facilitator is a day out of one person"
    assert all(p["first"] != p["second"] for p in people["items"])
    same = await compared(district, ids[0], ids[0])
    assert (same["items"], same["alike"], same["same_wish"]) == ([], 8, True)


async def test_rounds_that_differ_are_filtered_by_kind_school_and_person(district: PlanningDistrict) -> None:
    first, second = await district.plan(seed=1), await district.plan(name="Smaller", seats_target=3, seats_max=3)
    path = f"/plans/{first['proposal_id']}/compare"

    async def asked(part: str = "", **only: str) -> dict[str, Any]:
        params = {"other": second["proposal_id"], "limit": 200} | only
        found: dict[str, Any] = (await district.ask("GET", path + part, 200, params=params)).json()
        return found

    whole = await asked()
    one = next(r for r in whole["items"] if r["only_first"])
    someone = one["only_first"][0]["name"]
    by_school = await asked(school=one["school_name"].upper())
    assert by_school["items"] == [r for r in whole["items"] if r["school_id"] == one["school_id"]]
    assert (by_school["total"], by_school["counts"]) == (len(by_school["items"]), whole["counts"])

    def names(r: dict[str, Any]) -> set[str]:
        leads = {s["facilitator"]["name"] for s in (r["first"], r["second"]) if s and s["facilitator"]}
        return {p["name"] for p in (*r["only_first"], *r["only_second"])} | leads

    by_person = await asked(person=someone)
    assert by_person["items"] == [r for r in whole["items"] if someone in names(r)] != []
    assert {p["name"] for p in (await asked("/people", person=someone))["items"]} <= {someone}
    kinds = [r["round_id"] for kind in whole["counts"] for r in (await asked(kind=kind))["items"]]
    assert sorted(kinds) == sorted(r["round_id"] for r in whole["items"])
    assert (await asked(person="nobody of this name"))["items"] == []
    paged = [await asked(limit="1"), await asked(limit="200", after=(await asked(limit="1"))["next"])]
    assert [r for page in paged for r in page["items"]] == whole["items"], "a page may be longer than the one before"


async def test_a_proposal_is_held_beside_the_published_plan_with_points_that_count_the_same(
    district: PlanningDistrict,
) -> None:
    published = await district.plan()
    _, version = await district.changes(published["proposal_id"])
    await district.publish(published["proposal_id"], version)
    same = await compared(district, published["proposal_id"])
    assert (same["items"], same["counts"], same["alike"]) == ([], {}, 8)
    assert same["first"]["parts"] == same["second"]["parts"]

    fewer = await district.plan(name="Fewer", seats_target=3, seats_max=3)
    told = await compared(district, fewer["proposal_id"])
    assert told["anew"]
    assert told["second"]["proposal_id"] is None
    assert told["second"]["gap"] is None
    assert told["first"]["gap"] == fewer["gap"]
    assert sum(told["first"]["parts"].values()) == pytest.approx(told["first"]["cost"])
    assert sum(told["second"]["parts"].values()) == pytest.approx(told["second"]["cost"])
    seen, _ = await district.changes(fewer["proposal_id"])
    assert told["counts"] == seen["counts"]


async def test_a_what_if_of_somebody_else_is_told_to_nobody_on_either_side(district: PlanningDistrict) -> None:
    mine = await district.plan()
    owner, other = district.leader, district.another_leader()
    made = await district.ask("POST", "/plans", 201, json=district.wish(seed=2), headers=other)
    theirs = made.json()["proposal_id"]
    district.leader = other
    await district.until(theirs)
    district.leader = owner
    for first, second in ((mine["proposal_id"], theirs), (theirs, mine["proposal_id"])):
        for part in ("", "/people"):
            refused = await district.ask("GET", f"/plans/{first}/compare{part}", 404, params={"other": second})
            assert "not yours to see" in refused.json()["detail"]
    await district.ask("GET", f"/plans/{theirs}/compare", 404)


async def test_a_proposal_without_a_plan_is_refused_with_its_reason(district: PlanningDistrict) -> None:
    mine = await district.plan()
    impossible = await district.plan(rounds_per_school=10, gap_weeks=40)
    assert impossible["status"] == "infeasible"
    refused = await district.ask(
        "GET", f"/plans/{mine['proposal_id']}/compare", 409, params={"other": impossible["proposal_id"]}
    )
    assert refused.json()["code"] == "no_plan_yet"
