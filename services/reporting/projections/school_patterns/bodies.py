"""The frequent events as plain JSON bodies: the projection reads tens of thousands a second.

Their owner validated them when it put them into its contract; validating each again cost eight times the
parsing. That these shapes are the contract's is under test.
"""

from __future__ import annotations

from typing import TypedDict


class VisitBody(TypedDict):
    round_id: str
    school_id: str
    slot_id: str
    classroom_id: str
    observer_id: str
    grade_band: str
    subject: str
    day: str


class StatementBody(TypedDict):
    """EvidenceRecorded and EvidenceAmended."""

    statement_id: str
    visit: VisitBody
    core_element: str
    focus_question_ids: list[str]
    look_for_ids: list[str]
    minute: int
    device_time: str
    judgmental: bool


class WithdrawnBody(TypedDict):
    statement_id: str
    visit: VisitBody


class RatingBody(TypedDict):
    visit: VisitBody
    look_for_id: str
    kind: str
    value: str
    device_time: str


class HandedInBody(TypedDict):
    visit: VisitBody
    statements: int
    ratings: int
