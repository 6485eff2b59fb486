"""The rules of a debrief: stages and their exit conditions, screening, patterns, commitments, release."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import reduce
from types import MappingProxyType

from services.rounds.debrief.commands import (
    AdmitStatement,
    ChallengeStatement,
    CloseSynthesis,
    CommitNextLevelOfWork,
    DebriefCommand,
    DropPattern,
    NamePattern,
    OpenStage,
    ReleaseRound,
    WritePredictions,
)
from services.rounds.debrief.events import (
    EVENTS,
    NextLevelOfWorkCommitted,
    PatternDropped,
    PatternNamed,
    PredictionsWritten,
    RoundReleased,
    StatementAdmitted,
    StatementChallenged,
    StatementsAdmitted,
    SynthesisClosed,
)
from services.rounds.debrief.state import DebriefState
from services.rounds.follow_up import decide as follow_up
from services.rounds.follow_up import state as follow_up_state
from services.rounds.follow_up.commands import RevisitCommitments, SetFollowUp
from services.rounds.follow_up.events import EVENTS as FOLLOW_UP_EVENTS
from services.rounds.follow_up.events import CommitmentsRevisited, FollowUpSet
from services.rounds.rounds.events import Stage, StageOpened
from services.rounds.rounds.protocol import PROTOCOL, require_open, title
from shared.decider import Decider
from shared.errors import NotFound, Refused
from shared.messages import Event
from shared.said import Said, listed, say, together

LEAST_STATEMENTS = 2  # of a pattern
LEAST_ROOMS = 2  # of a pattern: one room is a visit, not a pattern
LONGEST_NAME = 200
LONGEST_WORDS = 4000
MOST_PREDICTIONS = 20
MOST_COMMITMENTS = 20


def decide(command: DebriefCommand, state: DebriefState) -> Sequence[Event]:
    match command:
        case OpenStage():
            return _open_stage(command, state)
        case AdmitStatement() | ChallengeStatement():
            return _screen(command, state)
        case NamePattern():
            return _name(command, state)
        case DropPattern():
            _in(state, "analyze", "predict", "next_level_of_work")
            if command.pattern_id not in state.patterns:
                raise NotFound(say("rounds.no_pattern"))
            return [PatternDropped(**dict(command))]
        case WritePredictions():
            return _predict(command, state)
        case CommitNextLevelOfWork():
            return _commit(command, state)
        case CloseSynthesis():
            return _close(command, state)
        case ReleaseRound():
            if not state.closed:
                raise Refused("not_closed", say("rounds.not_closed"), mend=say("rounds.close_then_release"))
            return [RoundReleased(**dict(command), release=len(state.releases) + 1)]
        case SetFollowUp() | RevisitCommitments():
            return follow_up.decide(command, state)


def _in(state: DebriefState, *stages: Stage) -> None:
    if state.closed:
        raise Refused("synthesis_closed", say("rounds.synthesis_closed"))
    if state.stage not in stages:
        now = title(state.stage) if state.stage else say("rounds.before_debrief_now")
        raise Refused(
            "wrong_stage",
            say("rounds.wrong_stage", stages=_either(map(title, stages)), now=now),
            mend=say("rounds.open_first", stage=title(stages[0])),
        )


def _either(parts: Iterable[Said]) -> Said:
    return reduce(lambda one, other: say("rounds.either", one=one, other=other), parts)


def _both(parts: Iterable[Said]) -> Said:
    return reduce(lambda one, other: say("rounds.both", one=one, other=other), parts)


def _open_stage(command: OpenStage, state: DebriefState) -> Sequence[Event]:
    wanted = command.stage
    if wanted in ("prepare", "visit"):
        raise Refused("stage_passed", say("rounds.stage_passed", stage=title(wanted)))
    if state.stage == wanted:
        return []
    opened = StageOpened(round_id=command.round_id, school_id=command.school_id, stage=wanted)
    if state.closed and wanted != "follow_up":
        raise Refused("synthesis_closed", say("rounds.only_follow_up"))
    held: Stage = state.stage or ("visit" if command.visit_open else "prepare")
    require_open(held, wanted, _facts(command, state), command.protocol or PROTOCOL)
    if wanted == "analyze":
        rest = tuple(s for s in command.statements if s not in state.challenged and s not in state.admitted)
        if rest:
            return [StatementsAdmitted(round_id=command.round_id, statement_ids=rest), opened]
    return [opened]


def _facts(command: OpenStage, state: DebriefState) -> dict[str, int]:
    """What the conditions of the round's protocol ask for."""
    return {
        "problem-of-practice": int(command.visit_open),
        "statements": len(command.statements),
        "standing-statements": len(set(command.statements) - state.challenged.keys()),
        "patterns": len(state.patterns),
        "predictions": len(state.predictions),
        "next-level-of-work": len(state.commitments),
        "release": len(state.releases),
    }


