"""Three months on, over HTTP: who is reminded, who may report, who reads what."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from services.rounds.capture.corrections import erase_person as erase_notes
from services.rounds.cycles.erasing import erase_person
from services.rounds.cycles.today import today
from services.rounds.meetings.queries import mark_day
from services.rounds.rounds import table
from shared.access import Actor, Role
from tests.integration.rounds.world import ARound, RoundsWorld


async def follow_up(round_: ARound, actor: Actor) -> Any:
    return await round_.ok(actor, "GET", "/follow-up")


async def waiting(round_: ARound, actor: Actor) -> list[Any]:
    answer = await round_.world.ask(actor, "GET", "/follow-ups")
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


async def report(round_: ARound, actor: Actor, *said: tuple[int, str, str], held: bool = False) -> Any:
    reports = [{"number": n, "status": status, "evidence": words} for n, status, words in said]
    return await round_.world.ask(
        actor, "POST", round_.path + "/follow-up/reports", json={"reports": reports, "held": held}
    )


async def test_a_next_level_of_work_is_looked_at_again(rounds_world: RoundsWorld) -> None:
    round_ = await rounds_world.a_round(teams=2, rooms=6)
    now = await today(rounds_world.deps, round_.district_id)
    usual = (await follow_up(round_, round_.facilitator))["usual_day"]
    await mark_day(rounds_world.deps, round_.district_id, None, date.fromisoformat(usual), "no_school")
    owner = round_.observer()
    await round_.to_synthesis(owner_id=str(owner.person_id))
    told = await follow_up(round_, round_.facilitator)
    assert told["day"] > usual, "a day without school is passed over"
    assert [c["status"] for c in told["commitments"]] == [None]
    unreleased = await rounds_world.ask(round_.principal, "GET", round_.path + "/follow-up")
    assert unreleased.status_code == 404
    await round_.ok(round_.facilitator, "POST", "/release")
    assert await waiting(round_, round_.principal) == [], "three months are long"

    soon = now + timedelta(days=1)
    await mark_day(rounds_world.deps, round_.district_id, None, soon, "school_day")
    await round_.ok(round_.principal, "PUT", "/follow-up/day", json={"day": soon.isoformat()})
    for actor in (round_.principal, round_.facilitator, owner):
        [one] = await waiting(round_, actor)
        assert (one["day"], one["overdue"], one["open"], one["commitments"]) == (soon.isoformat(), False, 1, 1)
    assert await waiting(round_, round_.observer(1)) == []
    assert await waiting(round_, round_.somebody(Role.HOST_PRINCIPAL, uuid4())) == []

    assert (await report(round_, owner, (1, "partly", "Six of nine plans had them."))).status_code == 201
    assert (await report(round_, round_.observer(1), (1, "kept", ""))).status_code == 404
    assert (await report(round_, owner, (1, "kept", ""), held=True)).json()["code"] == "not_your_commitment"
    held = await report(round_, round_.principal, (1, "kept", "All plans of May."), held=True)
    assert held.status_code == 201, held.text
    assert "set-cookie" not in held.headers
    assert held.headers["cache-control"] == "no-store"
    for actor in (round_.principal, round_.facilitator, owner):
        said = (await follow_up(round_, actor))["commitments"][0]
        assert said["status"] == "kept"
        assert [(r["status"], r["evidence"]) for r in said["reports"]] == [
            ("partly", "Six of nine plans had them."),
            ("kept", "All plans of May."),
        ]
        assert await waiting(round_, actor) == []
    for role in (Role.DISTRICT_LEADER, Role.TEACHER):
        other = await follow_up(round_, round_.somebody(role, round_.scheduled.school_id))
        assert other["commitments"][0]["status"] == "kept"
        assert [r["evidence"] for r in other["commitments"][0]["reports"]] == [None, None]
    assert (await round_.ok(round_.principal, "GET", ""))["stage"] == "follow_up"

    async with rounds_world.deps.db.reader(round_.district_id) as conn:
        logged = "".join(
            r["data"]
            for r in await conn.fetch("select data::text as data from events where type = $1", "CommitmentsRevisited")
        )
        before = [tuple(r) for r in await conn.fetch("select * from follow_ups order by round_id")]
    assert "nine plans" not in logged
    await erase_notes(rounds_world.deps, round_.district_id, owner.person_id)
    await erase_person(rounds_world.deps, round_.district_id, owner.person_id)
    said = (await follow_up(round_, round_.principal))["commitments"][0]
    assert [(r["status"], r["evidence"]) for r in said["reports"]] == [("partly", None), ("kept", "All plans of May.")]
    await table.rebuild(rounds_world.deps.db)
    async with rounds_world.deps.db.reader(round_.district_id) as conn:
        assert [tuple(r) for r in await conn.fetch("select * from follow_ups order by round_id")] == before
