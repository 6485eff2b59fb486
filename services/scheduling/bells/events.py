"""The storage format of `bells-<school>`."""

from __future__ import annotations

from datetime import date, time
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.messages import Event

PeriodKind = Literal["class", "lunch", "break"]


class Period(BaseModel):
    """A span on the district's clocks; the bell that ends it is not in it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: str
    starts: time
    ends: time
    kind: PeriodKind = "class"


class BellScheduleSet(Event):
    """One kind of day's periods, whole. `day_type`: regular, early_release, late_start, testing, or a letter of
    the school's cycle (A, B, ...)."""

    schedule_id: UUID
    school_id: UUID
    name: str
    day_type: str
    periods: tuple[Period, ...]


class BellScheduleRemoved(Event):
    schedule_id: UUID
    school_id: UUID


class DayCycleSet(Event):
    """The letters that follow each other from school day to school day, the first on `starts_on`; none: no cycle."""

    school_id: UUID
    letters: tuple[str, ...]
    starts_on: date | None = None


EVENTS: tuple[type[Event], ...] = (BellScheduleSet, BellScheduleRemoved, DayCycleSet)
