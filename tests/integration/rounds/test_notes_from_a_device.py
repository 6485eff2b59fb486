"""Coaching notes that a device hands in: taken once, sealed, read by whom the protocol names; late is not lost."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from shared.access import Actor
from shared.messages import utc_now
from tests.integration.rounds.coaching import ACycle, ok
from tests.integration.rounds.world import RoundsWorld

NOTES = "observation-notes"


class Pad:
    """A device of one person that numbers its items; `post` answers the receipts."""

    def __init__(self, cycle: ACycle, who: Actor) -> None:
        self.cycle, self.who, self.device_id, self.seq = cycle, who, str(uuid4()), 0

    def item(self, artefact: str, fields: dict[str, Any], **rest: Any) -> dict[str, Any]:
        self.seq += 1
        made = {"seq": self.seq, "client_id": str(uuid4()), "kind": "note", "cycle_id": self.cycle.cycle_id,
                "artefact": artefact, "stage": "observe", "turn": 1, "fields": fields,
                "device_time": utc_now().isoformat(), "elapsed_seconds": 60}  # fmt: skip
        return made | rest

    def line(self, words: str, minute: int = 3) -> dict[str, Any]:
        return self.item(NOTES, {"notes": [{"minute": minute, "seen": words}]})

    async def post(self, *items: dict[str, Any]) -> list[dict[str, Any]]:
        batch = {"device_id": self.device_id, "sent_at": utc_now().isoformat(),
                 "observer_id": str(self.who.person_id), "items": list(items)}  # fmt: skip
        answer = await ok(self.cycle.world, self.who, "POST", "/capture/batches", json=batch)
        receipts: list[dict[str, Any]] = answer["receipts"]
        return receipts

    async def results(self, *items: dict[str, Any]) -> list[str]:
        return [r["reason"]["code"] if r["result"] == "refused" else r["result"] for r in await self.post(*items)]

    async def ledger(self) -> dict[str, Any]:
        found: dict[str, Any] = await ok(self.cycle.world, self.who, "GET", f"/capture/ledger/{self.device_id}")
        return found


async def observing(world: RoundsWorld) -> ACycle:
    cycle = await ACycle.gather(world, "peer-observation")
    await cycle.agree()
    await cycle.open("pre-conference")
    await cycle.write_stage("pre-conference")
    await cycle.open("observe")
    return cycle


async def lines(cycle: ACycle, reader: Actor) -> list[str]:
    held = [a for a in (await cycle.see(reader))["artefacts"] if a["artefact"] == NOTES]
    return [n["seen"] for a in held for n in (a["fields"] or {}).get("notes", [])]


async def test_lines_come_in_once_whatever_is_repeated_and_only_who_may_reads_them(rounds_world: RoundsWorld) -> None:
    cycle = await observing(rounds_world)
    observee, observer = cycle.people
    pad, phone = Pad(cycle, observer), Pad(cycle, observer)
    day = await ok(rounds_world, observer, "GET", "/capture/day")
    [mine] = day["cycles"]
    assert (mine["stage"], [k["artefact"]["id"] for k in mine["kinds"]]) == ("observe", [NOTES])
    assert [s["artefact"]["id"] for s in mine["shown"]] == ["focus"]
    assert (await ok(rounds_world, observee, "GET", "/capture/day"))["cycles"] == []

    first, second = pad.line("Four pairs talked."), pad.line("“Why?” was asked twice.", 5)
    malformed = pad.line("") | {"turn": 0}
    assert await pad.results(first, malformed, second) == ["stored", "malformed", "stored"]
    assert await pad.results(first, second, first) == ["duplicate"] * 3, "the answer was lost"
    assert await phone.results(phone.line("Three wrote."), phone.item(NOTES, {"summary": "Talk, then silence."})) == [
        "stored",
        "stored",
    ]
    reused = pad.line("Another line.") | {"seq": 1}
    assert await pad.results(reused) == ["sequence_reused"]
    assert await lines(cycle, observer) == ["Four pairs talked.", "“Why?” was asked twice.", "Three wrote."]
    assert await lines(cycle, observee) == [], "a draft is its author's"
    ledger = await pad.ledger()
    assert (ledger["count"], ledger["gaps"], [r["seq"] for r in ledger["refused"]]) == (3, [], [3])
    assert (await phone.ledger())["count"] == 2

    assert await pad.results(pad.item(NOTES, {}, ready=True)) == ["stored"]
    assert len(await lines(cycle, observee)) == 3
    held = await rounds_world.deps.store.read_stream(f"cycle-{cycle.cycle_id}", observer.district_id)
    assert not [e for e in held if b"pairs talked" in e.data], "sealed in the log"


async def test_late_is_not_lost_and_what_cannot_be_taken_says_why(rounds_world: RoundsWorld) -> None:
    cycle = await observing(rounds_world)
    observee, observer = cycle.people
    pad = Pad(cycle, observer)
    assert await pad.results(pad.line("Early."), pad.item(NOTES, {}, ready=True)) == ["stored", "stored"]
    await cycle.open("feedback-conference")
    assert await pad.results(pad.line("Written then, sent now.")) == ["stored"]
    assert await lines(cycle, observee) == ["Early.", "Written then, sent now."]
    assert await pad.results(
        pad.item(NOTES, {"notes": [{"minute": 900, "seen": "x"}]}),
        pad.item("feedback", {"points": []}),
        pad.item(NOTES, {"summary": "x"}) | {"cycle_id": str(uuid4())},
    ) == ["not_filled_in", "unknown_note", "not_your_cycle"]
    stranger = Pad(cycle, observee)
    assert await stranger.results(stranger.line("Not mine to write.")) == ["not_your_part"]
    assert len((await pad.ledger())["refused"]) == 3

    await ok(rounds_world, observee, "POST", cycle.path + "/leave")
    assert await pad.results(pad.line("Too late.")) == ["cycle_ended"]


async def test_a_note_stays_of_its_kind_whatever_ids_a_device_gives(rounds_world: RoundsWorld) -> None:
    cycle = await ACycle.gather(rounds_world, "reflective-practice")
    await cycle.agree()
    await cycle.open("experience")
    [author] = cycle.people
    pad = Pad(cycle, author)
    fields = {"day": "2026-11-02", "happened": "The quiet row spoke."}
    first = pad.item("journal-experience", fields, stage="experience")
    again = pad.item("journal-reflection", {"going-on": "?"}, stage="reflection", artefact_id=first["client_id"])
    assert await pad.results(first, again) == ["stored", "unknown_note"], "in one delivery"
    later = pad.item("journal-reflection", {"going-on": "?"}, stage="reflection", artefact_id=first["client_id"])
    [told] = await pad.post(later)
    assert (told["reason"]["code"], told["reason"]["mend"]) == ("unknown_note", "Write it into a new note.")
    assert told["reason"]["es"] == {
        "lang": "es",
        "detail": "Esta nota es de otro tipo.",
        "mend": "Escríbalo en una nota nueva.",
    }
    [held] = (await cycle.see(author))["artefacts"]
    assert (held["artefact"], held["revision"], held["fields"]["happened"]) == (
        "journal-experience", 1, "The quiet row spoke.",
    )  # fmt: skip


async def test_a_journal_is_written_on_a_device_by_somebody_who_observes_nowhere(rounds_world: RoundsWorld) -> None:
    cycle = await ACycle.gather(rounds_world, "reflective-practice")
    await cycle.agree()
    await cycle.open("experience")
    [author] = cycle.people
    pad = Pad(cycle, author)
    page = pad.item(
        "journal-experience", {"day": "2026-11-02", "happened": "Nobody asked."}, stage="experience", ready=True
    )
    other = pad.item("journal-experience", {"day": "2026-11-03"}, stage="experience", ready=True)
    assert await pad.results(page, other, page) == ["stored", "not_filled_in", "duplicate"]
    [held] = (await cycle.see(author))["artefacts"]
    assert (held["fields"]["happened"], held["artefact_id"]) == ("Nobody asked.", page["client_id"])
    round_ = await rounds_world.a_round()
    slot = pad.item("x", {}) | {"kind": "submit", "slot_id": str(round_.slots()[0])}
    for key in ("cycle_id", "artefact", "stage", "turn", "fields"):
        del slot[key]
    later = pad.item("journal-experience", {"happened": "“Why?” was asked once."}, stage="experience")
    assert await pad.results(slot, later) == ["not_an_observer", "stored"], "one does not hold up the other"


async def test_a_device_is_told_which_cycles_it_forgets(rounds_world: RoundsWorld) -> None:
    cycle = await observing(rounds_world)
    for actor in cycle.people:
        assert (await ok(rounds_world, actor, "GET", "/capture/day"))["erased"] == []
    await ok(rounds_world, cycle.people[0], "POST", cycle.path + "/leave")
    for actor in cycle.people:
        day = await ok(rounds_world, actor, "GET", "/capture/day")
        assert (day["erased"], day["cycles"]) == ([cycle.cycle_id], [])
    group = await ACycle.gather(rounds_world, "lesson-study", 4)
    leaver, *stay = reversed(group.people)
    await ok(rounds_world, leaver, "POST", group.path + "/leave")
    assert (await ok(rounds_world, leaver, "GET", "/capture/day"))["erased"] == [group.cycle_id]
    for actor in stay:
        assert (await ok(rounds_world, actor, "GET", "/capture/day"))["erased"] == [], "what they wrote stays"
