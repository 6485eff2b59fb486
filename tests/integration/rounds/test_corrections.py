"""Statements corrected after they were handed in, and words that are erased for good."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from services.rounds.capture import corrections
from services.rounds.capture.corrections import erase_person
from shared.access import Role
from tests.integration.rounds.world import ARound, RoundsWorld

CHILD = "Maria Lopez cried at the window table."
KEPT = ("Four students copied the example.", "The teacher asked twelve questions.")


async def everything_stored(world: RoundsWorld) -> str:
    """All that the service's databases hold, as text: the log, the answers kept for repetitions, the tables."""
    told = []
    async with world.deps.db.system() as conn:
        tables = await conn.fetch("select tablename from pg_tables where schemaname = 'public'")
        for t in tables:
            rows = await conn.fetch(f"select t::text as row from {t['tablename']} as t")
            told += [r["row"] for r in rows]
    return "\n".join(told)


async def handed_in(world: RoundsWorld) -> tuple[ARound, list[dict[str, Any]]]:
    round_ = await world.a_round(teams=1, rooms=2)
    me, slot = round_.observer(0), round_.slots()[0]
    device = round_.device(me, slot)
    items = [device.statement(w) for w in (CHILD, *KEPT)]
    await round_.post(me, device, *items, device.submit())
    return round_, items


async def mine(round_: ARound) -> dict[str, Any]:
    items = (await round_.evidence(round_.observer(0), kind="statement"))["items"]
    return {i["client_id"]: i for i in items if i["mine"]}


async def test_a_statement_is_amended_and_withdrawn_with_a_reason_after_it_was_handed_in(
    rounds_world: RoundsWorld,
) -> None:
    round_, items = await handed_in(rounds_world)
    me = round_.observer(0)
    device = round_.device(me, round_.slots()[0])
    amend = device.amend(items[1], "Four of five students copied the example.", why="not_what_was_seen")
    withdraw = device.withdraw(items[2]) | {"why": "said_twice"}
    receipts = await round_.post(me, device, amend, withdraw)
    assert [r["result"] for r in receipts] == ["stored", "stored"]
    ids = {c: i["id"] for c, i in (await mine(round_)).items()}
    told = await round_.ok(me, "GET", f"/evidence/{ids[items[1]['client_id']]}/history")
    assert [(v["what"], v["why"], v["late"]) for v in told["versions"]] == [
        ("recorded", None, None),
        ("amended", "not_what_was_seen", "after_submit"),
    ]
    assert [v["words"] for v in told["versions"]] == [KEPT[0], "Four of five students copied the example."]
    gone = await round_.ok(me, "GET", f"/evidence/{ids[items[2]['client_id']]}/history")
    assert (gone["withdrawn"], gone["versions"][-1]["why"]) == (True, "said_twice")
    # a withdrawn statement's history is its writer's; nobody outside the round learns that it exists
    await round_.open("describe")
    for other, status in ((round_.observer(1), 404), (round_.principal, 404), (round_.somebody(Role.ANALYST), 404)):
        path = f"{round_.path}/evidence/{ids[items[2]['client_id']]}/history"
        assert (await rounds_world.ask(other, "GET", path)).status_code == status


async def test_a_withdrawn_statements_words_are_erased_for_good_and_nothing_else_is(rounds_world: RoundsWorld) -> None:
    round_, items = await handed_in(rounds_world)
    me = round_.observer(0)
    device = round_.device(me, round_.slots()[0])
    child = (await mine(round_))[items[0]["client_id"]]["id"]
    early = await rounds_world.ask(me, "DELETE", f"{round_.path}/evidence/{child}/words")
    assert early.json()["code"] == "not_withdrawn"
    await round_.post(me, device, device.withdraw(items[0]) | {"why": "names_a_person"})
    other = await rounds_world.ask(round_.observer(1), "DELETE", f"{round_.path}/evidence/{child}/words")
    assert other.status_code == 404
    await round_.ok(me, "DELETE", f"/evidence/{child}/words")

    found = await mine(round_)
    assert found[items[0]["client_id"]]["words"] is None
    assert [found[i["client_id"]]["words"] for i in items[1:]] == list(KEPT)
    told = await round_.ok(me, "GET", f"/evidence/{child}/history")
    assert (told["erased"], {v["words"] for v in told["versions"]}) == (True, {None})
    # new words are taken, the same statement sent again stays erased
    later = device.statement("A third fact.")
    again = await round_.post(me, device, later, items[0])
    assert [r["result"] for r in again] == ["stored", "duplicate"]
    # and once more: another statement, after words were sealed under the second key
    await round_.post(me, device, device.withdraw(later))
    await round_.ok(me, "DELETE", f"/evidence/{(await mine(round_))[later['client_id']]['id']}/words")
    found = await mine(round_)
    assert [found[i["client_id"]]["words"] for i in (items[0], *items[1:], later)] == [None, *KEPT, None]
    assert len(found) == 4, "counts stay as they are"


