"""Three months on: the day of the check, who may say what became of a commitment, when the check is held."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given as over
from hypothesis import strategies as st

from services.rounds.debrief.commands import CloseSynthesis, CommitNextLevelOfWork
from services.rounds.debrief.decide import DEBRIEF
from services.rounds.debrief.events import Commitment
from services.rounds.follow_up.commands import RevisitCommitments, SetFollowUp
from services.rounds.follow_up.day import usual_day
from services.rounds.follow_up.decide import standing
from services.rounds.follow_up.events import FollowUpSet, Report, Standing
from services.rounds.meetings.fit import Calendar
from shared.testing.given_decider import given
from tests.unit.rounds.test_a_debrief import GOOD, PREDICTIONS, RELEASE, ROUND_ID, SCHOOL, analyzed, opening

TODAY = date(2026, 11, 24)
FACILITATOR, OWNER, PRINCIPAL = uuid4(), uuid4(), uuid4()
NEXT = CommitNextLevelOfWork(
    round_id=ROUND_ID,
    people=(OWNER, FACILITATOR),
    commitments=(
        Commitment(what="Plan why-questions", who="Grade 4", by_when="next_week", revisit="Round 2"),
        Commitment(what="Visit each other", who="A. Coach", by_when="next_month", revisit="Notes", owner_id=OWNER),
    ),
)


def check(day: date = date(2027, 2, 24), **more: Any) -> SetFollowUp:
    given = {"timezone": "America/New_York", "today": TODAY, "school_day": True, "facilitator_id": FACILITATOR}
    return SetFollowUp(round_id=ROUND_ID, school_id=SCHOOL, day=day, **given | more)


def say(*reports: tuple[int, str], by: Any = PRINCIPAL, leads: bool = True, held: bool = False) -> RevisitCommitments:
    told = tuple(Report(number=n, status=status) for n, status in reports)  # type: ignore[arg-type]
    return RevisitCommitments(
        round_id=ROUND_ID, school_id=SCHOOL, by=by, leads=leads, today=TODAY, reports=told, held=held
    )


def open_(*more: Any) -> Any:
    return analyzed(GOOD, opening("predict"), PREDICTIONS, opening("next_level_of_work"), NEXT, *more)


CLOSE = CloseSynthesis(round_id=ROUND_ID, school_id=SCHOOL, follow_up=check())
RELEASED = (CLOSE, RELEASE)


def test_closing_sets_the_day_of_the_check() -> None:
    state = open_().when(CLOSE).state
    assert state.closed
    assert state.follow_up.day == date(2027, 2, 24)
    assert standing(state) == (Standing(number=1, by_when="next_week"), Standing(number=2, by_when="next_month"))
    [told] = [e for e in open_().when(CLOSE).events if isinstance(e, FollowUpSet)]
    assert set(told.people) == {FACILITATOR, OWNER}


@pytest.mark.parametrize(
    ("day", "more", "code"),
    [
        (TODAY, {}, "follow_up_past"),
        (TODAY + timedelta(days=500), {}, "follow_up_far"),
        (date(2027, 2, 20), {"school_day": False}, "no_school"),
    ],
)
def test_the_check_is_on_a_school_day_ahead(day: date, more: dict[str, Any], code: str) -> None:
    open_().when(CLOSE.model_copy(update={"follow_up": check(day, **more)})).then_refused(code)
    open_(CLOSE).when(check(day, **more)).then_refused(code)
    open_().when(check()).then_refused("not_closed")


def test_a_commitment_belongs_to_one_of_the_round_or_to_words() -> None:
    stranger = NEXT.model_copy(update={"people": (FACILITATOR,)})
    analyzed(GOOD, opening("predict"), PREDICTIONS, opening("next_level_of_work")).when(stranger).then_refused(
        "next_level_of_work_incomplete"
    )


def test_an_owner_speaks_for_what_is_theirs_and_the_principal_for_all() -> None:
    open_(CLOSE).when(say((1, "kept"))).then_refused("not_released")
    story = open_(*RELEASED)
    story.when(say((1, "kept"), by=OWNER, leads=False)).then_refused("not_your_commitment")
    story.when(say((2, "partly"), by=OWNER, leads=False, held=True)).then_refused("not_your_commitment")
    story.when(say((3, "kept"))).then_refused("no_such_commitment")
    story.when(say((1, "kept"), (1, "partly"))).then_refused("no_such_commitment")
    state = story.when(say((2, "partly"), by=OWNER, leads=False)).state
    assert [s.status for s in standing(state)] == [None, "partly"]
    assert not state.follow_up.held


def test_the_check_is_held_once_when_something_is_said_of_each() -> None:
    story = open_(*RELEASED, say((2, "not_yet"), by=OWNER, leads=False))
    story.when(say(held=True)).then_refused("check_incomplete")
    state = story.when(say((1, "kept"), held=True)).state
    assert (state.stage, state.follow_up.held) == ("follow_up", True)
    held = story.after(say((1, "kept"), held=True))
    held.when(say(held=True)).then_refused("check_held")
    again = held.when(check(date(2027, 5, 24))).state
    assert (again.follow_up.held, again.follow_up.sequence) == (False, 2)
    assert [s.status for s in standing(again)] == ["kept", "not_yet"], "what was said stays said"
    given(DEBRIEF).when(say((1, "kept"))).then_refused("not_released")


@over(
    st.dates(date(2020, 1, 1), date(2040, 12, 31)),
    st.sets(st.integers(-10, 30), max_size=25),
)
def test_the_usual_day_is_the_first_school_day_from_three_months_on(today: date, closed: set[int]) -> None:
    about = usual_day(Calendar(ZoneInfo("UTC"), taught=_all_days(today)), today)
    assert 88 <= (about - today).days <= 92
    calendar = Calendar(ZoneInfo("UTC"), closed={about + timedelta(days=n) for n in closed})
    day = usual_day(calendar, today)
    assert calendar.open(day)
    assert day >= about
    assert not any(calendar.open(about + timedelta(days=n)) for n in range((day - about).days))


def _all_days(today: date) -> set[date]:
    return {today + timedelta(days=n) for n in range(130)}
