"""A stand-in for the identity service: a real key pair that signs real tokens, without its database."""

from __future__ import annotations

import time
from collections.abc import Callable

from joserfc.jwk import KeySet, KeySetSerialization, OKPKey

from shared.access import Actor
from shared.tokens import LIFETIME_SECONDS, TokenVerifier, sign_token


class FakeIdentity:
    """`token_for(actor)` signs what `verifier` accepts; pass `verifier` to a service's `build`."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self.key: OKPKey = OKPKey.generate_key("Ed25519", auto_kid=True)
        self.verifier = TokenVerifier(self._jwks, clock=clock)

    async def _jwks(self) -> KeySetSerialization:
        return self.jwks()

    def jwks(self) -> KeySetSerialization:
        """The public key, as `/jwks.json` would serve it."""
        return KeySet([self.key]).as_dict(private=False)

    def token_for(self, actor: Actor, *, lifetime_seconds: int = LIFETIME_SECONDS) -> str:
        return sign_token(actor, self.key, now=self._clock(), lifetime_seconds=lifetime_seconds)

    def headers_for(self, actor: Actor) -> dict[str, str]:
        """The Authorization header of a request by `actor`."""
        return {"Authorization": f"Bearer {self.token_for(actor)}"}
