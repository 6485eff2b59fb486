"""Applies published events to the live build of a projection, as the runner does, and reads its tables whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.reporting.projections.school_patterns.project import SchoolPatterns
from shared.database import Database
from shared.messages import PublishedEvent
from shared.projections import builds


async def apply(db: Database, batch: Sequence[PublishedEvent], build: builds.Build | None = None) -> None:
    """One transaction, checkpoint and tables together; raises CheckpointMoved on a batch out of turn."""
    projection = SchoolPatterns()
    source = batch[0].service
    async with db.system() as conn:
        target = build or await builds.live_build(conn, projection.name)
        assert target is not None
        await builds.advance(conn, target, source, batch[0].log_seq - 1, batch[-1].log_seq, live=build is None)
        await projection.apply(conn, source, batch)


async def no_settings(_source: str) -> int:
    """An owner whose log is empty yet."""
    return 0


async def everything(db: Database, schema: str) -> dict[str, list[Any]]:
    """Every row of every table of a build, in an order of their own."""
    async with db.system() as conn:
        return {
            table: [
                r[0]
                for r in await conn.fetch(
                    f"select t::text from {builds.quoted(schema)}.{builds.quoted(table)} as t order by 1"
                )
            ]
            for table in await builds.tables_of(conn, schema)
        }


async def live_schema(db: Database) -> str:
    async with db.system() as conn:
        build = await builds.live_build(conn, SchoolPatterns.name)
        assert build is not None
        return build.schema
