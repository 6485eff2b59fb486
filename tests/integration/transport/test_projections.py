"""Read models hold exactly what their events say, whatever is lost, repeated or restarted on the way."""

from __future__ import annotations

import asyncio
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from asyncpg import Connection

from shared import metrics
from shared.jetstream import stream_name
from shared.messages import PublishedEvent, new_id
from shared.projections import builds, jobs
from shared.projections.applying import MOST_ASIDE
from shared.projections.rebuild import build_and_swap, verify
from shared.projections.runner import Applied
from shared.published_log import PublishedLog
from shared.testing.servers import Servers
from tests.integration.transport.world import DISTRICT, PUBLISH, Totals, World
from tests.support.until import until


async def test_what_is_appended_reaches_the_read_model(world: World) -> None:
    await world.relay()
    runner = await world.runner()
    await world.append(1, 2, 3)
    await until(world.shows(6, 3))
    await until(lambda: runner.problems() == [])
    assert runner.checkpoints == {world.service: 3}


async def test_listeners_hear_of_each_commit_after_it(world: World) -> None:
    await world.relay()
    heard: list[Applied] = []
    runner = await world.runner()
    runner.on_applied(heard.append)
    await world.append(1, 2)
    await until(lambda: sum(len(a.events) for a in heard) == 2)
    assert [a.log_seq for a in heard][-1] == 2
    assert await world.totals() == {"count-1": (3, 2)}


async def test_a_hole_in_jetstream_is_filled_from_the_owners_log(world: World) -> None:
    relay = await world.relay()
    await world.append(1, 2, 3, 4)
    await until(lambda: relay.published == 4)
    for seq in (2, 3):
        await world.link.js.delete_msg(stream_name(world.service), seq)
    await world.runner()
    await until(world.shows(10, 4))


async def test_a_tail_that_jetstream_lost_is_found_by_comparing_heads(servers: Servers, tmp_path: Path) -> None:
    """The store goes back to an older state, as after a power loss that took acknowledged writes with it, and
    the relay is down: only the owner's log has the tail."""
    with servers.extra_nats(tmp_path / "nats") as nats:
        world = await World.make(servers, nats.url)
        try:
            relay = await world.relay()
            await world.append(1, 2)
            await until(lambda: relay.published == 2)
            nats.stop()
            shutil.copytree(nats.folder / "store", tmp_path / "older")
            nats.start()
            await world.append(3, 4)
            await until(lambda: relay.published == 4, 40)
            await relay.stop()
            back = asyncio.Event()
            world.link.on_reconnect(back.set)
            nats.kill()
            nats.wipe()
            shutil.copytree(tmp_path / "older", nats.folder / "store")
            nats.start()
            async with asyncio.timeout(40):
                await back.wait()
            assert await world.stream_log_seqs() == [1, 2]
            await world.runner()
            await until(world.shows(10, 4), 40)
            again = await world.relay()
            await until(lambda: again.published == 4, 40)
            assert await world.stream_log_seqs() == [1, 2, 3, 4]
        finally:
            await world.close()


async def test_who_loses_its_lock_to_another_stops_pulling_what_is_for_the_other(world: World) -> None:
    """Both would be dealt messages in turn, and the holder would find every second one missing."""
    await world.relay()
    first = await world.runner()
    await world.append(1)
    await until(world.shows(1, 1))
    second = await world.runner()
    assert (first.holding, second.holding) == (1, 0)
    async with world.reader.system() as conn:
        await conn.execute(
            "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' "
            "and ((classid::bigint << 32) | objid::bigint) = hashtextextended($1, 0)",
            f"rondo projection totals {world.service}",
        )
    await until(lambda: (first.holding, second.holding) == (0, 1))
    await world.append(*range(2, 42))
    await until(world.shows(sum(range(42)), 41))
    async with world.reader.system() as conn:
        assert await conn.fetchval("select gaps from projections.checkpoints where schema = 'totals_v1'") == 0


async def test_stamped_events_arrive_even_when_the_relay_died_before_publishing(world: World) -> None:
    relay = await world.relay()
    await world.runner()
    await world.append(1)
    await until(world.shows(1, 1))
    await relay.stop()
    await world.append(2, 3)
    async with world.source.system() as conn:
        await conn.fetch(PublishedLog(world.service, PUBLISH).sql("relay_stamp"), 500, ["Counted"])
    await until(world.shows(6, 3))


async def test_deleting_the_whole_jetstream_store_changes_no_figure(servers: Servers, tmp_path: Path) -> None:
    with servers.extra_nats(tmp_path) as nats:
        world = await World.make(servers, nats.url)
        try:
            await world.relay()
            await world.runner()
            await world.append(*range(100))
            await until(world.shows(4950, 100))
            nats.kill()
            nats.wipe()
            await world.append(100)
            nats.start()
            await world.append(101)
            await until(world.shows(4950 + 201, 102), 40)
        finally:
            await world.close()


