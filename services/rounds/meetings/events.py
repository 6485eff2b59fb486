"""The storage format of `meetings-<cycle>`: times and ids, no words."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from shared.messages import Event


class MeetingArranged(Event):
    """A meeting as it stands: when it is first planned, and after each change (`sequence` grows)."""

    cycle_id: UUID
    meeting_id: UUID
    sequence: int
    person_ids: tuple[UUID, ...]
    starts_at: datetime
    ends_at: datetime
    timezone: str


class MeetingCalledOff(Event):
    cycle_id: UUID
    meeting_id: UUID
    sequence: int
    person_ids: tuple[UUID, ...]


EVENTS: tuple[type[Event], ...] = (MeetingArranged, MeetingCalledOff)
