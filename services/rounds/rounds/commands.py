"""What can be asked of a round."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from services.rounds.protocols.model import Protocol
from services.rounds.rounds.events import FocusQuestion, Slot, Team
from shared.messages import Command


class TakeUpPlan(Command):
    """Take up the plan of a round, new or changed, whole. Repeating the same plan changes nothing."""

    round_id: UUID
    school_id: UUID
    day: date
    timezone: str
    facilitator_id: UUID | None
    instrument: str
    instrument_version: int
    teams: tuple[Team, ...]
    slots: tuple[Slot, ...]
    origin: str = "capture"
    plan_version: int = 0


class WithdrawRound(Command):
    plan_version: int = 0


class WriteProblemOfPractice(Command):
    problem: str
    theory_of_action: str
    focus_questions: tuple[FocusQuestion, ...]


class SetNorms(Command):
    norms: tuple[str, ...]


class AcknowledgeNorms(Command):
    person_id: UUID
    revision: int
    trained: bool


class OpenVisit(Command):
    """End the preparation: observers go into classrooms. `protocol` is the round's from here on; `instrument_read`:
    whether the pinned instrument was found."""

    protocol: Protocol | None = None
    instrument_read: bool = True


RoundCommand = TakeUpPlan | WithdrawRound | WriteProblemOfPractice | SetNorms | AcknowledgeNorms | OpenVisit
