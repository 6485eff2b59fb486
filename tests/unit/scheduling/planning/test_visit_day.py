"""The visit day: every room visited, never two teams in a room; repaired with the least change while it runs."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from services.scheduling.planning.supervise import run, running
from services.scheduling.planning.visit_day.check import check_day
from services.scheduling.planning.visit_day.generate import generate_day
from services.scheduling.planning.visit_day.tasks import DayPlan, DayRepair, DayRepairTask, Room, RoomOut, to_json

DAY = generate_day(8, 2, 1, slots=6)


async def planned() -> DayPlan:
    outcome = await run("visit_day", to_json(DAY), seconds=2)
    assert outcome.result is not None, outcome.words
    return msgspec.json.decode(outcome.result, type=DayPlan)


async def test_a_day_is_planned_with_teams_rotation_and_debrief_and_repaired_once_it_runs() -> None:
    plan = await planned()
    assert check_day(DAY, plan) == []
    assert plan.debrief is not None
    assert plan.bound <= plan.cost + 1e-6
    last = max(plan.visits, key=lambda v: v.slot)
    task = DayRepairTask(day=DAY, plan=plan, now=DAY.slots[1].id, rooms_out=(RoomOut(room=last.room),))
    outcome = await run("visit_day_repair", to_json(task), seconds=20)
    assert outcome.result is not None, outcome.words
    repair = msgspec.json.decode(outcome.result, type=DayRepair)
    shut = tuple(replace(r, open_slots=(DAY.slots[0].id,)) if r.id == last.room else r for r in DAY.rooms)
    assert check_day(replace(DAY, rooms=shut), repair.plan, begun=True) == []
    hit = {v.team for v in plan.visits if v.room == last.room and v.slot != DAY.slots[0].id}
    assert set(repair.teams_told) <= hit
    begun = [v for v in plan.visits if v.slot == DAY.slots[0].id]
    assert [v for v in repair.plan.visits if v.slot == DAY.slots[0].id] == begun


async def test_a_day_without_time_to_search_is_as_good_as_the_one_that_is_known() -> None:
    known = await planned()
    outcome = await run("visit_day", to_json(replace(DAY, known=(known,))), seconds=0)
    assert outcome.result is not None, outcome.words
    plan = msgspec.json.decode(outcome.result, type=DayPlan)
    assert check_day(DAY, plan) == []
    assert plan.cost <= known.cost
    assert len(plan.visits) == len(known.visits)


async def test_a_search_that_is_stopped_hands_its_best_over_at_once() -> None:
    large = generate_day(120, 10)
    async with running("visit_day", to_json(large), seconds=600, grace=60) as job:
        async for told in job.progress():
            if told.cost is not None:
                await job.stop()
    assert job.outcome.ended == "stopped"
    assert job.outcome.result is not None, job.outcome.words
    assert check_day(large, msgspec.json.decode(job.outcome.result, type=DayPlan)) == []


async def test_a_day_that_cannot_be_is_told_by_room_and_number() -> None:
    never = replace(DAY, rooms=(*DAY.rooms, Room(id="gym", name="The gym", open_slots=())))
    outcome = await run("visit_day", to_json(never), seconds=20)
    assert outcome.result is not None, outcome.words
    told = msgspec.json.decode(outcome.result)
    assert told["type"] == "no_plan"
    assert told["sentences"][0] == {
        "en": "The gym can be visited in 0 slots, but 1 visits are wanted.",
        "es": "The gym admite visitas en 0 horas, pero se piden 1.",
    }


async def test_the_checker_names_two_teams_in_one_room() -> None:
    plan = await planned()
    first = plan.visits[0]
    other = next(t.id for t in plan.teams if t.id != first.team)
    wrong = replace(plan, visits=(*plan.visits, replace(first, team=other)))
    assert {"two_teams", "two_rooms"} <= {v.rule for v in check_day(DAY, wrong)}
