"""Describe, analyze, predict, next level of work; close and release."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from services.rounds.debrief.commands import (
    AdmitStatement,
    ChallengeStatement,
    CloseSynthesis,
    CommitNextLevelOfWork,
    DropPattern,
    NamePattern,
    OpenStage,
    ReleaseRound,
    WritePredictions,
)
from services.rounds.debrief.decide import DEBRIEF
from services.rounds.debrief.events import (
    Commitment,
    LinkedStatement,
    PatternDropped,
    PatternNamed,
    ReleasedSynthesis,
    RoundReleased,
    StatementAdmitted,
    StatementChallenged,
    StatementsAdmitted,
    SynthesisClosed,
)
from services.rounds.rounds.events import Stage, StageOpened
from shared.errors import NotFound
from shared.said import Said
from shared.testing.given_decider import given

ROUND_ID, SCHOOL = uuid4(), uuid4()
ROOM_1, ROOM_2 = uuid4(), uuid4()
S1, S2, S3 = uuid4(), uuid4(), uuid4()
OTHERS = tuple(uuid4() for _ in range(5))


def opening(stage: Stage, *, visit_open: bool = True, statements: int = 8) -> OpenStage:
    standing = (S1, S2, S3, *OTHERS)[:statements]
    return OpenStage(round_id=ROUND_ID, school_id=SCHOOL, stage=stage, visit_open=visit_open, statements=standing)


def pattern(
    *links: tuple[UUID, UUID], pattern_id: UUID | None = None, name: str = "Recall questions lead"
) -> NamePattern:
    return NamePattern(
        round_id=ROUND_ID,
        school_id=SCHOOL,
        pattern_id=pattern_id or uuid4(),
        name=name,
        description="",
        statements=tuple(LinkedStatement(statement_id=s, classroom_id=r) for s, r in links),
    )


GOOD = pattern((S1, ROOM_1), (S2, ROOM_2))
PREDICTIONS = WritePredictions(round_id=ROUND_ID, predictions=("A student would know the words of the slide.",))
NEXT = CommitNextLevelOfWork(
    round_id=ROUND_ID,
    commitments=(Commitment(what="Plan three why-questions", who="Grade 4", by_when="next_week", revisit="Round 2"),),
)
CLOSE = CloseSynthesis(round_id=ROUND_ID, school_id=SCHOOL)
EMPTY = ReleasedSynthesis(
    problem="", theory_of_action="", focus_questions=(), patterns=(), predictions=(), next_level_of_work=()
)
RELEASE = ReleaseRound(round_id=ROUND_ID, school_id=SCHOOL, synthesis=EMPTY)


def described(*more: Any) -> Any:
    return given(DEBRIEF).after(opening("describe"), *more)


def analyzed(*more: Any) -> Any:
    return described(opening("analyze"), *more)


def closed(*more: Any) -> Any:
    return analyzed(GOOD, opening("predict"), PREDICTIONS, opening("next_level_of_work"), NEXT, CLOSE, *more)


def test_describe_opens_after_the_visit_when_evidence_is_there() -> None:
    given(DEBRIEF).when(opening("describe")).then(StageOpened(round_id=ROUND_ID, school_id=SCHOOL, stage="describe"))
    given(DEBRIEF).when(opening("describe", statements=0)).then_refused("no_evidence")
    given(DEBRIEF).when(opening("describe", visit_open=False)).then_refused("stage_skipped")
    described().when(opening("describe")).then_nothing()


def test_stages_follow_each_other() -> None:
    described().when(opening("predict")).then_refused("stage_skipped")
    described().when(opening("visit")).then_refused("stage_passed")
    analyzed().when(opening("describe")).then(StageOpened(round_id=ROUND_ID, school_id=SCHOOL, stage="describe"))


def test_each_stage_needs_what_the_one_before_makes() -> None:
    described().when(opening("analyze", statements=1)).then_refused("no_admitted_evidence")
    analyzed().when(opening("predict")).then_refused("no_pattern")
    analyzed(GOOD, opening("predict")).when(opening("next_level_of_work")).then_refused("no_prediction")


def test_the_team_admits_or_challenges_a_statement() -> None:
    challenge = ChallengeStatement(round_id=ROUND_ID, statement_id=S1, reason="judges")
    described().when(challenge).then(StatementChallenged(**dict(challenge)))
    admit = AdmitStatement(round_id=ROUND_ID, statement_id=S1)
    state = described(challenge).when(admit).then(StatementAdmitted(**dict(admit)))
    assert not state.challenged
    described(admit).when(admit).then_nothing()
    refused = given(DEBRIEF).when(challenge).then_refused("wrong_stage")
    assert refused.say == Said(
        "This belongs to the stage describe or analyze; the round is at: before the debrief.",
        "Esto corresponde a la etapa describir o analizar; la ronda está en: antes del análisis en conjunto.",
    )


def test_a_pattern_needs_two_statements_from_two_rooms() -> None:
    analyzed().when(pattern((S1, ROOM_1), (S2, ROOM_1))).then_refused("pattern_too_thin")
    analyzed().when(pattern((S1, ROOM_1))).then_refused("pattern_too_thin")
    analyzed().when(pattern((S1, ROOM_1), (S1, ROOM_1))).then_refused("pattern_too_thin")
    analyzed().when(GOOD).then(PatternNamed(**dict(GOOD)))
    described().when(GOOD).then_refused("wrong_stage")


def test_a_challenged_statement_supports_no_pattern() -> None:
    challenge = ChallengeStatement(round_id=ROUND_ID, statement_id=S1)
    analyzed(challenge).when(GOOD).then_refused("statement_challenged")
    analyzed(GOOD).when(challenge).then_refused("statement_in_pattern")


def test_two_patterns_cannot_share_a_name_and_one_may_be_changed() -> None:
    analyzed(GOOD).when(pattern((S1, ROOM_1), (S3, ROOM_2))).then_refused("pattern_name_taken")
    wider = pattern((S1, ROOM_1), (S2, ROOM_2), (S3, ROOM_2), pattern_id=GOOD.pattern_id)
    analyzed(GOOD).when(wider).then(PatternNamed(**dict(wider)))
    analyzed(GOOD).when(GOOD).then_nothing()


@pytest.mark.parametrize("name", ["", "  ", "x" * 201])
def test_a_pattern_has_a_name(name: str) -> None:
    analyzed().when(GOOD.model_copy(update={"name": name})).then_refused("pattern_name")


def test_a_pattern_can_be_dropped() -> None:
    drop = DropPattern(round_id=ROUND_ID, school_id=SCHOOL, pattern_id=GOOD.pattern_id)
    analyzed(GOOD).when(drop).then(PatternDropped(**dict(drop)))
    analyzed().when(drop).then_error(NotFound)


def test_the_next_level_of_work_says_what_who_and_what_revisits_it() -> None:
    vague = NEXT.model_copy(update={"commitments": (Commitment(what=" ", who="", by_when="next_month"),)})
    refused = (
        analyzed(GOOD, opening("predict"), PREDICTIONS, opening("next_level_of_work"))
        .when(vague)
        .then_refused("next_level_of_work_incomplete")
    )
    assert [p["detail"] for p in refused.extra["problems"]] == [
        "Commitment 1 does not say what.",
        "Commitment 1 does not say who.",
        "Commitment 1 does not say what revisits it.",
    ]
    assert [p["es"]["detail"] for p in refused.extra["problems"]] == [
        "El compromiso 1 no dice qué.",
        "El compromiso 1 no dice quién.",
        "El compromiso 1 no dice con qué se revisa.",
    ]


def test_predictions_have_words() -> None:
    empty = PREDICTIONS.model_copy(update={"predictions": ("",)})
    analyzed(GOOD, opening("predict")).when(empty).then_refused("predictions")


def test_the_synthesis_closes_once_and_only_when_whole() -> None:
    story = analyzed(GOOD, opening("predict"), PREDICTIONS, opening("next_level_of_work"))
    story.when(CLOSE).then_refused("synthesis_incomplete")
    story.after(NEXT).when(CLOSE).then(SynthesisClosed(round_id=ROUND_ID, school_id=SCHOOL))
    closed().when(CLOSE).then_nothing()


def test_a_closed_synthesis_changes_no_more() -> None:
    for command in (GOOD, PREDICTIONS, NEXT, opening("analyze"), AdmitStatement(round_id=ROUND_ID, statement_id=S1)):
        closed().when(command).then_refused("synthesis_closed")


def test_releases_are_numbered_and_need_a_closed_synthesis() -> None:
    analyzed(GOOD).when(RELEASE).then_refused("not_closed")
    first = closed().when(RELEASE).then(RoundReleased(**dict(RELEASE), release=1))
    assert len(first.releases) == 1
    closed(RELEASE).when(RELEASE).then(RoundReleased(**dict(RELEASE), release=2))


def test_the_follow_up_opens_after_a_release() -> None:
    closed().when(opening("follow_up")).then_refused("not_released")
    closed(RELEASE).when(opening("follow_up")).then(StageOpened(round_id=ROUND_ID, school_id=SCHOOL, stage="follow_up"))


def test_what_nobody_challenged_is_admitted_when_analyze_opens() -> None:
    described(
        ChallengeStatement(round_id=ROUND_ID, statement_id=S1), AdmitStatement(round_id=ROUND_ID, statement_id=S2)
    ).when(opening("analyze", statements=4)).then(
        StatementsAdmitted(round_id=ROUND_ID, statement_ids=(S3, OTHERS[0])),
        StageOpened(round_id=ROUND_ID, school_id=SCHOOL, stage="analyze"),
    )
