"""The relay carries every published event into JetStream, in order, whatever happens. Each trap is shown
with the naive way beside ours."""

from __future__ import annotations

import asyncio
from pathlib import Path

import asyncpg
import nats
import pytest
from nats.js.api import StorageType, StreamConfig

from shared import batch_publish, metrics
from shared.batch_publish import DUPLICATE_IN_BATCH, Refused, messages_of, publish_batch, publish_singly
from shared.jetstream import DEDUP_WINDOW, Link, StreamDiffers, stream_config, stream_name
from shared.log_page import as_batch
from shared.messages import StoredEvent
from shared.published_log import PublishedLog
from shared.relay import Relay
from shared.testing.servers import Servers
from tests.integration.transport.world import PUBLISH, Counted, World, counted
from tests.support.cut_off import CutOff
from tests.support.until import until


async def test_what_is_appended_arrives_in_jetstream_in_dense_order(world: World) -> None:
    await world.append(*range(1200))
    relay = await world.relay()
    await until(lambda: relay.published == 1200)
    assert await world.stream_log_seqs() == list(range(1, 1201))


async def test_private_events_get_no_number_and_never_leave(world: World) -> None:
    relay = await world.relay()
    await world.append(1)
    await world.append(2, type_="Private")
    await world.append(3)
    await until(lambda: relay.published == 2)
    assert await world.stream_log_seqs() == [1, 2]
    async with world.source.system() as conn:
        rows = await conn.fetch("select type from event_log join events using (position) order by log_seq")
    assert [r["type"] for r in rows] == ["Counted", "Counted"]


async def test_a_poke_makes_the_relay_look_at_once(world: World) -> None:
    relay = Relay(world.service, world.source, world.link, PUBLISH, poll=3600)
    await relay.start()
    try:
        await until(lambda: relay.leading and relay.problems() == [])
        await world.append(1)
        relay.poke()
        await until(lambda: relay.published == 1, 5)
    finally:
        await relay.stop()


async def test_an_event_of_a_transaction_that_commits_late_is_not_lost(world: World) -> None:
    """The older transaction writes second and commits first: its event has the higher position. A cursor
    of position alone passes over the other one for ever."""
    relay = await world.relay()
    naive_cursor = 0
    naive: list[int] = []

    async def naive_read() -> None:
        nonlocal naive_cursor
        async with world.source.system() as conn:
            rows = await conn.fetch(
                "select position, data ->> 'amount' as amount from events where position > $1 "
                "and xid < pg_snapshot_xmin(pg_current_snapshot()) order by position",
                naive_cursor,
            )
        naive.extend(int(r["amount"]) for r in rows)
        naive_cursor = rows[-1]["position"] if rows else naive_cursor

    older, younger = await asyncpg.connect(world.source_url), await asyncpg.connect(world.source_url)
    try:
        await older.execute("begin; select pg_current_xact_id()")
        await younger.execute("begin")
        await world.insert(younger, 1, stream="younger")
        await world.insert(older, 2, stream="older")
        await older.execute("commit")
        await until(lambda: relay.published == 1)
        await naive_read()
        await younger.execute("commit")
        await until(lambda: relay.published == 2)
        await naive_read()
    finally:
        await older.close()
        await younger.close()
    assert naive == [2], "the naive cursor loses the event of the younger transaction"
    async with world.source.system() as conn:
        log = PublishedLog(world.service, PUBLISH)
        page = await log.page(conn, 0, 10)
    assert [Counted.model_validate_json(body).amount for body in page.bodies] == [2, 1]


async def test_an_event_behind_a_running_transaction_waits_for_it(world: World) -> None:
    relay = await world.relay()
    async with world.source.system() as running:
        await world.insert(running, 1, stream="slow")
        await world.append(2, stream="quick")
        async with world.source.system() as conn:
            assert await conn.fetchval("select count(*) from events") == 1
        await until(lambda: relay.problems() == [])
        assert relay.published == 0
    await until(lambda: relay.published == 2)
    assert await world.stream_log_seqs() == [1, 2]


async def test_numbers_stay_when_another_relay_takes_over(world: World) -> None:
    first = await world.relay()
    second = await world.relay()
    await world.append(1, 2)
    await until(lambda: (first.published or second.published) == 2)
    assert [first.leading, second.leading].count(True) == 1
    leader, other = (first, second) if first.leading else (second, first)
    await leader.stop()
    await world.append(3)
    await until(lambda: other.published == 3)
    assert await world.stream_log_seqs() == [1, 2, 3]


async def test_a_relay_whose_lock_connection_breaks_stops_leading_and_comes_back(world: World) -> None:
    relay = await world.relay()
    await world.append(1)
    await until(lambda: relay.published == 1)
    async with world.reader.system() as conn:
        killed = await conn.fetchval(
            "select count(pg_terminate_backend(pid)) from pg_locks where locktype = 'advisory' and database = "
            "(select oid from pg_database where datname = $1)",
            world.source_url.rsplit("/", 1)[1],
        )
    assert killed == 1
    await world.append(2)
    await until(lambda: relay.published == 2)
    assert await world.stream_log_seqs() == [1, 2]


