"""Scheduling a round by hand: what is possible is kept, what is not is refused with a sentence each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from uuid import UUID, uuid4

import pytest
from pydantic import ValidationError

from services.scheduling.classrooms.events import ClassroomListed
from services.scheduling.rounds.check import findings
from services.scheduling.rounds.commands import (
    Begun,
    CancelRound,
    Facts,
    KnownPerson,
    Plan,
    PlannedSlot,
    PlannedTeam,
    RescheduleRound,
    ScheduleRound,
)
from services.scheduling.rounds.decide import planned_round
from services.scheduling.rounds.events import RoundPlanCancelled, RoundPlanned, RoundReplanned
from shared.errors import NotFound, Refused
from shared.said import Said, say

HOST, OTHER = uuid4(), uuid4()
FACILITATOR, *OBSERVERS = (uuid4() for _ in range(9))
ROOM_1, ROOM_2 = uuid4(), uuid4()
WEDNESDAY = date(2026, 11, 4)


def facts(**changes: object) -> Facts:
    people = {
        p: KnownPerson(f"Person {n}", frozenset({OTHER}), frozenset({"facilitator", "observer"}))
        for n, p in enumerate([FACILITATOR, *OBSERVERS])
    }
    rooms = {
        r: ClassroomListed(classroom_id=r, school_id=HOST, room=name, grade_band="3-5", subject="Mathematics")
        for r, name in ((ROOM_1, "Room 1"), (ROOM_2, "Room 2"))
    }
    known = Facts(
        today=date(2026, 10, 1),
        timezone="America/New_York",
        school_name="Alder Elementary",
        closed=None,
        early_release=None,
        people=people,
        classrooms=rooms,
    )
    return replace(known, **changes)


def plan(**changes: object) -> Plan:
    possible = Plan(
        school_id=HOST,
        day=WEDNESDAY,
        facilitator_id=FACILITATOR,
        teams=(
            PlannedTeam(name="Team 1", observer_ids=tuple(OBSERVERS[:4]), timekeeper_id=OBSERVERS[0]),
            PlannedTeam(name="Team 2", observer_ids=tuple(OBSERVERS[4:8])),
        ),
        slots=(
            slot(0, ROOM_1, "09:00", "09:20"),
            slot(1, ROOM_2, "09:00", "09:20"),
            slot(0, ROOM_2, "09:25", "09:45"),
            slot(1, ROOM_1, "09:25", "09:45"),
        ),
    )
    return possible.model_copy(update=changes)


def slot(team: int, room: UUID, starts: str, ends: str) -> PlannedSlot:
    return PlannedSlot(
        team=team, classroom_id=room, starts_at=time.fromisoformat(starts), ends_at=time.fromisoformat(ends)
    )


def _overlapping(*rooms: UUID) -> tuple[PlannedSlot, ...]:
    return slot(0, rooms[0], "09:00", "09:20"), slot(0, rooms[1], "09:10", "09:30")


def codes(a_plan: Plan, known: Facts) -> list[str]:
    return [f.code for f in findings(a_plan, known) if f.refuses]


def scheduled() -> RoundPlanned:
    (event,) = planned_round.decide(ScheduleRound(uuid4(), plan(), facts()), None)
    assert isinstance(event, RoundPlanned)
    return event


def test_a_possible_plan_is_kept_whole_with_its_times_in_the_districts_zone() -> None:
    event = scheduled()
    assert [s.starts_at.isoformat() for s in event.slots][:2] == ["2026-11-04T09:00:00-05:00"] * 2
    assert [s.room for s in event.slots] == ["Room 1", "Room 2", "Room 2", "Room 1"]
    assert len({s.slot_id for s in event.slots}) == 4
    assert findings(plan(), facts()) == []


def test_nobody_visits_their_own_school() -> None:
    known = facts()
    people = dict(known.people) | {OBSERVERS[0]: KnownPerson("Ana Ruiz", frozenset({HOST}), frozenset({"observer"}))}
    with pytest.raises(Refused, match="Ana Ruiz works at Alder Elementary") as refusal:
        planned_round.decide(ScheduleRound(uuid4(), plan(), replace(known, people=people)), None)
    assert refusal.value.code == "own_school"
    assert refusal.value.where == "teams/0/observer_ids/0"


def test_a_person_who_is_elsewhere_that_day_is_refused_by_name_and_place() -> None:
    found = findings(plan(), facts(booked={OBSERVERS[5]: "Birch Middle"}))
    assert [f.say for f in found] == [
        Said(
            "Person 6 is already at Birch Middle on Wednesday 4 November 2026.",
            "Person 6 ya está en Birch Middle el miércoles 4 de noviembre de 2026.",
        )
    ]
    assert found[0].told()["es"] == {
        "lang": "es",
        "detail": found[0].say.es,
        "mend": "Elija otro día u otra persona.",
    }


@pytest.mark.parametrize(
    ("known", "a_plan", "code"),
    [
        (facts(closed=Said("there is no school (Diwali)", "no hay clases (Diwali)")), plan(), "no_school_day"),
        (facts(hosting=True), plan(), "already_hosting"),
        (facts(school_name=None), plan(), "unknown_school"),
        (facts(people={}), plan(), "unknown_person"),
        (facts(), plan(facilitator_id=OBSERVERS[0]), "named_twice"),
        (facts(), plan(teams=(PlannedTeam(name="Team 1", observer_ids=()),), slots=()), "empty_team"),
        (
            facts(),
            plan(
                teams=(PlannedTeam(name="A", observer_ids=tuple(OBSERVERS[:3]), timekeeper_id=OBSERVERS[7]),), slots=()
            ),
            "timekeeper_outside",
        ),
        (facts(), plan(slots=(slot(2, ROOM_1, "09:00", "09:20"),)), "unknown_team"),
        (facts(), plan(slots=(slot(0, uuid4(), "09:00", "09:20"),)), "unknown_classroom"),
        (facts(), plan(slots=(slot(0, ROOM_1, "09:20", "09:00"),)), "slot_backwards"),
        (facts(), plan(slots=(slot(0, ROOM_1, "09:00", "09:50"),)), "slot_length"),
        (facts(), plan(slots=(slot(0, ROOM_1, "09:00", "09:20"), slot(1, ROOM_1, "09:10", "09:30"))), "room_taken"),
        (
            facts(),
            plan(slots=(slot(0, ROOM_1, "09:00", "09:20"), slot(0, ROOM_2, "09:10", "09:30"))),
            "team_in_two_rooms",
        ),
    ],
)
def test_an_impossible_plan_is_refused(known: Facts, a_plan: Plan, code: str) -> None:
    assert code in codes(a_plan, known)
    with pytest.raises(Refused) as refusal:
        planned_round.decide(ScheduleRound(uuid4(), a_plan, known), None)
    assert refusal.value.say
    assert refusal.value.say.en == refusal.value.detail != refusal.value.say.es
    told = refusal.value.extra["problems"]
    assert all(p["es"]["detail"] != p["detail"] and p["es"]["mend"] != p["mend"] for p in told)


def test_every_reason_is_told_at_once() -> None:
    snow = say("findings.closed.no_school", title="Snow")
    known = facts(closed=snow, hosting=True, booked={FACILITATOR: "Birch Middle"})
    assert codes(plan(), known) == ["no_school_day", "already_hosting", "double_booking"]


@pytest.mark.parametrize("beyond", [{"instrument_version": 10**30}, {"day": "9999-12-31"}, {"day": "0001-01-01"}])
def test_what_no_reader_of_the_log_can_hold_is_no_plan(beyond: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Plan.model_validate(plan().model_dump() | beyond)


def test_slots_that_touch_are_no_conflict() -> None:
    assert codes(plan(slots=(slot(0, ROOM_1, "09:00", "09:20"), slot(0, ROOM_2, "09:20", "09:40"))), facts()) == []


def test_advice_does_not_refuse() -> None:
    small = plan(teams=(PlannedTeam(name="Team 1", observer_ids=tuple(OBSERVERS[:2])),), slots=())
    assert {f.code for f in findings(small, facts())} == {"team_size", "no_slots"}
    assert planned_round.decide(ScheduleRound(uuid4(), small, facts()), None)


def test_a_changed_plan_keeps_the_ids_of_what_stays() -> None:
    held = scheduled()
    later = plan(slots=(*plan().slots[:2], slot(0, ROOM_2, "10:00", "10:20")))
    (event,) = planned_round.decide(RescheduleRound(held.round_id, later, facts()), held)
    assert isinstance(event, RoundReplanned)
    assert [s.slot_id for s in event.slots] == [s.slot_id for s in held.slots[:3]]


def test_the_same_plan_again_changes_nothing() -> None:
    held = scheduled()
    assert planned_round.decide(RescheduleRound(held.round_id, plan(), facts()), held) == []


def test_a_cancelled_round_is_not_changed_any_more() -> None:
    held = scheduled()
    (cancelled,) = planned_round.decide(CancelRound(held.round_id, date(2026, 10, 1)), held)
    assert isinstance(cancelled, RoundPlanCancelled)
    with pytest.raises(Refused, match="was cancelled"):
        planned_round.decide(RescheduleRound(held.round_id, plan(), facts()), planned_round.evolve(held, cancelled))


def test_a_round_whose_day_has_passed_is_history() -> None:
    with pytest.raises(Refused, match="has passed"):
        planned_round.decide(CancelRound(uuid4(), date(2026, 11, 5)), scheduled())


def test_a_round_that_was_never_scheduled_is_not_found() -> None:
    with pytest.raises(NotFound):
        planned_round.decide(CancelRound(uuid4(), date(2026, 11, 5)), None)


def test_an_instrument_that_nobody_can_read_is_not_pinned() -> None:
    wish = plan(instrument="our-notes", instrument_version=2)
    [found] = [f for f in findings(wish, facts(instrument_known=False)) if f.refuses]
    assert (found.code, found.where) == ("unknown_instrument", "instrument")
    assert "“our-notes” in version 2" in found.detail
    assert not [f for f in findings(wish, facts()) if f.refuses]


def test_a_visit_that_has_begun_keeps_its_day_and_its_instrument() -> None:
    begun = facts(begun=Begun(WEDNESDAY, plan().instrument, plan().instrument_version))
    assert not [f for f in findings(plan(), begun) if f.refuses]
    other = plan(instrument="our-notes", instrument_version=2, day=date(2026, 11, 5))
    assert {f.where: f.code for f in findings(other, begun) if f.refuses} == {
        "instrument": "visit_begun",
        "day": "visit_begun",
    }
    assert not [f for f in findings(other, facts()) if f.refuses]
