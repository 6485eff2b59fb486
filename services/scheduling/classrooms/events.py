"""The storage format of `classrooms-<school>`. The teacher is known here alone and never published."""

from __future__ import annotations

from uuid import UUID

from shared.messages import Event


class ClassroomListed(Event):
    """A classroom was added or changed; the whole of it."""

    classroom_id: UUID
    school_id: UUID
    room: str
    grade_band: str
    subject: str
    teacher_id: UUID | None = None


class ClassroomDelisted(Event):
    classroom_id: UUID
    school_id: UUID


EVENTS: tuple[type[Event], ...] = (ClassroomListed, ClassroomDelisted)
