from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from uuid import UUID

from asyncpg import Connection
from pydantic import BaseModel

from services.identity.accounts.commands import GrantBody
from shared.access import Grant, Role
from shared.database import Database

_GRANTS = (
    "coalesce((SELECT json_agg(json_build_object('role', g.role, 'school_id', g.school_id)"
    " ORDER BY g.role, g.school_id) FROM grants AS g WHERE g.person_id = a.person_id), '[]')"
)


def email_key(email: str) -> str:
    """One key for the ways of writing an address (case and Unicode form)."""
    return unicodedata.normalize("NFKC", email).strip().casefold()


class AccountView(BaseModel):
    person_id: UUID
    email: str | None
    name: str | None
    active: bool
    has_password: bool
    grants: list[GrantBody]
    version: int


@dataclass(frozen=True, slots=True)
class Person:
    """An account as sign-in needs it. `password_hash` is None without a password and on closed accounts."""

    person_id: UUID
    district_id: UUID
    district_name: str
    email: str
    name: str
    active: bool
    password_hash: str | None
    grants: tuple[Grant, ...]


_PERSON = (
    "SELECT a.person_id, a.district_id, d.name AS district_name, a.email, a.name, a.active,"  # noqa: S608 - no input
    f" CASE WHEN a.active THEN a.password_hash END AS password_hash, {_GRANTS} AS grants"
    " FROM accounts AS a JOIN districts AS d ON d.district_id = a.district_id"
)
_KNOWN = {role.value for role in Role}


def _person(row: dict[str, object]) -> Person:
    grants = [GrantBody.model_validate(g) for g in _listed(row["grants"]) if g["role"] in _KNOWN]
    return Person(**{**row, "grants": tuple(g.grant() for g in grants)})  # type: ignore[arg-type]  # columns are the fields


def _listed(grants: object) -> list[dict[str, str | None]]:
    assert isinstance(grants, list)
    return grants


async def by_email(conn: Connection, email: str) -> list[Person]:
    """The accounts of that address in every district: at sign-in the district is not known yet."""
    rows = await conn.fetch(f"{_PERSON} WHERE a.email_key = $1 ORDER BY a.person_id LIMIT 5", email_key(email))
    return [_person(dict(row)) for row in rows]


async def by_id(conn: Connection, person_id: UUID) -> Person | None:
    """None as well for an erased account."""
    row = await conn.fetchrow(f"{_PERSON} WHERE a.person_id = $1 AND a.email IS NOT NULL", person_id)
    return _person(dict(row)) if row else None


async def person_with_email(db: Database, district_id: UUID, email: str) -> UUID | None:
    async with db.reader(district_id) as conn:
        found: UUID | None = await conn.fetchval(
            "SELECT person_id FROM accounts WHERE district_id = $1 AND email_key = $2", district_id, email_key(email)
        )
    return found


async def page(
    db: Database, district_id: UUID, *, after: tuple[str, UUID] | None, limit: int, q: str | None
) -> list[AccountView]:
    """The district's accounts by e-mail address; erased ones come last. `q` is part of a name or address."""
    async with db.reader(district_id) as conn:
        rows = await conn.fetch(
            "SELECT a.person_id, a.email, a.name, a.active, a.version,"  # noqa: S608 - no input
            f" a.password_hash IS NOT NULL AS has_password, {_GRANTS} AS grants FROM accounts AS a"
            " WHERE a.district_id = $1"
            " AND ($2::text IS NULL OR (coalesce(a.email_key, '~'), a.person_id) > ($2, $3::uuid))"
            " AND ($4::text IS NULL OR position(lower($4) in lower(a.name) || ' ' || a.email_key) > 0)"
            " ORDER BY coalesce(a.email_key, '~'), a.person_id LIMIT $5",
            district_id,
            after[0] if after else None,
            after[1] if after else None,
            q or None,
            limit,
        )
    return [_view(dict(row)) for row in rows]


def _view(row: dict[str, object]) -> AccountView:
    return AccountView.model_validate({**row, "grants": [g for g in _listed(row["grants"]) if g["role"] in _KNOWN]})


def sort_key(account: AccountView) -> tuple[str, UUID]:
    return (email_key(account.email) if account.email else "~", account.person_id)


async def names(conn: Connection, person_ids: list[UUID]) -> dict[UUID, str]:
    rows = await conn.fetch(
        "SELECT person_id, name FROM accounts WHERE person_id = ANY($1) AND name IS NOT NULL", person_ids
    )
    return {r["person_id"]: r["name"] for r in rows}
