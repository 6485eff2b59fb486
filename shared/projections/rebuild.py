"""vN beside vN-1: built from the owners' logs, caught up, swapped in by one transaction; and the proof
that a read model is what its events say."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

import structlog
from asyncpg import Connection

from shared.batch import Batch, ends
from shared.database import Database
from shared.projections import builds
from shared.projections.applying import PASSES, apply, apply_apart
from shared.projections.builds import Build
from shared.projections.projection import Projection
from shared.refill import TOGETHER, Refill
from shared.subscription import CheckpointMoved

log = structlog.get_logger(__name__)

Progress = Callable[[str, int, int], None]
"""Called with (source, log_seq applied, newest log_seq)."""


class Gate(Protocol):
    async def __call__(self, entries: int) -> None:
        """Called with the number of entries just applied; may wait (pause, throttle) or raise (stop)."""

    def together(self) -> int:
        """How many spans of a log to apply at once."""


@dataclass(frozen=True, slots=True)
class Difference:
    """`table` holds `extra` rows that a rebuild does not give and lacks `missing` ones."""

    table: str
    extra: int
    missing: int


async def fill(
    db: Database,
    refill: Refill,
    projection: Projection,
    build: Build,
    source: str,
    *,
    upto: int | None = None,
    progress: Progress | None = None,
    gate: Gate | None = None,
) -> int:
    """Applies the log of `source` to `build` from its checkpoint to `upto` (or to its end); the new checkpoint."""
    async with db.system() as conn:
        at = await builds.checkpoint(conn, build.schema, source)
    if upto is not None and at >= upto:
        return at
    head = await refill.head(source) if progress else 0
    told = source in getattr(projection, "folds_columns", ())
    together = gate.together if gate else lambda: TOGETHER
    async for page in refill.pages(source, at, together, told=told):
        batch = page if upto is None else page.through(upto)
        if batch:
            if told:
                await _apply_told(db, refill, projection, build, batch)
            else:
                await apply_apart(db, projection, build, source, batch, live=False)
            at = batch.log_seqs[-1]
            if progress:
                progress(source, at, max(head, at))
            if gate:
                await gate(len(batch))
        if upto is not None and at >= upto:
            break
    return at


async def _apply_told(db: Database, refill: Refill, projection: Projection, build: Build, batch: Batch) -> None:
    """Where an entry fails its ids are fetched, too: it is set aside by them."""
    source = batch.service
    try:
        await apply(db, projection, build, source, batch, live=False)
    except PASSES:
        raise
    except Exception:
        first, last = ends(batch)
        whole = await refill.between(source, first - 1, last)
        await apply_apart(db, projection, build, source, whole, live=False)


async def build_and_swap(
    db: Database, refill: Refill, projection: Projection, progress: Progress | None = None
) -> Build:
    """Builds the projection anew beside the live build, and makes it the live one once it has caught up.
    The build before is kept. Raises OwnerSilent when a log cannot be read; then everything is as before."""
    await builds.prepare(db)
    async with db.system() as conn:
        build = await builds.create(conn, projection)
    try:
        return await catch_up_and_swap(db, refill, projection, build, progress)
    except BaseException:
        await discard(db, build)
        raise


async def catch_up_and_swap(
    db: Database,
    refill: Refill,
    projection: Projection,
    build: Build,
    progress: Progress | None = None,
    gate: Gate | None = None,
) -> Build:
    """Goes on with `build` from its checkpoints, and makes it the live one once it has caught up."""
    while True:
        for source in projection.sources:
            await fill(db, refill, projection, build, source, progress=progress, gate=gate)
        async with db.system() as conn:
            await builds.freeze(conn, projection.name)
            if await _behind(conn, build, projection) == 0:
                await builds.go_live(conn, build)
                log.info("projection swapped", projection=projection.name, schema=build.schema)
                return build


async def _behind(conn: Connection, build: Build, projection: Projection) -> int:
    """Entries that the live build has and this one has not."""
    live = await builds.live_build(conn, projection.name)
    if live is None:
        return 0
    theirs, ours = await builds.checkpoints(conn, live.schema), await builds.checkpoints(conn, build.schema)
    return sum(max(theirs.get(source, 0) - ours.get(source, 0), 0) for source in projection.sources)


async def discard(db: Database, build: Build) -> None:
    async with db.system() as conn:
        await builds.drop(conn, [build.schema])


async def verify(
    db: Database, refill: Refill, projection: Projection, progress: Progress | None = None
) -> list[Difference]:
    """Rebuilds into a scratch schema and compares row for row with the live build, at the same place of
    every log. An empty list is the proof. Raises NotBuilt without a live build of this version."""
    async with db.system() as conn:
        live = await builds.live_build(conn, projection.name)
        if live is None or live.version != projection.version:
            raise builds.NotBuilt(f"{projection.name} v{projection.version} is not live")
        scratch = await builds.create(conn, projection, suffix="_verify")
    try:
        while True:
            async with db.system() as conn:
                goal = await builds.checkpoints(conn, live.schema)
            for source in projection.sources:
                with suppress(CheckpointMoved):
                    await fill(db, refill, projection, scratch, source, upto=goal[source], progress=progress)
            async with db.system() as conn:
                await builds.freeze(conn, projection.name)
                if await builds.checkpoints(conn, live.schema) == await builds.checkpoints(conn, scratch.schema):
                    return await _compare(conn, live, scratch)
    finally:
        await discard(db, scratch)


async def _compare(conn: Connection, live: Build, scratch: Build) -> list[Difference]:
    differences = []
    for table in await builds.tables_of(conn, scratch.schema):
        ours, theirs = (f"{builds.quoted(b.schema)}.{builds.quoted(table)}" for b in (live, scratch))
        extra = await conn.fetchval(
            f"select count(*) from (table {ours} except all table {theirs}) as d"  # noqa: S608  # both names are quoted identifiers of ours
        )
        missing = await conn.fetchval(
            f"select count(*) from (table {theirs} except all table {ours}) as d"  # noqa: S608  # both names are quoted identifiers of ours
        )
        if extra or missing:
            differences.append(Difference(table, extra, missing))
    return differences