async def test_an_erasure_that_a_crash_interrupts_is_gone_on_with(
    rounds_world: RoundsWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    round_, items = await handed_in(rounds_world)
    me, words = round_.observer(0), rounds_world.deps.words
    device = round_.device(me, round_.slots()[0])
    child = (await mine(round_))[items[0]["client_id"]]["id"]
    await round_.post(me, device, device.withdraw(items[0]))

    class Crash(BaseException):
        """As a process that is killed: nothing handles it."""

    async def crash(*_: Any) -> None:
        raise Crash

    for step in ("next_key", "reseal", "turn"):
        with monkeypatch.context() as m:
            m.setattr(type(words), step, crash)
            with pytest.raises(Crash):
                await round_.ok(me, "DELETE", f"/evidence/{child}/words")
        later = device.statement(f"Written after the crash at {step}.")
        assert [r["result"] for r in await round_.post(me, device, later)] == ["stored"]
    await corrections.resume_erasures(rounds_world.deps)
    found = [i["words"] for i in (await mine(round_)).values()]
    assert found.count(None) == 1
    assert {*KEPT, "Written after the crash at turn.", "Written after the crash at reseal."} <= set(found)
    async with rounds_world.deps.db.system() as conn:
        assert await conn.fetchval("select count(*) from word_erasures") == 0


@pytest.mark.parametrize("room", [0, 1], ids=["in notes that there are", "in notes that begin with it"])
async def test_a_post_that_was_sealed_before_an_erasure_and_stored_after_it_keeps_its_words(
    rounds_world: RoundsWorld, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    round_, items = await handed_in(rounds_world)
    me, words = round_.observer(0), rounds_world.deps.words
    device = round_.device(me, round_.slots()[0])
    child = (await mine(round_))[items[0]["client_id"]]["id"]
    await round_.post(me, device, device.withdraw(items[0]))
    sealed, erased, seal = asyncio.Event(), asyncio.Event(), type(words).seal

    async def held_up(*args: Any) -> list[str]:
        boxes = await seal(*args)
        if not sealed.is_set():
            sealed.set()
            await erased.wait()
        return boxes

    monkeypatch.setattr(type(words), "seal", held_up)
    tablet = round_.device(me, round_.slots()[room])
    under_way = tablet.statement("Sealed before, stored after.")
    async with asyncio.timeout(60), asyncio.TaskGroup() as group:
        post = group.create_task(round_.post(me, tablet, under_way))
        await sealed.wait()
        await round_.ok(me, "DELETE", f"/evidence/{child}/words")
        erased.set()
    assert [r["result"] for r in post.result()] == ["stored"]
    found = await mine(round_)
    assert found[under_way["client_id"]]["words"] == "Sealed before, stored after."
    assert found[items[0]["client_id"]]["words"] is None
    assert len(found) == 4


async def test_a_person_is_erased_with_every_key(rounds_world: RoundsWorld) -> None:
    round_, items = await handed_in(rounds_world)
    me = round_.observer(0)
    device = round_.device(me, round_.slots()[0])
    child = (await mine(round_))[items[0]["client_id"]]["id"]
    await round_.post(me, device, device.withdraw(items[0]))
    await round_.ok(me, "DELETE", f"/evidence/{child}/words")
    await round_.note(round_.observer(1), round_.slots()[0], "Somebody else's fact.")

    assert await erase_person(rounds_world.deps, round_.district_id, me.person_id) == 1
    assert await erase_person(rounds_world.deps, round_.district_id, me.person_id) == 1
    assert {i["words"] for i in (await mine(round_)).values()} == {None}
    others = (await round_.evidence(round_.observer(1), kind="statement"))["items"]
    assert [i["words"] for i in others if i["mine"]] == ["Somebody else's fact."]
    refused = await round_.post(me, device, device.statement("One more."))
    assert refused[0]["reason"]["code"] == "subject-forgotten"
    assert await erase_person(rounds_world.deps, round_.district_id, uuid4()) == 0
    stored = await everything_stored(rounds_world)
    assert not any(words in stored for words in (CHILD, *KEPT))


async def test_an_erasure_that_was_interrupted_makes_no_key_for_a_person_who_was_erased(
    rounds_world: RoundsWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    round_, items = await handed_in(rounds_world)
    me = round_.observer(0)
    device = round_.device(me, round_.slots()[0])
    child = (await mine(round_))[items[0]["client_id"]]["id"]
    await round_.post(me, device, device.withdraw(items[0]))

    class Crash(BaseException):
        """As a process that is killed: nothing handles it."""

    async def crash(*_: Any) -> None:
        raise Crash

    with monkeypatch.context() as m:
        m.setattr(type(rounds_world.deps.words), "turn", crash)
        with pytest.raises(Crash):
            await round_.ok(me, "DELETE", f"/evidence/{child}/words")
    assert await erase_person(rounds_world.deps, round_.district_id, me.person_id) == 1
    await corrections.resume_erasures(rounds_world.deps)
    assert {i["words"] for i in (await mine(round_)).values()} == {None}
    refused = await round_.post(me, device, device.statement("One more."))
    assert refused[0]["reason"]["code"] == "subject-forgotten"


async def test_norms_are_acknowledged_before_the_day(rounds_world: RoundsWorld) -> None:
    round_ = await rounds_world.a_round(prepared=False)
    me = round_.observer(0)
    await round_.ok(round_.facilitator, "PUT", "/norms", json={"norms": ["We describe first."]})
    told = await round_.ok(me, "GET", "/preparation")
    assert (told["norms"], told["acknowledged"], told["waiting"]) == (["We describe first."], False, None)
    await round_.ok(me, "POST", "/acknowledgement", json={"revision": 1, "trained": True})
    shown = await round_.ok(round_.facilitator, "GET", "/preparation")
    assert (shown["ready"], shown["observers"]) == (1, 3)
    assert str(me.person_id) not in shown["waiting"]
    refused = await rounds_world.ask(
        round_.principal, "POST", f"{round_.path}/acknowledgement", json={"revision": 1, "trained": True}
    )
    assert refused.status_code == 403
