"""Facts of a district. These are the storage format."""

from __future__ import annotations

from uuid import UUID

from shared.messages import Event


class DistrictRegistered(Event):
    district_id: UUID
    name: str
    timezone: str
    slot_minutes: int
    min_visits: int
    min_classrooms: int
    min_observers: int


class DistrictSettingsChanged(DistrictRegistered):
    """The whole of the settings after the change."""


EVENTS = (DistrictRegistered, DistrictSettingsChanged)