def _screen(command: AdmitStatement | ChallengeStatement, state: DebriefState) -> Sequence[Event]:
    _in(state, "describe", "analyze")
    if isinstance(command, AdmitStatement):
        return [] if command.statement_id in state.admitted else [StatementAdmitted(**dict(command))]
    holding = [
        p.name
        for p in state.patterns.values()
        if any(s.statement_id == command.statement_id for s in (*p.statements, *p.counter))
    ]
    if holding:
        raise Refused(
            "statement_in_pattern",
            say("rounds.statement_in_pattern", pattern=holding[0]),
            mend=say("rounds.take_out"),
        )
    if command.statement_id in state.challenged and state.challenged[command.statement_id] == command.reason:
        return []
    return [StatementChallenged(**dict(command))]


def _name(command: NamePattern, state: DebriefState) -> Sequence[Event]:
    _in(state, "analyze", "predict", "next_level_of_work")
    name = command.name.strip()
    if not 1 <= len(name) <= LONGEST_NAME:
        raise Refused("pattern_name", say("rounds.pattern_name", longest=LONGEST_NAME), where="name")
    if len(command.description) > LONGEST_WORDS:
        raise Refused(
            "pattern_description", say("rounds.pattern_description", longest=f"{LONGEST_WORDS:,}"), where="description"
        )
    twin = next((p for p in state.patterns.values() if p.name == name and p.pattern_id != command.pattern_id), None)
    if twin is not None:
        raise Refused("pattern_name_taken", say("rounds.pattern_named", pattern=name), where="name")
    statements = {s.statement_id: s for s in command.statements}
    counter = {s.statement_id: s for s in command.counter}
    if both := statements.keys() & counter.keys():
        raise Refused(
            "for_and_against",
            say("rounds.for_and_against", number=len(both)),
            where="counter_statement_ids",
            statement_ids=sorted(both),
        )
    rooms = {s.classroom_id for s in statements.values()}
    if len(statements) < LEAST_STATEMENTS or len(rooms) < LEAST_ROOMS:
        raise Refused(
            "pattern_too_thin",
            say(
                "rounds.pattern_too_thin",
                statements=LEAST_STATEMENTS,
                rooms=LEAST_ROOMS,
                number=len(statements),
                from_rooms=len(rooms),
            ),
            mend=say("rounds.link_more"),
            where="statement_ids",
        )
    challenged = [s for s in (*statements, *counter) if s in state.challenged]
    if challenged:
        raise Refused(
            "statement_challenged",
            say("rounds.statements_challenged", number=len(challenged)),
            mend=say("rounds.admit_or_leave"),
            where="statement_ids",
            statement_ids=challenged,
        )
    event = PatternNamed(
        **dict(command) | {"name": name, "statements": tuple(statements.values()), "counter": tuple(counter.values())}
    )
    return [] if state.patterns.get(command.pattern_id) == event else [event]


