"""`/rounds/{id}/visit-day/proposals` and `/visit-days`: teams and rotation by the optimiser, and repairs of the day."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel
from sse_starlette import EventSourceResponse

from services.scheduling.deps import Deps
from services.scheduling.visit_days import queries
from services.scheduling.visit_days.accepting import Accepting
from services.scheduling.visit_days.asking import DayAsking, DayWish, Trouble
from services.scheduling.visit_days.shown import (
    DayProposalList,
    DayProposalOut,
    summary,
    told,
)
from shared.access import Actor
from shared.http import IdempotencyKey, IfMatch, command_context, etag, requires

WATCH_SECONDS = 0.5
"""how often a watched job is looked at"""
NEWEST = 10
_UNKEPT = {"Cache-Control": "no-store"}  # the answers name people


class Accepted(BaseModel):
    round_id: UUID
    round_version: int


def router(deps: Deps) -> APIRouter:
    api = APIRouter(tags=["visit days"])
    asking, accepting = DayAsking(deps), Accepting(deps)

    @api.post("/rounds/{round_id}/visit-day/proposals", status_code=201)
    async def ask_for_visit_day(
        round_id: UUID,
        body: DayWish,
        actor: Annotated[Actor, requires("round.schedule")],
        request: Request,
        response: Response,
        key: IdempotencyKey = None,
    ) -> DayProposalOut:
        """Asks for teams and rotation; they are worked out in the background, with an answer by hand at once."""
        context = command_context(actor, request, key)
        made = await asking.plan(round_id, body, context)
        response.headers.update({"Location": f"visit-days/{made}"} | _UNKEPT)
        return await told(deps, made, context)

    @api.post("/rounds/{round_id}/visit-day/repairs", status_code=201)
    async def report_trouble(
        round_id: UUID,
        body: Trouble,
        actor: Annotated[Actor, requires("round.schedule")],
        request: Request,
        response: Response,
        key: IdempotencyKey = None,
    ) -> DayProposalOut:
        """Tells what happened on the day; the rest of it is mended with the least change, and nobody is told before
        that is published."""
        context = command_context(actor, request, key)
        made = await asking.repair(round_id, body, context)
        response.headers.update({"Location": f"visit-days/{made}"} | _UNKEPT)
        return await told(deps, made, context)

    @api.get("/rounds/{round_id}/visit-day/proposals")
    async def list_visit_day_proposals(
        round_id: UUID, actor: Annotated[Actor, requires("round.schedule")], request: Request
    ) -> DayProposalList:
        """The round's newest proposals."""
        context = command_context(actor, request)
        found = await queries.newest(deps.db, actor.district_id, round_id, NEWEST)
        return DayProposalList(items=[await summary(deps, made, asked_at, context) for made, asked_at in found])

    @api.get("/visit-days/{proposal_id}")
    async def get_visit_day_proposal(
        proposal_id: UUID, actor: Annotated[Actor, requires("round.schedule")], request: Request, response: Response
    ) -> DayProposalOut:
        response.headers.update(_UNKEPT)
        return await told(deps, proposal_id, command_context(actor, request))

    @api.get(
        "/visit-days/{proposal_id}/events",
        response_class=EventSourceResponse,
        responses={200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}},
    )
    async def visit_day_events(
        proposal_id: UUID, actor: Annotated[Actor, requires("round.schedule")], request: Request
    ) -> EventSourceResponse:
        """`day` events, each the whole of GET, while it is worked out; the last is `ended`."""
        context = command_context(actor, request)
        await told(deps, proposal_id, context)
        return deps.watches.page(
            actor,
            request,
            "day",
            lambda: told(deps, proposal_id, context),
            lambda now: now.status == "running",
            look=WATCH_SECONDS,
        )

    @api.post("/visit-days/{proposal_id}/stop")
    async def stop_visit_day(
        proposal_id: UUID, actor: Annotated[Actor, requires("round.schedule")], request: Request, response: Response
    ) -> DayProposalOut:
        """Ends the work soon, with the best so far as the proposal."""
        await queries.ask_to_stop(deps.db, actor.district_id, proposal_id)
        response.headers.update(_UNKEPT)
        return await told(deps, proposal_id, command_context(actor, request))

    @api.post("/visit-days/{proposal_id}/accept")
    async def accept_visit_day(
        proposal_id: UUID,
        actor: Annotated[Actor, requires("round.schedule")],
        request: Request,
        response: Response,
        if_match: IfMatch,
        key: IdempotencyKey = None,
    ) -> Accepted:
        """Makes it the round's visit day, after the independent checker; If-Match is the round's version."""
        context = command_context(actor, request, key)
        version = await accepting.accept(proposal_id, context, if_match=if_match)
        now = await told(deps, proposal_id, context)
        response.headers.update(etag(version))
        return Accepted(round_id=now.round_id, round_version=version)

    @api.post("/visit-days/{proposal_id}/undo")
    async def take_visit_day_back(
        proposal_id: UUID,
        actor: Annotated[Actor, requires("round.schedule")],
        request: Request,
        response: Response,
        key: IdempotencyKey = None,
    ) -> Accepted:
        """The visit day as it was before, where nobody has changed the round since."""
        context = command_context(actor, request, key)
        version = await accepting.take_back(proposal_id, context)
        now = await told(deps, proposal_id, context)
        response.headers.update(etag(version))
        return Accepted(round_id=now.round_id, round_version=version)

    return api
