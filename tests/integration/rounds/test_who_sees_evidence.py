"""Who reads whose notes at which stage: every role, every route that holds evidence, every stage."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from shared.access import Actor, Role
from tests.integration.rounds.world import ARound, RoundsWorld

Way = Callable[[ARound], Awaitable[None]]


async def noted(round_: ARound) -> None:
    """Everyone but one observer of team 1 has handed in."""
    for t in (0, 1):
        for n in range(3):
            for slot_id in round_.slots(t):
                await round_.note(
                    round_.observer(n, team=t), slot_id, f"Team {t} observer {n}.", submit=(t, n) != (0, 2)
                )


async def team_complete(round_: ARound) -> None:
    await noted(round_)
    for slot_id in round_.slots(0):
        device = round_.device(round_.observer(2), slot_id)
        await round_.post(round_.observer(2), device, device.submit())


async def described(round_: ARound) -> None:
    await noted(round_)
    await round_.open("describe")


async def closed(round_: ARound) -> None:
    await round_.to_synthesis()


async def released(round_: ARound) -> None:
    await round_.to_synthesis()
    await round_.ok(round_.facilitator, "POST", "/release")


STAGES: dict[str, Way] = {
    "noted": noted,
    "team_complete": team_complete,
    "described": described,
    "closed": closed,
    "released": released,
}
OBSERVER_READS = {
    "noted": "own",
    "team_complete": "team",
    "described": "round",
    "closed": "round",
    "released": "round",
}
FACILITATOR_READS = {"noted": 200, "team_complete": 200, "described": 200, "closed": 410, "released": 410}


def outsiders(round_: ARound) -> dict[str, Actor]:
    return {
        "host principal": round_.principal,
        "other principal": round_.somebody(Role.HOST_PRINCIPAL),
        "district leader": round_.somebody(Role.DISTRICT_LEADER),
        "district admin": round_.somebody(Role.DISTRICT_ADMIN),
        "analyst": round_.somebody(Role.ANALYST),
        "teacher": round_.teacher,
        "coach": round_.somebody(Role.COACH),
        "other facilitator": round_.somebody(Role.FACILITATOR),
        "other observer": round_.somebody(Role.OBSERVER),
    }


@pytest.mark.parametrize("stage", STAGES)
async def test_evidence_is_read_by_role_and_stage_alone(rounds_world: RoundsWorld, stage: str) -> None:
    round_ = await rounds_world.a_round(teams=2, rooms=4)
    await STAGES[stage](round_)

    for name, actor in outsiders(round_).items():
        answer = await rounds_world.ask(actor, "GET", round_.path + "/evidence")
        assert answer.status_code == 404, f"{name} at {stage}: {answer.text}"
        assert "Team" not in answer.text

    mine = await round_.evidence(round_.observer(0))
    assert mine["reading"] == OBSERVER_READS[stage]
    seen = {i["words"] for i in mine["items"]}
    if stage == "noted":
        assert seen == {"Team 0 observer 0."}
    elif stage == "team_complete":
        assert seen == {f"Team 0 observer {n}." for n in range(3)}
    elif stage == "described":
        assert seen == {f"Team {t} observer {n}." for t in (0, 1) for n in range(3)}

    answer = await rounds_world.ask(round_.facilitator, "GET", round_.path + "/evidence")
    assert answer.status_code == FACILITATOR_READS[stage], answer.text


@pytest.mark.parametrize("stage", STAGES)
async def test_released_words_are_read_only_after_release_and_only_in_their_school(
    rounds_world: RoundsWorld, stage: str
) -> None:
    round_ = await rounds_world.a_round(teams=2, rooms=4)
    await STAGES[stage](round_)
    expected = 200 if stage == "released" else 404
    for actor in (
        round_.principal,
        round_.teacher,
        round_.somebody(Role.DISTRICT_LEADER),
        round_.facilitator,
    ):
        answer = await rounds_world.ask(actor, "GET", round_.path + "/synthesis")
        assert answer.status_code == expected, answer.text
    for name, actor in outsiders(round_).items():
        if name in ("host principal", "district leader", "teacher"):
            continue
        answer = await rounds_world.ask(actor, "GET", round_.path + "/synthesis")
        assert answer.status_code in (403, 404), f"{name} at {stage}"


async def test_the_facilitator_reads_without_names_in_an_order_that_betrays_nobody(rounds_world: RoundsWorld) -> None:
    round_ = await rounds_world.a_round(teams=2, rooms=4)
    await noted(round_)
    answer = await rounds_world.ask(round_.facilitator, "GET", round_.path + "/evidence")
    page = answer.json()
    assert page["reading"] == "deidentified"
    observers = {str(o) for t in round_.scheduled.teams for o in t.observer_ids}
    assert not any(o in answer.text for o in observers)
    for item in page["items"]:
        assert item["room"].startswith("Room")
        assert (item["mine"], item["client_id"], item["device_time"], item["received_at"], item["skew_seconds"]) == (
            False, None, None, None, None,
        )  # fmt: skip
    again = (await round_.evidence(round_.facilitator))["items"]
    assert [i["id"] for i in again] == [i["id"] for i in page["items"]], "the order is stable"
    written = [i["words"] for i in page["items"]]
    assert written != sorted(written)


async def test_a_withdrawn_statement_is_shown_to_its_writer_alone(rounds_world: RoundsWorld) -> None:
    round_ = await rounds_world.a_round()
    me, slot = round_.observer(), round_.slots()[0]
    tablet = round_.device(me, slot)
    gone = tablet.statement("Taken back.")
    await round_.post(me, tablet, gone, tablet.statement("Kept."), tablet.withdraw(gone))
    assert {i["words"]: i["withdrawn"] for i in (await round_.evidence(me))["items"]} == {
        "Taken back.": True,
        "Kept.": False,
    }
    assert [i["words"] for i in (await round_.evidence(round_.facilitator))["items"]] == ["Kept."]


async def test_who_left_a_team_keeps_own_notes_and_sees_no_others(rounds_world: RoundsWorld) -> None:
    from services.rounds.rounds.queries import round_stream
    from shared.messages import CommandContext
    from tests.support.rounds import a_plan

    round_ = await rounds_world.a_round(prepared=False)
    leaver = round_.observer(0)
    for n in range(3):
        for slot_id in round_.slots():
            await round_.note(round_.observer(n), slot_id, f"Observer {n}.", submit=True)
    plan = a_plan(round_.scheduled, plan_version=2)
    team = plan.teams[0].model_copy(update={"observer_ids": plan.teams[0].observer_ids[1:]})
    await rounds_world.deps.rounds.handle(
        round_stream(plan.round_id),
        plan.model_copy(update={"teams": (team,)}),
        CommandContext(round_.district_id, None),
    )
    page = await round_.evidence(leaver)
    assert (page["reading"], {i["words"] for i in page["items"]}) == ("own", {"Observer 0."})
    team_page = await round_.evidence(round_.observer(1))
    assert {i["words"] for i in team_page["items"]} == {"Observer 1.", "Observer 2."}


async def test_rounds_are_listed_and_read_by_those_whom_they_concern(rounds_world: RoundsWorld) -> None:
    round_ = await rounds_world.a_round()
    other = await rounds_world.a_round(district_id=round_.district_id)
    both = {str(r.scheduled.round_id) for r in (round_, other)}
    one = {str(round_.scheduled.round_id)}
    for actor, expected in (
        (round_.somebody(Role.DISTRICT_LEADER), both),
        (round_.facilitator, one),
        (round_.observer(), one),
        (round_.principal, one),
        (round_.somebody(Role.OBSERVER), set()),
    ):
        items = (await rounds_world.ask(actor, "GET", "/rounds")).json()["items"]
        assert {i["round_id"] for i in items} == expected
        for r in (round_, other):
            answer = await rounds_world.ask(actor, "GET", r.path)
            assert answer.status_code == (200 if str(r.scheduled.round_id) in expected else 404)
    leader_elsewhere = (await rounds_world.a_round()).somebody(Role.DISTRICT_LEADER)
    assert (await rounds_world.ask(leader_elsewhere, "GET", round_.path)).status_code == 404
    assert (await rounds_world.ask(round_.teacher, "GET", round_.path)).status_code == 403


async def test_who_handed_in_is_told_to_the_rounds_own_people_alone(rounds_world: RoundsWorld) -> None:
    round_ = await rounds_world.a_round()
    await round_.note(round_.observer(), round_.slots()[0], "x", submit=True)
    for actor, expected in (
        (round_.facilitator, [1, 0]),
        (round_.observer(), [1, 0]),
        (round_.principal, [None, None]),
        (round_.somebody(Role.DISTRICT_LEADER), [None, None]),
    ):
        body = await round_.ok(actor, "GET", "")
        assert [s["submitted"] for s in body["slots"]] == expected
