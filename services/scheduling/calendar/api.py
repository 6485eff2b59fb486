"""`/calendar/days`: the district's exceptional days."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from services.scheduling.calendar.commands import ClearDay, MarkDay
from services.scheduling.calendar.decide import calendar, stream
from services.scheduling.calendar.events import DayKind
from services.scheduling.deps import Deps
from services.scheduling.rounds import queries as rounds
from shared.access import Actor
from shared.command_handler import CommandHandler
from shared.http import IdempotencyKey, IfMatch, command_context, etag, requires


class DayBody(BaseModel):
    model_config = ConfigDict(extra="forbid")
    kind: DayKind
    title: str = Field(min_length=1, max_length=200)


class CalendarDay(BaseModel):
    day: date
    kind: DayKind
    title: str


class CalendarPage(BaseModel):
    items: list[CalendarDay]


class AffectedRound(BaseModel):
    round_id: UUID
    school_id: UUID
    school_name: str


class DayChanged(BaseModel):
    day: date
    affected_rounds: list[AffectedRound] = Field(description="rounds that are scheduled on that day already")


def router(deps: Deps) -> APIRouter:
    api = APIRouter(tags=["calendar"])
    handler: CommandHandler[Any, Any] = CommandHandler(deps.store, calendar)

    @api.get("/calendar/days")
    async def list_days(
        actor: Annotated[Actor, requires("calendar.read")],
        request: Request,
        response: Response,
        since: Annotated[date | None, Query(alias="from")] = None,
        until: Annotated[date | None, Query(alias="to")] = None,
    ) -> CalendarPage:
        """The marked days, both ends included."""
        state, version = await handler.load(stream(actor.district_id), command_context(actor, request))
        response.headers.update(etag(version))
        days = [
            CalendarDay(day=d, kind=m.kind, title=m.title)
            for d, m in sorted(state.items())
            if (since is None or d >= since) and (until is None or d <= until)
        ]
        return CalendarPage(items=days)

    @api.put("/calendar/days/{day}")
    async def mark_day(
        day: date,
        body: DayBody,
        actor: Annotated[Actor, requires("calendar.edit")],
        request: Request,
        response: Response,
        if_match: IfMatch,
        key: IdempotencyKey = None,
    ) -> DayChanged:
        """Marks the day; tells which scheduled rounds it touches (they are not moved)."""
        command = MarkDay(day=day, kind=body.kind, title=body.title)
        context = command_context(actor, request, key)
        handled = await handler.handle(stream(actor.district_id), command, context, if_match=if_match)
        response.headers.update(etag(handled.version))
        held = await rounds.on_day(deps.db, actor.district_id, day) if body.kind == "no_school" else []
        return DayChanged(day=day, affected_rounds=[AffectedRound(**r) for r in held])

    @api.delete("/calendar/days/{day}", status_code=204)
    async def clear_day(
        day: date, actor: Annotated[Actor, requires("calendar.edit")], request: Request, if_match: IfMatch
    ) -> None:
        context = command_context(actor, request)
        await handler.handle(stream(actor.district_id), ClearDay(day=day), context, if_match=if_match)

    return api
