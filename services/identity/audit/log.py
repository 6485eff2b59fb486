"""The security log's own writer: who came, who was turned away, who was given what. Never a secret."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Literal
from uuid import UUID

from asyncpg import Connection

from shared.messages import new_id

Kind = Literal[
    "sign_in",
    "sign_in_failed",
    "sign_in_limited",
    "sign_out",
    "sign_out_everywhere",
    "refresh_token_reused",
    "password_link_issued",
    "password_set",
    "oidc_refused",
    "account_created",
    "account_deactivated",
    "account_reactivated",
    "account_erased",
    "role_granted",
    "role_revoked",
    "district_registered",
    "district_settings_changed",
]


async def record(
    conn: Connection,
    kind: Kind,
    *,
    district_id: UUID,
    at: datetime,
    person_id: UUID | None = None,
    actor_id: UUID | None = None,
    session_id: UUID | None = None,
    address: str | None = None,
    role: str | None = None,
    school_id: UUID | None = None,
    method: str | None = None,
    sessions: int | None = None,
    reason: str | None = None,
) -> None:
    """`kind` happened: `person_id` is whom it is about, `actor_id` who did it, `address` where from."""
    detail = {"role": role, "school_id": school_id, "method": method, "sessions": sessions, "reason": reason}
    await conn.execute(
        "INSERT INTO security_log (entry_id, district_id, at, kind, person_id, actor_id, session_id, address, detail)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::text::jsonb)",
        new_id(),
        district_id,
        at,
        kind,
        person_id,
        actor_id,
        session_id,
        address,
        json.dumps({name: value for name, value in detail.items() if value is not None}, default=str),
    )
