"""Reads of frozen snapshots."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from asyncpg import Connection
from pydantic import BaseModel, ConfigDict, TypeAdapter

from services.reporting.disclosure.auditor import Finding, Kind, table_of
from services.reporting.figures.tables import Definition
from services.reporting.projections.school_patterns.query import ALWAYS
from services.reporting.releases.events import FINDINGS
from services.reporting.releases.older import read_snapshot
from services.reporting.releases.snapshot import Snapshot

DEFINITION: TypeAdapter[Definition] = TypeAdapter(Definition)


class ReleaseLine(BaseModel):
    """One release in a list. `as_of`: when its newest event was recorded."""

    model_config = ConfigDict(frozen=True)
    snapshot_id: UUID
    round_id: UUID
    release: int
    day: date
    as_of: datetime


def line_of(snapshot: Snapshot) -> ReleaseLine:
    return ReleaseLine(
        snapshot_id=snapshot.snapshot_id,
        round_id=snapshot.round_id,
        release=snapshot.release,
        day=snapshot.day,
        as_of=snapshot.as_of,
    )


class Reason(BaseModel):
    """Why a release was kept back, of which table (null: of all). `code`, `definition` and `subject` are for
    translation, `text` and `mend` are plain English. No count is named, no answer and nobody."""

    model_config = ConfigDict(frozen=True)
    code: Kind
    definition: Definition | None
    subject: str | None
    text: str
    mend: str

    @classmethod
    def of(cls, finding: Finding) -> Reason:
        definition, subject = table_of(finding.where) if finding.where.count("|") == 2 else ("", "")
        known = DEFINITION.validate_python(definition) if definition else None
        return cls(code=finding.kind, definition=known, subject=subject or None, text=finding.text, mend=finding.mend)


class BlockedRelease(BaseModel):
    """A release that the audit kept back, and why: each reason once."""

    model_config = ConfigDict(frozen=True)
    round_id: UUID
    release: int
    day: date
    as_of: datetime
    reasons: tuple[Reason, ...]


async def find_release(conn: Connection, round_id: UUID, release: int | None, at: datetime = ALWAYS) -> str | None:
    """The JSON of a round's release (the newest without a number) as it was known at `at`, as its readers have it; or
    None."""
    found = await conn.fetchval(
        "select body from releases where round_id = $1 and ($2::int is null or release = $2) and as_of < $3 "
        "order by release desc limit 1",
        round_id,
        release,
        at,
    )
    if found is None:
        return None
    read = read_snapshot(str(found))
    return str(found) if read.older is None else read.model_dump_json()


async def released_before(conn: Connection, round_id: UUID) -> dict[int, Snapshot]:
    """Every release of a round as it was frozen, by its place in the log of rounds: for the audit, for no reader."""
    rows = await conn.fetch("select log_seq, body from releases where round_id = $1", round_id)
    return {r["log_seq"]: Snapshot.model_validate_json(r["body"]) for r in rows}


async def blocked_of_school(conn: Connection, school_id: UUID, at: datetime = ALWAYS) -> list[BlockedRelease]:
    """Releases that the audit kept back and that no later release of the same round has replaced."""
    rows = await conn.fetch(
        "select b.round_id, b.release, b.day, b.as_of, b.findings from blocked_releases as b "
        "where b.school_id = $1 and b.as_of < $2 and not exists (select from releases as r "
        "where r.round_id = b.round_id and r.release > b.release and r.as_of < $2) order by b.as_of desc limit 20",
        school_id,
        at,
    )
    found = [(r, FINDINGS.validate_json(r["findings"])) for r in rows]
    return [
        BlockedRelease(
            round_id=r["round_id"],
            release=r["release"],
            day=r["day"],
            as_of=r["as_of"],
            reasons=tuple(dict.fromkeys(Reason.of(f) for f in findings)),
        )
        for r, findings in found
    ]


async def of_school(conn: Connection, school_id: UUID, at: datetime = ALWAYS, limit: int = 100) -> list[ReleaseLine]:
    """A school's releases as they were known at `at`, newest round and release first."""
    rows = await conn.fetch(
        "select snapshot_id, round_id, release, day, as_of from releases where school_id = $1 and as_of < $3 "
        "order by day desc, round_id, release desc limit $2",
        school_id,
        limit,
        at,
    )
    return [ReleaseLine(**dict(r)) for r in rows]


