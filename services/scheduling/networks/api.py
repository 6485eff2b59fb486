"""`/networks`: the people who do rounds together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from services.scheduling.deps import Deps
from services.scheduling.networks.commands import RemoveNetwork, SetNetwork
from services.scheduling.networks.decide import networks, stream
from services.scheduling.networks.events import NetworkSet
from services.scheduling.rounds import queries as rounds
from services.scheduling.stage.parts import handler_of
from shared.access import Actor
from shared.http import IfMatch, command_context, etag, requires


class NetworkBody(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str = Field(min_length=1, max_length=80)
    school_ids: tuple[UUID, ...] = Field(default=(), max_length=2000)
    person_ids: tuple[UUID, ...] = Field(default=(), max_length=5000)


class NetworkPerson(BaseModel):
    person_id: UUID
    name: str


class Network(BaseModel):
    network_id: UUID
    name: str
    school_ids: list[UUID]
    people: list[NetworkPerson]


class NetworkList(BaseModel):
    items: list[Network]


def router(deps: Deps) -> APIRouter:
    api = APIRouter(tags=["networks"])
    handler = handler_of(deps, networks)

    async def seen(actor: Actor, held: Iterable[NetworkSet]) -> list[Network]:
        held = list(held)
        names = await rounds.names(deps.db, actor.district_id, list({p for n in held for p in n.person_ids}))
        return [
            Network(
                network_id=n.network_id,
                name=n.name,
                school_ids=list(n.school_ids),
                people=sorted(
                    (NetworkPerson(person_id=p, name=names[p]) for p in n.person_ids if p in names),
                    key=lambda p: p.name.casefold(),
                ),
            )
            for n in sorted(held, key=lambda n: n.name.casefold())
        ]

    @api.get("/networks")
    async def list_networks(
        actor: Annotated[Actor, requires("stage.read")], request: Request, response: Response
    ) -> NetworkList:
        """By name, with their people."""
        state, version = await handler.load(stream(actor.district_id), command_context(actor, request))
        response.headers.update(etag(version))
        return NetworkList(items=await seen(actor, state.values()))

    @api.put("/networks/{network_id}")
    async def set_network(
        network_id: UUID,
        body: NetworkBody,
        actor: Annotated[Actor, requires("stage.edit")],
        request: Request,
        response: Response,
        if_match: IfMatch,
    ) -> Network:
        """Adds the network under an id of the client's, or changes it."""
        command = SetNetwork(network_id=network_id, **body.model_dump())
        context = command_context(actor, request)
        handled = await handler.handle(stream(actor.district_id), command, context, if_match=if_match)
        response.headers.update(etag(handled.version))
        return (await seen(actor, [handled.state[network_id]]))[0]

    @api.delete("/networks/{network_id}", status_code=204)
    async def remove_network(
        network_id: UUID, actor: Annotated[Actor, requires("stage.edit")], request: Request, if_match: IfMatch
    ) -> None:
        context = command_context(actor, request)
        command = RemoveNetwork(network_id=network_id)
        await handler.handle(stream(actor.district_id), command, context, if_match=if_match)

    return api
