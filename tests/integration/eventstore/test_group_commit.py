"""Appends that wait at the same moment share a transaction; each caller gets its own answer."""

from __future__ import annotations

import asyncio
from uuid import uuid4

import asyncpg
import pytest

from shared.database import Database
from shared.errors import Invalid, KeyReused, Unavailable
from shared.eventstore.port import ANY_VERSION, NewEvent, WrongVersion
from shared.eventstore.store import PostgresEventStore
from tests.contract.event_store_contract import asked_by, fact, numbers, stream, whole_log

LOCK = "SELECT pg_advisory_lock(hashtextextended($1, 0))"
UNLOCK = "SELECT pg_advisory_unlock(hashtextextended($1, 0))"
WAITS = """SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
           AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"""


async def until_an_append_waits(conn: asyncpg.Connection, count: int = 1) -> None:
    while await conn.fetchval(WAITS) < count:
        await asyncio.wait_for(conn.execute("SELECT"), 5)


async def test_many_appends_share_few_transactions(store: PostgresEventStore, plain: asyncpg.Connection) -> None:
    await asyncio.gather(*(store.append(stream(), [fact()], expected=0, context=asked_by()) for _ in range(400)))
    assert await plain.fetchval("SELECT count(*) FROM events") == 400
    assert await plain.fetchval("SELECT count(DISTINCT xid) FROM events") <= 40


async def test_few_who_append_again_and_again_share_each_transaction(
    store: PostgresEventStore, plain: asyncpg.Connection
) -> None:
    async def append_again() -> None:
        for _ in range(5):
            await store.append(stream(), [fact()], expected=0, context=asked_by())

    await asyncio.gather(*(append_again() for _ in range(32)))
    assert await plain.fetch("SELECT count(*) FROM events GROUP BY xid") == [(32,)] * 5


async def test_text_that_cannot_be_stored_is_told_to_its_writer_alone(store: PostgresEventStore) -> None:
    bad = [NewEvent("Noted", rb'{"text": "\u0000"}'), NewEvent("Noted", b"{no json"), NewEvent("Noted", b"[1]")]
    answers = await asyncio.gather(
        *(store.append(stream(), [fact()], expected=0, context=asked_by()) for _ in range(20)),
        *(store.append(stream(), [fact(), event], expected=0, context=asked_by()) for event in bad),
        return_exceptions=True,
    )
    assert [type(a) for a in answers[20:]] == [Invalid] * 3
    assert [a.version for a in answers[:20] if not isinstance(a, BaseException)] == [1] * 20
    assert len(await whole_log(store)) == 20


@pytest.mark.parametrize("expecting", ["new ones only", "what is there", "anything"])
async def test_of_single_events_that_go_out_together_those_that_fit_are_stored(
    store: PostgresEventStore, plain: asyncpg.Connection, expecting: str
) -> None:
    there, context = [stream() for _ in range(6)], asked_by()
    for name in there:
        await store.append(name, [fact(), fact()], expected=0, context=asked_by(context.district_id))
    wanted = {"new ones only": (0, 0), "what is there": (2, 0), "anything": (ANY_VERSION, ANY_VERSION)}[expecting]
    new, foreign = [stream() for _ in range(6)], there[:2]
    asked = [
        *((name, wanted[0], context.district_id) for name in there[2:]),
        *((name, wanted[1], context.district_id) for name in new),
        *((name, wanted[0], uuid4()) for name in foreign),
        (stream(), 7, context.district_id),
    ]
    before = await plain.fetchval("SELECT count(DISTINCT xid) FROM events")
    answers = await asyncio.gather(
        *(store.append(name, [fact()], expected=at, context=asked_by(whose)) for name, at, whose in asked),
        return_exceptions=True,
    )
    told = [a if isinstance(a, BaseException) else a.version for a in answers]
    if expecting == "new ones only":
        assert [type(a) for a in told[:4]] == [WrongVersion] * 4
    else:
        assert told[:4] == [3] * 4
    assert told[4:10] == [1] * 6
    assert [type(a) for a in told[10:12]] == [PermissionError] * 2
    assert isinstance(told[12], WrongVersion)
    stored = await plain.fetch("SELECT stream, max(version) FROM events GROUP BY stream")
    at = 2 if expecting == "new ones only" else 3
    assert dict(map(tuple, stored)) == dict.fromkeys(foreign, 2) | dict.fromkeys(there[2:], at) | dict.fromkeys(new, 1)
    assert await plain.fetchval("SELECT count(DISTINCT xid) FROM events") - before <= 2


