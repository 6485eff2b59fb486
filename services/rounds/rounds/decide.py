"""The rules of a round until its debrief: plan, problem of practice, opening of the visit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from uuid import UUID

from services.rounds.rounds.commands import (
    AcknowledgeNorms,
    OpenVisit,
    RoundCommand,
    SetNorms,
    TakeUpPlan,
    WithdrawRound,
    WriteProblemOfPractice,
)
from services.rounds.rounds.events import (
    EVENTS,
    NormsAcknowledged,
    NormsSet,
    ProblemOfPracticeWritten,
    ProtocolPinned,
    RoundOpened,
    RoundReplanned,
    RoundWithdrawn,
    Slot,
    Stage,
    StageOpened,
    Team,
)
from services.rounds.rounds.protocol import PROTOCOL, require_open
from shared.decider import Decider
from shared.errors import NotFound, Refused
from shared.messages import Event
from shared.said import Said, listed, say, together

MOST_FOCUS_QUESTIONS = 5  # domain.md: 1-5 per problem of practice
LONGEST_WORDS = 4000
MOST_NORMS = 12
LONGEST_NORM = 300


@dataclass(frozen=True, slots=True)
class SlotOnce:
    """A slot as it last stood in a plan, and every observer who was ever on its team: notes that a
    tablet took under an older plan still have a home."""

    slot: Slot
    observer_ids: frozenset[UUID]
    planned: bool  # still part of the plan


@dataclass(frozen=True, slots=True)
class RoundState:
    plan: RoundOpened | None = None
    slots: Mapping[UUID, SlotOnce] = field(default_factory=lambda: MappingProxyType({}))
    problem: ProblemOfPracticeWritten | None = None
    focus_question_ids: frozenset[UUID] = frozenset()  # every one ever asked
    stage: Stage = "prepare"
    withdrawn: bool = False
    plan_version: int = 0
    norms: tuple[str, ...] = ()
    norms_revision: int = 0
    acknowledged: Mapping[UUID, int] = field(default_factory=lambda: MappingProxyType({}))  # person -> revision
    protocol: tuple[str, int] | None = None  # the document that it walks, by key and version
    pinned: tuple[tuple[str, int], ...] = ()  # every instrument ever pinned, by key and version, the newest last

    @property
    def observer_ids(self) -> frozenset[UUID]:
        """Everyone on a team of the plan as it stands."""
        return frozenset(o for t in self.plan.teams for o in t.observer_ids) if self.plan else frozenset()


def decide(command: RoundCommand, state: RoundState) -> Sequence[Event]:
    match command:
        case TakeUpPlan():
            return _take_up(command, state)
        case WithdrawRound():
            plan = _held(state)
            if state.withdrawn or _outdated(command.plan_version, state):
                return []
            return [RoundWithdrawn(round_id=plan.round_id, school_id=plan.school_id, plan_version=command.plan_version)]
        case WriteProblemOfPractice():
            return _write(command, state)
        case SetNorms():
            return _set_norms(command, state)
        case AcknowledgeNorms():
            return _acknowledge(command, state)
        case OpenVisit():
            return _open_visit(command, state)


def _outdated(plan_version: int, state: RoundState) -> bool:
    """Whether scheduling has said something newer already. Versions start at 1; 0 tells nothing."""
    return 0 < plan_version <= state.plan_version


def _held(state: RoundState) -> RoundOpened:
    if state.plan is None:
        raise NotFound(say("errors.not_yours.round"))
    return state.plan


def _open(state: RoundState) -> RoundOpened:
    plan = _held(state)
    if state.withdrawn:
        raise Refused("round_withdrawn", say("rounds.withdrawn"))
    return plan


def _take_up(command: TakeUpPlan, state: RoundState) -> Sequence[Event]:
    body = dict(command)
    if state.plan is None:
        return [RoundOpened(**body)]
    if _outdated(command.plan_version, state):
        return []
    if state.plan.school_id != command.school_id:
        raise Refused("other_school", say("rounds.other_school"), mend=say("rounds.plan_there"))
    if state.stage != "prepare":
        body = _during_visit(command, state)
    event = RoundReplanned(**body)
    unchanged = dict(event) == dict(state.plan) | {"plan_version": event.plan_version} and not state.withdrawn
    return [] if unchanged else [event]


def _during_visit(command: TakeUpPlan, state: RoundState) -> dict[str, object]:
    """Once observers are in classrooms a new plan of the same day may add people, change the facilitator and mend the
    rest of the day: slots that it leaves out are planned no more, and notes taken in them stay. The day, the instrument
    and the slots that it keeps stay as the observers were told; a plan of another day leaves out none."""
    plan = _held(state)
    teams = {t.team_id: t for t in plan.teams}
    for new in command.teams:
        old = teams.get(new.team_id)
        if old is None:
            teams[new.team_id] = new
        else:
            added = tuple(o for o in new.observer_ids if o not in old.observer_ids)
            teams[new.team_id] = old.model_copy(update={"observer_ids": old.observer_ids + added})
    wanted, told = {s.slot_id: s for s in command.slots}, {s.slot_id: s for s in plan.slots}
    slots = {k: told.get(k, s) for k, s in wanted.items()} if command.day == plan.day else wanted | told
    return dict(plan) | {
        "facilitator_id": command.facilitator_id,
        "teams": tuple(teams.values()),
        "slots": tuple(slots.values()),
        "plan_version": command.plan_version,
    }


def _write(command: WriteProblemOfPractice, state: RoundState) -> Sequence[Event]:
    plan = _open(state)
    if state.stage != "prepare":
        raise Refused(
            "visit_has_begun",
            say("rounds.visit_has_begun"),
            mend=say("rounds.next_round"),
        )
    problems: list[Said] = []
    for name, words in (("problem", command.problem), ("theory", command.theory_of_action)):
        if not words.strip():
            problems.append(say(f"rounds.{name}_empty"))
        elif len(words) > LONGEST_WORDS:
            problems.append(say(f"rounds.{name}_long", most=f"{LONGEST_WORDS:,}"))
    count = len(command.focus_questions)
    if not 1 <= count <= MOST_FOCUS_QUESTIONS:
        problems.append(say("rounds.focus_questions", most=MOST_FOCUS_QUESTIONS, number=count))
    if any(not q.words.strip() for q in command.focus_questions):
        problems.append(say("rounds.focus_question_empty"))
    if len({q.focus_question_id for q in command.focus_questions}) != count:
        problems.append(say("rounds.focus_question_twice"))
    if problems:
        raise Refused("problem_of_practice_incomplete", together(problems), problems=listed(problems))
    event = ProblemOfPracticeWritten(
        round_id=plan.round_id,
        school_id=plan.school_id,
        problem=command.problem.strip(),
        theory_of_action=command.theory_of_action.strip(),
        focus_questions=command.focus_questions,
    )
    return [] if event == state.problem else [event]


def _set_norms(command: SetNorms, state: RoundState) -> Sequence[Event]:
    plan = _open(state)
    norms = tuple(n for n in (" ".join(n.split()) for n in command.norms) if n)
    if not 1 <= len(norms) <= MOST_NORMS or any(len(n) > LONGEST_NORM for n in norms):
        raise Refused("norms", say("rounds.norms", most=MOST_NORMS, longest=LONGEST_NORM), where="norms")
    if norms == state.norms:
        return []
    return [NormsSet(round_id=plan.round_id, norms=norms, revision=state.norms_revision + 1)]


def _acknowledge(command: AcknowledgeNorms, state: RoundState) -> Sequence[Event]:
    plan = _open(state)
    if command.person_id not in state.observer_ids:
        raise NotFound(say("errors.not_yours.round"))
    if state.norms_revision == 0:
        raise Refused("no_norms", say("rounds.no_norms"), mend=say("rounds.come_back"))
    if command.revision != state.norms_revision:
        raise Refused("norms_changed", say("rounds.norms_changed"), mend=say("rounds.read_them"))
    if not command.trained:
        raise Refused("training_missing", say("rounds.training_first"), mend=say("rounds.sort_sentences"))
    if state.acknowledged.get(command.person_id) == command.revision:
        return []
    return [NormsAcknowledged(round_id=plan.round_id, **dict(command))]


def _open_visit(command: OpenVisit, state: RoundState) -> Sequence[Event]:
    plan = _open(state)
    if state.stage == "visit":
        return []
    protocol = command.protocol or PROTOCOL
    require_open("prepare", "visit", {"problem-of-practice": int(state.problem is not None)}, protocol)
    if not command.instrument_read:
        raise Refused(
            "instrument_unreadable",
            say("rounds.instrument_unreadable", instrument=plan.instrument, version=plan.instrument_version),
            mend=say("rounds.other_instrument"),
        )
    if not plan.slots:
        raise Refused("no_slots", say("rounds.no_slots"), mend=say("rounds.add_slots"))
    return [
        ProtocolPinned(round_id=plan.round_id, protocol=protocol.key, protocol_version=protocol.version),
        StageOpened(round_id=plan.round_id, school_id=plan.school_id, stage="visit"),
    ]


def evolve(state: RoundState, event: Event) -> RoundState:
    match event:
        case RoundOpened():  # and RoundReplanned, which is one
            pin = (event.instrument, event.instrument_version)
            return replace(
                state,
                plan=event,
                slots=_slots(state.slots, event),
                withdrawn=False,
                plan_version=event.plan_version,
                pinned=(*(p for p in state.pinned if p != pin), pin),
            )
        case RoundWithdrawn():
            return replace(state, withdrawn=True, plan_version=event.plan_version)
        case ProblemOfPracticeWritten():
            asked = {q.focus_question_id for q in event.focus_questions}
            return replace(state, problem=event, focus_question_ids=state.focus_question_ids | asked)
        case NormsSet():
            return replace(state, norms=event.norms, norms_revision=event.revision)
        case NormsAcknowledged():
            held = {**state.acknowledged, event.person_id: event.revision}
            return replace(state, acknowledged=MappingProxyType(held))
        case ProtocolPinned():
            return replace(state, protocol=(event.protocol, event.protocol_version))
        case StageOpened():
            return replace(state, stage=event.stage)
    return state


def _slots(before: Mapping[UUID, SlotOnce], plan: RoundOpened) -> Mapping[UUID, SlotOnce]:
    teams: dict[UUID, Team] = {t.team_id: t for t in plan.teams}
    slots = {k: replace(v, planned=False) for k, v in before.items()}
    for slot in plan.slots:
        earlier = before[slot.slot_id].observer_ids if slot.slot_id in before else frozenset()
        team = teams.get(slot.team_id)
        slots[slot.slot_id] = SlotOnce(slot, earlier | frozenset(team.observer_ids if team else ()), planned=True)
    return MappingProxyType(slots)


ROUND: Decider[RoundCommand, RoundState] = Decider(RoundState(), decide, evolve, EVENTS)
