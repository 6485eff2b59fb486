"""A held import while it waits: what it would do is put away, without the file, until somebody decides."""

from __future__ import annotations

import zlib
from uuid import UUID

from asyncpg import Connection
from pydantic import TypeAdapter

from services.scheduling.imports.events import Kind
from services.scheduling.imports.outcome import DirectoryPlan, Outcome, Plan
from services.scheduling.imports.report import ImportReport, Status, report
from services.scheduling.roster.model import ParsedRoster
from shared.errors import NotFound, Refused
from shared.said import say
from shared.tabular.problems import Problems

_ROSTER = TypeAdapter(ParsedRoster)
_DIRECTORY = TypeAdapter(DirectoryPlan)


def pack(plan: Plan) -> bytes:
    if isinstance(plan, DirectoryPlan):
        return zlib.compress(_DIRECTORY.dump_json(plan))
    return zlib.compress(_ROSTER.dump_json(plan))


def unpack(kind: Kind, data: bytes) -> Plan:
    body = zlib.decompress(data)
    return _DIRECTORY.validate_json(body) if kind == "schools" else _ROSTER.validate_json(body)


async def held_import(conn: Connection, import_id: UUID) -> tuple[ImportReport, bytes]:
    """The report and the plan of an import that waits. Raises NotFound, Refused."""
    row = await conn.fetchrow("select status, report, plan from imports where import_id = $1", import_id)
    if row is None:
        raise NotFound(say("refusals.no_import"))
    if row["status"] != "held":
        was = say(f"refusals.import_status.{row['status']}")
        raise Refused("decided", say("refusals.import_decided", status=was))
    return ImportReport.model_validate(row["report"]), row["plan"]


def again(kept: ImportReport, status: Status, plan: Plan, done: Outcome) -> ImportReport:
    """The report of a held import as it compares now; the file's problems are those of the first reading."""
    told = report(
        import_id=kept.import_id,
        kind=kept.kind,
        status=status,
        file_name=kept.file_name,
        sha256=kept.sha256,
        created_at=kept.created_at,
        plan=plan,
        done=done,
        problems=Problems(),
    )
    told.problems, told.problem_counts, told.problems_total = kept.problems, kept.problem_counts, kept.problems_total
    return told
