"""A page of a published log on its way to a reader: columns, not rows.

PostgreSQL makes the columns, the owner of the log puts the bodies into its contract's words, and the reader takes
them apart again: what is done per event is done once, at the reader. On the wire: the length of the first part
(4 bytes), the columns as MessagePack, and the bodies one behind the other.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from itertools import accumulate, pairwise

import msgspec
from asyncpg.pgproto.pgproto import UUID

from shared.batch import NONE, Batch, micros
from shared.messages import PublishedEvent

PAGE_BYTES = 900_000  # NATS carries 1 MiB
_LENGTH = struct.Struct(">I")
_PER_EVENT = 8 + 16 + 4 + 16 + 8 + 16 + 2 + 16  # bytes of an event without its stream, trace and body


class Columns(msgspec.Struct, array_like=True, gc=False):
    """As shared/sql/published_columns.sql gives them, but for the types: `kinds` are the different ones with
    their schema versions, `kind_of` says which each event is of."""

    log_seqs: bytes = b""
    event_ids: bytes = b""
    versions: bytes = b""
    districts: bytes = b""
    times: bytes = b""
    correlations: bytes = b""
    streams: list[str] = []
    traces: list[str | None] = []
    kinds: list[tuple[str, int]] = []
    kind_of: list[int] = []
    sizes: list[int] = []

    def chosen(self, places: Sequence[int]) -> Columns:
        """Those of the events at `places` alone."""

        def cut(column: bytes, width: int) -> bytes:
            return b"".join([column[n * width : (n + 1) * width] for n in places])

        return Columns(
            cut(self.log_seqs, 8),
            cut(self.event_ids, 16),
            cut(self.versions, 4),
            cut(self.districts, 16),
            cut(self.times, 8),
            cut(self.correlations, 16),
            [self.streams[n] for n in places] if self.streams else [],
            [self.traces[n] for n in places] if self.traces else [],
            self.kinds,
            [self.kind_of[n] for n in places],
            [self.sizes[n] for n in places],
        )


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Columns).decode


def fits(columns: Columns, limit: int) -> int:
    """How many of the events make a page of at most `limit` bytes; one at least."""
    letters = sum(map(len, columns.streams)) * 4 + sum(len(trace) for trace in columns.traces if trace)
    if _PER_EVENT * len(columns.sizes) + sum(columns.sizes) + letters <= limit - 500:
        return len(columns.sizes)
    none = [""] * len(columns.sizes)
    sizes = zip(columns.sizes, columns.streams or none, columns.traces or none, strict=True)
    ends = accumulate(_PER_EVENT + size + len(stream.encode()) + len(trace or "") for size, stream, trace in sizes)
    return max(1, sum(end <= limit - 500 for end in ends))


def encode(columns: Columns, bodies: Sequence[bytes]) -> bytes:
    head = _encode(columns)
    return b"".join((_LENGTH.pack(len(head)), head, *bodies))


def decode_page(service: str, page: bytes) -> Batch:
    at = _LENGTH.size + _LENGTH.unpack_from(page)[0]
    c = _decode(memoryview(page)[_LENGTH.size : at])
    ends = list(accumulate(c.sizes, initial=at))
    return as_batch(service, c, [page[start:end] for start, end in pairwise(ends)])


def as_batch(service: str, c: Columns, bodies: Sequence[bytes]) -> Batch:
    count = len(c.sizes)
    known: dict[bytes, UUID] = {}  # districts are few
    return Batch(
        service,
        struct.unpack(f">{count}q", c.log_seqs),
        [c.kinds[kind][0] for kind in c.kind_of],
        [c.kinds[kind][1] for kind in c.kind_of],
        [known.get(d) or known.setdefault(d, UUID(d)) for (d,) in struct.iter_unpack("16s", c.districts)],
        struct.unpack(f">{count}q", c.times),
        bodies,
        c.event_ids,
        c.correlations,
        c.streams,
        struct.unpack(f">{count}i", c.versions) if c.versions else (),
        c.traces,
    )


def encode_page(events: Sequence[PublishedEvent]) -> tuple[bytes, int]:
    """As many of `events` as fit (one at least), and how many these are."""
    kinds = list(dict.fromkeys((e.type, e.schema_version) for e in events))
    count = len(events)
    columns = Columns(
        struct.pack(f">{count}q", *(e.log_seq for e in events)),
        b"".join(e.event_id.bytes for e in events),
        struct.pack(f">{count}i", *(e.version for e in events)),
        b"".join(e.district_id.bytes for e in events),
        struct.pack(f">{count}q", *(micros(e.recorded_at) for e in events)),
        b"".join(e.correlation_id.bytes if e.correlation_id else NONE for e in events),
        [e.stream for e in events],
        [e.traceparent for e in events],
        kinds,
        [kinds.index((e.type, e.schema_version)) for e in events],
        [len(e.data) for e in events],
    )
    most = fits(columns, PAGE_BYTES)
    return encode(columns.chosen(range(most)), [e.data for e in events[:most]]), most
