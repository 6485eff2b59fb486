"""The storage format of `meetings-<cycle>`: times and ids; the place is sealed."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from shared.messages import Event
from shared.upcasting import upcaster


class MeetingArranged(Event):
    """A meeting as it stands: when it is first planned, and after each change (`sequence` grows). `no_school`: its day
    was closed after it was fixed. `place`: sealed under the cycle's key of places; empty where nobody said it."""

    schema_version = 3
    cycle_id: UUID
    meeting_id: UUID
    sequence: int
    person_ids: tuple[UUID, ...]
    starts_at: datetime
    ends_at: datetime
    timezone: str
    no_school: bool = False
    place: str = ""


@upcaster("MeetingArranged", 1)
def _on_a_school_day(body: dict[str, Any]) -> dict[str, Any]:
    return body | {"no_school": False}


@upcaster("MeetingArranged", 2)
def _nobody_said_where(body: dict[str, Any]) -> dict[str, Any]:
    return body | {"place": ""}


class MeetingCalledOff(Event):
    cycle_id: UUID
    meeting_id: UUID
    sequence: int
    person_ids: tuple[UUID, ...]


EVENTS: tuple[type[Event], ...] = (MeetingArranged, MeetingCalledOff)
