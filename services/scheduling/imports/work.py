"""One import from the file to the tables: parse and compare in a thread, then change all or nothing."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from asyncpg import Connection

from services.scheduling.deps import Deps
from services.scheduling.imports import tables
from services.scheduling.imports.events import ImportHeld, ImportRejected, Kind
from services.scheduling.imports.held import again, held_import, pack, unpack
from services.scheduling.imports.outcome import DirectoryPlan, Outcome, Plan, events_of, outcome
from services.scheduling.imports.report import ImportReport, Status, report, without_people
from services.scheduling.roster.model import ParsedRoster
from services.scheduling.roster.parse import parse as parse_roster
from services.scheduling.schools.parse import parse as parse_schools
from shared.errors import Conflict, Invalid, Refused
from shared.eventstore.port import NewEvent
from shared.messages import CommandContext
from shared.said import say
from shared.tabular.problems import Problems
from shared.uploads import Upload

RETRIES = 4


def stream(import_id: UUID) -> str:
    return f"import-{import_id}"


@dataclass(frozen=True, slots=True)
class _File:
    """A file that has been read, before it is compared with what is known."""

    import_id: UUID
    kind: Kind
    name: str
    sha256: str
    created_at: datetime
    plan: Plan
    problems: Problems

    def told(self, status: Status, done: Outcome | None, *, import_id: UUID | None) -> ImportReport:
        return report(
            import_id=import_id,
            kind=self.kind,
            status=status,
            file_name=self.name,
            sha256=self.sha256,
            created_at=self.created_at,
            plan=self.plan,
            done=done,
            problems=self.problems,
        )


@dataclass(frozen=True, slots=True)
class _Ready:
    """What an import will store, as compared with the tables when they held `applied` imports."""

    applied: int
    done: Outcome
    events: list[NewEvent]
    rows: tables.Rows


class Imports:
    def __init__(self, deps: Deps) -> None:
        self._deps = deps

    async def roster(self, upload: Upload, context: CommandContext, *, dry_run: bool) -> ImportReport:
        """Raises Invalid, with all problems, when the file has errors (a dry run reports them instead)."""
        problems = Problems()
        async with self._deps.db.reader(context.district_id) as conn:
            known = await tables.known_ids(conn)
            zone = await conn.fetchval("select timezone from districts where district_id = $1", context.district_id)
        today = self._deps.clock().astimezone(ZoneInfo(zone or "UTC")).date()
        plan = await asyncio.to_thread(parse_roster, upload.data, today=today, known=known, problems=problems)
        return await self._take("roster", upload, plan, problems, context, dry_run)

    async def schools(
        self, upload: Upload, context: CommandContext, *, district: str | None, full: bool, dry_run: bool
    ) -> ImportReport:
        """As `roster`. `district` picks one out of a state's file; `full`: schools not in it have closed."""
        problems = Problems()
        directory = await asyncio.to_thread(
            parse_schools, upload.name, upload.data, district=district, problems=problems
        )
        return await self._take("schools", upload, DirectoryPlan(directory, full), problems, context, dry_run)

    async def _take(
        self, kind: Kind, upload: Upload, plan: Plan, problems: Problems, context: CommandContext, dry_run: bool
    ) -> ImportReport:
        file = _File(
            import_id=uuid5(context.command_id, "import"),
            kind=kind,
            name=upload.name,
            sha256=hashlib.sha256(upload.data).hexdigest(),
            created_at=self._deps.clock(),
            plan=plan,
            problems=problems,
        )
        if problems.refuses:
            told = file.told("dry_run", None, import_id=None)
            if dry_run:
                return told
            first = told.problems[0]
            raise Invalid(
                say("refusals.not_imported", file=upload.name, why=first.say),
                mend=first.say_mend,
                where=first.file,
                problems=[p.model_dump() for p in told.problems],
                problems_total=told.problems_total,
            )
        if dry_run:
            async with self._deps.db.reader(context.district_id) as conn:
                known = await tables.known_district(conn, people=kind == "roster")
            done = await asyncio.to_thread(outcome, plan, known, context.district_id)
            return file.told("dry_run", done, import_id=None)
        return await self._apply(file, context)

    async def _apply(self, file: _File, context: CommandContext) -> ImportReport:
        for _ in range(RETRIES):
            ready = await self._prepare(file.plan, file.import_id, file.sha256, context)
            async with self._deps.db.writer(context.district_id) as conn:
                await self._lock(conn, file.import_id, context)
                earlier = await conn.fetchval("select report from imports where import_id = $1", file.import_id)
                if earlier is not None:
                    return ImportReport.model_validate(earlier)
                if await tables.applied(conn) == ready.applied:
                    return await self._store(conn, file, ready, context)
        raise _others_import()

    async def _store(self, conn: Connection, file: _File, ready: _Ready, context: CommandContext) -> ImportReport:
        done = ready.done
        if done.held_because:
            told = file.told("held", done, import_id=file.import_id)
            held = ImportHeld(
                import_id=file.import_id,
                kind=file.kind,
                sha256=file.sha256,
                schools=done.school_counts,
                people=done.people_counts,
            )
            await self._append(conn, file.import_id, [NewEvent.of(held)], 0, context)
            await self._keep(conn, told, context, await asyncio.to_thread(pack, file.plan))
            return told
        same = await conn.fetchval(_SAME_FILE, file.kind, file.sha256)
        if done.empty and same is not None:
            return file.told("applied", done, import_id=same)
        told = file.told("applied", done, import_id=file.import_id)
        told.decided_at = self._deps.clock()
        await self._append(conn, file.import_id, ready.events, 0, context)
        await tables.write(conn, context.district_id, ready.rows)
        await self._keep(conn, told, context, None)
        return told

    async def approve(self, import_id: UUID, context: CommandContext) -> ImportReport:
        """Applies a held import to what is known now. Raises Refused when it was decided, or when a newer
        file of its kind came in since: that one knows better."""
        for _ in range(RETRIES):
            async with self._deps.db.reader(context.district_id) as conn:
                kept, packed = await held_import(conn, import_id)
            plan = await asyncio.to_thread(unpack, kept.kind, packed)
            ready = await self._prepare(plan, import_id, kept.sha256, context)
            async with self._deps.db.writer(context.district_id) as conn:
                await self._lock(conn, import_id, context)
                await held_import(conn, import_id)
                if await conn.fetchval(_NEWER, kept.kind, kept.created_at):
                    raise Refused(
                        "superseded",
                        say("refusals.newer_file"),
                        mend=say("refusals.reject_this"),
                    )
                if await tables.applied(conn) != ready.applied:
                    continue
                told = again(kept, "applied", plan, ready.done)
                await self._append(conn, import_id, ready.events, 1, context)
                await tables.write(conn, context.district_id, ready.rows)
                return await self._decided(conn, told)
        raise _others_import()

    async def reject(self, import_id: UUID, context: CommandContext) -> ImportReport:
        """Throws a held import away. Raises Refused when it was decided."""
        async with self._deps.db.writer(context.district_id) as conn:
            await self._lock(conn, import_id, context)
            kept, _ = await held_import(conn, import_id)
            event = NewEvent.of(ImportRejected(import_id=import_id, kind=kept.kind))
            await self._append(conn, import_id, [event], 1, context)
            return await self._decided(conn, kept.model_copy(update={"status": "rejected"}))

    async def _decided(self, conn: Connection, told: ImportReport) -> ImportReport:
        told.decided_at = self._deps.clock()
        await conn.execute(
            "update imports set status = $2, report = $3, decided_at = $4, plan = null where import_id = $1",
            told.import_id,
            told.status,
            without_people(told).model_dump_json(),
            told.decided_at,
        )
        return told

    async def held_outcome(self, kept: ImportReport, plan: bytes, context: CommandContext) -> ImportReport:
        """A held import as it would be now, with names: what somebody must see before approving it."""
        unpacked = await asyncio.to_thread(unpack, kept.kind, plan)
        async with self._deps.db.reader(context.district_id) as conn:
            known = await tables.known_district(conn, people=kept.kind == "roster")
        done = await asyncio.to_thread(outcome, unpacked, known, context.district_id)
        return again(kept, "held", unpacked, done)

    async def _lock(self, conn: Connection, import_id: UUID, context: CommandContext) -> None:
        """One import of a district at a time: each is compared with what the one before it left."""
        await self._deps.store.lock_streams(conn, [f"imports-{context.district_id}", stream(import_id)])

    async def _prepare(self, plan: Plan, import_id: UUID, sha256: str, context: CommandContext) -> _Ready:
        """Compares outside any writing transaction: that would be ended as idle while a large file is compared."""
        async with self._deps.db.reader(context.district_id) as conn:
            applied = await tables.applied(conn)  # before the rest: what comes in between is then noticed
            known = await tables.known_district(conn, people=isinstance(plan, ParsedRoster))

        def compare() -> _Ready:
            done = outcome(plan, known, context.district_id)
            events = [NewEvent.of(e) for e in events_of(done, import_id, sha256)]
            return _Ready(applied, done, events, tables.rows_of(done))

        return await asyncio.to_thread(compare)

    async def _append(
        self, conn: Connection, import_id: UUID, events: list[NewEvent], expected: int, context: CommandContext
    ) -> None:
        await self._deps.store.append_in(conn, stream(import_id), events, expected=expected, context=context)

    async def _keep(self, conn: Connection, told: ImportReport, context: CommandContext, plan: bytes | None) -> None:
        await conn.execute(
            _KEEP,
            told.import_id,
            context.district_id,
            told.kind,
            told.status,
            told.sha256,
            told.file_name,
            told.created_at,
            told.decided_at,
            without_people(told).model_dump_json(),
            plan,
        )


def _others_import() -> Conflict:
    return Conflict(say("refusals.other_imports"), mend=say("errors.try_again"))


_SAME_FILE = """
select import_id from imports where kind = $1 and sha256 = $2 and status = 'applied' order by created_at desc limit 1
"""
_NEWER = "select exists (select from imports where kind = $1 and status = 'applied' and created_at > $2)"
_KEEP = """
insert into imports (
    import_id, district_id, kind, status, sha256, file_name, created_at, decided_at, report, plan
) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
"""
