"""GET /rounds/{id}/live and its server-sent events."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Annotated
from uuid import UUID

from asyncpg import Connection
from fastapi import APIRouter, Header, Request
from pydantic import BaseModel, ConfigDict
from sse_starlette import EventSourceResponse, JSONServerSentEvent, ServerSentEvent

from services.reporting.deps import Deps
from services.reporting.figures.agreement import LEAST_ROOMS, METHOD, agreement
from services.reporting.figures.intervals import warm_up
from services.reporting.live.figures import LiveFigures, live_figures
from services.reporting.live.readings import Readings
from services.reporting.projections.school_patterns.query import find_round, read_facts
from services.reporting.projections.school_patterns.rounds import Round
from shared.access import Actor, Role
from shared.errors import NotFound, Refused
from shared.http import requires, token_expires_at
from shared.said import say

ACTION = "figures.live.read"


class AgreementLine(BaseModel):
    """Krippendorff's alpha with its 95% interval; null without enough overlap (fewer than 5 rooms that two rated)."""

    model_config = ConfigDict(frozen=True)
    look_for: str
    rooms: int
    slots: int
    alpha: float | None
    low: float | None
    high: float | None


class LiveAgreement(BaseModel):
    model_config = ConfigDict(frozen=True)
    round_id: UUID
    method: str = METHOD
    least_rooms: int = LEAST_ROOMS
    items: tuple[AgreementLine, ...]


def router(deps: Deps) -> APIRouter:
    api = APIRouter()
    readings = Readings(deps.db, deps.hub)

    @api.get("/rounds/{round_id}/live")
    async def live(round_id: UUID, actor: Annotated[Actor, requires(ACTION)]) -> LiveFigures:
        """The round's figures as they are now, for its facilitator, until synthesis closes."""
        await warm_up()
        async with deps.db.reader(actor.district_id) as conn:
            return await live_figures(conn, await _open_round(conn, round_id, actor))

    @api.get("/rounds/{round_id}/live/agreement")
    async def live_agreement(round_id: UUID, actor: Annotated[Actor, requires(ACTION)]) -> LiveAgreement:
        """How far observers of the same room agree, per look-for, so far. Nobody is named."""
        async with deps.db.reader(actor.district_id) as conn:
            await _open_round(conn, round_id, actor)
            facts = await read_facts(conn, round_id)
        found = await asyncio.to_thread(agreement, facts.ratings if facts else ())
        return LiveAgreement(
            round_id=round_id,
            items=tuple(
                AgreementLine(look_for=a.look_for, rooms=a.rooms, slots=a.slots, alpha=a.alpha, low=a.low, high=a.high)
                for a in found
            ),
        )

    @api.get(
        "/rounds/{round_id}/live/events",
        response_class=EventSourceResponse,
        responses={200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}},
    )
    async def live_events(
        round_id: UUID,
        request: Request,
        actor: Annotated[Actor, requires(ACTION)],
        last_event_id: Annotated[str | None, Header(alias="Last-Event-ID", max_length=100)] = None,
    ) -> EventSourceResponse:
        """`figures` events, each the whole of GET live; none when Last-Event-ID is the newest. An id is `seq` and,
        after a dash, a digest of the figures. The last event is `ended`, with the reason: `closed` (read the released
        figures), `expired` (sign in again, then reconnect) or `gone`."""
        async with deps.db.reader(actor.district_id) as conn:
            await _open_round(conn, round_id, actor)
        watch = _Watch(deps, readings, round_id, actor, token_expires_at(request), last_event_id)
        return EventSourceResponse(
            watch.events(),
            ping=deps.live_heartbeat_seconds,
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    return api


async def _open_round(conn: Connection, round_id: UUID, actor: Actor) -> Round:
    return _may(await find_round(conn, round_id), actor)


def _may(found: Round | None, actor: Actor) -> Round:
    """The round, for those who may watch it, while it may be watched."""
    people = {Role.FACILITATOR: [found.facilitator_id] if found and found.facilitator_id else []}
    actor.require(ACTION, what="round", people=people)
    if found is None:
        raise NotFound(say("errors.not_yours.round"))
    if found.closed:
        raise Refused(
            "synthesis_closed",
            say("reporting.live_ended"),
            mend=say("reporting.read_released"),
        )
    return found


class _Watch:
    """One open page. At each change of the round it is asked again whether it may."""

    def __init__(
        self, deps: Deps, readings: Readings, round_id: UUID, actor: Actor, expires_at: float, sent: str | None
    ) -> None:
        self._deps, self._readings, self._round_id, self._actor = deps, readings, round_id, actor
        self._expires_at, self._sent = expires_at, sent

    async def events(self) -> AsyncIterator[ServerSentEvent]:
        await warm_up()
        hub = self._deps.hub
        bell = hub.watch(self._round_id)
        next_at = 0.0
        try:
            while not hub.closed:
                left = self._expires_at - self._deps.now()
                if left <= 0:
                    yield _ended("expired")
                    return
                bell.clear()
                reading = await self._readings.now(self._actor.district_id, self._round_id)
                try:
                    _may(reading.found, self._actor)
                except Refused:
                    yield _ended("closed")
                    return
                except NotFound:
                    yield _ended("gone")
                    return
                if reading.id != self._sent:
                    self._sent = reading.id
                    yield ServerSentEvent(reading.figures, event="figures", id=reading.id)
                    next_at = time.monotonic() + self._deps.live_pause_seconds
                await _rings(bell, left)
                await asyncio.sleep(next_at - time.monotonic())
        finally:
            hub.leave(self._round_id, bell)


def _ended(reason: str) -> ServerSentEvent:
    return JSONServerSentEvent({"reason": reason}, event="ended")


async def _rings(bell: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await bell.wait()
    except TimeoutError:
        return
