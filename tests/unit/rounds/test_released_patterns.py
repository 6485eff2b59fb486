"""How many classrooms show a released pattern is told exactly only when enough of them do not."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from services.rounds.debrief.events import LinkedStatement, PatternNamed, ReleasedPattern
from services.rounds.debrief.state import DebriefState
from services.rounds.debrief.synthesis import Support, synthesis
from services.rounds.rounds.queries import District


def released(rooms_with: int, rooms_without: int) -> ReleasedPattern:
    """The pattern of a round in which `rooms_with` rooms show it, with one statement each."""
    observers = [uuid4() for _ in range(3)]
    support: dict[UUID, Support] = {
        uuid4(): Support(uuid4(), uuid4(), observers[n % 3], "task") for n in range(rooms_with + rooms_without)
    }
    linked = tuple(
        LinkedStatement(statement_id=i, classroom_id=s.classroom_id) for i, s in list(support.items())[:rooms_with]
    )
    pattern = PatternNamed(
        round_id=uuid4(), school_id=uuid4(), pattern_id=uuid4(), name="Copying", description="", statements=linked
    )
    state = DebriefState(patterns={pattern.pattern_id: pattern})
    (told,) = synthesis(state, None, support, District()).patterns
    return told


@pytest.mark.parametrize(
    ("rooms_with", "rooms_without", "exactly", "at_least"),
    [(5, 3, 5, None), (6, 2, None, 6), (7, 1, None, 6), (8, 0, None, 6), (5, 0, None, 5), (4, 6, None, None)],
)
def test_rooms_are_told_exactly_only_when_three_lie_outside(
    rooms_with: int, rooms_without: int, exactly: int | None, at_least: int | None
) -> None:
    told = released(rooms_with, rooms_without)
    assert (told.classrooms, told.classrooms_at_least) == (exactly, at_least)
    assert (told.hidden is None) == (rooms_with >= 5)


def test_statements_are_told_with_the_figures_or_not_at_all_and_betray_no_hidden_figure() -> None:
    observers, rooms = [uuid4() for _ in range(3)], [uuid4() for _ in range(9)]
    support = {
        uuid4(): Support(uuid4(), rooms[n], observers[n % 3], "task" if n else "teacher", f"s1.{n}") for n in range(9)
    }
    linked = [LinkedStatement(statement_id=i, classroom_id=s.classroom_id) for i, s in support.items()]

    def told(statements: list[LinkedStatement]) -> ReleasedPattern:
        pattern = PatternNamed(
            round_id=uuid4(),
            school_id=uuid4(),
            pattern_id=uuid4(),
            name="Copying",
            description="",
            statements=tuple(statements),
        )
        (one,) = synthesis(DebriefState(patterns={pattern.pattern_id: pattern}), None, support, District()).patterns
        return one

    assert told(linked[:3]).evidence == ()
    mixed = told(linked)  # one statement about the teacher: its element is hidden, and so are all
    assert mixed.core_elements is None
    assert {e.core_element for e in mixed.evidence} == {None}
    plain = told(linked[1:])
    assert [e.core_element for e in plain.evidence] == ["task"] * 8
    assert [e.statement_id for e in plain.evidence] == sorted(s.statement_id for s in linked[1:])
