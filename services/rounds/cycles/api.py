"""`/cycles`: begin one, find its people, agree, walk its stages, leave. Answers are never kept by others."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from sse_starlette import EventSourceResponse

from services.rounds.cycles import commands as c
from services.rounds.cycles import lists
from services.rounds.cycles.agreement import AgreementBody, check
from services.rounds.cycles.erasing import erase
from services.rounds.cycles.lists import CycleSummary, InvitedOut
from services.rounds.cycles.queries import (
    CycleFile,
    CycleOut,
    Seen,
    cycle_file,
    cycle_out,
    cycle_stream,
    member_file,
    seen,
)
from services.rounds.cycles.sealing import of_cycle, seal
from services.rounds.cycles.today import today
from services.rounds.deps import Deps
from services.rounds.meetings.commands import CallOffAll
from services.rounds.meetings.queries import meetings_stream
from shared.access import Actor
from shared.http import (
    IdempotencyKey,
    command_context,
    etag,
    page_key,
    page_token,
    requires,
)


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid")


class NewCycle(_In):
    """`role`: the part that the one who begins takes."""

    protocol: str = Field(max_length=60)
    role: str = Field(max_length=60)


class InvitationIn(_In):
    person_id: UUID
    role: str = Field(max_length=60)
    message: str = Field(default="", max_length=1000)


class AnswerIn(_In):
    accept: bool


class AgreementIn(_In):
    base_revision: int = Field(default=0, ge=0)
    body: AgreementBody


class SignatureIn(_In):
    revision: int = Field(ge=1)


class Cycles(BaseModel):
    items: list[CycleSummary]
    next: str | None = None


class Invitations(BaseModel):
    items: list[InvitedOut]


class Begun(BaseModel):
    cycle_id: UUID


async def unkept(response: Response) -> None:
    """What is sealed in the store must not lie open in a cache, nor among the answers kept for repetitions."""
    response.headers["Cache-Control"] = "no-store"


Me = Annotated[Actor, requires("cycle.own")]


def router(deps: Deps) -> APIRouter:
    api = APIRouter(tags=["cycles"], dependencies=[Depends(unkept)])

    async def mine(cycle_id: UUID, actor: Actor) -> CycleFile:
        return await member_file(deps, actor.district_id, cycle_id, actor.person_id)

    async def done(
        cycle_id: UUID, command: c.CycleCommand, actor: Actor, request: Request, response: Response, key: UUID | None
    ) -> CycleOut:
        await deps.cycles.handle(cycle_stream(cycle_id), command, command_context(actor, request, key))
        file = await mine(cycle_id, actor)
        response.headers.update(etag(file.version))
        return await cycle_out(deps, file, actor.person_id)

    async def call_off(file: CycleFile, actor: Actor, request: Request) -> None:
        """The meetings ahead: who is left arranges anew."""
        off = CallOffAll(cycle_id=file.cycle_id, person_ids=(), timezone="UTC", now=deps.clock())
        await deps.meetings.handle(meetings_stream(file.cycle_id), off, command_context(actor, request))

    @api.get("/cycles")
    async def list_cycles(
        actor: Me, after: str | None = None, limit: Annotated[int, Query(ge=1, le=200)] = 50
    ) -> Cycles:
        """The cycles that I am in, the ones under way first."""
        key = page_key(after, int, UUID)
        items, last = await lists.mine(
            deps, actor.district_id, actor.person_id, (key[0], key[1]) if key else None, limit
        )
        return Cycles(items=items, next=page_token(*last) if last else None)

    @api.post("/cycles")
    async def begin_cycle(body: NewCycle, actor: Me, request: Request, key: IdempotencyKey = None) -> Begun:
        """Begins to gather a cycle on the newest version of a protocol; the version is the cycle's for ever."""
        protocol = await deps.protocols.get(actor.district_id, body.protocol)
        context = command_context(actor, request, key)
        cycle_id = context.event_id(0) if key else deps.new_id()
        command = c.ProposeCycle(
            cycle_id=cycle_id, by=actor.person_id, protocol=protocol, role=body.role, school_id=_school(actor)
        )
        await deps.cycles.handle(cycle_stream(cycle_id), command, context)
        return Begun(cycle_id=cycle_id)

    @api.get("/cycles/{cycle_id}")
    async def get_cycle(cycle_id: UUID, actor: Me, response: Response) -> CycleOut:
        """One of my cycles, with what I may open of it."""
        file = await mine(cycle_id, actor)
        response.headers.update(etag(file.version))
        return await cycle_out(deps, file, actor.person_id)

    @api.get(
        "/cycles/{cycle_id}/events",
        response_class=EventSourceResponse,
        responses={200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}},
    )
    async def cycle_events(cycle_id: UUID, actor: Me, request: Request) -> EventSourceResponse:
        """`seen` events: numbers that grow when the cycle or its meetings change, and nothing else of them. The last
        event is `ended`: `done` (the reader is no longer in it), or `expired` (sign in again, then reconnect)."""
        await mine(cycle_id, actor)

        async def look() -> Seen:
            return await seen(deps, actor.district_id, cycle_id, actor.person_id)

        return deps.watches.page(actor, request, "seen", look, lambda now: now.member)

    @api.get(
        "/my-coaching/events",
        response_class=EventSourceResponse,
        responses={200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}},
    )
    async def my_coaching_events(actor: Me, request: Request) -> EventSourceResponse:
        """`marks` events: which of my lists (cycles, invitations, meetings, what is shown to me) is another than it
        was, and nothing else of them. The last event is `ended`: `expired` (sign in again, then reconnect)."""
        return deps.watches.page(actor, request, "marks", lambda: lists.marks(deps, actor.district_id, actor.person_id))

    @api.post("/cycles/{cycle_id}/invitations")
    async def invite(
        cycle_id: UUID,
        body: InvitationIn,
        actor: Me,
        request: Request,
        response: Response,
        key: IdempotencyKey = None,
    ) -> CycleOut:
        """Asks somebody of the directory. Who began the cycle asks, and nobody else learns of it but by a yes."""
        file = await mine(cycle_id, actor)
        await deps.partners.require_listed(actor.district_id, body.person_id)
        message = await seal(deps.words, actor.district_id, of_cycle(cycle_id), body.message.strip())
        command = c.InvitePartner(
            cycle_id=cycle_id,
            by=actor.person_id,
            protocol=file.protocol,
            person_id=body.person_id,
            role=body.role,
            message=message,
        )
        return await done(cycle_id, command, actor, request, response, key)

    @api.delete("/cycles/{cycle_id}/invitations/{person_id}")
    async def take_back(cycle_id: UUID, person_id: UUID, actor: Me, request: Request, response: Response) -> CycleOut:
        file = await mine(cycle_id, actor)
        command = c.WithdrawInvitation(
            cycle_id=cycle_id, by=actor.person_id, protocol=file.protocol, person_id=person_id
        )
        return await done(cycle_id, command, actor, request, response, None)

    @api.get("/invitations")
    async def list_invitations(actor: Me) -> Invitations:
        """Open invitations to me."""
        return Invitations(items=await lists.invitations(deps, actor.district_id, actor.person_id))

    @api.post("/invitations/{cycle_id}")
    async def answer(
        cycle_id: UUID, body: AnswerIn, actor: Me, request: Request, key: IdempotencyKey = None
    ) -> Invitations:
        """Accepts or declines; the one who asked is told, nobody else."""
        file = await cycle_file(deps, actor.district_id, cycle_id)
        command = c.AnswerInvitation(
            cycle_id=cycle_id,
            by=actor.person_id,
            protocol=file.protocol,
            accept=body.accept,
            school_id=_school(actor),
        )
        await deps.cycles.handle(cycle_stream(cycle_id), command, command_context(actor, request, key))
        return Invitations(items=await lists.invitations(deps, actor.district_id, actor.person_id))

    @api.put("/cycles/{cycle_id}/agreement")
    async def write_agreement(
        cycle_id: UUID, body: AgreementIn, actor: Me, request: Request, response: Response
    ) -> CycleOut:
        """Goals, norms and bounds, whole; everybody signs the newest revision before the first stage."""
        file = await mine(cycle_id, actor)
        day = await today(deps, actor.district_id)
        agreed = check(body.body, day, len(file.protocol.norms)).model_dump(mode="json")
        command = c.WriteAgreement(
            cycle_id=cycle_id,
            by=actor.person_id,
            protocol=file.protocol,
            body=await seal(deps.words, actor.district_id, of_cycle(cycle_id), agreed),
            base_revision=body.base_revision,
        )
        return await done(cycle_id, command, actor, request, response, None)

    @api.post("/cycles/{cycle_id}/signature")
    async def sign(
        cycle_id: UUID, body: SignatureIn, actor: Me, request: Request, response: Response, key: IdempotencyKey = None
    ) -> CycleOut:
        file = await mine(cycle_id, actor)
        command = c.SignAgreement(cycle_id=cycle_id, by=actor.person_id, protocol=file.protocol, revision=body.revision)
        return await done(cycle_id, command, actor, request, response, key)

    @api.post("/cycles/{cycle_id}/stages/{stage}")
    async def open_cycle_stage(
        cycle_id: UUID, stage: str, actor: Me, request: Request, response: Response, key: IdempotencyKey = None
    ) -> CycleOut:
        """Opens a stage, when the protocol allows it from here; else the refusal says what is missing."""
        file = await mine(cycle_id, actor)
        command = c.OpenCycleStage(
            cycle_id=cycle_id, by=actor.person_id, protocol=file.protocol, stage=stage, facts=file.facts
        )
        return await done(cycle_id, command, actor, request, response, key)

    @api.post("/cycles/{cycle_id}/finish")
    async def finish(
        cycle_id: UUID, actor: Me, request: Request, response: Response, key: IdempotencyKey = None
    ) -> CycleOut:
        file = await mine(cycle_id, actor)
        command = c.FinishCycle(cycle_id=cycle_id, by=actor.person_id, protocol=file.protocol, facts=file.facts)
        finished = await done(cycle_id, command, actor, request, response, key)
        await call_off(file, actor, request)
        return finished

    @api.post("/cycles/{cycle_id}/leave", status_code=204)
    async def leave(cycle_id: UUID, actor: Me, request: Request, key: IdempotencyKey = None) -> None:
        """Withdraws, at any time. What the protocol's policy erases is gone when this answers."""
        file = await mine(cycle_id, actor)
        command = c.LeaveCycle(cycle_id=cycle_id, by=actor.person_id, protocol=file.protocol)
        await deps.cycles.handle(cycle_stream(cycle_id), command, command_context(actor, request, key))
        await erase(deps, actor.district_id)
        await call_off(file, actor, request)

    return api


def _school(actor: Actor) -> UUID | None:
    """The school that the cycle counts for: that of the actor's first grant that names one."""
    return next((g.school_id for g in actor.grants if g.school_id is not None), None)
