"""The capture protocol over HTTP, on real PostgreSQL: what devices post, and what they are told."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from services.rounds.capture.commands import read_batch
from services.rounds.capture.queries import round_notes
from services.rounds.capture.slots import SlotBook
from services.rounds.capture.streams import words_subject
from services.rounds.capture.take import Capture
from services.rounds.rounds.queries import round_file
from shared.access import Actor, Role
from shared.messages import new_id
from tests.integration.rounds.world import ARound, RoundsWorld
from tests.support.rounds import LONG_FACTS, MORNING, ADevice


@pytest.fixture
async def round_(rounds_world: RoundsWorld) -> ARound:
    return await rounds_world.a_round()


async def through(
    capture: Capture, round_: ARound, observer: Actor, device: ADevice, *items: dict[str, Any]
) -> list[str]:
    """What this process tells of the items."""
    answer = await capture.receive(
        read_batch(json.dumps(device.batch(*items)).encode()),
        district_id=round_.district_id,
        observer_id=observer.person_id,
    )
    return [r.result for r in answer.receipts]


async def stored_words(round_: ARound) -> list[str]:
    """All statements of the round as their writers read them."""
    found = []
    for n in range(len(round_.scheduled.teams[0].observer_ids)):
        page = await round_.evidence(round_.observer(n), kind="statement")
        found += [i["words"] for i in page["items"] if i["mine"]]
    return sorted(found)


async def test_statements_ratings_and_submission_are_stored_and_read_back(round_: ARound) -> None:
    me, tablet = round_.observer(), ADevice(round_.slots()[0])
    items = [tablet.statement(w) for w in LONG_FACTS]
    receipts = await round_.post(me, tablet, *items, tablet.rating(value="not_observed"), tablet.submit())
    assert [r["result"] for r in receipts] == ["stored"] * 6
    assert [r["version"] for r in receipts[:4]] == [0, 0, 0, 0]
    page = await round_.evidence(me)
    assert {i["words"] for i in page["items"] if i["kind"] == "statement"} == set(LONG_FACTS)
    assert [i["value"] for i in page["items"] if i["kind"] == "rating"] == ["not_observed"]


async def test_the_answer_tells_both_clocks(round_: ARound) -> None:
    me, tablet = round_.observer(), ADevice(round_.slots()[0])
    answer = await round_.world.ask(me, "POST", "/capture/batches", json=tablet.batch(tablet.statement()))
    body = answer.json()
    now = round_.world.deps.clock()
    assert body["skew_seconds"] == pytest.approx((MORNING - now).total_seconds(), abs=60)
    mine = (await round_.evidence(me))["items"][0]
    assert mine["device_time"].startswith("2026-11-04T14:00:00")
    assert mine["skew_seconds"] == body["skew_seconds"]


async def test_a_batch_whose_answer_was_lost_is_sent_again_and_stored_once(round_: ARound) -> None:
    me, tablet = round_.observer(), ADevice(round_.slots()[0])
    items = [tablet.statement(w) for w in LONG_FACTS]
    await round_.post(me, tablet, *items)
    again = await round_.post(me, tablet, *items, tablet.statement("One more."))
    assert [r["result"] for r in again] == ["duplicate"] * 4 + ["stored"]
    assert await stored_words(round_) == sorted([*LONG_FACTS, "One more."])


async def test_the_order_of_arrival_does_not_matter(round_: ARound) -> None:
    me, tablet = round_.observer(), ADevice(round_.slots()[0])
    items = [tablet.statement(w) for w in LONG_FACTS]
    await round_.post(me, tablet, *reversed(items))
    ledger = (await round_.world.ask(me, "GET", f"/capture/ledger/{tablet.device_id}")).json()
    assert (ledger["count"], ledger["maximum"], ledger["gaps"]) == (4, 4, [])


async def test_one_refused_item_does_not_hold_up_the_others(round_: ARound) -> None:
    me, tablet = round_.observer(), ADevice(round_.slots()[0])
    items = [
        tablet.statement("Fact one."),
        tablet.statement(""),
        tablet.item("statement", words="Where?", minute=1, core_element="task") | {"slot_id": str(uuid4())},
        tablet.item("rating", look_for_id="student-talk", value=7),
        tablet.statement("Fact two."),
    ]
    receipts = await round_.post(me, tablet, *items)
    assert [r["result"] for r in receipts] == ["stored", "refused", "refused", "refused", "stored"]
    assert [r["reason"]["code"] for r in receipts[1:4]] == ["words_empty", "unknown_slot", "malformed"]
    assert receipts[1]["reason"]["es"]["detail"] == "El enunciado no tiene palabras."
    assert all(r["reason"]["mend"] for r in receipts[1:4])
    ledger = (await round_.world.ask(me, "GET", f"/capture/ledger/{tablet.device_id}")).json()
    assert (ledger["count"], ledger["maximum"], ledger["gaps"]) == (5, 5, [])
    assert [(r["seq"], r["code"]) for r in ledger["refused"]] == [
        (2, "words_empty"),
        (3, "unknown_slot"),
        (4, "malformed"),
    ]


async def test_a_refused_item_can_be_mended_under_its_own_number(round_: ARound) -> None:
    me, tablet = round_.observer(), ADevice(round_.slots()[0])
    empty = tablet.statement("")
    await round_.post(me, tablet, empty)
    await round_.post(me, tablet, empty)
    receipts = await round_.post(me, tablet, empty | {"words": "Now with words."})
    assert receipts[0]["result"] == "stored"
    ledger = (await round_.world.ask(me, "GET", f"/capture/ledger/{tablet.device_id}")).json()
    assert (ledger["count"], ledger["refused"]) == (1, [])


async def test_the_ledger_names_the_numbers_that_never_came(round_: ARound) -> None:
    me, tablet = round_.observer(), ADevice(round_.slots()[0])
    items = [tablet.statement(f"Fact {n}.") for n in range(9)]
    await round_.post(me, tablet, items[1], items[5], items[6])
    ledger = (await round_.world.ask(me, "GET", f"/capture/ledger/{tablet.device_id}")).json()
    assert (ledger["count"], ledger["maximum"]) == (3, 7)
    assert ledger["gaps"] == [{"first": 1, "last": 1}, {"first": 3, "last": 5}]


async def test_two_people_on_one_tablet_have_a_ledger_each(round_: ARound) -> None:
    slot = round_.slots()[0]
    tablet = ADevice(slot)
    first, second = round_.observer(0), round_.observer(1)
    theirs = ADevice(slot)
    theirs.device_id = tablet.device_id
    await round_.post(first, tablet, tablet.statement("A"), tablet.statement("B"))
    receipts = await round_.post(second, theirs, theirs.statement("C"))
    assert receipts[0]["result"] == "stored"
    counts = [
        (await round_.world.ask(p, "GET", f"/capture/ledger/{tablet.device_id}")).json()["count"]
        for p in (first, second)
    ]
    assert counts == [2, 1]


async def test_two_edits_of_one_statement_are_both_kept_and_shown(round_: ARound) -> None:
    me, slot = round_.observer(), round_.slots()[0]
    tablet, phone = ADevice(slot), ADevice(slot)
    first = tablet.statement("Teacher asked 12 questions.")
    await round_.post(me, tablet, first)
    kept = await round_.post(me, tablet, tablet.amend(first, "Teacher asked 12 questions, 10 recall."))
    other = await round_.post(me, phone, phone.amend(first, "Teacher asked 14 questions."))
    assert (kept[0]["result"], kept[0]["version"]) == ("stored", 1)
    assert (other[0]["result"], other[0]["reason"]["code"], other[0]["version"]) == ("conflict", "kept_both", 1)
    item = (await round_.evidence(me))["items"][0]
    assert item["words"] == "Teacher asked 12 questions, 10 recall."
    assert [v["words"] for v in item["other_versions"]] == ["Teacher asked 14 questions."]
    again = await round_.post(me, phone, {**phone.amend(first, "x"), "seq": 1} | {"words": "y"})
    assert again[0]["reason"]["code"] == "sequence_reused"


async def test_the_same_client_id_with_other_words_keeps_both(round_: ARound) -> None:
    me, tablet = round_.observer(), ADevice(round_.slots()[0])
    first = tablet.statement("Two groups worked.")
    await round_.post(me, tablet, first)
    changed = first | {"words": "Three groups worked."}
    assert (await round_.post(me, tablet, changed))[0]["result"] == "conflict"
    assert (await round_.post(me, tablet, changed))[0]["result"] == "duplicate"
    item = (await round_.evidence(me))["items"][0]
    assert (item["words"], [v["words"] for v in item["other_versions"]]) == (
        "Two groups worked.",
        ["Three groups worked."],
    )


async def test_an_item_that_moved_to_another_slot_after_a_lost_answer_is_kept_beside_the_first(
    round_: ARound,
) -> None:
    me, (one, two) = round_.observer(), round_.slots()
    tablet = ADevice(one)
    first = tablet.statement("Six students raised hands.")
    await round_.post(me, tablet, first)
    moved = first | {"slot_id": str(two)}
    assert (await round_.post(me, tablet, moved))[0]["result"] == "conflict"
    assert (await round_.post(me, tablet, moved))[0]["result"] == "duplicate"
    page = await round_.evidence(me)
    assert [(i["slot_id"], len(i["other_versions"])) for i in page["items"]] == [(str(one), 1)]


async def test_another_item_under_a_number_of_another_slot_is_refused(round_: ARound) -> None:
    me, (one, two) = round_.observer(), round_.slots()
    tablet = ADevice(one)
    await round_.post(me, tablet, tablet.statement("A"))
    other = tablet.statement("B") | {"slot_id": str(two), "seq": 1}
    later = tablet.statement("C") | {"slot_id": str(two)}
    receipts = await round_.post(me, tablet, other, later)
    assert (receipts[0]["result"], receipts[0]["reason"]["code"]) == ("refused", "sequence_reused")
    assert receipts[1]["result"] == "stored"


async def test_a_tablet_that_was_offline_for_a_week_loses_nothing(round_: ARound) -> None:
    me, slot = round_.observer(), round_.slots()[0]
    await round_.note(round_.observer(1), slot, "Seen.", submit=True)
    await round_.note(me, slot, "Early.", submit=True)
    await round_.open("describe")
    tablet = ADevice(slot)
    receipts = await round_.post(me, tablet, tablet.statement("A week late."), sent_at=MORNING + timedelta(days=7))
    assert receipts[0]["result"] == "stored"
    late = {i["words"]: i["late"] for i in (await round_.evidence(me))["items"] if i["mine"]}
    assert late == {"Early.": None, "A week late.": "after_describe"}


async def test_a_statement_after_handing_in_is_stored_and_marked(round_: ARound) -> None:
    me, slot = round_.observer(), round_.slots()[0]
    await round_.note(me, slot, "First.", submit=True)
    await round_.note(me, slot, "Remembered later.")
    late = {i["words"]: i["late"] for i in (await round_.evidence(me))["items"]}
    assert late == {"First.": None, "Remembered later.": "after_submit"}


async def test_after_a_release_statements_are_stored_and_wait_for_the_next(rounds_world: RoundsWorld) -> None:
    round_ = await rounds_world.a_round(rooms=6)
    await round_.to_synthesis()
    await round_.ok(round_.facilitator, "POST", "/release")
    me = round_.observer()
    await round_.note(me, round_.slots()[0], "Found in my bag.")
    late = {i["words"]: i["late"] for i in (await round_.evidence(me))["items"] if i["mine"]}
    assert late["Found in my bag."] == "after_release"


async def test_observers_of_other_teams_and_rounds_are_refused_item_by_item(rounds_world: RoundsWorld) -> None:
    round_ = await rounds_world.a_round(teams=2, rooms=2)
    stranger = round_.observer(team=1)
    tablet = ADevice(round_.slots(0)[0])
    receipts = await round_.post(stranger, tablet, tablet.statement())
    assert (receipts[0]["result"], receipts[0]["reason"]["code"]) == ("refused", "not_your_team")


async def test_a_slot_of_another_district_is_unknown(rounds_world: RoundsWorld, round_: ARound) -> None:
    elsewhere = await rounds_world.a_round()
    tablet = ADevice(elsewhere.slots()[0])
    receipts = await round_.post(round_.observer(), tablet, tablet.statement())
    assert receipts[0]["reason"]["code"] == "unknown_slot"


async def test_only_observers_notes_are_taken_and_each_of_the_others_has_its_receipt(round_: ARound) -> None:
    for actor in (round_.facilitator, round_.principal, round_.somebody(Role.DISTRICT_ADMIN)):
        tablet = ADevice(round_.slots()[0])
        receipts = await round_.post(actor, tablet, tablet.statement(), tablet.submit())
        assert [r["reason"]["code"] for r in receipts] == ["not_an_observer"] * 2
        ledger = await round_.world.ask(actor, "GET", f"/capture/ledger/{tablet.device_id}")
        assert (ledger.json()["count"], len(ledger.json()["refused"])) == (2, 2)
    assert (await round_.evidence(round_.observer()))["items"] == []


async def test_batches_are_bounded(round_: ARound) -> None:
    me, tablet = round_.observer(), ADevice(round_.slots()[0])
    many = [tablet.rating() for _ in range(501)]
    assert (await round_.world.ask(me, "POST", "/capture/batches", json=tablet.batch(*many))).status_code == 422
    large = [tablet.statement("x" * 10_000) for _ in range(101)]
    answer = await round_.world.ask(me, "POST", "/capture/batches", json=tablet.batch(*large))
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"


async def test_five_hundred_items_over_several_slots_go_in_one_batch(rounds_world: RoundsWorld) -> None:
    round_ = await rounds_world.a_round(rooms=5)
    me = round_.observer()
    tablet = ADevice(round_.slots()[0])
    items = [tablet.statement(f"Fact {n}.") | {"slot_id": str(round_.slots()[n % 5])} for n in range(500)]
    receipts = await round_.post(me, tablet, *items)
    assert {r["result"] for r in receipts} == {"stored"}
    first = await round_.evidence(me, limit=300)
    rest = await round_.evidence(me, limit=300, after=first["next"])
    assert rest["next"] is None
    assert {i["words"] for i in first["items"] + rest["items"]} == {f"Fact {n}." for n in range(500)}


async def test_the_log_holds_no_words_in_the_clear(round_: ARound) -> None:
    me, slot = round_.observer(), round_.slots()[0]
    await round_.note(me, slot, "Unmistakable zebra sentence.")
    async with round_.world.deps.db.reader(round_.district_id) as conn:
        data = await conn.fetch("select data::text as d from events where stream like 'notes-%'")
    assert data
    assert not any("zebra" in r["d"] for r in data)


async def test_a_second_process_with_an_older_memory_stores_once(rounds_world: RoundsWorld, round_: ARound) -> None:
    """Another process wrote to the same notes: the append finds out, reads anew and loses nothing."""
    me, tablet = round_.observer(), ADevice(round_.slots()[0])
    ours, theirs = (Capture(rounds_world.deps, SlotBook(rounds_world.deps)) for _ in range(2))
    first, second, third = (tablet.statement(f"{n}") for n in "123")
    assert await through(ours, round_, me, tablet, first) == ["stored"]
    assert await through(theirs, round_, me, tablet, first, second) == ["duplicate", "stored"]
    assert await through(ours, round_, me, tablet, second, third) == ["duplicate", "stored"]
    assert await stored_words(round_) == ["1", "2", "3"]


async def test_an_edit_against_an_older_memory_is_seen_as_the_conflict_it_is(
    rounds_world: RoundsWorld, round_: ARound
) -> None:
    me, slot = round_.observer(), round_.slots()[0]
    tablet, phone = ADevice(slot), ADevice(slot)
    ours, theirs = (Capture(rounds_world.deps, SlotBook(rounds_world.deps)) for _ in range(2))
    first = tablet.statement("Six hands.")
    assert await through(ours, round_, me, tablet, first) == ["stored"]
    assert await through(theirs, round_, me, phone, phone.amend(first, "Seven hands.")) == ["stored"]
    assert await through(ours, round_, me, tablet, tablet.amend(first, "Eight hands.")) == ["conflict"]
    (item,) = (await round_.evidence(me))["items"]
    assert (item["words"], item["revision"]) == ("Seven hands.", 1)
    assert [v["words"] for v in item["other_versions"]] == ["Eight hands."]


async def test_words_that_were_erased_stay_erased(round_: ARound) -> None:
    me, slot = round_.observer(), round_.slots()[0]
    tablet = ADevice(slot)
    first = tablet.statement("A name that should not be here.")
    await round_.post(me, tablet, first)
    await round_.world.deps.words.forget(round_.district_id, words_subject(round_.scheduled.round_id, me.person_id))
    (item,) = (await round_.evidence(me))["items"]
    assert (item["words"], item["minute"]) == (None, 3)
    receipts = await round_.post(me, tablet, first, tablet.statement("More."), tablet.rating())
    assert [r["result"] for r in receipts] == ["duplicate", "refused", "stored"]
    assert receipts[1]["reason"]["code"] == "subject-forgotten"


async def test_every_stored_item_is_one_event_with_its_own_id(round_: ARound) -> None:
    me, slot = round_.observer(), round_.slots()[0]
    await round_.note(me, slot, *LONG_FACTS, submit=True)
    file = await round_file(round_.world.deps, round_.district_id, round_.scheduled.round_id)
    held = await round_notes(round_.world.deps, round_.district_id, file)
    assert len(held.notes[slot, me.person_id].received) == 5


async def test_a_new_client_id_of_the_same_statement_is_another_statement(round_: ARound) -> None:
    me, tablet = round_.observer(), ADevice(round_.slots()[0])
    first = tablet.statement("Same words.")
    second = tablet.statement("Same words.") | {"client_id": str(new_id())}
    receipts = await round_.post(me, tablet, first, second)
    assert [r["result"] for r in receipts] == ["stored", "stored"]
    assert await stored_words(round_) == ["Same words.", "Same words."]
