from __future__ import annotations

import base64
import json
from uuid import uuid4

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet, KeySetSerialization, OctKey, OKPKey

from shared.access import Actor, Grant, Role
from shared.errors import Unauthenticated, Unavailable
from shared.testing.tokens import FakeIdentity
from shared.tokens import LIFETIME_SECONDS, TokenVerifier, sign_token

ACTOR = Actor(uuid4(), uuid4(), (Grant(Role.HOST_PRINCIPAL, uuid4()), Grant(Role.OBSERVER)), uuid4())


class Clock:
    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


class Jwks:
    """What identity serves, and how often it was asked."""

    def __init__(self, *keys: OKPKey) -> None:
        self.keys = list(keys)
        self.fetched = 0
        self.down = False

    async def __call__(self) -> KeySetSerialization:
        self.fetched += 1
        if self.down:
            raise ConnectionRefusedError
        return KeySet(list(self.keys)).as_dict(private=False)


def new_key() -> OKPKey:
    return OKPKey.generate_key("Ed25519", auto_kid=True)


def part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def claims_of(token: str) -> dict[str, object]:
    body = token.split(".")[1]
    claims: dict[str, object] = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    return claims


async def test_a_token_carries_the_actor_whole() -> None:
    fake = FakeIdentity()
    assert await fake.verifier.verify(fake.token_for(ACTOR)) == ACTOR


async def test_a_token_expires_also_when_it_was_seen_before() -> None:
    clock = Clock()
    fake = FakeIdentity(clock)
    token = fake.token_for(ACTOR)
    assert await fake.verifier.verify(token) == ACTOR
    clock.now += LIFETIME_SECONDS + 10
    with pytest.raises(Unauthenticated):
        await fake.verifier.verify(token)


async def test_a_token_of_another_key_with_the_same_key_id_is_refused() -> None:
    fake = FakeIdentity()
    stranger = new_key()
    forged = jwt.encode(
        {"alg": "Ed25519", "kid": fake.key.kid}, claims_of(fake.token_for(ACTOR)), stranger, algorithms=["Ed25519"]
    )
    with pytest.raises(Unauthenticated):
        await fake.verifier.verify(forged)


async def test_a_token_whose_claims_were_changed_is_refused() -> None:
    fake = FakeIdentity()
    head, _, signature = fake.token_for(ACTOR).split(".")
    claims = claims_of(fake.token_for(ACTOR))
    claims["grants"] = [{"role": "district_admin", "school_id": None}]
    with pytest.raises(Unauthenticated):
        await fake.verifier.verify(f"{head}.{part(claims)}.{signature}")


async def test_a_token_without_signature_is_refused() -> None:
    fake = FakeIdentity()
    claims = part(claims_of(fake.token_for(ACTOR)))
    for algorithm in ("none", "None", "NONE"):
        header = part({"alg": algorithm, "kid": fake.key.kid})
        for signature in ("", "AAAA"):
            with pytest.raises(Unauthenticated):
                await fake.verifier.verify(f"{header}.{claims}.{signature}")


async def test_the_public_key_does_not_serve_as_a_shared_secret() -> None:
    fake = FakeIdentity()
    public = fake.key.as_dict(private=False)["x"]
    secret = OctKey.import_key(str(public) * 2)
    forged = jwt.encode(
        {"alg": "HS256", "kid": fake.key.kid}, claims_of(fake.token_for(ACTOR)), secret, algorithms=["HS256"]
    )
    with pytest.raises(Unauthenticated):
        await fake.verifier.verify(forged)


@pytest.mark.parametrize(
    "change", [{"iss": "somebody"}, {"sub": None}, {"district": "x"}, {"exp": None}, {"grants": 7}]
)
async def test_a_signed_token_of_another_shape_is_refused(change: dict[str, object]) -> None:
    fake = FakeIdentity()
    claims = {**claims_of(fake.token_for(ACTOR)), **change}
    odd = jwt.encode(
        {"alg": "Ed25519", "kid": fake.key.kid},
        {k: v for k, v in claims.items() if v is not None},
        fake.key,
        algorithms=["Ed25519"],
    )
    with pytest.raises(Unauthenticated):
        await fake.verifier.verify(odd)


@pytest.mark.parametrize("rubbish", ["", "x", "a.b.c", "..", "é.é.é", "a" * 10_000])
async def test_rubbish_is_refused(rubbish: str) -> None:
    with pytest.raises(Unauthenticated):
        await FakeIdentity().verifier.verify(rubbish)


async def test_a_role_that_this_code_does_not_know_gives_no_rights() -> None:
    fake = FakeIdentity()
    claims = claims_of(fake.token_for(ACTOR))
    claims["grants"] = [{"role": "superintendent", "school_id": None}, {"role": "analyst", "school_id": None}]
    newer = jwt.encode({"alg": "Ed25519", "kid": fake.key.kid}, claims, fake.key, algorithms=["Ed25519"])
    assert (await fake.verifier.verify(newer)).grants == (Grant(Role.ANALYST),)


async def test_a_new_key_is_fetched_when_a_token_names_it() -> None:
    clock, old, new = Clock(), new_key(), new_key()
    jwks = Jwks(old)
    verifier = TokenVerifier(jwks, clock=clock)
    await verifier.verify(sign_token(ACTOR, old, now=clock.now))
    jwks.keys.insert(0, new)
    clock.now += 11
    assert await verifier.verify(sign_token(ACTOR, new, now=clock.now)) == ACTOR
    assert jwks.fetched == 2


async def test_forged_key_ids_cannot_make_us_hammer_identity() -> None:
    clock = Clock()
    jwks = Jwks(new_key())
    verifier = TokenVerifier(jwks, clock=clock)
    for _ in range(50):
        with pytest.raises(Unauthenticated):
            await verifier.verify(sign_token(ACTOR, new_key(), now=clock.now))
    assert jwks.fetched == 1


async def test_a_withdrawn_key_ends_even_tokens_that_were_seen_before() -> None:
    clock, old, new = Clock(), new_key(), new_key()
    jwks = Jwks(old)
    verifier = TokenVerifier(jwks, clock=clock)
    token = sign_token(ACTOR, old, now=clock.now)
    assert await verifier.verify(token) == ACTOR
    jwks.keys = [new]
    clock.now += 20
    await verifier.verify(sign_token(ACTOR, new, now=clock.now))
    with pytest.raises(Unauthenticated):
        await verifier.verify(token)


async def test_without_identity_a_service_says_unavailable_and_with_known_keys_it_goes_on() -> None:
    clock, key = Clock(), new_key()
    jwks = Jwks(key)
    jwks.down = True
    verifier = TokenVerifier(jwks, clock=clock)
    token = sign_token(ACTOR, key, now=clock.now)
    with pytest.raises(Unavailable):
        await verifier.verify(token)
    jwks.down = False
    clock.now += 2
    assert await verifier.verify(token) == ACTOR
    jwks.down = True
    clock.now += 400
    assert await verifier.verify(token) == ACTOR
