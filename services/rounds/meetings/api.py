"""`/cycles/{id}/meetings` and one's own time: a cadence that fits, another time by one tap."""

from __future__ import annotations

import asyncio
from datetime import date, datetime, timedelta
from typing import Annotated
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Query, Request
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from services.rounds.cycles.api import unkept
from services.rounds.cycles.queries import CycleFile, member_file
from services.rounds.cycles.sealing import of_places, seal
from services.rounds.deps import Deps
from services.rounds.meetings.commands import ArrangeMeetings, CallOffMeeting, MeetingCommand, MoveMeeting, Span
from services.rounds.meetings.fit import cadence, next_times, week_of
from services.rounds.meetings.queries import (
    BusyOut,
    MeetingOut,
    MyMeetingOut,
    busy_out,
    cycle_calendar,
    keep_busy,
    meetings_stream,
    my_meetings,
    places_of,
    put_reminder_aside,
)
from services.rounds.rounds.queries import district
from shared.access import Actor
from shared.errors import Invalid, NotFound, Refused
from shared.http import IdempotencyKey, command_context, requires
from shared.messages import new_id
from shared.said import say

Me = Annotated[Actor, requires("cycle.own")]
AHEAD = timedelta(days=400)  # of a brought calendar
FARTHEST = timedelta(days=2 * 366)  # that a meeting lies ahead
LARGEST_CALENDAR = 900_000  # characters


def _in_a_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


Place = Annotated[str, Field(max_length=200, description="a room, a link; one line"), AfterValidator(_in_a_line)]


class MeetingsIn(BaseModel):
    model_config = ConfigDict(extra="forbid")
    every_weeks: int = Field(ge=1, le=12)
    minutes: int = Field(ge=10, le=240)
    meetings: int = Field(ge=1, le=40)
    after: AwareDatetime | None = None
    place: Place = ""


class MoveIn(BaseModel):
    """`starts_at` as it was: the place alone is another. Without a `place` that stays."""

    model_config = ConfigDict(extra="forbid")
    starts_at: AwareDatetime
    place: Place | None = None


class CalendarIn(BaseModel):
    """The text of an iCalendar file."""

    model_config = ConfigDict(extra="forbid")
    text: str = Field(max_length=LARGEST_CALENDAR)


class MeetingList(BaseModel):
    items: list[MeetingOut]


class MyMeetings(BaseModel):
    items: list[MyMeetingOut]


class Times(BaseModel):
    items: list[Span]


