"""The processes that keep keys in memory, so that a key which was destroyed is used by none of them.

Each holds a lease in the keys' database and hears of news there. Kept keys may be used while the lease runs; news
(a key was destroyed, or takes no more) empties what is kept, and is confirmed. Who destroys a key waits until every
holder has confirmed or its lease has run out: then the key is gone from every memory, not only from the database. A
process that was stopped, or cut off from the database, finds its lease run out when it goes on.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from uuid import UUID, uuid4

import structlog
from asyncpg import Connection
from sqlalchemy.pool import PoolProxiedConnection

from shared.database import CONNECTION_LOST, Database
from shared.tasks import end

log = structlog.get_logger(__name__)
LEASE = 15.0  # seconds, by the database's clock
MARGIN = 3.0  # seconds by which the holder's own clock ends the lease earlier
_RENEW = 4.0
_CHANNEL = "rondo_keys"


class Holders:
    """`evict` forgets all kept keys, at once."""

    def __init__(self, db: Database, evict: Callable[[], None], *, lease: float = LEASE) -> None:
        self._db, self._evict, self._lease = db, evict, lease
        self._me: UUID = uuid4()
        self._until = 0.0
        self._seen = -1
        self._heard = asyncio.Event()
        self._raw: PoolProxiedConnection | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def leased(self) -> bool:
        """Whether keys that are kept may be used now."""
        return time.monotonic() < self._until

    async def start(self) -> None:
        async with self._db.system() as conn:
            await conn.execute("DELETE FROM key_holders WHERE renewed_at < clock_timestamp() - interval '1 day'")
        await self._renew(await self._listen())
        self._task = asyncio.create_task(self._run(), name="key holder")

    async def stop(self) -> None:
        await end(self._task)
        self._until = 0.0
        self._evict()
        await self._hang_up()
        try:
            async with self._db.system() as conn:
                await conn.execute("DELETE FROM key_holders WHERE holder = $1", self._me)
        except CONNECTION_LOST:
            log.info("the keys' database is gone: the lease runs out by itself")

    async def tell(self, conn: Connection) -> int:
        """Puts news into the transaction that makes them; answers their number, for `confirmed`."""
        number: int = await conn.fetchval("UPDATE key_news SET number = number + 1 RETURNING number")
        await conn.execute(f"NOTIFY {_CHANNEL}")
        return number

    async def confirmed(self, number: int) -> None:
        """Waits until no other process can use what the news are about; at most the length of a lease."""
        while True:
            async with self._db.system() as conn:
                behind = await conn.fetchval(_BEHIND, self._me, number, self._lease)
            if not behind:
                return
            await asyncio.sleep(0.02)

    async def _run(self) -> None:
        while True:
            try:
                async with asyncio.timeout(_RENEW):
                    await self._heard.wait()
            except TimeoutError:
                pass
            try:
                async with asyncio.timeout(self._lease / 3):
                    conn = self._raw.driver_connection if self._raw else None
                    if conn is None or conn.is_closed():
                        conn = await self._listen()
                    await self._renew(conn)
            except CONNECTION_LOST as error:  # TimeoutError is an OSError
                log.info("keys are read anew each time until the keys' database answers", error=repr(error))
                self._until = 0.0
                await self._hang_up()

    async def _listen(self) -> Connection:
        await self._hang_up()
        self._raw, conn = await self._db.take()
        await conn.add_listener(_CHANNEL, lambda *_: self._heard.set())
        return conn

    async def _hang_up(self) -> None:
        if self._raw is not None:
            raw, self._raw = self._raw, None
            self._db.discard(raw)

    async def _renew(self, conn: Connection) -> None:
        """News are looked for first, what is kept is forgotten, and only then they are confirmed."""
        self._heard.clear()
        started = time.monotonic()
        number: int = await conn.fetchval("SELECT number FROM key_news")
        if number != self._seen:
            self._evict()
            self._seen = number
        await conn.execute(_RENEW_LEASE, self._me, number)
        self._until = started + self._lease - MARGIN


_BEHIND = """
SELECT count(*) FROM key_holders
WHERE holder <> $1 AND seen < $2 AND renewed_at > clock_timestamp() - make_interval(secs => $3)
"""
_RENEW_LEASE = """
INSERT INTO key_holders (holder, seen, renewed_at) VALUES ($1, $2, clock_timestamp())
ON CONFLICT (holder) DO UPDATE SET seen = excluded.seen, renewed_at = excluded.renewed_at
"""
