"""Reads of frozen snapshots."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from asyncpg import Connection
from pydantic import BaseModel, ConfigDict

from services.reporting.projections.school_patterns.query import ALWAYS
from services.reporting.releases.snapshot import Snapshot


class ReleaseLine(BaseModel):
    """One release in a list. `as_of`: when its newest event was recorded."""

    model_config = ConfigDict(frozen=True)
    snapshot_id: UUID
    round_id: UUID
    release: int
    day: date
    as_of: datetime


async def find_release(conn: Connection, round_id: UUID, release: int | None, at: datetime = ALWAYS) -> str | None:
    """The JSON of a round's release (the newest without a number) as it was known at `at`, or None."""
    found = await conn.fetchval(
        "select body from releases where round_id = $1 and ($2::int is null or release = $2) and as_of < $3 "
        "order by release desc limit 1",
        round_id,
        release,
        at,
    )
    return None if found is None else str(found)


async def of_school(conn: Connection, school_id: UUID, at: datetime = ALWAYS, limit: int = 100) -> list[ReleaseLine]:
    """A school's releases as they were known at `at`, newest round and release first."""
    rows = await conn.fetch(
        "select snapshot_id, round_id, release, day, as_of from releases where school_id = $1 and as_of < $3 "
        "order by day desc, round_id, release desc limit $2",
        school_id,
        limit,
        at,
    )
    return [ReleaseLine(**dict(r)) for r in rows]


async def newest_of_schools(
    conn: Connection, school_ids: Sequence[UUID], at: datetime = ALWAYS
) -> dict[UUID, Snapshot]:
    """The newest snapshot of each school that has one."""
    rows = await conn.fetch(
        "select distinct on (school_id) school_id, body from releases "
        "where school_id = any($1::uuid[]) and as_of < $2 order by school_id, day desc, round_id, release desc",
        list(school_ids),
        at,
    )
    return {r["school_id"]: Snapshot.model_validate_json(r["body"]) for r in rows}


async def newest_of_rounds(conn: Connection, school_id: UUID, at: datetime = ALWAYS, limit: int = 12) -> list[Snapshot]:
    """The newest release of each of a school's newest rounds, oldest round first."""
    rows = await conn.fetch(
        "select body from (select distinct on (day, round_id) day, round_id, body from releases "
        "where school_id = $1 and as_of < $2 order by day desc, round_id, release desc limit $3) as newest "
        "order by day, round_id",
        school_id,
        at,
        limit,
    )
    return [Snapshot.model_validate_json(r["body"]) for r in rows]


async def round_before(conn: Connection, snapshot: Snapshot) -> Snapshot | None:
    """The school's round before that of `snapshot`, as it was known when `snapshot` was released: the same for
    ever, whoever asks and whenever."""
    body = await conn.fetchval(
        "select body from releases where school_id = $1 and day < $2 and as_of <= $3 "
        "order by day desc, round_id, release desc limit 1",
        snapshot.school_id,
        snapshot.day,
        snapshot.as_of,
    )
    return None if body is None else Snapshot.model_validate_json(body)
