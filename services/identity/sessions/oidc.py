"""Sign-in at a district's own OpenID provider: authorization code with PKCE, state and nonce (OpenID
Connect Core 1.0, 3.1; RFC 7636; RFC 9700).

A provider says who somebody is, never what they may do: it opens accounts that are there, by verified
e-mail address the first time and by the provider's subject from then on, and creates none.
"""

from __future__ import annotations

import asyncio
import json
import secrets
from dataclasses import asdict, dataclass
from typing import Any

import asyncpg
import httpx2
from authlib.common.security import generate_token
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from services.identity.accounts import queries
from services.identity.accounts.queries import Person
from services.identity.audit.log import record
from services.identity.deps import Deps
from services.identity.seal import BrokenSeal
from services.identity.sessions.sessions import Sessions, Tokens
from services.identity.settings import OidcProvider
from shared.errors import NotFound, Unavailable
from shared.said import say

ALGORITHMS = ("RS256", "PS256", "ES256", "Ed25519", "EdDSA")
METADATA_SECONDS = 3600
LEEWAY_SECONDS = 60
TRIP_SECONDS = 600
"""How long somebody may take at the provider."""
PURPOSE = "oidc trip"


class SignInRefused(Exception):
    """The provider or its answer does not let the person in. `reason` is a word for the log and for the
    desk's sign-in page, which has the sentence for it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Trip:
    """What must be the same when the browser comes back; it travels sealed, in the browser's own cookie."""

    provider: str
    state: str
    nonce: str
    verifier: str
    return_to: str
    until: float


@dataclass(frozen=True, slots=True)
class _Known:
    """A provider's discovery document and keys."""

    metadata: dict[str, Any]  # Any: JSON as the provider sends it
    keys: KeySet
    read_at: float


