"""A session is a sign-in on one device. It lives by refresh tokens, each good until its successor is used.

Signing out ends the session at once: nothing can be refreshed any more. Access tokens that are about
live on until they expire (ten minutes at most), because services verify them offline.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from services.identity.accounts import queries
from services.identity.accounts.queries import Person
from services.identity.audit.log import record
from services.identity.deps import Deps
from services.identity.seal import new_token, token_hash
from services.identity.sessions.keys import KeyRing
from shared.access import Actor
from shared.errors import Forbidden, Unauthenticated
from shared.said import say
from shared.tokens import LIFETIME_SECONDS, sign_token

_COPIED = """
    SELECT EXISTS (
        SELECT FROM refresh_tokens AS t JOIN refresh_tokens AS next ON next.used_at IS NOT NULL
           AND (next.follows = t.token_hash OR (next.follows = t.follows AND next.token_hash <> t.token_hash))
         WHERE t.token_hash = $1)
"""  # a successor of the token came back, or another successor of the one that it follows


@dataclass(frozen=True, slots=True)
class Tokens:
    person: Person
    session_id: UUID
    access: str
    access_seconds: int
    refresh: str
    refresh_seconds: int


class Sessions:
    def __init__(self, deps: Deps, keys: KeyRing) -> None:
        self._deps = deps
        self._keys = keys
        self._idle = timedelta(days=deps.settings.session_days)

    async def start(self, person: Person, *, method: str, address: str) -> Tokens:
        """Raises Forbidden for a person without any role."""
        if not person.grants:
            raise Forbidden(say("errors.no_role"), mend=say("errors.ask_role"))
        session_id, now, refresh = self._deps.new_id(), self._deps.clock(), new_token()
        async with self._deps.db.system() as conn:
            await conn.execute(
                "INSERT INTO sessions (session_id, district_id, person_id, method, started_at, used_at)"
                " VALUES ($1, $2, $3, $4, $5, $5)",
                session_id,
                person.district_id,
                person.person_id,
                method,
                now,
            )
            await conn.execute(
                "INSERT INTO refresh_tokens (token_hash, session_id, expires_at) VALUES ($1, $2, $3)",
                token_hash(refresh),
                session_id,
                now + self._idle,
            )
            await record(
                conn,
                "sign_in",
                district_id=person.district_id,
                at=now,
                person_id=person.person_id,
                actor_id=person.person_id,
                session_id=session_id,
                address=address,
                method=method,
            )
        return await self._tokens(person, session_id, refresh)

    async def refresh(self, token: str, *, address: str) -> Tokens:
        """Trades a refresh token for the next pair, with the roles of now. A token that comes again may be one whose
        answer was lost, and gets another successor; once a successor came back, nobody may hold the token or another
        successor but a thief, and the whole session ends. Raises Unauthenticated."""
        now, successor = self._deps.clock(), new_token()
        async with self._deps.db.system() as conn:
            row = await conn.fetchrow(
                "SELECT t.expires_at, s.session_id, s.person_id, s.district_id, s.ended_at"
                " FROM refresh_tokens AS t JOIN sessions AS s ON s.session_id = t.session_id"
                " WHERE t.token_hash = $1 FOR UPDATE",
                token_hash(token),
            )
            copied = await conn.fetchval(_COPIED, token_hash(token))  # once the session is locked
            person = await queries.by_id(conn, row["person_id"]) if row else None
            good = (
                row is not None
                and row["ended_at"] is None
                and not copied
                and row["expires_at"] > now
                and person is not None
                and person.active
                and bool(person.grants)
            )
            if good:
                await conn.execute(
                    "UPDATE refresh_tokens SET used_at = coalesce(used_at, $2) WHERE token_hash = $1",
                    token_hash(token),
                    now,
                )
                await conn.execute(
                    "INSERT INTO refresh_tokens (token_hash, session_id, expires_at, follows) VALUES ($1, $2, $3, $4)",
                    token_hash(successor),
                    row["session_id"],
                    now + self._idle,
                    token_hash(token),
                )
                await conn.execute("UPDATE sessions SET used_at = $2 WHERE session_id = $1", row["session_id"], now)
            elif row is not None and row["ended_at"] is None and copied:
                await conn.execute(
                    "UPDATE sessions SET ended_at = $2, ended_why = 'refresh token reused' WHERE session_id = $1",
                    row["session_id"],
                    now,
                )
                await record(
                    conn,
                    "refresh_token_reused",
                    district_id=row["district_id"],
                    at=now,
                    person_id=row["person_id"],
                    session_id=row["session_id"],
                    address=address,
                )
        if not good or person is None:
            raise Unauthenticated(say("errors.sign_in_ended"), mend=say("errors.sign_in_again"))
        return await self._tokens(person, row["session_id"], successor)

    async def end_by_token(self, token: str, *, address: str) -> None:
        """Signs out the session of a refresh token; does nothing when there is none."""
        async with self._deps.db.system() as conn:
            session_id = await conn.fetchval(
                "SELECT session_id FROM refresh_tokens WHERE token_hash = $1", token_hash(token)
            )
        if session_id is not None:
            await self.end(session_id, address=address)

    async def end(self, session_id: UUID, *, address: str) -> None:
        now = self._deps.clock()
        async with self._deps.db.system() as conn:
            ended = await conn.fetchrow(
                "UPDATE sessions SET ended_at = $2, ended_why = 'signed out'"
                " WHERE session_id = $1 AND ended_at IS NULL RETURNING person_id, district_id",
                session_id,
                now,
            )
            if ended:
                await record(
                    conn,
                    "sign_out",
                    district_id=ended["district_id"],
                    at=now,
                    person_id=ended["person_id"],
                    actor_id=ended["person_id"],
                    session_id=session_id,
                    address=address,
                )

    async def end_all(self, actor: Actor, *, address: str) -> int:
        """Signs the person out on every device; the number of sessions that this ended."""
        now = self._deps.clock()
        async with self._deps.db.system() as conn:
            ended = await conn.fetch(
                "UPDATE sessions SET ended_at = $2, ended_why = 'signed out everywhere'"
                " WHERE person_id = $1 AND ended_at IS NULL RETURNING session_id",
                actor.person_id,
                now,
            )
            await record(
                conn,
                "sign_out_everywhere",
                district_id=actor.district_id,
                at=now,
                person_id=actor.person_id,
                actor_id=actor.person_id,
                session_id=actor.session_id,
                address=address,
                sessions=len(ended),
            )
        return len(ended)

    async def sweep(self) -> None:
        """Forgets sessions that can never be refreshed again."""
        async with self._deps.db.system() as conn:
            await conn.execute("DELETE FROM sessions WHERE used_at < $1", self._deps.clock() - 2 * self._idle)

    async def _tokens(self, person: Person, session_id: UUID, refresh: str) -> Tokens:
        actor = Actor(person.person_id, person.district_id, person.grants, session_id)
        access = sign_token(actor, await self._keys.signing(), now=self._deps.clock().timestamp())
        return Tokens(person, session_id, access, LIFETIME_SECONDS, refresh, int(self._idle.total_seconds()))