async def test_streams_that_two_processes_begin_at_once_are_begun_once(url: str) -> None:
    databases = [Database.open(url) for _ in range(2)]
    stores = [PostgresEventStore(db) for db in databases]
    district, names = uuid4(), [stream() for _ in range(200)]
    answers = await asyncio.gather(
        *(s.append(name, [fact()], expected=0, context=asked_by(district)) for name in names for s in stores),
        return_exceptions=True,
    )
    for first, second in zip(answers[::2], answers[1::2], strict=True):
        assert sorted([type(first).__name__, type(second).__name__]) == ["AppendResult", "WrongVersion"]
    assert len(await whole_log(stores[0])) == len(names)
    for db in databases:
        await db.close()


async def test_one_id_in_two_streams_at_once_is_stored_in_one(store: PostgresEventStore) -> None:
    context = asked_by()
    answers = await asyncio.gather(
        *(store.append(stream(), [fact()], expected=0, context=context) for _ in range(4)), return_exceptions=True
    )
    assert sorted(type(a).__name__ for a in answers) == ["AppendResult", "KeyReused", "KeyReused", "KeyReused"]
    assert len(await whole_log(store)) == 1


async def test_one_id_twice_in_one_append_is_refused(store: PostgresEventStore) -> None:
    event = NewEvent("Noted", b"{}", event_id=uuid4())
    with pytest.raises(KeyReused):
        await store.append(stream(), [event, event], expected=0, context=asked_by())


async def test_a_caller_that_goes_away_takes_nobody_along(store: PostgresEventStore, plain: asyncpg.Connection) -> None:
    """Cancelled while it waits in line: not stored. Cancelled while it is sent: the others hear nothing of it."""
    blocked, also_blocked, district = stream(), stream(), uuid4()
    await plain.execute(LOCK, blocked)
    await plain.execute(LOCK, also_blocked)
    sent = asyncio.create_task(store.append(blocked, [fact(1)], expected=0, context=asked_by(district)))
    await until_an_append_waits(plain)
    beside = asyncio.create_task(store.append(also_blocked, [fact(0)], expected=0, context=asked_by(district)))
    await until_an_append_waits(plain, 2)
    gone, stays = stream(), stream()
    in_line = asyncio.create_task(store.append(gone, [fact(2)], expected=0, context=asked_by(district)))
    other = asyncio.create_task(store.append(stays, [fact(3)], expected=0, context=asked_by(district)))
    await plain.execute("SELECT")
    in_line.cancel()
    sent.cancel()
    await plain.execute(UNLOCK, blocked)
    await plain.execute(UNLOCK, also_blocked)
    assert (await beside).version == 1
    assert (await other).version == 1
    assert await store.read_stream(gone, district) == []
    assert numbers(await store.read_stream(blocked, district)) == [1]
    assert isinstance((await asyncio.gather(sent, return_exceptions=True))[0], asyncio.CancelledError)


async def test_one_stream_that_is_held_up_holds_up_no_other(
    store: PostgresEventStore, plain: asyncpg.Connection
) -> None:
    """A transaction elsewhere holds a stream's lock: appends to it wait, in their order; the others go on."""
    held_up, district = stream(), uuid4()
    await plain.execute(LOCK, held_up)
    waiting = [
        asyncio.create_task(store.append(held_up, [fact(n)], expected=ANY_VERSION, context=asked_by(district)))
        for n in range(5)
    ]
    await until_an_append_waits(plain)
    await asyncio.gather(*(store.append(stream(), [fact()], expected=0, context=asked_by()) for _ in range(100)))
    assert not any(w.done() for w in waiting)
    await plain.execute(UNLOCK, held_up)
    assert [(await w).version for w in waiting] == [1, 2, 3, 4, 5]
    assert numbers(await store.read_stream(held_up, district)) == [0, 1, 2, 3, 4]


