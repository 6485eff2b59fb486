"""Group commit: appends that wait at the same moment are stored by one transaction.

`LANES` tasks per process send them, each one transaction at a time over a connection of its own: while PostgreSQL
stores one, Python makes the next. Few go out as one. What arrives meanwhile joins the next transaction. Each caller
gets its own answer.

Appends to one stream stand in one line and go out one by one, so a stream is never in both lanes: its events are
stored in the order in which they were asked for.

Danger: when the connection breaks, nobody knows whether the transaction was committed. Sending it again
is safe because event ids repeat: what was stored comes back as a duplicate.
"""

from __future__ import annotations

import asyncio
import contextvars
import logging
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import asyncpg
from sqlalchemy.pool import PoolProxiedConnection

from shared.database import CONNECTION_LOST, Database
from shared.errors import Unavailable
from shared.eventstore.appending import (
    APPEND,
    APPEND_EACH,
    APPEND_JOINED,
    APPEND_ONE,
    PLANNING,
    Append,
    as_told,
    columns,
    joined_columns,
)
from shared.messages import AppendResult
from shared.said import say

log = logging.getLogger(__name__)

LANES = 2
MOST_EVENTS = 1000
"""per transaction; also bounds the advisory locks that it holds"""
WHOLE = 48
"""so few appends are not parted among the lanes: what a transaction costs by itself is more than is won by making one
while another is stored"""
MOST_WAITING = 20_000
STATEMENT_SECONDS = 30.0
GIVE_UP_SECONDS = 10.0
"""how long an append waits for a database that is away, before its caller is told"""
COMES_AGAIN_SECONDS = 3e-5
"""how long an answered caller takes to append again: worth waiting for when a transaction takes longer"""

_AGAIN = (asyncpg.DeadlockDetectedError, asyncpg.SerializationError, asyncpg.ReadOnlySQLTransactionError)


