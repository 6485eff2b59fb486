"""The keys that sign access tokens: made here, sealed at rest, rotated, told to others by their public halves."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from joserfc.jwk import KeySetSerialization, OKPKey

from services.identity.seal import BrokenSeal, Seal
from shared.database import Database

PUBLISHED_BEFORE_SIGNING = timedelta(minutes=10)
"""Longer than verifiers keep a key set (`shared.tokens`), so that a new key is known before its first token."""
KEPT_AFTER_SIGNING = timedelta(hours=1)
"""Longer than an access token lives, and the ten minutes in which the old key still signs."""
CACHE = timedelta(seconds=30)
PURPOSE = "signing key"


@dataclass(frozen=True, slots=True)
class _Held:
    key: OKPKey
    made_at: datetime


class KeyRing:
    def __init__(self, db: Database, seal: Seal, *, key_days: int, clock: Callable[[], datetime]) -> None:
        self._db = db
        self._seal = seal
        self._lifetime = timedelta(days=key_days)
        self._clock = clock
        self._held: list[_Held] = []
        self._read_at: datetime | None = None

    async def start(self) -> None:
        """Makes the first key. Ends the process when the secret is not the one that sealed the keys."""
        try:
            await self.rotate_when_due()
        except BrokenSeal:
            raise SystemExit(
                "setting RONDO_IDENTITY_SECRET: it does not open the signing keys in the identity database; "
                "restore the secret that sealed them, or delete the rows of signing_keys (everybody signs in again)"
            ) from None

    async def signing(self) -> OKPKey:
        """The key that signs now: the newest that verifiers have had time to learn."""
        keys = await self._keys()
        known = [k for k in keys if k.made_at <= self._clock() - PUBLISHED_BEFORE_SIGNING]
        return (known[0] if known else keys[-1]).key

    async def jwks(self) -> KeySetSerialization:
        """The public halves of all keys whose tokens may still be about."""
        return {"keys": [held.key.as_dict(private=False, use="sig", alg="Ed25519") for held in await self._keys()]}

    async def rotate_when_due(self) -> None:
        """Makes a key when the newest is `key_days` old; forgets those whose tokens have all expired."""
        now = self._clock()
        keys = await self._read()
        if not keys or keys[0].made_at <= now - self._lifetime:
            await self.rotate(since=keys[0].made_at if keys else None)
        keys = await self._read()
        gone = [
            old.key.kid
            for newer, old in pairwise(keys)
            if newer.made_at <= now - PUBLISHED_BEFORE_SIGNING - KEPT_AFTER_SIGNING
        ]
        if gone:
            async with self._db.system() as conn:
                await conn.execute("DELETE FROM signing_keys WHERE kid = ANY($1::text[])", gone)
            await self._read()

    async def rotate(self, *, since: datetime | None = None) -> None:
        """Makes a new key, unless another process has made one after `since`."""
        key = OKPKey.generate_key("Ed25519", auto_kid=True)
        sealed = self._seal.close(json.dumps(key.as_dict(private=True)).encode(), PURPOSE)
        async with self._db.system() as conn:
            await conn.execute("SELECT pg_advisory_xact_lock(hashtextextended('rondo signing keys', 0))")
            newest = await conn.fetchval("SELECT max(made_at) FROM signing_keys")
            if newest == since:
                await conn.execute(
                    "INSERT INTO signing_keys (kid, public_jwk, sealed_jwk, made_at) VALUES ($1, $2, $3, $4)",
                    key.kid,
                    json.dumps(key.as_dict(private=False)),
                    sealed,
                    self._clock(),
                )
        await self._read()

    async def _keys(self) -> list[_Held]:
        if self._read_at is None or self._clock() - self._read_at > CACHE:
            return await self._read()
        return self._held

    async def _read(self) -> list[_Held]:
        async with self._db.system() as conn:
            rows = await conn.fetch("SELECT sealed_jwk, made_at FROM signing_keys ORDER BY made_at DESC, kid")
        known = {held.key.kid: held for held in self._held}
        held = [
            _Held(OKPKey.import_key(json.loads(self._seal.open(bytes(row["sealed_jwk"]), PURPOSE))), row["made_at"])
            for row in rows
        ]
        self._held = [known.get(h.key.kid, h) for h in held]
        self._read_at = self._clock()
        return self._held
