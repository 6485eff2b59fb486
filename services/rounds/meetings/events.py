"""The storage format of `meetings-<cycle>`: times and ids, no words."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from shared.messages import Event
from shared.upcasting import upcaster


class MeetingArranged(Event):
    """A meeting as it stands: when it is first planned, and after each change (`sequence` grows). `no_school`: its day
    was closed after it was fixed."""

    schema_version = 2
    cycle_id: UUID
    meeting_id: UUID
    sequence: int
    person_ids: tuple[UUID, ...]
    starts_at: datetime
    ends_at: datetime
    timezone: str
    no_school: bool = False


@upcaster("MeetingArranged", 1)
def _on_a_school_day(body: dict[str, Any]) -> dict[str, Any]:
    return body | {"no_school": False}


class MeetingCalledOff(Event):
    cycle_id: UUID
    meeting_id: UUID
    sequence: int
    person_ids: tuple[UUID, ...]


EVENTS: tuple[type[Event], ...] = (MeetingArranged, MeetingCalledOff)
