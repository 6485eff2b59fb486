"""The traps of ordering by commit: each is shown to spring on the naive way, and not on ours."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from uuid import UUID, uuid4

import asyncpg
import pytest

from shared.database import Database
from shared.eventstore.appending import sql
from shared.eventstore.log import START
from shared.eventstore.store import PostgresEventStore
from tests.contract.event_store_contract import asked_by, fact, numbers, stream, whole_log

NAIVE_APPEND = """
    INSERT INTO events (event_id, stream, version, type, district_id, data)
    SELECT $1, $2, coalesce(max(version), 0) + 1, 'Noted', $3, '{"n": 0}' FROM events WHERE stream = $2
"""
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))"
TAKE_XID = "SELECT pg_current_xact_id()"
OURS = sql("read_log.sql")
POSITION_ONLY_BEHIND_THE_FENCE = """
    SELECT 0 AS xid, position, event_id FROM events
    WHERE position > $2 AND $1::text IS NOT NULL AND xid < pg_snapshot_xmin(pg_current_snapshot())
    ORDER BY position LIMIT $3
"""
BARE_BIGSERIAL = """
    SELECT 0 AS xid, position, event_id FROM events
    WHERE position > $2 AND $1::text IS NOT NULL ORDER BY position LIMIT $3
"""


async def naive_append(conn: asyncpg.Connection, name: str) -> UUID:
    event_id = uuid4()
    await conn.execute(LOCK, name)
    await conn.execute(NAIVE_APPEND, event_id, name, uuid4())
    return event_id


class Follower:
    """Reads the log by some SQL and remembers where it was."""

    def __init__(self, conn: asyncpg.Connection, query: str) -> None:
        self._conn, self._query = conn, query
        self._cursor = (0, 0)
        self.seen: list[UUID] = []

    async def look(self) -> None:
        for row in await self._conn.fetch(self._query, str(self._cursor[0]), self._cursor[1], 100):
            self._cursor = (row["xid"], row["position"])
            self.seen.append(row["event_id"])


async def test_a_write_before_the_stream_lock_puts_version_2_before_version_1(
    store: PostgresEventStore, plain: asyncpg.Connection, other: asyncpg.Connection
) -> None:
    """What the naive order of statements does: the reason for the refusal in the next test."""
    name = stream()
    async with plain.transaction():
        await plain.execute(TAKE_XID)  # any write to any table does this
        async with other.transaction():
            first = await naive_append(other, name)
        second = await naive_append(plain, name)
    log = await whole_log(store)
    assert [e.event_id for e in log] == [second, first]
    assert [e.version for e in log] == [2, 1]


async def test_an_append_after_another_write_is_refused_by_the_database(
    db: Database, store: PostgresEventStore
) -> None:
    context = asked_by()
    async with db.writer(context.district_id) as conn:
        await conn.execute(TAKE_XID)
        with pytest.raises(asyncpg.ObjectNotInPrerequisiteStateError, match="wrote before it locked"):
            await store.append_in(conn, stream(), [fact()], expected=0, context=context)


async def test_locks_first_then_writes_then_appends_keep_the_order(db: Database, store: PostgresEventStore) -> None:
    context, one, two = asked_by(), stream(), stream()
    async with db.writer(context.district_id) as conn:
        await store.lock_streams(conn, [one, two])
        await conn.execute(TAKE_XID)
        waiting = asyncio.create_task(store.append(one, [fact(2)], expected=1, context=asked_by(context.district_id)))
        await store.append_in(conn, one, [fact(1)], expected=0, context=context)
        await store.append_in(conn, two, [fact(3)], expected=0, context=asked_by(context.district_id))
        assert not waiting.done()
    assert (await waiting).version == 2
    log = await whole_log(store)
    assert [(e.stream, e.version) for e in log if e.stream == one] == [(one, 1), (one, 2)]


async def test_an_event_that_commits_behind_the_cursor_is_seen_by_the_pair_alone(
    plain: asyncpg.Connection, other: asyncpg.Connection, url: str
) -> None:
    """The older transaction takes the later position: the fence lets it pass first."""
    reader = await asyncpg.connect(url)
    position_only, ours = Follower(reader, POSITION_ONLY_BEHIND_THE_FENCE), Follower(reader, OURS)
    older, younger = plain.transaction(), other.transaction()
    await older.start()
    await plain.execute(TAKE_XID)
    await younger.start()
    low = await naive_append(other, stream())
    high = await naive_append(plain, stream())
    await older.commit()
    for follower in (position_only, ours):
        while not follower.seen:  # until the fence has passed other tests' transactions
            await follower.look()
        assert follower.seen == [high]
    await younger.commit()
    while len(ours.seen) < 2:
        await ours.look()
    await position_only.look()
    await reader.close()
    assert ours.seen == [high, low]
    assert position_only.seen == [high], "the naive cursor would have seen it: the trap is not set"


async def test_an_event_is_not_read_while_an_earlier_one_is_uncommitted(
    plain: asyncpg.Connection, other: asyncpg.Connection, url: str
) -> None:
    reader = await asyncpg.connect(url)
    bare, ours = Follower(reader, BARE_BIGSERIAL), Follower(reader, OURS)
    slow = plain.transaction()
    await slow.start()
    first = await naive_append(plain, stream())
    async with other.transaction():
        second = await naive_append(other, stream())
    await bare.look()
    await ours.look()
    assert (bare.seen, ours.seen) == ([second], [])
    await slow.commit()
    while len(ours.seen) < 2:
        await ours.look()
    await bare.look()
    await reader.close()
    assert ours.seen == [first, second]
    assert bare.seen == [second], "the naive cursor would have seen it: the trap is not set"


async def test_the_log_is_read_along_its_index(store: PostgresEventStore, plain: asyncpg.Connection) -> None:
    context = asked_by()
    await store.append(stream(), [fact(n) for n in range(900)], expected=0, context=context)
    await plain.execute("ANALYZE events")
    await plain.execute("SET plan_cache_mode = force_generic_plan")
    await plain.execute(f"PREPARE hot (text, bigint, int) AS {OURS}")
    plan = "\n".join(r[0] for r in await plain.fetch("EXPLAIN EXECUTE hot ('0', 0, 100)"))
    assert "Index Scan using events_log" in plan
    assert "Sort" not in plan
    assert "Seq Scan" not in plan
    assert numbers((await store.read_log(START, 3)).events) == [0, 1, 2]


async def test_pages_of_the_log_are_those_that_reading_one_by_one_gives(store: PostgresEventStore) -> None:
    context = asked_by()
    await store.append(stream(), [fact(n) for n in range(20)], expected=0, context=context)
    before = await whole_log(store)
    pages = [page async for page in store.pages(limit=7)]
    assert [e for page in pages for e in page.events] == before
    assert [page.at_end for page in pages] == [False] * (len(pages) - 1) + [True]
    assert pages[-1].cursor == (await store.read_log(START, len(before))).cursor
    assert [p.events async for p in store.pages(pages[-1].cursor)] == [[]]


async def test_leaving_pages_early_leaves_the_store_as_it_was(store: PostgresEventStore) -> None:
    """The next page is on its way by then. Going on behind the last one shows what was appended meanwhile."""
    context = asked_by()
    await store.append(stream(), [fact(n, "Paged") for n in range(4)], expected=0, context=context)
    found: list[int] = []
    async with aclosing(store.pages(limit=2, types={"Paged"})) as pages:
        async for page in pages:
            found += numbers([e for e in page.events if e.district_id == context.district_id])
            cursor = page.cursor
            if len(found) == 4:
                break
    await store.append(stream(), [fact(4, "Paged")], expected=0, context=asked_by(context.district_id))
    async for page in store.pages(cursor, 2, {"Paged"}):
        found += numbers([e for e in page.events if e.district_id == context.district_id])
    assert found == [0, 1, 2, 3, 4]
