"""What the outbox holds, and who its mail goes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from asyncpg import Connection

from shared.database import Database


async def addresses(conn: Connection, people: Sequence[UUID]) -> Mapping[UUID, tuple[str, str | None]]:
    """Name and address of each person who is known; of an erased one, neither."""
    rows = await conn.fetch(
        "select person_id, given_name || ' ' || family_name as name, email from people "
        "where person_id = any($1) and active",
        list(people),
    )
    return {r["person_id"]: (r["name"], r["email"]) for r in rows}


async def page(
    db: Database, district_id: UUID, *, state: str | None, after: tuple[datetime, UUID] | None, limit: int
) -> list[dict[str, Any]]:
    """The newest first."""
    async with db.reader(district_id) as conn:
        rows = await conn.fetch(_PAGE, state, *(after or (None, None)), limit)
    return [dict(r) for r in rows]


async def counts(db: Database, district_id: UUID) -> dict[str, int]:
    async with db.reader(district_id) as conn:
        rows = await conn.fetch("select state, count(*) as mails from mail_outbox group by state")
    return {r["state"]: r["mails"] for r in rows}


async def one(db: Database, district_id: UUID, mail_id: UUID) -> dict[str, Any] | None:
    async with db.reader(district_id) as conn:
        row = await conn.fetchrow(f"{_SELECT} where m.mail_id = $1", mail_id)
    return dict(row) if row else None


_SELECT = """
select m.mail_id, m.kind, m.about, m.subject, m.body, m.method, m.calendar, m.state, m.created_at, m.due_at,
       m.attempts, m.ended_at, m.error, m.person_id, coalesce(p.given_name || ' ' || p.family_name, '(erased)') as name
from mail_outbox m left join people p using (person_id)
"""
_PAGE = f"""{_SELECT}
where ($1::text is null or m.state = $1)
  and ($2::timestamptz is null or (m.created_at, m.mail_id) < ($2, $3::uuid))
order by m.created_at desc, m.mail_id desc limit $4
"""
