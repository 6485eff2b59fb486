"""Reactions: one service acting on another's events. FastStream carries them; a checkpoint keeps them whole.

A handler is called at least once for each event of its type, in the log's order per source, one at a
time; it must be idempotent (`reaction_context` gives the repeatable command id for that). A handler that
raises gets its event again, later and later; after `MAX_ATTEMPTS` the event becomes a dead letter: a row
in `dead_letters`, a message on `dead.<service>.<source>.<type>`, and a metric.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid5

import structlog
from faststream.exceptions import NackMessage
from faststream.nats import NatsBroker, NatsMessage
from nats.errors import Error as NatsError
from nats.js.api import AckPolicy as ConsumerAckPolicy
from nats.js.api import ConsumerConfig, DeliverPolicy
from nats.js.errors import NotFoundError

from shared import metrics, telemetry
from shared.database import Database
from shared.errors import NotFound, Refused, Unavailable
from shared.jetstream import Link, stream_name
from shared.messages import CommandContext, ContractEvent, PublishedEvent
from shared.reaction_broker import E, Handler, Registered, document, durable_name, filters, subscribe
from shared.reaction_log import ReactionLog
from shared.refill import OwnerSilent, Refill
from shared.said import say
from shared.tasks import end
from shared.wire import headers_of, published_event

log = structlog.get_logger(__name__)
MAX_ATTEMPTS = 5
RETRY_SECONDS = (0.2, 1.0, 5.0, 15.0, 30.0)
_NO_STREAM_YET = 0.1  # seconds until an owner that is just starting is looked for again


def reaction_context(
    published: PublishedEvent, *, purpose: str = "reaction", actor_id: UUID | None = None
) -> CommandContext:
    """The context of the command that reacts to `published`: same district, correlation and trace; the same
    event gives the same command id. `purpose` tells apart several commands caused by one event."""
    return CommandContext(
        district_id=published.district_id,
        actor_id=actor_id,
        command_id=uuid5(published.event_id, purpose),
        correlation_id=published.correlation_id,
        causation_id=published.event_id,
        traceparent=telemetry.traceparent() or published.traceparent,
    )


class Reactions:
    """`on` registers; then `start`. `check_every`: seconds between comparisons with the owner's log."""

    def __init__(self, service: str, db: Database, link: Link, *, check_every: float = 2.0) -> None:
        self._service, self._url, self._db, self._link = service, link.url, db, link
        self._handlers: dict[str, dict[str, Registered]] = {}
        self._check_every = check_every
        self._sources: list[_Source] = []

    def on(self, source: str, event: type[E], handler: Handler[E], *, later: str | None = None) -> None:
        """Has `handler(event, published)` called for each `event` of the service `source`: in a new installation from
        the first one of its log on, else from where the service has come to. `later` names what came with a later
        version of the product and needs those before it, too: its handlers are called for them once, in the log's
        order, before anything else."""
        types = self._handlers.setdefault(source, {})
        if event.event_type() in types:
            raise ValueError(f"{self._service} reacts to {source}'s {event.event_type()} twice")
        types[event.event_type()] = Registered(event, handler, later)

    async def start(self) -> None:
        if not self._handlers:
            return
        await ReactionLog.prepare(self._db)
        for source, types in self._handlers.items():
            one = _Source(self._service, source, types, self._url, self._db, self._link, self._check_every)
            self._sources.append(one)
            one.start()

    async def stop(self) -> None:
        for source in self._sources:
            await source.stop()
        self._sources.clear()

    async def retry(self, source: str, log_seq: int) -> None:
        """Reacts once more to an event that was put aside. Raises NotFound when it is not there, Refused when it
        fails again."""
        for one in self._sources:
            if one.source == source:
                await one.retry(log_seq)
                return
        raise NotFound(say("errors.no_dead_letter"))

    def problems(self) -> list[str]:
        return [p for source in self._sources for p in source.problems()]

    def asyncapi(self, published: Iterable[type[ContractEvent]] = ()) -> dict[str, Any]:
        """The AsyncAPI 3 document of what this service listens to, and of what it publishes."""
        return document(self._service, self._handlers, published)


