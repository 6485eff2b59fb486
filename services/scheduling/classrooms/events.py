"""The storage format of `classrooms-<school>`. The teacher is known here alone and never published."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from shared.messages import Event
from shared.upcasting import upcaster


class ClassroomListed(Event):
    """A classroom was added or changed; the whole of it. `free_periods` names the bells' periods in which nothing
    is taught there (its teacher's preparation)."""

    schema_version: ClassVar[int] = 2
    classroom_id: UUID
    school_id: UUID
    room: str
    grade_band: str
    subject: str
    teacher_id: UUID | None = None
    wing: str | None = None
    free_periods: tuple[str, ...] = ()


@upcaster("ClassroomListed", 1)
def _without_wing(body: dict[str, Any]) -> dict[str, Any]:
    return body | {"wing": None, "free_periods": []}


class ClassroomDelisted(Event):
    classroom_id: UUID
    school_id: UUID


EVENTS: tuple[type[Event], ...] = (ClassroomListed, ClassroomDelisted)
