"""A district leader asks for a plan, looks at what it changes, publishes it, and takes it back."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.scheduling.plans import queries
from services.scheduling.plans.commands import Conclude
from services.scheduling.plans.decide import proposal_stream
from services.scheduling.plans.events import PlanInfeasible
from services.scheduling.plans.jobs import Jobs
from shared.eventstore.store import PostgresEventStore
from shared.messages import CommandContext
from tests.integration.imports.conftest import Office
from tests.integration.scheduling.plans_world import PlanningDistrict, begin, settle


@pytest.fixture
async def district(office: Office, store: PostgresEventStore) -> AsyncIterator[PlanningDistrict]:
    jobs = Jobs(office.db, store, at_once=1)
    await jobs.start()
    yield await settle(office, jobs)
    await jobs.stop()


async def test_a_plan_is_asked_for_reviewed_published_and_undone(district: PlanningDistrict) -> None:
    proposal = await district.plan()
    assert proposal["status"] == "proposed"
    seen, version = await district.changes(proposal["proposal_id"])
    assert seen["counts"] == {"added": 8}
    assert len({c["school_id"] for c in seen["items"]}) == 8
    assert await district.rounds() == []

    told = await district.publish(proposal["proposal_id"], version)
    assert told["changes"] == 8
    rounds = await district.rounds()
    assert len(rounds) == 8
    assert all(3 <= r["observers"] <= 6 for r in rounds)
    again, version = await district.changes(proposal["proposal_id"])
    assert (again["total"], again["unchanged"]) == (0, 8)

    (publication,) = (await district.ask("GET", "/publications", 200)).json()["items"]
    assert publication["version"] == 1
    await district.ask("POST", "/publications/1/undo", 200, extra={"If-Match": version})
    assert await district.rounds() == []
    refused = (await district.ask("POST", "/publications/1/undo", 409)).json()
    assert refused["code"] == "undone_already"


async def test_one_change_is_accepted_and_the_rest_can_follow(district: PlanningDistrict) -> None:
    proposal = await district.plan()
    seen, version = await district.changes(proposal["proposal_id"])
    one = seen["items"][0]["round_id"]
    told = await district.ask(
        "GET", f"/plans/{proposal['proposal_id']}/people", 200, params={"round_id": one, "limit": 1}
    )
    assert told.json()["total"] == seen["items"][0]["affected"]
    assert (await district.publish(proposal["proposal_id"], version, round_ids=[one]))["changes"] == 1
    assert [r["round_id"] for r in await district.rounds()] == [one]
    seen, version = await district.changes(proposal["proposal_id"])
    assert seen["counts"] == {"added": 7}
    await district.publish(proposal["proposal_id"], version)
    assert len(await district.rounds()) == 8

    async def told() -> list[tuple[int | None, int | None]]:
        page = (await district.ask("GET", f"/plans/{proposal['proposal_id']}", 200)).json()
        (row,) = (await district.ask("GET", "/plans", 200)).json()["items"]
        return [(p["published_version"], p["undone_version"]) for p in (page, row)]

    assert await told() == [(2, None)] * 2
    await district.ask("POST", "/publications/2/undo", 200)
    assert await told() == [(1, 2)] * 2, "what went out first stands"
    await district.ask("POST", "/publications/1/undo", 200)
    assert await told() == [(None, 1)] * 2
    district.leader = district.another_leader()
    assert await told() == [(None, 1)] * 2, "others find what the list of publications leads to"


async def test_rounds_are_spread_and_those_that_stand_keep_their_days(district: PlanningDistrict) -> None:
    for window in ({"first_day": "2099-01-12", "last_day": "2099-02-06"}, {"first_day": "2099-02-09"}):
        proposal = await district.plan(**window, gap_weeks=0)
        seen, version = await district.changes(proposal["proposal_id"])
        await district.publish(proposal["proposal_id"], version)
    months = Counter(c["after"]["day"][:7] for c in seen["items"])
    assert len(months) >= 4, months
    assert max(months.values()) <= 3, months

    again = await district.plan(first_day="2099-02-09", gap_weeks=12)  # some stand nearer to the rounds of January
    seen, _ = await district.changes(again["proposal_id"])
    assert "moved" not in seen["counts"], seen["counts"]


async def test_of_two_leaders_who_publish_at_once_one_is_shown_the_others_change(district: PlanningDistrict) -> None:
    mine = await district.plan()
    other = district.another_leader()
    made = await district.ask("POST", "/plans", 201, json=district.wish(seed=2), headers=other)
    theirs = made.json()["proposal_id"]
    await district.ask("GET", f"/plans/{theirs}", 404)  # private until it is published
    _, version = await district.changes(mine["proposal_id"])
    await district.publish(mine["proposal_id"], version)

    district.leader = other
    await district.until(theirs)
    refused = await district.publish(theirs, version, status=412)
    assert refused["type"] == "/problems/stale"
    assert len(refused["changed"]) == 8
    assert "Alder Creek Elementary" in refused["detail"]
    await district.ask("GET", f"/plans/{mine['proposal_id']}", 200)
    seen, _ = await district.changes(theirs)
    assert "Alder Creek Elementary" in seen["outdated"]
    seen, _ = await district.changes(mine["proposal_id"])
    assert seen["outdated"] == []  # what it changed itself does not outdate a plan


async def test_plans_are_listed_the_newest_first_page_by_page(office: Office, store: PostgresEventStore) -> None:
    district = await settle(office, Jobs(office.db, store, at_once=1))
    asked = [
        (await district.ask("POST", "/plans", 201, json=district.wish(seed=n))).json()["proposal_id"]
        for n in range(1, 6)
    ]
    found, after = [], None
    while True:
        page = (
            await district.ask("GET", "/plans", 200, params={"limit": 2} | ({"after": after} if after else {}))
        ).json()
        found += [p["proposal_id"] for p in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert found == asked[::-1]
    async with office.db.reader(office.district_id) as conn:
        await conn.execute("set local enable_seqscan = off; set local enable_bitmapscan = off")  # of five rows it would
        steps = await conn.fetch("explain " + queries.NEWEST, uuid4(), None, None, 2)
    told = "\n".join(row[0] for row in steps)
    assert "proposals_newest" in told
    assert "Sort" not in told, told


async def test_a_pin_and_a_ban_are_kept_when_asked_again(district: PlanningDistrict) -> None:
    first = await district.plan()
    seen, _ = await district.changes(first["proposal_id"])
    change = seen["items"][0]
    path = f"/plans/{first['proposal_id']}"
    pin = {"kind": "day", "forbid": False, "round_id": change["round_id"], "day": "2099-03-03"}
    gone = change["joins"][0]["person_id"]
    ban = {"kind": "person", "forbid": True, "person_id": gone}
    await district.ask("POST", f"{path}/pins", 200, json=pin)
    told = await district.ask("POST", f"{path}/pins", 200, json=ban)
    assert len(told.json()["pins"]) == 2
    assert told.json()["pin_days"] == {change["round_id"]: change["after"]["day"]}, "which of a school's rounds it is"
    await district.ask("POST", f"{path}/pins", 409, json={"kind": "day", "forbid": False})
    made = (await district.ask("POST", f"{path}/again", 201, json={"what_if": True})).json()
    assert (made["kind"], made["parent_id"]) == ("what_if", first["proposal_id"])
    again = await district.until(made["proposal_id"])
    seen, _ = await district.changes(again["proposal_id"])
    held = [c for c in seen["items"] if c["school_id"] == change["school_id"]]
    assert [c["after"]["day"] for c in held] == ["2099-03-03"]
    assert all(p["person_id"] != gone for c in seen["items"] for p in c["joins"] if c["after"])
    assert (await district.ask("GET", path, 200)).json()["children"] == [again["proposal_id"]]


async def test_a_visit_that_has_begun_is_moved_by_no_plan_and_by_no_undoing(district: PlanningDistrict) -> None:
    first = await district.plan()
    seen, version = await district.changes(first["proposal_id"])
    await district.publish(first["proposal_id"], version)
    mine = seen["items"][0]
    round_id, school_id = UUID(mine["round_id"]), UUID(mine["school_id"])
    taken = {c["after"]["day"] for c in seen["items"]}
    day = next(f"2099-03-{n:02}" for n in (3, 4, 10, 11, 17) if f"2099-03-{n:02}" not in taken)
    pin = {"kind": "day", "forbid": False, "round_id": mine["round_id"], "day": day}
    path = f"/plans/{first['proposal_id']}"
    await district.ask("POST", f"{path}/pins", 200, json=pin)
    made = (await district.ask("POST", f"{path}/again", 201, json={"what_if": False})).json()
    moving = await district.until(made["proposal_id"])
    seen, version = await district.changes(moving["proposal_id"])
    assert round_id in {UUID(c["round_id"]) for c in seen["items"] if c["kind"] == "moved"}, seen["counts"]

    await begin(district, round_id, school_id, mine["after"]["day"])
    refused = await district.publish(moving["proposal_id"], version, status=409)
    assert f"The visit at {mine['school_name']} has begun on" in refused["detail"]
    undone = (await district.ask("POST", "/publications/1/undo", 409, extra={"If-Match": version})).json()
    assert undone["code"] == "visit_begun"
    held = {r["round_id"]: r["day"] for r in await district.rounds()}
    assert held[str(round_id)] == mine["after"]["day"]


async def test_a_plan_over_a_begun_visit_leaves_it_on_its_day_and_is_published_whole(
    district: PlanningDistrict,
) -> None:
    first = await district.plan()
    seen, version = await district.changes(first["proposal_id"])
    await district.publish(first["proposal_id"], version)
    mine = seen["items"][3]
    day, elsewhere = mine["after"]["day"], seen["items"][-1]["after"]["day"]
    await begin(district, UUID(mine["round_id"]), UUID(mine["school_id"]), day)
    pin = {"kind": "day", "forbid": True, "round_id": mine["round_id"], "day": day}  # a wish that it be moved
    await district.ask("POST", f"/plans/{first['proposal_id']}/pins", 200, json=pin)
    again = await district.ask("POST", f"/plans/{first['proposal_id']}/again", 201, json={"what_if": True})
    what_if = await district.until(again.json()["proposal_id"])
    seen, _ = await district.changes(what_if["proposal_id"])
    assert mine["round_id"] not in {c["round_id"] for c in seen["items"]}

    twice = await district.plan(rounds_per_school=2, gap_weeks=4, observer_most=6, rounds_per_day=8)
    assert twice["status"] == "proposed", twice
    seen, version = await district.changes(twice["proposal_id"])
    own = [c for c in seen["items"] if c["school_id"] == mine["school_id"]]
    assert [c["kind"] for c in own] == ["added"], "the visit that has begun is the other one"
    assert mine["round_id"] not in {c["round_id"] for c in seen["items"]}
    assert abs((date.fromisoformat(own[0]["after"]["day"]) - date.fromisoformat(day)).days) >= 28
    why = f"/plans/{twice['proposal_id']}/rounds/{mine['round_id']}/why"
    told = (await district.ask("GET", why, 200, params={"day": elsewhere})).json()
    assert told["allowed"] == 0
    assert "its visit has begun" in told["others"][0]["sentence"]
    assert "su visita empezó" in told["others"][0]["say"]["es"]
    await district.publish(twice["proposal_id"], version)
    after = await district.rounds()
    assert {r["day"] for r in after if r["round_id"] == mine["round_id"]} == {day}
    assert len([r for r in after if r["school_id"] == mine["school_id"]]) == 2

    over = await district.plan(rounds_per_school=1)  # of two the one that has begun is kept
    seen, version = await district.changes(over["proposal_id"])
    assert [c["kind"] for c in seen["items"] if c["school_id"] == mine["school_id"]] == ["cancelled"]
    await district.publish(over["proposal_id"], version)

    lost = {"kind": "days_lost", "days": [day], "school_id": mine["school_id"]}
    refused = (await district.ask("POST", "/disruptions", 409, json=lost)).json()
    assert refused["code"] == "visits_stay"
    assert mine["school_name"] in refused["detail"]
    whole = (await district.ask("GET", f"/rounds/{mine['round_id']}", 200)).json()
    gone = whole["teams"][0]["observers"][0]["person_id"]
    cancels = {"kind": "observer_out", "days": [day], "person_id": gone}
    made = (await district.ask("POST", "/disruptions", 201, json=cancels)).json()
    repair = await district.until(made["proposal_id"])
    seen, version = await district.changes(repair["proposal_id"])
    assert seen["counts"] == {"restaffed": 1}
    await district.publish(repair["proposal_id"], version)
    after = (await district.ask("GET", f"/rounds/{mine['round_id']}", 200)).json()
    assert after["day"] == day
    assert gone not in {o["person_id"] for t in after["teams"] for o in t["observers"]}


@pytest.mark.parametrize("ends", ["before", "after"])
async def test_work_that_ends_while_a_proposal_is_read_is_told_whole(
    office: Office, store: PostgresEventStore, monkeypatch: pytest.MonkeyPatch, ends: str
) -> None:
    jobs = Jobs(office.db, store, at_once=1)  # it never starts: the test ends the work itself
    district = await settle(office, jobs)
    made = (await district.ask("POST", "/plans", 201, json=district.wish())).json()
    proposal_id, row_of, ended = UUID(made["proposal_id"]), queries.proposal_row, False

    async def end() -> None:
        context = CommandContext(office.district_id, UUID(int=7))
        handler = jobs.handler(proposal_id, context)
        outcome = PlanInfeasible(rules=("Two rules collide.",), relaxations=(), seconds=1)
        await handler.handle(proposal_stream(proposal_id), Conclude(outcome), context)

    async def while_it_ends(*asked: Any) -> Mapping[str, Any]:
        nonlocal ended
        if ended:
            return await row_of(*asked)
        ended = True
        if ends == "before":
            await end()
        row = await row_of(*asked)
        if ends == "after":
            await end()
        return row

    monkeypatch.setattr(queries, "proposal_row", while_it_ends)
    told = (await district.ask("GET", f"/plans/{proposal_id}", 200)).json()
    assert (told["status"], told["rules"]) == ("infeasible", ["Two rules collide."])


async def test_the_same_key_asks_once(district: PlanningDistrict) -> None:
    key = {"Idempotency-Key": str(uuid4())}
    one = await district.ask("POST", "/plans", 201, json=district.wish(), extra=key)
    two = await district.ask("POST", "/plans", 201, json=district.wish(), extra=key)
    assert one.json()["proposal_id"] == two.json()["proposal_id"]


async def test_a_wish_that_cannot_be_meant_is_refused_with_its_reason(district: PlanningDistrict) -> None:
    told = await district.ask("POST", "/plans", 422, json=district.wish(last_day="2098-01-01"))
    assert "the last day comes before the first" in told.text
    told = await district.ask("POST", "/plans", 409, json=district.wish(first_day="2001-01-01", last_day="2001-02-01"))
    assert told.json()["code"] == "days_passed"


async def test_why_this_day_and_why_not_that_one_are_answered_in_sentences(district: PlanningDistrict) -> None:
    holiday = {"kind": "no_school", "title": "Founders' day"}
    await district.ask("PUT", "/calendar/days/2099-03-03", 200, json=holiday)
    proposal = await district.plan()
    seen, _ = await district.changes(proposal["proposal_id"])
    path = f"/plans/{proposal['proposal_id']}/rounds/{seen['items'][0]['round_id']}/why"
    told = (await district.ask("GET", path, 200)).json()
    assert told["day"] == seen["items"][0]["after"]["day"]
    assert told["sentences"]
    (other,) = (await district.ask("GET", path, 200, params={"day": "2099-03-03"})).json()["others"]
    assert not other["allowed"]
    assert "no school" in other["sentence"]
    assert "sin clases" in other["say"]["es"]
    await district.ask("GET", f"/plans/{proposal['proposal_id']}/rounds/{uuid4()}/why", 404)


async def test_a_school_without_a_day_between_its_rounds_is_told_with_a_way_out(district: PlanningDistrict) -> None:
    """Its rounds before and after the planned days are both too near."""
    school = district.schools[0]["school_id"]
    for first, last in (("2099-02-02", "2099-02-06"), ("2099-04-06", "2099-04-10")):
        made = await district.plan(first_day=first, last_day=last, school_ids=[school], gap_weeks=0)
        _, version = await district.changes(made["proposal_id"])
        await district.publish(made["proposal_id"], version)
    between = {"first_day": "2099-02-09", "last_day": "2099-04-03", "school_ids": [school], "gap_weeks": 8}
    proposal = await district.plan(**between)
    assert proposal["status"] == "infeasible"
    (rule,) = proposal["rules"]
    assert proposal["rules_said"][0]["es"].count("está demasiado cerca") == 2
    assert rule.count("is too near") == 2, rule
    body = {"relax": [proposal["relaxations"][0]["key"]]}
    made = (await district.ask("POST", f"/plans/{proposal['proposal_id']}/again", 201, json=body)).json()
    assert (await district.until(made["proposal_id"]))["status"] == "proposed"


async def test_what_cannot_be_done_names_the_rules_and_a_click_makes_it_possible(district: PlanningDistrict) -> None:
    proposal = await district.plan(
        first_day="2099-03-02",
        last_day="2099-03-27",
        rounds_per_school=2,
        gap_weeks=6,
        observer_most=9,
        rounds_per_day=2,
    )
    assert proposal["status"] == "infeasible"
    assert any("30 school days" in rule or "6 weeks" in rule for rule in proposal["rules"]), proposal["rules"]
    assert proposal["relaxations"]
    assert [said["en"] for said in proposal["rules_said"]] == proposal["rules"]
    assert all(said["es"] != said["en"] for said in proposal["rules_said"]), proposal["rules_said"]
    assert any("días de clases" in said["es"] for said in proposal["rules_said"]), proposal["rules_said"]
    assert all(r["say"]["en"] == r["sentence"] != r["say"]["es"] for r in proposal["relaxations"])
    body = {"relax": [proposal["relaxations"][0]["key"]]}
    made = (await district.ask("POST", f"/plans/{proposal['proposal_id']}/again", 201, json=body)).json()
    assert made["relaxed"][0]["say"] == proposal["relaxations"][0]["say"]
    again = await district.until(made["proposal_id"])
    assert again["status"] == "proposed"
    _, version = await district.changes(again["proposal_id"])
    await district.publish(again["proposal_id"], version)
    refused = await district.ask("POST", f"/plans/{again['proposal_id']}/again", 409, json={"relax": ["option-9"]})
    assert refused.json()["code"] == "unknown_relaxation"
