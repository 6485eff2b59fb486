"""What can be asked of a person's commitments."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from services.rounds.commitments.events import Kept
from shared.messages import Command


class Commit(Command):
    """`may`: whether the protocol gives the commitments of the cycle to this person's part."""

    commitment_id: UUID
    person_id: UUID
    cycle_id: UUID
    model: str
    words: str
    due_on: date
    today: date
    shown: bool
    may: bool


class Revisit(Command):
    commitment_id: UUID
    person_id: UUID
    kept: Kept
    note: str


CommitmentCommand = Commit | Revisit
