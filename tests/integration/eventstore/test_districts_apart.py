"""A forgotten WHERE shows nothing of another district, and history is only added to."""

from __future__ import annotations

from uuid import uuid4

import asyncpg
import pytest
from sqlalchemy import text

from shared.database import Database
from shared.eventstore.store import PostgresEventStore
from tests.contract.event_store_contract import asked_by, fact, numbers, stream, whole_log


async def test_a_reader_sees_its_own_district_without_asking_for_it(db: Database, store: PostgresEventStore) -> None:
    ours, theirs = asked_by(), asked_by()
    await store.append(stream(), [fact(1)], expected=0, context=ours)
    await store.append(stream(), [fact(2)], expected=0, context=theirs)
    for open_ in (db.reader, db.writer):
        async with open_(ours.district_id) as conn:
            rows = await conn.fetch("SELECT district_id FROM events")
            assert [r["district_id"] for r in rows] == [ours.district_id]
    async with db.session(ours.district_id) as session:
        assert (await session.execute(text("SELECT district_id FROM events"))).scalars().all() == [ours.district_id]
    async with db.reader(uuid4()) as conn:
        assert await conn.fetch("SELECT * FROM events") == []
    async with db.system() as conn:
        assert await conn.fetchval("SELECT count(*) FROM events") == 2
    assert len(await whole_log(store)) == 2


async def test_the_next_user_of_a_connection_is_nobody(db: Database) -> None:
    for _ in range(6):
        async with db.reader(uuid4()) as conn:
            assert await conn.fetchval("SELECT current_user") == "rondo_reader"
        async with db.connection() as conn:
            assert await conn.fetchval("SELECT current_district()") is None
            assert await conn.fetchval("SELECT current_user") == await conn.fetchval("SELECT session_user")


async def test_a_role_may_do_no_more_than_its_work(db: Database) -> None:
    """Readers read, writers write their tables, and only the append function adds to history."""
    insert = """INSERT INTO events (event_id, stream, version, type, district_id, data)
                SELECT gen_random_uuid(), 's', 1, 'T', current_district(), '{}'"""
    for role, statement in [
        (db.reader, insert),
        (db.reader, "DELETE FROM idempotent_answers"),
        (db.writer, insert),
        (db.writer, "UPDATE events SET version = 9"),
        (db.writer, "DELETE FROM events"),
        (db.writer, "TRUNCATE events"),
        (db.writer, "INSERT INTO event_log VALUES (1, 1)"),
        (db.writer, "ALTER TABLE events DISABLE ROW LEVEL SECURITY"),
    ]:
        async with role(uuid4()) as conn:
            with pytest.raises((asyncpg.InsufficientPrivilegeError, asyncpg.ReadOnlySQLTransactionError)):
                await conn.execute(statement)
            await conn.execute("ROLLBACK; BEGIN")


async def test_the_appending_role_can_insert_and_check_and_nothing_else(plain: asyncpg.Connection) -> None:
    may = await plain.fetch(
        """SELECT table_name || ' ' || privilege_type AS it FROM information_schema.role_table_grants
           WHERE grantee = 'rondo_appender' AND table_schema = 'public'"""
    )
    assert {r["it"] for r in may} == {"events INSERT"}
    hidden = await plain.fetch(
        """SELECT a.attname FROM pg_attribute AS a WHERE a.attrelid = 'events'::regclass AND a.attnum > 0
           AND NOT has_column_privilege('rondo_appender', 'events', a.attname, 'SELECT')"""
    )
    assert {r["attname"] for r in hidden} == {"position", "xid", "schema_version", "meta", "recorded_at"}


async def test_an_event_of_another_district_is_refused_in_a_districts_transaction(
    db: Database, store: PostgresEventStore
) -> None:
    ours, theirs, name = asked_by(), asked_by(), stream()
    async with db.writer(ours.district_id) as conn:
        with pytest.raises(PermissionError):
            await store.append_in(conn, name, [fact()], expected=0, context=theirs)
        await conn.execute("ROLLBACK; BEGIN")
    assert await store.read_stream(name, theirs.district_id) == []


async def test_a_stream_is_read_for_the_district_that_is_served(db: Database, store: PostgresEventStore) -> None:
    ours, name = asked_by(), stream()
    await store.append(name, [fact(7)], expected=0, context=ours)
    assert numbers(await store.read_stream(name, ours.district_id)) == [7]
    assert await store.read_stream(name, uuid4()) == []


@pytest.mark.parametrize("statement", ["UPDATE events SET version = 2", "DELETE FROM events", "TRUNCATE events"])
async def test_the_database_refuses_to_change_history(
    store: PostgresEventStore, plain: asyncpg.Connection, statement: str
) -> None:
    """Even to its owner."""
    await store.append(stream(), [fact()], expected=0, context=asked_by())
    with pytest.raises(asyncpg.RestrictViolationError, match="history is only added to"):
        await plain.execute(statement)
    assert await plain.fetchval("SELECT count(*) FROM events") == 1


async def test_an_idle_transaction_is_ended_by_the_server_before_it_stalls_the_log(db: Database) -> None:
    async with db.system() as conn:
        assert await conn.fetchval("SHOW idle_in_transaction_session_timeout") == "10s"
