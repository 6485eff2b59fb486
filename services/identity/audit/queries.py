from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from shared.database import Database


class AuditEntry(BaseModel):
    entry_id: UUID
    at: datetime
    kind: str
    person_id: UUID | None
    actor_id: UUID | None
    session_id: UUID | None
    address: str | None
    detail: dict[str, str | int | None]


async def page(
    db: Database, district_id: UUID, *, before: UUID | None, limit: int, kind: str | None, person_id: UUID | None
) -> list[AuditEntry]:
    """The district's entries, newest first, older than `before`."""
    async with db.reader(district_id) as conn:
        rows = await conn.fetch(
            "SELECT entry_id, at, kind, person_id, actor_id, session_id, address, detail FROM security_log"
            " WHERE district_id = $1 AND ($2::uuid IS NULL OR entry_id < $2)"
            " AND ($3::text IS NULL OR kind = $3) AND ($4::uuid IS NULL OR person_id = $4)"
            " ORDER BY entry_id DESC LIMIT $5",
            district_id,
            before,
            kind,
            person_id,
            limit,
        )
    return [AuditEntry.model_validate(dict(row)) for row in rows]
