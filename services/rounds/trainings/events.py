"""The storage format of `trainings-<person>`."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from shared.messages import Event


class TrainingRecorded(Event):
    person_id: UUID
    training: str
    day: date
    by: UUID


EVENTS: tuple[type[Event], ...] = (TrainingRecorded,)
