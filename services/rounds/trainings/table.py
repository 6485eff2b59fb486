"""The table of who took which training, kept in the transaction of each event."""

from __future__ import annotations

from uuid import UUID

from asyncpg import Connection

from services.rounds.trainings.events import TrainingRecorded
from shared.messages import Event


async def apply(conn: Connection, district_id: UUID, event: Event, version: int) -> None:
    if isinstance(event, TrainingRecorded):
        await conn.execute(
            "insert into trainings (person_id, training, district_id, day) values ($1, $2, $3, $4) "
            "on conflict (person_id, training) do update set day = excluded.day",
            event.person_id,
            event.training,
            district_id,
            event.day,
        )
