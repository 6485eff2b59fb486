"""One import from the file to the tables: parse and compare in a thread, then change all or nothing."""

from __future__ import annotations

import asyncio
import hashlib
import zlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from asyncpg import Connection
from pydantic import TypeAdapter

from services.scheduling.deps import Deps
from services.scheduling.imports import tables
from services.scheduling.imports.events import ImportHeld, ImportRejected, Kind
from services.scheduling.imports.outcome import DirectoryPlan, Outcome, Plan, events_of, outcome
from services.scheduling.imports.report import ImportReport, Status, report, without_people
from services.scheduling.roster.model import ParsedRoster
from services.scheduling.roster.parse import parse as parse_roster
from services.scheduling.schools.parse import parse as parse_schools
from shared.errors import Invalid, NotFound, Refused
from shared.eventstore.port import NewEvent
from shared.messages import CommandContext, Event
from shared.tabular.problems import Problems
from shared.uploads import Upload

_ROSTER = TypeAdapter(ParsedRoster)
_DIRECTORY = TypeAdapter(DirectoryPlan)
_Decision = Callable[[Connection, ImportReport, Plan], Awaitable[ImportReport]]


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
                f"{upload.name} was not imported: {first.detail}",
                mend=first.mend,
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
        async with self._deps.db.writer(context.district_id) as conn:
            await self._lock(conn, file.import_id, context)
            earlier = await conn.fetchval("select report from imports where import_id = $1", file.import_id)
            if earlier is not None:
                return ImportReport.model_validate(earlier)
            done = await self._compare(conn, file.plan, context)
            if done.held_because:
                told = file.told("held", done, import_id=file.import_id)
                held = ImportHeld(
                    import_id=file.import_id,
                    kind=file.kind,
                    sha256=file.sha256,
                    schools=done.school_counts,
                    people=done.people_counts,
                )
                await self._append(conn, file.import_id, [held], 0, context)
                await self._keep(conn, told, context, pack(file.plan))
                return told
            same = await conn.fetchval(_SAME_FILE, file.kind, file.sha256)
            if done.empty and same is not None:
                return file.told("applied", done, import_id=same)
            told = file.told("applied", done, import_id=file.import_id)
            told.decided_at = self._deps.clock()
            events = await asyncio.to_thread(list, events_of(done, file.import_id, file.sha256))
            await self._append(conn, file.import_id, events, 0, context)
            await tables.write(conn, context.district_id, done)
            await self._keep(conn, told, context, None)
            return told

    async def approve(self, import_id: UUID, context: CommandContext) -> ImportReport:
        """Applies a held import to what is known now. Raises Refused when it was decided, or when a newer
        file of its kind came in since: that one knows better."""

        async def do(conn: Connection, kept: ImportReport, plan: Plan) -> ImportReport:
            newer = await conn.fetchval(_NEWER, kept.kind, kept.created_at)
            if newer:
                raise Refused(
                    "superseded",
                    "A newer file was imported since this one was held.",
                    mend="Reject this one; import the newest file again if it lacks something.",
                )
            done = await self._compare(conn, plan, context)
            told = report(
                import_id=import_id,
                kind=kept.kind,
                status="applied",
                file_name=kept.file_name,
                sha256=kept.sha256,
                created_at=kept.created_at,
                plan=plan,
                done=done,
                problems=Problems(),
            )
            told.problems, told.problem_counts = kept.problems, kept.problem_counts
            told.problems_total = kept.problems_total
            events = await asyncio.to_thread(list, events_of(done, import_id, kept.sha256))
            await self._append(conn, import_id, events, 1, context)
            await tables.write(conn, context.district_id, done)
            return told

        return await self._decide(import_id, context, do)

    async def reject(self, import_id: UUID, context: CommandContext) -> ImportReport:
        async def do(conn: Connection, kept: ImportReport, plan: Plan) -> ImportReport:
            event = ImportRejected(import_id=import_id, kind=kept.kind)
            await self._append(conn, import_id, [event], 1, context)
            return kept.model_copy(update={"status": "rejected"})

        return await self._decide(import_id, context, do)

    async def _decide(self, import_id: UUID, context: CommandContext, do: _Decision) -> ImportReport:
        async with self._deps.db.writer(context.district_id) as conn:
            await self._lock(conn, import_id, context)
            row = await conn.fetchrow("select status, report, plan from imports where import_id = $1", import_id)
            if row is None:
                raise NotFound("There is no such import.")
            if row["status"] != "held":
                raise Refused("decided", f"This import is not waiting: it was {row['status']}.")
            kept = ImportReport.model_validate(row["report"])
            plan = await asyncio.to_thread(unpack, kept.kind, row["plan"])
            told = await do(conn, kept, plan)
            told.decided_at = self._deps.clock()
            await conn.execute(
                "update imports set status = $2, report = $3, decided_at = $4, plan = null where import_id = $1",
                import_id,
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
        told = report(
            import_id=kept.import_id,
            kind=kept.kind,
            status="held",
            file_name=kept.file_name,
            sha256=kept.sha256,
            created_at=kept.created_at,
            plan=unpacked,
            done=done,
            problems=Problems(),
        )
        told.problems, told.problem_counts = kept.problems, kept.problem_counts
        told.problems_total = kept.problems_total
        return told

    async def _lock(self, conn: Connection, import_id: UUID, context: CommandContext) -> None:
        """One import of a district at a time: each is compared with what the one before it left."""
        await self._deps.store.lock_streams(conn, [f"imports-{context.district_id}", stream(import_id)])

    async def _compare(self, conn: Connection, plan: Plan, context: CommandContext) -> Outcome:
        known = await tables.known_district(conn, people=isinstance(plan, ParsedRoster))
        return await asyncio.to_thread(outcome, plan, known, context.district_id)

    async def _append(
        self, conn: Connection, import_id: UUID, events: list[Event], expected: int, context: CommandContext
    ) -> None:
        new = await asyncio.to_thread(lambda: [NewEvent.of(e) for e in events])
        await self._deps.store.append_in(conn, stream(import_id), new, expected=expected, context=context)

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


def pack(plan: Plan) -> bytes:
    if isinstance(plan, DirectoryPlan):
        return zlib.compress(_DIRECTORY.dump_json(plan))
    return zlib.compress(_ROSTER.dump_json(plan))


def unpack(kind: Kind, data: bytes) -> Plan:
    body = zlib.decompress(data)
    return _DIRECTORY.validate_json(body) if kind == "schools" else _ROSTER.validate_json(body)


_SAME_FILE = """
select import_id from imports where kind = $1 and sha256 = $2 and status = 'applied' order by created_at desc limit 1
"""
_NEWER = "select exists (select from imports where kind = $1 and status = 'applied' and created_at > $2)"
_KEEP = """
insert into imports (
    import_id, district_id, kind, status, sha256, file_name, created_at, decided_at, report, plan
) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
"""
