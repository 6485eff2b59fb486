"""The frequent events' bodies, as far as the projection reads them: it reads tens of thousands a second.

Their owner validated them when it put them into its contract; validating each again cost eight times the
parsing. That these shapes are the contract's is under test. Ids stay text, as they come; a visit stays its JSON, which
the statements of an observer in a slot share, and is read once (places.py).
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Raw, Struct


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
    visit: Raw
    core_element: str
    focus_question_ids: tuple[str, ...]
    look_for_ids: tuple[str, ...]
    minute: int
    device_time: datetime
    judgmental: bool


class WithdrawnBody(Struct, gc=False):
    statement_id: str
    visit: Raw


class RatingBody(Struct, gc=False):
    visit: Raw
    look_for_id: str
    kind: str
    value: str
    device_time: datetime


class NotRatedBody(Struct, gc=False):
    """RatingWithdrawn."""

    visit: Raw
    look_for_id: str
    device_time: datetime


class HandedInBody(Struct, gc=False):
    visit: Raw
    statements: int
    ratings: int
