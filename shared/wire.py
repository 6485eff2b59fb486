"""Published events on the wire: subjects, headers, and a nats-py client that reads and writes them fast.

nats-py checks every character of every header on the way in and on the way out, and hands each message over
through a queue: with a dozen headers that takes most of the time that an event takes. The overrides here do
without, for headers that are ours and for subscriptions that ask for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from struct import iter_unpack
from urllib.parse import quote, unquote

from asyncpg.pgproto.pgproto import UUID  # uuid.UUID as PostgreSQL's driver has it: made eight times as fast
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.errors import ConnectionClosedError, OutboundBufferLimitError
from nats.protocol.parser import AWAITING_CONTROL_LINE, Parser

from shared.batch import EPOCH, NONE, Batch
from shared.messages import PublishedEvent

VERSION_LINE = b"NATS/1.0\r\n"
_PLAIN = re.compile(r"[A-Za-z0-9_-]+").fullmatch
_PLAIN_STREAM = re.compile(r"[A-Za-z0-9_:/-]+").fullmatch
_TRACEPARENT = re.compile(r"[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}").fullmatch


def subject_token(text: str) -> str:
    """`text` as one subject token: whatever NATS gives a meaning ('.', '*', '>', blanks) is %-escaped."""
    return text if _PLAIN(text) else quote(text, safe="").replace(".", "%2E").replace("~", "%7E")


def subject(service: str, partition: str, type_: str, stream: str) -> str:
    return _subject(service, partition, type_, subject_token(stream))


def _subject(service: str, partition: str, type_: str, token: str) -> str:
    return f"evt.{service}.{partition}.{type_}.{token}"


def header_lines(event: PublishedEvent, traceparent: str | None = None) -> str:
    """The envelope as NATS header lines, with CloudEvents' names beside ours (binary content mode).
    `traceparent` goes instead of the event's own. No value can hold a line break."""
    return _lines(
        str(event.event_id), event.log_seq, event.version, event.service, event.type, event.schema_version,
        event.recorded_at.isoformat(), _quoted(event.stream), event.district_id, event.correlation_id,
        traceparent or event.traceparent,
    )  # fmt: skip


def _lines(
    event_id: str, log_seq: int, version: int, service: str, type_: str, schema_version: int, time: str, stream: str,
    district: UUID, correlation: UUID | None, trace: str | None,
) -> str:  # fmt: skip
    lines = (
        f"Nats-Msg-Id: {event_id}\r\nLog-Seq: {log_seq}\r\nStream-Version: {version}\r\n"
        f"ce-specversion: 1.0\r\nce-id: {event_id}\r\nce-source: /rondo/{service}\r\n"
        f"ce-type: {type_}\r\nce-schemaversion: {schema_version}\r\n"
        f"ce-time: {time}\r\nce-subject: {stream}\r\n"
        f"content-type: application/json\r\ndistrict: {district}\r\n"
    )
    if correlation is not None:
        lines += f"correlation_id: {correlation}\r\n"
    if trace is not None and _TRACEPARENT(trace):
        lines += f"traceparent: {trace}\r\n"
    return lines


def _quoted(stream: str) -> str:
    return stream if _PLAIN_STREAM(stream) else quote(stream, safe="-_:/")


def headed(batch: Batch, partition: str, own: Callable[[str], str | None]) -> list[tuple[str, str]]:
    """The `subject` and the `header_lines` of each event, without making it. `own`: the traceparent that goes instead
    of an event's."""
    known: dict[bytes, UUID | None] = {NONE: None}  # events of one command share theirs
    streams: dict[str, tuple[str, str]] = {}
    seconds: dict[int, str] = {}
    heads = []
    for log_seq, (id_,), (correlation,), type_, shape, stream, version, district, micros, trace in zip(
        batch.log_seqs, iter_unpack("16s", batch.event_ids), iter_unpack("16s", batch.correlations), batch.types,
        batch.schema_versions, batch.streams, batch.versions, batch.district_ids, batch.times, batch.traces,
        strict=True,
    ):  # fmt: skip
        if correlation not in known:
            known[correlation] = UUID(correlation)
        if stream not in streams:
            streams[stream] = subject_token(stream), _quoted(stream)
        token, quoted = streams[stream]
        second, rest = divmod(micros, 1_000_000)
        if second not in seconds:
            seconds[second] = (EPOCH + timedelta(0, second)).isoformat()[:19]
        time = f"{seconds[second]}.{rest:06}+00:00" if rest else f"{seconds[second]}+00:00"
        lines = _lines(
            str(UUID(id_)), log_seq, version, batch.service, type_, shape, time, quoted, district, known[correlation],
            trace and own(trace),
        )  # fmt: skip
        heads.append((_subject(batch.service, partition, type_, token), lines))
    return heads


_NAMES = (
    "Nats-Msg-Id", "Log-Seq", "Stream-Version", "ce-type", "ce-schemaversion", "ce-time", "ce-subject", "district",
    "correlation_id", "traceparent",
)  # fmt: skip
_OURS = re.compile(
    r"Nats-Msg-Id: (.*)\r\nLog-Seq: (.*)\r\nStream-Version: (.*)\r\nce-specversion: .*\r\nce-id: .*\r\n"
    r"ce-source: .*\r\nce-type: (.*)\r\nce-schemaversion: (.*)\r\nce-time: (.*)\r\nce-subject: (.*)\r\n"
    r"content-type: .*\r\ndistrict: (.*)\r\n(?:correlation_id: (.*)\r\n)?(?:traceparent: (.*)\r\n)?"
).match


