"""The visit of one round, once it has begun."""

from __future__ import annotations

from uuid import UUID

from asyncpg import Connection

from services.scheduling.rounds.commands import Begun


async def begun(conn: Connection, round_id: UUID) -> Begun | None:
    """What the observers of this round were told; None before its visit begins, or where rounds has not told of it."""
    row = await conn.fetchrow(
        "select day, instrument, instrument_version from held_rounds where round_id = $1 and begun", round_id
    )
    return Begun(**dict(row)) if row else None


async def all_begun(conn: Connection) -> dict[UUID, Begun]:
    """Round id -> what its observers were told, of the district's visits that have begun."""
    rows = await conn.fetch("select round_id, day, instrument, instrument_version from held_rounds where begun")
    return {r["round_id"]: Begun(r["day"], r["instrument"], r["instrument_version"]) for r in rows}
