"""What becomes of one item: an event, nothing (it is a repetition), or a refusal. Pure.

Nothing that was accepted is lost: an edit that comes too late, or on a version that is no longer the
newest, is kept as a second version beside the first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple
from uuid import UUID

from services.rounds.capture import state as notes_state
from services.rounds.capture.commands import (
    AmendItem,
    Item,
    RatingItem,
    StatementItem,
    SubmitItem,
    WithdrawItem,
)
from services.rounds.capture.events import (
    NOTES_EVENTS,
    Content,
    ContentFields,
    EvidenceAmended,
    EvidenceConflictKept,
    EvidenceRecorded,
    EvidenceWithdrawn,
    LookForRated,
    RatingConflictKept,
    RatingWithdrawn,
    Receipt,
    ReceiptFields,
    SlotNotesSubmitted,
    Visit,
    unchecked,
)
from services.rounds.capture.state import Notes, Statement
from services.rounds.instruments.documents import LookFor
from shared.decider import Decider
from shared.errors import Refused
from shared.messages import Event
from shared.said import say

LONGEST_WORDS = 2000
MOST_TAGS = 50
MINUTES_OVER = 60  # a visit may start late or run on; a minute beyond this is a typing error


@dataclass(frozen=True, slots=True)
class SlotFacts:
    """What capture needs to know of a slot and its round. `minutes` is the planned length."""

    round_id: UUID
    school_id: UUID
    slot_id: UUID
    classroom_id: UUID
    grade_band: str
    subject: str
    day: date
    minutes: int
    observer_ids: frozenset[UUID]
    focus_question_ids: frozenset[UUID]
    look_fors: Mapping[str, LookFor]
    older_look_fors: Mapping[str, Sequence[LookFor]] = field(default_factory=dict)  # as versions pinned before had them
    describe_open: bool = False
    closed: bool = False
    released: bool = False

    def visit(self, observer_id: UUID) -> Visit:
        return Visit(
            round_id=self.round_id,
            school_id=self.school_id,
            slot_id=self.slot_id,
            classroom_id=self.classroom_id,
            observer_id=observer_id,
            grade_band=self.grade_band,
            subject=self.subject,
            day=self.day,
        )


class TakeItem(NamedTuple):
    """One item, with what was found at the edge: `sealed` holds the words of a statement or amendment,
    `repeats` says, for a client id seen before, whether its content is the same as any version kept."""

    item: Item
    statement_id: UUID  # of the statement that the item makes or is about; of the rating
    slot: SlotFacts
    visit: Visit
    receipt: ReceiptFields
    sealed: str = ""
    judgmental: bool = False
    repeats: bool = False


_NONE: Mapping[int, UUID] = {}
_BECOMES: Mapping[type, tuple[type[Event], ...]] = {
    StatementItem: (EvidenceRecorded,),
    AmendItem: (EvidenceAmended, EvidenceConflictKept),
    RatingItem: (LookForRated, RatingWithdrawn),
}


def decide(command: TakeItem, notes: Notes) -> Sequence[Event]:
    item = command.item
    earlier = notes.received.get(item.client_id)
    if earlier is not None:
        if command.repeats:
            return []
        if not isinstance(earlier[0], _BECOMES.get(type(item), ())):
            raise client_id_reused()
    device_id = command.receipt["device_id"]
    if device_id is not None:
        holder = notes.seqs.get(device_id, _NONE).get(item.seq)
        if holder is not None and holder != item.client_id:
            raise sequence_reused(item.seq)
    match item:
        case StatementItem():
            content = _content(item, command)
            if earlier is not None:
                return [_kept(notes, command, content, "other_content")]
            recorded = {
                "statement_id": command.statement_id,
                "visit": command.visit,
                "content": unchecked(Content, content),
                "receipt": unchecked(Receipt, command.receipt),
                "origin": "capture",
            }
            return [unchecked(EvidenceRecorded, recorded)]
        case AmendItem():
            return [_amend(item, command, notes, again=earlier is not None)]
        case WithdrawItem():
            return _withdraw(item, command, notes)
        case RatingItem():
            return [_rate(item, command, notes, again=earlier is not None)]
        case SubmitItem():
            standing = len(notes.standing)
            return [
                SlotNotesSubmitted(
                    visit=command.visit, statements=standing, ratings=len(notes.ratings), receipt=_receipt(command)
                )
            ]


def _receipt(command: TakeItem) -> Receipt:
    return Receipt(**command.receipt)


def sequence_reused(seq: int) -> Refused:
    return Refused(
        "sequence_reused",
        say("rounds.note.sequence_reused", number=seq),
        mend=say("rounds.note.next_number"),
    )


def check_content(item: StatementItem | AmendItem, slot: SlotFacts) -> None:
    """Raises Refused for words, a minute or tags that no statement of this slot can have."""
    words = len(item.words)
    if not 1 <= words <= LONGEST_WORDS or not item.words.strip():
        if words > LONGEST_WORDS:
            raise Refused(
                "words_too_long",
                say("rounds.note.words_too_long", count=f"{words:,}", most=f"{LONGEST_WORDS:,}"),
                mend=say("rounds.note.make_two"),
            )
        raise Refused("words_empty", say("rounds.note.words_empty"), mend=say("rounds.note.write_seen"))
    if not 0 <= item.minute <= slot.minutes + MINUTES_OVER:
        raise Refused(
            "minute_out_of_range",
            say("rounds.note.minute_out", minute=item.minute, most=slot.minutes),
            mend=say("rounds.note.minutes_count", most=slot.minutes),
        )
    if item.focus_question_ids and not slot.focus_question_ids.issuperset(item.focus_question_ids):
        raise Refused(
            "unknown_focus_question",
            say("rounds.note.unknown_focus_question"),
            mend=say("rounds.note.choose_focus_question"),
        )
    if item.look_for_ids and not slot.look_fors.keys() >= set(item.look_for_ids):
        raise unknown_look_for()
    if len(item.focus_question_ids) + len(item.look_for_ids) > MOST_TAGS:
        raise Refused(
            "too_many_tags", say("rounds.note.too_many_tags", most=MOST_TAGS), mend=say("rounds.note.leave_out")
        )


def _content(item: StatementItem | AmendItem, command: TakeItem) -> ContentFields:
    check_content(item, command.slot)
    return {
        "words": command.sealed,
        "minute": item.minute,
        "core_element": item.core_element,
        "focus_question_ids": item.focus_question_ids and tuple(dict.fromkeys(item.focus_question_ids)),
        "look_for_ids": item.look_for_ids and tuple(dict.fromkeys(item.look_for_ids)),
        "judgmental": command.judgmental,
        "nudge": item.nudge,
    }


def unknown_look_for() -> Refused:
    return Refused(
        "unknown_look_for",
        say("rounds.note.unknown_look_for"),
        mend=say("rounds.note.choose_look_for"),
    )


def _of(client_id: UUID, notes: Notes) -> Statement:
    held = notes.statements.get(client_id)
    if held is None:
        raise Refused(
            "unknown_statement",
            say("rounds.note.unknown_statement"),
            mend=say("rounds.note.statement_first"),
        )
    return held


def _amend(item: AmendItem, command: TakeItem, notes: Notes, *, again: bool) -> Event:
    held = _of(item.of, notes)
    content = _content(item, command)
    if again or held.withdrawn or item.base_revision != held.revision:
        return _kept(
            notes, command, content, "other_content" if again else "withdrawn" if held.withdrawn else "stale_base"
        )
    return EvidenceAmended(
        statement_id=held.recorded.statement_id,
        visit=command.visit,
        content=Content(**content),
        revision=held.revision + 1,
        receipt=_receipt(command),
        why=item.why,
    )


def _kept(notes: Notes, command: TakeItem, content: ContentFields, cause: str) -> Event:
    item = command.item
    of = item.of if isinstance(item, AmendItem) else item.client_id
    statement_id = _of(of, notes).recorded.statement_id
    base = item.base_revision if isinstance(item, AmendItem) else None
    return EvidenceConflictKept.model_validate(
        {
            "statement_id": statement_id,
            "visit": command.visit,
            "content": content,
            "cause": cause,
            "base_revision": base,
            "receipt": command.receipt,
        }
    )


def client_id_reused() -> Refused:
    return Refused(
        "client_id_reused",
        say("rounds.note.client_id_reused"),
        mend=say("rounds.note.own_client_id"),
    )


def _withdraw(item: WithdrawItem, command: TakeItem, notes: Notes) -> Sequence[Event]:
    held = _of(item.of, notes)
    if held.withdrawn:
        return []
    return [
        EvidenceWithdrawn(
            statement_id=held.recorded.statement_id, visit=command.visit, receipt=_receipt(command), why=item.why
        )
    ]


def _rate(item: RatingItem, command: TakeItem, notes: Notes, *, again: bool) -> Event:
    kind = None if item.value is None else _answered(item.look_for_id, item.value, command.slot)
    if kind is None and item.look_for_id not in notes.ratings.keys() | command.slot.look_fors.keys():
        raise unknown_look_for()
    fields = {
        "rating_id": command.statement_id,
        "visit": command.visit,
        "look_for_id": item.look_for_id,
        "receipt": _receipt(command),
    }
    if again:
        return RatingConflictKept.model_validate({**fields, "value": item.value})
    if kind is None:
        return RatingWithdrawn.model_validate({**fields, "instrument_version": item.instrument_version})
    return LookForRated.model_validate(
        {**fields, "kind": kind, "value": item.value, "instrument_version": item.instrument_version}
    )


def _answered(look_for_id: str, value: str, slot: SlotFacts) -> str:
    """The kind of the look-for that `value` answers. Raises Refused when it answers none."""
    look_for = slot.look_fors.get(look_for_id)
    if look_for is None:
        raise unknown_look_for()
    asked = (look_for, *slot.older_look_fors.get(look_for_id, ()))
    answered = next((one for one in asked if one.answers(value)), None)
    if answered is None:
        raise Refused(
            "unknown_answer",
            say("rounds.note.unknown_answer", value=value[:40]),
            mend=say("rounds.note.write_statement" if look_for.kind == "note" else "rounds.note.choose_answer"),
        )
    return answered.kind


NOTES: Decider[TakeItem, Notes] = Decider(Notes(), decide, notes_state.evolve, NOTES_EVENTS)
