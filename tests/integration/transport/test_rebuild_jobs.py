"""Rebuilds that a person asks for: seen, paused, throttled, stopped, gone on with by another process, taken back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from shared import metrics
from shared.election import Election
from shared.errors import Conflict, NotFound, Refused
from shared.messages import utc_now
from shared.projections import builds, jobs
from shared.projections.jobs import Job, Rebuilder
from shared.projections.rebuild import verify
from shared.refill import Refill
from tests.integration.transport.world import Totals, World
from tests.support.until import until


@asynccontextmanager
async def rebuilder(world: World, version: int = 1) -> AsyncIterator[Rebuilder]:
    election = Election(world.reader)
    one = Rebuilder(world.reader, world.refill, election, [Totals(world.service, version)])
    await one.start()
    try:
        yield one
    finally:
        await one.stop()
        await election.close()


async def ask(world: World, kind: jobs.Kind = "rebuild", **more: Any) -> Job:
    async with world.reader.system() as conn:
        return await jobs.ask(conn, Totals(world.service, more.pop("version", 1)), kind, **more)


async def change(world: World, **more: Any) -> None:
    async with world.reader.system() as conn:
        await jobs.change(conn, "totals", **more)


async def now(world: World) -> Job:
    async with world.reader.system() as conn:
        job = await jobs.newest(conn, "totals")
    assert job is not None
    return job


def comes_to(world: World, fits: Callable[[Job], bool]) -> Callable[[], Awaitable[bool]]:
    async def check() -> bool:
        return fits(await now(world))

    return check


async def live(world: World) -> str:
    async with world.reader.system() as conn:
        found = await builds.live_build(conn, "totals")
    assert found is not None
    return found.schema


async def filled(world: World, entries: int = 3000) -> None:
    await world.relay()
    await world.runner()
    for start in range(0, entries, 1000):
        await world.append(*range(start, min(start + 1000, entries)), stream=f"s{start}")
    await until(world.shows(sum(range(1000)), 1000, "s0"))


async def test_a_rebuild_is_paused_gone_on_with_and_swapped_in_while_figures_are_answered(world: World) -> None:
    await filled(world)
    async with rebuilder(world):
        job = await ask(world, events_per_second=500)
        with pytest.raises(Conflict):
            await ask(world)
        await until(comes_to(world, lambda j: 0 < j.applied < 3000 and j.total == 3000))
        await change(world, state="paused")
        await until(comes_to(world, lambda j: j.state == "paused"))
        assert await live(world) == "totals_v1"
        assert (await world.totals())["s0"] == (sum(range(1000)), 1000)
        await change(world, state="running", faster=True)
        await until(comes_to(world, lambda j: j.state == "live" and j.applied == 3000))
    assert await live(world) == (await now(world)).schema == "totals_v1_r2"
    assert (await now(world)).rebuild_id == job.rebuild_id
    await world.append(7, stream="after")
    await until(world.shows(7, 1, "after"))
    assert await verify(world.reader, world.refill, Totals(world.service)) == []


async def test_a_rebuild_that_is_stopped_leaves_nothing_behind(world: World) -> None:
    await filled(world)
    async with rebuilder(world):
        await ask(world, events_per_second=300)
        await until(comes_to(world, lambda j: j.applied > 0))
        await change(world, state="cancelled")

        async def gone() -> bool:
            async with world.reader.system() as conn:
                return bool(await conn.fetchval("select count(*) = 1 from projections.builds"))

        await until(gone)
    assert await live(world) == "totals_v1"


async def test_another_process_goes_on_where_the_first_one_died(world: World) -> None:
    await filled(world)
    async with rebuilder(world):
        await ask(world, events_per_second=500)
        await until(comes_to(world, lambda j: j.applied >= 1000))
    schema = (await now(world)).schema
    await change(world, faster=True)
    async with rebuilder(world):
        await until(comes_to(world, lambda j: j.state == "live"))
    assert await live(world) == schema
    assert await verify(world.reader, world.refill, Totals(world.service)) == []


async def test_the_way_back_is_caught_up_before_it_answers_again(world: World) -> None:
    await filled(world, 1000)
    with pytest.raises(NotFound):
        await ask(world, "rollback")
    async with rebuilder(world):
        await ask(world)
        await until(comes_to(world, lambda j: j.state == "live"))
        await world.append(5, stream="since")
        await until(world.shows(5, 1, "since"))
        await ask(world, "rollback")
        await until(comes_to(world, lambda j: j.kind == "rollback" and j.state == "live"))
        assert await live(world) == "totals_v1"
        assert (await world.totals())["since"] == (5, 1)
        await world.append(6, stream="later")
        await until(world.shows(6, 1, "later"))
        with pytest.raises(Refused):
            await ask(world, "rollback", version=2)


async def test_an_account_of_builds_made_by_an_earlier_rondo_learns_of_steps(world: World) -> None:
    await filled(world, 1000)
    async with world.reader.system() as conn:
        await conn.execute("alter table projections.rebuilds drop column progressed_at")
    await builds.prepare(world.reader)
    async with rebuilder(world):
        await ask(world)
        await until(comes_to(world, lambda j: j.state == "live"))


async def test_two_processes_do_not_build_twice(world: World) -> None:
    await filled(world, 1000)
    async with rebuilder(world), rebuilder(world):
        await asyncio.gather(ask(world), ask(world), return_exceptions=True)
        await until(comes_to(world, lambda j: j.state == "live"))
    async with world.reader.system() as conn:
        assert await conn.fetchval("select count(*) from projections.rebuilds") == 1
        assert await conn.fetchval("select count(*) from projections.builds") == 2


async def stood_still(world: World, seconds: float = jobs.STILL_SECONDS + 5) -> Job:
    """The newest build, as if its last step were so long ago."""
    async with world.reader.system() as conn:
        await conn.execute(
            "update projections.rebuilds set progressed_at = clock_timestamp() - make_interval(secs => $1)", seconds
        )
    return await now(world)


async def test_a_build_that_makes_no_step_says_so_and_why_and_goes_on_by_itself(world: World) -> None:
    await filled(world)
    await world.refill_server.stop()
    world.refill = Refill(world.link, "test", timeout=0.3)
    async with rebuilder(world):
        await ask(world)
        await until(comes_to(world, lambda j: j.error is not None))
        job = await stood_still(world)
        assert "log." in str(job.error)
        assert job.state == "running"
        assert job.stands_still(utc_now())
        await until(lambda: metrics.REBUILD_STILL.labels("totals")._value.get() >= jobs.STILL_SECONDS)
        await world.refill_server.start()
        await until(comes_to(world, lambda j: j.state == "live"))
        assert (await now(world)).error is None
        assert not (await now(world)).stands_still(utc_now())
        await until(lambda: metrics.REBUILD_STILL.labels("totals")._value.get() == 0)


async def test_a_build_that_a_person_holds_back_does_not_stand_still(world: World) -> None:
    await filled(world)
    async with rebuilder(world):
        await ask(world, events_per_second=100)
        await until(comes_to(world, lambda j: j.applied > 0))
        await stood_still(world)
        await until(comes_to(world, lambda j: not j.stands_still(utc_now())))
        await change(world, state="paused")
        await until(comes_to(world, lambda j: j.state == "paused"))
        assert not (await stood_still(world)).stands_still(utc_now())
        await change(world, state="cancelled")