class OidcSignIn:
    def __init__(self, deps: Deps, sessions: Sessions) -> None:
        self._deps = deps
        self._sessions = sessions
        self._providers = {provider.key: provider for provider in deps.settings.oidc_providers}
        self._known: dict[str, _Known] = {}
        self._discovering = asyncio.Lock()

    def provider(self, key: str) -> OidcProvider:
        if key not in self._providers:
            raise NotFound(say("errors.no_provider"))
        return self._providers[key]

    def redirect_uri(self, key: str) -> str:
        return f"{self._deps.settings.public_url}{self._deps.settings.mount_path}/oidc/{key}/callback"

    async def start(self, key: str, return_to: str) -> tuple[str, str]:
        """The provider's address to send the browser to, and the sealed trip for its cookie."""
        provider = self.provider(key)
        known = await self._discover(provider)
        until = self._deps.clock().timestamp() + TRIP_SECONDS
        trip = Trip(key, generate_token(43), generate_token(43), generate_token(64), return_to, until)
        async with self._client(provider) as client:
            url, _ = client.create_authorization_url(
                known.metadata["authorization_endpoint"],
                state=trip.state,
                nonce=trip.nonce,
                code_verifier=trip.verifier,
            )
        return str(url), self._deps.seal.close(json.dumps(asdict(trip)).encode(), PURPOSE).hex()

    def trip(self, key: str, cookie: str | None, state: str | None) -> Trip:
        """The trip that this browser began. Raises SignInRefused when it began none, or another."""
        try:
            trip = Trip(**json.loads(self._deps.seal.open(bytes.fromhex(cookie or ""), PURPOSE)))
        except (BrokenSeal, ValueError):
            trip = None
        if (
            trip is None
            or trip.provider != key
            or trip.until < self._deps.clock().timestamp()
            or not secrets.compare_digest(trip.state.encode(), (state or "").encode())
        ):
            raise SignInRefused("wrong-trip")
        return trip

    async def finish(self, trip: Trip, code: str, *, address: str) -> Tokens:
        """Trades the code for the person's identity, and that for a session. Raises SignInRefused,
        Forbidden (no role), Unavailable."""
        provider = self.provider(trip.provider)
        try:
            claims = await self._claims(provider, trip, code)
            person = await self._person(provider, claims)
        except SignInRefused as refusal:
            await self._note(provider, refusal.reason, address)
            raise
        return await self._sessions.start(person, method=f"oidc:{provider.key}", address=address)

    async def refuse(self, trip: Trip, *, address: str) -> SignInRefused:
        """The provider sent the browser back without a code."""
        await self._note(self.provider(trip.provider), "provider-refused", address)
        return SignInRefused("provider-refused")

    async def _claims(self, provider: OidcProvider, trip: Trip, code: str) -> CodeIDToken:
        known = await self._discover(provider)
        try:
            async with self._client(provider) as client:
                token = await client.fetch_token(
                    known.metadata["token_endpoint"], code=code, code_verifier=trip.verifier
                )
            known = await self._discover(provider, kid=_kid(token["id_token"]))
            decoded = jwt.decode(token["id_token"], known.keys, algorithms=list(ALGORITHMS))
            claims = CodeIDToken(
                decoded.claims,
                decoded.header,
                options={
                    "iss": {"essential": True, "value": known.metadata["issuer"]},
                    "aud": {"essential": True, "value": provider.client_id},
                    "nonce": {"essential": True, "value": trip.nonce},
                },
                params={
                    "nonce": trip.nonce,
                    "client_id": provider.client_id,
                    "access_token": token.get("access_token"),
                },
            )
            claims.validate(now=int(self._deps.clock().timestamp()), leeway=LEEWAY_SECONDS)
            if "email" not in claims and "userinfo_endpoint" in known.metadata:
                await self._add_userinfo(claims, known.metadata["userinfo_endpoint"], token["access_token"])
        except httpx2.HTTPError as error:
            raise _silent(provider) from error
        except (OAuthError, JoseError, KeyError, ValueError) as error:
            raise SignInRefused("bad-answer") from error
        return claims

    async def _add_userinfo(self, claims: CodeIDToken, endpoint: str, access_token: str) -> None:
        """Takes the address from the userinfo endpoint, when that speaks of the same subject."""
        async with httpx2.AsyncClient(timeout=10) as client:
            answer = await client.get(endpoint, headers={"Authorization": f"Bearer {access_token}"})
            answer.raise_for_status()
            told = answer.json()
        if told.get("sub") != claims["sub"]:
            raise ValueError("userinfo of another subject")
        claims.update({name: told[name] for name in ("email", "email_verified") if name in told})

    async def _person(self, provider: OidcProvider, claims: CodeIDToken) -> Person:
        subject, email = str(claims["sub"]), claims.get("email")
        async with self._deps.db.system() as conn:
            bound = await conn.fetchval(
                "SELECT person_id FROM oidc_subjects WHERE provider = $1 AND subject = $2 AND district_id = $3",
                provider.key,
                subject,
                provider.district_id,
            )
            if bound is not None:
                person = await queries.by_id(conn, bound)
            else:
                if not isinstance(email, str) or claims.get("email_verified") is not True:
                    raise SignInRefused("email-unverified")
                person = next(
                    (p for p in await queries.by_email(conn, email) if p.district_id == provider.district_id), None
                )
            if person is None or not person.active:
                raise SignInRefused("no-account")
            if bound is None:
                try:
                    await conn.execute(
                        "INSERT INTO oidc_subjects (provider, subject, district_id, person_id) VALUES ($1, $2, $3, $4)",
                        provider.key,
                        subject,
                        provider.district_id,
                        person.person_id,
                    )
                except asyncpg.UniqueViolationError:
                    raise SignInRefused("another-subject") from None
        return person

    async def _note(self, provider: OidcProvider, reason: str, address: str) -> None:
        async with self._deps.db.system() as conn:
            await record(
                conn,
                "oidc_refused",
                district_id=provider.district_id,
                at=self._deps.clock(),
                address=address,
                method=f"oidc:{provider.key}",
                reason=reason,
            )

    async def _discover(self, provider: OidcProvider, *, kid: str | None = None) -> _Known:
        """The provider's metadata and keys, at most an hour old, read anew for a key id that is not there."""
        async with self._discovering:
            now = self._deps.clock().timestamp()
            held = self._known.get(provider.key)
            if held and now - held.read_at < METADATA_SECONDS and (kid is None or kid in {k.kid for k in held.keys}):
                return held
            address = provider.issuer.rstrip("/") + "/.well-known/openid-configuration"
            try:
                async with httpx2.AsyncClient(timeout=10) as client:
                    answer = await client.get(address)
                    metadata = answer.raise_for_status().json()
                    keys = KeySet.import_key_set((await client.get(metadata["jwks_uri"])).raise_for_status().json())
            except (httpx2.HTTPError, JoseError, KeyError, ValueError) as error:
                raise _silent(provider) from error
            if metadata.get("issuer") != provider.issuer:
                raise _silent(provider)
            self._known[provider.key] = _Known(metadata, keys, now)
            return self._known[provider.key]

    def _client(self, provider: OidcProvider) -> AsyncOAuth2Client:
        return AsyncOAuth2Client(
            client_id=provider.client_id,
            client_secret=provider.client_secret.get_secret_value(),
            scope="openid email",
            redirect_uri=self.redirect_uri(provider.key),
            code_challenge_method="S256",
            timeout=10,
        )


def _silent(provider: OidcProvider) -> Unavailable:
    return Unavailable(say("errors.provider_silent", name=provider.name), mend=say("errors.try_soon"))


def _kid(id_token: str) -> str | None:
    kid = jws.extract_compact(id_token.encode()).headers().get("kid")
    return kid if isinstance(kid, str) else None