def envelope(lines: str) -> dict[str, str]:
    """What `published_event` needs of header lines, at a third of the price where they are as we write them."""
    found = _OURS(lines)
    if found is None:
        return parse_lines(lines)
    headers = dict(zip(_NAMES, found.groups(), strict=True))
    if headers["traceparent"] is None:
        del headers["traceparent"]
    return headers


def parse_lines(lines: str) -> dict[str, str]:
    """The inverse of header lines; for a repeated name the last one counts."""
    headers = {}
    for line in lines.split("\r\n"):
        name, colon, value = line.partition(":")
        if colon:
            headers[name] = value.strip()
    return headers


def headers_of(event: PublishedEvent, traceparent: str | None = None) -> dict[str, str]:
    return parse_lines(header_lines(event, traceparent))


def read_event(service: str, lines: str, data: bytes) -> PublishedEvent:
    """`published_event` straight from header lines."""
    found = _OURS(lines)
    if found is None:
        return published_event(service, parse_lines(lines), data)
    event_id, log_seq, version, type_, schema_version, time, stream, district, correlation, trace = found.groups()
    return PublishedEvent(
        service,
        int(log_seq),
        UUID(event_id),
        type_,
        int(schema_version),
        unquote(stream) if "%" in stream else stream,
        int(version),
        UUID(district),
        datetime.fromisoformat(time),
        data,
        UUID(correlation) if correlation else None,
        trace,
    )


def published_event(service: str, headers: Mapping[str, str], data: bytes) -> PublishedEvent:
    """The inverse of `headers_of`. Raises KeyError or ValueError on a message that is not ours."""
    stream = headers["ce-subject"]
    correlation = headers.get("correlation_id")
    return PublishedEvent(
        service,
        int(headers["Log-Seq"]),
        UUID(headers["Nats-Msg-Id"]),
        headers["ce-type"],
        int(headers["ce-schemaversion"]),
        unquote(stream) if "%" in stream else stream,
        int(headers["Stream-Version"]),
        UUID(headers["district"]),
        datetime.fromisoformat(headers["ce-time"]),
        data,
        UUID(correlation) if correlation else None,
        headers.get("traceparent"),
    )


Take = Callable[[bytes, bytes, bytes], None]
"""Called with reply subject, header block (empty when there is none) and data."""


async def _never(message: Msg) -> None:
    """nats-py wants a callback; `take` goes past it."""


_HMSG = re.compile(rb"HMSG (\S+) (\d+) (?:(\S+) )?(\d+) (\d+)\r\n").match


class _Parser(Parser):
    """nats-py's, which matches and moves its whole buffer for each message, but for those that are taken."""

    nc: WireClient

    async def parse(self, data: bytes = b"") -> None:
        if self.state != AWAITING_CONTROL_LINE:
            await super().parse(data)
            return
        data = bytes(self.buf) + data if self.buf else data
        at = 0
        while (found := _HMSG(data, at)) is not None:
            subject_, sid, reply, head, size = found.groups()
            if int(sid) not in self.nc.taken:
                break
            start = found.end()
            body, end = start + int(head), start + int(size)
            if len(data) < end + 2:
                self.buf = bytearray(data[at:])
                return
            await self.nc._process_msg(int(sid), subject_, reply or b"", data[body:end], data[start:body])
            at = end + 2
        self.buf = bytearray(data[at:])
        await super().parse()


class WireClient(Client):
    """nats-py's client for messages in our wire format, of which it gives the `envelope` alone; everything
    else works as it does there."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: dict[int, Take] = {}
        self._ps = _Parser(self)

    async def take(self, subject_: str, take: Take) -> Subscription:
        """Subscribes; each message goes to `take` as it is read off the connection."""
        subscription = await self.subscribe(subject_, cb=_never)
        self.taken[subscription._id] = take
        return subscription

    def _remove_sub(self, sid: int, max_msgs: int = 0) -> None:
        self.taken.pop(sid, None)
        super()._remove_sub(sid, max_msgs)

    async def _process_msg(self, sid: int, subject: bytes, reply: bytes, data: bytes, headers: bytes) -> None:
        take = self.taken.get(sid)
        if take is None:
            await super()._process_msg(sid, subject, reply, data, headers)
            return
        try:
            take(reply, headers or b"", data)
        except Exception as error:  # nats-py's read loop would end for good
            await self._error_cb(error)

    @staticmethod
    def _parse_header_lines(raw: bytes) -> dict[str, str]:
        return envelope(raw.decode("utf-8", "replace"))

    async def publish_lines(self, messages: Sequence[tuple[str, str, bytes]]) -> None:
        """Publishes (subject, header lines, data) in one write. The lines must be well-formed: ours.
        Raises what `publish` raises without a connection."""
        if self.is_closed:
            raise ConnectionClosedError
        if not self.is_connected:
            raise OutboundBufferLimitError
        parts: list[bytes] = []
        for subject_, lines, data in messages:
            head = len(lines) + len(VERSION_LINE) + 2
            parts.append(f"HPUB {subject_} {head} {head + len(data)}\r\nNATS/1.0\r\n{lines}\r\n".encode("ascii"))
            parts.append(data)
            parts.append(b"\r\n")
        await self._send_command(b"".join(parts))
        await self._flush_pending()
