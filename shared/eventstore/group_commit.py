"""Group commit: appends that wait at the same moment are stored by one transaction.

One task per process sends them, one transaction at a time over a connection of its own; what arrives
meanwhile makes the next transaction. Each caller gets its own answer.

Danger: when the connection breaks, nobody knows whether the transaction was committed. Sending it again
is safe because event ids repeat: what was stored comes back as a duplicate.
"""

from __future__ import annotations

import asyncio
import contextvars
import logging
from collections import deque
from collections.abc import Callable
from typing import Any

import asyncpg
from sqlalchemy.pool import PoolProxiedConnection

from shared.database import CONNECTION_LOST, Database
from shared.errors import Unavailable
from shared.eventstore.appending import APPEND, APPEND_MANY, APPEND_ONE, Append, as_told, columns
from shared.messages import AppendResult

log = logging.getLogger(__name__)

MOST_EVENTS = 1000
"""per transaction; also bounds the advisory locks that it holds"""
MOST_WAITING = 20_000
STATEMENT_SECONDS = 30.0
GIVE_UP_SECONDS = 10.0
"""how long an append waits for a database that is away, before its caller is told"""
COMES_AGAIN_SECONDS = 3e-5
"""how long an answered caller takes to append again: worth waiting for when a transaction takes longer"""

_AGAIN = (asyncpg.DeadlockDetectedError, asyncpg.SerializationError, asyncpg.ReadOnlySQLTransactionError)