async def newest_of_schools(
    conn: Connection, school_ids: Sequence[UUID], at: datetime = ALWAYS
) -> dict[UUID, Snapshot]:
    """The newest snapshot of each school that has one."""
    rows = await conn.fetch(
        "select distinct on (school_id) school_id, body from releases "
        "where school_id = any($1::uuid[]) and as_of < $2 order by school_id, day desc, round_id, release desc",
        list(school_ids),
        at,
    )
    return {r["school_id"]: read_snapshot(r["body"]) for r in rows}


async def newest_of_rounds(conn: Connection, school_id: UUID, at: datetime = ALWAYS, limit: int = 12) -> list[Snapshot]:
    """The newest release of each of a school's newest rounds, oldest round first."""
    rows = await conn.fetch(
        "select body from (select distinct on (day, round_id) day, round_id, body from releases "
        "where school_id = $1 and as_of < $2 order by day desc, round_id, release desc limit $3) as newest "
        "order by day, round_id",
        school_id,
        at,
        limit,
    )
    return [read_snapshot(r["body"]) for r in rows]


async def rounds_until(conn: Connection, snapshot: Snapshot, at: datetime = ALWAYS) -> list[Snapshot]:
    """The same until the round of `snapshot`, which stands for its own."""
    found = await newest_of_rounds(conn, snapshot.school_id, at)
    earlier = [s for s in found if s.round_id != snapshot.round_id and s.day <= snapshot.day]
    return [*earlier, snapshot]


async def round_before(conn: Connection, snapshot: Snapshot) -> Snapshot | None:
    """The school's round before that of `snapshot`, as it was known when `snapshot` was released: the same for
    ever, whoever asks and whenever."""
    return (await rounds_before(conn, [snapshot])).get(snapshot.school_id)


async def rounds_before(conn: Connection, snapshots: Sequence[Snapshot]) -> dict[UUID, Snapshot]:
    """The same for the snapshots of several schools, one each, by school."""
    rows = await conn.fetch(
        "select asked.school_id, before.body "
        "from unnest($1::uuid[], $2::date[], $3::timestamptz[]) as asked (school_id, day, as_of) "
        "cross join lateral (select body from releases as r where r.school_id = asked.school_id and r.day < asked.day "
        "and r.as_of <= asked.as_of order by r.day desc, r.round_id, r.release desc limit 1) as before",
        [s.school_id for s in snapshots],
        [s.day for s in snapshots],
        [s.as_of for s in snapshots],
    )
    return {r["school_id"]: read_snapshot(r["body"]) for r in rows}


async def releases_in_order(
    conn: Connection, after: tuple[date, UUID, int] | None, limit: int, at: datetime = ALWAYS
) -> list[Snapshot]:
    """Every release of the district, by day, round and number."""
    day, round_id, release = after or (None, None, None)
    rows = await conn.fetch(
        "select body from releases where as_of < $5 "
        "and ($1::date is null or (day, round_id, release) > ($1, $2::uuid, $3::int)) "
        "order by day, round_id, release limit $4",
        day,
        round_id,
        release,
        limit,
        at,
    )
    return [read_snapshot(r["body"]) for r in rows]


async def newest_between(conn: Connection, since: date | None, until: date | None, at: datetime) -> list[Snapshot]:
    """The newest release of each school's newest round in the period, by school."""
    rows = await conn.fetch(
        "select distinct on (school_id) body from releases where as_of < $3 and ($1::date is null or day >= $1) "
        "and ($2::date is null or day <= $2) order by school_id, day desc, round_id, release desc",
        since,
        until,
        at,
    )
    return [read_snapshot(r["body"]) for r in rows]
