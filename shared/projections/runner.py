"""Keeps a projection's tables up with the logs: checkpoint and read model change in one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog
from opentelemetry.trace import SpanKind

from shared import metrics
from shared.database import Database
from shared.election import Election
from shared.jetstream import Link
from shared.messages import PublishedEvent, utc_now
from shared.projections import builds
from shared.projections.applying import PASSES, apply_apart
from shared.projections.applying import apply as apply_batch
from shared.projections.builds import Build, Swapped
from shared.projections.projection import Projection
from shared.projections.rebuild import build_and_swap
from shared.refill import OwnerSilent, Refill
from shared.subscription import Subscription
from shared.tasks import end
from shared.telemetry import BatchSpans

log = structlog.get_logger(__name__)
PATIENCE = 2
"""tries of a failing batch before it is taken apart"""


@dataclass(frozen=True, slots=True)
class Applied:
    """What a committed transaction has put into the tables."""

    projection: str
    source: str
    log_seq: int
    events: Sequence[PublishedEvent]


Listener = Callable[[Applied], None]


class ProjectionRunner:
    """Runs one projection; of several processes each follows the sources that it wins the election for.

    At its first start, and when the live build is of another version, it builds the tables from the
    owners' logs, then follows JetStream. `listeners` are called after each commit, in log order per source.
    """

    def __init__(
        self,
        service: str,
        db: Database,
        link: Link,
        election: Election,
        projection: Projection,
        *,
        listeners: Sequence[Listener] = (),
        check_every: float = 2.0,
        claim_every: float = 0.5,
        share_every: float = 2.0,
    ) -> None:
        """Seconds between tries to win a source (`claim_every`), and between looks whether another process has nothing
        to do (`share_every`)."""
        self._service, self._db, self._link, self._election = service, db, link, election
        self.projection = projection
        self._listeners = list(listeners)
        self._check_every, self._claim_every, self._share_every = check_every, claim_every, share_every
        self._refill = Refill(link, f"projection:{projection.name}")
        self._problems: dict[str, str] = {"": "not started"}
        self._checkpoints: dict[str, int] = {}
        self._holding: set[str] = set()
        self._task: asyncio.Task[None] | None = None

    @property
    def holding(self) -> int:
        """How many of the sources this process follows."""
        return len(self._holding)

    def on_applied(self, listener: Listener) -> None:
        self._listeners.append(listener)

    def problems(self) -> list[str]:
        return [f"projection {self.projection.name}: {p}" for p in self._problems.values()]

    @property
    def checkpoints(self) -> dict[str, int]:
        """source -> the log_seq that this process has committed."""
        return dict(self._checkpoints)

    async def start(self) -> None:
        for source in self.projection.sources:
            metrics.stand_at_zero(
                metrics.PROJECTION_FAILURES, metrics.PROJECTION_SET_ASIDE, metrics.PROJECTION_GAPS,
                labels=(self.projection.name, source),
            )  # fmt: skip
        self._task = asyncio.create_task(self._run(), name=f"projection {self.projection.name}")

    async def stop(self) -> None:
        await end(self._task)

    async def _run(self) -> None:
        delay = 0.1
        while True:
            try:
                build = await self._live()
                delay = 0.1
                await self._follow(build)
            except Swapped:
                log.info("another build went live", projection=self.projection.name)
                continue
            except OwnerSilent as error:
                self._problems[""] = f"waits for a log: {error}"
            except Exception as error:
                log.warning("the projection starts again", projection=self.projection.name, error=repr(error))
                self._problems[""] = repr(error)
            await asyncio.sleep(delay)
            delay = min(delay * 2, 5.0)

    async def _live(self) -> Build:
        """The live build of this version; made, if there is none."""
        name, version = self.projection.name, self.projection.version
        await builds.prepare(self._db)
        async with self._db.system() as conn:
            live = await builds.live_build(conn, name)
        if live is None or live.version < version:
            self._problems[""] = f"version {version} is waiting to be built"
            await self._election.win(f"projection {name}")
            async with self._db.system() as conn:
                live = await builds.live_build(conn, name)
                if live is None:
                    # Nothing to keep answering: the empty build goes live and fills in sight.
                    live = await builds.create(conn, self.projection)
                    await builds.go_live(conn, live)
            if live.version < version:
                live = await build_and_swap(self._db, self._refill, self.projection, self._building)
            await self._election.release(f"projection {name}")
        if live.version > version:
            raise RuntimeError(f"version {live.version} is live, this code knows version {version}")
        return live

    def _building(self, source: str, at: int, head: int) -> None:
        self._problems[""] = f"version {self.projection.version} is being built: {source} {at:,} of {head:,}"

    async def _follow(self, build: Build) -> None:
        await self._catch_up_needed(build)
        self._problems.pop("", None)
        tasks = [
            asyncio.create_task(self._share(build, source), name=f"{build.schema} <- {source}")
            for source in self.projection.sources
        ]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
            for task in done:
                task.result()
        finally:
            await end(*tasks)

    async def _share(self, build: Build, source: str) -> None:
        """Follows the source while this process holds it. Processes share the sources: one that holds several gives
        one up to a process that holds none; of a process that dies the others take over all."""
        name = self.projection.name
        mine = f"projection {name} {source}"
        while True:
            await self._claim(mine)
            work = asyncio.create_task(self._follow_source(build, source), name=f"follow {source}")
            wanted = asyncio.create_task(self._until_wanted(mine), name=f"keep {source}")
            try:
                await asyncio.wait((work, wanted), return_when=asyncio.FIRST_COMPLETED)
                if work.done():
                    work.result()
                wanted.result()
            finally:
                await end(work, wanted)
                self._holding.discard(mine)
            await self._election.release(mine)

    async def _claim(self, mine: str) -> None:
        while True:
            # What was given up, the other is to have.
            if (not self._holding or await self._nobody_waits()) and await self._election.try_win(mine):
                break
            if not self._holding:
                await self._election.try_win(self._waits)
            await asyncio.sleep(self._claim_every)
        self._holding.add(mine)
        await self._election.release(self._waits)

    async def _until_wanted(self, mine: str) -> None:
        """Until another process waits that has nothing, and this one has something else; or until the lock is lost with
        its connection: who went on pulling beside the new holder would take half of what is for it."""
        while True:
            await asyncio.sleep(self._share_every)
            if not self._election.holds(mine):
                return
            if len(self._holding) > 1 and mine in self._holding and not await self._nobody_waits():
                self._holding.discard(mine)
                return

    async def _nobody_waits(self) -> bool:
        if not await self._election.try_win(self._waits):
            return False
        await self._election.release(self._waits)
        return True

    @property
    def _waits(self) -> str:
        """Held by a process that waits with nothing to do."""
        return f"projection {self.projection.name} waits"

    async def _catch_up_needed(self, build: Build) -> None:
        async with self._db.system() as conn:
            self._checkpoints = await builds.checkpoints(conn, build.schema)

    async def _follow_source(self, build: Build, source: str) -> None:
        name = self.projection.name

        async def load() -> int:
            async with self._db.system() as conn:
                live = await builds.live_build(conn, name)
                if live != build:
                    raise Swapped(build.schema)
                self._checkpoints[source] = await builds.checkpoint(conn, build.schema, source)
            return self._checkpoints[source]

        stuck: dict[int, int] = {}  # first entry of a batch that fails -> how often it has

        async def apply(events: Sequence[PublishedEvent]) -> None:
            if not self._election.holds(f"projection {name} {source}"):
                await self._election.win(f"projection {name} {source}")
            last = events[-1]
            spans = BatchSpans(f"project {name}", [e.traceparent for e in events], SpanKind.CONSUMER)
            put = apply_apart if stuck.get(events[0].log_seq, 0) >= PATIENCE else apply_batch
            try:
                await put(self._db, self.projection, build, source, events, live=True)
            except PASSES:
                raise
            except Exception:
                stuck[events[0].log_seq] = stuck.pop(events[0].log_seq, 0) + 1
                raise
            finally:
                spans.end()
            stuck.clear()
            self._checkpoints[source] = last.log_seq
            metrics.PROJECTION_APPLIED.labels(name, source).inc(len(events))
            age = (utc_now() - last.recorded_at).total_seconds()
            metrics.PROJECTION_LAG_SECONDS.labels(name).observe(max(age, 0.0))
            self._tell(Applied(name, source, last.log_seq, events))

        async def gap(entries: int) -> None:
            metrics.PROJECTION_GAPS.labels(name, source).inc()
            async with self._db.system() as conn:
                await conn.execute(
                    "update projections.checkpoints set gaps = gaps + 1, refilled = refilled + $3, "
                    "last_gap_at = clock_timestamp() where schema = $1 and source = $2",
                    build.schema,
                    source,
                    entries,
                )

        def failed(error: Exception) -> None:
            metrics.PROJECTION_FAILURES.labels(name, source).inc()
            log.error("a batch cannot be applied", projection=name, source=source, exc_info=error)

        def healthy(problem: str | None) -> None:
            if problem is None:
                self._problems.pop(source, None)
            else:
                self._problems[source] = problem

        subscription = Subscription(
            self._link,
            self._refill,
            source,
            f"{self._service}-{build.schema}",
            load=load,
            apply=apply,
            failed=failed,
            healthy=healthy,
            lag=metrics.PROJECTION_LAG_EVENTS.labels(name, source).set,
            gap=gap,
            check_every=self._check_every,
        )
        await subscription.run()

    def _tell(self, applied: Applied) -> None:
        for listener in self._listeners:
            try:
                listener(applied)
            except Exception:
                # The tables are right already; a page that is not told now reads them next time.
                log.exception("a listener failed", projection=applied.projection)
