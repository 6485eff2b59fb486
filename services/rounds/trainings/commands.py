"""What can be asked of a person's trainings."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from shared.messages import Command


class RecordTraining(Command):
    person_id: UUID
    training: str
    day: date
    by: UUID
