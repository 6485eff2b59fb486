"""Wakes the pages that watch a round when a commit of the projection has changed something about it, and those that
watch the builds of the projection when one of them has moved on.

The projection's own transaction notifies (shared/projections/applying.py), so that every process of the service hears
of a commit, whichever of them made it, and never of a batch that was rolled back.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from uuid import UUID

import structlog

from services.reporting.projections.school_patterns.query import NAME
from shared.database import CONNECTION_LOST, Database
from shared.projections.builds import EVERYTHING, channel
from shared.projections.jobs import CHANNEL
from shared.tasks import end

log = structlog.get_logger(__name__)
LOOK_SECONDS = 10.0
"""Every page looks by itself this often: a notification may be lost with its connection."""
AGAIN_SECONDS = 1.0
BUILDS = UUID(int=0)
"""What a page watches that shows the builds; no round has this id."""


class Hub:
    def __init__(self, db: Database) -> None:
        self._db = db
        self._watching: defaultdict[UUID, set[asyncio.Event]] = defaultdict(set)
        self._rung: dict[UUID, int] = {}
        self._rings = 0
        self._tasks: list[asyncio.Task[None]] = []
        self.closed = False

    async def start(self) -> None:
        self._tasks = [asyncio.create_task(self._listen(), name="hub"), asyncio.create_task(self._look(), name="look")]

    async def stop(self) -> None:
        """Ends every watch: the process stops."""
        self.closed = True
        self._ring_all()
        await end(*self._tasks)

    async def _listen(self) -> None:
        while True:
            try:
                raw, conn = await self._db.take()
                try:
                    lost = asyncio.Event()
                    conn.add_termination_listener(lambda _, lost=lost: lost.set())
                    await conn.add_listener(channel(NAME), self._heard)
                    await conn.add_listener(CHANNEL, lambda *_: self._ring(BUILDS))
                    self._ring_all()  # what was committed meanwhile
                    await lost.wait()
                finally:
                    self._db.discard(raw)
            except CONNECTION_LOST as error:
                log.info("the pages look by themselves until the database is back", error=repr(error))
            await asyncio.sleep(AGAIN_SECONDS)

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            self._ring_all()

    def _heard(self, _conn: object, _pid: int, _channel: str, told: str) -> None:
        if told == EVERYTHING:
            self._ring_all()
            return
        for text in told.split(","):
            self._ring(UUID(text))

    def _ring_all(self) -> None:
        for round_id in list(self._watching):
            self._ring(round_id)

    def _ring(self, round_id: UUID) -> None:
        if round_id in self._watching:
            self._rings += 1
            self._rung[round_id] = self._rings
            for bell in self._watching[round_id]:
                bell.set()

    def rung(self, round_id: UUID) -> int:
        """Tells the last ring of the round's bells from all others: what was read since then is still right."""
        return self._rung[round_id]

    def watch(self, round_id: UUID) -> asyncio.Event:
        """A bell that rings at each change of the round. Give it back by `leave`."""
        bell = asyncio.Event()
        if round_id not in self._watching:  # nobody listened until now
            self._rings += 1
            self._rung[round_id] = self._rings
        self._watching[round_id].add(bell)
        return bell

    def leave(self, round_id: UUID, bell: asyncio.Event) -> None:
        bells = self._watching[round_id]
        bells.discard(bell)
        if not bells:
            del self._watching[round_id]
            self._rung.pop(round_id, None)

    def watched(self, round_id: UUID) -> bool:
        return round_id in self._watching

    @property
    def watchers(self) -> int:
        return sum(len(bells) for bells in self._watching.values())
