"""`/observers`: whom planning may send; `/availability/mine`: when I cannot come."""

from __future__ import annotations

import asyncio
from datetime import date, datetime, timedelta
from typing import Annotated, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from services.scheduling.deps import Deps
from services.scheduling.observers import queries
from services.scheduling.observers.commands import RemoveObserver, SetObserver, TellUnavailability
from services.scheduling.observers.decide import observer, stream
from services.scheduling.observers.events import ObserverRole, Source, Training
from services.scheduling.observers.role import role_of
from services.scheduling.observers.unavailability import Away, CalendarRead, read_busy, spans_of, window
from services.scheduling.rounds import queries as rounds
from services.scheduling.stage.parts import handler_of, known_person, known_school
from shared.access import Actor
from shared.errors import Invalid
from shared.http import IfMatch, command_context, etag, page_key, page_token, requires
from shared.said import say
from shared.uploads import MULTIPART, read_upload

LARGEST_CALENDAR = 10_000_000
"""bytes"""
AHEAD = 400
"""days from today that a calendar is read for"""


class ObserverBody(BaseModel):
    model_config = ConfigDict(extra="forbid")
    role: ObserverRole
    home_school_id: UUID | None = Field(default=None, description="null: the schools of the roster alone")
    observes: bool = True
    facilitates: bool = False
    max_month: int | None = Field(default=None, ge=0, le=31, description="days out in a month; null: no cap")
    max_term: int | None = Field(default=None, ge=0, le=200, description="days out in a term; null: no cap")
    trainings: tuple[Training, ...] = Field(default=(), max_length=20)


class ObserverSummary(BaseModel):
    person_id: UUID
    name: str
    role: ObserverRole | None = Field(description="null: nothing was entered; the roster's and the grants' word counts")
    planned_role: ObserverRole = Field(
        description="in which planning counts the person: the entered one, else the roster's"
    )
    home_school_id: UUID | None
    observes: bool
    facilitates: bool
    max_month: int | None
    max_term: int | None
    trainings: list[Training]
    networks: list[UUID]
    busy_spans: int


class ObserverPage(BaseModel):
    items: list[ObserverSummary]
    next: str | None = None


class BusySpan(BaseModel):
    source: Source
    starts_at: datetime
    ends_at: datetime


class Availability(BaseModel):
    timezone: str
    spans: list[BusySpan]


class AwayBody(BaseModel):
    """All that is typed between the two days; it replaces what was typed of them before."""

    model_config = ConfigDict(extra="forbid")
    since: date = Field(ge=date(1900, 1, 1), lt=date(9000, 1, 1))
    until: date = Field(ge=date(1900, 1, 1), lt=date(9000, 1, 1))
    away: list[Away] = Field(max_length=500)


