"""A proposal runs, ends once, and is argued with; the planbook counts what was published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal
from uuid import UUID

from services.scheduling.plans.commands import (
    AskForPlan,
    Branch,
    Conclude,
    DiscardProposal,
    FreeAssignment,
    Improve,
    PinAssignment,
    ProposalCommand,
    Publish,
    UndoPublication,
)
from services.scheduling.plans.events import (
    PLANBOOK_EVENTS,
    PROPOSAL_EVENTS,
    AssignmentBanned,
    AssignmentFreed,
    AssignmentPinned,
    Cost,
    DisruptionReported,
    Pin,
    PlanFailed,
    PlanImproved,
    PlanInfeasible,
    PlanProposed,
    PlanPublished,
    PlanRequested,
    ProposalDiscarded,
    PublicationUndone,
    RepairPublished,
    WhatIfRequested,
)
from shared.decider import Decider
from shared.errors import NotFound, Refused
from shared.messages import Event
from shared.said import in_spanish, say, together

Status = Literal["running", "proposed", "infeasible", "failed", "discarded"]
MOST_IMPROVEMENTS = 8
"""A job's progress is told live; the stream keeps this much of it."""
WORTH_KEEPING = 0.01  # share of the cost by which a plan must be better to be kept in the stream


@dataclass(frozen=True, slots=True)
class Proposal:
    status: Status
    request: PlanRequested | None = None
    disruption: DisruptionReported | None = None
    pins: tuple[Pin, ...] = ()
    improved: tuple[PlanImproved, ...] = ()
    outcome: PlanProposed | PlanInfeasible | PlanFailed | None = None
    children: tuple[WhatIfRequested, ...] = ()

    @property
    def asked(self) -> PlanRequested:
        assert self.request is not None, "a proposal begins with its request"
        return self.request

    @property
    def cost(self) -> Cost | None:
        return self.improved[-1].cost if self.improved else None


State = Proposal | None


def decide(command: ProposalCommand, state: State) -> Sequence[Event]:
    if isinstance(command, AskForPlan):
        if state is not None:
            raise Refused("already_asked", say("publishing.already_asked"), mend=say("publishing.open_it"))
        return [e for e in (command.disruption, command.request, command.outcome) if e is not None]
    held = _held(state)
    match command:
        case Improve():
            return _improve(command, held)
        case Conclude():
            return [command.outcome] if held.status == "running" else []
        case PinAssignment(pin):
            if pin in held.pins:
                return []
            return [(AssignmentBanned if pin.forbid else AssignmentPinned)(pin=pin)]
        case FreeAssignment(pin):
            return [AssignmentFreed(pin=pin)] if pin in held.pins else []
        case Branch():
            return [WhatIfRequested(child_id=command.child_id, what_if=command.what_if)]
        case DiscardProposal():
            if held.status == "running":
                raise Refused("still_running", say("publishing.still_running"), mend=say("publishing.stop_first"))
            return [] if held.status == "discarded" else [ProposalDiscarded()]


def _held(state: State) -> Proposal:
    if state is None or state.request is None:
        raise NotFound(say("publishing.no_proposal"))
    return state


def _improve(command: Improve, held: Proposal) -> Sequence[Event]:
    before = held.cost
    if held.status != "running" or len(held.improved) >= MOST_IMPROVEMENTS:
        return []
    if before is not None and command.cost.total > before.total * (1 - WORTH_KEEPING):
        return []
    return [PlanImproved(stage=command.stage, cost=command.cost)]


def evolve(state: State, event: Event) -> State:
    match event:
        case DisruptionReported():
            return Proposal("running", disruption=event)
        case PlanRequested():
            return replace(state or Proposal("running"), request=event, pins=event.pins)
    if state is None:
        return None
    match event:
        case PlanImproved():
            return replace(state, improved=(*state.improved, event))
        case PlanProposed():
            return replace(state, status="proposed", outcome=event)
        case PlanInfeasible():
            return replace(state, status="infeasible", outcome=event)
        case PlanFailed():
            return replace(state, status="failed", outcome=event)
        case AssignmentPinned():
            return replace(state, pins=(*state.pins, event.pin))
        case AssignmentFreed():
            return replace(state, pins=tuple(p for p in state.pins if p != event.pin))
        case WhatIfRequested():
            return replace(state, children=(*state.children, event))
        case ProposalDiscarded():
            return replace(state, status="discarded")
    return state


proposal: Decider[ProposalCommand, State] = Decider(None, decide, evolve, PROPOSAL_EVENTS)


def proposal_stream(proposal_id: object) -> str:
    return f"proposal-{proposal_id}"


@dataclass(frozen=True, slots=True)
class Planbook:
    """`published` in order; a publication that was undone stays, its version in `undone`."""

    published: tuple[PlanPublished, ...] = ()
    undone: frozenset[int] = frozenset()


def decide_planbook(command: Publish | UndoPublication, state: Planbook) -> Sequence[Event]:
    version = len(state.published) + 1
    if isinstance(command, UndoPublication):
        _undoable(command.version, state)
        return [
            PublicationUndone(
                version=version,
                undone=command.version,
                proposal_id=state.published[command.version - 1].proposal_id,
                changes=command.changes,
                schedule_version=command.schedule_version,
                notify=command.notify,
            )
        ]
    if not command.changes:
        raise Refused("nothing_to_publish", say("publishing.nothing"), mend=say("publishing.nothing_mend"))
    if command.violations:
        raise Refused(
            "plan_fails_check",
            together(command.violations[:3]),
            mend=say("publishing.ask_again"),
            problems=[{"detail": v.en, "es": in_spanish(v)} for v in command.violations],
        )
    kind = RepairPublished if command.repair else PlanPublished
    return [
        kind(
            version=version,
            proposal_id=command.proposal_id,
            changes=command.changes,
            schedule_version=command.schedule_version,
            notify=command.notify,
        )
    ]


def _undoable(version: int, state: Planbook) -> None:
    if not 1 <= version <= len(state.published):
        raise NotFound(say("publishing.no_publication", version=version))
    if isinstance(state.published[version - 1], PublicationUndone):
        raise Refused("is_an_undo", say("publishing.is_an_undo"), mend=say("publishing.publish_again"))
    if version in state.undone:
        raise Refused("undone_already", say("publishing.undone_already", version=version))


def evolve_planbook(state: Planbook, event: Event) -> Planbook:
    match event:
        case PublicationUndone():
            return Planbook((*state.published, event), state.undone | {event.undone})
        case PlanPublished():
            return Planbook((*state.published, event), state.undone)
    return state


planbook: Decider[Publish | UndoPublication, Planbook] = Decider(
    Planbook(), decide_planbook, evolve_planbook, PLANBOOK_EVENTS
)


def planbook_stream(district_id: UUID) -> str:
    return f"planbook-{district_id}"
