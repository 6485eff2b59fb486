"""What can be asked of a cycle. The protocol, and facts of other streams, come with the command."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from pydantic import Field

from services.rounds.cycles.events import TakenItem
from services.rounds.protocols.model import Protocol
from shared.messages import Command


class _Of(Command):
    """`by` asks; `protocol` is the version that the cycle runs on."""

    cycle_id: UUID
    by: UUID
    protocol: Protocol


class ProposeCycle(_Of):
    role: str
    school_id: UUID | None = None


class InvitePartner(_Of):
    person_id: UUID
    role: str
    message: str


class AnswerInvitation(_Of):
    accept: bool
    school_id: UUID | None = None


class WithdrawInvitation(_Of):
    person_id: UUID


class WriteAgreement(_Of):
    body: str
    base_revision: int


class SignAgreement(_Of):
    revision: int


class OpenCycleStage(_Of):
    """`facts` are counts that other streams know, by fact and person: trainings, commitments."""

    stage: str
    facts: Mapping[str, Mapping[UUID, int]] = Field(default_factory=dict)


class WriteArtefact(_Of):
    """`fields` is sealed; `base_revision` is 0 for a new one."""

    artefact_id: UUID
    artefact: str
    ready: bool
    fields: str
    base_revision: int = 0


class TakeNotes(_Of):
    """What a device hands in of one note: the note whole, with the items that made it so. `stage` and `turn` are
    those in which it was written, which may be over by now."""

    artefact_id: UUID
    artefact: str
    stage: str
    turn: int
    ready: bool
    fields: str
    base_revision: int
    taken: tuple[TakenItem, ...]


class RemoveArtefact(_Of):
    artefact_id: UUID


class ShareArtefact(_Of):
    artefact_id: UUID
    with_person: UUID


class RevokeSharing(_Of):
    artefact_id: UUID
    with_person: UUID


class AgreeToPublish(_Of):
    artefact_id: UUID
    revision: int


class RevokePublication(_Of):
    """By anybody of the cycle, and by who agreed to it and has left: an agreement can be taken back at any time."""

    artefact_id: UUID


class LeaveCycle(_Of):
    """Withdraw. What then happens to the notes, the agreement said beforehand."""


class FinishCycle(_Of):
    facts: Mapping[str, Mapping[UUID, int]] = Field(default_factory=dict)


CycleCommand = (
    ProposeCycle
    | InvitePartner
    | AnswerInvitation
    | WithdrawInvitation
    | WriteAgreement
    | SignAgreement
    | OpenCycleStage
    | WriteArtefact
    | TakeNotes
    | RemoveArtefact
    | ShareArtefact
    | RevokeSharing
    | AgreeToPublish
    | RevokePublication
    | LeaveCycle
    | FinishCycle
)
