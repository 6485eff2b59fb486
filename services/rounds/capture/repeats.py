"""Whether an item that comes again says the same as what was kept of it."""

from __future__ import annotations

from services.rounds.capture.commands import AmendItem, Item, RatingItem, StatementItem, SubmitItem, WithdrawItem
from services.rounds.capture.events import (
    EvidenceAmended,
    EvidenceConflictKept,
    EvidenceRecorded,
    EvidenceWithdrawn,
    LookForRated,
    RatingConflictKept,
    RatingWithdrawn,
)
from services.rounds.capture.state import Notes, NotesEvent


def sealed_words(event: NotesEvent) -> str | None:
    """The sealed words in the event, if it carries any."""
    if isinstance(event, EvidenceRecorded | EvidenceAmended | EvidenceConflictKept):
        return event.content.words
    return None


def says_the_same(item: Item, event: NotesEvent, words: str | None, notes: Notes) -> bool:
    """`words` are the event's words, opened; None when their key is gone: erased words count as the
    same, so that a repetition cannot bring them back."""
    if event.visit.slot_id != item.slot_id:
        return False
    match item, event:
        case StatementItem(), EvidenceRecorded() | EvidenceConflictKept():
            return _same_content(item, event, words)
        case AmendItem(), EvidenceAmended() | EvidenceConflictKept():
            held = notes.statements.get(item.of)
            about = held is not None and held.recorded.statement_id == event.statement_id
            return about and _same_content(item, event, words)
        case WithdrawItem(), EvidenceWithdrawn():
            held = notes.statements.get(item.of)
            return held is not None and held.recorded.statement_id == event.statement_id
        case RatingItem(), LookForRated() | RatingConflictKept():
            return (item.look_for_id, item.value) == (event.look_for_id, event.value)
        case RatingItem(), RatingWithdrawn():
            return (item.look_for_id, item.value) == (event.look_for_id, None)
        case SubmitItem(), _:
            return True
    return False


def _same_content(
    item: StatementItem | AmendItem,
    event: EvidenceRecorded | EvidenceAmended | EvidenceConflictKept,
    words: str | None,
) -> bool:
    content = event.content
    return (
        (words is None or words == item.words)
        and content.minute == item.minute
        and content.core_element == item.core_element
        and set(content.focus_question_ids) == set(item.focus_question_ids)
        and set(content.look_for_ids) == set(item.look_for_ids)
    )
