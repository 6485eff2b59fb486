"""A recorded statement and its storage form, made directly.

A post carries hundreds of statements, and pydantic's own way of making and writing one (three validations
and a dump, 20 us) was two thirds of the post's time. What comes in here was validated when the batch was
read and checked by `decide`, so it is put together unchecked; `tests/unit/rounds/test_forms.py` holds the form
to the model's own JSON. Every other event goes the ordinary way.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from services.rounds.capture.decide import NOTES
from services.rounds.capture.events import EvidenceRecorded, Receipt, Visit
from shared.eventstore.port import NewEvent
from shared.messages import Event

_TO_JSON = {kind: TypeAdapter(kind).dump_json for kind in NOTES.events}


class Forms:
    """Writes the events of one delivery: what all its items share is written once."""

    def __init__(self) -> None:
        self._visits: dict[int, str] = {}
        self._shared: str | None = None

    def new_event(self, event: Event, event_id: UUID) -> NewEvent:
        kind = type(event)
        data = self._recorded(event) if isinstance(event, EvidenceRecorded) else _TO_JSON[kind](event)
        return NewEvent(kind.__name__, data, kind.schema_version, event_id)

    def _recorded(self, event: EvidenceRecorded) -> bytes:
        # Nothing here needs escaping: sealed words are base64, look-fors are known ids, the rest is typed.
        content, receipt = event.content, event.receipt
        elapsed = "null" if receipt.elapsed_seconds is None else receipt.elapsed_seconds
        judgmental = "true" if content.judgmental else "false"
        nudge = "null" if content.nudge is None else f'"{content.nudge}"'
        late = "null" if receipt.late is None else f'"{receipt.late}"'
        return (
            f'{{"statement_id":"{event.statement_id}","visit":{self._visit(event.visit)},"content":{{'
            f'"words":"{content.words}","minute":{content.minute},"core_element":"{content.core_element}",'
            f'"focus_question_ids":{_strings(content.focus_question_ids)},'
            f'"look_for_ids":{_strings(content.look_for_ids)},"judgmental":{judgmental},"nudge":{nudge}}},'
            f'"receipt":{{"client_id":"{receipt.client_id}","seq":{receipt.seq},'
            f'"device_time":"{receipt.device_time.isoformat()}",'
            f'"elapsed_seconds":{elapsed},"late":{late},{self._same_for_all(receipt)}}},'
            f'"origin":"{event.origin}"}}'
        ).encode()

    def _visit(self, visit: Visit) -> str:
        """The visit's JSON. A delivery holds one object per slot."""
        written = self._visits.get(id(visit))
        if written is None:
            written = self._visits[id(visit)] = visit.model_dump_json()
        return written

    def _same_for_all(self, receipt: Receipt) -> str:
        if self._shared is None:
            fields = {"device_id", "sent_at", "received_at", "skew_seconds"}
            self._shared = receipt.model_dump_json(include=fields)[1:-1]
        return self._shared


def _strings(values: tuple[Any, ...]) -> str:
    return '["' + '","'.join(map(str, values)) + '"]' if values else "[]"
