"""A round's plan, its problem of practice and the opening of the visit."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from services.rounds.rounds.commands import OpenVisit, WithdrawRound, WriteProblemOfPractice
from services.rounds.rounds.decide import ROUND
from services.rounds.rounds.events import (
    FocusQuestion,
    ProblemOfPracticeWritten,
    ProtocolPinned,
    RoundOpened,
    RoundReplanned,
    RoundWithdrawn,
    StageOpened,
)
from shared.errors import NotFound
from shared.testing.given_decider import given
from tests.support.rounds import a_plan, a_scheduled_round, focus_questions

PROBLEM = WriteProblemOfPractice(
    problem="Students answer, but do not give reasons.",
    theory_of_action="If we ask for reasons, then students will argue from the content.",
    focus_questions=focus_questions(),
)


def test_a_scheduled_round_is_opened_whole() -> None:
    plan = a_plan()
    given(ROUND).when(plan).then(RoundOpened(**dict(plan)))


def test_the_same_plan_again_changes_nothing() -> None:
    plan = a_plan()
    given(ROUND).after(plan).when(plan).then_nothing()
    given(ROUND).after(plan).when(plan.model_copy(update={"plan_version": 2})).then_nothing()


def test_an_older_plan_that_comes_late_is_passed_over() -> None:
    first, second = a_plan(), a_plan(plan_version=2)
    second = second.model_copy(update={"round_id": first.round_id, "school_id": first.school_id})
    given(ROUND).after(second).when(first).then_nothing()


def test_before_the_visit_a_new_plan_replaces_the_old_and_the_problem_of_practice_stays() -> None:
    plan = a_plan()
    again = a_plan(plan_version=2, round_id=plan.round_id, school_id=plan.school_id)
    state = given(ROUND).after(plan, PROBLEM).when(again).then(RoundReplanned(**dict(again)))
    assert state.problem is not None
    assert {s for s, once in state.slots.items() if once.planned} == {s.slot_id for s in again.slots}


def test_a_slot_that_left_the_plan_still_takes_notes_from_its_observers() -> None:
    plan = a_plan()
    again = a_plan(plan_version=2, round_id=plan.round_id, school_id=plan.school_id)
    state = given(ROUND).after(plan, again).state
    assert state.slots[plan.slots[0].slot_id].observer_ids == frozenset(plan.teams[0].observer_ids)


def test_a_round_stays_with_its_host_school() -> None:
    plan = a_plan()
    given(ROUND).after(plan).when(plan.model_copy(update={"school_id": uuid4(), "plan_version": 2})).then_refused(
        "other_school"
    )


def test_during_the_visit_a_new_plan_adds_people_and_keeps_the_instrument() -> None:
    plan = a_plan()
    newcomer = uuid4()
    other = a_plan(plan_version=2, round_id=plan.round_id, school_id=plan.school_id, instrument="ipg")
    team = plan.teams[0].model_copy(update={"observer_ids": (newcomer,)})
    changed = other.model_copy(update={"teams": (team,)})
    event = given(ROUND).after(plan, PROBLEM, OpenVisit()).when(changed).then_one(RoundReplanned)
    assert isinstance(event, RoundReplanned)
    assert event.instrument == plan.instrument
    assert event.teams[0].observer_ids == (*plan.teams[0].observer_ids, newcomer)


def test_during_the_visit_the_rest_of_the_day_is_mended() -> None:
    plan = a_plan()
    gone, kept = plan.slots[-1], plan.slots[:-1]
    instead = gone.model_copy(update={"slot_id": uuid4(), "classroom_id": uuid4()})
    later = kept[0].model_copy(update={"starts_at": kept[0].starts_at + timedelta(minutes=5)})
    changed = plan.model_copy(update={"plan_version": 2, "slots": (later, *kept[1:], instead)})
    story = given(ROUND).after(plan, PROBLEM, OpenVisit())
    event = story.when(changed).then_one(RoundReplanned)
    assert isinstance(event, RoundReplanned)
    assert event.slots == (*kept, instead), "what both plans have stays as the observers were told"
    state = story.after(changed).state
    assert not state.slots[gone.slot_id].planned
    assert state.slots[gone.slot_id].observer_ids, "notes that were taken there still have a home"
    back = story.after(changed).when(plan.model_copy(update={"plan_version": 3})).then_one(RoundReplanned)
    assert isinstance(back, RoundReplanned)
    assert back.slots == plan.slots


def test_during_the_visit_a_plan_of_another_day_leaves_out_nothing() -> None:
    plan = a_plan()
    other = a_plan(plan_version=2, round_id=plan.round_id, school_id=plan.school_id, day=plan.day + timedelta(days=7))
    event = given(ROUND).after(plan, PROBLEM, OpenVisit()).when(other).then_one(RoundReplanned)
    assert isinstance(event, RoundReplanned)
    assert event.day == plan.day
    assert {s.slot_id for s in event.slots} == {s.slot_id for s in (*plan.slots, *other.slots)}


def test_a_cancelled_round_is_withdrawn_once_and_a_new_plan_takes_it_up_again() -> None:
    plan = a_plan()
    story = given(ROUND).after(plan)
    story.when(WithdrawRound(plan_version=2)).then(
        RoundWithdrawn(round_id=plan.round_id, school_id=plan.school_id, plan_version=2)
    )
    withdrawn = story.after(WithdrawRound(plan_version=2))
    withdrawn.when(WithdrawRound(plan_version=3)).then_nothing()
    withdrawn.when(PROBLEM).then_refused("round_withdrawn")
    state = withdrawn.after(plan.model_copy(update={"plan_version": 3})).state
    assert not state.withdrawn


def test_the_host_writes_problem_theory_and_focus_questions() -> None:
    plan = a_plan()
    story = given(ROUND).after(plan)
    event = story.when(PROBLEM).then_one(ProblemOfPracticeWritten)
    assert isinstance(event, ProblemOfPracticeWritten)
    assert event.focus_questions == PROBLEM.focus_questions
    story.after(PROBLEM).when(PROBLEM).then_nothing()


@pytest.mark.parametrize("count", [0, 6])
def test_a_problem_of_practice_has_one_to_five_focus_questions(count: int) -> None:
    command = PROBLEM.model_copy(update={"focus_questions": focus_questions(count)})
    given(ROUND).after(a_plan()).when(command).then_refused("problem_of_practice_incomplete")


def test_all_that_is_missing_is_told_at_once() -> None:
    empty = FocusQuestion(focus_question_id=uuid4(), words=" ")
    command = WriteProblemOfPractice(problem=" ", theory_of_action="", focus_questions=(empty,))
    refused = given(ROUND).after(a_plan()).when(command).then_refused("problem_of_practice_incomplete")
    assert len(refused.extra["problems"]) == 3
    assert refused.say is not None
    assert refused.say.es == (
        "El problema de la práctica no tiene palabras. La teoría de acción no tiene palabras. "
        "Una pregunta de enfoque no tiene palabras."
    )


def test_the_visit_opens_only_with_a_problem_of_practice() -> None:
    plan = a_plan()
    story = given(ROUND).after(plan)
    story.when(OpenVisit()).then_refused("no_problem_of_practice")
    story.after(PROBLEM).when(OpenVisit()).then(
        ProtocolPinned(round_id=plan.round_id, protocol="instructional-rounds", protocol_version=1),
        StageOpened(round_id=plan.round_id, school_id=plan.school_id, stage="visit"),
    )


def test_once_the_visit_has_begun_the_problem_of_practice_stays() -> None:
    other = PROBLEM.model_copy(update={"problem": "Another one."})
    given(ROUND).after(a_plan(), PROBLEM, OpenVisit()).when(other).then_refused("visit_has_begun")


def test_a_round_without_slots_is_not_visited() -> None:
    plan = a_plan(a_scheduled_round(rooms=0))
    given(ROUND).after(plan, PROBLEM).when(OpenVisit()).then_refused("no_slots")


def test_a_round_that_is_not_there_is_not_found() -> None:
    given(ROUND).when(OpenVisit()).then_error(NotFound)


def test_a_focus_question_that_was_dropped_is_still_known_to_statements_that_were_tagged_with_it() -> None:
    newer = PROBLEM.model_copy(update={"focus_questions": focus_questions(1)})
    state = given(ROUND).after(a_plan(), PROBLEM, newer).state
    assert {q.focus_question_id for q in (*PROBLEM.focus_questions, *newer.focus_questions)} == state.focus_question_ids
