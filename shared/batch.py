"""Events as columns: making each of thousands costs more than folding what is read of them.

told = columns(batch)  # of any sequence of events
for log_seq, body in zip(told.log_seqs, told.bodies, strict=True): ...
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple, overload

from asyncpg.pgproto.pgproto import UUID

from shared.messages import PublishedEvent

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)  # PostgreSQL's, in which it sends times
A_DAY = 86_400_000_000  # microseconds
NONE = bytes(16)
"""stands for no correlation"""


class Told(NamedTuple):
    """What projections read of events, one column each."""

    log_seqs: Sequence[int]
    types: Sequence[str]
    district_ids: Sequence[UUID]
    times: Sequence[int]
    """microseconds since EPOCH"""
    bodies: Sequence[bytes]


@dataclass(frozen=True, slots=True)
class Batch(Sequence[PublishedEvent]):
    """Events of one log, in its order. One is made when it is asked for; of columns without ids none can be."""

    service: str
    log_seqs: Sequence[int]
    types: Sequence[str]
    schema_versions: Sequence[int]
    district_ids: Sequence[UUID]
    times: Sequence[int]
    """microseconds since EPOCH"""
    bodies: Sequence[bytes]
    event_ids: bytes
    correlations: bytes
    streams: Sequence[str]
    versions: Sequence[int]
    traces: Sequence[str | None]

    def __len__(self) -> int:
        return len(self.log_seqs)

    @overload
    def __getitem__(self, at: int) -> PublishedEvent: ...
    @overload
    def __getitem__(self, at: slice) -> list[PublishedEvent]: ...
    def __getitem__(self, at: int | slice) -> PublishedEvent | list[PublishedEvent]:
        places = range(len(self))[at]
        return self._event(places) if isinstance(places, int) else [self._event(n) for n in places]

    def __iter__(self) -> Iterator[PublishedEvent]:
        return map(self._event, range(len(self)))

    def through(self, log_seq: int) -> Batch:
        """Those up to there."""
        n = bisect_right(self.log_seqs, log_seq)
        if n == len(self):
            return self
        return Batch(
            self.service, self.log_seqs[:n], self.types[:n], self.schema_versions[:n], self.district_ids[:n],
            self.times[:n], self.bodies[:n], self.event_ids[: n * 16], self.correlations[: n * 16], self.streams[:n],
            self.versions[:n], self.traces[:n],
        )  # fmt: skip

    def _event(self, n: int) -> PublishedEvent:
        if not self.event_ids:
            raise TypeError("these columns were read without ids: see columns()")
        correlation = self.correlations[n * 16 : n * 16 + 16]
        return PublishedEvent(
            self.service,
            self.log_seqs[n],
            UUID(self.event_ids[n * 16 : n * 16 + 16]),
            self.types[n],
            self.schema_versions[n],
            self.streams[n],
            self.versions[n],
            self.district_ids[n],
            moment(self.times[n]),
            self.bodies[n],
            None if correlation == NONE else UUID(correlation),
            self.traces[n],
        )


def micros(at: datetime) -> int:
    """Microseconds since EPOCH; of a moment that names no zone, as UTC."""
    since = (at if at.tzinfo else at.replace(tzinfo=UTC)) - EPOCH
    return since.days * A_DAY + since.seconds * 1_000_000 + since.microseconds


def moment(after: int) -> datetime:
    """The moment so many microseconds behind EPOCH."""
    return EPOCH + timedelta(0, 0, after)


def nothing(service: str) -> Batch:
    return Batch(service, (), (), (), (), (), (), b"", b"", (), (), ())


def joined(batches: Sequence[Batch]) -> Batch:
    """One behind the other; they are of one log."""
    if len(batches) == 1:
        return batches[0]
    return Batch(
        batches[0].service,
        [n for b in batches for n in b.log_seqs],
        [t for b in batches for t in b.types],
        [v for b in batches for v in b.schema_versions],
        [d for b in batches for d in b.district_ids],
        [t for b in batches for t in b.times],
        [d for b in batches for d in b.bodies],
        b"".join([b.event_ids for b in batches]),
        b"".join([b.correlations for b in batches]),
        [s for b in batches for s in b.streams],
        [v for b in batches for v in b.versions],
        [t for b in batches for t in b.traces],
    )


def ends(events: Sequence[PublishedEvent]) -> tuple[int, int]:
    """The first and the last place in the log."""
    if isinstance(events, Batch):
        return events.log_seqs[0], events.log_seqs[-1]
    return events[0].log_seq, events[-1].log_seq


def columns(events: Sequence[PublishedEvent]) -> Told:
    if isinstance(events, Batch):
        return Told(events.log_seqs, events.types, events.district_ids, events.times, events.bodies)
    return Told(
        [e.log_seq for e in events],
        [e.type for e in events],
        [e.district_id for e in events],
        [micros(e.recorded_at) for e in events],
        [e.data for e in events],
    )
