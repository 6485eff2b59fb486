"""The storage format of `observer-<person>`: everything about one person that planning needs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.messages import Event

ObserverRole = Literal["teacher", "principal", "coach", "central", "partner"]
Source = Literal["screen", "csv", "calendar"]


class Training(BaseModel):
    """Trained for a protocol. Both days are valid; None: without end, or from ever."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    protocol: str
    valid_from: date | None = None
    valid_until: date | None = None


class ObserverSet(Event):
    """What is known of the person as an observer, whole. Caps are days out; None: no cap."""

    person_id: UUID
    role: ObserverRole
    home_school_id: UUID | None = None
    observes: bool = True
    facilitates: bool = False
    max_month: int | None = None
    max_term: int | None = None
    trainings: tuple[Training, ...] = ()


class ObserverRemoved(Event):
    person_id: UUID


class Span(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    starts_at: datetime
    ends_at: datetime


class UnavailabilityTold(Event):
    """When the person cannot come, by one source: what that source said before of the time from `since` to
    `until` (not included) counts no longer. No reasons: they are nobody's business."""

    person_id: UUID
    source: Source
    since: datetime
    until: datetime
    spans: tuple[Span, ...]


EVENTS: tuple[type[Event], ...] = (ObserverSet, ObserverRemoved, UnavailabilityTold)
