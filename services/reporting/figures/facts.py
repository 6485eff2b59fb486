"""The facts of one round that figures are made of: ids and codes, nobody's words, no teacher."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

CORE_ELEMENTS = ("teacher", "student", "content", "task")
NOT_RATED = ("not_observed", "not_applicable")


@dataclass(frozen=True, slots=True)
class Presence:
    """One observer was in one classroom slot (and recorded, rated or handed in something)."""

    slot_id: UUID
    classroom_id: UUID
    observer_id: UUID


def is_judgmental(marked: bool, verdict: str | None) -> bool:
    """Whether a statement is no evidence: the team challenged it, or nobody screened it and its words are marked as
    judging. What the team admitted is evidence, whatever the mark."""
    return marked if verdict is None else verdict == "challenged"


@dataclass(frozen=True, slots=True)
class Statement:
    """One evidence statement as it stands (its newest revision, not withdrawn). `judgmental`: see `is_judgmental`."""

    slot_id: UUID
    classroom_id: UUID
    observer_id: UUID
    core_element: str
    focus_question_ids: tuple[UUID, ...] = ()
    look_for_ids: tuple[str, ...] = ()
    judgmental: bool = False
    statement_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Rating:
    """One observer's standing answer to one look-for in one slot. `value` is a code."""

    slot_id: UUID
    classroom_id: UUID
    observer_id: UUID
    look_for_id: str
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """Everything that the figures of one round stand on, as known at one place in the log."""

    round_id: UUID
    school_id: UUID
    day: date
    instrument: str
    instrument_version: int
    focus_question_ids: tuple[UUID, ...]
    presences: tuple[Presence, ...]
    statements: tuple[Statement, ...]
    ratings: tuple[Rating, ...]
    patterns: tuple[frozenset[UUID], ...] = ()
    """The statements of each standing pattern: what the rounds service tells of them is known to the same readers."""
