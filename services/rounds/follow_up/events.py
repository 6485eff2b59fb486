"""Of the follow-up, in `debrief-<round>`: the day of the check, and what was said of each commitment."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.rounds.debrief.events import ByWhen
from shared.messages import Event

Status = Literal["kept", "partly", "not_yet", "given_up"]


class Standing(BaseModel):
    """How a commitment stands; `number` is its place in the next level of work, from 1. None: nobody has said."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    number: int
    by_when: ByWhen
    status: Status | None = None


class Report(BaseModel):
    """What one person says of one commitment; `evidence` is sealed under the person's own key, or empty."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    number: int
    status: Status
    evidence: str = ""


class FollowUpSet(Event):
    """The day of the check; a later one moves it, or after a check that was held opens a further one. `people`: the
    facilitator and those who own a commitment."""

    round_id: UUID
    school_id: UUID
    day: date  # in `timezone`
    timezone: str
    sequence: int
    people: tuple[UUID, ...]
    standing: tuple[Standing, ...]


class CommitmentsRevisited(Event):
    """What was reported, and how all of them stand now. `held`: this was the check itself."""

    round_id: UUID
    school_id: UUID
    by: UUID
    day: date
    sequence: int
    reports: tuple[Report, ...]
    held: bool
    standing: tuple[Standing, ...]


EVENTS: tuple[type[Event], ...] = (FollowUpSet, CommitmentsRevisited)
