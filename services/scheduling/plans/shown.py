"""What HTTP tells of proposals and publications."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any  # rows of the database
from uuid import UUID

from pydantic import BaseModel, Field

from services.scheduling.deps import Deps
from services.scheduling.plans import queries
from services.scheduling.plans.called import repair_called
from services.scheduling.plans.closed_told import ClosedOut, closed_told
from services.scheduling.plans.decide import Proposal, State, proposal, proposal_stream
from services.scheduling.plans.events import (
    Cost,
    DisruptionReported,
    Pin,
    PlanFailed,
    PlanInfeasible,
    PlanProposed,
    Relaxation,
    Wish,
)
from services.scheduling.plans.notes import code_of
from services.scheduling.plans.outcome import said_of
from services.scheduling.plans.today import today
from services.scheduling.rounds import queries as rounds
from shared.access import Actor
from shared.command_handler import CommandHandler
from shared.errors import NotFound, Unavailable
from shared.messages import CommandContext
from shared.said import Said, say

TRIES = 20
"""A proposal gains a version now and then, each reading takes milliseconds."""
SAID = "the name in both languages, where it is a repair's"


class Progress(BaseModel):
    """The job while it runs. `doing` is a word for what is being improved; costs are points."""

    doing: str | None = None
    detail: str = ""
    say: Said | None = Field(default=None, description="the detail in both languages, where it is words and no name")
    seconds: float = Field(default=0, description="worked so far, over all attempts")
    limit_seconds: int = 0
    attempt: int = 1
    cost: float | None = None
    bound: float | None = Field(default=None, description="no plan can cost less")
    gap: float | None = Field(default=None, description="share by which a better plan could be cheaper, 0-1")
    stopping: bool = False
    calendar_stale: bool = Field(default=False, description="the calendar was changed since the plan was asked for")


class ProposalSummary(BaseModel):
    proposal_id: UUID
    kind: str
    name: str
    say: Said | None = Field(default=None, description=SAID)
    status: str
    first_day: date
    last_day: date
    asked_at: datetime
    rounds: int
    cost: float | None
    gap: float | None
    published_version: int | None = Field(description="the newest publication of it that stands")
    undone_version: int | None = Field(description="the publication of it that was undone last")
    mine: bool


class ProposalPage(BaseModel):
    items: list[ProposalSummary]
    next: str | None


class RelaxationOut(Relaxation):
    say: Said | None = Field(description="the sentence in both languages; none of before there were two")


class ProposalOut(ProposalSummary):
    parent_id: UUID | None
    version: int
    wish: Wish
    pins: list[Pin]
    pin_names: dict[UUID, str] = Field(default={}, description="names of the people whom pins name")
    pin_days: dict[UUID, date] = Field(default={}, description="on which days the rounds of pins are in this plan")
    relaxed: list[RelaxationOut]
    progress: Progress
    parts: dict[str, float] = Field(default={}, description="points by reason")
    bound: float | None = None
    seconds: float = 0
    stopped: bool = False
    calendar_stale: bool = False
    note: str | None = Field(default=None, description="how the work ended, in English")
    note_code: str | None = Field(default=None, description="the same in one word, where it is of a known kind")
    rules: list[str] = Field(default=[], description="what collides, when it cannot be done")
    rules_said: list[Said] = Field(default=[], description="the same in both languages; none of before there were two")
    relaxations: list[RelaxationOut] = []
    closed: list[ClosedOut] = Field(
        default=[], description="rounds that it may not move and goes around, when it cannot be done"
    )
    children: list[UUID] = []
    disruption: DisruptionReported | None = None


class PublicationOut(BaseModel):
    version: int
    proposal_id: UUID
    kind: str
    name: str
    say: Said | None = Field(default=None, description=SAID)
    undone: int | None
    taken_back: bool
    published_at: datetime
    by: str
    changes: int
    people: int
    schedule_version: int


class PublicationPage(BaseModel):
    items: list[PublicationOut]
    next: str | None


def summary(row: Mapping[str, Any], person_id: UUID) -> dict[str, Any]:
    names = set(ProposalSummary.model_fields) - {"mine", "say"}
    return {k: row[k] for k in names} | {"mine": row["owner_id"] == person_id, "say": called(row)}


def called(row: Mapping[str, Any]) -> Said | None:
    """What the row's repair is called; None of plans, which people name, and of repairs of before it was kept."""
    told = row["disruption"]
    return repair_called(DisruptionReported.model_validate(told), row["school_name"]) if told else None


