"""From asking for a visit day to having it, or having had it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal
from uuid import UUID

from services.scheduling.visit_days.commands import AcceptDay, AskForDay, ConcludeDay, DayCommand, TakeBackDay
from services.scheduling.visit_days.events import (
    EVENTS,
    VisitDayAccepted,
    VisitDayAsked,
    VisitDayImpossible,
    VisitDayProposed,
    VisitDayRepairAsked,
    VisitDayRepairPublished,
    VisitDayTakenBack,
)
from shared.decider import Decider
from shared.errors import NotFound, Refused
from shared.messages import Event
from shared.said import say, together

Status = Literal["running", "proposed", "impossible", "accepted", "taken_back"]


@dataclass(frozen=True, slots=True)
class DayProposal:
    asked: VisitDayAsked
    outcome: VisitDayProposed | VisitDayImpossible | None = None
    accepted: VisitDayAccepted | None = None
    taken_back: bool = False

    @property
    def repair(self) -> VisitDayRepairAsked | None:
        return self.asked if isinstance(self.asked, VisitDayRepairAsked) else None

    @property
    def status(self) -> Status:
        if self.taken_back:
            return "taken_back"
        if self.accepted:
            return "accepted"
        if self.outcome is None:
            return "running"
        return "proposed" if isinstance(self.outcome, VisitDayProposed) else "impossible"


State = DayProposal | None


def decide(command: DayCommand, state: State) -> Sequence[Event]:
    if isinstance(command, AskForDay):
        return [command.asked] if state is None else []
    if state is None:
        raise NotFound(say("dayplans.no_proposal"))
    match command:
        case ConcludeDay():
            return [command.outcome] if state.outcome is None else []
        case AcceptDay():
            return _accept(command, state)
        case TakeBackDay():
            return _take_back(command, state)


def _accept(command: AcceptDay, state: DayProposal) -> Sequence[Event]:
    if state.status != "proposed":
        raise Refused(
            "not_proposed",
            say("dayplans.not_finished" if state.status == "running" else "dayplans.used"),
            mend=say("dayplans.ask_again"),
        )
    if command.faults:
        raise Refused(
            "plan_at_fault",
            together(command.faults),
            mend=say("dayplans.ask_again_changed"),
        )
    kind = VisitDayRepairPublished if state.repair else VisitDayAccepted
    return [kind(before=command.before, after=command.after, notify=command.notify)]


def _take_back(command: TakeBackDay, state: DayProposal) -> Sequence[Event]:
    if state.accepted is None or state.taken_back:
        raise Refused("not_accepted", say("dayplans.not_in_force"), mend=say("dayplans.look_again"))
    if command.stands != state.accepted.after:
        raise Refused(
            "changed_since",
            say("dayplans.changed_since"),
            mend=say("dayplans.by_hand_or_again"),
        )
    return [VisitDayTakenBack(after=command.stands + 1)]


def evolve(state: State, event: Event) -> State:
    match event, state:
        case VisitDayAsked(), _:
            return DayProposal(event)
        case VisitDayProposed() | VisitDayImpossible(), DayProposal():
            return replace(state, outcome=event)
        case VisitDayAccepted(), DayProposal():
            return replace(state, accepted=event)
        case VisitDayTakenBack(), DayProposal():
            return replace(state, taken_back=True)
    return state


day_proposal: Decider[DayCommand, State] = Decider(None, decide, evolve, EVENTS)


def stream(proposal_id: UUID) -> str:
    return f"visitday-{proposal_id}"
