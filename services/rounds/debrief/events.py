"""The storage format of `debrief-<round>`."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.rounds.capture.events import CoreElement
from services.rounds.rounds.events import FocusQuestion, StageOpened
from shared.messages import Event
from shared.upcasting import upcaster

ByWhen = Literal["next_week", "next_month", "end_of_year"]


class StatementAdmitted(Event):
    """The team takes the statement as evidence."""

    round_id: UUID
    statement_id: UUID


class StatementChallenged(Event):
    """A "red dot": the statement judges or guesses; it stays out of patterns until it is admitted."""

    round_id: UUID
    statement_id: UUID
    reason: str | None = None


class StatementsAdmitted(Event):
    """Describe ended: what nobody had challenged is taken as evidence."""

    round_id: UUID
    statement_ids: tuple[UUID, ...]


class LinkedStatement(BaseModel):
    """A statement in a pattern, with the room it comes from."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    statement_id: UUID
    classroom_id: UUID


class PatternNamed(Event):
    """A pattern, whole, when it is named and after each change. `counter`: statements that speak against it."""

    schema_version = 2

    round_id: UUID
    school_id: UUID
    pattern_id: UUID
    name: str
    description: str
    statements: tuple[LinkedStatement, ...]
    counter: tuple[LinkedStatement, ...] = ()


@upcaster("PatternNamed", 1)
def _without_counter_evidence(body: dict[str, Any]) -> dict[str, Any]:
    return body | {"counter": []}


class PatternDropped(Event):
    round_id: UUID
    school_id: UUID
    pattern_id: UUID


class PredictionsWritten(Event):
    """ "A student who did all that was asked here would know and be able to do ..."."""

    round_id: UUID
    predictions: tuple[str, ...]


class Commitment(BaseModel):
    """One step of the next level of work. `revisit` names the later round or check that looks again; `owner_id`: whose
    it is, where that is one of the round's own people."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    what: str
    who: str
    by_when: ByWhen
    resources: str = ""
    revisit: str = ""
    revisit_on: date | None = None
    owner_id: UUID | None = None


class NextLevelOfWorkCommitted(Event):
    round_id: UUID
    commitments: tuple[Commitment, ...]


class SynthesisClosed(Event):
    round_id: UUID
    school_id: UUID


class ReleasedStatement(BaseModel):
    """A statement behind a released pattern: its words as they were released, sealed as in its writer's notes, and what
    it is about (None where figures by element are hidden). Whose it is, in which room and when, is not."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    statement_id: UUID
    core_element: CoreElement | None
    words: str


class PatternFigures(BaseModel):
    """A pattern as the school reads it. The figures are None when `hidden` says why in words; `classrooms`
    also where nearly all rooms show the pattern: then `classrooms_at_least` says how many do at least."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    pattern_id: UUID
    name: str
    description: str
    statements: int | None
    classrooms: int | None
    core_elements: dict[str, int] | None  # statements per element of the instructional core
    hidden: str | None
    core_elements_hidden: str | None = None
    classrooms_at_least: int | None = None


class ReleasedPattern(PatternFigures):
    """With the statements behind it, where its figures are told."""

    evidence: tuple[ReleasedStatement, ...] = ()


class ReleasedSynthesis(BaseModel):
    """The frozen words of one release."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    problem: str
    theory_of_action: str
    focus_questions: tuple[FocusQuestion, ...]
    patterns: tuple[ReleasedPattern, ...]
    predictions: tuple[str, ...]
    next_level_of_work: tuple[Commitment, ...]


class RoundReleased(Event):
    round_id: UUID
    school_id: UUID
    release: int
    synthesis: ReleasedSynthesis


EVENTS: tuple[type[Event], ...] = (
    StageOpened,
    StatementAdmitted,
    StatementChallenged,
    StatementsAdmitted,
    PatternNamed,
    PatternDropped,
    PredictionsWritten,
    NextLevelOfWorkCommitted,
    SynthesisClosed,
    RoundReleased,
)
