"""A steady pull from one durable JetStream consumer: messages come as they are stored (1-4 ms), in batches
when there are many. nats-py's `fetch` waits for a full batch or its deadline; this does not.

Losing messages here costs time only: the caller compares log numbers and asks the owner for what is missing.
"""

from __future__ import annotations

import asyncio
import json
from typing import NamedTuple

import structlog
from nats.aio.subscription import Subscription
from nats.errors import Error as NatsError
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy
from nats.js.errors import APIError, NotFoundError

from shared.jetstream import Link
from shared.wire import VERSION_LINE, parse_lines

log = structlog.get_logger(__name__)
_PULL = 2_000
_EXPIRES = 30.0  # seconds
_HEARTBEAT = 2.0
_SILENCE = 3 * _HEARTBEAT  # no message and no heartbeat for so long: the pull is lost
_NANO = 1_000_000_000


class Arrived(NamedTuple):
    """A message of the stream: where its ack goes, its header lines and its body."""

    reply: bytes
    lines: str
    data: bytes


class Pull:
    """`start_seq` of a consumer that does not exist yet is given by `open`."""

    def __init__(self, link: Link, stream: str, durable: str) -> None:
        self._link, self._stream, self._durable = link, stream, durable
        self._buffer: list[Arrived] = []
        self._arrived = asyncio.Event()
        self._outstanding = 0
        self._heard = 0.0
        self._broken = True
        self._subscription: Subscription | None = None
        link.on_reconnect(self._break)

    def _break(self) -> None:
        self._broken = True
        self._arrived.set()

    async def open(self, start_seq: int) -> None:
        """Makes sure that the consumer exists; a new one starts at the stream's `start_seq`. Raises
        NotFoundError while the stream does not exist."""
        if self._subscription is None:
            self._inbox = self._link.nc.new_inbox()
            self._subscription = await self._link.nc.take(self._inbox, self._take)
        try:
            await self._link.js.consumer_info(self._stream, self._durable)
        except NotFoundError:
            await self._link.js.add_consumer(
                self._stream,
                ConsumerConfig(
                    durable_name=self._durable,
                    ack_policy=AckPolicy.ALL,
                    deliver_policy=DeliverPolicy.BY_START_SEQUENCE,
                    opt_start_seq=max(start_seq, 1),
                    ack_wait=30,
                    max_ack_pending=10_000,
                    inactive_threshold=7 * 24 * 3600,
                ),
            )
        self._broken, self._outstanding = False, 0
        self._heard = asyncio.get_running_loop().time()

    @property
    def broken(self) -> bool:
        """The consumer may be gone, or a pull was lost: `open` again."""
        silent = self._outstanding > 0 and asyncio.get_running_loop().time() - self._heard > _SILENCE
        return self._broken or silent

    def _take(self, reply: bytes, head: bytes, data: bytes) -> None:
        self._heard = asyncio.get_running_loop().time()
        if reply and head.startswith(VERSION_LINE):
            self._buffer.append(Arrived(reply, head[len(VERSION_LINE) :].decode("utf-8", "replace"), data))
            self._outstanding -= 1
            self._arrived.set()
            return
        status_line, _, lines = head.decode("utf-8", "replace").partition("\r\n")
        status = status_line.split(" ")[1:2]
        if status == ["408"] or status == ["404"]:
            self._outstanding -= int(parse_lines(lines).get("Nats-Pending-Messages", _PULL))
        elif status != ["100"]:
            log.info("the pull ended", durable=self._durable, status=status_line)
            self._broken = True
        else:
            return
        self._arrived.set()

    async def next(self, wait: float) -> list[Arrived]:
        """What has arrived, as soon as anything has; empty after `wait` seconds, or when `broken`."""
        try:
            await self._ask()
            if not self._buffer:
                self._arrived.clear()
                async with asyncio.timeout(wait):
                    while not self._buffer and not self._broken:
                        await self._arrived.wait()
                        self._arrived.clear()
                        if not self._buffer and not self._broken:
                            await self._ask()
        except TimeoutError:
            return []
        except NatsError as error:
            log.info("cannot pull", durable=self._durable, error=repr(error))
            self._broken = True
            return []
        messages, self._buffer = self._buffer[:_PULL], self._buffer[_PULL:]
        return messages

    async def _ask(self) -> None:
        if self._outstanding + len(self._buffer) > _PULL // 2:
            return
        if self._outstanding <= 0:
            self._heard = asyncio.get_running_loop().time()
        self._outstanding = max(self._outstanding, 0) + _PULL
        request = {"batch": _PULL, "expires": int(_EXPIRES * _NANO), "idle_heartbeat": int(_HEARTBEAT * _NANO)}
        await self._link.nc.publish(
            f"$JS.API.CONSUMER.MSG.NEXT.{self._stream}.{self._durable}",
            json.dumps(request).encode(),
            reply=self._inbox,
        )

    async def ack(self, message: Arrived) -> None:
        """Acknowledges this message and all before it; a lost ack only repeats them."""
        if self._link.connected:
            await self._link.nc.publish(message.reply.decode(), b"+ACK")

    async def close(self) -> None:
        if self._subscription is not None and self._link.connected:
            await self._subscription.unsubscribe()
        self._subscription = None

    async def forget(self) -> None:
        """Deletes the consumer: its reader is gone for good."""
        try:
            await self._link.js.delete_consumer(self._stream, self._durable)
        except (NotFoundError, APIError, NatsError) as error:
            log.info("the consumer stays until it expires", durable=self._durable, error=repr(error))
