from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import httpx
import pytest

from services.identity.sessions.keys import PUBLISHED_BEFORE_SIGNING, KeyRing
from shared.access import Grant, Role
from shared.errors import Unauthenticated
from shared.messages import utc_now
from shared.testing.servers import Servers
from shared.tokens import TokenVerifier
from tests.integration.identity.conftest import PASSWORD, House, opened


async def test_a_refresh_gives_new_tokens_with_the_roles_of_now(house: House, district: UUID) -> None:
    person, admin = await house.person(district), await house.admin(district)
    browser = await house.signed_in(person)
    before = dict(browser.cookies)
    await admin.put(f"/accounts/{person.person_id}/grants", json={"grants": [{"role": "analyst"}]})
    answer = await browser.post("/session/refresh")
    assert answer.status_code == 200
    assert [g["role"] for g in answer.json()["grants"]] == ["analyst"]
    assert browser.cookies["rondo_refresh"] != before["rondo_refresh"]
    actor = await house.service.app.state.verifier.verify(browser.cookies["rondo_access"])
    assert actor.grants == (Grant(Role.ANALYST),)


async def test_a_refresh_whose_answer_was_lost_is_asked_for_again(house: House, district: UUID) -> None:
    person = await house.person(district)
    browser = await house.signed_in(person)
    for _ in range(3):
        held = browser.cookies["rondo_refresh"]
        lost = await asyncio.gather(*(renew(house, held) for _ in range(2)))
        assert [answer.status_code for answer in lost] == [200, 200]
        assert (await browser.post("/session/refresh")).status_code == 200, "with the token it still holds"
        assert browser.cookies["rondo_refresh"] not in [held, *(a.json()["refresh_token"] for a in lost)]
    assert (await browser.get("/session")).status_code == 200


@pytest.mark.parametrize("first", ["victim", "thief"])
@pytest.mark.parametrize("before", [True, False], ids=["stolen-before-it-was-used", "stolen-after"])
async def test_a_copied_refresh_token_ends_the_session_at_the_second_who_goes_on(
    house: House, district: UUID, first: str, before: bool
) -> None:
    """Both trade the same token; whoever goes on with what they got first, the other's next ends it for both."""
    person = await house.person(district)
    elsewhere = await house.signed_in(person)
    stolen = (await house.signed_in(person)).cookies["rondo_refresh"]
    held = {}
    for name in ("thief", "victim") if before else ("victim", "thief"):
        answer = await renew(house, stolen)
        assert answer.status_code == 200
        held[name] = answer.json()["refresh_token"]
    second = "victim" if first == "thief" else "thief"
    going_on = await renew(house, held[first])
    assert going_on.status_code == 200
    assert (await renew(house, held[second])).status_code == 401
    assert (await renew(house, going_on.json()["refresh_token"])).status_code == 401
    assert (await elsewhere.post("/session/refresh")).status_code == 200
    audit = (await (await house.admin(district)).get(f"/audit?person_id={person.person_id}")).json()["items"]
    assert "refresh_token_reused" in [entry["kind"] for entry in audit]


async def test_a_refresh_token_whose_successor_was_used_ends_the_session(house: House, district: UUID) -> None:
    victim = await house.signed_in(await house.person(district))
    stolen = victim.cookies["rondo_refresh"]
    for _ in range(2):
        assert (await victim.post("/session/refresh")).status_code == 200
    assert (await renew(house, stolen)).status_code == 401
    assert (await victim.post("/session/refresh")).status_code == 401


async def renew(house: House, token: str) -> httpx.Response:
    """Elsewhere, with a token alone."""
    return await house.browser().post(
        "/session/refresh", json={"refresh_token": token}, headers={"Accept-Token": "body"}
    )


async def test_a_refresh_token_that_was_never_given_is_refused(house: House) -> None:
    answer = await house.browser().post("/session/refresh", json={"refresh_token": "x" * 43})
    assert answer.status_code == 401
    assert (await house.browser().post("/session/refresh")).status_code == 401


async def test_signing_out_ends_this_session_and_forgets_the_cookies(house: House, district: UUID) -> None:
    person = await house.person(district)
    browser, other = await house.signed_in(person), await house.signed_in(person)
    refresh = browser.cookies["rondo_refresh"]
    assert (await browser.delete("/session")).status_code == 204
    assert dict(browser.cookies) == {}
    assert (await house.browser().post("/session/refresh", json={"refresh_token": refresh})).status_code == 401
    assert (await other.post("/session/refresh")).status_code == 200


