"""The table of marked days, beside the streams: planning reads many schools' at once."""

from __future__ import annotations

from uuid import UUID

from asyncpg import Connection

from services.scheduling.calendar.events import DayCleared, DayMarked
from shared.messages import Event
from shared.tables import Project


def apply_for(school_id: UUID | None) -> Project:
    """Folds the events of a school's calendar; None: of the district's."""

    async def apply(conn: Connection, district_id: UUID, event: Event, version: int) -> None:
        match event:
            case DayMarked():
                await conn.execute(_MARK, district_id, school_id, event.day, event.kind, event.title)
            case DayCleared():
                await conn.execute(
                    "delete from marked_days where school_id is not distinct from $1 and day = $2", school_id, event.day
                )

    return apply


_MARK = """
insert into marked_days (district_id, school_id, day, kind, title) values ($1, $2, $3, $4, $5)
on conflict (district_id, school_id, day) do update set kind = excluded.kind, title = excluded.title
"""
