"""Rebuilds and ways back, asked for by a person: shown while they run, paused, throttled, stopped.

A row of `projections.rebuilds` is the whole state. The process that wins the election works on it; when that process
dies, another goes on from the build's checkpoints. Queries are answered by the live build all the while.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import asyncpg
import structlog
from asyncpg import Connection

from shared import metrics
from shared.database import CONNECTION_LOST, Database
from shared.election import Election
from shared.errors import Conflict, NotFound, Refused
from shared.messages import new_id
from shared.projections import builds
from shared.projections.builds import Build
from shared.projections.projection import Projection
from shared.projections.rebuild import catch_up_and_swap, discard
from shared.refill import TOGETHER, OwnerSilent, Refill
from shared.said import say
from shared.subscription import CheckpointMoved
from shared.tasks import end

log = structlog.get_logger(__name__)
Kind = Literal["rebuild", "rollback"]
State = Literal["running", "paused", "cancelled", "live", "failed"]
LOOK_SECONDS = 0.5
STILL_SECONDS = 30.0
"""without a step after which a build is said to stand still: a page of a log takes ten at the worst"""
CHANNEL = "projection_jobs"
"""Where each change of a job is told, by its commit, in every process that listens."""
_GOES_ON: tuple[type[Exception], ...] = (*CONNECTION_LOST, OwnerSilent, CheckpointMoved)


@dataclass(frozen=True, slots=True)
class Job:
    rebuild_id: UUID
    name: str
    kind: Kind
    state: State
    events_per_second: int | None
    schema: str | None
    applied: int
    total: int | None
    error: str | None
    asked_at: datetime
    updated_at: datetime
    progressed_at: datetime

    @classmethod
    def of(cls, row: Any) -> Job:  # Any: asyncpg's Record is untyped
        return cls(**{name: row[name] for name in cls.__slots__})

    @property
    def open(self) -> bool:
        return self.state in ("running", "paused")

    def still_for(self, now: datetime) -> float:
        """Seconds for which it has made no step though it should run."""
        return max((now - self.progressed_at).total_seconds(), 0.0) if self.state == "running" else 0.0

    def stands_still(self, now: datetime) -> bool:
        return self.still_for(now) >= STILL_SECONDS


async def newest(conn: Connection, name: str) -> Job | None:
    row = await conn.fetchrow(
        "select * from projections.rebuilds where name = $1 order by asked_at desc limit 1",
        name,
    )
    return Job.of(row) if row else None


async def ask(
    conn: Connection,
    projection: Projection,
    kind: Kind,
    *,
    asked_by: UUID | None = None,
    events_per_second: int | None = None,
) -> Job:
    """Raises Conflict while another build of the projection is on its way, NotFound or Refused when there is no way
    back."""
    name, schema = projection.name, None
    if kind == "rollback":
        schema = await _way_back(conn, projection)
    row = await conn.fetchrow(
        "insert into projections.rebuilds (rebuild_id, name, kind, schema, events_per_second, asked_by) "
        "values ($1, $2, $3, $4, $5, $6) "
        "on conflict (name) where state in ('running', 'paused') do nothing returning *",
        new_id(),
        name,
        kind,
        schema,
        events_per_second,
        asked_by,
    )
    if row is None:
        raise Conflict(say("reporting.build_under_way", name=name), mend=say("reporting.wait_or_stop"))
    await _tell(conn, name)
    return Job.of(row)


async def _way_back(conn: Connection, projection: Projection) -> str:
    before = await builds.previous_build(conn, projection.name)
    if before is None:
        raise NotFound(say("reporting.no_earlier_build", name=projection.name), mend=say("reporting.rebuild_instead"))
    if before.version != projection.version:
        raise Refused(
            "other_version",
            say("reporting.other_version", before=before.version, known=projection.version),
            mend=say("reporting.start_that", version=before.version),
        )
    return before.schema


async def change(
    conn: Connection,
    name: str,
    *,
    state: State | None = None,
    events_per_second: int | None = None,
    faster: bool = False,
) -> Job:
    """Pauses, goes on, stops, or sets the pace of the build that is on its way (`faster`: without a limit). Raises
    NotFound when there is none."""
    row = await conn.fetchrow(
        "update projections.rebuilds set state = coalesce($2, state), updated_at = clock_timestamp(), "
        "progressed_at = clock_timestamp(), "
        "events_per_second = case when $4 then null else coalesce($3, events_per_second) end "
        "where name = $1 and state in ('running', 'paused') returning *",
        name,
        state,
        events_per_second,
        faster,
    )
    if row is None:
        raise NotFound(say("reporting.no_build", name=name), mend=say("reporting.ask_first"))
    await _tell(conn, name)
    return Job.of(row)


async def _tell(conn: Connection, name: str) -> None:
    await conn.execute("select pg_notify($1, $2)", CHANNEL, name)


class _Stopped(Exception):
    """A person stopped it."""


@dataclass(slots=True)
class _Gate:
    """Tells the row how far the work is, and does what the row says."""

    db: Database
    job: Job
    applied: int
    total: int
    told_at: float = 0.0
    allowed_from: float = field(default_factory=time.monotonic)

    async def __call__(self, entries: int) -> None:
        self.applied += entries
        while True:
            now = time.monotonic()
            if now - self.told_at >= LOOK_SECONDS or self.job.state == "paused":
                await self.tell(waits=self.job.state == "paused")
                if self.job.state not in ("running", "paused"):
                    raise _Stopped
            if self.job.state == "running":
                break
            await asyncio.sleep(LOOK_SECONDS)
            self.allowed_from = time.monotonic()
        if self.job.events_per_second:
            self.allowed_from = max(self.allowed_from, now - 1) + entries / self.job.events_per_second
            while (wait := self.allowed_from - time.monotonic()) > 0:
                await asyncio.sleep(min(wait, LOOK_SECONDS))
                if wait > LOOK_SECONDS:
                    await self.tell(waits=True)
                    if self.job.state != "running" or not self.job.events_per_second:
                        break

    def together(self) -> int:
        return 1 if self.job.events_per_second else TOGETHER  # small steps make an even pace

    async def tell(self, *, waits: bool = False) -> None:
        """`waits`: because a person wants it to."""
        self.told_at = time.monotonic()
        async with self.db.system() as conn:
            row = await conn.fetchrow(
                "update projections.rebuilds set applied = $2::bigint, total = greatest($3::bigint, $2::bigint), "
                "progressed_at = case when $4 or applied < $2 then clock_timestamp() else progressed_at end, "
                "error = case when $4 or applied < $2 then null else error end, "
                "updated_at = clock_timestamp() where rebuild_id = $1 returning *",
                self.job.rebuild_id,
                self.applied,
                self.total,
                waits,
            )
            await _tell(conn, self.job.name)
        self.job = Job.of(row)
        metrics.REBUILD_DONE.labels(self.job.name).set(min(self.applied / max(self.total, 1), 1.0))


class Rebuilder:
    """Works on what was asked for, in the one process that wins the election for it."""

    def __init__(self, db: Database, refill: Refill, election: Election, projections: Sequence[Projection]) -> None:
        self._db, self._refill, self._election = db, refill, election
        self._projections = {p.name: p for p in projections}
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        if self._projections:
            self._tasks = [
                asyncio.create_task(self._run(), name="rebuilds"),
                asyncio.create_task(self._watch(), name="rebuilds that stand still"),
            ]

    async def stop(self) -> None:
        await end(*self._tasks)

    async def _watch(self) -> None:
        """In every process: the one that works may be what stands still."""
        while True:
            with suppress(*CONNECTION_LOST, asyncpg.UndefinedColumnError, asyncpg.UndefinedTableError):  # at a start
                async with self._db.system() as conn:
                    for name in self._projections:
                        job, now = await newest(conn, name), await conn.fetchval("select clock_timestamp()")
                        metrics.REBUILD_STILL.labels(name).set(job.still_for(now) if job else 0.0)
            await asyncio.sleep(LOOK_SECONDS)

    async def _run(self) -> None:
        while True:
            try:
                await builds.prepare(self._db)
                for name, projection in self._projections.items():
                    async with self._db.system() as conn:
                        job = await newest(conn, name)
                    if job is not None and job.open and await self._election.try_win(f"rebuild {name}"):
                        await self._work(projection, job)
            except CONNECTION_LOST as error:
                log.info("rebuilds wait for the database", error=repr(error))
            except OwnerSilent as error:
                log.info("a rebuild waits for a log", error=str(error))
                await self._say(str(error))
            except Exception:
                log.exception("the rebuilder goes on")
            await asyncio.sleep(LOOK_SECONDS)

    async def _work(self, projection: Projection, job: Job) -> None:
        build = await self._build(projection, job)
        async with self._db.system() as conn:
            held = await builds.checkpoints(conn, build.schema)
        total = sum([await self._refill.head(source) for source in projection.sources])
        gate = _Gate(self._db, job, sum(held.values()), total)
        try:
            await gate(0)
            await catch_up_and_swap(self._db, self._refill, projection, build, gate=gate)
        except _GOES_ON:
            raise  # it goes on from its checkpoints
        except _Stopped:
            await self._end(job, build, "cancelled", None)
        except Exception as error:
            log.exception("a rebuild failed", projection=projection.name)
            await self._end(job, build, "failed", f"{type(error).__name__}: {error}"[:1000])
        else:
            with suppress(_Stopped):
                await gate.tell()
            await self._end(job, build, "live", None)

    async def _say(self, waits_for: str) -> None:
        """In the row of what this process works on: operators see why it makes no step."""
        held = [name for name in self._projections if self._election.holds(f"rebuild {name}")]
        with suppress(*CONNECTION_LOST):
            async with self._db.system() as conn:
                await conn.execute(
                    "update projections.rebuilds set error = $2 where name = any($1) and state = 'running'",
                    held,
                    waits_for[:1000],
                )

    async def _build(self, projection: Projection, job: Job) -> Build:
        async with self._db.system() as conn:
            if job.schema is not None:
                return Build(projection.name, projection.version, job.schema)
            build = await builds.create(conn, projection)
            await conn.execute(
                "update projections.rebuilds set schema = $2 where rebuild_id = $1", job.rebuild_id, build.schema
            )
            return build

    async def _end(self, job: Job, build: Build, state: State, error: str | None) -> None:
        if state != "live" and job.kind == "rebuild":
            await discard(self._db, build)
        async with self._db.system() as conn:
            await conn.execute(
                "update projections.rebuilds set state = $2, error = $3, updated_at = clock_timestamp() "
                "where rebuild_id = $1",
                job.rebuild_id,
                state,
                error,
            )
            await _tell(conn, job.name)
        metrics.REBUILD_DONE.labels(job.name).set(1.0)
        log.info("a build ended", projection=job.name, kind=job.kind, state=state)


async def set_aside(conn: Connection, name: str) -> list[dict[str, Any]]:
    """The entries that the live build lacks."""
    rows = await conn.fetch(
        "select a.source, a.log_seq, a.type, a.district_id, a.error, a.put_aside_at from projections.set_aside as a "
        "join projections.live as l on l.schema = a.schema where l.name = $1 order by a.source, a.log_seq",
        name,
    )
    return [dict(r) for r in rows]
