"""One service's database: asyncpg connections out of SQLAlchemy's pool, each inside one transaction.

`reader` and `writer` step down to a role that row-level security binds to one district, so that a
forgotten WHERE shows nothing of another district. `system` keeps the owner's rights; it is for work
that serves every district (relay, projections, administration), never for a request's own query.

JSON parameters of these connections are JSON text; JSON columns come back decoded.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import asyncpg
from sqlalchemy import event, make_url, text
from sqlalchemy.exc import DisconnectionError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.pool import NullPool, PoolProxiedConnection
from sqlalchemy.util import greenlet_spawn

from shared.errors import Unavailable
from shared.said import say

log = logging.getLogger(__name__)

IDLE_IN_TRANSACTION_SECONDS = 10
"""An idle writing transaction anywhere on the server holds the log's fence back; the server ends it."""

CONNECTION_LOST: tuple[type[Exception], ...] = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # a goodbye that came while idle leaves asyncpg in a state of its own
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
    asyncpg.IdleInTransactionSessionTimeoutError,
    Unavailable,
)
"""What a query raises when its connection is gone: the outcome is unknown, a new connection may work."""


def _serve(district_id: UUID) -> str:
    return f"SET LOCAL rondo.district_id = '{UUID(str(district_id))}'"


class Database:
    """Holds the pool. Make one per process and service; `close` it at the end."""

    def __init__(self, engine: AsyncEngine, kept: AsyncEngine) -> None:
        """`kept` opens the connections that `take` hands out: outside of the pool, so that work which keeps one
        (relay, group commit, election) never waits for requests, nor they for it."""
        self.engine, self._kept = engine, kept
        self._dbapi_error: type[Exception] = engine.dialect.dbapi.Error  # type: ignore[union-attr]  # asyncpg has one
        self._after_commit: dict[asyncpg.Connection, list[Callable[[], None]]] = {}
        self._closing: list[Callable[[], Awaitable[None]]] = []

    @classmethod
    def open(cls, url: str, *, pool_size: int = 6, name: str = "rondo") -> Database:
        """A pool of at most `pool_size` connections to `postgresql://...`, opened when they are needed.
        `name` is how the server's own lists show them."""
        target = make_url(url).set(drivername="postgresql+asyncpg")
        if "sslmode" in target.query:  # the name that libpq and most operators use
            target = target.set(
                query={("ssl" if k == "sslmode" else k): v for k, v in target.query.items()},
            )
        connect = {
            "timeout": 10,
            "server_settings": {
                "application_name": name,
                "idle_in_transaction_session_timeout": f"{IDLE_IN_TRANSACTION_SECONDS}s",
                "timezone": "UTC",
                "jit": "off",
            },
        }
        engine = create_async_engine(target, pool_size=pool_size, max_overflow=0, pool_timeout=30, connect_args=connect)
        kept = create_async_engine(target, poolclass=NullPool, connect_args=connect)

        @event.listens_for(engine.sync_engine, "checkout")
        def refuse_closed(held: Any, _record: Any, _proxy: Any) -> None:  # DBAPI objects are untyped
            if held.driver_connection.is_closed():
                raise DisconnectionError

        return cls(engine, kept)

    @asynccontextmanager
    async def reader(self, district_id: UUID) -> AsyncIterator[asyncpg.Connection]:
        """A read-only transaction that sees the rows of `district_id` alone, all of them as they were at its first
        query: what is read in pieces fits together."""
        begin = (
            "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY; SET LOCAL ROLE rondo_reader; "
            f"SET LOCAL rondo.district_id = '{UUID(str(district_id))}'"
        )
        async with self._transaction(begin) as conn:
            yield conn

    @asynccontextmanager
    async def writer(self, district_id: UUID) -> AsyncIterator[asyncpg.Connection]:
        """A transaction that sees and writes the rows of `district_id` alone; commits at the end of the
        block, rolls back when it raises."""
        begin = f"BEGIN; SET LOCAL ROLE rondo_writer; {_serve(district_id)}"
        async with self._transaction(begin) as conn:
            yield conn

    @asynccontextmanager
    async def system(self) -> AsyncIterator[asyncpg.Connection]:
        """A transaction with the owner's rights, over all districts; commits at the end of the block."""
        async with self._transaction("BEGIN") as conn:
            yield conn

    @asynccontextmanager
    async def session(self, district_id: UUID, *, write: bool = False) -> AsyncIterator[AsyncSession]:
        """The same transaction as `reader` (or `writer`) as an SQLAlchemy session."""
        async with AsyncSession(self.engine, expire_on_commit=False) as session, session.begin():
            if not write:
                await session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
            await session.execute(text(f"SET LOCAL ROLE {'rondo_writer' if write else 'rondo_reader'}"))
            await session.execute(
                text("SELECT set_config('rondo.district_id', :district, true)"), {"district": str(district_id)}
            )
            yield session

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[asyncpg.Connection]:
        """A pooled connection outside any transaction (single statements, LISTEN, session locks).
        Given back closed when the block raises, so that nothing of its session outlives it."""
        raw, conn = await self._checkout(None)
        try:
            yield conn
        except BaseException:
            self.discard(raw)
            raise
        await greenlet_spawn(raw.close)

    def when_committed(self, conn: asyncpg.Connection, callback: Callable[[], None]) -> None:
        """Calls `callback` after the `writer` or `system` transaction of `conn` has committed."""
        self._after_commit.setdefault(conn, []).append(callback)

    def before_close(self, end: Callable[[], Awaitable[None]]) -> None:
        """Has `close` end this first: something that holds one of the connections."""
        self._closing.append(end)

    async def close(self) -> None:
        while self._closing:
            await self._closing.pop()()
        await self.engine.dispose()
        await self._kept.dispose()

    async def take(self) -> tuple[PoolProxiedConnection, asyncpg.Connection]:
        """A connection for long keeping, besides the pool's. Give it back by `discard`, which closes it."""
        return await self._checkout(None, self._kept)

    def discard(self, raw: PoolProxiedConnection) -> None:
        """Closes the connection at once; the pool opens another when it needs one. Nothing here waits: what is being
        cancelled would be cancelled at that wait again, and the pool short of a connection."""
        driver = raw.driver_connection
        if driver is not None and not driver.is_closed():
            driver.terminate()
        raw.invalidate()

    async def _checkout(
        self, begin: str | None, engine: AsyncEngine | None = None
    ) -> tuple[PoolProxiedConnection, asyncpg.Connection]:
        for last_try in (False, True):
            try:
                raw = await (engine or self.engine).raw_connection()
            except (OSError, self._dbapi_error, OperationalError, InterfaceError) as error:
                raise Unavailable(say("errors.no_database"), mend=say("errors.try_soon")) from error
            except PoolExhausted as error:
                raise Unavailable(say("errors.database_busy"), mend=say("errors.try_soon")) from error
            conn: asyncpg.Connection = raw.driver_connection
            if begin is None:
                return raw, conn
            try:
                await conn.execute(begin)
            except BaseException as error:
                self.discard(raw)
                if last_try or not isinstance(error, CONNECTION_LOST):
                    raise
            else:
                return raw, conn
        raise AssertionError("unreachable")

    @asynccontextmanager
    async def _transaction(self, begin: str) -> AsyncIterator[asyncpg.Connection]:
        raw, conn = await self._checkout(begin)
        try:
            yield conn
            await conn.execute("COMMIT")
        except BaseException:
            self._after_commit.pop(conn, None)
            try:
                await conn.execute("ROLLBACK")
            except BaseException as error:
                log.debug("the connection went away before its rollback", exc_info=True)
                self.discard(raw)
                if not isinstance(error, Exception):
                    raise
            else:
                await greenlet_spawn(raw.close)
            raise
        await greenlet_spawn(raw.close)
        for callback in self._after_commit.pop(conn, ()):
            callback()
