"""`/pairs`: who must, or must not, be on one visit."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict

from services.scheduling.deps import Deps
from services.scheduling.pairs.commands import RemovePair, SetPair
from services.scheduling.pairs.decide import pairs, stream
from services.scheduling.pairs.events import PairKind
from services.scheduling.rounds import queries as rounds
from services.scheduling.stage.parts import handler_of, known_person
from shared.access import Actor
from shared.http import IfMatch, command_context, etag, requires


class PairBody(BaseModel):
    model_config = ConfigDict(extra="forbid")
    person_a: UUID
    person_b: UUID
    kind: PairKind


class Pair(PairBody):
    pair_id: UUID
    name_a: str
    name_b: str


class PairList(BaseModel):
    items: list[Pair]


def router(deps: Deps) -> APIRouter:
    api = APIRouter(tags=["observers"])
    handler = handler_of(deps, pairs)

    @api.get("/pairs")
    async def list_pairs(
        actor: Annotated[Actor, requires("stage.read")], request: Request, response: Response
    ) -> PairList:
        state, version = await handler.load(stream(actor.district_id), command_context(actor, request))
        response.headers.update(etag(version))
        people = {p for pair in state.values() for p in (pair.person_a, pair.person_b)}
        names = await rounds.names(deps.db, actor.district_id, list(people))
        return PairList(
            items=[
                Pair(
                    **p.model_dump(),
                    name_a=names.get(p.person_a, "(erased)"),
                    name_b=names.get(p.person_b, "(erased)"),
                )
                for p in state.values()
            ]
        )

    @api.put("/pairs/{pair_id}", status_code=204)
    async def set_pair(
        pair_id: UUID,
        body: PairBody,
        actor: Annotated[Actor, requires("stage.edit")],
        request: Request,
        response: Response,
        if_match: IfMatch,
    ) -> None:
        """Adds the pair under an id of the client's, or changes it."""
        await known_person(deps, actor, body.person_a)
        await known_person(deps, actor, body.person_b)
        command = SetPair(pair_id=pair_id, **body.model_dump())
        context = command_context(actor, request)
        handled = await handler.handle(stream(actor.district_id), command, context, if_match=if_match)
        response.headers.update(etag(handled.version))

    @api.delete("/pairs/{pair_id}", status_code=204)
    async def remove_pair(
        pair_id: UUID, actor: Annotated[Actor, requires("stage.edit")], request: Request, if_match: IfMatch
    ) -> None:
        context = command_context(actor, request)
        await handler.handle(stream(actor.district_id), RemovePair(pair_id=pair_id), context, if_match=if_match)

    return api
