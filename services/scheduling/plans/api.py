"""`/plans`: asking for a plan, watching it being made, stopping it, asking again."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from sse_starlette import EventSourceResponse

from services.scheduling.deps import Deps
from services.scheduling.plans import queries, shown
from services.scheduling.plans.asking import Asking, Origin, PlanWish, wish_of
from services.scheduling.plans.commands import DiscardProposal, FreeAssignment, PinAssignment, ProposalCommand
from services.scheduling.plans.decide import Proposal, State, proposal, proposal_stream
from services.scheduling.plans.events import Pin, PlanInfeasible, Relaxation
from services.scheduling.plans.review import held_by
from services.scheduling.plans.shown import ProposalOut, ProposalPage, ProposalSummary, summary
from services.scheduling.plans.table import ProposalTable
from shared.access import Actor
from shared.command_handler import CommandHandler
from shared.errors import Refused
from shared.http import IdempotencyKey, command_context, page_key, page_token, requires
from shared.messages import CommandContext
from shared.said import say
from shared.tables import with_tables

LONGEST_PAGE = 200
LOOK_SECONDS = 0.5
"""A page that watches a job looks by itself this often: its progress is no event."""


class AskAgain(BaseModel):
    """`wish` None: the same wish. `relax`: keys of the relaxations to apply."""

    model_config = ConfigDict(extra="forbid")
    wish: PlanWish | None = None
    what_if: bool = False
    relax: tuple[str, ...] = Field(default=(), max_length=50)


def router(deps: Deps) -> APIRouter:
    api = APIRouter(tags=["plans"])
    asking = Asking(deps)

    def changing(proposal_id: UUID, actor: Actor) -> CommandHandler[ProposalCommand, State]:
        table = ProposalTable(proposal_id, actor.person_id)
        return CommandHandler(deps.store, proposal, append=with_tables(deps.db, deps.store, table.apply))

    async def told(proposal_id: UUID, actor: Actor, context: CommandContext) -> ProposalOut:
        return await shown.told(deps, proposal_id, actor, context)

    async def own(proposal_id: UUID, actor: Actor, action: str) -> None:
        row = await queries.proposal_row(deps.db, actor.district_id, proposal_id, actor.person_id)
        actor.require(action, what="proposal", owner_id=row["owner_id"])

    @api.post("/plans", status_code=201)
    async def ask_for_plan(
        wish: PlanWish,
        actor: Annotated[Actor, requires("plan.ask")],
        request: Request,
        response: Response,
        key: IdempotencyKey = None,
    ) -> ProposalOut:
        """Asks for a plan; it is made in the background. Only the asker sees it until it is published."""
        context = command_context(actor, request, key)
        proposal_id = await asking.ask(wish_of(wish), context, Origin())
        deps.ring()
        response.headers["Location"] = f"plans/{proposal_id}"
        return await told(proposal_id, actor, context)

    @api.get("/plans")
    async def list_plans(
        actor: Annotated[Actor, requires("plan.read")],
        after: str | None = None,
        limit: Annotated[int, Query(ge=1, le=LONGEST_PAGE)] = 50,
    ) -> ProposalPage:
        """The newest first: the actor's own proposals, and others' that were published."""
        deps.spare.warm()  # whoever looks here may soon ask why, or tell what happened
        at = page_key(after, datetime.fromisoformat, UUID)
        rows = await queries.proposal_page(
            deps.db, actor.district_id, actor.person_id, (at[0], at[1]) if at else None, limit + 1
        )
        more = rows[limit - 1] if len(rows) > limit else None
        return ProposalPage(
            items=[ProposalSummary(**summary(r, actor.person_id)) for r in rows[:limit]],
            next=page_token(more["asked_at"].isoformat(), more["proposal_id"]) if more else None,
        )

    @api.get("/plans/{proposal_id}")
    async def get_plan(
        proposal_id: UUID, actor: Annotated[Actor, requires("plan.read")], request: Request
    ) -> ProposalOut:
        return await told(proposal_id, actor, command_context(actor, request))

    @api.get(
        "/plans/{proposal_id}/events",
        response_class=EventSourceResponse,
        responses={200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}},
    )
    async def plan_events(
        proposal_id: UUID, actor: Annotated[Actor, requires("plan.read")], request: Request
    ) -> EventSourceResponse:
        """`plan` events, each the whole of GET, whenever something changed; the last is `ended`, with the
        reason `done` or `expired` (sign in again, then reconnect)."""
        context = command_context(actor, request)
        await told(proposal_id, actor, context)
        return deps.watches.page(
            actor,
            request,
            "plan",
            lambda: told(proposal_id, actor, context),
            lambda now: now.status == "running",
            look=LOOK_SECONDS,
        )

    @api.post("/plans/{proposal_id}/stop")
    async def stop_plan(
        proposal_id: UUID, actor: Annotated[Actor, requires("plan.change")], request: Request
    ) -> ProposalOut:
        """Ends the work soon, with the best plan so far as the proposal."""
        await own(proposal_id, actor, "plan.change")
        async with deps.db.writer(actor.district_id) as conn:
            await conn.execute("update plan_jobs set stop_asked = true where proposal_id = $1", proposal_id)
        deps.ring()
        return await told(proposal_id, actor, command_context(actor, request))

    @api.post("/plans/{proposal_id}/again", status_code=201)
    async def ask_again(
        proposal_id: UUID,
        body: AskAgain,
        actor: Annotated[Actor, requires("plan.ask")],
        request: Request,
        response: Response,
        key: IdempotencyKey = None,
    ) -> ProposalOut:
        """Asks again with the proposal's pins, a changed wish, or some rules given up. A what-if stands beside the
        proposal that it came from."""
        context = command_context(actor, request, key)
        await own(proposal_id, actor, "plan.change")
        before = await held_by(deps, proposal_id, actor, context)
        chosen = _chosen(before, body.relax)
        origin = Origin(
            proposal_id, before.asked.family_id, body.what_if, before.pins, (*before.asked.relaxed, *chosen)
        )
        wish = wish_of(body.wish) if body.wish and before.disruption is None else before.asked.wish
        made = await asking.ask(wish, context, origin, disruption=before.disruption)
        deps.ring()
        response.headers.update({"Location": f"plans/{made}", "Cache-Control": "no-store"})
        return await told(made, actor, context)

    @api.post("/plans/{proposal_id}/pins")
    async def pin(
        proposal_id: UUID,
        body: Pin,
        actor: Annotated[Actor, requires("plan.change")],
        request: Request,
        response: Response,
        key: IdempotencyKey = None,
        free: Annotated[bool, Query(description="true: takes the pin away")] = False,
    ) -> ProposalOut:
        """Wants or forbids a day or a person in a round; counts when the plan is asked for again."""
        await own(proposal_id, actor, "plan.change")
        _whole(body)
        response.headers["Cache-Control"] = "no-store"  # the answer names people
        command = FreeAssignment(body) if free else PinAssignment(body)
        context = command_context(actor, request, key)
        await changing(proposal_id, actor).handle(proposal_stream(proposal_id), command, context)
        return await told(proposal_id, actor, context)

    @api.delete("/plans/{proposal_id}", status_code=204)
    async def discard_plan(
        proposal_id: UUID, actor: Annotated[Actor, requires("plan.change")], request: Request
    ) -> None:
        """Takes a proposal off the list. What was published of it stays."""
        await own(proposal_id, actor, "plan.change")
        context = command_context(actor, request)
        await changing(proposal_id, actor).handle(proposal_stream(proposal_id), DiscardProposal(), context)

    return api


def _chosen(held: Proposal, keys: tuple[str, ...]) -> tuple[Relaxation, ...]:
    offered = {r.key: r for r in held.outcome.relaxations} if isinstance(held.outcome, PlanInfeasible) else {}
    unknown = [k for k in keys if k not in offered]
    if unknown:
        raise Refused("unknown_relaxation", say("refusals.not_offered"), mend=say("refusals.choose_named"))
    return tuple(offered[k] for k in keys)


def _whole(pin: Pin) -> None:
    given = pin.day if pin.kind == "day" else pin.person_id
    if given is None or (pin.round_id is None and pin.school_id is None and not pin.forbid):
        raise Refused(
            "pin_of_nothing",
            say("refusals.pin_names"),
            mend=say("refusals.say_what"),
        )
