"""`/hosts`: region and cover of every school; `/travel`: minutes on the road."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from services.scheduling.deps import Deps
from services.scheduling.hosts.commands import ForgetTravel, ForgetTrip, SetHost, TellTravel
from services.scheduling.hosts.decide import LONGEST_TRIP, host, host_stream, travel, travel_stream
from services.scheduling.hosts.events import CoverOn, DislikedDay, HostSet, Trip
from services.scheduling.stage.parts import handler_of, known_school
from shared.access import Actor
from shared.http import IfMatch, command_context, etag, requires


class HostBody(BaseModel):
    model_config = ConfigDict(extra="forbid")
    region: Annotated[str, Field(max_length=80)] | None = Field(
        default=None, description="the district's own name for where the school lies"
    )
    cover_per_day: int | None = Field(
        default=None, ge=0, le=500, description="how many of its people may be out on one day; null: no limit"
    )
    cover_on: tuple[CoverOn, ...] = Field(default=(), max_length=400, description="single days with another limit")
    disliked: tuple[DislikedDay, ...] = Field(
        default=(), max_length=400, description="days on which it would rather not host; steps 1 to 3"
    )


class HostSummary(BaseModel):
    school_id: UUID
    name: str
    region: str | None
    cover_per_day: int | None
    bell_schedules: int
    classrooms: int
    networks: list[UUID]
    trips: int = Field(description="schools to which the minutes are told; others by the beeline")


class HostList(BaseModel):
    items: list[HostSummary]


class TravelSummary(BaseModel):
    trips: int


class TripOut(BaseModel):
    from_school: UUID
    from_name: str
    to_school: UUID
    to_name: str
    minutes: int


class TripList(BaseModel):
    items: list[TripOut]


class Minutes(BaseModel):
    model_config = ConfigDict(extra="forbid")
    minutes: int = Field(ge=0, le=LONGEST_TRIP)


def router(deps: Deps) -> APIRouter:
    api = APIRouter(tags=["hosts"])
    handler = handler_of(deps, host)
    roads = handler_of(deps, travel)

    @api.get("/hosts")
    async def list_hosts(actor: Annotated[Actor, requires("stage.read")]) -> HostList:
        """Every school as planning sees it, by name."""
        async with deps.db.reader(actor.district_id) as conn:
            rows = await conn.fetch(_LIST)
        return HostList(items=[HostSummary(**dict(r)) for r in rows])

    @api.get("/schools/{school_id}/host")
    async def get_host(
        school_id: UUID, actor: Annotated[Actor, requires("school.stage")], request: Request, response: Response
    ) -> HostBody:
        await known_school(deps, actor, school_id)
        actor.require("school.stage", what="school", school_id=school_id)
        state, version = await handler.load(host_stream(school_id), command_context(actor, request))
        response.headers.update(etag(version))
        return HostBody(**(state or HostSet(school_id=school_id)).model_dump(exclude={"school_id"}))

    @api.put("/schools/{school_id}/host")
    async def set_host(
        school_id: UUID,
        body: HostBody,
        actor: Annotated[Actor, requires("school.stage")],
        request: Request,
        response: Response,
        if_match: IfMatch,
    ) -> HostBody:
        await known_school(deps, actor, school_id)
        actor.require("school.stage", what="school", school_id=school_id)
        command = SetHost(school_id=school_id, **body.model_dump())
        handled = await handler.handle(
            host_stream(school_id), command, command_context(actor, request), if_match=if_match
        )
        response.headers.update(etag(handled.version))
        return HostBody(**(handled.state or HostSet(school_id=school_id)).model_dump(exclude={"school_id"}))

    @api.get("/travel")
    async def get_travel(actor: Annotated[Actor, requires("stage.read")]) -> TravelSummary:
        """How many trips have minutes of their own; the others are by the beeline."""
        async with deps.db.reader(actor.district_id) as conn:
            return TravelSummary(trips=await conn.fetchval("select count(*) from travel_minutes"))

    @api.get("/schools/{school_id}/travel")
    async def list_trips(school_id: UUID, actor: Annotated[Actor, requires("stage.read")]) -> TripList:
        """The trips from and to the school that have minutes of their own, by the other school's name. A direction
        that is not told takes as long as the other; where neither is, the beeline counts."""
        await known_school(deps, actor, school_id)
        async with deps.db.reader(actor.district_id) as conn:
            return TripList(items=[TripOut(**dict(r)) for r in await conn.fetch(_TRIPS, school_id)])

    @api.put("/travel/{from_school}/{to_school}", status_code=204)
    async def tell_trip(
        from_school: UUID,
        to_school: UUID,
        body: Minutes,
        actor: Annotated[Actor, requires("stage.edit")],
        request: Request,
    ) -> None:
        for school_id in (from_school, to_school):
            await known_school(deps, actor, school_id)
        trip = Trip(from_school=from_school, to_school=to_school, minutes=body.minutes)
        context = command_context(actor, request)
        await roads.handle(travel_stream(actor.district_id), TellTravel(trips=(trip,)), context)

    @api.delete("/travel/{from_school}/{to_school}", status_code=204)
    async def forget_trip(
        from_school: UUID, to_school: UUID, actor: Annotated[Actor, requires("stage.edit")], request: Request
    ) -> None:
        """Takes the minutes of one trip back."""
        command = ForgetTrip(from_school=from_school, to_school=to_school)
        await roads.handle(travel_stream(actor.district_id), command, command_context(actor, request))

    @api.delete("/travel", status_code=204)
    async def forget_travel(actor: Annotated[Actor, requires("stage.edit")], request: Request) -> None:
        """Takes all minutes back; coordinates count again."""
        await roads.handle(travel_stream(actor.district_id), ForgetTravel(), command_context(actor, request))

    return api


_LIST = """
select s.school_id, s.name, t.region, t.cover_per_day,
       (select count(*) from bell_schedules b where b.school_id = s.school_id) as bell_schedules,
       (select count(*) from classrooms c where c.school_id = s.school_id) as classrooms,
       array(select n.network_id from network_schools n where n.school_id = s.school_id order by 1) as networks,
       (select count(distinct case when m.from_school = s.school_id then m.to_school else m.from_school end)
        from travel_minutes m where s.school_id in (m.from_school, m.to_school)) as trips
from schools s left join school_stage t using (school_id)
where s.active order by lower(s.name), s.school_id
"""
_TRIPS = """
select m.from_school, a.name as from_name, m.to_school, b.name as to_name, m.minutes
from travel_minutes m
join schools a on a.school_id = m.from_school and a.active
join schools b on b.school_id = m.to_school and b.active
where $1 in (m.from_school, m.to_school)
order by lower(case when m.from_school = $1 then b.name else a.name end), m.from_school <> $1
"""
