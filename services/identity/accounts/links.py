"""One-time links with which people set their own password; only the hash of a link is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from services.identity.accounts import queries
from services.identity.audit.log import record
from services.identity.deps import Deps
from services.identity.seal import new_token, token_hash
from services.identity.sessions.passwords import check_rule
from shared.errors import NotFound, Refused
from shared.said import say


@dataclass(frozen=True, slots=True)
class Link:
    url: str
    expires_at: datetime


class PasswordLinks:
    def __init__(self, deps: Deps) -> None:
        self._deps = deps

    async def issue(self, person_id: UUID, district_id: UUID, *, by: UUID | None) -> Link:
        """A fresh link; the person's earlier ones stop working. Raises NotFound, Refused on a closed account.

        The token stands after the `#`: browsers send that part to no server, so it is in nobody's log.
        """
        token, now = new_token(), self._deps.clock()
        expires_at = now + timedelta(hours=self._deps.settings.link_hours)
        async with self._deps.db.writer(district_id) as conn:
            active = await conn.fetchval("SELECT active FROM accounts WHERE person_id = $1 FOR UPDATE", person_id)
            if active is None:
                raise NotFound(say("errors.no_account"))
            if not active:
                raise Refused("account_closed", say("errors.account_is_closed"), mend=say("errors.create_again"))
            await conn.execute("DELETE FROM password_links WHERE person_id = $1", person_id)
            await conn.execute(
                "INSERT INTO password_links (token_hash, district_id, person_id, expires_at) VALUES ($1, $2, $3, $4)",
                token_hash(token),
                district_id,
                person_id,
                expires_at,
            )
            await record(
                conn, "password_link_issued", district_id=district_id, at=now, person_id=person_id, actor_id=by
            )
        return Link(f"{self._deps.settings.public_url}/desk/password#token={token}", expires_at)

    async def redeem(self, token: str, password: str, *, address: str) -> None:
        """Sets the password and ends the person's sessions. Raises Refused when the link does not work
        (any more), Invalid when the password breaks the rule; then the link stays good."""
        async with self._deps.db.system() as conn:
            person_id = await conn.fetchval(
                "SELECT person_id FROM password_links WHERE token_hash = $1 AND expires_at > $2",
                token_hash(token),
                self._deps.clock(),
            )
            person = await queries.by_id(conn, person_id) if person_id else None
        if person is None or not person.active:
            raise _spent()
        await self.set(person, password, link=token_hash(token), address=address)

    async def set(
        self, person: queries.Person, password: str, *, link: bytes | None = None, address: str | None = None
    ) -> None:
        """Sets the password of `person`; with `link` only while that link is unspent."""
        check_rule(password, min_length=self._deps.settings.password_min_length, email=person.email, name=person.name)
        hashed, now = await self._deps.passwords.hash(password), self._deps.clock()
        async with self._deps.db.system() as conn:
            if link is not None:
                spent = await conn.fetchval(
                    "DELETE FROM password_links WHERE token_hash = $1 RETURNING person_id", link
                )
                if spent is None:
                    raise _spent()
            await conn.execute("DELETE FROM password_links WHERE person_id = $1", person.person_id)
            await conn.execute(
                "UPDATE accounts SET password_hash = $2 WHERE person_id = $1 AND active", person.person_id, hashed
            )
            await conn.execute(
                "UPDATE sessions SET ended_at = $2, ended_why = 'new password'"
                " WHERE person_id = $1 AND ended_at IS NULL",
                person.person_id,
                now,
            )
            await record(
                conn,
                "password_set",
                district_id=person.district_id,
                at=now,
                person_id=person.person_id,
                actor_id=person.person_id if link else None,
                address=address,
            )


def _spent() -> Refused:
    return Refused(
        "link_spent",
        say("errors.link_spent"),
        mend=say("errors.ask_link"),
    )