class Poisoned(Totals):
    """Raises on one entry until it is mended."""

    def __init__(self, source: str, error: type[Exception] = ValueError) -> None:
        super().__init__(source)
        self.mended, self.error = False, error

    async def apply(self, conn: Connection, source: str, batch: Sequence[PublishedEvent]) -> None:
        await super().apply(conn, source, batch)
        if not self.mended and any(e.log_seq == 2 for e in batch):
            raise self.error("cannot fold entry 2")


async def test_a_batch_that_fails_for_the_databases_sake_is_tried_again_and_seen_from_outside(world: World) -> None:
    await world.relay()
    projection = Poisoned(world.service, OSError)
    runner = await world.runner(projection)
    await world.append(1, 2, 3)
    await until(lambda: any("cannot fold entry 2" in p for p in runner.problems()))
    assert metrics.PROJECTION_FAILURES.labels("totals", world.service)._value.get() >= 1
    projection.mended = True
    await until(world.shows(6, 3))
    await until(lambda: runner.problems() == [])


async def aside(world: World) -> list[int]:
    async with world.reader.system() as conn:
        return [e["log_seq"] for e in await jobs.set_aside(conn, "totals")]


async def test_what_alerts_look_at_is_told_before_anything_went_wrong(world: World) -> None:
    """The increase of a counter that comes into being at 1 is 0."""
    await world.relay()
    await world.runner()
    told = metrics.exposition()[0].decode()
    of = f'{{projection="totals",source="{world.service}"}}'
    for name in ("failures", "set_aside", "gaps"):
        assert f"rondo_projection_{name}_total{of} 0.0" in told


async def test_an_entry_that_cannot_be_applied_is_set_aside_and_comes_in_with_the_next_rebuild(world: World) -> None:
    await world.relay()
    projection = Poisoned(world.service)
    runner = await world.runner(projection)
    await world.append(1, 2, 3, 4)
    await until(world.shows(8, 3))
    await until(lambda: runner.problems() == [])
    assert await aside(world) == [2]
    assert metrics.PROJECTION_SET_ASIDE.labels("totals", world.service)._value.get() == 1
    assert await verify(world.reader, world.refill, projection) == []
    projection.mended = True
    assert [d.table for d in await verify(world.reader, world.refill, projection)] == ["seen", "totals"]
    await build_and_swap(world.reader, world.refill, projection)
    await world.append(5)
    await until(world.shows(15, 5))
    assert await aside(world) == []


class Broken(Totals):
    """Raises on everything."""

    async def apply(self, conn: Connection, source: str, batch: Sequence[PublishedEvent]) -> None:
        raise KeyError("a mistake in the code")


async def test_when_everything_fails_the_projection_stands_still_and_says_so(world: World) -> None:
    await world.relay()
    runner = await world.runner(Broken(world.service))
    await world.append(*range(MOST_ASIDE + 50))
    await until(lambda: any("a mistake in the code" in p for p in runner.problems()))

    async def stands() -> bool:
        async with world.reader.system() as conn:
            at = await conn.fetchval("select log_seq from projections.checkpoints")
        return len(await aside(world)) == MOST_ASIDE == at

    await until(stands)


async def test_two_runners_of_one_projection_apply_each_event_once(world: World) -> None:
    await world.relay()
    first = await world.runner()
    await until(lambda: first.problems() == [])
    await world.runner()
    for n in range(20):
        await world.append(n)
    await until(world.shows(190, 20))
    await first.stop()
    await first._election.close()
    await world.append(1000)
    await until(world.shows(1190, 21))


async def test_two_processes_share_the_sources_and_one_takes_over_when_the_other_is_killed(
    servers: Servers, tmp_path: Path
) -> None:
    with servers.extra_nats(tmp_path) as nats:
        world = await World.make(servers, nats.url)
        second = await World.make(servers, nats.url)
        readers: list[asyncio.subprocess.Process] = []

        async def reader() -> None:
            readers.append(
                await asyncio.create_subprocess_exec(
                    sys.executable, "-m", "tests.integration.transport.reader_process",
                    world.reader_url, nats.url, world.service, second.service,
                    stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
                )
            )  # fmt: skip

        def begins(one: asyncio.subprocess.Process) -> asyncio.StreamReader:
            assert one.stdin is not None
            assert one.stdout is not None
            one.stdin.write(b"\n")
            return one.stdout

        async def holds(told: asyncio.StreamReader, count: int) -> None:
            async with asyncio.timeout(40):
                while int(await told.readline()) != count:
                    pass

        try:
            await asyncio.gather(reader(), reader(), world.relay(), second.relay())
            first_told = begins(readers[0])
            await holds(first_told, 2)
            second_told = begins(readers[1])
            await asyncio.gather(holds(first_told, 1), holds(second_told, 1))
            for n in range(20):
                await world.append(n, stream="one")
                await second.append(n, stream="two")
            await until(world.shows(190, 20, "one"))
            await until(world.shows(190, 20, "two"))
            readers[0].kill()
            await world.append(1000, stream="one")
            await second.append(1000, stream="two")
            await until(world.shows(1190, 21, "one"))
            await until(world.shows(1190, 21, "two"))
            await holds(second_told, 2)
        finally:
            for one in readers:
                if one.returncode is None:
                    one.kill()
                await one.wait()
            await second.close()
            await world.close()


