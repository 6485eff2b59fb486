"""Sign-in with a password. The answer to a stranger, to a wrong password, and to a closed account is
one and the same, and takes the same work."""

from __future__ import annotations

import hashlib
from uuid import UUID

from services.identity.accounts import queries
from services.identity.accounts.queries import Person, email_key
from services.identity.audit.log import Kind, record
from services.identity.deps import Deps
from services.identity.sessions.limits import SignInLimits
from services.identity.sessions.sessions import Sessions, Tokens
from shared.errors import Refused, TooManyRequests, Unauthenticated
from shared.said import say


class SignIn:
    def __init__(self, deps: Deps, sessions: Sessions, limits: SignInLimits) -> None:
        self._deps = deps
        self._sessions = sessions
        self._limits = limits

    async def with_password(
        self, email: str, password: str, *, address: str, district_id: UUID | None = None
    ) -> Tokens:
        """Raises Unauthenticated, TooManyRequests, Forbidden (no role), and Refused "which_district" when
        the address and the password fit accounts of several districts and `district_id` is not said."""
        counted = hashlib.sha256(email_key(email).encode()).hexdigest()
        async with self._deps.db.system() as conn:
            known = [p for p in await queries.by_email(conn, email) if district_id in (None, p.district_id)]
        try:
            await self._limits.count_try(counted, address)
        except TooManyRequests:
            await self._note("sign_in_limited", known, address)
            raise
        fitting = [person for person in known if await self._fits(person, password)]
        if not known:
            await self._deps.passwords.verify(None, password)
        if not fitting:
            await self._limits.count_failure(address)
            await self._note("sign_in_failed", known, address)
            raise Unauthenticated(say("errors.wrong_password"), mend=say("errors.check_both"))
        if len(fitting) > 1:
            raise Refused(
                "which_district",
                say("errors.several_districts"),
                mend=say("errors.which_district"),
                districts=[{"district_id": p.district_id, "name": p.district_name} for p in fitting],
            )
        await self._limits.forgive(counted, address)
        return await self._sessions.start(fitting[0], method="password", address=address)

    async def _fits(self, person: Person, password: str) -> bool:
        verified = await self._deps.passwords.verify(person.password_hash, password)
        if verified.rehashed is not None:
            async with self._deps.db.system() as conn:
                await conn.execute(
                    "UPDATE accounts SET password_hash = $3 WHERE person_id = $1 AND password_hash = $2",
                    person.person_id,
                    person.password_hash,
                    verified.rehashed,
                )
        return verified.ok

    async def _note(self, kind: Kind, known: list[Person], address: str) -> None:
        """Into the log of the districts concerned. What a stranger typed is written nowhere."""
        async with self._deps.db.system() as conn:
            for person in known:
                await record(
                    conn,
                    kind,
                    district_id=person.district_id,
                    at=self._deps.clock(),
                    person_id=person.person_id,
                    address=address,
                    method="password",
                )
