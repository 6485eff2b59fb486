"""`/board/events`: what changes on the planning board while somebody looks at it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel
from sse_starlette import EventSourceResponse

from services.scheduling.deps import Deps
from services.scheduling.rounds.queries import changed
from services.scheduling.rounds.shown import RoundSummary
from shared.access import Actor
from shared.http import requires


class BoardNews(BaseModel):
    """Rounds that are new, or another than when they were last told; `gone`: cancelled, or on a day that is not
    shown. `pins`: a number that changes with the pins."""

    items: list[RoundSummary]
    gone: list[UUID]
    pins: int


class Board:
    """One open board: it tells only what is another than before; the first look tells nothing but that it listens."""

    def __init__(self, deps: Deps, actor: Actor, since: date, until: date) -> None:
        self._deps, self._actor, self._span = deps, actor, (since, until)
        self._known: Mapping[UUID, int] | None = None
        self._pins = -1

    async def news(self) -> BoardNews | None:
        versions, pins, rows = await changed(self._deps.db, self._actor.district_id, *self._span, self._known)
        before, self._known = self._known, versions
        told = BoardNews(
            items=[RoundSummary(**r) for r in rows],
            gone=[] if before is None else sorted(before.keys() - versions.keys(), key=str),
            pins=pins,
        )
        quiet = before is not None and not told.items and not told.gone and pins == self._pins
        self._pins = pins
        return None if quiet else told


def router(deps: Deps) -> APIRouter:
    api = APIRouter(tags=["rounds"])

    @api.get(
        "/board/events",
        response_class=EventSourceResponse,
        responses={200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}},
    )
    async def board_events(
        actor: Annotated[Actor, requires("round.schedule")],
        request: Request,
        since: Annotated[date, Query(alias="from")],
        until: Annotated[date, Query(alias="to")],
    ) -> EventSourceResponse:
        """`rounds` events: the rounds between the two days that changed, whole. The first comes at once and is empty:
        read the rounds then. The last event is `ended` (`expired`: sign in again, then reconnect)."""
        return deps.watches.page(actor, request, "rounds", Board(deps, actor, since, until).news)

    return api
