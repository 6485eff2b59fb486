"""What is asked of a proposal and of the district's planbook."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.scheduling.plans.events import (
    Cost,
    DisruptionReported,
    Pin,
    PlanFailed,
    PlanInfeasible,
    PlanProposed,
    PlanRequested,
    PublishedChange,
)
from shared.said import Said


@dataclass(frozen=True, slots=True)
class AskForPlan:
    """`disruption`: what happened, when a repair is asked for; `outcome`: of one that needs no search."""

    request: PlanRequested
    disruption: DisruptionReported | None = None
    outcome: PlanProposed | None = None


@dataclass(frozen=True, slots=True)
class Improve:
    stage: str
    cost: Cost


@dataclass(frozen=True, slots=True)
class Conclude:
    outcome: PlanProposed | PlanInfeasible | PlanFailed


@dataclass(frozen=True, slots=True)
class PinAssignment:
    pin: Pin


@dataclass(frozen=True, slots=True)
class FreeAssignment:
    pin: Pin


@dataclass(frozen=True, slots=True)
class Branch:
    child_id: UUID
    what_if: bool


@dataclass(frozen=True, slots=True)
class DiscardProposal:
    pass


ProposalCommand = AskForPlan | Improve | Conclude | PinAssignment | FreeAssignment | Branch | DiscardProposal


@dataclass(frozen=True, slots=True)
class Publish:
    """`violations`: what the independent checker says of the plan as it would stand, in sentences."""

    proposal_id: UUID
    changes: tuple[PublishedChange, ...]
    schedule_version: int
    notify: tuple[UUID, ...]
    violations: tuple[Said, ...]
    repair: bool


@dataclass(frozen=True, slots=True)
class UndoPublication:
    version: int
    changes: tuple[PublishedChange, ...]
    schedule_version: int
    notify: tuple[UUID, ...]