async def test_a_translation_that_raises_stops_there_loudly_and_loses_nothing(world: World) -> None:
    def picky(stored: StoredEvent) -> Counted:
        event = counted(stored)
        if event.amount == 3:
            raise ValueError("no contract for 3")
        return event

    relay = await world.relay({"Counted": picky})
    await world.append(1, 2, 3, 4)
    await until(lambda: any("no contract for 3" in p for p in relay.problems()))
    assert relay.published == 2
    failures = metrics.RELAY_FAILURES.labels(world.service, "TranslationFailed")
    assert failures._value.get() >= 1
    await relay.stop()
    mended = await world.relay()
    await until(lambda: mended.published == 4)
    assert await world.stream_log_seqs() == [1, 2, 3, 4]


async def test_a_stream_that_is_configured_otherwise_is_refused_and_left_alone(world: World) -> None:
    name = stream_name(world.service)
    await world.link.js.add_stream(
        StreamConfig(name=name, subjects=[f"evt.{world.service}.>"], storage=StorageType.MEMORY, max_msgs=10)
    )
    relay = await world.relay()
    await world.append(1)
    await until(lambda: any("storage" in p and "max_msgs" in p for p in relay.problems()))
    info = await world.link.js.stream_info(name)
    assert (info.config.storage, info.config.max_msgs, info.state.messages) == (StorageType.MEMORY, 10, 0)


async def test_a_stream_that_lacks_only_atomic_batches_and_remembers_longer_is_updated(world: World) -> None:
    config = stream_config(world.service).evolve(allow_atomic=False, duplicate_window=120.0)
    await world.link.js.add_stream(config)
    relay = await world.relay()
    await world.append(1, 2)
    await until(lambda: relay.published == 2)
    info = await world.link.js.stream_info(stream_name(world.service))
    assert (info.config.allow_atomic, info.config.duplicate_window) == (True, DEDUP_WINDOW)


async def test_declaring_a_differing_stream_names_every_difference(world: World) -> None:
    name = stream_name(world.service)
    await world.link.js.add_stream(StreamConfig(name=name, subjects=[f"evt.{world.service}.0.>"], max_age=60))
    with pytest.raises(StreamDiffers) as caught:
        await world.link.declare(stream_config(world.service))
    assert {d.split(" is ")[0] for d in caught.value.differences} >= {"subjects", "max_age"}


async def test_a_batch_whose_events_are_stored_already_is_refused_and_single_publishes_mend_it(world: World) -> None:
    await world.link.declare(stream_config(world.service))
    await world.append(1, 2, 3)
    relay = await world.relay()
    await until(lambda: relay.published == 3)
    await relay.stop()
    log = PublishedLog(world.service, PUBLISH)
    async with world.source.system() as conn:
        page = await log.page(conn, 0, 10)
    messages = messages_of(as_batch(world.service, page.columns, page.bodies), "0", str)
    with pytest.raises(Refused) as caught:
        await publish_batch(world.link.nc, messages, expected_last_seq=3)
    assert caught.value.code == DUPLICATE_IN_BATCH
    assert await publish_singly(world.link.nc, messages, 3) == 3
    assert await world.stream_log_seqs() == [1, 2, 3]


async def test_the_relay_publishes_singly_when_a_batch_repeats_what_is_stored(world: World) -> None:
    """What an unknown outcome leaves behind: the middle of the next batch is stored already."""
    relay = await world.relay()
    await until(lambda: relay.leading and relay.problems() == [])
    await relay.stop()
    await world.append(1, 2, 3)
    async with world.source.system() as conn:
        event_id = await conn.fetchval("select event_id from events where data ->> 'amount' = '2'")
    await world.link.js.publish(
        f"evt.{world.service}.0.Counted.count-1", b'{"amount":2}', headers={"Nats-Msg-Id": str(event_id)}
    )
    again = await world.relay()
    await until(lambda: again.published == 3)
    info = await world.link.js.stream_info(stream_name(world.service))
    assert info.state.messages == 3
    assert metrics.RELAY_SINGLES.labels(world.service)._value.get() == 1