class GroupCommit:
    def __init__(self, db: Database, committed: Callable[[], None]) -> None:
        self._committed = committed
        self._ready: deque[Append] = deque()
        """the first of each stream's line, unless that stream is on its way"""
        self._lines: dict[str, deque[Append] | None] = {}
        """what follows, by stream; a stream is here while one of its appends is ready or on its way"""
        self._waiting = 0
        self._lanes = [_Lane(db) for _ in range(LANES)]
        self._writers: dict[_Lane, asyncio.Task[None]] = {}
        self._idle: list[asyncio.Future[None]] = []
        self._closed = False

    def store(self, append: Append) -> asyncio.Future[AppendResult]:
        """Raises what `Append.result` raises, and Unavailable: then it may be stored, and repeating is safe."""
        if self._closed or self._waiting >= MOST_WAITING:
            raise Unavailable(say("errors.store_full"), mend=say("errors.try_soon"))
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[AppendResult] = loop.create_future()
        append.answer = answer
        self._waiting += 1
        stream = append.stream
        if stream in self._lines:
            line = self._lines[stream]
            if line is None:
                line = self._lines[stream] = deque()
            line.append(append)
        else:
            self._lines[stream] = None
            self._ready.append(append)
            if self._idle or len(self._writers) < LANES:
                self._call_another()
        return answer

    async def close(self) -> None:
        """Stores what waits, then lets the connections go."""
        self._closed = True
        while self._idle:
            self._wake()
        await asyncio.gather(*self._writers.values(), return_exceptions=True)
        for lane in self._lanes:
            await lane.disconnect()

    def _call_another(self) -> None:
        """Has a lane that does nothing look for work."""
        if self._idle:
            self._wake()
        elif len(self._writers) < LANES:
            lane = next(lane for lane in self._lanes if lane not in self._writers)
            # A context of its own: the first caller's trace must not become everybody's.
            self._writers[lane] = asyncio.get_running_loop().create_task(
                self._write(lane), name="group commit", context=contextvars.Context()
            )

    def _wake(self) -> None:
        sleeper = self._idle.pop()
        if not sleeper.done():
            sleeper.set_result(None)

    async def _write(self, lane: _Lane) -> None:
        loop = asyncio.get_running_loop()
        try:
            while True:
                batch = self._next()
                if not batch:
                    if self._closed:
                        return  # what still stands in a line follows what the other lane sends
                    sleeper = loop.create_future()
                    self._idle.append(sleeper)
                    await sleeper
                    continue
                if self._ready:
                    self._call_another()
                started = loop.time()
                await self._commit(lane, batch)
                self._let_follow(batch)
                if loop.time() - started > len(batch) * COMES_AGAIN_SECONDS:
                    await asyncio.sleep(0)  # whoever appends again at once joins the next transaction
        finally:
            del self._writers[lane]
            if not self._writers:
                self._refuse_the_rest()

    def _next(self) -> list[Append]:
        """Up to MOST_EVENTS events, a stream at most once; the others stay in line in their order."""
        batch: list[Append] = []
        events = 0
        ready = self._ready
        # The rest is for the other lane, also when that is on its way: Python and PostgreSQL then take turns.
        share = self._waiting if self._waiting <= WHOLE else -(-self._waiting // LANES)
        while ready and events < MOST_EVENTS and len(batch) < share:
            append = ready.popleft()
            if _gone(append):
                self._let_follow((append,))
                continue
            events += len(append.events)
            batch.append(append)
        return batch

    def _let_follow(self, done: Iterable[Append]) -> None:
        """The next append of each stream may go out."""
        for append in done:
            self._waiting -= 1
            line = self._lines.get(append.stream)
            if line:
                self._ready.append(line.popleft())
            else:
                self._lines.pop(append.stream, None)

    async def _commit(self, lane: _Lane, batch: list[Append]) -> None:
        try:
            results = await lane.send(batch)
        except Exception as error:
            if len(batch) > 1 and not isinstance(error, Unavailable):
                # One of them spoils the statement for all: halve until it stands alone.
                half = len(batch) // 2
                await self._commit(lane, batch[:half])
                await self._commit(lane, batch[half:])
                return
            for append in batch:
                _answer(append, as_told(error, append))
            return
        for append, result in zip(batch, results, strict=True):
            _answer(append, result)
        self._committed()

    def _refuse_the_rest(self) -> None:
        """The last lane ends: whoever still waits is told."""
        waiting = [*self._ready, *(a for line in self._lines.values() for a in line or ())]
        self._ready.clear()
        self._lines.clear()
        self._waiting = 0
        for append in waiting:
            _answer(append, Unavailable(say("errors.stopping"), mend=say("errors.try_soon")))


class _Lane:
    """A connection of its own, and the ways to send a transaction over it."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._raw: PoolProxiedConnection | None = None
        self._one: Any = None  # asyncpg's PreparedStatement is untyped
        self._each: Any = None
        self._joined: Any = None
        self._all: Any = None

    async def send(self, batch: list[Append]) -> list[AppendResult | Exception]:
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
                await self.disconnect()
                send = self._judged
                give_up = give_up or loop.time() + GIVE_UP_SECONDS
                if loop.time() + delay > give_up:
                    raise Unavailable(
                        say("errors.store_silent"),
                        mend=say("errors.send_same"),
                    ) from error
                log.warning("the event store's connection failed, sending again: %r", error)
            await asyncio.sleep(delay)
            delay = min(delay * 2, 1.0)

    async def _fast(self, batch: list[Append]) -> list[AppendResult | Exception]:
        """What fits is stored at once; the rest is judged in a transaction of its own."""
        fitting = await self._fitting(batch)
        rest = [a for a, r in zip(batch, fitting, strict=True) if r is None]
        judged = iter(await self._judged(rest) if rest else ())
        return [next(judged) if r is None else r for r in fitting]

    async def _fitting(self, batch: list[Append]) -> Sequence[AppendResult | None]:
        """Stores what fits; None for the others."""
        single = sum([len(a.ids) for a in batch]) == len(batch)
        if single and len(batch) == 1:
            version = await self._one.fetchval(*batch[0].row, timeout=STATEMENT_SECONDS)
            return [None if version is None else AppendResult(version, batch[0].ids)]
        joined = joined_columns(batch, single)
        if joined is None:
            return [None] * len(batch)
        if single:
            versions, kept = await self._each.fetchrow(*joined, timeout=STATEMENT_SECONDS)
            if versions and kept is None:
                return [AppendResult(version, a.ids) for version, a in zip(versions, batch, strict=True)]
            at = dict(zip(kept or (), versions or (), strict=True))
        else:
            numbers, heads = await self._joined.fetchrow(*joined, timeout=STATEMENT_SECONDS)
            stored = ((batch[n - 1], head) for n, head in zip(numbers or (), heads or (), strict=True))
            at = {a.stream: head + len(a.ids) for a, head in stored}
        return [AppendResult(at[a.stream], a.ids) if a.stream in at else None for a in batch]

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
            await conn.execute(PLANNING)
            self._one = await conn.prepare(APPEND_ONE)
            self._each = await conn.prepare(APPEND_EACH)
            self._joined = await conn.prepare(APPEND_JOINED)
            self._all = await conn.prepare(APPEND)
        except BaseException:
            self._db.discard(raw)
            raise
        self._raw = raw

    async def disconnect(self) -> None:
        raw, self._raw = self._raw, None
        if raw is not None:
            self._db.discard(raw)


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
