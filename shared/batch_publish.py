"""Publishing into JetStream: an atomic batch, or the same events one by one.

nats-py has no call for atomic batches (ADR-50 of nats-architecture-and-design): messages that share
`Nats-Batch-Id` are staged by the server and stored, or refused, together with the one that commits.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from nats.aio.client import Client

from shared.jetstream import headers_of, subject
from shared.messages import PublishedEvent

DUPLICATE_IN_BATCH = 10201
WRONG_LAST_SEQUENCE = (10071, 10164)
ACK_SECONDS = 10.0  # a cluster's failover stops writes for 4-7 s
WINDOW = 100


class Refused(Exception):
    """JetStream answered with an error. `code` is its err_code."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(f"{description} ({code})")
        self.code = code


class Message:
    """A published event ready for the wire."""

    __slots__ = ("data", "headers", "log_seq", "subject")

    def __init__(self, event: PublishedEvent, partition: str, traceparent: str | None = None) -> None:
        """`traceparent`: the span that publishes, when there is one."""
        self.subject = subject(event.service, partition, event.type, event.stream)
        self.headers = headers_of(event)
        if traceparent is not None:
            self.headers["traceparent"] = traceparent
        self.data = event.data
        self.log_seq = event.log_seq


def _answer(data: bytes) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(data)
    if error := answer.get("error"):
        raise Refused(int(error.get("err_code", 0)), str(error.get("description", "")))
    return answer


async def publish_batch(nc: Client, messages: Sequence[Message], expected_last_seq: int, batch_id: str = "") -> int:
    """Stores all messages or none, after the stream's sequence `expected_last_seq`; returns the last one's
    sequence. Raises Refused (nothing stored), or what nats-py raises (TimeoutError: outcome unknown)."""
    first, last = messages[0], messages[-1]
    first.headers["Nats-Expected-Last-Sequence"] = str(expected_last_seq)
    try:
        if first is not last:
            batch_id = batch_id or uuid4().hex
            for n, message in enumerate(messages, start=1):
                message.headers["Nats-Batch-Id"] = batch_id
                message.headers["Nats-Batch-Sequence"] = str(n)
                if message is not last:
                    await nc.publish(message.subject, message.data, headers=message.headers)
            last.headers["Nats-Batch-Commit"] = "1"
        reply = await nc.request(last.subject, last.data, timeout=ACK_SECONDS, headers=last.headers)
        return int(_answer(reply.data)["seq"])
    finally:
        for message in messages:
            for name in ("Nats-Batch-Id", "Nats-Batch-Sequence", "Nats-Batch-Commit", "Nats-Expected-Last-Sequence"):
                message.headers.pop(name, None)


async def publish_singly(nc: Client, messages: Sequence[Message]) -> int:
    """Stores each message under its own id; what the stream holds already it acknowledges as a duplicate.
    Raises when one is not acknowledged: then publish all of them again."""
    seq = 0
    for start in range(0, len(messages), WINDOW):
        replies = await asyncio.gather(
            *(
                nc.request(m.subject, m.data, timeout=ACK_SECONDS, headers=m.headers)
                for m in messages[start : start + WINDOW]
            )
        )
        seq = max(seq, *(int(_answer(r.data)["seq"]) for r in replies))
    return seq
