"""The storage format of `plan-<round>`: every event holds the plan whole."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict

from shared.messages import Event


class Team(BaseModel):
    """3-5 observers who enter and leave together; `timekeeper_id` is one of them."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    team_id: UUID
    name: str
    observer_ids: tuple[UUID, ...]
    timekeeper_id: UUID | None = None


class Slot(BaseModel):
    """One team in one classroom. The classroom's room, grade band and subject are as they were when
    the plan was made, so that history reads the same after a room is renamed."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    slot_id: UUID
    team_id: UUID
    classroom_id: UUID
    room: str
    grade_band: str
    subject: str
    period: str | None = None
    starts_at: datetime
    ends_at: datetime


class Debrief(BaseModel):
    """Where everybody of the round comes together after the last visit, and when."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    room: str
    starts_at: datetime
    ends_at: datetime


class RoundPlanned(Event):
    round_id: UUID
    school_id: UUID
    day: date
    timezone: str
    facilitator_id: UUID
    instrument: str
    instrument_version: int
    teams: tuple[Team, ...]
    slots: tuple[Slot, ...]
    debrief: Debrief | None = None

    def clock(self, moment: datetime) -> time:
        """On the district's clocks, as they were when the round was planned."""
        return moment.astimezone(ZoneInfo(self.timezone)).time()


class RoundReplanned(RoundPlanned):
    pass


class RoundPlanCancelled(Event):
    round_id: UUID
    school_id: UUID
    reason: str | None = None


EVENTS: tuple[type[Event], ...] = (RoundPlanned, RoundReplanned, RoundPlanCancelled)