def _predict(command: WritePredictions, state: DebriefState) -> Sequence[Event]:
    _in(state, "predict", "next_level_of_work")
    predictions = tuple(p.strip() for p in command.predictions)
    if not 1 <= len(predictions) <= MOST_PREDICTIONS or any(not 1 <= len(p) <= LONGEST_WORDS for p in predictions):
        raise Refused(
            "predictions",
            say("rounds.predictions", most=MOST_PREDICTIONS, longest=f"{LONGEST_WORDS:,}"),
            where="predictions",
        )
    if predictions == state.predictions:
        return []
    return [PredictionsWritten(round_id=command.round_id, predictions=predictions)]


def _commit(command: CommitNextLevelOfWork, state: DebriefState) -> Sequence[Event]:
    _in(state, "next_level_of_work")
    problems: list[Said] = []
    if not 1 <= len(command.commitments) <= MOST_COMMITMENTS:
        problems.append(say("rounds.commitments", most=MOST_COMMITMENTS))
    for n, c in enumerate(command.commitments, start=1):
        problems.extend(
            say(f"rounds.commitment.{name}", number=n) for name in ("what", "who") if not getattr(c, name).strip()
        )
        if not c.revisit.strip() and c.revisit_on is None:
            problems.append(say("rounds.commitment.revisit", number=n))
        if c.owner_id is not None and c.owner_id not in command.people:
            problems.append(say("rounds.commitment.owner", number=n))
        if any(len(w) > LONGEST_WORDS for w in (c.what, c.who, c.resources, c.revisit)):
            problems.append(say("rounds.commitment.long", number=n, longest=f"{LONGEST_WORDS:,}"))
    if problems:
        raise Refused("next_level_of_work_incomplete", together(problems), problems=listed(problems))
    if command.commitments == state.commitments:
        return []
    return [NextLevelOfWorkCommitted(round_id=command.round_id, commitments=command.commitments)]


def _close(command: CloseSynthesis, state: DebriefState) -> Sequence[Event]:
    if state.closed:
        return []
    _in(state, "next_level_of_work")
    missing = [
        what
        for what, there in (
            (say("rounds.lacks.pattern"), state.patterns),
            (say("rounds.lacks.prediction"), state.predictions),
            (say("rounds.lacks.next"), state.commitments),
        )
        if not there
    ]
    if missing:
        raise Refused(
            "synthesis_incomplete",
            say("rounds.synthesis_incomplete", what=_both(missing)),
            mend=say("rounds.write_then_close"),
        )
    closed = SynthesisClosed(round_id=command.round_id, school_id=command.school_id)
    if command.follow_up is None:
        return [closed]
    return [closed, *follow_up.decide(command.follow_up, evolve(state, closed))]


def evolve(state: DebriefState, event: Event) -> DebriefState:
    match event:
        case StageOpened():
            return replace(state, stage=event.stage)
        case StatementAdmitted():
            left = {k: v for k, v in state.challenged.items() if k != event.statement_id}
            return replace(state, challenged=MappingProxyType(left), admitted=state.admitted | {event.statement_id})
        case StatementsAdmitted():
            return replace(state, admitted=state.admitted | set(event.statement_ids))
        case StatementChallenged():
            held = {**state.challenged, event.statement_id: event.reason}
            return replace(state, challenged=MappingProxyType(held), admitted=state.admitted - {event.statement_id})
        case PatternNamed():
            return replace(state, patterns=MappingProxyType({**state.patterns, event.pattern_id: event}))
        case PatternDropped():
            kept = {k: v for k, v in state.patterns.items() if k != event.pattern_id}
            return replace(state, patterns=MappingProxyType(kept))
        case PredictionsWritten():
            return replace(state, predictions=event.predictions)
        case NextLevelOfWorkCommitted():
            return replace(state, commitments=event.commitments)
        case SynthesisClosed():
            return replace(state, closed=True)
        case RoundReleased():
            return replace(state, releases=(*state.releases, event))
        case FollowUpSet() | CommitmentsRevisited():
            return replace(state, follow_up=follow_up_state.evolve(state.follow_up, event))
    return state


DEBRIEF: Decider[DebriefCommand, DebriefState] = Decider(DebriefState(), decide, evolve, (*EVENTS, *FOLLOW_UP_EVENTS))
