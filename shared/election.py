"""Who does the work that only one process may do: PostgreSQL session locks, all on one connection."""

from __future__ import annotations

import asyncio

from asyncpg import Connection
from sqlalchemy.pool import PoolProxiedConnection

from shared.database import Database

_RETRY = 0.5  # seconds
KEEPALIVE = {"idle": 3, "interval": 1, "count": 4}
"""Of a process that is killed the locks are free at once; of one whose machine or network is gone, after so many
seconds of silence and unanswered probes: 7 in all. By the system's own values it would be hours."""


class Election:
    """Holds locks until `close`, or until its connection breaks: then every lock is lost at once, and
    `holds` says so. What a late loser still does must be harmless: writers compare and set."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._held: set[str] = set()
        self._raw: PoolProxiedConnection | None = None
        self._conn: Connection | None = None
        self._turn = asyncio.Lock()

    def holds(self, name: str) -> bool:
        return name in self._held

    async def win(self, name: str) -> None:
        """Waits until this process holds the lock `name`. Raises what a lost connection raises."""
        while True:
            if await self.try_win(name):
                return
            await asyncio.sleep(_RETRY)

    async def try_win(self, name: str) -> bool:
        """Whether this process holds the lock `name` now. Raises what a lost connection raises."""
        async with self._turn:
            if self.holds(name):
                return True
            if self._conn is None or self._conn.is_closed():
                await self._drop()
                self._raw, self._conn = await self._db.take()
                self._conn.add_termination_listener(self._terminated)
                for what, value in KEEPALIVE.items():
                    await self._conn.execute(f"set tcp_keepalives_{what} = {value}")
            if await self._conn.fetchval("select pg_try_advisory_lock(hashtextextended($1, 0))", f"rondo {name}"):
                self._held.add(name)
                return True
            return False

    async def release(self, name: str) -> None:
        """Lets another process win it."""
        async with self._turn:
            if self.holds(name):
                self._held.discard(name)
                assert self._conn is not None
                await self._conn.execute("select pg_advisory_unlock(hashtextextended($1, 0))", f"rondo {name}")

    def _terminated(self, conn: Connection) -> None:
        if conn is self._conn:
            self._held.clear()

    async def _drop(self) -> None:
        self._held.clear()
        if self._raw is not None:
            self._db.discard(self._raw)
        self._raw = self._conn = None

    async def close(self) -> None:
        async with self._turn:
            await self._drop()
