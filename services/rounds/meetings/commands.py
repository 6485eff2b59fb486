"""What can be asked of a cycle's meetings. Who is busy when comes with the command."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.messages import Command


class Span(BaseModel):
    """An aware [start, end)."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    starts_at: datetime
    ends_at: datetime


class _OfCycle(Command):
    cycle_id: UUID
    person_ids: tuple[UUID, ...]
    timezone: str
    now: datetime


class ArrangeMeetings(_OfCycle):
    """New meetings at these times; each with the id that it will have. `place`: sealed, of all of them."""

    meetings: tuple[tuple[UUID, Span], ...]
    busy: tuple[Span, ...]
    place: str = ""


class MoveMeeting(_OfCycle):
    """To another time, another place, or both. `place`: sealed; empty: nobody says where; None: as it was."""

    meeting_id: UUID
    to: Span
    busy: tuple[Span, ...]
    place: str | None = None


class LookAtSchoolDays(_OfCycle):
    """The school calendar changed: what holds of these meetings now, whether there is no school on their day."""

    no_school: Mapping[UUID, bool]


class CallOffMeeting(_OfCycle):
    meeting_id: UUID


class CallOffAll(_OfCycle):
    """The cycle is over, or its people changed: what lies ahead is called off."""


MeetingCommand = ArrangeMeetings | MoveMeeting | LookAtSchoolDays | CallOffMeeting | CallOffAll