class GroupCommit:
    def __init__(self, db: Database, committed: Callable[[], None]) -> None:
        self._db = db
        self._committed = committed
        self._waiting: deque[Append] = deque()
        self._wake: asyncio.Future[None] | None = None
        self._writer: asyncio.Task[None] | None = None
        self._raw: PoolProxiedConnection | None = None
        self._one: Any = None  # asyncpg's PreparedStatement is untyped
        self._many: Any = None
        self._all: Any = None
        self._closed = False

    async def store(self, append: Append) -> AppendResult:
        """Raises what `Append.result` raises, and Unavailable: then it may be stored, and repeating is safe."""
        if self._closed or len(self._waiting) >= MOST_WAITING:
            raise Unavailable("The event store does not take more at the moment.", mend="Try again in a moment.")
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[AppendResult] = loop.create_future()
        append.answer = answer
        self._waiting.append(append)
        if self._writer is None or self._writer.done():
            # A context of its own: the first caller's trace must not become everybody's.
            self._writer = loop.create_task(self._write(), name="group commit", context=contextvars.Context())
        elif self._wake is not None and not self._wake.done():
            self._wake.set_result(None)
        return await answer

    async def close(self) -> None:
        """Stores what waits, then lets the connection go."""
        self._closed = True
        if self._writer is not None and not self._writer.done():
            if self._wake is not None and not self._wake.done():
                self._wake.set_result(None)
            await asyncio.gather(self._writer, return_exceptions=True)
        await self._disconnect()

    async def _write(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            while True:
                if not self._waiting:
                    if self._closed:
                        return
                    self._wake = loop.create_future()
                    await self._wake
                    self._wake = None
                batch = self._next()
                if not batch:
                    continue
                started = loop.time()
                await self._commit(batch)
                if loop.time() - started > len(batch) * COMES_AGAIN_SECONDS:
                    await asyncio.sleep(0)  # whoever appends again at once joins the next transaction
        finally:
            self._refuse_the_rest()

    def _next(self) -> list[Append]:
        """Up to MOST_EVENTS events, a stream at most once; the others stay in line in their order."""
        if len(self._waiting) == 1:
            only = self._waiting.popleft()
            return [] if _gone(only) else [only]
        batch: list[Append] = []
        later: list[Append] = []
        streams: set[str] = set()
        events = 0
        waiting = self._waiting
        while waiting and events < MOST_EVENTS:
            append = waiting.popleft()
            if _gone(append):
                continue
            if append.stream in streams:
                later.append(append)
                continue
            streams.add(append.stream)
            events += len(append.events)
            batch.append(append)
        waiting.extendleft(reversed(later))
        return batch

    async def _commit(self, batch: list[Append]) -> None:
        try:
            results = await self._send(batch)
        except Exception as error:
            if len(batch) > 1 and not isinstance(error, Unavailable):
                # One of them spoils the statement for all: halve until it stands alone.
                half = len(batch) // 2
                await self._commit(batch[:half])
                await self._commit(batch[half:])
                return
            for append in batch:
                _answer(append, as_told(error, append))
            return
        for append, result in zip(batch, results, strict=True):
            _answer(append, result)
        self._committed()

    async def _send(self, batch: list[Append]) -> list[AppendResult | Exception]:
        loop = asyncio.get_running_loop()
        give_up: float | None = None
        delay = 0.02
        send = self._fast
        while True:
            try:
                if self._raw is None:
                    await self._connect()
                return await send(batch)
            except asyncpg.UniqueViolationError:
                # An id is stored already, or another stream takes it in this very batch.
                if send == self._judged:
                    raise
                send = self._judged
                continue
            except (*CONNECTION_LOST, *_AGAIN, TimeoutError) as error:
                await self._disconnect()
                send = self._judged
                give_up = give_up or loop.time() + GIVE_UP_SECONDS
                if loop.time() + delay > give_up:
                    raise Unavailable(
                        "The event store does not answer; the change may or may not be stored.",
                        mend="Send the same again; it will not be stored twice.",
                    ) from error
                log.warning("the event store's connection failed, sending again: %r", error)
            await asyncio.sleep(delay)
            delay = min(delay * 2, 1.0)

    async def _fast(self, batch: list[Append]) -> list[AppendResult | Exception]:
        """What fits is stored at once; the rest is judged in a transaction of its own."""
        if len(batch) == 1 and len(batch[0].events) == 1:
            version = await self._one.fetchval(*batch[0].row, timeout=STATEMENT_SECONDS)
            stored = {} if version is None else {batch[0].stream: version}
        else:
            rows = await self._many.fetch(*columns(batch, nth=True), timeout=STATEMENT_SECONDS)
            stored = {row[0]: row[1] for row in rows}  # the last event's version stays
        if len(stored) == len(batch):
            return [AppendResult(stored[a.stream], a.ids) for a in batch]
        rest = [a for a in batch if a.stream not in stored]
        judged = iter(await self._judged(rest))
        return [AppendResult(stored[a.stream], a.ids) if a.stream in stored else next(judged) for a in batch]

    async def _judged(self, batch: list[Append]) -> list[AppendResult | Exception]:
        rows = await self._all.fetch(*columns(batch), timeout=STATEMENT_SECONDS)
        results: list[AppendResult | Exception] = []
        for append, row in zip(batch, rows, strict=True):
            try:
                results.append(append.result(row[0], row[1]))
            except Exception as refusal:
                results.append(refusal)
        return results

    async def _connect(self) -> None:
        raw, conn = await self._db.take()
        try:
            self._one = await conn.prepare(APPEND_ONE)
            self._many = await conn.prepare(APPEND_MANY)
            self._all = await conn.prepare(APPEND)
        except BaseException:
            await self._db.discard(raw)
            raise
        self._raw = raw

    async def _disconnect(self) -> None:
        raw, self._raw = self._raw, None
        if raw is not None:
            await self._db.discard(raw)

    def _refuse_the_rest(self) -> None:
        while self._waiting:
            _answer(self._waiting.popleft(), Unavailable("The service stops.", mend="Try again in a moment."))


def _gone(append: Append) -> bool:
    """Its caller was cancelled before it was sent."""
    return append.answer is None or append.answer.done()


def _answer(append: Append, result: AppendResult | Exception) -> None:
    if append.answer is None or append.answer.done():
        return
    if isinstance(result, Exception):
        append.answer.set_exception(result)
    else:
        append.answer.set_result(result)
