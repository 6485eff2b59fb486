"""The planning board's pins hold for whoever plans, and what changes is told to the pages that are open."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from services.scheduling.deps import Deps
from services.scheduling.plans.jobs import Jobs
from services.scheduling.rounds.board_api import Board
from shared.access import Actor, Grant, Role
from shared.eventstore.store import PostgresEventStore
from tests.integration.imports.conftest import Office
from tests.integration.scheduling.plans_world import PlanningDistrict, settle

DAY = "2099-03-04"  # a Wednesday


async def test_pins_hold_and_open_boards_are_told(office: Office, store: PostgresEventStore) -> None:
    district: PlanningDistrict = await settle(office, Jobs(office.db, store, at_once=1))
    host, other = (s["school_id"] for s in district.schools[:2])
    leaders = [p["person_id"] for p in district.people if not {host, other} & set(p["school_ids"])]
    wish = {"school_id": host, "day": DAY, "facilitator_id": leaders[0]}
    made = (await district.ask("POST", "/rounds", 201, json=wish)).json()
    move = f"/rounds/{made['round_id']}/move"
    actor = Actor(uuid4(), office.district_id, (Grant(Role.DISTRICT_LEADER),))
    board = Board(Deps(office.db, store), actor, date(2099, 3, 1), date(2099, 3, 31))
    first = await board.news()
    assert first is not None
    assert (first.items, first.gone) == ([], [])

    pin, ban = uuid4(), uuid4()
    held = await district.ask("PUT", f"/pins/{pin}", 200, json={"round_id": made["round_id"]})
    assert held.json()["day"] == DAY
    refused = (await district.ask("POST", move, 200, json={"day": "2099-03-05"})).json()
    assert (refused["moved"], refused["problems"][0]["code"]) == (False, "round_pinned")
    again = {"round_id": made["round_id"]}
    assert (await district.ask("PUT", f"/pins/{uuid4()}", 409, json=again)).json()["code"] == "pin_taken"
    told = await board.news()
    assert told is not None
    assert told.pins != first.pins

    await district.ask("DELETE", f"/pins/{pin}", 204)
    await district.ask("PUT", f"/pins/{ban}", 200, json={"school_id": host, "day": "2099-03-05"})
    # the day after is somebody's elsewhere, the one before is its own: the nearest is before that
    elsewhere = {"school_id": other, "day": "2099-03-06", "facilitator_id": leaders[0]}
    await district.ask("POST", "/rounds", 201, json=elsewhere)
    taken = (await district.ask("POST", move, 200, json={"day": "2099-03-05"})).json()
    assert [p["code"] for p in taken["problems"] if p["refuses"]] == ["day_forbidden"]
    assert taken["nearest"] == "2099-03-03"
    refused = await district.ask("PUT", f"/pins/{uuid4()}", 409, json={"school_id": host, "day": DAY})
    assert refused.json()["code"] == "hosts_then"

    await board.news()
    moved = (await district.ask("POST", move, 200, json={"day": taken["nearest"]})).json()
    assert moved["moved"]
    now = await board.news()
    assert now is not None
    assert [(str(r.round_id), str(r.day)) for r in now.items] == [(made["round_id"], "2099-03-03")]
    assert await board.news() is None
    await district.ask("DELETE", f"/rounds/{made['round_id']}", 204)
    gone = await board.news()
    assert gone is not None
    assert gone.gone == [UUID(made["round_id"])]
