"""What can be asked of a debrief. Facts of other streams that a rule needs come with the command."""

from __future__ import annotations

from uuid import UUID

from services.rounds.debrief.events import Commitment, LinkedStatement, ReleasedSynthesis
from services.rounds.follow_up.commands import FollowUpCommand, SetFollowUp
from services.rounds.protocols.model import Protocol
from services.rounds.rounds.events import Stage
from shared.messages import Command


class OpenStage(Command):
    """Open a stage of the debrief. `visit_open` and `statements` (those that stand now) are facts of the
    round and of its notes; `protocol` is the document that the round walks."""

    round_id: UUID
    school_id: UUID
    stage: Stage
    visit_open: bool
    statements: tuple[UUID, ...] = ()
    protocol: Protocol | None = None


class AdmitStatement(Command):
    round_id: UUID
    statement_id: UUID


class ChallengeStatement(Command):
    round_id: UUID
    statement_id: UUID
    reason: str | None = None


class NamePattern(Command):
    """Name a pattern or change it: the whole of it each time."""

    round_id: UUID
    school_id: UUID
    pattern_id: UUID
    name: str
    description: str
    statements: tuple[LinkedStatement, ...]
    counter: tuple[LinkedStatement, ...] = ()


class DropPattern(Command):
    round_id: UUID
    school_id: UUID
    pattern_id: UUID


class WritePredictions(Command):
    round_id: UUID
    predictions: tuple[str, ...]


class CommitNextLevelOfWork(Command):
    """`people`: who may own a commitment, the round's own people."""

    round_id: UUID
    people: tuple[UUID, ...] = ()
    commitments: tuple[Commitment, ...]


class CloseSynthesis(Command):
    """`follow_up`: when the next level of work is looked at again."""

    round_id: UUID
    school_id: UUID
    follow_up: SetFollowUp | None = None


class ReleaseRound(Command):
    round_id: UUID
    school_id: UUID
    synthesis: ReleasedSynthesis


DebriefCommand = (
    OpenStage
    | AdmitStatement
    | ChallengeStatement
    | NamePattern
    | DropPattern
    | WritePredictions
    | CommitNextLevelOfWork
    | CloseSynthesis
    | ReleaseRound
    | FollowUpCommand
)