def progress_of(row: Mapping[str, Any], wish: Wish) -> Progress:
    told = row["progress"] or {}
    return Progress(
        doing=told.get("doing"),
        detail=told.get("detail") or "",
        say=told.get("say"),
        seconds=told.get("seconds") or row["seconds"] or 0,
        limit_seconds=wish.limit_seconds,
        attempt=told.get("attempt") or 1,
        cost=told.get("cost"),
        bound=told.get("bound"),
        gap=told.get("gap"),
        stopping=bool(row["stop_asked"]) and row["status"] == "running",
        calendar_stale=bool(told.get("stale")),
    )


def shown(
    row: Mapping[str, Any], held: Proposal, person_id: UUID, names: dict[UUID, str], closed: list[ClosedOut]
) -> ProposalOut:
    outcome = held.outcome
    cost: Cost | None = outcome.cost if isinstance(outcome, PlanProposed) else None
    told: dict[str, Any] = {}
    if isinstance(outcome, PlanProposed):
        pinned = {p.round_id for p in held.pins}
        told = {
            "pin_days": {r.round_id: r.day for r in outcome.plan.rounds if r.round_id in pinned},
            "stopped": outcome.stopped,
            "calendar_stale": outcome.calendar_stale,
            "note": outcome.note,
            "seconds": outcome.seconds,
        }
    elif isinstance(outcome, PlanInfeasible):
        told = {
            "rules": list(outcome.rules),
            "rules_said": list(outcome.rules_said),
            "relaxations": [_both(r) for r in outcome.relaxations],
            "seconds": outcome.seconds,
            "closed": closed,
        }
    elif isinstance(outcome, PlanFailed):
        told = {"note": outcome.reason}
    return ProposalOut(
        **summary(row, person_id),
        parent_id=row["parent_id"] if row["owner_id"] == person_id else None,
        version=row["version"],
        wish=held.asked.wish,
        pins=list(held.pins),
        pin_names=names,
        relaxed=[_both(r) for r in held.asked.relaxed],
        progress=progress_of(row, held.asked.wish),
        parts=dict(cost.parts) if cost else {},
        bound=cost.bound if cost else None,
        # what-ifs are private: others see nothing of them, not even that they are there
        children=[c.child_id for c in held.children] if row["owner_id"] == person_id else [],
        disruption=held.disruption,
        note_code=code_of(told.get("note")),
        **told,
    )


def _both(r: Relaxation) -> RelaxationOut:
    return RelaxationOut(**r.model_dump(), say=said_of(r))


async def told(deps: Deps, proposal_id: UUID, actor: Actor, context: CommandContext) -> ProposalOut:
    """The proposal as the actor may see it. Raises NotFound.

    Its row and its stream are read one after the other, and the work on it may end between: they are read again until
    they are of one version, for a page that is told `infeasible` asks no more and would never be told why.
    """
    reading: CommandHandler[object, State] = CommandHandler(deps.store, proposal)  # type: ignore[arg-type]
    for _ in range(TRIES):
        row = await queries.proposal_row(deps.db, actor.district_id, proposal_id, actor.person_id)
        held, version = await reading.load(proposal_stream(proposal_id), context)
        if held is None or held.request is None:
            raise NotFound(say("refusals.no_proposal"))
        if row["version"] == version:
            people = [p.person_id for p in held.pins if p.person_id]
            names = await rounds.names(deps.db, actor.district_id, people) if people else {}
            return shown(row, held, actor.person_id, names, await _closed(deps, held, context))
    raise Unavailable(say("refusals.changes_fast"), mend=say("refusals.try_again"))


async def _closed(deps: Deps, held: Proposal, context: CommandContext) -> list[ClosedOut]:
    """Beside an impossible plan. A proposal's stand with its changes, which may move some of them."""
    if not isinstance(held.outcome, PlanInfeasible):
        return []
    return closed_told(held.asked.wish, await today(deps, context), held.asked.scope)
