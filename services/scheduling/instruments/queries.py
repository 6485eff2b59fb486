"""Whether somebody can read an instrument."""

from __future__ import annotations

from asyncpg import Connection

from services.rounds.contract import SHIPPED_INSTRUMENTS


async def known(conn: Connection, key: str, version: int) -> bool:
    """Whether the instrument comes with the product, or the district of `conn` has published this version."""
    if (key, version) in SHIPPED_INSTRUMENTS:
        return True
    newest: int | None = await conn.fetchval("select newest from known_instruments where key = $1", key)
    return newest is not None and version <= newest
