"""The reaction to RoundReleased: read what was known, compose, freeze. At least once, so repeatable."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from contextlib import nullcontext
from uuid import UUID, uuid5

import structlog
from asyncpg import Connection

from services.reporting.disclosure.auditor import not_proven
from services.reporting.disclosure.rule import RULES
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
from services.reporting.sections.again import Again, Beside, beside
from services.reporting.sections.attack import At
from services.reporting.sections.commands import FreezeSection
from services.reporting.sections.decide import SECTIONS, Sections
from services.reporting.sections.events import sections_stream
from services.reporting.sections.kept import Kept, keep, put_kept, read_kept, told_of
from services.reporting.sections.known import read_known, state_before, told_by, turn
from services.reporting.sections.queries import slot_kinds
from services.reporting.sections.visits import Visit, named_alike, visits_of
from services.rounds.contract import RoundReleased
from shared.command_handler import CommandHandler
from shared.database import Database
from shared.errors import Unavailable
from shared.eventstore.store import PostgresEventStore
from shared.messages import CommandContext, Event, PublishedEvent
from shared.reactions import reaction_context
from shared.said import say
from shared.tables import with_tables
from shared.tasks import end

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
            command, seen = await self._composed(event, published, before, context)
            handled = await self._handler.handle(stream, command, context)
            if isinstance(command, FreezeFigures) and handled.events:
                at = event.round_id, command.log_seq
                await self._keep({at: _kept(command.snapshot, command.told, seen)}, context)

    async def _composed(
        self, event: RoundReleased, published: PublishedEvent, before: Releases, context: CommandContext
    ) -> tuple[FreezeFigures | BlockRelease, Sequence[Visit]]:
        """What is to be frozen, and the visits behind it."""
        places = {place for group in before.told.values() for place in group}
        async with self._tables.complete(context.district_id, published.log_seq) as conn:
            facts = await facts_of(conn, event.round_id, published.log_seq)
            earlier = {p: await facts_of(conn, event.round_id, p) for p in places}
            rule = await read_rule(conn, context.district_id)
            released = await released_before(conn, event.round_id)
            seen = visits_of(facts, named_alike(await slot_kinds(conn, [event.round_id])))
        release = Release(
            uuid5(published.event_id, "snapshot"), event.release, published.log_seq, published.recorded_at, rule
        )
        await warm_up()
        snapshot, told = await asyncio.to_thread(compose, release, facts, before, earlier)
        # Read while the round's own audit has the solver; no section tells of a round that was not released before.
        reading = self._beside_sections(snapshot, told, seen, published.log_seq, context) if before.latest else _none()
        standing = asyncio.create_task(reading)
        try:
            ledger = Ledger(earlier, released, before.older)
            snapshot, findings = await audited(snapshot, told, (published.log_seq, facts), ledger)
            if not findings and (others := await standing) is not None:
                less, findings = await beside(snapshot, others)
                if less != snapshot and not findings:
                    snapshot, findings = await audited(less, told, (published.log_seq, facts), ledger)
        except NotProven as error:
            log.warning("an audit did not end", round=str(event.round_id), reason=str(error))
            findings = (not_proven(),)
        except AuditFailed as error:
            raise Unavailable(say("reporting.release_audit_silent", why=str(error))) from error
        finally:
            await end(standing)
        if findings:
            log.warning("a release is kept back", round=str(event.round_id), findings=[f.where for f in findings])
            blocked = BlockRelease(
                round_id=event.round_id,
                school_id=facts.school_id,
                release=event.release,
                day=facts.day,
                as_of=published.recorded_at,
                log_seq=published.log_seq,
                findings=findings,
            )
            return blocked, seen
        after = before.latest.snapshot_id if before.latest else None
        return FreezeFigures(snapshot=snapshot, log_seq=published.log_seq, told=told, after=after), seen

    async def _beside_sections(
        self,
        snapshot: Snapshot,
        told: Mapping[str, tuple[int, ...]],
        seen: Sequence[Visit],
        place: int,
        context: CommandContext,
    ) -> Beside | None:
        """What the release stands beside, where a section tells of the round as it was released before, and the release
        tells its statements anew."""
        if place not in told.get(STATEMENTS, ()):
            return None
        state, _ = await self._sections.load(sections_stream(context.district_id), context)
        sections = state.beside(snapshot.round_id)
        if not sections:
            return None
        kept = await self._kept({r for f in sections for r in f.places} | {snapshot.round_id}, context)

        def read() -> Beside:
            wanted = {at for f in sections for at in f.places.items()}
            wanted |= {(r, p) for r, held in kept.items() for p in [*held.values()][-1].places}
            this = snapshot.round_id, place
            rounds = told_of({(r, p): kept[r][p] for r, p in wanted} | {this: _kept(snapshot, told, seen)})
            release = Again(*this, rounds.pop(this).seen)
            before = {at: one.seen for at, one in rounds.items()}
            return Beside.of(release, [state_before(f, before) for f in sections], rounds)

        # A good part of a second for a large district: beside the loop that answers requests.
        return await asyncio.to_thread(read)

    async def _kept(self, rounds: Collection[UUID], context: CommandContext) -> dict[UUID, dict[int, Kept]]:
        """What stands behind each release of the rounds, by place; of what was frozen before it was kept, made of the
        facts, and kept from then on."""
        async with self._db.reader(context.district_id) as conn:
            kept, missing = await read_kept(conn, rounds)
        if not missing:
            return kept
        states = {r: (await self._handler.load(stream_of(r), context))[0] for r in missing}
        older = {(r, place) for r, state in states.items() for place in state.older}
        known = await read_known(self._tables, context.district_id, missing, (), older)
        again: dict[At, Kept] = {}
        for (r, place), told in known.rounds.items():
            rules = min(known.snapshots[r][place].rules, RULES - 1) if told.known else RULES
            school_id = known.facts[r, place].school_id
            again[r, place] = keep(school_id, states[r].told.get(STATEMENTS, ()), rules, told)
        await self._keep(again, context)
        return kept | {r: {place: again[r, place] for place in places} for r, places in missing.items()}

    async def _keep(self, kept: Mapping[At, Kept], context: CommandContext) -> None:
        async with self._db.writer(context.district_id) as conn:
            await put_kept(conn, context.district_id, kept)


async def _none() -> None:
    return None


def _kept(snapshot: Snapshot, told: Mapping[str, tuple[int, ...]], seen: Sequence[Visit]) -> Kept:
    return keep(snapshot.school_id, told.get(STATEMENTS, ()), RULES, told_by(snapshot, seen))


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