async def test_two_processes_on_the_same_streams_do_not_lock_each_other_out(url: str) -> None:
    databases = [Database.open(url, pool_size=2) for _ in range(2)]
    stores = [PostgresEventStore(d) for d in databases]
    names, district = [stream() for _ in range(40)], uuid4()
    await asyncio.gather(
        *(
            s.append(name, [fact()], expected=ANY_VERSION, context=asked_by(district))
            for _ in range(5)
            for s, order in zip(stores, (names, names[::-1]), strict=True)
            for name in order
        )
    )
    for name in names:
        assert len(await stores[0].read_stream(name, district)) == 10
    for d in databases:
        await d.close()


async def test_hooks_are_called_after_a_commit_and_cannot_fail_it(store: PostgresEventStore, db: Database) -> None:
    heard: list[str] = []

    def broken() -> None:
        raise RuntimeError("a hook of somebody's")

    store.on_append(broken)
    store.on_append(lambda: heard.append("poke"))
    context = asked_by()
    await store.append(stream(), [fact()], expected=0, context=context)
    assert heard == ["poke"]
    async with db.writer(context.district_id) as conn:
        await store.append_in(conn, stream(), [fact()], expected=0, context=asked_by(context.district_id))
        assert heard == ["poke"]
    assert heard == ["poke", "poke"]


async def test_an_append_in_a_transaction_that_fails_is_not_stored(store: PostgresEventStore, db: Database) -> None:
    heard: list[str] = []
    store.on_append(lambda: heard.append("poke"))
    name, context = stream(), asked_by()
    with pytest.raises(ZeroDivisionError):
        await _append_then_fail(store, db, name)
    assert await store.read_stream(name, context.district_id) == []
    assert heard == []


async def _append_then_fail(store: PostgresEventStore, db: Database, name: str) -> None:
    context = asked_by()
    async with db.writer(context.district_id) as conn:
        await store.append_in(conn, name, [fact()], expected=0, context=context)
        raise ZeroDivisionError


async def test_a_transaction_goes_on_after_a_wrong_version(store: PostgresEventStore, db: Database) -> None:
    name, context = stream(), asked_by()
    async with db.writer(context.district_id) as conn:
        with pytest.raises(WrongVersion):
            await store.append_in(conn, name, [fact()], expected=3, context=context)
        await store.append_in(conn, name, [fact()], expected=0, context=context)
    assert len(await store.read_stream(name, context.district_id)) == 1


async def test_closing_stores_what_waits_and_refuses_more(url: str) -> None:
    db = Database.open(url)
    store = PostgresEventStore(db)
    waiting = [asyncio.create_task(store.append(stream(), [fact()], expected=0, context=asked_by())) for _ in range(50)]
    await store.append(stream(), [fact()], expected=0, context=asked_by())
    await db.close()
    assert [(await w).version for w in waiting] == [1] * 50
    with pytest.raises(Unavailable):
        await store.append(stream(), [fact()], expected=0, context=asked_by())


async def test_closing_stores_what_stands_in_line_behind_a_stream_that_is_held_up(
    url: str, plain: asyncpg.Connection
) -> None:
    db = Database.open(url)
    store = PostgresEventStore(db)
    await asyncio.gather(*(store.append(stream(), [fact()], expected=0, context=asked_by()) for _ in range(40)))
    held_up, district = stream(), uuid4()
    await plain.execute(LOCK, held_up)
    waiting = [
        asyncio.create_task(store.append(held_up, [fact(n)], expected=ANY_VERSION, context=asked_by(district)))
        for n in range(3)
    ]
    await until_an_append_waits(plain)
    closing = asyncio.create_task(db.close())
    await plain.execute("SELECT")
    await plain.execute(UNLOCK, held_up)
    await closing
    assert [(await w).version for w in waiting] == [1, 2, 3]
