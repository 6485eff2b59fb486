"""How many classrooms show a released pattern is told exactly only when enough of them do not."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from services.rounds.debrief.decide import DebriefState
from services.rounds.debrief.events import LinkedStatement, PatternNamed, ReleasedPattern
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