async def test_an_answer_that_was_lost_doubles_nothing_when_jetstream_has_forgotten_the_ids(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever sends the same ids again relies on JetStream's memory of them."""
    monkeypatch.setattr(batch_publish, "ACK_SECONDS", 1.0)
    async with CutOff(world.link.url) as cut:
        link = await Link.open(cut.url, "test", on_closed=lambda: None)
        relay = Relay(world.service, world.source, link, PUBLISH, poll=3600, check_every=3600)
        try:
            await relay.start()
            await until(lambda: relay.leading and relay.problems() == [])
            await world.link.js.update_stream(stream_config(world.service).evolve(duplicate_window=0.1))
            cut.swallow(b"Nats-Batch-Commit")
            await world.append(1, 2, 3)
            relay.poke()
            await until(lambda: relay.published == 3)
            assert cut.swallowed == 1
            assert await world.stream_log_seqs() == [1, 2, 3]
        finally:
            await relay.stop()
            await link.close()


async def test_what_was_sent_behind_a_batch_that_went_wrong_goes_out_again_behind_it(world: World) -> None:
    """Batches do not wait for each other's answer: the second and third are on their way, or soon, while the first is
    refused."""
    relay = await world.relay()
    await until(lambda: relay.leading and relay.problems() == [])
    await relay.stop()
    await world.append(*range(1, 2501))
    async with world.source.system() as conn:
        event_id = await conn.fetchval("select event_id from events where data ->> 'amount' = '5'")
    await world.link.js.publish(
        f"evt.{world.service}.0.Counted.count-1",
        b'{"amount":5}',
        headers={"Nats-Msg-Id": str(event_id), "Log-Seq": "0"},
    )
    again = await world.relay()
    await until(lambda: again.published == 2500)
    assert await world.stream_log_seqs() == [0, *(n for n in range(1, 2501) if n != 5)]
    assert metrics.RELAY_SINGLES.labels(world.service)._value.get() == 1


async def test_two_relays_at_once_never_store_an_event_twice_or_out_of_order(world: World) -> None:
    """A leader that lost its lock may still have batches on their way when the next one begins."""
    await world.append(*range(1, 6001))
    old, new = await world.relay(), await world.relay()
    await until(lambda: max(old.published, new.published) > 0)
    leader, other = (old, new) if old.leading else (new, old)
    async with world.reader.system() as conn:
        await conn.fetchval(
            "select count(pg_terminate_backend(pid)) from pg_locks where locktype = 'advisory' and database = "
            "(select oid from pg_database where datname = $1)",
            world.source_url.rsplit("/", 1)[1],
        )
    await until(lambda: max(leader.published, other.published) == 6000)
    assert await world.stream_log_seqs() == list(range(1, 6001))


async def test_the_whole_jetstream_store_is_filled_again_after_it_was_deleted(servers: Servers, tmp_path: Path) -> None:
    with servers.extra_nats(tmp_path) as nats:
        world = await World.make(servers, nats.url)
        try:
            relay = await world.relay()
            await world.append(*range(700))
            await until(lambda: relay.published == 700)
            nats.kill()
            nats.wipe()
            nats.start()
            await world.append(700)
            await until(lambda: relay.published == 701, 40)

            async def complete() -> bool:
                return await world.jetstream_holds(701)

            await until(complete, 40)
            assert await world.stream_log_seqs() == list(range(1, 702))
        finally:
            await world.close()


async def test_a_stream_that_is_deleted_while_nothing_happens_is_filled_again(world: World) -> None:
    relay = await world.relay()
    await world.append(1, 2, 3)
    await until(lambda: relay.published == 3)
    await world.link.js.delete_stream(stream_name(world.service))

    async def complete() -> bool:
        return await world.jetstream_holds(3)

    await until(complete)
    assert await world.stream_log_seqs() == [1, 2, 3]


async def test_a_stream_that_is_deleted_in_the_midst_of_a_backlog_is_filled_again(world: World) -> None:
    """Batches are on their way, and the next is read ahead and stamped already."""
    await world.append(*range(1, 5001))
    await world.append(*range(5001, 6001), type_="Private")
    await world.append(*range(6001, 8001))
    relay = await world.relay()
    await until(lambda: relay.published > 0)
    await world.link.js.delete_stream(stream_name(world.service))

    async def complete() -> bool:
        return relay.published == 7000 and await world.jetstream_holds(7000)

    await until(complete, 60)
    assert await world.stream_log_seqs() == list(range(1, 7001))


async def test_jetstream_ahead_of_the_log_is_told_and_nothing_is_published(world: World) -> None:
    await world.link.declare(stream_config(world.service))
    await world.link.js.publish(
        f"evt.{world.service}.0.Counted.count-1", b"{}", headers={"Log-Seq": "7", "Nats-Msg-Id": "from-the-future"}
    )
    await world.append(1)
    relay = await world.relay()
    await until(lambda: any("log entry 7" in p for p in relay.problems()))
    assert (await world.link.js.stream_info(stream_name(world.service))).state.messages == 1


async def test_a_connection_that_is_closed_for_good_ends_the_process(world: World) -> None:
    """The server ends a connection that breaks its rules; the client then never connects again, although it
    was told to try for ever. Without our rule the process would go on, deaf."""
    naive = await nats.connect(world.link.url, max_reconnect_attempts=-1, allow_reconnect=True)
    ended = asyncio.Event()
    link = await Link.open(world.link.url, "test", on_closed=ended.set)
    await naive.publish("a" * 5000, b"a control line longer than the server takes")
    await link.nc.publish("a" * 5000, b"")
    async with asyncio.timeout(30):
        await ended.wait()
    assert link.problems() == ["nats: the connection is closed for good"]
    await until(lambda: naive.is_closed)
    await link.close()


async def test_closing_a_link_ourselves_is_no_accident(world: World) -> None:
    ended: list[bool] = []
    link = await Link.open(world.link.url, "test", on_closed=lambda: ended.append(True))
    await link.close()
    assert ended == []
    assert link.lost is False
