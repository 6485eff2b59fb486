"""Who steers the read models, which hold every district of an installation (docs/adr/0013)."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from asyncpg import Connection

from services.reporting.projections.school_patterns.query import NAME
from shared.access import Actor
from shared.errors import Forbidden
from shared.projections.builds import NotBuilt, use_live
from shared.said import say


async def is_operator(conn: Connection, actor: Actor, named: Sequence[UUID]) -> bool:
    """Whether this administrator's district is one that operates the installation: one of `named`, or, when none is
    named, the only one there is. `conn` sees all districts."""
    if named:
        return actor.district_id in named
    try:
        await use_live(conn, NAME)
    except NotBuilt:
        return True  # nothing of anybody is there yet
    return not await conn.fetchval("select exists (select from district where district_id <> $1)", actor.district_id)


async def require_operator(conn: Connection, actor: Actor, named: Sequence[UUID]) -> None:
    if not await is_operator(conn, actor, named):
        raise Forbidden(
            say("reporting.not_operator"),
            mend=say("reporting.ask_operator"),
        )
