"""A district's own instrument: written, published, pinned by a round, changed in mid-campaign; XLSForm in and out."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from services.rounds.rounds.queries import round_stream
from shared.access import Actor, Role
from shared.messages import CommandContext
from tests.integration.rounds.world import RoundsWorld
from tests.support.rounds import a_plan, an_actor

WORDS = {"en": "Words", "es": "Palabras"}


def a_draft(*codes: str) -> dict[str, Any]:
    choices = [{"code": c, "label": {"en": c, "es": c}} for c in codes]
    return {
        "title": {"en": "Talk in class", "es": "Hablar en clase"},
        "items": [{"id": "how", "kind": "choice", "prompt": WORDS, "choices": choices}],
    }


async def ok(world: RoundsWorld, actor: Actor, method: str, path: str, **rest: Any) -> Any:
    answer = await world.ask(actor, method, path, **rest)
    assert answer.is_success, answer.text
    return answer.json()


async def published(world: RoundsWorld, leader: Actor, *codes: str) -> int:
    await ok(world, leader, "PUT", "/instruments/talk/draft", json=a_draft(*codes))
    return int((await ok(world, leader, "POST", "/instruments/talk/publish"))["version"])


async def test_an_author_publishes_versions_that_never_change(rounds_world: RoundsWorld) -> None:
    leader = an_actor(Role.DISTRICT_LEADER, district_id=uuid4())
    draft = await ok(rounds_world, leader, "PUT", "/instruments/talk/draft", json=a_draft("one"))
    assert [k["where"] for k in draft["lacks"]] == ["items/0/choices"]
    refused = await rounds_world.ask(leader, "POST", "/instruments/talk/publish")
    assert (refused.status_code, refused.json()["code"]) == (409, "instrument_incomplete")
    assert await published(rounds_world, leader, "one", "two") == 1
    assert await published(rounds_world, leader, "one", "two", "three") == 2
    first = await ok(rounds_world, leader, "GET", "/instruments/talk/1")
    assert [c["code"] for c in first["items"][0]["choices"]] == ["one", "two"]
    page = await ok(rounds_world, leader, "GET", "/instruments")
    assert [(i["key"], i["version"]) for i in page["items"] if not i["shipped"]] == [("talk", 1), ("talk", 2)]
    assert [d["key"] for d in page["drafts"]] == ["talk"]

    observer = an_actor(Role.OBSERVER, district_id=leader.district_id, school_id=uuid4())
    assert (await ok(rounds_world, observer, "GET", "/instruments"))["drafts"] == []
    assert (await rounds_world.ask(observer, "PUT", "/instruments/talk/draft", json=a_draft("x"))).status_code == 403
    stranger = an_actor(Role.DISTRICT_LEADER, district_id=uuid4())
    assert (await rounds_world.ask(stranger, "GET", "/instruments/talk/1")).status_code == 404
    copy = await ok(rounds_world, leader, "GET", "/instruments/ipg/1/draft")
    assert len(copy["items"]) == 20


async def test_a_form_changed_in_mid_campaign_leaves_unsent_work_on_the_old_version_intact_and_counted(
    rounds_world: RoundsWorld,
) -> None:
    round_ = await rounds_world.a_round(prepared=False)
    leader = round_.somebody(Role.DISTRICT_LEADER)
    await published(rounds_world, leader, "one", "two")

    async def pin(version: int) -> None:
        plan = a_plan(round_.scheduled, plan_version=version + 1, instrument="talk", instrument_version=version)
        context = CommandContext(round_.district_id, None)
        await rounds_world.deps.rounds.handle(round_stream(round_.scheduled.round_id), plan, context)

    await pin(1)
    await round_.write_problem()
    # a tablet prepares on version 1; the form changes before it comes back
    await published(rounds_world, leader, "three", "four")
    await pin(2)
    await round_.open("visit")
    observer, slot = round_.observer(0), round_.slots()[0]
    device = round_.device(observer, slot)
    receipts = await round_.post(
        observer,
        device,
        device.rating("how", "two") | {"instrument_version": 1},
        device.rating("how", "four") | {"instrument_version": 2},
        device.rating("how", "five"),
    )
    assert [r["result"] for r in receipts] == ["stored", "stored", "refused"]
    other = round_.device(round_.observer(1), slot)
    kept = await round_.post(round_.observer(1), other, other.rating("how", "one") | {"instrument_version": 1})
    assert kept[0]["result"] == "stored"
    shown = await round_.ok(round_.facilitator, "GET", "")
    assert shown["instrument_version"] == 2
    assert shown["answers_on_older_versions"] == 1  # the other observer's; the first one answered again on version 2
    assert (await round_.ok(leader, "GET", ""))["answers_on_older_versions"] is None

    # Read by the facilitator without names; by an observer their own, until the notes are open to them.
    read = await round_.ok(round_.facilitator, "GET", "/earlier-answers")
    [form] = read["forms"]
    assert (read["reading"], read["unread"]) == ("deidentified", 0)
    assert [c["code"] for c in form["instrument"]["items"][0]["choices"]] == ["one", "two"]
    assert [(a["look_for_id"], a["value"], a["slot_id"]) for a in form["answers"]] == [("how", "one", str(slot))]
    assert str(round_.observer(1).person_id) not in str(read)
    mine = await round_.ok(round_.observer(1), "GET", "/earlier-answers")
    assert [(a["value"], a["mine"]) for a in mine["forms"][0]["answers"]] == [("one", True)]
    theirs = await round_.ok(observer, "GET", "/earlier-answers")
    assert (theirs["forms"], theirs["unread"]) == ([], 1)
    for actor in (leader, round_.principal, round_.teacher, round_.somebody(Role.FACILITATOR)):
        assert (await rounds_world.ask(actor, "GET", f"{round_.path}/earlier-answers")).status_code == 404
    await round_.to_synthesis()
    gone = await rounds_world.ask(round_.facilitator, "GET", f"{round_.path}/earlier-answers")
    assert gone.status_code == 410


async def test_a_visit_is_never_opened_on_an_instrument_that_nobody_can_read(rounds_world: RoundsWorld) -> None:
    round_ = await rounds_world.a_round(prepared=False)
    await round_.write_problem()
    plan = a_plan(round_.scheduled, plan_version=2, instrument="talk", instrument_version=1)
    context = CommandContext(round_.district_id, None)
    await rounds_world.deps.rounds.handle(round_stream(round_.scheduled.round_id), plan, context)
    refused = await rounds_world.ask(round_.facilitator, "POST", f"{round_.path}/stages/visit")
    assert (refused.status_code, refused.json()["code"]) == (409, "instrument_unreadable")
    day = (await rounds_world.ask(round_.observer(), "GET", "/capture/day?from=2026-01-01")).json()
    [visit] = [v for v in day["visits"] if v["round_id"] == str(round_.scheduled.round_id)]
    assert (visit["instrument"]["key"], visit["instrument"]["items"]) == ("talk", [])
    await published(rounds_world, round_.somebody(Role.DISTRICT_LEADER), "one", "two")
    assert (await round_.open("visit"))["stage"] == "visit"


async def test_xlsform_goes_out_and_comes_in_over_http(rounds_world: RoundsWorld) -> None:
    leader = an_actor(Role.DISTRICT_LEADER, district_id=uuid4())
    out = await rounds_world.ask(leader, "GET", "/instruments/instructional-core/2/xlsform")
    assert out.headers["content-type"].endswith("spreadsheetml.sheet")
    file = {"file": ("core.xlsx", out.content)}
    looked = await ok(rounds_world, leader, "POST", "/instruments/xlsform?key=our-core&dry_run=true", files=file)
    assert (looked["saved"], looked["not_carried"], len(looked["draft"]["items"])) == (False, [], 10)
    assert (await rounds_world.ask(leader, "GET", "/instruments/our-core/draft")).status_code == 404
    await ok(rounds_world, leader, "POST", "/instruments/xlsform?key=our-core", files=file)
    held = await ok(rounds_world, leader, "GET", "/instruments/our-core/draft")
    assert held["source"] == "core.xlsx"
    shipped = await rounds_world.ask(leader, "POST", "/instruments/xlsform", files=file)
    assert shipped.json()["code"] == "instrument_shipped"
    broken = await rounds_world.ask(leader, "POST", "/instruments/xlsform", files={"file": ("x.xlsx", b"nothing")})
    assert broken.status_code == 422
    assert broken.json()["problems"][0]["mend"]


async def test_a_version_larger_than_any_is_told_not_an_error_of_the_server(rounds_world: RoundsWorld) -> None:
    leader = an_actor(Role.DISTRICT_LEADER, district_id=uuid4())
    for path in (f"/instruments/ipg/{2**40}", f"/instruments/ipg/{2**80}/xlsform"):
        answer = await rounds_world.ask(leader, "GET", path)
        assert (answer.status_code, answer.json()["mend"]) == (422, "Correct the number, and send it again.")
