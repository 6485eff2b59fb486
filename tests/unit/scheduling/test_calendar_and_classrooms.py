"""The district calendar says which days are taught; a school's rooms have names of their own."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from services.scheduling.calendar import reasons
from services.scheduling.calendar.commands import ClearDay, MarkDay
from services.scheduling.calendar.decide import calendar, closed_because
from services.scheduling.classrooms.commands import DelistClassroom, ListClassroom
from services.scheduling.classrooms.decide import classrooms
from shared.errors import NotFound, Refused
from shared.said import Said

THANKSGIVING, SATURDAY = date(2026, 11, 26), date(2026, 11, 28)


def marked(*commands: MarkDay | ClearDay):
    state = calendar.initial
    for command in commands:
        state = calendar.fold(calendar.decide(command, state), state)
    return state


def test_a_no_school_day_is_closed_with_its_name() -> None:
    state = marked(MarkDay(day=THANKSGIVING, kind="no_school", title=" Thanksgiving "))
    assert closed_because(state, THANKSGIVING) == Said(
        "there is no school (Thanksgiving)", "no hay clases (Thanksgiving)"
    )


def test_a_weekend_is_closed_unless_it_is_marked_as_taught() -> None:
    assert closed_because(marked(), SATURDAY) == Said("it is the weekend", "es fin de semana")
    assert closed_because(marked(MarkDay(day=SATURDAY, kind="school_day", title="Snow make-up")), SATURDAY) is None


def test_testing_and_early_release_days_are_taught() -> None:
    for kind in ("testing", "early_release"):
        assert closed_because(marked(MarkDay(day=THANKSGIVING, kind=kind, title="Day")), THANKSGIVING) is None


def test_clearing_a_day_opens_it_and_clearing_it_again_finds_nothing() -> None:
    state = marked(MarkDay(day=THANKSGIVING, kind="no_school", title="x"), ClearDay(day=THANKSGIVING))
    assert closed_because(state, THANKSGIVING) is None
    with pytest.raises(NotFound):
        calendar.decide(ClearDay(day=THANKSGIVING), state)


def test_the_same_mark_twice_is_one() -> None:
    mark = MarkDay(day=THANKSGIVING, kind="no_school", title="Thanksgiving")
    assert calendar.decide(mark, marked(mark)) == []


def test_two_rooms_of_a_school_cannot_share_a_name() -> None:
    school = uuid4()
    first = ListClassroom(classroom_id=uuid4(), school_id=school, room="Room 12", grade_band="3-5", subject="Science")
    state = classrooms.fold(classrooms.decide(first, classrooms.initial))
    again = first.model_copy(update={"classroom_id": uuid4(), "room": " room  12"})
    with pytest.raises(Refused, match="Room 12 already"):
        classrooms.decide(again, state)
    assert classrooms.decide(first, state) == []
    renamed = classrooms.fold(classrooms.decide(first.model_copy(update={"room": "Lab"}), state), state)
    assert [c.room for c in renamed.values()] == ["Lab"]


def test_a_room_that_is_gone_is_not_found() -> None:
    with pytest.raises(NotFound):
        classrooms.decide(DelistClassroom(classroom_id=uuid4(), school_id=uuid4()), classrooms.initial)


def test_a_title_of_ours_is_known_in_both_languages_and_what_somebody_typed_is_left_as_it_is() -> None:
    moved = reasons.still_planned(date(2026, 10, 9))
    assert moved.en == "the round of 9 October 2026 is planned for it still"
    assert reasons.title_said(moved.en) == moved
    assert moved.es == "la ronda del 9 de octubre de 2026 sigue planificada para ese día"
    assert reasons.title_said(reasons.untitled("no_school").en) == Said("no school", "sin clases")
    assert reasons.title_said("weather") == Said("weather", "clima")
    assert reasons.title_said("Weather") == Said("Weather", "Clima")
    assert reasons.in_both("Harvest fair") == "Harvest fair"
