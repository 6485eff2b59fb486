"""What the visit day's screen reads of its jobs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from shared.database import Database
from shared.errors import NotFound
from shared.said import say


async def job_row(db: Database, district_id: UUID, proposal_id: UUID) -> Mapping[str, Any]:
    """Raises NotFound."""
    async with db.reader(district_id) as conn:
        row = await conn.fetchrow(
            "select round_id, asked_at, progress, seconds, stop_asked, status, attempts "
            "from visit_day_jobs where proposal_id = $1",
            proposal_id,
        )
    if row is None:
        raise NotFound(say("dayplans.no_proposal"))
    return dict(row)


async def newest(db: Database, district_id: UUID, round_id: UUID, limit: int) -> Sequence[tuple[UUID, Any]]:
    """The round's proposals, the newest first, with the moment when each was asked for."""
    async with db.reader(district_id) as conn:
        rows = await conn.fetch(
            "select proposal_id, asked_at from visit_day_jobs where round_id = $1 order by asked_at desc limit $2",
            round_id,
            limit,
        )
    return [(r["proposal_id"], r["asked_at"]) for r in rows]


async def ask_to_stop(db: Database, district_id: UUID, proposal_id: UUID) -> None:
    async with db.writer(district_id) as conn:
        await conn.execute("update visit_day_jobs set stop_asked = true where proposal_id = $1", proposal_id)
