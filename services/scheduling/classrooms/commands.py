from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from shared.messages import Command


class ListClassroom(Command):
    """Adds the classroom, or changes the one with this id."""

    classroom_id: UUID
    school_id: UUID
    room: str = Field(min_length=1, max_length=60)
    grade_band: str = Field(min_length=1, max_length=40)
    subject: str = Field(min_length=1, max_length=80)
    teacher_id: UUID | None = None
    wing: Annotated[str, Field(max_length=40)] | None = None
    free_periods: tuple[Annotated[str, Field(min_length=1, max_length=40)], ...] = Field(default=(), max_length=20)


class DelistClassroom(Command):
    classroom_id: UUID
    school_id: UUID
