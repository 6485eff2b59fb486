"""What a device downloads for the day, what it tells of itself, and who reads that."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from services.rounds.rounds.queries import round_stream
from shared.access import Actor, Role
from shared.messages import CommandContext, utc_now
from tests.integration.rounds.world import RoundsWorld
from tests.support.rounds import a_plan


async def test_the_day_holds_all_that_a_visit_needs_and_the_observers_own_notes_alone(
    rounds_world: RoundsWorld,
) -> None:
    made = await rounds_world.a_round()
    me, other = made.observer(0), made.observer(1)
    slot_id = made.slots()[0]
    await made.note(me, slot_id, "Four students wrote.", submit=True)
    await made.note(other, slot_id, "Two students read aloud.")

    day = (await rounds_world.ask(me, "GET", "/capture/day?from=2026-01-01")).json()
    [visit] = [v for v in day["visits"] if v["round_id"] == str(made.scheduled.round_id)]
    assert day["person_id"] == str(me.person_id)
    assert visit["problem"]
    assert len(visit["focus_questions"]) == 2
    assert visit["instrument"]["items"]
    assert [s["slot_id"] for s in visit["slots"]] == [str(s) for s in made.slots()]
    first = visit["slots"][0]
    assert (first["minutes"], first["submitted"]) == (20, True)
    assert [(s["words"], s["revision"]) for s in first["statements"]] == [("Four students wrote.", 0)]


async def test_a_slot_that_the_running_day_lost_is_there_for_who_wrote_in_it(rounds_world: RoundsWorld) -> None:
    made = await rounds_world.a_round(rooms=2)
    me, other = made.observer(0), made.observer(1)
    gone, instead = made.slots()[-1], uuid4()
    await made.note(me, gone, "Four students wrote.")
    slots = tuple(
        s.model_copy(update={"slot_id": instead, "room": "Library"}) if s.slot_id == gone else s
        for s in made.scheduled.slots
    )
    mended = made.scheduled.model_copy(update={"slots": slots})
    await rounds_world.deps.rounds.handle(
        round_stream(mended.round_id), a_plan(mended, plan_version=2), CommandContext(made.district_id, None)
    )

    async def slots_of(actor: Actor) -> list[str]:
        day = (await rounds_world.ask(actor, "GET", "/capture/day?from=2026-01-01")).json()
        [visit] = [v for v in day["visits"] if v["round_id"] == str(mended.round_id)]
        return [s["slot_id"] for s in visit["slots"]]

    rest = [str(s) for s in made.slots()[:-1]]
    assert set(await slots_of(me)) == {*rest, str(gone), str(instead)}
    assert set(await slots_of(other)) == {*rest, str(instead)}
    await made.note(other, gone, "Two students read aloud.")  # from a tablet that has not heard of it
    assert str(gone) in await slots_of(other)


async def test_both_versions_of_a_conflict_come_with_the_day_and_an_edit_settles_it(rounds_world: RoundsWorld) -> None:
    made = await rounds_world.a_round()
    me, slot_id = made.observer(0), made.slots()[0]
    tablet, phone = made.device(me, slot_id), made.device(me, made.slots()[1])
    phone.slot_id = slot_id
    first = tablet.statement("Teacher asked.")
    await made.post(me, tablet, first, tablet.amend(first, "Teacher asked twice."))
    [receipt] = await made.post(me, phone, phone.amend(first, "Teacher asked thrice.", base_revision=0))
    assert (receipt["result"], receipt["version"]) == ("conflict", 1)

    async def held() -> tuple[str, list[str], int]:
        day = (await rounds_world.ask(me, "GET", "/capture/day?from=2026-01-01")).json()
        [visit] = [v for v in day["visits"] if v["round_id"] == str(made.scheduled.round_id)]
        [s] = visit["slots"][0]["statements"]
        return s["words"], [o["words"] for o in s["others"]], s["revision"]

    assert await held() == ("Teacher asked twice.", ["Teacher asked thrice."], 1)
    await made.post(me, tablet, tablet.amend(first, "Teacher asked three times.", base_revision=1))
    assert await held() == ("Teacher asked three times.", [], 2)


async def test_a_queue_is_taken_from_its_own_observer_alone(rounds_world: RoundsWorld) -> None:
    made = await rounds_world.a_round()
    mine, slot_id = made.observer(0), made.slots()[0]
    device = made.device(mine, slot_id)
    batch = device.batch(device.statement()) | {"observer_id": str(mine.person_id)}
    refused = await rounds_world.ask(made.observer(1), "POST", "/capture/batches", json=batch)
    assert (refused.status_code, refused.json()["code"]) == (403, "other_person")
    assert (await rounds_world.ask(mine, "POST", "/capture/batches", json=batch)).json()["receipts"][0][
        "result"
    ] == "stored"


async def test_a_device_is_given_its_secret_again_and_tells_the_administrator_how_it_fares(
    rounds_world: RoundsWorld,
) -> None:
    made = await rounds_world.a_round()
    me, device_id = made.observer(0), uuid4()
    late = utc_now() - timedelta(days=1)

    async def report(actor: object, unsent: int) -> dict[str, object]:
        said = {"sent_at": late.isoformat(), "unsent": unsent, "kind": "Android, Chrome", "installed": True}
        told: dict[str, object] = (
            await rounds_world.ask(actor, "PUT", f"/capture/devices/{device_id}", json=said)  # type: ignore[arg-type]
        ).json()
        return told

    first, again = await report(me, 3), await report(me, 7)
    assert first["secret"] == again["secret"]
    assert (await report(made.observer(1), 0))["secret"] != first["secret"], "one device, two people, two secrets"

    admin = made.somebody(Role.DISTRICT_ADMIN)
    listed = (await rounds_world.ask(admin, "GET", "/operations/devices?limit=1")).json()
    rest = (await rounds_world.ask(admin, "GET", f"/operations/devices?after={listed['next']}")).json()
    [mine] = [d for d in (*listed["items"], *rest["items"]) if d["person_id"] == str(me.person_id)]
    assert (mine["unsent"], mine["kind"], mine["installed"]) == (7, "Android, Chrome", True)
    assert abs(mine["skew_seconds"] + 86_400) < 60
    assert (await rounds_world.ask(me, "GET", "/operations/devices")).status_code == 403
