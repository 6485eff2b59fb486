"""given(events).then(rows): a projection's tables told as stories, on a real database that keeps nothing.

async with given_projection(db, Totals, "rounds") as story:
    await story.given(RoundOpened(...), EvidenceRecorded(...))
    await story.then("SELECT count(*) FROM statements", [(1,)])
    await story.then_batches_do_not_matter("SELECT * FROM statements ORDER BY 1")
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

import asyncpg

from shared.database import Database
from shared.messages import ContractEvent, PublishedEvent
from shared.projections.projection import Projection

_IDS = UUID("4f3a3a0e-1a70-4d5c-9d0e-2a8f6a1c7b55")
DISTRICT = uuid5(_IDS, "district")
FIRST_EVENT = datetime(2026, 10, 6, 13, 0, tzinfo=UTC)


class ProjectionStory:
    """`log` holds what was given so far, numbered per source as relays would, a second apart."""

    def __init__(self, conn: asyncpg.Connection, make: Callable[[], Projection], source: str, district: UUID) -> None:
        self._conn = conn
        self._make = make
        self._projection = make()
        self._source = source
        self._district = district
        self.log: list[PublishedEvent] = []

    async def given(self, *events: ContractEvent, source: str | None = None, district: UUID | None = None) -> None:
        """Applies `events` as one batch of `source`."""
        batch = [self._publish(e, source or self._source, district or self._district) for e in events]
        await self._projection.apply(self._conn, source or self._source, batch)

    async def rows(self, query: str, *arguments: object) -> list[tuple[Any, ...]]:
        return [tuple(r) for r in await self._conn.fetch(query, *arguments)]

    async def then(self, query: str, expected: Sequence[tuple[Any, ...]]) -> None:
        """The read model answers exactly these rows in this order."""
        found = await self.rows(query)
        assert found == list(expected), f"got {found}"

    async def then_batches_do_not_matter(self, query: str) -> None:
        """The same log, event by event into fresh tables, gives the same rows."""
        together = await self.rows(query)
        await self.start_anew()
        for event in self.log:
            await self._projection.apply(self._conn, event.service, [event])
        alone = await self.rows(query)
        assert alone == together, f"in one batch {together}, one by one {alone}"

    async def start_anew(self) -> None:
        self._projection = self._make()
        await self._conn.execute(
            "DROP SCHEMA IF EXISTS story CASCADE; CREATE SCHEMA story; SET LOCAL search_path TO story, public"
        )
        await self._conn.execute(self._projection.schema_sql)

    def _publish(self, event: ContractEvent, source: str, district: UUID) -> PublishedEvent:
        number = sum(e.service == source for e in self.log) + 1
        published = PublishedEvent(
            service=source,
            log_seq=number,
            event_id=uuid5(_IDS, f"{source} {number}"),
            type=event.event_type(),
            schema_version=event.schema_version,
            stream=f"{source}-{number}",
            version=1,
            district_id=district,
            recorded_at=FIRST_EVENT + timedelta(seconds=len(self.log)),
            data=event.model_dump_json().encode(),
        )
        self.log.append(published)
        return published


@asynccontextmanager
async def given_projection(
    db: Database, make: Callable[[], Projection], source: str, *, district: UUID = DISTRICT
) -> AsyncIterator[ProjectionStory]:
    """A story of the projection that `make` makes, whose events come from `source` unless said otherwise.
    Its tables lie in a schema of a transaction that is rolled back at the end."""
    async with db.connection() as conn:
        transaction = conn.transaction()
        await transaction.start()
        try:
            story = ProjectionStory(conn, make, source, district)
            await story.start_anew()
            yield story
        finally:
            await transaction.rollback()
