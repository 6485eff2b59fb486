from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from services.scheduling.bells.events import Period
from shared.messages import Command

Letter = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{1,3}$")]
DayType = Annotated[str, StringConstraints(pattern=r"^(regular|early_release|late_start|testing|[A-Z0-9]{1,3})$")]


class SetBellSchedule(Command):
    schedule_id: UUID
    school_id: UUID
    name: str = Field(min_length=1, max_length=80)
    day_type: DayType
    periods: tuple[Period, ...] = Field(min_length=1, max_length=40)


class RemoveBellSchedule(Command):
    schedule_id: UUID
    school_id: UUID


class SetDayCycle(Command):
    school_id: UUID
    letters: tuple[Letter, ...] = Field(max_length=10)
    starts_on: date | None = None