async def test_the_next_version_is_built_beside_the_live_one_and_swapped_in(world: World) -> None:
    await world.relay()
    first = await world.runner()
    await world.append(1, 2, 3)
    await until(world.shows(6, 3))
    await first.stop()
    await first._election.close()
    await world.append(4)
    runner = await world.runner(Totals(world.service, version=2))
    await until(lambda: runner.problems() == [])
    async with world.reader.system() as conn:
        live = await conn.fetchrow("select schema, previous from projections.live where name = 'totals'")
        assert tuple(live) == ("totals_v2", "totals_v1")
        assert await conn.fetchval("select amount from totals_v1.totals") == 6
    await until(world.shows(10, 4))
    await world.append(5)
    await until(world.shows(15, 5))


async def test_a_rebuild_while_events_come_in_is_followed_by_the_running_process(world: World) -> None:
    await world.relay()
    await world.runner()
    await world.append(*range(50))
    await until(world.shows(1225, 50))
    build = await build_and_swap(world.reader, world.refill, Totals(world.service))
    assert build.schema == "totals_v1_r2"
    await world.append(1000)
    await until(world.shows(2225, 51))
    await build_and_swap(world.reader, world.refill, Totals(world.service))
    async with world.reader.system() as conn:
        kept = await conn.fetch("select schema from projections.builds order by schema")
    assert [r["schema"] for r in kept] == ["totals_v1_r2", "totals_v1_r3"] or len(kept) == 2
    await world.append(1)
    await until(world.shows(2226, 52))


async def test_a_rebuilt_projection_equals_the_live_one_row_for_row(world: World) -> None:
    await world.relay()
    await world.runner()
    await world.append(*range(30), stream="a")
    await world.append(*range(30), stream="b")
    await until(world.shows(435, 30, "b"))
    assert await verify(world.reader, world.refill, Totals(world.service)) == []
    async with world.reader.system() as conn:
        await conn.execute("update totals_v1.totals set amount = amount + 1 where stream = 'a'")
    found = await verify(world.reader, world.refill, Totals(world.service))
    assert [(d.table, d.extra, d.missing) for d in found] == [("totals", 1, 1)]
    async with world.reader.system() as conn:
        assert await conn.fetchval("select count(*) from projections.builds") == 1


async def test_readers_see_the_rows_of_their_district_alone(world: World) -> None:
    await world.relay()
    await world.runner()
    await world.append(1)
    await until(world.shows(1, 1))
    async with world.reader.reader(DISTRICT) as conn:
        await builds.use_live(conn, "totals")
        assert await conn.fetchval("select count(*) from totals") == 1
    async with world.reader.reader(new_id()) as conn:
        await builds.use_live(conn, "totals")
        assert await conn.fetchval("select count(*) from totals") == 0


async def test_every_connection_reads_the_live_build_from_the_swap_on(world: World) -> None:
    """The build before stands still: who asked it would hear that what came since is not there."""
    await world.relay()
    await world.runner()
    await world.append(1)
    await until(world.shows(1, 1))

    async def read(together: asyncio.Barrier) -> str:
        async with world.reader.reader(DISTRICT) as conn:
            await builds.use_live(conn, "totals")
            await together.wait()  # each on a connection of its own
            return str(await conn.fetchval("select current_schema()"))

    async def answering() -> set[str]:
        both = asyncio.Barrier(2)
        return set(await asyncio.gather(read(both), read(both)))

    assert await answering() == {"totals_v1"}
    build = await build_and_swap(world.reader, world.refill, Totals(world.service))
    assert await answering() == {build.schema}


async def test_a_projection_that_is_not_built_yet_says_so(world: World) -> None:
    await builds.prepare(world.reader)
    async with world.reader.reader(DISTRICT) as conn:
        with pytest.raises(builds.NotBuilt):
            await builds.use_live(conn, "totals")