class _Source:
    """The reactions of one service to one source."""

    def __init__(
        self,
        service: str,
        source: str,
        types: dict[str, Registered],
        url: str,
        db: Database,
        link: Link,
        check_every: float,
    ) -> None:
        self._service, self._source, self._types = service, source, types
        self._url, self._link, self._check_every = url, link, check_every
        self._log = ReactionLog(db, source)
        self._refill = Refill(link, f"reactions:{service}")
        self._turn = asyncio.Lock()
        self._untouched_until = 0.0
        self._untold = sorted({r.later for r in types.values() if r.later})
        self._wake = asyncio.Event()
        self._broker: NatsBroker | None = None
        self._problem: str | None = f"reactions to {source}: not started"
        self._task: asyncio.Task[None] | None = None
        link.on_reconnect(self._wake.set)

    @property
    def source(self) -> str:
        return self._source

    async def retry(self, log_seq: int) -> None:
        async with self._turn:
            if not await self._log.is_aside(log_seq):
                raise NotFound(say("errors.no_dead_letter"))
            try:
                (event,) = await self._refill.between(self._source, log_seq - 1, log_seq)
            except OwnerSilent as error:
                raise Unavailable(say("errors.log_silent", source=self._source), mend=say("errors.try_soon")) from error
            registered = self._types.get(event.type)
            if registered is not None:  # nobody reacts to its type any more: then it is done with
                try:
                    await registered.handler(registered.model.model_validate_json(event.data), event)
                except Exception as error:
                    log.warning("a dead letter failed again", type=event.type, log_seq=log_seq, exc_info=error)
                    raise Refused(
                        "failed_again",
                        say("errors.failed_again", why=type(error).__name__),
                        mend=say("errors.mend_cause"),
                    ) from error
            await self._log.settle(log_seq)

    def start(self) -> None:
        metrics.stand_at_zero(metrics.REACTION_FAILURES, metrics.DEAD_LETTERS, labels=(self._service, self._source))
        self._task = asyncio.create_task(self._watch(), name=f"reactions {self._service} <- {self._source}")

    async def stop(self) -> None:
        await end(self._task)
        await self._close_broker()

    def problems(self) -> list[str]:
        return [self._problem] if self._problem else []

    async def _close_broker(self) -> None:
        broker, self._broker = self._broker, None
        if broker is not None:
            await broker.stop()

    async def _watch(self) -> None:
        """Keeps the durable and its broker alive, and compares with the owner's log: JetStream may have lost
        the consumer, the stream or its tail."""
        seen = 0
        while True:
            pause = self._check_every
            try:
                await self._connect()
                head = await self._refill.head(self._source)
                async with self._turn:
                    seen, upto = head, seen
                    if time.monotonic() >= self._untouched_until:
                        await self._catch_up(upto)
                self._problem = None
            except NackMessage:
                pass  # it is counted, and its turn comes again
            except NotFoundError:
                # The owner's relay has not made its stream yet.
                self._problem, pause = None, min(_NO_STREAM_YET, pause)
            except OwnerSilent as error:
                log.info("the owner of the log is silent", source=self._source, error=str(error))
                self._problem = None if self._broker is not None else f"reactions to {self._source}: {error}"
            except Exception as error:
                log.warning("reactions try again", source=self._source, error=repr(error))
                self._problem = f"reactions to {self._source}: {error!r}"
            self._wake.clear()
            try:
                async with asyncio.timeout(pause):
                    await self._wake.wait()
            except TimeoutError:
                continue

    async def _connect(self) -> None:
        stream, durable = stream_name(self._source), durable_name(self._service, self._source)
        try:
            found = await self._link.js.consumer_info(stream, durable)
            if sorted(found.config.filter_subjects or [found.config.filter_subject or ""]) == filters(
                self._source, self._types
            ):
                if self._broker is not None:
                    return
            else:
                await self._close_broker()
                await self._link.js.delete_consumer(stream, durable)
                await self._declare(stream, durable)
        except NotFoundError:
            await self._close_broker()
            await self._declare(stream, durable)
        broker = NatsBroker(
            self._url.split(","),
            name=durable,
            max_reconnect_attempts=-1,
            closed_cb=self._closed,
            logger=None,
        )
        subscribe(broker, self._service, self._source, self._types, self._arrived)
        await broker.start()
        self._broker = broker

    async def _declare(self, stream: str, durable: str) -> None:
        await self._link.js.add_consumer(
            stream,
            ConsumerConfig(
                durable_name=durable,
                filter_subjects=filters(self._source, self._types),
                ack_policy=ConsumerAckPolicy.EXPLICIT,
                deliver_policy=DeliverPolicy.BY_START_SEQUENCE,
                opt_start_seq=await self._log.checkpoint() + 1,
                max_ack_pending=1,  # in order, redeliveries included
                ack_wait=60,
                max_deliver=-1,
            ),
        )

    async def _closed(self) -> None:
        """The broker's connection ended for good: make another."""
        if self._broker is not None:
            log.warning("the broker's connection is closed", source=self._source)
            self._broker = None
            self._wake.set()

    async def _arrived(self, message: NatsMessage) -> None:
        event = published_event(self._source, message.headers, message.raw_message.data)
        async with self._turn:
            try:
                await self._catch_up(event.log_seq, event)
            except OwnerSilent as error:
                log.info("an event waits for the ones before it", source=self._source, error=str(error))
                raise NackMessage(delay=1.0) from error

    async def _catch_up(self, upto: int, arrived: PublishedEvent | None = None) -> None:
        """Handles all events of our types through entry `upto`; `arrived` saves fetching the last of them."""
        at = await self._log.checkpoint()
        await self._tell_later(at)
        if upto <= at:
            return
        before = upto - 1 if arrived is not None else upto
        for event in await self._refill.between(self._source, at, before, types=sorted(self._types)):
            await self._handle(event)
        if arrived is not None:
            await self._handle(arrived)
        else:
            await self._log.advance(upto)

    async def _tell_later(self, upto: int) -> None:
        """What came later is told of the entries before it; a handler that has heard of some is told again."""
        while self._untold:
            name = self._untold[0]
            if not await self._log.is_told(name):
                types = sorted(t for t, r in self._types.items() if r.later == name)
                for event in await self._refill.between(self._source, 0, upto, types=types):
                    await self._handle(event)
                await self._log.told(name)
            self._untold.pop(0)

    async def _handle(self, event: PublishedEvent) -> None:
        registered = self._types[event.type]
        try:
            with telemetry.span(f"react {event.type}", event.traceparent, {"source": self._source}):
                await registered.handler(registered.model.model_validate_json(event.data), event)
        except Exception as error:
            metrics.REACTION_FAILURES.labels(self._service, self._source).inc()
            attempts = await self._log.failed(event.log_seq)
            if attempts < MAX_ATTEMPTS:
                # JetStream brings it again after the delay; `_watch` only when JetStream does not.
                self._untouched_until = time.monotonic() + RETRY_SECONDS[attempts - 1] + self._check_every
                log.warning("a reaction failed", type=event.type, event_id=str(event.event_id), exc_info=error)
                raise NackMessage(delay=RETRY_SECONDS[attempts - 1]) from error
            await self._put_aside(event, error)
            return
        await self._log.advance(event.log_seq)
        metrics.REACTIONS.labels(self._service, self._source).inc()

    async def _put_aside(self, event: PublishedEvent, error: Exception) -> None:
        log.error("a dead letter", type=event.type, event_id=str(event.event_id), exc_info=error)
        await self._log.put_aside(event, error)
        metrics.DEAD_LETTERS.labels(self._service, self._source).inc()
        try:
            await self._link.nc.publish(
                f"dead.{self._service}.{self._source}.{event.type}", event.data, headers=headers_of(event)
            )
        except NatsError as lost:
            log.info("nobody was told of the dead letter", error=repr(lost))
