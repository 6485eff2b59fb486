"""What other services may know of scheduling: ids and codes; the classroom's teacher never leaves."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.messages import ContractEvent


class SchoolListed(ContractEvent):
    """A school was added or changed; the whole of what is known after it."""

    school_id: UUID
    name: str
    grade_low: str | None = None
    grade_high: str | None = None
    latitude: float | None = None
    longitude: float | None = None


class SchoolDelisted(ContractEvent):
    school_id: UUID


class PersonListed(ContractEvent):
    """A person of the roster was added or changed; who it is stays in scheduling."""

    person_id: UUID
    roles: tuple[str, ...]
    school_ids: tuple[UUID, ...] = ()


class PersonDelisted(ContractEvent):
    person_id: UUID


class ScheduledTeam(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")
    team_id: UUID
    name: str  # "Team 1"
    observer_ids: tuple[UUID, ...]
    timekeeper_id: UUID | None = None


class ScheduledSlot(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")
    slot_id: UUID
    team_id: UUID
    classroom_id: UUID
    room: str  # "Room 12": where to go; no teacher
    grade_band: str
    subject: str
    period: str | None = None
    starts_at: datetime  # aware
    ends_at: datetime


class RoundScheduled(ContractEvent):
    """The round as planned, whole: sent again, as RoundRescheduled, at each change."""

    round_id: UUID
    school_id: UUID
    day: date  # in the district's time zone
    timezone: str
    facilitator_id: UUID
    instrument: str  # key of a published instrument, "instructional-core"
    instrument_version: int
    teams: tuple[ScheduledTeam, ...]
    slots: tuple[ScheduledSlot, ...]


class RoundRescheduled(RoundScheduled):
    pass


class RoundCancelled(ContractEvent):
    round_id: UUID
    school_id: UUID


class SchoolDayMarked(ContractEvent):
    """A day of the calendar is unlike others: in one school, or (None) in the whole district."""

    day: date
    kind: str  # "no_school", "early_release", ...
    school_id: UUID | None = None


class SchoolDayCleared(ContractEvent):
    day: date
    school_id: UUID | None = None


PUBLISHED: tuple[type[ContractEvent], ...] = (
    SchoolListed,
    SchoolDelisted,
    PersonListed,
    PersonDelisted,
    RoundScheduled,
    RoundRescheduled,
    RoundCancelled,
    SchoolDayMarked,
    SchoolDayCleared,
)
