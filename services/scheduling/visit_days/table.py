"""The job of a request: it is there from the moment of the request on."""

from __future__ import annotations

from uuid import UUID

from asyncpg import Connection

from services.scheduling.visit_days.events import VisitDayAsked
from shared.messages import Event


class DayTable:
    def __init__(self, actor_id: UUID | None, job: bytes) -> None:
        self._actor, self._job = actor_id, job

    async def apply(self, conn: Connection, district_id: UUID, event: Event, version: int) -> None:
        if isinstance(event, VisitDayAsked):
            await conn.execute(
                "insert into visit_day_jobs (proposal_id, district_id, round_id, actor_id, status, task, seconds) "
                "values ($1, $2, $3, $4, 'waiting', $5, $6)",
                event.proposal_id, district_id, event.round_id, self._actor, self._job, event.limit_seconds,
            )  # fmt: skip
