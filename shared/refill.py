"""The owner's log by request and reply: what JetStream lost, and what a rebuild needs, comes from here.

`log.<service>.fetch` answers one page (see log_page.py); `log.<service>.head` the newest log_seq.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from struct import unpack
from typing import Any

import structlog
from nats.aio.msg import Msg
from nats.errors import Error as NatsError
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from shared import metrics
from shared.batch import Batch, joined, nothing
from shared.database import Database
from shared.jetstream import Link
from shared.log_page import PAGE_BYTES, decode_page, encode, fits
from shared.published_log import ALL, Publish, PublishedLog
from shared.tasks import end

log = structlog.get_logger(__name__)
PAGE = 2_000
SPAN = 1_000  # entries that `pages` asks for at once: they mostly fit into one page
TOGETHER = 4  # spans that are worked on at once: fewer transactions, fewer rows that each touches anew
AHEAD = 4  # spans on their way meanwhile
AT_ONCE = 2  # pages that an owner makes at once: PostgreSQL reads one while the other is put into words


class OwnerSilent(Exception):
    """The owner of the log does not answer, or cannot. Ask again later."""


class _Asked(BaseModel):
    model_config = ConfigDict(extra="ignore")
    after: int = Field(ge=0)
    upto: int = ALL
    limit: int = Field(default=PAGE, ge=1, le=PAGE)
    types: list[str] | None = None
    told: bool = False


class RefillServer:
    """Serves a service's own log. Every replica of the service may run one (a queue group shares the work)."""

    def __init__(self, service: str, db: Database, link: Link, publish: Publish) -> None:
        self._service, self._db, self._link = service, db, link
        self._log = PublishedLog(service, publish)
        self._subscriptions: list[Any] = []  # nats-py's Subscription
        self._rows = PAGE  # that fit into a page, by the last one
        self._free = asyncio.Semaphore(AT_ONCE)
        self._fetches: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        queue = f"log-{self._service}"
        for name, answer in (("fetch", self._begin), ("head", self._head)):
            self._subscriptions.append(
                await self._link.nc.subscribe(f"log.{self._service}.{name}", queue=queue, cb=answer)
            )
        await self._link.nc.flush()

    async def stop(self) -> None:
        for subscription in self._subscriptions:
            if self._link.connected:
                await subscription.unsubscribe()
        self._subscriptions.clear()
        await end(*self._fetches)

    async def _begin(self, message: Msg) -> None:
        """Whoever is free takes the next page. NATS deals to two subscriptions by chance: one then waits in vain."""
        await self._free.acquire()
        task = asyncio.create_task(self._fetch(message), name=f"log page {self._service}")
        self._fetches.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._fetches.discard(task)
        self._free.release()

    async def _fetch(self, message: Msg) -> None:
        try:
            asked = _Asked.model_validate_json(message.data)
            limit = min(asked.limit, self._rows)
            async with self._db.system() as conn:
                head = await self._log.head(conn)
                read = await self._log.page(
                    conn, asked.after, limit, upto=asked.upto, types=asked.types, told=asked.told
                )
            if read.failed is not None and read.last <= asked.after:
                raise read.failed
            columns, bodies, through = read.columns, read.bodies, max(read.last, asked.after)
            most = fits(columns, min(PAGE_BYTES, int(self._link.nc.max_payload * 0.9)))
            cut = most < len(bodies)
            if cut:
                columns, bodies = columns.chosen(range(most)), bodies[:most]
                through = unpack(">q", columns.log_seqs[-8:])[0]
            self._rows = max(most + 50, 100) if cut else min(self._rows * 2, PAGE)
            full = not cut and read.failed is None and read.looked_at < limit
            if full:  # nothing lies between the last one and the end of what was asked
                through = max(through, min(asked.upto, head))
            metrics.REFILL_SERVED.labels(self._service).inc(len(bodies))
            await self._link.nc.publish(
                message.reply,
                encode(columns, bodies),
                headers={"Through": str(through), "Head": str(head), "Full": str(int(full))},
            )
        except Exception as error:
            await self._refuse(message, error)

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
        self,
        source: str,
        after: int,
        *,
        upto: int = ALL,
        types: Sequence[str] | None = None,
        limit: int = PAGE,
        told: bool = False,
    ) -> tuple[Batch, int, bool]:
        """Events after `after`, the log_seq through which these are complete, and whether that reaches the
        end of what was asked. `told`: columns without ids, streams and trails. Raises OwnerSilent."""
        asked = {
            "after": after, "upto": upto, "limit": limit, "told": told,
            "types": list(types) if types is not None else None,
        }  # fmt: skip
        reply = await self._ask(f"log.{source}.fetch", json.dumps(asked).encode())
        events = decode_page(source, reply.data)
        metrics.REFILLED.labels(self._consumer, source).inc(len(events))
        headers = reply.headers or {}
        return events, int(headers["Through"]), headers["Full"] == "1"

    async def between(
        self, source: str, after: int, upto: int, *, types: Sequence[str] | None = None, told: bool = False
    ) -> Batch:
        """All events with after < log_seq <= upto (of these types), in order; complete, or OwnerSilent."""
        found: list[Batch] = []
        while after < upto:
            events, through, full = await self.page(source, after, upto=upto, types=types, told=told)
            found.append(events)
            if through <= after and not full:
                raise OwnerSilent(f"{source} hands out no event after {after}")
            after = through
            if full and through < upto:
                raise OwnerSilent(f"the log of {source} ends at {through}, {upto} was asked for")
        return joined(found) if found else nothing(source)

    async def pages(
        self, source: str, after: int, together: Callable[[], int] = lambda: TOGETHER, *, told: bool = False
    ) -> AsyncIterator[Batch]:
        """The log from `after` to its end, in order, complete, `together()` spans at once; the next ones are fetched
        while these are worked on. `told`: as of `page`. Raises OwnerSilent."""
        while (head := await self.head(source)) > after:
            spans = ((start, min(start + SPAN, head)) for start in range(after, head, SPAN))
            coming: deque[asyncio.Task[Batch]] = deque()
            try:
                while True:
                    while len(coming) < TOGETHER + AHEAD and (span := next(spans, None)) is not None:
                        coming.append(asyncio.create_task(self.between(source, *span, told=told)))
                    if not coming:
                        break
                    most = min(together(), len(coming))
                    yield joined([await coming[n] for n in range(most)])
                    for _ in range(most):
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