async def test_signing_out_works_when_the_access_token_has_expired(house: House, district: UUID) -> None:
    browser = await house.signed_in(await house.person(district))
    browser.cookies.delete("rondo_access")
    refresh = browser.cookies["rondo_refresh"]
    assert (await browser.delete("/session")).status_code == 204
    assert (await house.browser().post("/session/refresh", json={"refresh_token": refresh})).status_code == 401


async def test_signing_out_everywhere_ends_every_session_and_leaves_access_tokens_their_minutes(
    house: House, district: UUID
) -> None:
    person, bystander = await house.person(district), await house.signed_in(await house.person(district))
    here, there = await house.signed_in(person), await house.signed_in(person)
    held = there.cookies["rondo_access"]
    assert (await here.delete("/sessions")).json() == {"ended": 2}
    assert (await there.post("/session/refresh")).status_code == 401
    assert (await bystander.post("/session/refresh")).status_code == 200
    verifier = house.service.app.state.verifier
    assert (await verifier.verify(held)).person_id == person.person_id
    later = TokenVerifier(house.identity.keys.jwks, clock=lambda: utc_now().timestamp() + 610)
    with pytest.raises(Unauthenticated):
        await later.verify(held)


async def test_closing_an_account_ends_its_sessions_and_its_own_page(house: House, district: UUID) -> None:
    person, admin = await house.person(district), await house.admin(district)
    browser = await house.signed_in(person)
    assert (await admin.delete(f"/accounts/{person.person_id}")).status_code == 204
    assert (await browser.post("/session/refresh")).status_code == 401
    assert (await browser.get("/session")).status_code == 401
    again = await house.browser().post("/session", json={"email": person.email, "password": PASSWORD})
    assert again.status_code == 401


async def test_a_new_key_is_published_before_it_signs_and_the_old_one_stays_while_its_tokens_live(
    servers: Servers, tmp_path: Path
) -> None:
    async with opened(servers, tmp_path) as house:
        now = utc_now()
        ring = KeyRing(house.identity.deps.db, house.identity.deps.seal, key_days=30, clock=lambda: now)
        first = await ring.signing()
        now += timedelta(days=31)
        await ring.rotate_when_due()
        assert len((await ring.jwks())["keys"]) == 2
        assert (await ring.signing()).kid == first.kid
        now += PUBLISHED_BEFORE_SIGNING + timedelta(minutes=1)
        assert (await ring.signing()).kid != first.kid
        await ring.rotate_when_due()
        assert first.kid in {key["kid"] for key in (await ring.jwks())["keys"]}
        now += timedelta(hours=2)
        await ring.rotate_when_due()
        assert {key["kid"] for key in (await ring.jwks())["keys"]} == {(await ring.signing()).kid}


async def test_two_processes_that_rotate_at_once_make_one_key(servers: Servers, tmp_path: Path) -> None:
    async with opened(servers, tmp_path) as house:
        now = utc_now() + timedelta(days=31)
        deps = house.identity.deps
        one, two = (KeyRing(deps.db, deps.seal, key_days=30, clock=lambda: now) for _ in range(2))
        await asyncio.gather(one.rotate_when_due(), two.rotate_when_due())
        assert len((await two.jwks())["keys"]) == 2


async def test_private_keys_and_tokens_lie_in_the_database_sealed_or_hashed(house: House, district: UUID) -> None:
    browser = await house.signed_in(await house.person(district))
    private = (await house.identity.keys.signing()).as_dict(private=True)["d"]
    async with house.identity.deps.db.system() as conn:
        for table in ("signing_keys", "refresh_tokens", "sessions", "security_log", "accounts", "events"):
            for row in await conn.fetch(f"SELECT t::text AS line FROM {table} AS t"):
                for secret in (str(private), browser.cookies["rondo_refresh"], PASSWORD):
                    assert secret not in row["line"]
                    assert secret.encode().hex() not in row["line"]


async def test_another_secret_than_the_one_that_sealed_the_keys_is_named_at_start(
    servers: Servers, tmp_path: Path
) -> None:
    url = servers.postgres_url()
    async with opened(servers, tmp_path, url):
        pass
    with pytest.raises(SystemExit, match="RONDO_IDENTITY_SECRET"):
        async with opened(servers, tmp_path, url, secret="another secret of forty characters, yes"):
            pass
