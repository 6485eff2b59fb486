from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pydantic import Field

from services.scheduling.observers.events import ObserverRole, Source, Training
from shared.messages import Command


class SetObserver(Command):
    person_id: UUID
    role: ObserverRole
    home_school_id: UUID | None = None
    observes: bool = True
    facilitates: bool = False
    max_month: int | None = Field(default=None, ge=0, le=31)
    max_term: int | None = Field(default=None, ge=0, le=200)
    trainings: tuple[Training, ...] = Field(default=(), max_length=20)


class RemoveObserver(Command):
    person_id: UUID


@dataclass(frozen=True, slots=True)
class TellUnavailability:
    """`spans` are aware [start, end) in UTC within [since, until), joined and in order."""

    person_id: UUID
    source: Source
    since: datetime
    until: datetime
    spans: tuple[tuple[datetime, datetime], ...]
