"""stamp log_seq -> publish -> advance -> rewind: carries a service's log into JetStream, in order, no gap.

One relay per service is active at a time; a PostgreSQL session lock elects it, and it does all its work on
the connection that holds the lock, so that losing one is losing the other.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import structlog
from asyncpg import Connection
from nats.errors import Error as NatsError
from nats.errors import NoRespondersError
from opentelemetry.trace import SpanKind

from shared import metrics
from shared.batch import Batch
from shared.batch_publish import (
    DUPLICATE_IN_BATCH,
    WRONG_LAST_SEQUENCE,
    Message,
    Refused,
    messages_of,
    publish_batch,
    publish_singly,
)
from shared.database import CONNECTION_LOST, Database
from shared.jetstream import Link, StreamDiffers, stream_config, stream_name
from shared.log_page import as_batch
from shared.messages import utc_now
from shared.published_log import Publish, PublishedLog, TranslationFailed, sql
from shared.tasks import end
from shared.telemetry import BatchSpans

log = structlog.get_logger(__name__)
BATCH = 1_000  # the most that an atomic batch takes
ON_WAY = 2  # batches that JetStream has at once: it need not wait for the next
_FENCE_WAIT = (0.002, 0.05)  # seconds, doubling: an older transaction still runs
_BACK_OFF = (0.1, 5.0)


NOT_STORED = "JetStream does not store what is sent"


class StreamAhead(Exception):
    """JetStream holds events that the log does not know: the database was put back to an older state."""


class _Resume(Exception):
    """JetStream is not where we left it: compare again."""


_TRANSIENT: tuple[type[Exception], ...] = (*CONNECTION_LOST, NatsError, TimeoutError, Refused, _Resume)


@dataclass(frozen=True, slots=True)
class _Batch:
    """`more`: the cursor moved, so there may be more at once; `waiting`: the fence hides some."""

    events: Batch
    messages: list[Message]
    failed: TranslationFailed | None
    more: bool
    waiting: bool
    spans: BatchSpans


class _Found(NamedTuple):
    """`row` of shared/sql/published_columns.sql; `stamped`: by relay_stamp.sql, just now."""

    stamped: bool
    row: Any  # asyncpg's Record is untyped


class _Sent(NamedTuple):
    """On its way to JetStream; `answer`: the sequence of its last message."""

    batch: _Batch
    answer: asyncio.Task[int]


class Relay:
    def __init__(
        self,
        service: str,
        db: Database,
        link: Link,
        publish: Publish,
        *,
        partition: str = "0",
        poll: float = 0.5,
        check_every: float = 5.0,
        replicas: int = 1,
    ) -> None:
        """`poll`: seconds between looks without a poke. `check_every`: seconds between comparisons with
        JetStream while there is nothing to publish."""
        self._service, self._db, self._link = service, db, link
        self._log = PublishedLog(service, publish)
        self._partition, self._poll, self._check_every = partition, poll, check_every
        self._config = stream_config(service, replicas=replicas)
        self._stamp = self._log.sql("relay_stamp")
        self._wake = asyncio.Event()
        self._compare = True
        self._acked = self._head = self._stream_seq = 0
        self._problem: str | None = "relay: not started"
        self._leading = False
        self._idled = 0.0
        self._delay = _BACK_OFF[0]
        self._ahead: asyncio.Task[_Found] | None = None
        self._task: asyncio.Task[None] | None = None
        link.on_reconnect(self._reconnected)

    async def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name=f"relay {self._service}")

    async def stop(self) -> None:
        await end(self._task)

    @property
    def leading(self) -> bool:
        return self._leading

    @property
    def published(self) -> int:
        """The log_seq up to which JetStream has acknowledged, as this relay knows it."""
        return self._acked

    def poke(self) -> None:
        """Something was appended: look at once."""
        self._wake.set()

    def problems(self) -> list[str]:
        return [self._problem] if self._problem else []

    def _reconnected(self) -> None:
        self._compare = True
        self._wake.set()

    async def _run(self) -> None:
        delay = _BACK_OFF[0]
        while True:
            try:
                await self._stand_for_election()
                delay = _BACK_OFF[0]
            except (StreamDiffers, StreamAhead, TranslationFailed) as error:
                kind = type(error).__name__
                if self._problem != f"relay: {error}":
                    log.error("the relay stands still", service=self._service, kind=kind, error=str(error))
                self._problem = f"relay: {error}"
                metrics.RELAY_FAILURES.labels(self._service, kind).inc()
                delay = 1.0
            except _TRANSIENT as error:
                log.warning("the relay tries again", service=self._service, error=repr(error))
                self._problem = f"relay: {error!r}"
                metrics.RELAY_FAILURES.labels(self._service, "connection").inc()
            except Exception as error:
                log.exception("the relay failed", service=self._service)
                self._problem = f"relay: {error!r}"
                metrics.RELAY_FAILURES.labels(self._service, "other").inc()
            await asyncio.sleep(delay)
            delay = min(delay * 2, _BACK_OFF[1])

    async def _stand_for_election(self) -> None:
        raw, conn = await self._db.take()
        try:
            await conn.execute("select pg_advisory_lock(hashtext('rondo relay schema'))")
            await conn.execute(sql("relay_schema"))
            await conn.execute("select pg_advisory_unlock(hashtext('rondo relay schema'))")
            while not await conn.fetchval("select pg_try_advisory_lock(hashtextextended($1, 0))", self._lock_name):
                self._problem = None  # another process leads; we stand by
                await asyncio.sleep(0.5)
            self._leading, self._compare = True, True
            metrics.RELAY_LEADING.labels(self._service).set(1)
            await self._lead(conn)
        finally:
            self._leading = False
            metrics.RELAY_LEADING.labels(self._service).set(0)
            self._db.discard(raw)
            await self._forget_ahead()

    @property
    def _lock_name(self) -> str:
        return f"rondo relay {self._service}"

    async def _lead(self, conn: Connection) -> None:
        fence_wait = _FENCE_WAIT[0]
        while True:
            self._wake.clear()
            if self._compare:
                await self._resume(conn)
            batch = await self._next(conn, self._acked)
            if batch.events:
                batch = await self._publish(batch, lambda after: self._next(conn, after))
                fence_wait = _FENCE_WAIT[0]
            if batch.failed is not None:
                raise batch.failed
            if self._compare:
                continue
            self._problem = None
            if batch.events or batch.more:
                continue
            if batch.waiting:
                await self._pause(fence_wait)
                fence_wait = min(fence_wait * 2, _FENCE_WAIT[1])
            else:
                fence_wait = _FENCE_WAIT[0]
                await self._idle()

    async def _pause(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._wake.wait()
        except TimeoutError:
            return

    async def _idle(self) -> None:
        loop = asyncio.get_running_loop()
        started = loop.time()
        await self._pause(self._poll)
        self._idled = self._idled + (loop.time() - started)
        if self._idled >= self._check_every:
            self._idled = 0.0
            self._compare = True

    async def _resume(self, conn: Connection) -> None:
        """Compares JetStream's last Log-Seq with the log, and goes back to what JetStream has lost."""
        await self._forget_ahead()
        await self._link.declare(self._config)
        state = await self._link.stream_state(stream_name(self._service))
        if state is None:
            raise _Resume
        self._head = await self._log.head(conn)
        if state.last_log_seq > self._head:
            raise StreamAhead(
                f"JetStream holds log entry {state.last_log_seq} of {self._service}, the log ends at {self._head}: "
                f"was the database restored from a backup? Then delete {stream_name(self._service)} "
                "and rebuild the projections"
            )
        if state.last_log_seq < self._acked:
            log.warning("JetStream lost events", service=self._service, had=self._acked, has=state.last_log_seq)
            metrics.RELAY_REWINDS.labels(self._service).inc()
        self._acked, self._stream_seq = state.last_log_seq, state.last_seq
        self._compare = False
        self._measure()

    async def _next(self, conn: Connection, after: int) -> _Batch:
        """The events that follow `after`: those that are stamped already, else newly stamped ones. PostgreSQL reads on
        while a full batch is made and sent."""
        stamped, row = await (self._ahead or self._find(conn, after))
        self._ahead = None
        scanned, waiting = (row["scanned"], row["waiting"]) if stamped else (0, False)
        if stamped:
            self._head = row["last"] or self._head
        read = await self._log.read(conn, row)
        if read.failed is None and (scanned or read.looked_at) == BATCH:
            self._ahead = asyncio.create_task(self._find(conn, read.last or after))
            await asyncio.sleep(0)  # it goes out now
        events = as_batch(self._service, read.columns, read.bodies)
        spans = BatchSpans("relay publish", events.traces, SpanKind.PRODUCER)
        return _Batch(events, messages_of(events, self._partition, spans.own), read.failed, scanned > 0, waiting, spans)

    async def _find(self, conn: Connection, after: int) -> _Found:
        if after < self._head:
            return _Found(False, await self._log.row(conn, after, BATCH))
        return _Found(True, await conn.fetchrow(self._stamp, BATCH, self._log.types))

    async def _forget_ahead(self) -> None:
        """Waits for what is read ahead: what it has stamped stays so."""
        if self._ahead is not None:
            await asyncio.gather(self._ahead, return_exceptions=True)
            self._ahead = None

    async def _publish(self, batch: _Batch, read_on: Callable[[int], Awaitable[_Batch]]) -> _Batch:
        """Publishes, and goes on with what follows while there is more of it: JetStream stores one batch, another
        waits there already, and the next is read and made. Whatever goes wrong, JetStream is asked how far it is, and
        what follows goes out again. Answers the last batch that was read."""
        on_way: deque[_Sent] = deque()
        try:
            while batch.events:
                on_way.append(self._send(batch, on_way))
                reads_on = len(batch.messages) > 1 and batch.failed is None and not self._compare
                following = await read_on(batch.events.log_seqs[-1]) if reads_on else batch
                while on_way and (len(on_way) == ON_WAY or not reads_on or not following.events):
                    await self._arrived(on_way)
                if not reads_on:
                    break
                batch = following
        except _Resume:
            self._compare = True
        finally:
            await end(*(sent.answer for sent in on_way))
            await asyncio.gather(*(sent.answer for sent in on_way), return_exceptions=True)
        return batch

    def _send(self, batch: _Batch, before: Sequence[_Sent]) -> _Sent:
        """Sends it to stand behind those on their way: JetStream stores it there or not at all."""
        place = self._stream_seq + sum(len(sent.batch.messages) for sent in before)
        return _Sent(batch, asyncio.create_task(publish_batch(self._link.nc, batch.messages, place)))

    async def _arrived(self, on_way: deque[_Sent]) -> None:
        """Waits for the first of those on their way; when it went wrong, sends the others again behind it."""
        batch = on_way[0].batch
        try:
            self._stream_seq = await on_way[0].answer
        except NoRespondersError:
            raise _Resume from None
        except (NatsError, TimeoutError) as error:
            # Stored or not: JetStream itself tells. It need not remember which ids it has seen.
            self._failed("the outcome of a batch is unknown", error)
            raise _Resume from None
        except Refused as error:
            if error.code in WRONG_LAST_SEQUENCE:
                raise _Resume from None
            if error.code != DUPLICATE_IN_BATCH:
                log.warning("an atomic batch was refused", service=self._service, error=str(error))
            # None may arrive behind our back: each comes in only behind the one before it, or never.
            await asyncio.gather(*(sent.answer for sent in on_way), return_exceptions=True)
            await self._send_singly(batch.messages)
            behind = [sent.batch for sent in on_way][1:]
            on_way.clear()
            for again in behind:
                on_way.append(self._send(again, on_way))
        else:
            on_way.popleft()
        self._problem = None
        self._delay = _BACK_OFF[0]
        batch.spans.end()
        self._acked = batch.events.log_seqs[-1]
        self._measure()
        metrics.RELAY_PUBLISHED.labels(self._service).inc(len(batch.messages))
        age = (utc_now() - batch.events[-1].recorded_at).total_seconds()
        metrics.RELAY_LAG_SECONDS.labels(self._service).observe(max(age, 0.0))

    async def _send_singly(self, messages: list[Message]) -> None:
        metrics.RELAY_SINGLES.labels(self._service).inc()
        try:
            self._stream_seq = await publish_singly(self._link.nc, messages, self._stream_seq)
        except NoRespondersError:
            raise _Resume from None
        except (NatsError, TimeoutError, Refused) as error:
            self._failed("some of a batch are not stored", error)
            await asyncio.sleep(self._delay)
            self._delay = min(self._delay * 2, _BACK_OFF[1])
            raise _Resume from None

    def _failed(self, what: str, error: Exception) -> None:
        log.warning(what, service=self._service, error=repr(error))
        self._problem = f"relay: {NOT_STORED}: {error!r}"
        metrics.RELAY_FAILURES.labels(self._service, "publish").inc()

    def _measure(self) -> None:
        metrics.RELAY_LAG_EVENTS.labels(self._service).set(max(self._head - self._acked, 0))
