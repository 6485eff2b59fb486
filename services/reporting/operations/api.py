"""`/operations/projections`: where each read model stands, and what is done about it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import suppress
from datetime import datetime
from typing import Annotated, Literal

from asyncpg import Connection
from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field
from sse_starlette import EventSourceResponse, JSONServerSentEvent, ServerSentEvent

from services.reporting.deps import Deps
from services.reporting.live.hub import BUILDS
from services.reporting.operations.operators import is_operator, require_operator
from shared.access import Actor
from shared.errors import NotFound
from shared.http import requires, token_expires_at
from shared.messages import utc_now
from shared.projections import builds, jobs
from shared.projections.jobs import Job
from shared.projections.projection import Projection
from shared.refill import OwnerSilent
from shared.said import say

ACTION = "operations.read"
CHANGE = "operations.change"
Pace = Annotated[int | None, Field(ge=1, le=1_000_000, description="entries per second; null: as fast as it goes")]


class SourceState(BaseModel):
    """`checkpoint`: the place in the source's log that the tables hold. `lag`: entries behind its head;
    null when the source does not answer. `gaps`: holes in what was delivered, `refilled` entries fetched for them."""

    model_config = ConfigDict(frozen=True)
    source: str
    checkpoint: int
    applied_at: datetime
    lag: int | None
    gaps: int
    refilled: int
    last_gap_at: datetime | None


class AsideEntry(BaseModel):
    """An entry that could not be applied. `error` in full for those of one's own district; operators alone see
    others."""

    model_config = ConfigDict(frozen=True)
    source: str
    log_seq: int
    type: str
    error: str
    put_aside_at: datetime


class Rebuild(BaseModel):
    """A build that was asked for: `applied` of about `total` entries are in. `stands_still`: it should run, and has
    made no step for 30 seconds; `error` may say why."""

    model_config = ConfigDict(frozen=True)
    kind: Literal["rebuild", "rollback"]
    state: Literal["running", "paused", "cancelled", "live", "failed"]
    events_per_second: int | None
    applied: int
    total: int | None
    error: str | None
    asked_at: datetime
    updated_at: datetime
    progressed_at: datetime
    stands_still: bool

    @classmethod
    def of(cls, job: Job) -> Rebuild:
        told = {name: getattr(job, name) for name in cls.model_fields if name != "stands_still"}
        return cls(**told, stands_still=job.stands_still(utc_now()))


class ProjectionState(BaseModel):
    """`previous`: the build before, kept to go back to. `rebuild`: the newest that was asked for."""

    model_config = ConfigDict(frozen=True)
    name: str
    version: int
    built: str
    previous: str | None
    sources: tuple[SourceState, ...]
    set_aside: tuple[AsideEntry, ...]
    rebuild: Rebuild | None
    problems: tuple[str, ...]


class Projections(BaseModel):
    """`may_change`: whether the reader's district operates the installation. Otherwise it sees the state of the read
    models, and of the entries that were set aside its own."""

    model_config = ConfigDict(frozen=True)
    may_change: bool
    items: tuple[ProjectionState, ...]


class AskRebuild(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: Literal["rebuild", "rollback"] = "rebuild"
    events_per_second: Pace = None


class ChangeRebuild(BaseModel):
    """`state` and pace of the build that is on its way; both are set."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    state: Literal["running", "paused", "cancelled"]
    events_per_second: Pace = None


