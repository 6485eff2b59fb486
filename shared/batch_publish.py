"""Publishing into JetStream: an atomic batch, or the same events one by one.

nats-py has no call for atomic batches (ADR-50 of nats-architecture-and-design): messages that share
`Nats-Batch-Id` are staged by the server and stored, or refused, together with the one that commits.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple
from uuid import uuid4

from shared.batch import Batch
from shared.wire import WireClient, headed, parse_lines

DUPLICATE_IN_BATCH = 10201
WRONG_LAST_SEQUENCE = (10071, 10164)
ACK_SECONDS = 10.0  # a cluster's failover stops writes for 4-7 s


class Refused(Exception):
    """JetStream answered with an error. `code` is its err_code."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(f"{description} ({code})")
        self.code = code


class Message(NamedTuple):
    """A published event ready for the wire."""

    subject: str
    lines: str
    data: bytes


def messages_of(batch: Batch, partition: str, own: Callable[[str], str | None]) -> list[Message]:
    """`own`: the traceparent of the span that publishes, instead of an event's."""
    return [
        Message(subject, lines, data)
        for (subject, lines), data in zip(headed(batch, partition, own), batch.bodies, strict=True)
    ]


def _answer(data: bytes) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(data)
    if error := answer.get("error"):
        raise Refused(int(error.get("err_code", 0)), str(error.get("description", "")))
    return answer


async def publish_batch(nc: WireClient, messages: Sequence[Message], expected_last_seq: int, batch_id: str = "") -> int:
    """Stores all messages or none, after the stream's sequence `expected_last_seq`; returns the last one's
    sequence. Raises Refused (nothing stored), or what nats-py raises (TimeoutError: outcome unknown)."""
    expected = f"Nats-Expected-Last-Sequence: {expected_last_seq}\r\n"
    last = messages[-1]
    lines = last.lines
    if len(messages) == 1:
        lines += expected
    else:
        batch = f"Nats-Batch-Id: {batch_id or uuid4().hex}\r\nNats-Batch-Sequence: "
        await nc.publish_lines(
            [
                (m.subject, f"{m.lines}{batch}{n}\r\n{expected if n == 1 else ''}", m.data)
                for n, m in enumerate(messages[:-1], start=1)
            ]
        )
        lines += f"{batch}{len(messages)}\r\nNats-Batch-Commit: 1\r\n"
    reply = await nc.request(last.subject, last.data, timeout=ACK_SECONDS, headers=parse_lines(lines))
    return int(_answer(reply.data)["seq"])


async def publish_singly(nc: WireClient, messages: Sequence[Message], expected_last_seq: int) -> int:
    """Stores each message behind the one before it, the first after the stream's sequence `expected_last_seq`; what the
    stream has under the same id is passed over. Returns the stream's last sequence. Raises what `publish_batch` does:
    then the first ones may be stored, and none behind one that is not."""
    seq = expected_last_seq
    for m in messages:
        lines = f"{m.lines}Nats-Expected-Last-Sequence: {seq}\r\n"
        reply = await nc.request(m.subject, m.data, timeout=ACK_SECONDS, headers=parse_lines(lines))
        answer = _answer(reply.data)
        seq = seq if answer.get("duplicate") else int(answer["seq"])
    return seq
