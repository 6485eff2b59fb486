"""The event store on PostgreSQL."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Collection, Sequence
from typing import Any
from uuid import UUID

import asyncpg

from shared.database import CONNECTION_LOST, Database
from shared.eventstore.appending import APPEND, LOCK, Append, as_told, columns, sql
from shared.eventstore.group_commit import GroupCommit
from shared.eventstore.log import START, LogCursor, LogPage
from shared.eventstore.port import NewEvent
from shared.messages import AppendResult, CommandContext, StoredEvent, read_meta
from shared.tasks import end

log = logging.getLogger(__name__)

_READ_STREAM = "SELECT event_id, version, type, schema_version, data, meta, recorded_at FROM read_stream($1, $2, $3)"


class PostgresEventStore:
    """Fulfils `shared.eventstore.port.EventStore`. One per process and database; ends with `db.close()`."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._hooks: list[Callable[[], None]] = []
        self._group = GroupCommit(db, self._poke)
        self._read_log = sql("read_log.sql")
        db.before_close(self.close)

    async def append(
        self, stream: str, events: Sequence[NewEvent], *, expected: int, context: CommandContext
    ) -> AppendResult:
        """As the port says. Besides: KeyReused when an id is stored already with another content (or only
        some of the ids are); Invalid for text that PostgreSQL cannot hold; Unavailable when the database
        stays away: then it may be stored, and sending the same again is safe."""
        return await self._group.store(Append(stream, events, expected, context))

    async def append_in(
        self,
        conn: asyncpg.Connection,
        stream: str,
        events: Sequence[NewEvent],
        *,
        expected: int,
        context: CommandContext,
    ) -> AppendResult:
        """`append` inside the caller's transaction, for commands that also write a table. It must come
        before any write of the transaction: the database refuses it otherwise, unless `lock_streams`
        came first. After WrongVersion the transaction may go on; it has written nothing."""
        append = Append(stream, events, expected, context)
        try:
            rows = await conn.fetch(APPEND, *columns([append]))
        except asyncpg.PostgresError as error:
            told = as_told(error, append)
            if told is error:
                raise
            raise told from error
        result = append.result(rows[0][0], rows[0][1])
        self._db.when_committed(conn, self._poke)
        return result

    async def lock_streams(self, conn: asyncpg.Connection, streams: Collection[str]) -> None:
        """Locks all `streams` for the caller's transaction, as its first statement: for a transaction that
        appends to several, or writes before it appends."""
        await conn.execute(LOCK, list(streams))

    async def read_stream(self, stream: str, district_id: UUID, *, after: int = 0) -> list[StoredEvent]:
        rows = await self._fetch(_READ_STREAM, stream, district_id, after)
        return [
            StoredEvent(
                r["event_id"], stream, r["version"], r["type"], r["schema_version"],
                district_id, r["data"], read_meta(r["meta"]), r["recorded_at"],
            )
            for r in rows
        ]  # fmt: skip

    async def read_log(self, cursor: LogCursor, limit: int = 500, types: Collection[str] | None = None) -> LogPage:
        """The events behind `cursor` that are final, over all districts, in the log's order: `limit` are
        looked at, those of `types` (None: all) are given."""
        return _page(await self._fetch(self._read_log, str(cursor.xid), cursor.position, limit), cursor, limit, types)

    async def pages(
        self, cursor: LogCursor = START, limit: int = 500, types: Collection[str] | None = None
    ) -> AsyncGenerator[LogPage]:
        """What `read_log` gives, page by page through the first that is `at_end`: PostgreSQL reads the next one while
        the caller works on this. Raises what the driver does when the connection breaks: go on behind the last page."""
        async with self._db.connection() as conn:

            def ask(after: LogCursor) -> asyncio.Task[list[Any]]:
                return asyncio.create_task(conn.fetch(self._read_log, str(after.xid), after.position, limit))

            coming = ask(cursor)
            try:
                while True:
                    rows = await coming
                    if len(rows) < limit:
                        yield _page(rows, cursor, limit, types)
                        return
                    coming = ask(LogCursor(rows[-1]["xid"], rows[-1]["position"]))
                    await asyncio.sleep(0)  # it goes out now, not when the caller first waits for something
                    page = _page(rows, cursor, limit, types)
                    cursor = page.cursor
                    yield page
            finally:
                await end(coming)

    def on_append(self, hook: Callable[[], None]) -> None:
        """Has `hook` called after each commit that may have stored something: a best-effort poke, to be
        backed by polling."""
        self._hooks.append(hook)

    async def close(self) -> None:
        """Stores what waits, then refuses more."""
        await self._group.close()

    async def _fetch(self, query: str, *arguments: Any) -> list[Any]:
        """Reads; once more on another connection when the first turns out to be dead."""
        try:
            async with self._db.connection() as conn:
                return await conn.fetch(query, *arguments)  # type: ignore[no-any-return]
        except CONNECTION_LOST:
            async with self._db.connection() as conn:
                return await conn.fetch(query, *arguments)  # type: ignore[no-any-return]

    def _poke(self) -> None:
        for hook in self._hooks:
            try:
                hook()
            except Exception:
                log.exception("a hook after an append failed; the event is stored")


def _page(rows: list[Any], cursor: LogCursor, limit: int, types: Collection[str] | None) -> LogPage:
    """Of the rows of read_log.sql behind `cursor`."""
    events = [
        StoredEvent(event_id, stream, version, type_, shape, district_id, data, read_meta(meta), recorded_at)
        for _, _, event_id, stream, version, type_, shape, district_id, data, meta, recorded_at in rows
        if types is None or type_ in types
    ]
    if rows:
        cursor = LogCursor(rows[-1]["xid"], rows[-1]["position"])
    return LogPage(events, cursor, at_end=len(rows) < limit)
