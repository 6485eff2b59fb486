"""Relay, log, projection and rebuild: events per second, and the one GROUP BY that is their limit."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from time import perf_counter
from uuid import UUID, uuid4

from asyncpg import Connection

from services.rounds.contract import EvidenceRecorded, Visit
from shared.database import Database
from shared.election import Election
from shared.jetstream import Link
from shared.messages import Event, PublishedEvent, StoredEvent
from shared.migrations import upgrade
from shared.projections.rebuild import build_and_swap
from shared.projections.runner import Applied, ProjectionRunner
from shared.published_log import PublishedLog
from shared.refill import Refill, RefillServer
from shared.relay import Relay
from shared.upcasting import EventCodec

DISTRICT = UUID(int=1)


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
    day: str
    minute: int
    core_element: str
    words: str
    device_time: datetime


_CODEC = EventCodec([StatementWritten])


def publish_statement(stored: StoredEvent) -> EvidenceRecorded:
    e = _CODEC.decode(stored)
    assert isinstance(e, StatementWritten)
    visit = Visit.model_validate(
        {
            "round_id": e.round_id,
            "school_id": e.school_id,
            "slot_id": e.slot_id,
            "classroom_id": e.classroom_id,
            "observer_id": e.observer_id,
            "grade_band": e.grade_band,
            "subject": e.subject,
            "day": e.day,
        }
    )
    return EvidenceRecorded.model_validate(
        {
            "statement_id": e.statement_id,
            "visit": visit,
            "core_element": e.core_element,
            "minute": e.minute,
            "device_time": e.device_time,
        }
    )


PUBLISH = {"StatementWritten": publish_statement}

_FILL = """
insert into events (event_id, stream, version, type, district_id, data, meta)
select gen_random_uuid(), 'slot-' || (n % 5000), 1 + n / 5000, 'StatementWritten', $1,
       jsonb_build_object(
           'statement_id', gen_random_uuid(), 'round_id', md5('r' || n % 50)::uuid, 'school_id', md5('s' || n % 20)::uuid,
           'slot_id', md5('t' || n % 5000)::uuid, 'classroom_id', md5('c' || n % 300)::uuid,
           'observer_id', md5('o' || n % 40)::uuid, 'grade_band', 'K-2', 'subject', 'mathematics', 'day', '2026-10-07',
           'minute', n % 40, 'core_element', (array['teacher', 'student', 'content', 'task'])[1 + n % 4],
           'words', 'Students turn to a partner and compare how they split the array of forty-eight squares.',
           'device_time', '2026-10-07T14:05:00Z'
       ), jsonb_build_object('correlation_id', gen_random_uuid(), 'actor_id', gen_random_uuid())
from generate_series(0, $2::int - 1) as n
"""


class Tally:
    """Statements per school, core element and minute: decoded, folded in Python, one upsert a batch."""

    name = "tally"
    version = 1
    schema_sql = (
        "create table tally (district_id uuid, school_id uuid, core_element text, minute int, n int not null, "
        "primary key (district_id, school_id, core_element, minute))"
    )

    def __init__(self, source: str) -> None:
        self.sources = (source,)

    async def apply(self, conn: Connection, source: str, batch: Sequence[PublishedEvent]) -> None:
        decode = EvidenceRecorded.__pydantic_validator__.validate_json
        counts: Counter[tuple[UUID, UUID, str, int]] = Counter()
        for published in batch:
            e = decode(published.data)
            counts[published.district_id, e.visit.school_id, e.core_element, e.minute] += 1
        await conn.execute(
            "insert into tally select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::int[], $5::int[]) "
            "on conflict (district_id, school_id, core_element, minute) do update set n = tally.n + excluded.n",
            *(list(column) for column in zip(*counts, strict=True)),
            list(counts.values()),
        )


class TransportBench:
    """`events` in a service's log, then each way of carrying them, measured once. All rates are events/s."""

    def __init__(self, source_url: str, reader_url: str, nats_url: str, events: int = 100_000) -> None:
        self.urls, self.nats_url, self.events = (source_url, reader_url), nats_url, events
        self.service = f"bench{uuid4().hex[:6]}"

    async def run(self) -> dict[str, float]:
        for url in self.urls:
            await upgrade(url, "bench")
        source, reader = (Database.open(url, pool_size=6) for url in self.urls)
        link = await Link.open(self.nats_url, "bench", on_closed=lambda: None)
        try:
            async with source.system() as conn:
                await conn.execute(_FILL, DISTRICT, self.events)
            rates = {"relay": await self._relay(source, link)}
            rates["read_log"] = await self._read_log(source)
            rates["project"] = await self._project(reader, link)
            rates["rebuild"] = await self._rebuild(source, reader, link)
            rates["group_by"] = await self._group_by(source)
            return rates
        finally:
            await link.close()
            await source.close()
            await reader.close()

    async def _relay(self, source: Database, link: Link) -> float:
        relay = Relay(self.service, source, link, PUBLISH)
        started = perf_counter()
        await relay.start()
        while relay.published < self.events:
            await asyncio.sleep(0.005)
        rate = self.events / (perf_counter() - started)
        await relay.stop()
        return rate

    async def _read_log(self, source: Database) -> float:
        """The published log, decoded to typed domain events."""
        log, n = PublishedLog(self.service, PUBLISH), 0
        started = perf_counter()
        async with source.system() as conn:
            while rows := await log.rows(conn, n, 2_000):
                for row in rows:
                    StatementWritten.model_validate_json(row["data"])
                n = rows[-1]["log_seq"]
        return n / (perf_counter() - started)

    async def _project(self, reader: Database, link: Link) -> float:
        done = asyncio.Event()

        def applied(batch: Applied) -> None:
            if batch.log_seq >= self.events:
                done.set()

        election = Election(reader)
        runner = ProjectionRunner("bench", reader, link, election, Tally(self.service), listeners=[applied])
        started = perf_counter()
        await runner.start()
        await done.wait()
        rate = self.events / (perf_counter() - started)
        await runner.stop()
        await election.close()
        return rate

    async def _rebuild(self, source: Database, reader: Database, link: Link) -> float:
        server = RefillServer(self.service, source, link, PUBLISH)
        await server.start()
        started = perf_counter()
        await build_and_swap(reader, Refill(link, "bench"), Tally(self.service))
        rate = self.events / (perf_counter() - started)
        await server.stop()
        return rate

    async def _group_by(self, source: Database) -> float:
        """The figures of `Tally` by one plain statement over the same events."""
        started = perf_counter()
        async with source.system() as conn:
            await conn.fetch(
                "select district_id, data ->> 'school_id', data ->> 'core_element', (data ->> 'minute')::int, count(*) "
                "from events group by 1, 2, 3, 4"
            )
        return self.events / (perf_counter() - started)
