"""How an account's events change its tables, in the transaction that stores them."""

from __future__ import annotations

from uuid import UUID

import asyncpg
from asyncpg import Connection

from services.identity.accounts.events import (
    EVENTS,
    AccountCreated,
    AccountDeactivated,
    AccountErased,
    AccountReactivated,
    RoleGranted,
    RoleRevoked,
)
from services.identity.accounts.queries import email_key
from services.identity.audit.log import Kind, record
from services.identity.deps import Deps
from shared.errors import Refused
from shared.messages import CommandContext, Event
from shared.said import say
from shared.tables import Project

_KINDS: dict[type[Event], Kind] = {
    AccountCreated: "account_created",
    AccountReactivated: "account_reactivated",
    RoleGranted: "role_granted",
    RoleRevoked: "role_revoked",
    AccountDeactivated: "account_deactivated",
    AccountErased: "account_erased",
}


def project(deps: Deps, context: CommandContext, *, email: str = "", name: str = "") -> Project:
    """`email` and `name` are those of an account that opens: they are in no event."""

    async def apply(conn: Connection, district_id: UUID, event: Event, version: int) -> None:
        now = deps.clock()
        match event:
            case AccountCreated():
                await conn.execute(
                    "INSERT INTO accounts (person_id, district_id, active, version) VALUES ($1, $2, true, $3)",
                    event.person_id,
                    district_id,
                    version,
                )
                await describe(conn, event.person_id, email=email, name=name)
            case AccountReactivated():
                await conn.execute("UPDATE accounts SET active = true WHERE person_id = $1", event.person_id)
                await describe(conn, event.person_id, email=email, name=name)
            case RoleGranted():
                await conn.execute(
                    "INSERT INTO grants (person_id, district_id, role, school_id) VALUES ($1, $2, $3, $4)",
                    event.person_id,
                    district_id,
                    event.role,
                    event.school_id,
                )
            case RoleRevoked():
                await conn.execute(
                    "DELETE FROM grants WHERE person_id = $1 AND role = $2 AND school_id IS NOT DISTINCT FROM $3",
                    event.person_id,
                    event.role,
                    event.school_id,
                )
            case AccountDeactivated():
                await _shut(conn, event.person_id)
                await conn.execute(
                    "UPDATE sessions SET ended_at = $2, ended_why = 'account closed'"
                    " WHERE person_id = $1 AND ended_at IS NULL",
                    event.person_id,
                    now,
                )
            case AccountErased():
                await conn.execute(
                    "UPDATE accounts SET email = NULL, email_key = NULL, name = NULL WHERE person_id = $1",
                    event.person_id,
                )
        assert isinstance(event, EVENTS)
        await conn.execute("UPDATE accounts SET version = $2 WHERE person_id = $1", event.person_id, version)
        await record(
            conn,
            _KINDS[type(event)],
            district_id=district_id,
            at=now,
            person_id=event.person_id,
            actor_id=context.actor_id,
            role=event.role if isinstance(event, RoleGranted | RoleRevoked) else None,
            school_id=event.school_id if isinstance(event, RoleGranted | RoleRevoked) else None,
        )

    return apply


async def _shut(conn: Connection, person_id: UUID) -> None:
    await conn.execute("UPDATE accounts SET active = false, password_hash = NULL WHERE person_id = $1", person_id)
    await conn.execute("DELETE FROM password_links WHERE person_id = $1", person_id)
    await conn.execute("DELETE FROM oidc_subjects WHERE person_id = $1", person_id)


async def describe(conn: Connection, person_id: UUID, *, email: str, name: str) -> None:
    """Writes who the person is. Raises Refused when another account of the district has the address."""
    try:
        await conn.execute(
            "UPDATE accounts SET email = $2, email_key = $3, name = $4 WHERE person_id = $1"
            " AND (email, name) IS DISTINCT FROM ($2, $4)",
            person_id,
            email,
            email_key(email),
            name,
        )
    except asyncpg.UniqueViolationError:
        raise Refused(
            "email_taken",
            say("errors.email_taken", email=email),
            mend=say("errors.other_email"),
            where="email",
        ) from None
