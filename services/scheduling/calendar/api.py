"""`/calendar/days`: the district's exceptional days."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from services.scheduling.calendar import table
from services.scheduling.calendar.commands import ClearDay, MarkDay
from services.scheduling.calendar.decide import calendar, stream
from services.scheduling.calendar.events import DayKind
from services.scheduling.calendar.reasons import title_said
from services.scheduling.deps import Deps
from services.scheduling.rounds import queries as rounds
from services.scheduling.stage.parts import known_school
from shared.access import Actor
from shared.command_handler import CommandHandler
from shared.http import IdempotencyKey, IfMatch, command_context, etag, requires
from shared.said import Said
from shared.tables import with_tables


class DayBody(BaseModel):
    model_config = ConfigDict(extra="forbid")
    kind: DayKind
    title: str = Field(min_length=1, max_length=200)


class CalendarDay(BaseModel):
    day: date
    kind: DayKind
    title: str
    say: Said | None = Field(default=None, description="the title in both languages, where it is one of ours")


class CalendarPage(BaseModel):
    items: list[CalendarDay]


class AffectedRound(BaseModel):
    round_id: UUID
    school_id: UUID
    school_name: str


class DayChanged(BaseModel):
    day: date
    affected_rounds: list[AffectedRound] = Field(description="rounds that are scheduled on that day already")


_CLOSING = frozenset({"no_school", "testing", "no_visits"})


def router(deps: Deps) -> APIRouter:
    api = APIRouter(tags=["calendar"])

    def handler(school_id: UUID | None) -> CommandHandler[Any, Any]:
        append = with_tables(deps.db, deps.store, table.apply_for(school_id))
        return CommandHandler(deps.store, calendar, append=append)

    async def page(
        actor: Actor, request: Request, response: Response, whose: UUID, since: date | None, until: date | None
    ) -> CalendarPage:
        state, version = await handler(None).load(stream(whose), command_context(actor, request))
        response.headers.update(etag(version))
        days = [
            CalendarDay(day=d, kind=m.kind, title=m.title, say=title_said(m.title))
            for d, m in sorted(state.items())
            if (since is None or d >= since) and (until is None or d <= until)
        ]
        return CalendarPage(items=days)

    @api.get("/calendar/days")
    async def list_days(
        actor: Annotated[Actor, requires("calendar.read")],
        request: Request,
        response: Response,
        since: Annotated[date | None, Query(alias="from")] = None,
        until: Annotated[date | None, Query(alias="to")] = None,
    ) -> CalendarPage:
        """The marked days of the district, both ends included."""
        return await page(actor, request, response, actor.district_id, since, until)

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
        handled = await handler(None).handle(stream(actor.district_id), command, context, if_match=if_match)
        response.headers.update(etag(handled.version))
        held = await rounds.on_day(deps.db, actor.district_id, day) if body.kind in _CLOSING else []
        return DayChanged(day=day, affected_rounds=[AffectedRound(**r) for r in held])

    @api.delete("/calendar/days/{day}", status_code=204)
    async def clear_day(
        day: date, actor: Annotated[Actor, requires("calendar.edit")], request: Request, if_match: IfMatch
    ) -> None:
        context = command_context(actor, request)
        await handler(None).handle(stream(actor.district_id), ClearDay(day=day), context, if_match=if_match)

    @api.get("/schools/{school_id}/calendar/days")
    async def list_school_days(
        school_id: UUID,
        actor: Annotated[Actor, requires("school.stage")],
        request: Request,
        response: Response,
        since: Annotated[date | None, Query(alias="from")] = None,
        until: Annotated[date | None, Query(alias="to")] = None,
    ) -> CalendarPage:
        """The days that are exceptional at this school alone; the district's count besides."""
        await known_school(deps, actor, school_id)
        actor.require("school.stage", what="school", school_id=school_id)
        return await page(actor, request, response, school_id, since, until)

    @api.put("/schools/{school_id}/calendar/days/{day}")
    async def mark_school_day(
        school_id: UUID,
        day: date,
        body: DayBody,
        actor: Annotated[Actor, requires("school.stage")],
        request: Request,
        response: Response,
        if_match: IfMatch,
    ) -> DayChanged:
        await known_school(deps, actor, school_id)
        actor.require("school.stage", what="school", school_id=school_id)
        command = MarkDay(day=day, kind=body.kind, title=body.title)
        context = command_context(actor, request)
        handled = await handler(school_id).handle(stream(school_id), command, context, if_match=if_match)
        response.headers.update(etag(handled.version))
        held = await rounds.on_day(deps.db, actor.district_id, day) if body.kind in _CLOSING else []
        touched = [AffectedRound(**r) for r in held if r["school_id"] == school_id]
        return DayChanged(day=day, affected_rounds=touched)

    @api.delete("/schools/{school_id}/calendar/days/{day}", status_code=204)
    async def clear_school_day(
        school_id: UUID,
        day: date,
        actor: Annotated[Actor, requires("school.stage")],
        request: Request,
        if_match: IfMatch,
    ) -> None:
        actor.require("school.stage", what="school", school_id=school_id)
        context = command_context(actor, request)
        await handler(school_id).handle(stream(school_id), ClearDay(day=day), context, if_match=if_match)

    return api
