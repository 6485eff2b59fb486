"""The reaction to RoundReleased: wait for the tables, compose, freeze. At least once, so repeatable."""

from __future__ import annotations

import asyncio
import time
from uuid import UUID, uuid5

from asyncpg import Connection

from services.reporting.figures.intervals import warm_up
from services.reporting.projections.school_patterns.query import applied, read_facts, read_rule
from services.reporting.releases.commands import FreezeFigures
from services.reporting.releases.decide import RELEASES, Releases
from services.reporting.releases.events import SnapshotFrozen, stream_of
from services.reporting.releases.figures import Release, compose
from services.rounds.contract import RoundReleased
from shared.command_handler import CommandHandler
from shared.database import Database
from shared.errors import Unavailable
from shared.eventstore.store import PostgresEventStore
from shared.messages import CommandContext, Event, PublishedEvent
from shared.projections.builds import NotBuilt
from shared.reactions import reaction_context
from shared.tables import with_tables

STALLED_SECONDS = 45.0
_LOOK_SECONDS = (0.02, 0.5)


class Freezer:
    def __init__(self, db: Database, store: PostgresEventStore) -> None:
        self._db = db
        self._handler: CommandHandler[FreezeFigures, Releases] = CommandHandler(
            store, RELEASES, append=with_tables(db, store, put_snapshot)
        )

    async def on_released(self, event: RoundReleased, published: PublishedEvent) -> None:
        """Freezes the figures of the release as of the event's own place in the log.

        Raises Unavailable when the tables stop moving before they get there; the toolkit comes again.
        """
        await self._wait_for("rounds", published.log_seq)
        context = reaction_context(published)
        stream = stream_of(event.round_id)
        before, _ = await self._handler.load(stream, context)
        if before.number >= event.release:
            return
        command = await self._composed(event, published, before, context)
        if command is not None:
            await self._handler.handle(stream, command, context)

    async def _composed(
        self, event: RoundReleased, published: PublishedEvent, before: Releases, context: CommandContext
    ) -> FreezeFigures | None:
        places = {place for group in before.told.values() for place in group}
        async with self._db.reader(context.district_id) as conn:
            facts = await read_facts(conn, event.round_id, published.log_seq)
            earlier = {p: f for p in places if (f := await read_facts(conn, event.round_id, p)) is not None}
            rule = await read_rule(conn, context.district_id)
        if facts is None:
            return None  # a round that was never opened has no figures
        release = Release(
            uuid5(published.event_id, "snapshot"), event.release, published.log_seq, published.recorded_at, rule
        )
        await warm_up()
        snapshot, told = await asyncio.to_thread(compose, release, facts, before, earlier)
        return FreezeFigures(
            snapshot=snapshot,
            log_seq=published.log_seq,
            told=told,
            after=before.latest.snapshot_id if before.latest else None,
        )

    async def _wait_for(self, source: str, log_seq: int) -> None:
        seen, patience, pause = -1, 0.0, _LOOK_SECONDS[0]
        while True:
            async with self._db.system() as conn:
                try:
                    at = await applied(conn, source)
                except NotBuilt:
                    at = 0
            if at >= log_seq:
                return
            now = time.monotonic()
            if at > seen:
                seen, patience, pause = at, now + STALLED_SECONDS, _LOOK_SECONDS[0]
            elif now > patience:
                raise Unavailable(f"The figures stand at entry {at} of {source}, {log_seq} is needed.")
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LOOK_SECONDS[1])


async def put_snapshot(conn: Connection, district_id: UUID, event: Event, version: int) -> None:
    """The row that serves the snapshot, written in the transaction that freezes it."""
    assert isinstance(event, SnapshotFrozen)
    snapshot = event.snapshot
    await conn.execute(
        "insert into releases (district_id, round_id, release, snapshot_id, school_id, day, as_of, log_seq, body) "
        "values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        district_id,
        snapshot.round_id,
        snapshot.release,
        snapshot.snapshot_id,
        snapshot.school_id,
        snapshot.day,
        snapshot.as_of,
        event.log_seq,
        snapshot.model_dump_json(),
    )
