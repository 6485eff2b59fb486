"""The reaction to RoundReleased: wait for the tables, compose, freeze. At least once, so repeatable."""

from __future__ import annotations

import asyncio
import time
from uuid import UUID, uuid5

import structlog
from asyncpg import Connection

from services.reporting.disclosure.solver import AuditFailed
from services.reporting.figures.intervals import warm_up
from services.reporting.projections.school_patterns.query import applied, read_facts, read_rule
from services.reporting.releases.commands import BlockRelease, FreezeFigures
from services.reporting.releases.decide import RELEASES, Releases
from services.reporting.releases.events import FINDINGS, ReleaseBlocked, SnapshotFrozen, stream_of
from services.reporting.releases.figures import Release, compose
from services.reporting.releases.gate import Ledger, audited
from services.reporting.releases.queries import released_before
from services.rounds.contract import RoundReleased
from shared.command_handler import CommandHandler
from shared.database import Database
from shared.errors import Unavailable
from shared.eventstore.store import PostgresEventStore
from shared.messages import CommandContext, Event, PublishedEvent
from shared.projections.builds import NotBuilt
from shared.reactions import reaction_context
from shared.tables import with_tables

log = structlog.get_logger(__name__)

STALLED_SECONDS = 45.0
_LOOK_SECONDS = (0.02, 0.5)


class Freezer:
    def __init__(self, db: Database, store: PostgresEventStore) -> None:
        self._db = db
        self._handler: CommandHandler[FreezeFigures | BlockRelease, Releases] = CommandHandler(
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
    ) -> FreezeFigures | BlockRelease | None:
        places = {place for group in before.told.values() for place in group}
        async with self._db.reader(context.district_id) as conn:
            facts = await read_facts(conn, event.round_id, published.log_seq)
            earlier = {p: f for p in places if (f := await read_facts(conn, event.round_id, p)) is not None}
            rule = await read_rule(conn, context.district_id)
            released = await released_before(conn, event.round_id)
        if facts is None:
            return None  # a round that was never opened has no figures
        release = Release(
            uuid5(published.event_id, "snapshot"), event.release, published.log_seq, published.recorded_at, rule
        )
        await warm_up()
        snapshot, told = await asyncio.to_thread(compose, release, facts, before, earlier)
        try:
            ledger = Ledger(earlier, released)
            snapshot, findings = await audited(snapshot, told, (published.log_seq, facts), ledger)
        except AuditFailed as error:
            raise Unavailable(f"The audit before the release gave no answer: {error}.") from error
        if findings:
            log.warning("a release is kept back", round=str(event.round_id), findings=[f.where for f in findings])
            return BlockRelease(
                round_id=event.round_id,
                school_id=facts.school_id,
                release=event.release,
                day=facts.day,
                as_of=published.recorded_at,
                log_seq=published.log_seq,
                findings=findings,
            )
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
    """The row that serves the snapshot (or says why there is none), written in the transaction that freezes it."""
    if isinstance(event, ReleaseBlocked):
        await conn.execute(
            "insert into blocked_releases (district_id, round_id, release, school_id, day, as_of, findings) "
            "values ($1, $2, $3, $4, $5, $6, $7)",
            district_id,
            event.round_id,
            event.release,
            event.school_id,
            event.day,
            event.as_of,
            FINDINGS.dump_json(event.findings).decode(),
        )
        return
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
