"""The storage format of `round-<round>`; `StageOpened` is also stored in `debrief-<round>`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.messages import Event

Stage = Literal["prepare", "visit", "describe", "analyze", "predict", "next_level_of_work", "follow_up"]
STAGES: tuple[Stage, ...] = ("prepare", "visit", "describe", "analyze", "predict", "next_level_of_work", "follow_up")


class Team(BaseModel):
    """Observers who enter and leave a classroom together."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    team_id: UUID
    name: str
    observer_ids: tuple[UUID, ...]
    timekeeper_id: UUID | None = None


class Slot(BaseModel):
    """One team in one classroom; `room` says where to go, never whose room it is."""

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

    @property
    def minutes(self) -> int:
        """The planned length, in whole minutes."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)


class RoundOpened(Event):
    """The round as scheduling planned it, or as an import found it (`origin` is then `import:<import id>`)."""

    round_id: UUID
    school_id: UUID
    day: date  # in `timezone`
    timezone: str
    facilitator_id: UUID | None
    instrument: str
    instrument_version: int
    teams: tuple[Team, ...]
    slots: tuple[Slot, ...]
    origin: str = "capture"
    plan_version: int = 0  # of scheduling's stream: an older plan that comes late is passed over


class RoundReplanned(RoundOpened):
    """The whole of the plan after the change."""


class RoundWithdrawn(Event):
    round_id: UUID
    school_id: UUID
    plan_version: int = 0


class FocusQuestion(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    focus_question_id: UUID
    words: str


class ProblemOfPracticeWritten(Event):
    """The host's words, whole, after each change."""

    round_id: UUID
    school_id: UUID
    problem: str
    theory_of_action: str
    focus_questions: tuple[FocusQuestion, ...]


class NormsSet(Event):
    """How the team agrees to work, whole, after each change; each change is read and acknowledged anew."""

    round_id: UUID
    norms: tuple[str, ...]
    revision: int


class NormsAcknowledged(Event):
    """An observer read problem of practice and norms, and went through the training."""

    round_id: UUID
    person_id: UUID
    revision: int
    trained: bool


class ProtocolPinned(Event):
    """The document that the round walks, whatever the district publishes later."""

    round_id: UUID
    protocol: str
    protocol_version: int


class StageOpened(Event):
    round_id: UUID
    school_id: UUID
    stage: Stage


EVENTS: tuple[type[Event], ...] = (
    RoundOpened,
    RoundReplanned,
    RoundWithdrawn,
    ProblemOfPracticeWritten,
    NormsSet,
    NormsAcknowledged,
    ProtocolPinned,
    StageOpened,
)