def router(deps: Deps) -> APIRouter:
    api = APIRouter()
    known: dict[str, Projection] = {r.projection.name: r.projection for r in deps.runners}

    def named(name: str) -> Projection:
        if name not in known:
            raise NotFound(
                say("reporting.no_projection", name=name), mend=say("reporting.name_among", names=", ".join(known))
            )
        return known[name]

    async def all_of(actor: Actor) -> Projections:
        async with deps.db.system() as conn:
            await conn.execute("set transaction isolation level repeatable read")
            operates = await is_operator(conn, actor, deps.operator_districts)
            states = [s for name in sorted(known) if (s := await _state(deps, conn, actor, operates, name)) is not None]
        return Projections(may_change=operates, items=tuple(states))

    @api.get("/operations/projections")
    async def projections(actor: Annotated[Actor, requires(ACTION)]) -> Projections:
        """Version, checkpoint, lag, gaps, entries set aside and the newest rebuild of each projection."""
        actor.require(ACTION, what="projection")
        return await all_of(actor)

    @api.get(
        "/operations/projections/events",
        response_class=EventSourceResponse,
        responses={200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}},
    )
    async def projection_events(request: Request, actor: Annotated[Actor, requires(ACTION)]) -> EventSourceResponse:
        """`projections` events, each the whole of GET projections: at once, at each step of a build, and every ten
        seconds when something has changed. The last event is `ended`, when the session expires."""
        actor.require(ACTION, what="projection")
        return EventSourceResponse(
            _events(deps, token_expires_at(request), lambda: all_of(actor)),
            ping=deps.live_heartbeat_seconds,
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    @api.post("/operations/projections/{name}/rebuilds", status_code=202)
    async def ask_rebuild(name: str, body: AskRebuild, actor: Annotated[Actor, requires(CHANGE)]) -> Rebuild:
        """Builds it anew from the logs beside the live one, which answers meanwhile, and swaps it in; or brings the
        build before up to date and goes back to it. Entries set aside are tried again by a rebuild."""
        async with deps.db.system() as conn:
            await require_operator(conn, actor, deps.operator_districts)
            return Rebuild.of(
                await jobs.ask(
                    conn,
                    named(name),
                    body.kind,
                    asked_by=actor.person_id,
                    events_per_second=body.events_per_second,
                )
            )

    @api.put("/operations/projections/{name}/rebuild")
    async def change_rebuild(name: str, body: ChangeRebuild, actor: Annotated[Actor, requires(CHANGE)]) -> Rebuild:
        """Pauses it, lets it go on, stops it, sets its pace."""
        async with deps.db.system() as conn:
            await require_operator(conn, actor, deps.operator_districts)
            return Rebuild.of(
                await jobs.change(
                    conn,
                    named(name).name,
                    state=body.state,
                    events_per_second=body.events_per_second,
                    faster=body.events_per_second is None,
                )
            )

    return api


async def _events(
    deps: Deps, expires_at: float, read: Callable[[], Coroutine[None, None, Projections]]
) -> AsyncIterator[ServerSentEvent]:
    bell, sent = deps.hub.watch(BUILDS), ""
    try:
        while not deps.hub.closed:
            left = expires_at - deps.now()
            if left <= 0:
                yield JSONServerSentEvent({"reason": "expired"}, event="ended")
                return
            bell.clear()
            reading = asyncio.create_task(read())  # a page that is left must not cut a transaction short
            now = (await asyncio.shield(reading)).model_dump_json()
            if now != sent:
                sent = now
                yield ServerSentEvent(now, event="projections")
            with suppress(TimeoutError):
                async with asyncio.timeout(left):
                    await bell.wait()
    finally:
        deps.hub.leave(BUILDS, bell)


async def _state(deps: Deps, conn: Connection, actor: Actor, operates: bool, name: str) -> ProjectionState | None:
    live = await builds.live_build(conn, name)
    if live is None:
        return None
    previous = await builds.previous_build(conn, name)
    rows = await conn.fetch(
        "select source, log_seq, applied_at, gaps, refilled, last_gap_at from projections.checkpoints "
        "where schema = $1 order by source",
        live.schema,
    )
    heads = {r["source"]: await _head(deps, r["source"]) for r in rows}
    job = await jobs.newest(conn, name)
    return ProjectionState(
        name=name,
        version=live.version,
        built=live.schema,
        previous=previous.schema if previous else None,
        sources=tuple(
            SourceState(
                source=r["source"],
                checkpoint=r["log_seq"],
                applied_at=r["applied_at"],
                lag=None if (head := heads[r["source"]]) is None else max(head - r["log_seq"], 0),
                gaps=r["gaps"],
                refilled=r["refilled"],
                last_gap_at=r["last_gap_at"],
            )
            for r in rows
        ),
        set_aside=tuple(
            AsideEntry(
                source=e["source"],
                log_seq=e["log_seq"],
                type=e["type"],
                error=e["error"] if e["district_id"] == actor.district_id else e["error"].split(":")[0],
                put_aside_at=e["put_aside_at"],
            )
            for e in await jobs.set_aside(conn, name)
            if operates or e["district_id"] == actor.district_id
        ),
        rebuild=Rebuild.of(job) if job else None,
        problems=tuple(p for r in deps.runners if operates and r.projection.name == name for p in r.problems()),
    )


async def _head(deps: Deps, source: str) -> int | None:
    try:
        return await deps.head(source)
    except OwnerSilent:
        return None
