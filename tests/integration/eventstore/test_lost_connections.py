"""Whatever breaks on the way, an append that was answered is stored, and stored once."""

from __future__ import annotations

import asyncio
import gc
from pathlib import Path
from uuid import uuid4

import anyio
import asyncpg
import pytest

from shared.database import CONNECTION_LOST, Database
from shared.eventstore.store import PostgresEventStore
from shared.migrations import upgrade
from shared.testing.servers import Servers
from tests.contract.event_store_contract import asked_by, fact, numbers, stream, whole_log
from tests.integration.eventstore.test_group_commit import LOCK, UNLOCK, until_an_append_waits
from tests.support.cut_off import CutOff
from tests.support.until import until

NAIVE = "INSERT INTO events (event_id, stream, version, type, district_id, data) VALUES ($1, $2, $3, 'Noted', $4, '{}')"
OTHERS = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()"""

SLEEPING = """SELECT count(*) FROM pg_stat_activity
              WHERE datname = current_database() AND wait_event = 'PgSleep'"""


async def test_the_server_may_close_idle_connections(store: PostgresEventStore, plain: asyncpg.Connection) -> None:
    district, name = uuid4(), stream()
    for n in range(3):
        await store.append(name, [fact(n)], expected=n, context=asked_by(district))
        assert len(await store.read_stream(name, district)) == n + 1
        await plain.fetch(OTHERS)
    assert numbers(await store.read_stream(name, district)) == [0, 1, 2]


async def test_readers_and_writers_get_another_connection_when_theirs_is_dead(
    db: Database, plain: asyncpg.Connection
) -> None:
    district = uuid4()
    for open_ in (db.reader, db.writer):
        async with open_(district) as conn:
            assert await conn.fetchval("SELECT 1") == 1
        await plain.fetch(OTHERS)
        async with open_(district) as conn:
            assert await conn.fetchval("SELECT 1") == 1


async def test_a_page_that_is_left_while_it_reads_gives_its_connection_back(
    db: Database, plain: asyncpg.Connection
) -> None:
    """Live pages are ended by a cancel scope, which cancels every await again, that of the rollback as well."""
    gc.disable()  # which would find what was left behind, some time
    try:
        for open_ in (db.reader, db.writer):
            for _ in range(db.engine.pool.size() + 1):  # type: ignore[attr-defined]  # a pool that queues has one
                with anyio.CancelScope() as page:

                    async def leave(page: anyio.CancelScope = page) -> None:
                        await until(lambda: plain.fetchval(SLEEPING))
                        page.cancel()

                    left = asyncio.create_task(leave())
                    async with open_(uuid4()) as conn:
                        await conn.execute("SELECT pg_sleep(60)")
                await left
                assert db.engine.pool.checkedout() == 0  # type: ignore[attr-defined]
    finally:
        gc.enable()


async def test_a_connection_that_dies_during_an_append_is_replaced(
    store: PostgresEventStore, plain: asyncpg.Connection
) -> None:
    name, district = stream(), uuid4()
    await plain.execute(LOCK, name)
    waiting = asyncio.create_task(store.append(name, [fact(1)], expected=0, context=asked_by(district)))
    await until_an_append_waits(plain)
    await plain.fetch(OTHERS)
    await plain.execute(UNLOCK, name)
    assert (await waiting).version == 1
    assert numbers(await store.read_stream(name, district)) == [1]


async def test_an_append_whose_answer_was_lost_is_stored_once(url: str) -> None:
    async with CutOff(url) as cut:
        db = Database.open(cut.url)
        store = PostgresEventStore(db)
        await store.append(stream(), [fact(0)], expected=0, context=asked_by())
        names, district = [stream() for _ in range(5)], uuid4()
        cut.swallow(names[0].encode())
        answers = await asyncio.gather(
            *(store.append(n, [fact(1), fact(2)], expected=0, context=asked_by(district)) for n in names)
        )
        assert cut.swallowed == 1
        assert [a.version for a in answers] == [2] * 5
        for name in names:
            assert numbers(await store.read_stream(name, district)) == [1, 2]
        await db.close()


async def test_the_naive_way_stores_an_append_twice_when_its_answer_was_lost(
    url: str, plain: asyncpg.Connection
) -> None:
    """Why event ids must repeat: a new id for the second try cannot be told from another event."""
    async with CutOff(url) as cut:
        name, district = stream(), uuid4()
        conn = await asyncpg.connect(cut.url)
        cut.swallow(name.encode())
        with pytest.raises(CONNECTION_LOST):
            await conn.execute(NAIVE, uuid4(), name, 1, district)
        await plain.execute(NAIVE, uuid4(), name, 2, district)  # "it failed, so again"
        assert await plain.fetchval("SELECT count(*) FROM events WHERE stream = $1", name) == 2


async def test_appends_wait_while_the_server_restarts_and_none_is_lost(servers: Servers, tmp_path: Path) -> None:
    with servers.extra_postgres(tmp_path) as server:
        await upgrade(server.url(), "event store")
        db = Database.open(server.url())
        store = PostgresEventStore(db)
        district, acknowledged = uuid4(), 0
        restarted = asyncio.Event()

        async def write(n: int) -> None:
            nonlocal acknowledged
            done = 0
            while not restarted.is_set() or done < 3:
                await store.append(f"writer-{n}", [fact(done)], expected=done, context=asked_by(district))
                done += 1
                acknowledged += 1

        async def crash() -> None:
            await asyncio.to_thread(server.kill)
            await asyncio.to_thread(server.start)
            restarted.set()

        await asyncio.gather(*(write(n) for n in range(8)), crash())
        log = await whole_log(store, page=500)
        assert len(log) == acknowledged
        for n in range(8):
            versions = [e.version for e in log if e.stream == f"writer-{n}"]
            assert versions == list(range(1, len(versions) + 1))
        await db.close()
