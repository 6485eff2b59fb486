"""`/my-commitments`: what I committed to, kept or not, over the years."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from services.rounds.commitments.commands import Commit, Revisit
from services.rounds.commitments.events import Kept
from services.rounds.commitments.queries import CommitmentOut, commitments_stream, of_cycle, of_person, subject
from services.rounds.cycles.api import unkept
from services.rounds.cycles.queries import member_file
from services.rounds.cycles.sealing import seal
from services.rounds.cycles.today import today
from services.rounds.deps import Deps
from shared.access import Actor
from shared.http import command_context, requires

Me = Annotated[Actor, requires("cycle.own")]


class CommitmentIn(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)
    cycle_id: UUID
    words: str = Field(min_length=3, max_length=1000)
    due_on: date
    shown: bool = True


class RevisitIn(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)
    kept: Kept
    note: str = Field(default="", max_length=1000)


class CommitmentList(BaseModel):
    items: list[CommitmentOut]


def router(deps: Deps) -> APIRouter:
    api = APIRouter(tags=["commitments"], dependencies=[Depends(unkept)])

    async def listed(actor: Actor) -> CommitmentList:
        return CommitmentList(items=await of_person(deps, actor.district_id, actor.person_id))

    @api.get("/my-commitments")
    async def list_my_commitments(actor: Me) -> CommitmentList:
        return await listed(actor)

    @api.get("/cycles/{cycle_id}/commitments")
    async def list_cycle_commitments(cycle_id: UUID, actor: Me) -> CommitmentList:
        """Mine in this cycle, and those that its people show."""
        file = await member_file(deps, actor.district_id, cycle_id, actor.person_id)
        return CommitmentList(
            items=await of_cycle(deps, actor.district_id, cycle_id, file.state.people, actor.person_id)
        )

    @api.put("/my-commitments/{commitment_id}")
    async def commit(commitment_id: UUID, body: CommitmentIn, actor: Me, request: Request) -> CommitmentList:
        """Makes a commitment in a cycle; the id is the writer's to make, sending it again changes nothing."""
        file = await member_file(deps, actor.district_id, body.cycle_id, actor.person_id)
        owners = (file.protocol.policies.commitments_belong_to,)
        command = Commit(
            commitment_id=commitment_id,
            person_id=actor.person_id,
            cycle_id=body.cycle_id,
            model=file.protocol.model,
            words=await seal(deps.words, actor.district_id, subject(actor.person_id), body.words),
            due_on=body.due_on,
            today=await today(deps, actor.district_id),
            shown=body.shown,
            may=file.state.may(file.protocol, actor.person_id, owners),
        )
        await deps.commitments.handle(commitments_stream(actor.person_id), command, command_context(actor, request))
        return await listed(actor)

    @api.post("/my-commitments/{commitment_id}/looks")
    async def look_again(commitment_id: UUID, body: RevisitIn, actor: Me, request: Request) -> CommitmentList:
        """Was it kept?"""
        command = Revisit(
            commitment_id=commitment_id,
            person_id=actor.person_id,
            kept=body.kept,
            note=await seal(deps.words, actor.district_id, subject(actor.person_id), body.note),
        )
        await deps.commitments.handle(commitments_stream(actor.person_id), command, command_context(actor, request))
        return await listed(actor)

    return api
