"""Access tokens: what identity signs and every service verifies offline.

A token is a JWT signed with Ed25519 (EdDSA; RFC 8037, named `Ed25519` by RFC 9864). It carries the
actor whole, so that no service asks identity about a request; it lives minutes, so that a revoked
grant or session is gone by itself. Public keys come from identity's JWKS.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import httpx
import structlog
from joserfc import jws, jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet, KeySetSerialization, OKPKey

from shared.access import Actor, Grant, Role
from shared.errors import Unauthenticated, Unavailable
from shared.said import say

log = structlog.get_logger(__name__)

ALGORITHM = "Ed25519"
ISSUER = "rondo"
LIFETIME_SECONDS = 600
LEEWAY_SECONDS = 5
"""How far the clocks of two machines may differ."""

FIRST_FETCH_SECONDS = 1
"""Between tries while identity has not answered even once."""

FetchKeys = Callable[[], Awaitable[KeySetSerialization]]


def sign_token(actor: Actor, key: OKPKey, *, now: float, lifetime_seconds: int = LIFETIME_SECONDS) -> str:
    """The access token of `actor`, valid from `now` (seconds since 1970) for `lifetime_seconds`."""
    claims: dict[str, Any] = {
        "iss": ISSUER,
        "sub": str(actor.person_id),
        "district": str(actor.district_id),
        "grants": [
            {"role": g.role.value, "school_id": str(g.school_id) if g.school_id else None} for g in actor.grants
        ],
        "sid": str(actor.session_id) if actor.session_id else None,
        "iat": int(now),
        "exp": int(now) + lifetime_seconds,
    }
    key.ensure_kid()
    return jwt.encode({"alg": ALGORITHM, "kid": key.kid}, claims, key, algorithms=[ALGORITHM])


def actor_of(claims: dict[str, Any]) -> Actor:
    """The actor in verified claims. A role that this code does not know yet gives no rights.
    Raises KeyError, TypeError or ValueError on claims of another shape."""
    known = {role.value for role in Role}
    return Actor(
        person_id=UUID(claims["sub"]),
        district_id=UUID(claims["district"]),
        grants=tuple(
            Grant(Role(g["role"]), UUID(g["school_id"]) if g.get("school_id") else None)
            for g in claims["grants"]
            if g["role"] in known
        ),
        session_id=UUID(claims["sid"]) if claims.get("sid") else None,
    )


class TokenVerifier:
    """Verifies access tokens with a cached JWKS.

    The key set is fetched at the first token, again (beside the requests) after `max_age_seconds`, and
    when a token names a key that it lacks; never more often than every `refetch_seconds`, so that
    forged key ids cannot make us hammer identity. Tokens that passed are remembered (at most
    `remember`), until they expire or the key set changes.
    """

    def __init__(
        self,
        fetch: FetchKeys,
        *,
        clock: Callable[[], float] = time.time,
        refetch_seconds: float = 10,
        max_age_seconds: float = 300,
        remember: int = 4096,
    ) -> None:
        self._fetch = fetch
        self._clock = clock
        self._refetch_seconds = refetch_seconds
        self._max_age_seconds = max_age_seconds
        self._remember = remember
        self._keys: KeySet | None = None
        self._served: KeySetSerialization | None = None
        self._tried_at = float("-inf")
        self._fetched_at = float("-inf")
        self._passed: OrderedDict[str, tuple[float, Actor]] = OrderedDict()
        self._fetching = asyncio.Lock()
        self._beside: asyncio.Task[None] | None = None

    @classmethod
    def at(cls, jwks_url: str, *, timeout_seconds: float = 5) -> TokenVerifier:
        """A verifier that fetches identity's JWKS by HTTP."""

        async def fetch() -> KeySetSerialization:
            async with httpx.AsyncClient(timeout=timeout_seconds) as client:
                answer = await client.get(jwks_url)
                answer.raise_for_status()
                keys: KeySetSerialization = answer.json()
                return keys

        return cls(fetch)

    async def verify(self, token: str) -> Actor:
        """Raises Unauthenticated when the token is forged, foreign or expired, Unavailable when
        identity's keys were never to be had."""
        now = self._clock()
        if self._keys is not None and now - self._fetched_at > self._max_age_seconds:
            self._beside = self._beside or asyncio.create_task(self._refresh(now))
        passed = self._passed.get(token)
        if passed is not None:
            expires_at, actor = passed
            if now <= expires_at + LEEWAY_SECONDS:
                return actor
            del self._passed[token]
        expires_at, actor = await self._check(token, now)
        self._passed[token] = (expires_at, actor)
        while len(self._passed) > self._remember:
            self._passed.popitem(last=False)
        return actor

    async def _check(self, token: str, now: float) -> tuple[float, Actor]:
        try:
            kid = jws.extract_compact(token.encode()).headers().get("kid")
            if not isinstance(kid, str):
                raise InvalidKeyIdError("a token names its key")
            if not self._knows(kid):
                await self._refresh(now)
            if self._keys is None:
                raise Unavailable(say("errors.sign_in_silent"), mend=say("errors.try_soon"))
            claims = jwt.decode(token, self._keys.get_by_kid(kid), algorithms=[ALGORITHM]).claims
            jwt.JWTClaimsRegistry(
                now=int(now),
                leeway=LEEWAY_SECONDS,
                iss={"essential": True, "value": ISSUER},
                sub={"essential": True},
                district={"essential": True},
                exp={"essential": True},
                iat={"essential": True},
            ).validate(claims)
            return float(claims["exp"]), actor_of(claims)
        except (JoseError, ValueError, KeyError, TypeError, AttributeError):
            raise Unauthenticated(say("errors.sign_in_ended"), mend=say("errors.sign_in_again")) from None

    def _knows(self, kid: str) -> bool:
        return self._keys is not None and any(key.kid == kid for key in self._keys)

    async def _refresh(self, now: float) -> None:
        """Fetches the keys unless that was tried a moment ago. A failed fetch keeps the keys at hand:
        what they sign is still theirs."""
        async with self._fetching:
            self._beside = None
            if now - self._tried_at < (self._refetch_seconds if self._keys is not None else FIRST_FETCH_SECONDS):
                return
            self._tried_at = now
            try:
                served = await self._fetch()
                keys = KeySet.import_key_set(served)
            except (httpx.HTTPError, OSError, JoseError, ValueError, KeyError) as error:
                log.warning("identity's keys could not be fetched", error=repr(error))
                return
            if served != self._served:
                self._passed.clear()
            self._keys, self._served, self._fetched_at = keys, served, now
