"""The reaction to RoundReleased: read what was known, compose, freeze. At least once, so repeatable."""

from __future__ import annotations

import asyncio
from contextlib import nullcontext
from uuid import UUID, uuid5

import structlog
from asyncpg import Connection

from services.reporting.disclosure.auditor import Finding, not_proven
from services.reporting.disclosure.solver import AuditFailed, NotProven
from services.reporting.figures.intervals import warm_up
from services.reporting.projections.school_patterns.complete import Tables
from services.reporting.projections.school_patterns.query import facts_of, read_rule
from services.reporting.releases.commands import BlockRelease, FreezeFigures
from services.reporting.releases.decide import RELEASES, Releases
from services.reporting.releases.difference import STATEMENTS
from services.reporting.releases.events import FINDINGS, ReleaseBlocked, SnapshotFrozen, stream_of
from services.reporting.releases.figures import Release, compose
from services.reporting.releases.gate import Ledger, audited
from services.reporting.releases.queries import released_before
from services.reporting.releases.snapshot import Snapshot
from services.reporting.sections.again import Again, beside
from services.reporting.sections.commands import FreezeSection
from services.reporting.sections.decide import SECTIONS, Sections
from services.reporting.sections.events import sections_stream
from services.reporting.sections.known import read_known, state_before, turn
from services.rounds.contract import RoundReleased
from shared.command_handler import CommandHandler
from shared.database import Database
from shared.errors import Unavailable
from shared.eventstore.store import PostgresEventStore
from shared.messages import CommandContext, Event, PublishedEvent
from shared.reactions import reaction_context
from shared.tables import with_tables

log = structlog.get_logger(__name__)


class Freezer:
    def __init__(self, db: Database, store: PostgresEventStore, tables: Tables) -> None:
        self._db, self._tables = db, tables
        self._sections: CommandHandler[FreezeSection, Sections] = CommandHandler(store, SECTIONS)
        self._handler: CommandHandler[FreezeFigures | BlockRelease, Releases] = CommandHandler(
            store, RELEASES, append=with_tables(db, store, put_snapshot)
        )

    async def on_released(self, event: RoundReleased, published: PublishedEvent) -> None:
        """Freezes the figures of the release as of the event's own place in the log.

        Raises Unavailable when the tables stop moving before they get there, or lack the round; the toolkit comes
        again, and puts the release before the operator in the end.
        """
        context = reaction_context(published)
        stream = stream_of(event.round_id)
        before, _ = await self._handler.load(stream, context)
        if before.number >= event.release:
            return
        async with turn(self._db, context.district_id) if before.latest else nullcontext():
            await self._handler.handle(stream, await self._composed(event, published, before, context), context)

    async def _composed(
        self, event: RoundReleased, published: PublishedEvent, before: Releases, context: CommandContext
    ) -> FreezeFigures | BlockRelease:
        places = {place for group in before.told.values() for place in group}
        async with self._tables.complete(context.district_id, published.log_seq) as conn:
            facts = await facts_of(conn, event.round_id, published.log_seq)
            earlier = {p: await facts_of(conn, event.round_id, p) for p in places}
            rule = await read_rule(conn, context.district_id)
            released = await released_before(conn, event.round_id)
        release = Release(
            uuid5(published.event_id, "snapshot"), event.release, published.log_seq, published.recorded_at, rule
        )
        await warm_up()
        snapshot, told = await asyncio.to_thread(compose, release, facts, before, earlier)
        try:
            ledger = Ledger(earlier, released, before.older)
            snapshot, findings = await audited(snapshot, told, (published.log_seq, facts), ledger)
            if not findings and published.log_seq in told.get(STATEMENTS, ()):
                less, findings = await self._beside_sections(snapshot, before, published.log_seq, context)
                if less != snapshot and not findings:
                    snapshot, findings = await audited(less, told, (published.log_seq, facts), ledger)
        except NotProven as error:
            log.warning("an audit did not end", round=str(event.round_id), reason=str(error))
            findings = (not_proven(),)
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

    async def _beside_sections(
        self, snapshot: Snapshot, before: Releases, at: int, context: CommandContext
    ) -> tuple[Snapshot, tuple[Finding, ...]]:
        """What `beside` makes of it, where a section tells of the round as it was released before."""
        state, _ = await self._sections.load(sections_stream(context.district_id), context)
        sections = state.beside(snapshot.round_id)
        if not sections:
            return snapshot, ()
        told: dict[UUID, tuple[int, ...]] = {snapshot.round_id: (*before.told.get(STATEMENTS, ()), at)}
        older = {(snapshot.round_id, place) for place in before.older}
        for round_id in {r for f in sections for r in f.places} - {snapshot.round_id}:
            other, _ = await self._handler.load(stream_of(round_id), context)
            told[round_id] = other.told.get(STATEMENTS, ())
            older |= {(round_id, place) for place in other.older}
        known = await read_known(self._tables, context.district_id, told, sections, older)
        release = Again(snapshot.round_id, at, known.visits[snapshot.round_id, at])
        rounds = {key: one for key, one in known.rounds.items() if key != (snapshot.round_id, at)}
        return await beside(release, snapshot, [state_before(f, known) for f in sections], rounds)


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
