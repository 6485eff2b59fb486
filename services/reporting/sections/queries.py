"""Reads of frozen sections and of what they are made of, and the row that serves one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from asyncpg import Connection
from pydantic import BaseModel, ConfigDict

from services.reporting.projections.school_patterns.query import NAME
from services.reporting.sections.events import SectionFrozen
from shared.messages import Event
from shared.projections.builds import use_live


class SectionLine(BaseModel):
    """One section in a list."""

    model_config = ConfigDict(frozen=True)
    section_id: UUID
    since: date
    until: date
    release: int
    as_of: datetime


async def sections_at(conn: Connection, at: datetime) -> list[SectionLine]:
    """Every section as they were known at `at`: newest period and release first."""
    rows = await conn.fetch(
        "select section_id, since, until, release, as_of from sections where as_of < $1 "
        "order by since desc, release desc limit 500",
        at,
    )
    return [SectionLine(**dict(r)) for r in rows]


async def find_section(conn: Connection, section_id: UUID) -> str | None:
    """The JSON of a section as it was frozen."""
    found = await conn.fetchval("select body from sections where section_id = $1", section_id)
    return None if found is None else str(found)


async def rounds_between(conn: Connection, since: date, until: date) -> dict[UUID, int]:
    """The rounds of a period that were released, each with its newest release's place in the log of rounds."""
    rows = await conn.fetch(
        "select distinct on (round_id) round_id, log_seq from releases where day between $1 and $2 "
        "order by round_id, release desc",
        since,
        until,
    )
    return {r["round_id"]: r["log_seq"] for r in rows}


async def slot_kinds(conn: Connection, round_ids: Sequence[UUID]) -> list[tuple[UUID, str, str]]:
    """Slot, grade band and subject of every visit."""
    await use_live(conn, NAME)
    rows = await conn.fetch(
        "select distinct on (slot_id) slot_id, grade_band, subject from visit where round_id = any($1::uuid[]) "
        "order by slot_id, log_seq, observer_id",
        list(round_ids),
    )
    return [(r["slot_id"], r["grade_band"], r["subject"]) for r in rows]


async def put_section(conn: Connection, district_id: UUID, event: Event, version: int) -> None:
    """Written in the transaction that freezes it."""
    assert isinstance(event, SectionFrozen)
    section = event.section
    await conn.execute(
        "insert into sections (district_id, section_id, since, until, release, as_of, body) "
        "values ($1, $2, $3, $4, $5, $6, $7)",
        district_id,
        section.section_id,
        section.since,
        section.until,
        section.release,
        section.as_of,
        section.model_dump_json(),
    )