def router(deps: Deps) -> APIRouter:
    api = APIRouter(tags=["meetings"], dependencies=[Depends(unkept)])

    async def mine(cycle_id: UUID, actor: Actor) -> CycleFile:
        return await member_file(deps, actor.district_id, cycle_id, actor.person_id)

    async def handled(
        file: CycleFile, command: MeetingCommand, actor: Actor, request: Request, key: UUID | None
    ) -> None:
        await deps.meetings.handle(meetings_stream(file.cycle_id), command, command_context(actor, request, key))

    async def listed(file: CycleFile) -> MeetingList:
        state, _ = await deps.meetings.load(meetings_stream(file.cycle_id), file.context)
        standing = state.standing()
        places = await places_of(deps, file.district_id, [(file.cycle_id, m.place) for m in standing])
        return MeetingList(
            items=[
                MeetingOut(**m.model_dump(include=set(MeetingOut.model_fields)) | {"place": places[m.place]})
                for m in standing
            ]
        )

    async def sealed(file: CycleFile, place: str) -> str:
        return await seal(deps.words, file.district_id, of_places(file.cycle_id), place) if place else ""

    def near(when: datetime) -> datetime:
        if abs(when - deps.clock()) > FARTHEST:
            raise Invalid(say("cycles.two_years"), mend=say("cycles.another_day"), where="body")
        return when

    async def common(file: CycleFile) -> dict[str, object]:
        zone = (await district(deps.db, file.district_id)).timezone
        return {
            "cycle_id": file.cycle_id,
            "person_ids": tuple(sorted(file.state.people)),
            "timezone": zone,
            "now": deps.clock(),
        }

    @api.get("/cycles/{cycle_id}/meetings")
    async def list_meetings(cycle_id: UUID, actor: Me) -> MeetingList:
        return await listed(await mine(cycle_id, actor))

    @api.post("/cycles/{cycle_id}/meetings")
    async def arrange(
        cycle_id: UUID, body: MeetingsIn, actor: Me, request: Request, key: IdempotencyKey = None
    ) -> MeetingList:
        """Turns a cadence into meetings that fit everybody's calendar, school days alone. Everybody is invited."""
        file = await mine(cycle_id, actor)
        calendar = await cycle_calendar(deps, file)
        spans = cadence(calendar, near(body.after or deps.clock()), body.minutes, body.every_weeks, body.meetings)
        if not spans:
            raise Refused(
                "no_time_suits",
                say("cycles.no_time"),
                mend=say("cycles.shorten"),
            )
        base = key or new_id()
        command = ArrangeMeetings(
            **await common(file),
            meetings=tuple((uuid5(base, f"meeting {n}"), span) for n, span in enumerate(spans)),
            busy=tuple(calendar.busy),
            place=await sealed(file, body.place),
        )
        await handled(file, command, actor, request, key)
        return await listed(file)

    @api.get("/cycles/{cycle_id}/meetings/{meeting_id}/times")
    async def offer_times(
        cycle_id: UUID, meeting_id: UUID, actor: Me, count: Annotated[int, Query(ge=1, le=10)] = 3
    ) -> Times:
        """The next times that suit all from the meeting's week on, for moving it by one tap."""
        file = await mine(cycle_id, actor)
        held = _held(await listed(file), meeting_id)
        minutes = int((held.ends_at - held.starts_at).total_seconds() // 60)
        calendar = await cycle_calendar(deps, file, meeting_id)
        after = max(deps.clock(), week_of(calendar, held.starts_at))
        offered = next_times(calendar, after, minutes, count + 1)
        return Times(items=[s for s in offered if s.starts_at != held.starts_at][:count])

    @api.put("/cycles/{cycle_id}/meetings/{meeting_id}")
    async def move(cycle_id: UUID, meeting_id: UUID, body: MoveIn, actor: Me, request: Request) -> MeetingList:
        file = await mine(cycle_id, actor)
        held = _held(await listed(file), meeting_id)
        to = Span(starts_at=near(body.starts_at), ends_at=body.starts_at + (held.ends_at - held.starts_at))
        calendar = await cycle_calendar(deps, file, meeting_id)
        if to.starts_at != held.starts_at and not calendar.open(to.starts_at.astimezone(calendar.zone).date()):
            raise Refused("no_school_then", say("cycles.no_school"), mend=say("cycles.offered"))
        place = None if body.place in (None, held.place) else await sealed(file, body.place)
        command = MoveMeeting(
            **await common(file), meeting_id=meeting_id, to=to, busy=tuple(calendar.busy), place=place
        )
        await handled(file, command, actor, request, None)
        return await listed(file)

    @api.delete("/cycles/{cycle_id}/meetings/{meeting_id}")
    async def call_off(cycle_id: UUID, meeting_id: UUID, actor: Me, request: Request) -> MeetingList:
        file = await mine(cycle_id, actor)
        command = CallOffMeeting(**await common(file), meeting_id=meeting_id)
        await handled(file, command, actor, request, None)
        return await listed(file)

    @api.get("/my-meetings")
    async def list_my_meetings(actor: Me) -> MyMeetings:
        """What is not over yet, the next first."""
        return MyMeetings(items=await my_meetings(deps, actor.district_id, actor.person_id, deps.clock()))

    @api.delete("/my-meetings/{meeting_id}/reminder", status_code=204)
    async def drop_reminder(meeting_id: UUID, actor: Me) -> None:
        """Puts the reminder in the app aside, for the reader alone and for this time of the meeting."""
        await put_reminder_aside(deps, actor.district_id, actor.person_id, meeting_id)

    @api.get("/my-calendar")
    async def get_calendar(actor: Me) -> BusyOut:
        return await busy_out(deps, actor.district_id, actor.person_id)

    @api.put("/my-calendar")
    async def bring_calendar(body: CalendarIn, actor: Me) -> BusyOut:
        """Takes the busy times out of an iCalendar file, for the year ahead. Titles, places and guests are not kept."""
        zone = ZoneInfo((await district(deps.db, actor.district_id)).timezone)
        since = deps.clock().astimezone(zone).date()
        spans = await asyncio.to_thread(_busy, body.text.encode(), since, zone)
        return await keep_busy(deps, actor.district_id, actor.person_id, spans)

    @api.delete("/my-calendar", status_code=204)
    async def forget_calendar(actor: Me) -> None:
        await keep_busy(deps, actor.district_id, actor.person_id, [])

    return api


def _busy(data: bytes, since: date, zone: ZoneInfo) -> list[tuple[datetime, datetime]]:
    """The file's busy times. Raises Invalid where it is none, or holds more than can be taken whole."""
    from shared.calendars.occur import busy_intervals
    from shared.calendars.read import read_calendar
    from shared.tabular.problems import Problems

    problems = Problems()
    calendar = read_calendar("calendar.ics", data, problems)
    if calendar is None:
        raise Invalid(say("cycles.no_calendar"), mend=say("cycles.bring_ics"), where="text")
    spans = busy_intervals("calendar.ics", calendar, since, since + AHEAD, zone, problems)
    if problems.refuses:
        first = problems.listed()[0]
        raise Invalid(first.say, mend=first.say_mend, where="text")
    return spans


def _held(meetings: MeetingList, meeting_id: UUID) -> MeetingOut:
    held = next((m for m in meetings.items if m.meeting_id == meeting_id), None)
    if held is None:
        raise NotFound(say("cycles.no_meeting"))
    return held
