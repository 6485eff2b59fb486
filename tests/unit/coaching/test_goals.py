"""A goal says what will be different, how that will be known, and by when; a direction is none."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from services.demo.coaching_words import GOALS
from services.rounds.cycles.agreement import AgreementBody, Goal, check
from services.rounds.cycles.forms import NotFilledIn

TODAY = date(2026, 11, 2)
WHAT, SIGN, BY = "Every pair talks before I answer", "Half of the pairs speak", TODAY + timedelta(days=30)


def lacking(what: str = WHAT, sign: str = SIGN, by: date = BY) -> list[str]:
    body = AgreementBody(goals=(Goal(what=what, sign=sign, by=by),), norms=(0,))
    try:
        check(body, TODAY, 1)
    except NotFilledIn as refused:
        return [p["where"].removeprefix("goals/0/") for p in refused.extra["problems"] if all(p["say"].values())]
    return []


@pytest.mark.parametrize(
    "what",
    [
        "Good talk",
        "Improve",
        "Better classroom discussion",
        "Improve the discussion in our classrooms",
        "Work on asking deeper questions",
        "Mejorar la conversación entre los alumnos",
        "- - - -",
    ],
)
def test_a_direction_is_not_specific(what: str) -> None:
    assert lacking(what) == ["what"]


@pytest.mark.parametrize(
    "what",
    [
        WHAT,
        *(goal for goal, _ in GOALS.values()),
        "Improve discussion by asking for reasons in each lesson",
        "Cada pareja habla antes de que yo responda",
        "More students justify an answer in writing",
    ],
)
def test_who_does_what_is(what: str) -> None:
    assert lacking(what) == []


@pytest.mark.parametrize("sign", ["", "We see", "every pair talks before I answer!"])
def test_how_it_will_be_known_is_said_in_words_of_its_own(sign: str) -> None:
    assert lacking(sign=sign) == ["sign"]


@pytest.mark.parametrize("by", [TODAY, TODAY - timedelta(days=1), TODAY + timedelta(days=800)])
def test_its_day_lies_ahead_within_two_years(by: date) -> None:
    assert lacking(by=by) == ["by"]
