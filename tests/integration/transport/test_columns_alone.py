"""What a projection reads that folds columns and makes no events of them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from asyncpg import Connection

from shared.batch import Batch, columns
from shared.messages import PublishedEvent
from shared.projections.rebuild import build_and_swap, verify
from tests.integration.transport.world import Totals, World
from tests.support.until import until


class Columns(Totals):
    """Reads columns alone; raises on one entry until it is mended."""

    schema_sql = """
        create table totals (district_id uuid not null, entries bigint not null);
        insert into totals values ('00000000-0000-0000-0000-000000000000', 0);
    """

    def __init__(self, source: str) -> None:
        super().__init__(source)
        self.folds_columns, self.mended, self.given = {source}, False, list[bool]()

    async def apply(self, conn: Connection, source: str, batch: Sequence[PublishedEvent]) -> None:
        told = columns(batch)
        if not self.mended and 2 in told.log_seqs:
            raise ValueError("cannot fold entry 2")
        self.given.append(isinstance(batch, Batch) and not batch.event_ids)
        await conn.execute("update totals set entries = entries + $1", len(told.bodies))


async def test_a_rebuild_reads_no_ids_for_who_folds_columns_but_those_of_what_it_sets_aside(world: World) -> None:
    await world.relay()
    await world.append(1, 2, 3, 4)
    await until(world.shows_log(4))
    projection = Columns(world.service)
    await build_and_swap(world.reader, world.refill, projection)
    async with world.source.system() as conn:
        poisoned = await conn.fetchval("select event_id from event_log join events using (position) where log_seq = 2")
    async with world.reader.system() as conn:
        aside = await conn.fetch("select log_seq, event_id, type from projections.set_aside")
        assert await conn.fetchval("select entries from totals_v1.totals") == 3
    assert [tuple(row) for row in aside] == [(2, poisoned, "Counted")]
    assert await verify(world.reader, world.refill, projection) == []
    projection.mended = True
    projection.given.clear()
    await build_and_swap(world.reader, world.refill, projection)
    assert projection.given == [True]
    async with world.reader.system() as conn:
        assert await conn.fetchval("select entries from totals_v1_r2.totals") == 4


async def test_columns_without_ids_make_no_events(world: World) -> None:
    await world.relay()
    await world.append(1, 2, 3)
    await until(world.shows_log(3))
    whole = await world.refill.between(world.service, 0, 3)
    told = await world.refill.between(world.service, 0, 3, told=True)
    assert columns(told) == columns(whole)
    assert columns(told.through(2)) == columns(whole.through(2))
    assert whole.through(2)[:] == whole[:2]
    with pytest.raises(TypeError, match="without ids"):
        list(told)
