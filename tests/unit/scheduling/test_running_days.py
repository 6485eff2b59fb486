"""The repair of a running day, and pins of rounds that had to move."""

from __future__ import annotations

from datetime import date, time
from uuid import UUID, uuid4, uuid5

import pytest
from pydantic import ValidationError

from services.scheduling.pins.commands import SetBoardPin
from services.scheduling.pins.decide import board_pins
from services.scheduling.pins.events import BoardPinFreed, BoardPinSet
from services.scheduling.rounds.events import RoundPlanned
from services.scheduling.stage.facts import Room
from services.scheduling.visit_days.asking import Trouble
from services.scheduling.visit_days.events import LaidTeam, LaidVisit, Layout, VisitDayRepairAsked
from services.scheduling.visit_days.facts import DayFacts
from services.scheduling.visit_days.tasks import repair_task
from shared.errors import Refused

SCHOOL = UUID("6d1f4d52-0b3a-5c8e-9a77-2f0f6a1f6c11")
HOURS = [
    (time(8, 30), time(8, 50)),
    (time(9, 5), time(9, 25)),
    (time(9, 45), time(10, 5)),
    (time(10, 10), time(10, 30)),
]


def test_the_slots_of_a_running_day_are_in_the_order_of_the_clock() -> None:
    people = tuple(uuid5(SCHOOL, f"person {n}") for n in range(3))
    rooms = tuple(Room(uuid5(SCHOOL, str(n)), f"Room {n}", "3-5", "Science", None, (), None) for n in range(5))
    plan = RoundPlanned(
        round_id=uuid5(SCHOOL, "round"), school_id=SCHOOL, day=date(2099, 3, 4), timezone="America/New_York",
        facilitator_id=uuid5(SCHOOL, "facilitator"), instrument="instructional-core", instrument_version=1,
        teams=(), slots=(),
    )  # fmt: skip
    facts = DayFacts(plan, 1, plan.day, rooms, None, 20, {}, {})
    visits = tuple(
        LaidVisit(team=0, classroom_id=rooms[n].classroom_id, starts_at=begins, ends_at=ends, period=None)
        for n, (begins, ends) in enumerate(HOURS)
    )
    stands = Layout(teams=(LaidTeam(name="Team 1", observer_ids=people, timekeeper_id=people[0]),), visits=visits)
    asked = VisitDayRepairAsked(
        proposal_id=uuid5(SCHOOL, "proposal"), round_id=plan.round_id, school_id=SCHOOL, round_version=1,
        standing=stands, first=None, limit_seconds=8, kind="room_taken", since=time(9, 30),
        classroom_ids=(rooms[3].classroom_id,),
    )  # fmt: skip
    task = repair_task(facts, stands, asked)
    assert [s.start for s in task.day.slots] == ["08:30", "09:05", "09:45", "10:10"]
    assert task.repair is not None
    assert task.repair.now == task.day.slots[2].id, "the first that has not begun at half past nine"


def test_a_pin_of_a_round_that_had_to_move_gives_way_to_a_new_one() -> None:
    round_id, old, new = uuid4(), uuid4(), uuid4()
    held = board_pins.fold([BoardPinSet(pin_id=old, school_id=SCHOOL, day=date(2099, 3, 4), round_id=round_id)])
    moved = board_pins.decide(SetBoardPin(new, SCHOOL, date(2099, 3, 11), round_id, False), held)
    assert [type(e) for e in moved] == [BoardPinFreed, BoardPinSet]
    with pytest.raises(Refused):
        board_pins.decide(SetBoardPin(new, SCHOOL, date(2099, 3, 4), round_id, False), held)


def test_a_time_with_an_offset_of_its_own_is_refused() -> None:
    room = str(uuid4())
    for wrong in ({"since": "09:30Z"}, {"since": "09:30", "until": "10:00+02:00"}):
        with pytest.raises(ValidationError, match="no offset"):
            Trouble.model_validate({"kind": "room_taken", "classroom_ids": [room], **wrong})
