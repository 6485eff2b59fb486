"""Who meets when, in the transaction of each event: what other cycles of the same people must keep clear of."""

from __future__ import annotations

from uuid import UUID

from asyncpg import Connection

from services.rounds.meetings.events import MeetingArranged, MeetingCalledOff
from shared.messages import Event


async def apply(conn: Connection, district_id: UUID, event: Event, version: int) -> None:
    match event:
        case MeetingArranged():
            await conn.execute(
                "insert into meetings (meeting_id, district_id, cycle_id, person_ids, starts_at, ends_at, no_school, "
                "place) values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (meeting_id) do update set "
                "person_ids = excluded.person_ids, starts_at = excluded.starts_at, ends_at = excluded.ends_at, "
                "no_school = excluded.no_school, place = excluded.place",
                event.meeting_id,
                district_id,
                event.cycle_id,
                list(event.person_ids),
                event.starts_at,
                event.ends_at,
                event.no_school,
                event.place,
            )
        case MeetingCalledOff():
            await conn.execute("delete from meetings where meeting_id = $1", event.meeting_id)
            await conn.execute("delete from reminders_put_aside where meeting_id = $1", event.meeting_id)
