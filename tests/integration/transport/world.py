"""What the transport's tests stand on: a source service with a relay, and readers of it."""

from __future__ import annotations

import itertools
from collections.abc import Awaitable, Callable, Mapping, Sequence
from uuid import UUID, uuid4

from asyncpg import Connection

from shared.database import Database
from shared.election import Election
from shared.jetstream import Link, stream_name
from shared.messages import ContractEvent, PublishedEvent, StoredEvent
from shared.migrations import upgrade
from shared.projections.projection import Projection
from shared.projections.runner import ProjectionRunner
from shared.reactions import Reactions
from shared.refill import Refill, RefillServer
from shared.relay import Relay
from shared.testing.servers import Servers

_numbers = itertools.count(1)
DISTRICT = UUID("00000000-0000-7000-8000-000000000001")


class Counted(ContractEvent):
    """Something was counted."""

    amount: int


class Renamed(ContractEvent):
    name: str


def counted(stored: StoredEvent) -> Counted:
    return Counted.model_validate_json(stored.data)


def renamed(stored: StoredEvent) -> Renamed:
    return Renamed.model_validate_json(stored.data)


PUBLISH: Mapping[str, Callable[[StoredEvent], ContractEvent]] = {"Counted": counted, "Renamed": renamed}
INSERT = (
    "insert into events (event_id, stream, version, type, district_id, data) "
    "values ($1, $2, $3, $4, $5, $6::text::jsonb)"
)


class Totals:
    """The sum per stream: its value tells of every event that is missing or applied twice."""

    name = "totals"
    sources: tuple[str, ...]
    schema_sql = """
        create table totals (district_id uuid not null, stream text primary key, amount bigint not null, events int);
        create table seen (district_id uuid not null, event_id uuid primary key, log_seq bigint not null);
    """

    def __init__(self, source: str, version: int = 1) -> None:
        self.sources, self.version = (source,), version

    async def apply(self, conn: Connection, source: str, batch: Sequence[PublishedEvent]) -> None:
        counted = [e for e in batch if e.type == "Counted"]
        await conn.executemany(
            "insert into seen values ($1, $2, $3)", [(e.district_id, e.event_id, e.log_seq) for e in batch]
        )
        await conn.executemany(
            "insert into totals values ($1, $2, $3, 1) on conflict (stream) do update "
            "set amount = totals.amount + excluded.amount, events = totals.events + 1",
            [(e.district_id, e.stream, Counted.model_validate_json(e.data).amount) for e in counted],
        )


class World:
    """One source service `service` with its own database, and one reader's database."""

    def __init__(self, servers: Servers, service: str, source: Database, reader: Database, link: Link) -> None:
        self.servers, self.service, self.source, self.reader, self.link = servers, service, source, reader, link
        self.source_url = self.reader_url = ""
        self.refill_server = RefillServer(service, source, link, PUBLISH)
        self.refill = Refill(link, "test", timeout=5.0)
        self._closing: list[Callable[[], Awaitable[None]]] = []
        self._versions = itertools.count(1)

    @classmethod
    async def make(cls, servers: Servers, nats_url: str) -> World:
        urls = servers.postgres_url(), servers.postgres_url()
        for url in urls:
            await upgrade(url, "transport")
        source, reader = (Database.open(url, pool_size=8) for url in urls)
        link = await Link.open(nats_url, "test", on_closed=lambda: None)
        world = cls(servers, f"t{next(_numbers)}x{uuid4().hex[:6]}", source, reader, link)
        world.source_url, world.reader_url = urls
        await world.refill_server.start()
        return world

    async def close(self) -> None:
        for close in reversed(self._closing):
            await close()
        await self.refill_server.stop()
        await self.link.close()
        await self.source.close()
        await self.reader.close()

    async def append(self, *amounts: int, stream: str = "count-1", type_: str = "Counted") -> None:
        async with self.source.system() as conn:
            await self.insert(conn, *amounts, stream=stream, type_=type_)

    async def insert(self, conn: Connection, *amounts: int, stream: str = "count-1", type_: str = "Counted") -> None:
        await conn.executemany(
            INSERT,
            [(uuid4(), stream, next(self._versions), type_, DISTRICT, f'{{"amount": {a}}}') for a in amounts],
        )

    async def relay(self, publish: Mapping[str, Callable[[StoredEvent], ContractEvent]] = PUBLISH) -> Relay:
        relay = Relay(self.service, self.source, self.link, publish, poll=0.02, check_every=0.2)
        await relay.start()
        self._closing.append(relay.stop)
        return relay

    async def runner(self, projection: Projection | None = None) -> ProjectionRunner:
        election = Election(self.reader)
        runner = ProjectionRunner(
            "reader", self.reader, self.link, election, projection or Totals(self.service), check_every=0.2
        )
        self._closing += [election.close, runner.stop]
        await runner.start()
        return runner

    def reactions(self, service: str = "reader") -> Reactions:
        reactions = Reactions(service, self.reader, self.link, check_every=0.2)
        self._closing.append(reactions.stop)
        return reactions

    def shows_log(self, entries: int) -> Callable[[], Awaitable[bool]]:
        async def check() -> bool:
            return await self.head() == entries

        return check

    async def head(self) -> int:
        async with self.source.system() as conn:
            return int(await conn.fetchval("select coalesce(max(log_seq), 0) from event_log"))

    async def stream_log_seqs(self) -> list[int]:
        """The Log-Seq of every message that JetStream holds, in its order."""
        info = await self.link.js.stream_info(stream_name(self.service))
        found = []
        for seq in range(info.state.first_seq, info.state.last_seq + 1):
            message = await self.link.js.get_msg(stream_name(self.service), seq=seq)
            found.append(int((message.headers or {})["Log-Seq"]))
        return found

    async def jetstream_holds(self, log_seq: int) -> bool:
        state = await self.link.stream_state(stream_name(self.service))
        return state is not None and state.last_log_seq >= log_seq

    async def totals(self) -> dict[str, tuple[int, int]]:
        """stream -> (sum, events) of the live build; empty before there is one."""
        async with self.reader.system() as conn:
            if await conn.fetchval("select to_regclass('projections.live')") is None:
                return {}
            schema = await conn.fetchval("select schema from projections.live where name = 'totals'")
            if schema is None:
                return {}
            rows = await conn.fetch(f'select stream, amount, events from "{schema}".totals')
            return {r["stream"]: (r["amount"], r["events"]) for r in rows}

    def shows(self, amount: int, events: int, stream: str = "count-1") -> Callable[[], Awaitable[bool]]:
        async def check() -> bool:
            return (await self.totals()).get(stream) == (amount, events)

        return check
