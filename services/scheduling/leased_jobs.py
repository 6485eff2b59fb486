"""Jobs that are claimed by lease and run in this process, several at once: a process that dies leaves leases that run
out, and whoever looks next takes its jobs up."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from uuid import UUID

import structlog
from asyncpg import Record

from shared.database import CONNECTION_LOST, Database
from shared.tasks import end

log = structlog.get_logger(__name__)
LEASE_SECONDS = 15


class LeasedJobs(ABC):
    """`start` begins to look for jobs, `stop` hands the running ones over to whoever looks next."""

    what: str
    """what is looked for, for the log"""
    look_seconds: float
    """at most so long between two looks; `ring` brings the next one at once"""
    claim: str
    """$1: seconds of the lease; returns the claimed row, with a `proposal_id`"""
    release: str
    """$1: the proposal_id, $2: how many attempts do not count"""

    def __init__(self, db: Database, *, at_once: int) -> None:
        self._db, self._at_once = db, at_once
        self._looking: asyncio.Task[None] | None = None
        self._running: set[asyncio.Task[None]] = set()
        self._bell = asyncio.Event()

    async def start(self) -> None:
        self._looking = asyncio.create_task(self._look(), name=f"look for {self.what}")

    async def stop(self) -> None:
        await end(self._looking, *self._running)

    def ring(self) -> None:
        """A job was asked for in this process."""
        self._bell.set()

    @abstractmethod
    async def work_on(self, row: Record) -> None:
        """Does the job that was claimed, or leaves it to another attempt."""

    async def _look(self) -> None:
        while True:
            self._bell.clear()
            try:
                while len(self._running) < self._at_once and (row := await self._claim()) is not None:
                    task = asyncio.create_task(self.work_on(row), name=f"{self.what} {row['proposal_id']}")
                    self._running.add(task)
                    task.add_done_callback(self._done)
            except CONNECTION_LOST as error:
                log.info("jobs are looked for again later", what=self.what, error=repr(error))
            except Exception:  # one job that cannot be read must not end the looking: no other would ever be made
                log.exception("looking for jobs failed; it is tried again", what=self.what)
            try:
                async with asyncio.timeout(self.look_seconds):
                    await self._bell.wait()
            except TimeoutError:
                continue

    def _done(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        self._bell.set()
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("a job ended badly; it is taken up when its lease ends", what=self.what, exc_info=error)

    async def _claim(self) -> Record | None:
        async with self._db.system() as conn:
            return await conn.fetchrow(self.claim, LEASE_SECONDS)

    async def _release(self, proposal_id: UUID, *, back: int = 0) -> None:
        try:
            async with self._db.system() as conn:
                await conn.execute(self.release, proposal_id, back)
        except CONNECTION_LOST:
            return  # the lease runs out by itself
