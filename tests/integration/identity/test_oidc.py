"""Sign-in at a district's own OpenID provider: a real one, in its own process."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import ExitStack
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import httpx
import pytest

from services.identity.settings import OidcProvider
from shared.access import Grant, Role
from shared.testing.servers import Servers
from tests.integration.identity.conftest import ORIGIN, House, opened
from tests.integration.identity.openid import CLIENT_ID, CLIENT_SECRET, running, way_back


@dataclass(frozen=True)
class Place:
    house: House
    alder: UUID
    birch: UUID


def provider(key: str, issuer: str, district_id: UUID) -> OidcProvider:
    return OidcProvider.model_validate(
        {
            "key": key,
            "name": f"{key.title()} sign-in",
            "district_id": district_id,
            "issuer": issuer,
            "client_id": CLIENT_ID,
            "client_secret": CLIENT_SECRET,
        }
    )


@pytest.fixture(scope="module")
async def place(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Place]:
    alder, birch = uuid4(), uuid4()
    callback = f"{ORIGIN}/api/identity/oidc/{{}}/callback"
    with ExitStack() as stack:
        providers = (
            provider("alder", stack.enter_context(running(callback.format("alder"))), alder),
            provider("birch", stack.enter_context(running(callback.format("birch"), "id-token")), birch),
            provider("gone", "http://127.0.0.1:1", alder),
        )
        async with opened(servers, tmp_path_factory.mktemp("oidc"), oidc_providers=providers) as house:
            for district_id, name in ((alder, "Alder"), (birch, "Birch")):
                await house.identity.register_district(name, "America/Chicago", district_id=district_id)
            yield Place(house, alder, birch)


def email() -> str:
    return f"{uuid4().hex[:8]}@alder.example"


def login(address: str, subject: str = "s1", *, verified: bool = True) -> str:
    return f"{subject}-{address}~{address}~{str(verified).lower()}"


async def begin(browser: httpx.AsyncClient, key: str = "alder", **params: str) -> str:
    answer = await browser.get(f"/oidc/{key}/start", params=params)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


async def come_back(browser: httpx.AsyncClient, address: str) -> httpx.Response:
    answer = await browser.get(address)
    assert answer.status_code == 303, answer.text
    return answer


async def sign_in(browser: httpx.AsyncClient, who: str | None, key: str = "alder", **params: str) -> httpx.Response:
    return await come_back(browser, await way_back(await begin(browser, key, **params), who))


def problem(answer: httpx.Response) -> str:
    """The reason with which the browser lands on the sign-in page, without any cookie of ours."""
    assert "rondo_access" not in answer.headers.get("set-cookie", "")
    where = urlsplit(answer.headers["location"])
    assert where.path == "/desk/sign-in"
    [reason] = parse_qs(where.query)["problem"]
    return reason


@pytest.mark.parametrize("key", ["alder", "birch"])
async def test_a_person_with_an_account_signs_in_at_the_districts_own_provider(place: Place, key: str) -> None:
    district = {"alder": place.alder, "birch": place.birch}[key]
    person = await place.house.person(district, Grant(Role.FACILITATOR), password=None)
    browser = place.house.browser()
    answer = await sign_in(browser, login(person.email), key, return_to="/desk/rounds?stage=open")
    assert answer.headers["location"] == "/desk/rounds?stage=open"
    assert browser.cookies.get("rondo_oidc") is None
    session = (await browser.get("/session")).json()
    assert session["person_id"] == str(person.person_id)
    assert session["grants"] == [{"role": "facilitator"}]
    admin = await place.house.admin(district)
    entry = (await admin.get(f"/audit?person_id={person.person_id}&kind=sign_in")).json()["items"][0]
    assert entry["detail"] == {"method": f"oidc:{key}"}


async def test_the_request_carries_pkce_state_and_nonce(place: Place) -> None:
    asked = [parse_qs(urlsplit(await begin(place.house.browser())).query) for _ in range(2)]
    assert asked[0]["code_challenge_method"] == ["S256"]
    for secret in ("state", "nonce", "code_challenge"):
        assert len(asked[0][secret][0]) >= 43
        assert asked[0][secret] != asked[1][secret]


async def test_a_provider_never_creates_an_account_or_a_right(place: Place) -> None:
    stranger = email()
    assert problem(await sign_in(place.house.browser(), login(stranger))) == "no-account"
    admin = await place.house.admin(place.alder)
    assert (await admin.get("/accounts", params={"q": stranger})).json()["items"] == []
    assert (await admin.get("/audit?kind=oidc_refused")).json()["items"][0]["detail"]["reason"] == "no-account"
    idle = await place.house.person(place.alder)
    await admin.put(f"/accounts/{idle.person_id}/grants", json={"grants": []})
    assert problem(await sign_in(place.house.browser(), login(idle.email))) == "no-role"


async def test_an_address_that_the_provider_does_not_vouch_for_opens_nothing(place: Place) -> None:
    person = await place.house.person(place.alder)
    answer = await sign_in(place.house.browser(), login(person.email, verified=False))
    assert problem(answer) == "email-unverified"


async def test_a_districts_provider_opens_no_account_of_another_district(place: Place) -> None:
    person = await place.house.person(place.birch)
    assert problem(await sign_in(place.house.browser(), login(person.email), "alder")) == "no-account"


async def test_an_address_that_passed_on_to_somebody_else_does_not_open_the_old_account(place: Place) -> None:
    person = await place.house.person(place.alder)
    first = await sign_in(place.house.browser(), login(person.email, "first"))
    assert first.headers["location"] == "/desk/"
    assert problem(await sign_in(place.house.browser(), login(person.email, "second"))) == "another-subject"


async def test_a_closed_account_stays_closed(place: Place) -> None:
    person = await place.house.person(place.alder)
    await sign_in(place.house.browser(), login(person.email))
    admin = await place.house.admin(place.alder)
    await admin.delete(f"/accounts/{person.person_id}")
    assert problem(await sign_in(place.house.browser(), login(person.email))) == "no-account"


async def test_saying_no_at_the_provider_leads_back_to_the_sign_in_page(place: Place) -> None:
    assert problem(await sign_in(place.house.browser(), None)) == "provider-refused"


async def test_only_the_browser_that_began_can_finish(place: Place) -> None:
    person = await place.house.person(place.alder)
    victim, attacker = place.house.browser(), place.house.browser()
    back = await way_back(await begin(attacker), login(person.email))
    assert problem(await come_back(victim, back)) == "wrong-trip"
    await begin(victim)
    assert problem(await come_back(victim, back)) == "wrong-trip"


async def test_a_code_from_another_trip_is_worth_nothing(place: Place) -> None:
    person = await place.house.person(place.alder)
    attacker, victim = place.house.browser(), place.house.browser()
    stolen = parse_qs(urlsplit(await way_back(await begin(victim), login(person.email))).query)["code"][0]
    own = parse_qs(urlsplit(await begin(attacker)).query)["state"][0]
    answer = await attacker.get("/oidc/alder/callback", params={"code": stolen, "state": own})
    assert problem(answer) == "bad-answer"


async def test_a_code_works_once(place: Place) -> None:
    person = await place.house.person(place.alder)
    browser = place.house.browser()
    back = await way_back(await begin(browser), login(person.email))
    trip = browser.cookies["rondo_oidc"]
    assert (await come_back(browser, back)).headers["location"] == "/desk/"
    again = place.house.browser()
    again.cookies.set("rondo_oidc", trip, path="/api/identity/oidc")
    assert problem(await come_back(again, back)) == "bad-answer"


async def test_a_trip_to_one_provider_does_not_end_at_another(place: Place) -> None:
    person = await place.house.person(place.birch)
    browser = place.house.browser()
    back = await way_back(await begin(browser, "alder"), login(person.email))
    assert problem(await come_back(browser, back.replace("/oidc/alder/", "/oidc/birch/"))) == "wrong-trip"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "desk", "/a\nb"])
async def test_the_way_back_never_leaves_the_platform(place: Place, elsewhere: str) -> None:
    answer = await place.house.browser().get("/oidc/alder/start", params={"return_to": elsewhere})
    assert answer.status_code == 422


async def test_providers_are_listed_without_their_secrets_and_unknown_ones_are_not_found(place: Place) -> None:
    listed = (await place.house.browser().get("/providers")).json()["items"]
    assert {"key": "alder", "name": "Alder sign-in", "start_url": "/api/identity/oidc/alder/start"} in listed
    assert CLIENT_SECRET not in str(listed)
    assert (await place.house.browser().get("/oidc/cedar/start")).status_code == 404


async def test_a_provider_that_is_down_is_told_as_unavailable(place: Place) -> None:
    answer = await place.house.browser().get("/oidc/gone/start")
    assert answer.status_code == 503
    assert answer.json()["type"] == "/problems/unavailable"
