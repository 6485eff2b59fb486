"""Whatever is killed, whenever: what a tablet was told is stored is stored once and counted once."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from random import Random
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest

from services.reporting.projections.school_patterns.project import SchoolPatterns
from services.rounds.capture.streams import statement_id
from services.rounds.rounds import table
from services.rounds.rounds.decide import ROUND
from services.rounds.rounds.queries import round_stream
from services.scheduling.contract import RoundScheduled
from shared.access import Actor, Role
from shared.command_handler import CommandHandler
from shared.database import Database
from shared.eventstore.store import PostgresEventStore
from shared.jetstream import Link
from shared.messages import CommandContext
from shared.projections import builds
from shared.projections.rebuild import verify
from shared.refill import Refill
from shared.tables import with_tables
from shared.testing.servers import Servers
from tests.faults.battlefield import Battlefield, a_moment, battlefield
from tests.support.rounds import ADevice, a_plan, a_scheduled_round, an_actor

KILLINGS = 20
TARGETS = ("rounds", "reporting", "nats", "postgres", "rounds", "identity", "postgres", "nats", "scheduling", "rounds")
BATCH = 5
BATCHES_BETWEEN = 12  # acknowledged between two killings
CATCH_UP_SECONDS = 120


class Tablet:
    """Posts batches and repeats each until it is answered, as the protocol asks of a client."""

    def __init__(self, field: Battlefield, observer: Actor, slot_id: UUID) -> None:
        self.field, self.observer, self.slot_id = field, observer, slot_id
        self.device = ADevice(slot_id)
        self.told_stored: list[str] = []
        self.batches = 0

    async def post_until(self, stop: asyncio.Event) -> None:
        headers = self.field.identity.headers_for(self.observer)
        url = f"{self.field.services['rounds'].url}/api/rounds/capture/batches"
        async with httpx.AsyncClient(timeout=10, headers=headers) as http:
            while not stop.is_set():
                batch = self.device.batch(*(self.device.statement() for _ in range(BATCH)))
                for receipt in await self._answered(http, url, batch):
                    assert receipt["result"] in ("stored", "duplicate"), receipt
                    self.told_stored.append(receipt["client_id"])
                self.batches += 1

    async def _answered(self, http: httpx.AsyncClient, url: str, batch: dict[str, object]) -> list[dict[str, str]]:
        while True:
            try:
                answer = await http.post(url, json=batch)
            except httpx.TransportError:
                await a_moment()
                continue
            if answer.status_code == 200:
                receipts: list[dict[str, str]] = answer.json()["receipts"]
                return receipts
            assert answer.status_code >= 500 or answer.status_code == 409, answer.text
            await a_moment()


async def _a_round(field: Battlefield, scheduled: RoundScheduled, district_id: UUID) -> None:
    """The plan, as scheduling's event would have brought it; then the visit is opened."""
    db = Database.open(field.urls["rounds"], pool_size=2)
    try:
        context = CommandContext(district_id, None)
        store = PostgresEventStore(db)
        handler = CommandHandler(store, ROUND, append=with_tables(db, store, table.apply))
        await handler.handle(round_stream(scheduled.round_id), a_plan(scheduled), context)
    finally:
        await db.close()


@pytest.mark.timeout(600)
async def test_nothing_told_is_lost_or_doubled_when_anything_is_killed(servers: Servers, tmp_path: Path) -> None:
    random = Random(7)
    district_id = uuid4()
    scheduled = a_scheduled_round(teams=2, rooms=6, observers=[uuid4() for _ in range(6)])
    async with battlefield(servers, tmp_path) as field:
        await _a_round(field, scheduled, district_id)
        tablets = [
            Tablet(field, an_actor(Role.OBSERVER, person_id=person, district_id=district_id, school_id=uuid4()), slot)
            for team in scheduled.teams
            for person in team.observer_ids
            for slot in [next(s.slot_id for s in scheduled.slots if s.team_id == team.team_id)]
        ]
        stop = asyncio.Event()
        posting = [asyncio.create_task(t.post_until(stop)) for t in tablets]
        order = [TARGETS[n % len(TARGETS)] for n in range(KILLINGS)]
        random.shuffle(order)
        for target in order:
            wanted = sum(t.batches for t in tablets) + random.randint(1, BATCHES_BETWEEN)
            await _until(lambda wanted=wanted: sum(t.batches for t in tablets) >= wanted, posting)
            await field.kill(target)
        await _without_nats(field, lambda: _acknowledged(tablets, posting))
        await _acknowledged(tablets, posting)
        stop.set()
        await asyncio.gather(*posting)
        await field.wait_ready()
        await _stored_once(field, tablets)
        await _projected_once(field, tablets)


async def _acknowledged(tablets: list[Tablet], posting: list[asyncio.Task[None]]) -> None:
    """Waits for some more batches."""
    wanted = sum(t.batches for t in tablets) + BATCHES_BETWEEN
    await _until(lambda: sum(t.batches for t in tablets) >= wanted, posting)


async def _without_nats(field: Battlefield, acknowledged: Callable[[], Awaitable[None]]) -> None:
    """NATS is gone for so long that the service is restarted, and the database, while it is: tablets go on."""
    field.nats.kill()
    await acknowledged()
    await field.kill("rounds")
    await acknowledged()
    await field.kill("postgres")
    await acknowledged()
    field.nats.start()


async def _until(there: Callable[[], bool], work: list[asyncio.Task[None]]) -> None:
    async with asyncio.timeout(CATCH_UP_SECONDS):
        while not there():
            for task in work:
                if task.done():
                    task.result()
            await a_moment()


def _told(tablets: list[Tablet]) -> list[UUID]:
    return [statement_id(t.slot_id, t.observer.person_id, UUID(c)) for t in tablets for c in t.told_stored]


async def _stored_once(field: Battlefield, tablets: list[Tablet]) -> None:
    conn = await asyncpg.connect(field.urls["rounds"])
    try:
        rows = await conn.fetch("select data ->> 'statement_id' as id from events where type = 'EvidenceRecorded'")
    finally:
        await conn.close()
    stored = Counter(UUID(r["id"]) for r in rows)
    told = _told(tablets)
    assert len(told) == len(set(told)) > 0
    assert [s for s in told if stored[s] != 1] == []
    assert set(stored) == set(told), "every batch was answered in the end, so all that is stored was told"


async def _projected_once(field: Battlefield, tablets: list[Tablet]) -> None:
    db = Database.open(field.urls["reporting"], pool_size=3)
    link = Link(field.nats.url, "fault test", lambda: None)
    await link.connect()
    try:
        told = set(_told(tablets))
        async with asyncio.timeout(CATCH_UP_SECONDS):
            counted: Counter[UUID] = Counter()
            while set(counted) != told:
                async with db.system() as conn:
                    await builds.use_live(conn, "school_patterns")
                    counted = Counter(r["statement_id"] for r in await conn.fetch("select statement_id from statement"))
        assert set(counted.values()) == {1}
        differences = await verify(db, Refill(link, "fault test"), SchoolPatterns())
        assert differences == [], "the rebuilt projection equals the live one"
    finally:
        with suppress(Exception):
            await link.close()
        await db.close()
