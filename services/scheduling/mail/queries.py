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


# Who meets whom in a coaching cycle is theirs: of such a mail an administrator sees that it is there and how it fares.
_SELECT = """
select m.mail_id, m.kind, case when c.theirs then m.mail_id else m.about end as about,
       case when c.theirs then '(confidential)' else m.subject end as subject,
       case when c.theirs then '' else m.body end as body, m.method,
       case when c.theirs then null else m.calendar end as calendar, m.state, m.created_at, m.due_at, m.attempts,
       m.ended_at,
       case when c.theirs and m.error is not null then 'it could not be delivered' else m.error end as error,
       case when c.theirs then null else m.person_id end as person_id,
       case when c.theirs then '(confidential)'
            else coalesce(p.given_name || ' ' || p.family_name, '(erased)') end as name
from mail_outbox m
left join people p using (person_id)
cross join lateral (
    select exists (
        select from appointments a where a.about = m.about and a.kind not in ('round', 'follow_up')
    ) as theirs
) c
"""
_PAGE = f"""{_SELECT}
where ($1::text is null or m.state = $1)
  and ($2::timestamptz is null or (m.created_at, m.mail_id) < ($2, $3::uuid))
order by m.created_at desc, m.mail_id desc limit $4
"""
