"""The owner's log by request and reply: what JetStream lost, and what a rebuild needs, comes from here.

`log.<service>.fetch` answers one page; `log.<service>.head` the newest log_seq. A page is the length of its
first part (4 bytes), a JSON array with one `_Entry` per event, and the events' bodies one behind the other.
"""

from __future__ import annotations

import asyncio
import json
import struct
from collections import deque
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
import structlog
from nats.aio.msg import Msg
from nats.errors import Error as NatsError
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from shared import metrics
from shared.database import Database
from shared.jetstream import Link
from shared.messages import PublishedEvent
from shared.published_log import ALL, Publish, PublishedLog, TranslationFailed
from shared.tasks import end

log = structlog.get_logger(__name__)
PAGE = 2_000
PAGE_BYTES = 900_000  # NATS carries 1 MiB
SPAN = 1_000  # entries that `pages` asks for at once: they mostly fit into one page
AHEAD = 3  # spans on their way while one is worked on
_LENGTH = struct.Struct(">I")


class OwnerSilent(Exception):
    """The owner of the log does not answer, or cannot. Ask again later."""


class _Asked(BaseModel):
    model_config = ConfigDict(extra="ignore")
    after: int = Field(ge=0)
    upto: int = ALL
    limit: int = Field(default=PAGE, ge=1, le=PAGE)
    types: list[str] | None = None


class _Entry(msgspec.Struct, array_like=True, gc=False):
    """An event without its service and its body, of which it holds the size in bytes."""

    log_seq: int
    event_id: UUID
    type: str
    schema_version: int
    stream: str
    version: int
    district_id: UUID
    recorded_at: datetime
    correlation_id: UUID | None
    traceparent: str | None
    size: int


_encode = msgspec.json.Encoder(enc_hook=str).encode  # str: asyncpg's own UUID
_decode = msgspec.json.Decoder(list[_Entry]).decode


class _Page:
    """Events on their way to whoever asked."""

    def __init__(self, limit: int) -> None:
        self._limit, self._size = limit, 0
        self._entries, self._bodies = list[bytes](), list[bytes]()

    @property
    def count(self) -> int:
        return len(self._entries)

    def add(self, e: PublishedEvent) -> bool:
        """False when the event does not fit any more; the first one always does."""
        entry = _encode(
            (
                e.log_seq,
                e.event_id,
                e.type,
                e.schema_version,
                e.stream,
                e.version,
                e.district_id,
                e.recorded_at,
                e.correlation_id,
                e.traceparent,
                len(e.data),
            )
        )
        size = len(entry) + len(e.data) + 1
        if self._entries and self._size + size + 8 > self._limit:
            return False
        self._entries.append(entry)
        self._bodies.append(e.data)
        self._size += size
        return True

    def encode(self) -> bytes:
        entries = b"[" + b",".join(self._entries) + b"]"
        return b"".join((_LENGTH.pack(len(entries)), entries, *self._bodies))


def encode_page(events: Sequence[PublishedEvent]) -> tuple[bytes, int]:
    """As many events as fit (one at least), and how many these are."""
    page = _Page(PAGE_BYTES)
    for event in events:
        if not page.add(event):
            break
    return page.encode(), page.count


def decode_page(service: str, page: bytes) -> list[PublishedEvent]:
    events: list[PublishedEvent] = []
    at = _LENGTH.size + _LENGTH.unpack_from(page)[0]
    for e in _decode(memoryview(page)[_LENGTH.size : at]):
        end_ = at + e.size
        events.append(
            PublishedEvent(
                service,
                e.log_seq,
                e.event_id,
                e.type,
                e.schema_version,
                e.stream,
                e.version,
                e.district_id,
                e.recorded_at,
                page[at:end_],
                e.correlation_id,
                e.traceparent,
            )
        )
        at = end_
    return events


