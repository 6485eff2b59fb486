"""The storage format of `proposal-<id>` (one request and what came of it) and `planbook-<district>` (publications).

A proposal's plan stands in one event, its people listed once and named by their place in that list: the largest
districts' plans stay small. Progress is a handful of PlanImproved per job; the rest is told live and forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from shared.messages import Event
from shared.said import Said
from shared.upcasting import upcaster

PinKind = Literal["day", "person", "facilitator"]
ChangeKind = Literal["added", "moved", "restaffed", "cancelled"]
DisruptionKind = Literal["observer_out", "school_out", "days_lost", "teacher_out"]


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Wish(Part):
    """What a leader asked for: every school of `school_ids` hosts `rounds_per_school` rounds between two days."""

    name: str
    first_day: date
    last_day: date
    school_ids: tuple[UUID, ...]
    rounds_per_school: int
    seats_min: int
    seats_target: int
    seats_max: int
    gap_days: int  # school days between two rounds of one school, at least
    facilitator_most: int  # rounds that one facilitator leads between the two days
    observer_most: int  # days out of one observer between the two days
    observer_most_month: int
    rounds_per_day: int
    limit_seconds: int
    seed: int = 1
    weights: dict[str, float] = Field(default_factory=dict)


class Pin(Part):
    """`forbid` false: this day or person is wanted in the round; true: never. `round_id` None: in any round."""

    kind: PinKind
    forbid: bool
    round_id: UUID | None = None
    school_id: UUID | None = None
    day: date | None = None
    person_id: UUID | None = None


class ProposedRound(Part):
    """`facilitator` and `observers` are places in the proposal's list of people."""

    round_id: UUID
    school_id: UUID
    day: date
    facilitator: int | None
    observers: tuple[int, ...]


class ProposedPlan(Part):
    people: tuple[UUID, ...]
    rounds: tuple[ProposedRound, ...]

    @classmethod
    def of(cls, rounds: Mapping[UUID, tuple[UUID, date, UUID | None, tuple[UUID, ...]]]) -> Self:
        """From school, day, facilitator and observers by round."""
        people = sorted({p for _, _, f, o in rounds.values() for p in (*o, *([f] if f else []))}, key=str)
        place = {p: n for n, p in enumerate(people)}
        return cls(
            people=tuple(people),
            rounds=tuple(
                ProposedRound(
                    round_id=round_id,
                    school_id=school_id,
                    day=day,
                    facilitator=place[f] if f else None,
                    observers=tuple(place[p] for p in observers),
                )
                for round_id, (school_id, day, f, observers) in sorted(
                    rounds.items(), key=lambda r: (r[1][1], str(r[0]))
                )
            ),
        )

    def facilitator_of(self, r: ProposedRound) -> UUID | None:
        return None if r.facilitator is None else self.people[r.facilitator]

    def observers_of(self, r: ProposedRound) -> tuple[UUID, ...]:
        return tuple(self.people[n] for n in r.observers)


class Cost(Part):
    """Points of the plan by reason, their sum, and the proven bound below which no plan can be."""

    total: float
    bound: float | None = None
    parts: dict[str, float] = Field(default_factory=dict)

    @property
    def gap(self) -> float | None:
        """Share of the total by which a better plan could still be cheaper, 0-1; None without a bound."""
        if self.bound is None or self.total <= 0:
            return None
        return max(0.0, (self.total - self.bound) / self.total)


class Relaxation(Part):
    """One thing that could be given up: in words, and as the change of the request that gives it up."""

    key: str
    sentence: str
    change: str  # JSON, read by the engine alone


class PlanRequested(Event):
    proposal_id: UUID
    family_id: UUID  # the first request that this one goes back to: its new rounds keep their ids when asked again
    wish: Wish
    pins: tuple[Pin, ...] = ()
    relaxed: tuple[Relaxation, ...] = ()  # what was given up
    scope: tuple[UUID, ...] = ()  # standing rounds that the plan may move, restaff or cancel
    calendar_version: int
    schedule_version: int  # of the plan of that moment, see `queries.schedule_version`
    engine: str
    parent_id: UUID | None = None  # asked again, or what-if, from this one
    what_if: bool = False


class WhatIfRequested(Event):
    """Another proposal was asked for from this one."""

    child_id: UUID
    what_if: bool


class PlanImproved(Event):
    stage: str
    cost: Cost


class PlanProposed(Event):
    plan: ProposedPlan
    cost: Cost
    seconds: float
    stopped: bool = False  # by a person, with the best plan so far
    calendar_stale: bool = False  # the calendar was changed while the job ran
    note: str | None = None


class RepairProposed(PlanProposed):
    """The least change after a disruption, and the people whom it touches."""

    notify: tuple[UUID, ...] = ()


class PlanInfeasible(Event):
    schema_version: ClassVar[int] = 2
    rules: tuple[str, ...]  # sentences that name and number what collides
    rules_said: tuple[Said, ...] = ()  # the same in both languages; none of before there were two
    relaxations: tuple[Relaxation, ...]
    seconds: float


@upcaster("PlanInfeasible", 1)
def _in_english_alone(body: dict[str, Any]) -> dict[str, Any]:
    return body | {"rules_said": []}


class PlanFailed(Event):
    """Nothing was found: stopped before the first plan, or the work ended badly every time. `unreadable`: what was
    asked for cannot be read any more, so that no try would mend it."""

    reason: str
    code: Literal["stopped", "nothing_found", "work_failed", "unreadable"] = "nothing_found"


class AssignmentPinned(Event):
    pin: Pin


class AssignmentBanned(AssignmentPinned):
    pass


class AssignmentFreed(Event):
    pin: Pin


class ProposalDiscarded(Event):
    pass


class PublishedChange(Part):
    """`before` and `after` are versions of the round's stream; before 0: the round is new."""

    round_id: UUID
    school_id: UUID
    kind: ChangeKind
    before: int
    after: int


class PlanPublished(Event):
    version: int  # counts the publications of the district from 1
    proposal_id: UUID
    changes: tuple[PublishedChange, ...]
    schedule_version: int  # after it
    notify: tuple[UUID, ...] = ()


class RepairPublished(PlanPublished):
    pass


class PublicationUndone(PlanPublished):
    undone: int  # the version whose changes were taken back


class DisruptionReported(Event):
    """First of a repair's `proposal-<id>`, before its PlanRequested."""

    kind: DisruptionKind
    days: tuple[date, ...]
    school_id: UUID | None = None
    person_id: UUID | None = None
    classroom_id: UUID | None = None
    reason: str | None = None


PROPOSAL_EVENTS: tuple[type[Event], ...] = (
    DisruptionReported,
    PlanRequested,
    WhatIfRequested,
    PlanImproved,
    PlanProposed,
    RepairProposed,
    PlanInfeasible,
    PlanFailed,
    AssignmentPinned,
    AssignmentBanned,
    AssignmentFreed,
    ProposalDiscarded,
)
PLANBOOK_EVENTS: tuple[type[Event], ...] = (PlanPublished, RepairPublished, PublicationUndone)
