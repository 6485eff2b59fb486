"""The frequent events' bodies, as far as the projection reads them: it reads tens of thousands a second.

Their owner validated them when it put them into its contract; validating each again cost eight times the
parsing. That these shapes are the contract's is under test. Ids and times stay text, as they come.
"""

from __future__ import annotations

from msgspec import Struct


class VisitBody(Struct, gc=False):
    round_id: str
    school_id: str
    slot_id: str
    classroom_id: str
    observer_id: str
    grade_band: str
    subject: str
    day: str


class StatementBody(Struct, gc=False):
    """EvidenceRecorded and EvidenceAmended."""

    statement_id: str
    visit: VisitBody
    core_element: str
    focus_question_ids: tuple[str, ...]
    look_for_ids: tuple[str, ...]
    minute: int
    device_time: str
    judgmental: bool


class WithdrawnBody(Struct, gc=False):
    statement_id: str
    visit: VisitBody


class RatingBody(Struct, gc=False):
    visit: VisitBody
    look_for_id: str
    kind: str
    value: str
    device_time: str


class HandedInBody(Struct, gc=False):
    visit: VisitBody
    statements: int
    ratings: int