class RefillServer:
    """Serves a service's own log. Every replica of the service may run one (a queue group shares the work)."""

    def __init__(self, service: str, db: Database, link: Link, publish: Publish) -> None:
        self._service, self._db, self._link = service, db, link
        self._log = PublishedLog(service, publish)
        self._subscriptions: list[Any] = []  # nats-py's Subscription
        self._rows = PAGE  # that fit into a page, by the last one

    async def start(self) -> None:
        queue = f"log-{self._service}"
        # Twice: while PostgreSQL reads one page, another is put into words.
        for name, answer in (("fetch", self._fetch), ("fetch", self._fetch), ("head", self._head)):
            self._subscriptions.append(
                await self._link.nc.subscribe(f"log.{self._service}.{name}", queue=queue, cb=answer)
            )
        await self._link.nc.flush()

    async def stop(self) -> None:
        for subscription in self._subscriptions:
            if self._link.connected:
                await subscription.unsubscribe()
        self._subscriptions.clear()

    async def _fetch(self, message: Msg) -> None:
        try:
            asked = _Asked.model_validate_json(message.data)
            limit = min(asked.limit, self._rows)
            async with self._db.system() as conn:
                head = await self._log.head(conn)
                rows = await self._log.rows(conn, asked.after, limit, upto=asked.upto, types=asked.types)
            page, through, complete = self._fill(rows, asked)
            full = complete and len(rows) < limit
            if full:  # nothing lies between the last one and the end of what was asked
                through = max(through, min(asked.upto, head))
            metrics.REFILL_SERVED.labels(self._service).inc(page.count)
            await self._link.nc.publish(
                message.reply,
                page.encode(),
                headers={"Through": str(through), "Head": str(head), "Full": str(int(full))},
            )
        except Exception as error:
            await self._refuse(message, error)

    def _fill(self, rows: Sequence[Any], asked: _Asked) -> tuple[_Page, int, bool]:
        """The page, the log_seq through which it is complete, and whether all rows are in. Raises
        TranslationFailed when the very first row cannot be translated."""
        page = _Page(min(PAGE_BYTES, int(self._link.nc.max_payload * 0.9)))
        through = asked.after
        for row in rows:
            try:
                event = self._log.translate(row)
            except TranslationFailed:
                if through == asked.after:
                    raise
                return page, through, False
            if (asked.types is None or event.type in asked.types) and not page.add(event):
                self._rows = max(page.count + 50, 100)
                return page, through, False
            through = event.log_seq
        self._rows = min(self._rows * 2, PAGE)
        return page, through, True

    async def _head(self, message: Msg) -> None:
        try:
            async with self._db.system() as conn:
                head = await self._log.head(conn)
            await message.respond(json.dumps({"head": head}).encode())
        except Exception as error:
            await self._refuse(message, error)

    async def _refuse(self, message: Msg, error: Exception) -> None:
        """The asker waits for an answer: it gets the reason."""
        if not isinstance(error, ValidationError):
            log.warning("cannot serve the log", service=self._service, error=repr(error))
        try:
            await self._link.nc.publish(message.reply, b"", headers={"Error": repr(error).replace("\n", " ")[:500]})
        except NatsError as lost:
            log.warning("cannot answer", service=self._service, error=repr(lost))


class Refill:
    """Asks the owners of logs. `consumer` is for the metric."""

    def __init__(self, link: Link, consumer: str, *, timeout: float = 10.0) -> None:
        self._link, self._consumer, self._timeout = link, consumer, timeout

    async def head(self, source: str) -> int:
        """The newest log_seq of `source`. Raises OwnerSilent."""
        return int(json.loads((await self._ask(f"log.{source}.head", b"")).data)["head"])

    async def page(
        self, source: str, after: int, *, upto: int = ALL, types: Sequence[str] | None = None, limit: int = PAGE
    ) -> tuple[list[PublishedEvent], int, bool]:
        """Events after `after`, the log_seq through which these are complete, and whether that reaches the
        end of what was asked. Raises OwnerSilent."""
        asked = {"after": after, "upto": upto, "limit": limit, "types": list(types) if types is not None else None}
        reply = await self._ask(f"log.{source}.fetch", json.dumps(asked).encode())
        events = decode_page(source, reply.data)
        metrics.REFILLED.labels(self._consumer, source).inc(len(events))
        headers = reply.headers or {}
        return events, int(headers["Through"]), headers["Full"] == "1"

    async def between(
        self, source: str, after: int, upto: int, *, types: Sequence[str] | None = None
    ) -> list[PublishedEvent]:
        """All events with after < log_seq <= upto (of these types), in order; complete, or OwnerSilent."""
        found: list[PublishedEvent] = []
        while after < upto:
            events, through, full = await self.page(source, after, upto=upto, types=types)
            found += events
            if through <= after and not full:
                raise OwnerSilent(f"{source} hands out no event after {after}")
            after = through
            if full and through < upto:
                raise OwnerSilent(f"the log of {source} ends at {through}, {upto} was asked for")
        return found

    async def pages(self, source: str, after: int) -> AsyncIterator[list[PublishedEvent]]:
        """The log from `after` to its end, in order, complete; the next spans of it are fetched while one is
        worked on. Raises OwnerSilent."""
        while (head := await self.head(source)) > after:
            spans = ((start, min(start + SPAN, head)) for start in range(after, head, SPAN))
            coming: deque[asyncio.Task[list[PublishedEvent]]] = deque()
            try:
                while True:
                    while len(coming) <= AHEAD and (span := next(spans, None)) is not None:
                        coming.append(asyncio.create_task(self.between(source, *span)))
                    if not coming:
                        break
                    yield await coming[0]
                    coming.popleft()
            finally:
                await end(*coming)
                await asyncio.gather(*coming, return_exceptions=True)  # one error is told, the others are the same
            after = head

    async def _ask(self, subject: str, body: bytes) -> Msg:
        try:
            reply = await self._link.nc.request(subject, body, timeout=self._timeout)
        except (NatsError, TimeoutError) as error:
            raise OwnerSilent(f"{subject}: {error!r}") from error
        if reason := (reply.headers or {}).get("Error"):
            raise OwnerSilent(f"{subject}: {reason}")
        return reply
