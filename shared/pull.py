"""A steady pull from one durable JetStream consumer: messages come as they are stored (1-4 ms), in batches
when there are many. nats-py's `fetch` waits for a full batch or its deadline; this does not.

Losing messages here costs time only: the caller compares log numbers and asks the owner for what is missing.
"""

from __future__ import annotations

import asyncio
import json
from typing import Any

import structlog
from nats.aio.msg import Msg
from nats.errors import Error as NatsError
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy
from nats.js.errors import APIError, NotFoundError

from shared.jetstream import Link

log = structlog.get_logger(__name__)
_PULL = 1_000
_EXPIRES = 30.0  # seconds
_HEARTBEAT = 2.0
_SILENCE = 3 * _HEARTBEAT  # no message and no heartbeat for so long: the pull is lost
_NANO = 1_000_000_000


class Pull:
    """`start_seq` of a consumer that does not exist yet is given by `open`."""

    def __init__(self, link: Link, stream: str, durable: str) -> None:
        self._link, self._stream, self._durable = link, stream, durable
        self._buffer: list[Msg] = []
        self._arrived = asyncio.Event()
        self._outstanding = 0
        self._heard = 0.0
        self._broken = True
        self._subscription: Any = None  # nats-py's Subscription
        link.on_reconnect(self._break)

    def _break(self) -> None:
        self._broken = True
        self._arrived.set()

    async def open(self, start_seq: int) -> None:
        """Makes sure that the consumer exists; a new one starts at the stream's `start_seq`. Raises
        NotFoundError while the stream does not exist."""
        if self._subscription is None:
            self._inbox = self._link.nc.new_inbox()
            self._subscription = await self._link.nc.subscribe(
                self._inbox, cb=self._take, pending_msgs_limit=0, pending_bytes_limit=0
            )
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
                    max_ack_pending=10 * _PULL,
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

    async def _take(self, message: Msg) -> None:
        self._heard = asyncio.get_running_loop().time()
        headers = message.headers
        status = headers.get("Status") if headers else None
        if status is None or message.reply:
            self._buffer.append(message)
            self._outstanding -= 1
        elif status == "408" or status == "404":
            self._outstanding -= int((headers or {}).get("Nats-Pending-Messages", _PULL))
        elif status != "100":
            log.info("the pull ended", durable=self._durable, status=status, why=(headers or {}).get("Description"))
            self._broken = True
        else:
            return
        self._arrived.set()

    async def next(self, wait: float) -> list[Msg]:
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

    async def ack(self, message: Msg) -> None:
        """Acknowledges this message and all before it; a lost ack only repeats them."""
        if message.reply and self._link.connected:
            await self._link.nc.publish(message.reply, b"+ACK")

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
