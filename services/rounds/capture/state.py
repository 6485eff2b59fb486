"""What one observer's notes of one slot amount to, folded from their stream."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from services.rounds.capture.events import (
    Content,
    EvidenceAmended,
    EvidenceConflictKept,
    EvidenceRecorded,
    EvidenceWithdrawn,
    LookForRated,
    RatingConflictKept,
    RatingWithdrawn,
    SlotNotesSubmitted,
    Visit,
    WordsErased,
    WordsKeyTurned,
)
from shared.messages import Event

NotesEvent = (
    EvidenceRecorded
    | EvidenceAmended
    | EvidenceConflictKept
    | EvidenceWithdrawn
    | LookForRated
    | RatingWithdrawn
    | RatingConflictKept
    | SlotNotesSubmitted
)


class Statement(NamedTuple):
    """`conflicts` are the versions kept since the newest revision: nobody has chosen between them yet."""

    recorded: EvidenceRecorded
    content: Content
    revision: int = 0
    withdrawn: bool = False
    conflicts: tuple[EvidenceConflictKept, ...] = ()


@dataclass(slots=True)
class Notes:
    """Mutable for the sake of bulk: `copy` before `apply`, unless the notes are your own."""

    visit: Visit | None = None
    statements: dict[UUID, Statement] = field(default_factory=dict)  # by the client id of the first version
    ratings: dict[str, LookForRated] = field(default_factory=dict)  # the newest, by look-for; none that was taken back
    received: dict[UUID, tuple[NotesEvent, ...]] = field(default_factory=dict)  # by client id, all versions
    seqs: dict[UUID, dict[int, UUID]] = field(default_factory=dict)  # by device: number -> client id
    submitted: bool = False
    erased: set[UUID] = field(default_factory=set)  # statements whose words are gone

    def copy(self) -> Notes:
        return Notes(
            self.visit,
            dict(self.statements),
            dict(self.ratings),
            dict(self.received),
            {device: dict(seqs) for device, seqs in self.seqs.items()},
            self.submitted,
            set(self.erased),
        )

    @property
    def standing(self) -> Sequence[Statement]:
        """The statements that were not withdrawn."""
        return [s for s in self.statements.values() if not s.withdrawn]

    def seqs_of(self, device_id: UUID) -> set[int]:
        return set(self.seqs.get(device_id, ()))

    def apply(self, event: Event) -> None:
        if isinstance(event, WordsErased):
            self.erased.add(event.statement_id)
            return
        if isinstance(event, WordsKeyTurned):
            return
        if not isinstance(event, NotesEvent):
            raise TypeError(f"{event.event_type()} does not belong in notes")
        client_id = event.receipt.client_id
        device_id, seq = event.receipt.device_id, event.receipt.seq
        self.visit = event.visit
        earlier = self.received.get(client_id)
        self.received[client_id] = (event,) if earlier is None else (*earlier, event)
        if device_id is not None and seq is not None:
            numbers = self.seqs.get(device_id)
            if numbers is None:
                numbers = self.seqs[device_id] = {}
            numbers.setdefault(seq, client_id)
        match event:
            case EvidenceRecorded():
                self.statements[client_id] = Statement(event, event.content)
            case EvidenceAmended():
                held = self._statement(event.statement_id)
                key = held.recorded.receipt.client_id
                self.statements[key] = Statement(held.recorded, event.content, event.revision, held.withdrawn)
            case EvidenceConflictKept():
                held = self._statement(event.statement_id)
                key = held.recorded.receipt.client_id
                self.statements[key] = Statement(
                    held.recorded, held.content, held.revision, held.withdrawn, (*held.conflicts, event)
                )
            case EvidenceWithdrawn():
                held = self._statement(event.statement_id)
                key = held.recorded.receipt.client_id
                self.statements[key] = Statement(held.recorded, held.content, held.revision, True, held.conflicts)
            case LookForRated():
                self.ratings[event.look_for_id] = event
            case RatingWithdrawn():
                self.ratings.pop(event.look_for_id, None)
            case SlotNotesSubmitted():
                self.submitted = True

    def _statement(self, statement_id: UUID) -> Statement:
        return next(s for s in self.statements.values() if s.recorded.statement_id == statement_id)


def evolve(notes: Notes, event: Event) -> Notes:
    """The pure fold, one event at a time."""
    after = notes.copy()
    after.apply(event)
    return after
