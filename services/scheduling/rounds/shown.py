"""What HTTP tells of rounds."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class InSpanish(BaseModel):
    """The same in Spanish."""

    lang: Literal["es"] = "es"
    detail: str
    mend: str


class FindingOut(BaseModel):
    code: str
    where: str = Field(description="a path in the plan: teams/0/observer_ids/2")
    detail: str
    mend: str
    es: InSpanish
    refuses: bool = Field(description="false: advice, the plan can be kept")


class Checked(BaseModel):
    possible: bool
    problems: list[FindingOut]


class RoundSummary(BaseModel):
    round_id: UUID
    school_id: UUID
    school_name: str
    day: date
    status: str
    facilitator_id: UUID
    facilitator_name: str
    teams: int
    observers: int
    slots: int
    version: int


class RoundPage(BaseModel):
    items: list[RoundSummary]
    next: str | None


class PersonOut(BaseModel):
    person_id: UUID
    name: str


class TeamOut(BaseModel):
    team_id: UUID
    name: str
    observers: list[PersonOut]
    timekeeper_id: UUID | None


class SlotOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    slot_id: UUID
    team_id: UUID
    classroom_id: UUID
    room: str
    grade_band: str
    subject: str
    period: str | None
    starts_at: datetime
    ends_at: datetime


class DebriefOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    room: str
    starts_at: datetime
    ends_at: datetime


class RoundOut(BaseModel):
    round_id: UUID
    school_id: UUID
    school_name: str
    day: date
    timezone: str
    status: str
    version: int
    facilitator: PersonOut
    instrument: str
    instrument_version: int
    teams: list[TeamOut]
    slots: list[SlotOut]
    debrief: DebriefOut | None
    problems: list[FindingOut] = Field(default=[], description="advice on the plan that was kept")


class Visit(BaseModel):
    round_id: UUID
    school_id: UUID
    school_name: str
    day: date
    timezone: str
    my_part: str = Field(description="observer or facilitator")
    team: str | None
    slots: list[SlotOut]
    debrief: DebriefOut | None


class VisitPage(BaseModel):
    items: list[Visit]
