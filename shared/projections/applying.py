"""Puts a batch into a build's tables. An entry that cannot be applied is set aside with an alarm: it must not hold up
the figures of everybody else.

An entry is to blame when it fails alone, twice, and for a reason of its own; a database that is away, full or busy is
not. What was set aside comes in again with the next rebuild, in its place in the log.
"""

from __future__ import annotations

from collections.abc import Sequence

import asyncpg
import structlog

from shared import metrics
from shared.batch import ends
from shared.database import CONNECTION_LOST, Database
from shared.messages import PublishedEvent
from shared.projections import builds
from shared.projections.builds import EVERYTHING, Build, channel
from shared.projections.projection import Projection
from shared.subscription import CheckpointMoved, Ended

log = structlog.get_logger(__name__)
_MOST_NAMED = 100  # a notification holds 8000 bytes
MOST_ASIDE = 100
"""per build and source; when more fail, it is not the entries: the projection stands still and says so"""
PASSES: tuple[type[Exception], ...] = (
    *CONNECTION_LOST,
    CheckpointMoved,
    Ended,
    TimeoutError,
    MemoryError,
    asyncpg.TransactionRollbackError,
    asyncpg.InsufficientResourcesError,
    asyncpg.OperatorInterventionError,
    asyncpg.ObjectNotInPrerequisiteStateError,
    asyncpg.PostgresSystemError,
    asyncpg.ReadOnlySQLTransactionError,
    asyncpg.InFailedSQLTransactionError,
)
"""What is no entry's fault, and passes."""


async def apply(
    db: Database, projection: Projection, build: Build, source: str, events: Sequence[PublishedEvent], *, live: bool
) -> None:
    """The events, which follow the checkpoint, and the checkpoint, in one transaction. Raises what `advance` and the
    projection raise."""
    async with db.system() as conn:
        first, last = ends(events)
        await builds.advance(conn, build, source, first - 1, last, live=live)
        await projection.apply(conn, source, events)
        touched = getattr(projection, "touched", None)
        if live and touched is not None and (keys := touched(source, events)):
            told = ",".join(keys) if len(keys) <= _MOST_NAMED else EVERYTHING
            await conn.execute("select pg_notify($1, $2)", channel(build.name), told)


async def apply_apart(
    db: Database, projection: Projection, build: Build, source: str, events: Sequence[PublishedEvent], *, live: bool
) -> None:
    """As `apply`, for a batch of which an entry fails: halves it until that one stands alone, and sets it aside."""
    try:
        await apply(db, projection, build, source, events, live=live)
    except PASSES:
        raise
    except Exception as error:
        if len(events) > 1:
            half = len(events) // 2
            await apply_apart(db, projection, build, source, events[:half], live=live)
            await apply_apart(db, projection, build, source, events[half:], live=live)
            return
        try:
            await apply(db, projection, build, source, events, live=live)
        except PASSES:
            raise
        except Exception:
            await _set_aside(db, build, source, events[0], error, live=live)


async def _set_aside(
    db: Database, build: Build, source: str, event: PublishedEvent, error: Exception, *, live: bool
) -> None:
    async with db.system() as conn:
        await builds.advance(conn, build, source, event.log_seq - 1, event.log_seq, live=live)
        held = await conn.fetchval(
            "select count(*) from projections.set_aside where schema = $1 and source = $2", build.schema, source
        )
        if held >= MOST_ASIDE:
            raise error
        await conn.execute(
            "insert into projections.set_aside (schema, source, log_seq, event_id, type, district_id, error) "
            "values ($1, $2, $3, $4, $5, $6, $7)",
            build.schema,
            source,
            event.log_seq,
            event.event_id,
            event.type,
            event.district_id,
            f"{type(error).__name__}: {error}"[:1000],
        )
    log.error("an entry is set aside", projection=build.name, source=source, log_seq=event.log_seq, error=repr(error))
    metrics.PROJECTION_SET_ASIDE.labels(build.name, source).inc()
