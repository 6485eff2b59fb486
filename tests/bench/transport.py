"""Relay, log, projection and rebuild: events per second, and the one GROUP BY that is their limit."""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from time import perf_counter
from uuid import UUID, uuid4

import msgspec
from asyncpg import Connection

from services.rounds.contract import CoreElement, EvidenceRecorded
from shared.batch import columns
from shared.collector import settle_collector
from shared.database import Database
from shared.election import Election
from shared.eventstore.store import PostgresEventStore
from shared.jetstream import Link
from shared.messages import Event, PublishedEvent, StoredEvent
from shared.migrations import upgrade
from shared.projections.rebuild import build_and_swap
from shared.projections.runner import Applied, ProjectionRunner
from shared.published_log import Picked, Publish
from shared.refill import Refill
from shared.relay import Relay
from shared.upcasting import EventCodec

DISTRICT = UUID(int=1)
RELAY = "relay: stored events to fsynced JetStream, events/s"
READ = "log read, decoded to typed events, events/s"
PROJECT = "projection through JetStream into tables, events/s"
REBUILD = "rebuild from the owner's log, events/s"
GROUP_BY = "one plain GROUP BY, events/s"


class StatementWritten(Event):
    """A private domain event as the rounds service keeps them: words and tags."""

    statement_id: UUID
    round_id: UUID
    school_id: UUID
    slot_id: UUID
    classroom_id: UUID
    observer_id: UUID
    grade_band: str
    subject: str
    day: date
    minute: int
    core_element: CoreElement
    words: str
    device_time: datetime


_CODEC = EventCodec([StatementWritten])


def publish_statement(stored: StoredEvent) -> EvidenceRecorded:
    e = _CODEC.decode(stored)
    assert isinstance(e, StatementWritten)
    visit = {
        "round_id": e.round_id,
        "school_id": e.school_id,
        "slot_id": e.slot_id,
        "classroom_id": e.classroom_id,
        "observer_id": e.observer_id,
        "grade_band": e.grade_band,
        "subject": e.subject,
        "day": e.day,
    }
    return EvidenceRecorded.model_validate(
        {
            "statement_id": e.statement_id,
            "visit": visit,
            "core_element": e.core_element,
            "minute": e.minute,
            "device_time": e.device_time,
        }
    )


class _Stored(msgspec.Struct, gc=False):
    """What is published of a StatementWritten."""

    statement_id: msgspec.Raw
    round_id: msgspec.Raw
    school_id: msgspec.Raw
    slot_id: msgspec.Raw
    classroom_id: msgspec.Raw
    observer_id: msgspec.Raw
    grade_band: msgspec.Raw
    subject: msgspec.Raw
    day: msgspec.Raw
    minute: msgspec.Raw
    core_element: msgspec.Raw
    device_time: msgspec.Raw


class _Visit(msgspec.Struct, gc=False):
    round_id: msgspec.Raw
    school_id: msgspec.Raw
    slot_id: msgspec.Raw
    classroom_id: msgspec.Raw
    observer_id: msgspec.Raw
    grade_band: msgspec.Raw
    subject: msgspec.Raw
    day: msgspec.Raw


class _Told(msgspec.Struct, gc=False):
    """The contract's EvidenceRecorded."""

    statement_id: msgspec.Raw
    visit: _Visit
    core_element: msgspec.Raw
    minute: msgspec.Raw
    device_time: msgspec.Raw
    focus_question_ids: tuple[()] = ()
    look_for_ids: tuple[()] = ()
    judgmental: bool = False
    origin: str = "capture"


def pick_statement(e: _Stored) -> _Told:
    return _Told(
        e.statement_id,
        _Visit(
            e.round_id, e.school_id, e.slot_id, e.classroom_id, e.observer_id, e.grade_band, e.subject, e.day
        ),
        e.core_element,
        e.minute,
        e.device_time,
    )  # fmt: skip


PUBLISH: Publish = {
    "StatementWritten": Picked(StatementWritten, EvidenceRecorded, pick_statement, publish_statement, _Stored)
}

_FILL = """
insert into events (event_id, stream, version, type, district_id, data, meta)
select gen_random_uuid(), 'slot-' || (n % 5000), 1 + n / 5000, 'StatementWritten', $1,
       jsonb_build_object(
           'statement_id', gen_random_uuid(), 'round_id', md5('r' || n % 50)::uuid,
           'school_id', md5('s' || n % 20)::uuid, 'slot_id', md5('t' || n % 5000)::uuid,
           'classroom_id', md5('c' || n % 300)::uuid,
           'observer_id', md5('o' || n % 40)::uuid, 'grade_band', 'K-2', 'subject', 'mathematics', 'day', '2026-10-07',
           'minute', n % 40, 'core_element', (array['teacher', 'student', 'content', 'task'])[1 + n % 4],
           'words', 'Students turn to a partner and compare how they split the array of forty-eight squares.',
           'device_time', '2026-10-07T14:05:00Z'
       ), jsonb_build_object('correlation_id', gen_random_uuid(), 'actor_id', gen_random_uuid())
from generate_series($2::int, $2::int + $3::int - 1) as n
"""


class _Visited(msgspec.Struct, gc=False):
    school_id: str


class _Seen(msgspec.Struct, gc=False):
    """What `Tally` reads of an EvidenceRecorded."""

    visit: _Visited
    core_element: str
    minute: int


