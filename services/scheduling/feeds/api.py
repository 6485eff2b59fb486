"""`/feeds`: links that calendars subscribe to, and what they serve."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from services.scheduling.appointments.words import event_of
from services.scheduling.appointments.words import say as words_of
from services.scheduling.deps import Deps
from services.scheduling.feeds import queries
from services.scheduling.feeds.commands import OpenFeed, RevokeFeed
from services.scheduling.feeds.decide import feeds, stream
from services.scheduling.feeds.events import FeedKind
from services.scheduling.stage.parts import known_school
from shared.access import Actor
from shared.calendars.write import feed as write_feed
from shared.command_handler import CommandHandler
from shared.errors import NotFound
from shared.http import IdempotencyKey, command_context, public, requires
from shared.said import say
from shared.tables import with_tables

TOKEN_BYTES = 32


class FeedBody(BaseModel):
    model_config = ConfigDict(extra="forbid")
    language: Literal["en", "es"] = "en"


class FeedLink(BaseModel):
    feed_id: UUID
    kind: FeedKind
    url: str = Field(description="shown this once: whoever has it can read the feed, until it is revoked")
    webcal: str = Field(description="the same for calendar programs that subscribe by webcal:")


class FeedOut(BaseModel):
    feed_id: UUID
    kind: FeedKind
    subject_id: UUID
    name: str | None = Field(description="of the school or network")
    language: str
    created_at: datetime
    read_at: datetime | None = Field(description="when a calendar last read it")


class FeedList(BaseModel):
    items: list[FeedOut]


def router(deps: Deps) -> APIRouter:
    api = APIRouter(tags=["feeds"])

    def handler(owner: UUID) -> CommandHandler[Any, Any]:
        return CommandHandler(deps.store, feeds, append=with_tables(deps.db, deps.store, queries.apply_for(owner)))

    async def opened(
        actor: Actor,
        request: Request,
        response: Response,
        key: UUID | None,
        kind: FeedKind,
        subject: UUID,
        body: FeedBody,
    ) -> FeedLink:
        token = secrets.token_urlsafe(TOKEN_BYTES)
        context = command_context(actor, request, key)
        command = OpenFeed(
            feed_id=context.event_id(0),
            kind=kind,
            subject_id=subject,
            language=body.language,
            token_hash=hashlib.sha256(token.encode()).hexdigest(),
        )
        handled = await handler(actor.person_id).handle(stream(actor.person_id), command, context)
        if handled.duplicate:
            raise NotFound(say("refusals.feed_shown"), mend=say("refusals.make_anew"))
        response.headers["Cache-Control"] = "no-store"  # nothing keeps the link
        url = f"{deps.public_url}/api/scheduling/feeds/{token}.ics"
        return FeedLink(feed_id=command.feed_id, kind=kind, url=url, webcal=f"webcal://{url.split('://', 1)[1]}")

    @api.get("/feeds")
    async def list_feeds(actor: Annotated[Actor, requires("feed.own")]) -> FeedList:
        """The links that I made and that work; without the links themselves."""
        rows = await queries.of_owner(deps.db, actor.district_id, actor.person_id)
        return FeedList(items=[FeedOut(**r) for r in rows])

    @api.post("/feeds/mine", status_code=201)
    async def open_my_feed(
        body: FeedBody,
        actor: Annotated[Actor, requires("feed.own")],
        request: Request,
        response: Response,
        key: IdempotencyKey = None,
    ) -> FeedLink:
        """A link to my own rounds and meetings."""
        return await opened(actor, request, response, key, "personal", actor.person_id, body)

    @api.post("/feeds/schools/{school_id}", status_code=201)
    async def open_school_feed(
        school_id: UUID,
        body: FeedBody,
        actor: Annotated[Actor, requires("feed.school")],
        request: Request,
        response: Response,
        key: IdempotencyKey = None,
    ) -> FeedLink:
        """A link to the rounds that a school hosts; it names nobody."""
        await known_school(deps, actor, school_id)
        actor.require("feed.school", what="school", school_id=school_id)
        return await opened(actor, request, response, key, "school", school_id, body)

    @api.post("/feeds/networks/{network_id}", status_code=201)
    async def open_network_feed(
        network_id: UUID,
        body: FeedBody,
        actor: Annotated[Actor, requires("feed.network")],
        request: Request,
        response: Response,
        key: IdempotencyKey = None,
    ) -> FeedLink:
        """A link to the rounds at a network's schools; it names nobody."""
        async with deps.db.reader(actor.district_id) as conn:
            if not await conn.fetchval("select exists (select from networks where network_id = $1)", network_id):
                raise NotFound(say("refusals.no_network"))
        return await opened(actor, request, response, key, "network", network_id, body)

    @api.delete("/feeds/{feed_id}", status_code=204)
    async def revoke_feed(feed_id: UUID, actor: Annotated[Actor, requires("feed.own")], request: Request) -> None:
        """The link stops to work at once."""
        context = command_context(actor, request)
        await handler(actor.person_id).handle(stream(actor.person_id), RevokeFeed(feed_id=feed_id), context)

    @api.get(
        "/feeds/{token}.ics",
        dependencies=[public("calendar programs cannot sign in; the link itself is the secret")],
        response_class=Response,
        responses={200: {"content": {"text/calendar": {}}}},
    )
    async def read_feed(token: str, request: Request) -> Response:
        """The calendar behind a link."""
        found = await queries.behind(deps.db, hashlib.sha256(token.encode()).digest())
        if found is None:
            raise NotFound(say("refusals.feed_gone"))
        rows = await deps.places.shown(found["district_id"], await queries.appointments(deps.db, found))
        data = await asyncio.to_thread(_written, found, rows, deps.public_url)
        tag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
        headers = {"ETag": tag, "Cache-Control": "private, max-age=900", "X-Robots-Tag": "noindex"}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        disposition = {"Content-Disposition": 'inline; filename="rondo.ics"'}
        return Response(data, media_type="text/calendar; charset=utf-8", headers=headers | disposition)

    return api


def _written(found: dict[str, Any], rows: list[dict[str, Any]], public_url: str) -> bytes:
    language = found["language"]
    name = words_of(f"feed_{found['kind']}", language, name=found["name"] or "")
    return write_feed(name, [event_of(r, language, public_url, part=r["part"], gone=r["gone"]) for r in rows])
