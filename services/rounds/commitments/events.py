"""The storage format of `commitments-<person>`: one stream for all that a person commits to. Words are sealed under a
key of the person's own, so that they outlive a cycle that is erased."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from shared.messages import Event

Kept = Literal["kept", "partly", "not_yet", "let_go"]


class CommitmentMade(Event):
    """`shown`: the people of the cycle may read it too."""

    commitment_id: UUID
    person_id: UUID
    cycle_id: UUID
    model: str
    words: str
    due_on: date
    shown: bool


class CommitmentRevisited(Event):
    """Its owner looked at it again; `note` is sealed."""

    commitment_id: UUID
    person_id: UUID
    cycle_id: UUID
    kept: Kept
    note: str


EVENTS: tuple[type[Event], ...] = (CommitmentMade, CommitmentRevisited)
