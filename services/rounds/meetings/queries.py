"""What is known of people's time: calendars that they brought (busy or not, nothing else), meetings, school days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import BaseModel, Field

from services.rounds.cycles.sealing import of_places, open_all
from services.rounds.meetings.commands import Span
from services.rounds.meetings.fit import Calendar
from services.rounds.rounds.queries import district
from shared.errors import NotFound
from shared.reminders import remind_at
from shared.said import say

if TYPE_CHECKING:
    from services.rounds.cycles.queries import CycleFile
    from services.rounds.deps import Deps


class MeetingOut(BaseModel):
    meeting_id: UUID
    cycle_id: UUID
    starts_at: datetime
    ends_at: datetime
    no_school: bool = Field(description="its day was closed after it was fixed: one of the times offered suits better")
    place: str = Field(description="where, as somebody of the cycle said it: a room, a link; empty where nobody did")


class MyMeetingOut(MeetingOut):
    remind_at: datetime | None = Field(
        description="from when on the reader is reminded of it in the app; null when they put the reminder aside"
    )


class BusyOut(BaseModel):
    """How much of a brought calendar is kept: busy times ahead, and when it was brought."""

    spans: int
    brought_at: datetime | None


def meetings_stream(cycle_id: UUID) -> str:
    return f"meetings-{cycle_id}"


async def people_calendar(
    deps: Deps, district_id: UUID, people: Sequence[UUID], schools: Sequence[UUID], without: UUID | None = None
) -> Calendar:
    """Everybody's time together. `without`: a meeting that is to be moved, and so is in nobody's way."""
    settings = await district(deps.db, district_id)
    listed = {p.person_id: p.profile.free for p in await deps.partners.all(district_id)}
    async with deps.db.reader(district_id) as conn:
        busy = await conn.fetch(
            "select starts_at, ends_at from busy_times where person_id = any($1) union all "
            "select starts_at, ends_at from meetings where person_ids && $1 and meeting_id is distinct from $2",
            list(people),
            without,
        )
        marked = await conn.fetch(
            "select day, kind from marked_days where school_id is null or school_id = any($1)", list(schools)
        )
    return Calendar(
        zone=ZoneInfo(settings.timezone),
        closed={r["day"] for r in marked if r["kind"] == "no_school"},
        taught={r["day"] for r in marked if r["kind"] == "school_day"},
        busy=[Span(starts_at=r["starts_at"], ends_at=r["ends_at"]) for r in busy],
        free=[listed[p] for p in people if listed.get(p)],
    )


async def cycle_calendar(deps: Deps, file: CycleFile, without: UUID | None = None) -> Calendar:
    """The time of the cycle's people, on the school days of theirs."""
    schools = [m.school_id for m in file.state.members if m.school_id is not None]
    return await people_calendar(deps, file.district_id, file.state.people, schools, without)


async def keep_busy(
    deps: Deps, district_id: UUID, person_id: UUID, spans: Sequence[tuple[datetime, datetime]]
) -> BusyOut:
    """Keeps when the person is busy, in place of what was kept before; what for is never kept."""
    async with deps.db.writer(district_id) as conn:
        await conn.execute("delete from busy_times where person_id = $1", person_id)
        await conn.executemany(
            "insert into busy_times (person_id, district_id, starts_at, ends_at) values ($1, $2, $3, $4)",
            [(person_id, district_id, s, e) for s, e in spans],
        )
    return await busy_out(deps, district_id, person_id)


async def busy_out(deps: Deps, district_id: UUID, person_id: UUID) -> BusyOut:
    async with deps.db.reader(district_id) as conn:
        row = await conn.fetchrow(
            "select count(*) as spans, max(brought_at) as brought_at from busy_times where person_id = $1", person_id
        )
    return BusyOut(**dict(row)) if row else BusyOut(spans=0, brought_at=None)


async def my_meetings(deps: Deps, district_id: UUID, person_id: UUID, since: datetime) -> list[MyMeetingOut]:
    zone = ZoneInfo((await district(deps.db, district_id)).timezone)
    async with deps.db.reader(district_id) as conn:
        rows = await conn.fetch(
            "select m.meeting_id, m.cycle_id, m.starts_at, m.ends_at, m.no_school, m.place, "
            "r.meeting_id is not null as aside from meetings m left join reminders_put_aside r "
            "on r.meeting_id = m.meeting_id and r.starts_at = m.starts_at and r.person_id = $1 "
            "where $1 = any(m.person_ids) and m.ends_at > $2 order by m.starts_at limit 100",
            person_id,
            since,
        )
    places = await places_of(deps, district_id, [(r["cycle_id"], r["place"]) for r in rows])
    return [
        MyMeetingOut(
            meeting_id=r["meeting_id"],
            cycle_id=r["cycle_id"],
            starts_at=r["starts_at"],
            ends_at=r["ends_at"],
            no_school=r["no_school"],
            place=places[r["place"]],
            remind_at=None if r["aside"] else remind_at(r["starts_at"].astimezone(zone).date(), zone),
        )
        for r in rows
    ]


async def places_of(deps: Deps, district_id: UUID, sealed: Iterable[tuple[UUID, str]]) -> dict[str, str]:
    """Sealed place -> where; of none, or of one whose key is gone, nothing. `sealed`: with the cycle of each."""
    opened = await open_all(deps.words, district_id, [(of_places(cycle), box) for cycle, box in sealed if box])
    return {"": ""} | {box: where or "" for box, where in opened.items()}


async def put_reminder_aside(deps: Deps, district_id: UUID, person_id: UUID, meeting_id: UUID) -> None:
    """For this time of the meeting: moved to another, it is told of anew. Raises NotFound."""
    async with deps.db.writer(district_id) as conn:
        put = await conn.execute(
            "insert into reminders_put_aside (person_id, meeting_id, district_id, starts_at) "
            "select $1, meeting_id, district_id, starts_at from meetings "
            "where meeting_id = $2 and $1 = any(person_ids) "
            "on conflict (person_id, meeting_id) do update set starts_at = excluded.starts_at",
            person_id,
            meeting_id,
        )
    if put == "INSERT 0 0":
        raise NotFound(say("cycles.not_your_meeting"))


async def ahead_on(deps: Deps, district_id: UUID, day: date) -> dict[UUID, list[UUID]]:
    """The meetings of that day of the district that lie ahead, by cycle."""
    zone = (await district(deps.db, district_id)).timezone
    async with deps.db.reader(district_id) as conn:
        rows = await conn.fetch(
            "select cycle_id, array_agg(meeting_id) as meetings from meetings "
            "where (starts_at at time zone $1)::date = $2 and starts_at > $3 group by cycle_id",
            zone,
            day,
            deps.clock(),
        )
    return {r["cycle_id"]: r["meetings"] for r in rows}


async def mark_day(deps: Deps, district_id: UUID, school_id: UUID | None, day: date, kind: str | None) -> None:
    """What scheduling says of a day; None: it is a day like any other again."""
    async with deps.db.writer(district_id) as conn:
        await conn.execute(
            "delete from marked_days where day = $1 and school_id is not distinct from $2", day, school_id
        )
        if kind is not None:
            await conn.execute(
                "insert into marked_days (district_id, school_id, day, kind) values ($1, $2, $3, $4)",
                district_id,
                school_id,
                day,
                kind,
            )
