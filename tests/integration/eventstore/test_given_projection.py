"""The story helper finds a projection that is right right, and one that is wrong wrong."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from asyncpg import Connection

from shared.database import Database
from shared.messages import ContractEvent, PublishedEvent
from shared.testing.given_projection import given_projection


class Counted(ContractEvent):
    amount: int


class Totals:
    name = "totals"
    version = 1
    sources: tuple[str, ...] = ("rounds", "scheduling")
    schema_sql = "CREATE TABLE totals (source text PRIMARY KEY, amount bigint)"

    async def apply(self, conn: Connection, source: str, batch: Sequence[PublishedEvent]) -> None:
        await conn.execute(
            "INSERT INTO totals VALUES ($1, $2) ON CONFLICT (source) DO UPDATE SET amount = totals.amount + $2",
            source,
            sum(Counted.model_validate_json(e.data).amount for e in batch),
        )


class Batches(Totals):
    """Wrong: counts batches instead of events."""

    async def apply(self, conn: Connection, source: str, batch: Sequence[PublishedEvent]) -> None:
        await super().apply(conn, source, batch[:1])


ALL = "SELECT source, amount FROM totals ORDER BY 1"


async def test_a_story_shows_what_the_tables_hold_and_leaves_nothing_behind(db: Database) -> None:
    async with given_projection(db, Totals, "rounds") as story:
        await story.given(Counted(amount=1), Counted(amount=2))
        await story.given(Counted(amount=5), source="scheduling")
        await story.then(ALL, [("rounds", 3), ("scheduling", 5)])
        await story.then_batches_do_not_matter(ALL)
        assert [(e.service, e.log_seq) for e in story.log] == [("rounds", 1), ("rounds", 2), ("scheduling", 1)]
        with pytest.raises(AssertionError, match="got"):
            await story.then(ALL, [])
    async with db.system() as conn:
        assert await conn.fetchval("SELECT to_regclass('story.totals')") is None


async def test_a_projection_that_depends_on_batches_is_found_out(db: Database) -> None:
    async with given_projection(db, Batches, "rounds") as story:
        await story.given(Counted(amount=1), Counted(amount=2))
        with pytest.raises(AssertionError, match="one by one"):
            await story.then_batches_do_not_matter(ALL)