_SEEN = msgspec.json.Decoder(_Seen)


class Tally:
    """Statements per school, core element and minute: decoded, folded in Python, one upsert a batch."""

    name = "tally"
    version = 1
    schema_sql = (
        "create table tally (district_id uuid, school_id uuid, core_element text, minute int, n int not null, "
        "primary key (district_id, school_id, core_element, minute))"
    )

    def __init__(self, source: str) -> None:
        self.sources: tuple[str, ...] = (source,)

    async def apply(self, conn: Connection, source: str, batch: Sequence[PublishedEvent]) -> None:
        told = columns(batch)
        seen = _SEEN.decode_lines(b"\n".join(told.bodies))
        counts = Counter(
            [(d, e.visit.school_id, e.core_element, e.minute) for d, e in zip(told.district_ids, seen, strict=True)]
        )
        await conn.execute(
            "insert into tally select district, school::uuid, core, minute, n "
            "from unnest($1::uuid[], $2::text[], $3::text[], $4::int[], $5::int[]) "
            "as t (district, school, core, minute, n) "
            "on conflict (district_id, school_id, core_element, minute) do update set n = tally.n + excluded.n",
            *(list(column) for column in zip(*counts, strict=True)),
            list(counts.values()),
        )


class Transport:
    """One service's log of `events` statements in PostgreSQL and JetStream, and a reader's database."""

    def __init__(self, urls: tuple[str, str, str], nats_url: str, events: int) -> None:
        """`urls`: of the log that is read, of the reader's database, and of a log that grows to be relayed."""
        self.urls, self.nats_url, self.events = urls, nats_url, events
        self.service = f"bench{uuid4().hex[:6]}"
        self.relayed = 0

    async def open(self) -> None:
        for url in self.urls:
            await upgrade(url, "bench")
        self.source, self.reader, self.growing = (Database.open(url, pool_size=6) for url in self.urls)
        self.link = await Link.open(self.nats_url, "bench", on_closed=lambda: None)
        await self._append(self.source)
        await self._relay(self.service, self.source, self.events)
        self._owner = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.bench.owner", self.service, self.urls[0], self.nats_url,
            stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        assert self._owner.stdout is not None
        await self._owner.stdout.readline()
        settle_collector()

    async def close(self) -> None:
        self._owner.terminate()
        await self._owner.wait()
        await self.link.close()
        await self.source.close()
        await self.reader.close()
        await self.growing.close()

    async def _append(self, db: Database, first: int = 0) -> None:
        async with db.system() as conn:
            await conn.execute(_FILL, DISTRICT, first, self.events)

    async def _relay(self, service: str, db: Database, upto: int) -> float:
        """Seconds from the start of a relay until JetStream has acknowledged entry `upto`."""
        relay = Relay(service, db, self.link, PUBLISH)
        finished = asyncio.create_task(self._reached(relay, upto))
        started = perf_counter()
        await relay.start()
        await finished
        took = perf_counter() - started
        await relay.stop()
        return took

    async def _reached(self, relay: Relay, upto: int) -> None:
        while relay.published < upto:  # noqa: ASYNC110  # a bench must not hook into what it measures
            await asyncio.sleep(0.002)

    async def relay(self, _seconds: float) -> dict[str, float]:
        """New events: stamped, put into the contract, and sent, each batch fsynced by both servers."""
        await self._append(self.growing, self.relayed)
        self.relayed += self.events
        return {RELAY: self.events / await self._relay(f"{self.service}x", self.growing, self.relayed)}

    async def read_log(self, _seconds: float) -> dict[str, float]:
        store, n = PostgresEventStore(self.source), 0
        started = perf_counter()
        async for page in store.pages(limit=1_000):
            for stored in page.events:
                _CODEC.decode(stored)
            n += len(page.events)
        rate = n / (perf_counter() - started)
        await store.close()
        return {READ: rate}

    async def project(self, _seconds: float) -> dict[str, float]:
        """From an empty read model to the end of the stream, through a consumer of its own."""
        done = asyncio.Event()

        def applied(batch: Applied) -> None:
            if batch.log_seq >= self.events:
                done.set()

        projection = Tally(self.service)
        projection.name = f"tally_{uuid4().hex[:6]}"
        election = Election(self.reader)
        runner = ProjectionRunner("bench", self.reader, self.link, election, projection, listeners=[applied])
        started = perf_counter()
        await runner.start()
        await done.wait()
        rate = self.events / (perf_counter() - started)
        await runner.stop()
        await election.close()
        return {PROJECT: rate}

    async def rebuild(self, _seconds: float) -> dict[str, float]:
        """From the log of its owner, which is another process."""
        started = perf_counter()
        await build_and_swap(self.reader, Refill(self.link, "bench"), Tally(self.service))
        return {REBUILD: self.events / (perf_counter() - started)}

    async def group_by(self, _seconds: float) -> dict[str, float]:
        """The figures of `Tally` by one plain statement over the same events: the limit."""
        started = perf_counter()
        async with self.source.system() as conn:
            await conn.execute("set local max_parallel_workers_per_gather = 0")
            await conn.fetch(
                "select district_id, data ->> 'school_id', data ->> 'core_element', (data ->> 'minute')::int, count(*) "
                "from events group by 1, 2, 3, 4"
            )
        return {GROUP_BY: self.events / (perf_counter() - started)}