def router(deps: Deps) -> APIRouter:  # one closure per route
    api = APIRouter(tags=["observers"])
    handler = handler_of(deps, observer)

    async def tell(
        actor: Actor, request: Request, person_id: UUID, source: Source, since: date, until: date, spans: Any
    ) -> None:
        zone = ZoneInfo(await rounds.timezone(deps.db, actor.district_id))
        low, high = window(since, until, zone)
        inside = tuple((max(s, low), min(e, high)) for s, e in spans if s < high and e > low)
        command = TellUnavailability(person_id, source, low, high, inside)
        await handler.handle(stream(person_id), command, command_context(actor, request))

    async def typed(actor: Actor, request: Request, person_id: UUID, body: AwayBody) -> Availability:
        zone = ZoneInfo(await rounds.timezone(deps.db, actor.district_id))
        if not 0 <= (body.until - body.since).days <= 1000:
            raise Invalid(say("refusals.years_later"), where="until", mend=say("refusals.correct_days"))
        await tell(actor, request, person_id, "screen", body.since, body.until, spans_of(body.away, zone))
        return await told(actor, person_id)

    async def told(actor: Actor, person_id: UUID) -> Availability:
        return Availability(
            timezone=await rounds.timezone(deps.db, actor.district_id),
            spans=[BusySpan(**s) for s in await queries.spans(deps.db, actor.district_id, person_id)],
        )

    async def from_calendar(actor: Actor, request: Request, person_id: UUID) -> CalendarRead:
        upload = await read_upload(request, LARGEST_CALENDAR)
        zone = ZoneInfo(await rounds.timezone(deps.db, actor.district_id))
        since = rounds.today(deps.clock(), zone.key)
        until = since + timedelta(days=AHEAD)
        spans, problems = await asyncio.to_thread(read_busy, upload.name, upload.data, since, until, zone)
        await tell(actor, request, person_id, "calendar", since, until, spans)
        return CalendarRead(busy=len(spans), since=since, until=until, problems=list(problems.listed()))

    @api.get("/observers")
    async def list_observers(
        actor: Annotated[Actor, requires("stage.read")],
        search: Annotated[str | None, Query(max_length=100)] = None,
        network_id: UUID | None = None,
        after: str | None = None,
        limit: Annotated[int, Query(ge=1, le=500)] = 100,
    ) -> ObserverPage:
        """By family name: everybody who was entered, or who may sign in as observer or facilitator."""
        key = page_key(after, str, UUID)
        rows = await queries.page(
            deps.db,
            actor.district_id,
            search=search or None,
            network_id=network_id,
            after=(key[0], key[1]) if key else None,
            limit=limit + 1,
        )
        last = rows[limit - 1] if len(rows) > limit else None
        return ObserverPage(
            items=[
                ObserverSummary.model_validate(r | {"planned_role": role_of(r["role"], r["roster_roles"])})
                for r in rows[:limit]
            ],
            next=page_token(last["name_key"], last["person_id"]) if last else None,
        )

    @api.put("/observers/{person_id}", status_code=204)
    async def set_observer(
        person_id: UUID,
        body: ObserverBody,
        actor: Annotated[Actor, requires("stage.edit")],
        request: Request,
        response: Response,
        if_match: IfMatch,
    ) -> None:
        await known_person(deps, actor, person_id)
        if body.home_school_id is not None:
            await known_school(deps, actor, body.home_school_id)
        command = SetObserver(person_id=person_id, **body.model_dump())
        handled = await handler.handle(stream(person_id), command, command_context(actor, request), if_match=if_match)
        response.headers.update(etag(handled.version))

    @api.delete("/observers/{person_id}", status_code=204)
    async def remove_observer(
        person_id: UUID, actor: Annotated[Actor, requires("stage.edit")], request: Request
    ) -> None:
        """Forgets what was entered; the roster's and the grants' word counts again."""
        await known_person(deps, actor, person_id)
        await handler.handle(stream(person_id), RemoveObserver(person_id=person_id), command_context(actor, request))

    @api.get("/observers/{person_id}/availability")
    async def get_availability(person_id: UUID, actor: Annotated[Actor, requires("stage.read")]) -> Availability:
        """When the person cannot come; without reasons."""
        await known_person(deps, actor, person_id)
        return await told(actor, person_id)

    @api.put("/observers/{person_id}/availability")
    async def set_availability(
        person_id: UUID, body: AwayBody, actor: Annotated[Actor, requires("stage.edit")], request: Request
    ) -> Availability:
        await known_person(deps, actor, person_id)
        return await typed(actor, request, person_id, body)

    @api.post(
        "/observers/{person_id}/availability/calendar",
        openapi_extra=MULTIPART,
        max_body_size=LARGEST_CALENDAR + 1_000_000,
    )
    async def import_availability(
        person_id: UUID, actor: Annotated[Actor, requires("stage.edit")], request: Request
    ) -> CalendarRead:
        """Free/busy out of an iCalendar file; it replaces what an earlier one said."""
        await known_person(deps, actor, person_id)
        return await from_calendar(actor, request, person_id)

    @api.get("/availability/mine")
    async def get_my_availability(actor: Annotated[Actor, requires("availability.own")]) -> Availability:
        return await told(actor, actor.person_id)

    @api.put("/availability/mine")
    async def set_my_availability(
        body: AwayBody, actor: Annotated[Actor, requires("availability.own")], request: Request
    ) -> Availability:
        """When I cannot come; it replaces what I typed before of these days."""
        return await typed(actor, request, actor.person_id, body)

    @api.post("/availability/mine/calendar", openapi_extra=MULTIPART, max_body_size=LARGEST_CALENDAR + 1_000_000)
    async def import_my_availability(
        actor: Annotated[Actor, requires("availability.own")], request: Request
    ) -> CalendarRead:
        """Free/busy out of my own calendar's file; nothing but the busy times is kept."""
        return await from_calendar(actor, request, actor.person_id)

    return api
