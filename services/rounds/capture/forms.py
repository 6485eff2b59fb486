"""A recorded statement's storage form, written directly: out of its event, or out of the item itself.

A post carries hundreds of statements, and pydantic's own way of making and writing one (three validations
and a dump, 20 us) was two thirds of the post's time. What comes in here was validated when the batch was
read and checked by `decide`, so it is put together unchecked; `tests/unit/rounds/test_forms.py` holds the form
to the model's own JSON. Every other event goes the ordinary way.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from services.rounds.capture.commands import StatementItem
from services.rounds.capture.decide import NOTES
from services.rounds.capture.events import Content, EvidenceRecorded, Late, Receipt, ReceiptFields, Visit, unchecked
from shared.eventstore.port import NewEvent
from shared.messages import Event

_TO_JSON = {kind: TypeAdapter(kind).dump_json for kind in NOTES.events}


class Forms:
    """Writes the events of one delivery: what all its items share is written once."""

    def __init__(self, receipt: ReceiptFields | None = None) -> None:
        """`receipt`: of one of its items; needed for `statement`, otherwise taken from the first event."""
        self._visits: dict[int, str] = {}
        self._shared = None if receipt is None else _same_for_all(unchecked(Receipt, receipt))

    def new_event(self, event: Event, event_id: UUID) -> NewEvent:
        kind = type(event)
        data = self._recorded(event) if isinstance(event, EvidenceRecorded) else _TO_JSON[kind](event)
        return NewEvent(kind.__name__, data, kind.schema_version, event_id)

    def statement(
        self, item: StatementItem, statement_id: UUID, visit: Visit, words: str, *, judgmental: bool, late: Late | None
    ) -> bytes:
        """The EvidenceRecorded that `item` makes; `words` are sealed."""
        return self._written(statement_id, visit, item, words, judgmental, item, late, "capture")

    def _recorded(self, event: EvidenceRecorded) -> bytes:
        content, receipt = event.content, event.receipt
        if self._shared is None:
            self._shared = _same_for_all(receipt)
        return self._written(
            event.statement_id, event.visit, content, content.words, content.judgmental, receipt, receipt.late,
            event.origin,
        )  # fmt: skip

    def _written(
        self,
        statement_id: UUID,
        visit: Visit,
        content: Content | StatementItem,
        words: str,
        judgmental: bool,
        receipt: Receipt | StatementItem,
        late: Late | None,
        origin: str,
    ) -> bytes:
        # Nothing here needs escaping: sealed words are base64, look-fors are known ids, the rest is typed.
        elapsed = "null" if receipt.elapsed_seconds is None else receipt.elapsed_seconds
        nudge = "null" if content.nudge is None else f'"{content.nudge}"'
        told_late = "null" if late is None else f'"{late}"'
        return (
            f'{{"statement_id":"{statement_id}","visit":{self._visit(visit)},"content":{{'
            f'"words":"{words}","minute":{content.minute},"core_element":"{content.core_element}",'
            f'"focus_question_ids":{_strings(content.focus_question_ids)},'
            f'"look_for_ids":{_strings(content.look_for_ids)},"judgmental":{"true" if judgmental else "false"},'
            f'"nudge":{nudge}}},"receipt":{{"client_id":"{receipt.client_id}","seq":{receipt.seq},'
            f'"device_time":"{receipt.device_time.isoformat()}",'
            f'"elapsed_seconds":{elapsed},"late":{told_late},{self._shared}}},"origin":"{origin}"}}'
        ).encode()

    def _visit(self, visit: Visit) -> str:
        """The visit's JSON. A delivery holds one object per slot."""
        written = self._visits.get(id(visit))
        if written is None:
            written = self._visits[id(visit)] = visit.model_dump_json()
        return written


def _same_for_all(receipt: Receipt) -> str:
    return receipt.model_dump_json(include={"device_id", "sent_at", "received_at", "skew_seconds"})[1:-1]


def _strings(values: tuple[Any, ...]) -> str:
    return '["' + '","'.join(map(str, values)) + '"]' if values else "[]"
