"""What is asked of a visit day's proposal."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.scheduling.visit_days.events import VisitDayAsked, VisitDayImpossible, VisitDayProposed
from shared.said import Said


@dataclass(frozen=True, slots=True)
class AskForDay:
    asked: VisitDayAsked


@dataclass(frozen=True, slots=True)
class ConcludeDay:
    outcome: VisitDayProposed | VisitDayImpossible


@dataclass(frozen=True, slots=True)
class AcceptDay:
    """`before` and `after`: versions of the round's stream. `faults`: what the independent checker says."""

    before: int
    after: int
    notify: tuple[UUID, ...]
    faults: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class TakeBackDay:
    """`stands`: the version that the round's stream has now."""

    stands: int


DayCommand = AskForDay | ConcludeDay | AcceptDay | TakeBackDay
