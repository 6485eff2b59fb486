"""What the debrief's rules and screens read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from services.rounds.capture.events import CoreElement
from services.rounds.capture.queries import RoundNotes
from services.rounds.capture.streams import words_subject
from services.rounds.capture.words import Words
from services.rounds.debrief.events import (
    Commitment,
    LinkedStatement,
    PatternFigures,
    PatternNamed,
    ReleasedStatement,
    ReleasedSynthesis,
)
from services.rounds.debrief.synthesis import Support
from services.rounds.rounds.events import FocusQuestion, Stage
from services.rounds.rounds.protocol import acts
from services.rounds.rounds.queries import RoundFile, protocol_of
from shared.access import Actor
from shared.errors import Invalid
from shared.said import say

if TYPE_CHECKING:
    from services.rounds.deps import Deps


class PatternOut(BaseModel):
    pattern_id: UUID
    name: str
    description: str
    statement_ids: list[UUID]
    counter_statement_ids: list[UUID]
    classrooms: int


class Challenge(BaseModel):
    statement_id: UUID
    reason: str | None


class DebriefOut(BaseModel):
    """For the round's own people."""

    round_id: UUID
    stage: Stage
    acts: bool = Field(description="whether the protocol lets the reader act in this stage")
    closed: bool
    release: int
    version: int = Field(description="for If-Match on the debrief's parts")
    patterns: list[PatternOut]
    predictions: list[str]
    next_level_of_work: list[Commitment]
    challenged: list[Challenge]
    admitted: list[UUID]


class StatementTold(BaseModel):
    words: str
    core_element: CoreElement | None = Field(description="null where figures by element are hidden")


class PatternTold(PatternFigures):
    evidence: list[StatementTold] = Field(
        description="the statements behind it, of nobody and of no room; empty for who reads figures alone"
    )


class SynthesisTold(BaseModel):
    problem: str
    theory_of_action: str
    focus_questions: list[FocusQuestion]
    patterns: list[PatternTold]
    predictions: list[str]
    next_level_of_work: list[Commitment]


class SynthesisOut(BaseModel):
    """The frozen words of a release."""

    round_id: UUID
    school_id: UUID
    release: int
    releases: list[int]
    synthesis: SynthesisTold


class StageOut(BaseModel):
    round_id: UUID
    stage: Stage
    version: int


class ReleaseOut(BaseModel):
    round_id: UUID
    release: int
    status: Literal["released"] = "released"


def pattern_out(pattern: PatternNamed) -> PatternOut:
    return PatternOut(
        pattern_id=pattern.pattern_id,
        name=pattern.name,
        description=pattern.description,
        statement_ids=[s.statement_id for s in pattern.statements],
        counter_statement_ids=[s.statement_id for s in pattern.counter],
        classrooms=len({s.classroom_id for s in pattern.statements}),
    )


async def debrief_out(deps: Deps, file: RoundFile, reader: Actor) -> DebriefOut:
    debrief = file.debrief
    protocol = await protocol_of(deps, reader.district_id, file.round)
    return DebriefOut(
        round_id=file.plan.round_id,
        stage=file.stage,
        acts=acts(protocol, file.stage, reader.person_id, file.people),
        closed=debrief.closed,
        release=len(debrief.releases),
        version=file.debrief_version,
        patterns=[pattern_out(p) for p in debrief.patterns.values()],
        predictions=list(debrief.predictions),
        next_level_of_work=list(debrief.commitments),
        challenged=[Challenge(statement_id=k, reason=v) for k, v in debrief.challenged.items()],
        admitted=sorted(debrief.admitted),
    )


def support(held: RoundNotes) -> dict[UUID, Support]:
    """The standing statements of the round, by id."""
    return {
        id_: Support(
            key[0],
            statement.recorded.visit.classroom_id,
            key[1],
            statement.content.core_element,
            statement.content.words,
        )
        for id_, (key, statement) in held.standing.items()
    }


def linked(held: RoundNotes, statement_ids: Sequence[UUID]) -> tuple[LinkedStatement, ...]:
    """The statements with their rooms. Raises Invalid naming those that the round does not have."""
    known = support(held)
    missing = [s for s in statement_ids if s not in known]
    if missing:
        raise Invalid(
            say("rounds.missing_statements", number=len(missing)),
            where="statement_ids",
            mend=say("rounds.choose_evidence"),
            statement_ids=missing,
        )
    return tuple(
        LinkedStatement(statement_id=s, classroom_id=known[s].classroom_id) for s in dict.fromkeys(statement_ids)
    )


async def told(
    words: Words, district_id: UUID, frozen: ReleasedSynthesis, round_id: UUID, held: RoundNotes | None
) -> SynthesisTold:
    """The release as it is read. Statements' words are opened now, so that what was erased is gone here too; without
    `held` (for who reads figures alone) none is told."""
    opened: dict[str, str | None] = {}
    if held is not None:
        writers = {s.recorded.statement_id: k[1] for k, n in held.notes.items() for s in n.statements.values()}
        boxes: dict[str, list[str]] = {}
        for one in (e for p in frozen.patterns for e in p.evidence):
            if one.statement_id in writers:
                boxes.setdefault(words_subject(round_id, writers[one.statement_id]), []).append(one.words)
        for subject, plain in (await words.reveal(district_id, boxes)).items():
            opened |= dict(zip(boxes[subject], plain, strict=True))

    def shown(evidence: Sequence[ReleasedStatement]) -> list[StatementTold]:
        read = [(e, opened.get(e.words)) for e in evidence]
        return [StatementTold(words=w, core_element=e.core_element) for e, w in read if w]

    return SynthesisTold(
        **frozen.model_dump(exclude={"patterns"}),
        patterns=[
            PatternTold(**p.model_dump(exclude={"evidence"}), evidence=shown(p.evidence)) for p in frozen.patterns
        ],
    )
