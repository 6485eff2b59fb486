"""`/terms`: the spans in which rounds are planned."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from services.scheduling.deps import Deps
from services.scheduling.stage.parts import handler_of
from services.scheduling.terms.commands import RemoveTerm, SetTerm
from services.scheduling.terms.decide import stream, terms
from shared.access import Actor
from shared.http import IfMatch, command_context, etag, requires


class TermBody(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str = Field(min_length=1, max_length=80)
    starts_on: date = Field(ge=date(1900, 1, 1), lt=date(9000, 1, 1))
    ends_on: date = Field(ge=date(1900, 1, 1), lt=date(9000, 1, 1))


class SchoolTerm(BaseModel):
    term_id: UUID
    name: str
    starts_on: date
    ends_on: date


class TermList(BaseModel):
    items: list[SchoolTerm]


def router(deps: Deps) -> APIRouter:
    api = APIRouter(tags=["calendar"])
    handler = handler_of(deps, terms)

    @api.get("/terms")
    async def list_terms(
        actor: Annotated[Actor, requires("calendar.read")], request: Request, response: Response
    ) -> TermList:
        """By their first day."""
        state, version = await handler.load(stream(actor.district_id), command_context(actor, request))
        response.headers.update(etag(version))
        return TermList(items=[SchoolTerm(**t.model_dump()) for t in sorted(state.values(), key=lambda t: t.starts_on)])

    @api.put("/terms/{term_id}")
    async def set_term(
        term_id: UUID,
        body: TermBody,
        actor: Annotated[Actor, requires("calendar.edit")],
        request: Request,
        response: Response,
        if_match: IfMatch,
    ) -> SchoolTerm:
        """Adds the term under an id of the client's, or changes it."""
        command = SetTerm(term_id=term_id, **body.model_dump())
        context = command_context(actor, request)
        handled = await handler.handle(stream(actor.district_id), command, context, if_match=if_match)
        response.headers.update(etag(handled.version))
        return SchoolTerm(**handled.state[term_id].model_dump())

    @api.delete("/terms/{term_id}", status_code=204)
    async def remove_term(
        term_id: UUID, actor: Annotated[Actor, requires("calendar.edit")], request: Request, if_match: IfMatch
    ) -> None:
        context = command_context(actor, request)
        await handler.handle(stream(actor.district_id), RemoveTerm(term_id=term_id), context, if_match=if_match)

    return api
