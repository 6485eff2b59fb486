from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from nats import connect

from services.identity.contract import PUBLISHED
from services.identity.identity import bootstrap
from shared.access import Grant, Role
from tests.integration.identity.conftest import ORIGIN, PASSWORD, House

SCHOOL = str(uuid4())


def new(email: str | None = None, **fields: Any) -> dict[str, Any]:
    email = email or f"{uuid4().hex[:8]}@alder.example"
    return {"email": email, "name": "Jo Marsh", "grants": [{"role": "observer", "school_id": SCHOOL}], **fields}


async def opened_by(admin: httpx.AsyncClient, *items: dict[str, Any], **headers: str) -> list[dict[str, Any]]:
    answer = await admin.post("/accounts", json={"items": list(items)}, headers=headers)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


def token_of(opened: dict[str, Any]) -> str:
    url = opened["password_url"]
    assert url.startswith(f"{ORIGIN}/desk/password#token=")
    return str(url.split("#token=")[1])


async def test_a_person_sets_a_password_through_a_link_that_works_once(house: House, district: UUID) -> None:
    admin, item = await house.admin(district), new()
    [opened] = await opened_by(admin, item)
    assert opened["status"] == "opened"
    body = {"token": token_of(opened), "password": PASSWORD}
    assert (await house.browser().post("/password", json={**body, "password": "short"})).status_code == 422
    assert (await house.browser().post("/password", json=body)).status_code == 204
    answer = await house.browser().post("/session", json={"email": item["email"], "password": PASSWORD})
    assert answer.json()["grants"] == [{"role": "observer", "school_id": SCHOOL}]
    spent = await house.browser().post("/password", json={**body, "password": "a thief's own choice"})
    assert (spent.status_code, spent.json()["code"]) == (409, "link_spent")


async def test_a_link_that_was_replaced_or_has_expired_does_not_work(house: House, district: UUID) -> None:
    admin = await house.admin(district)
    [opened] = await opened_by(admin, new())
    renewed = (await admin.post(f"/accounts/{opened['person_id']}/password-link")).json()
    for link, change in ((opened, None), (renewed, timedelta(hours=73))):
        if change:
            async with house.identity.deps.db.system() as conn:
                await conn.execute(
                    "UPDATE password_links SET expires_at = expires_at - $2::interval WHERE person_id = $1",
                    UUID(opened["person_id"]),
                    change,
                )
        answer = await house.browser().post("/password", json={"token": token_of(link), "password": PASSWORD})
        assert answer.status_code == 409


async def test_a_new_password_ends_the_sessions_that_the_old_one_began(house: House, district: UUID) -> None:
    person, admin = await house.person(district), await house.admin(district)
    browser = await house.signed_in(person)
    link = (await admin.post(f"/accounts/{person.person_id}/password-link")).json()
    body = {"token": token_of(link), "password": "eleven copper kettles"}
    assert (await house.browser().post("/password", json=body)).status_code == 204
    assert (await browser.post("/session/refresh")).status_code == 401


async def test_sending_the_same_accounts_again_changes_nothing(house: House, district: UUID) -> None:
    admin, item, key = await house.admin(district), new(), str(uuid4())
    [first] = await opened_by(admin, item, **{"Idempotency-Key": key})
    [second] = await opened_by(admin, item, **{"Idempotency-Key": key})
    [third] = await opened_by(admin, item)
    assert first["person_id"] == second["person_id"] == third["person_id"]
    assert third["status"] == "unchanged"
    found = (await admin.get("/accounts", params={"q": item["email"]})).json()["items"]
    assert [f["version"] for f in found] == [2]


async def test_each_account_of_a_batch_is_judged_for_itself(house: House, district: UUID) -> None:
    admin = await house.admin(district)
    taken = new()
    await opened_by(admin, taken)
    results = await opened_by(
        admin,
        new(),
        new(grants=[{"role": "host_principal"}]),
        new(taken["email"], person_id=str(uuid4())),
    )
    assert [r["status"] for r in results] == ["opened", "refused", "refused"]
    assert [r.get("code") for r in results[1:]] == ["grant_needs_school", "email_taken"]


@pytest.mark.parametrize("change", [{"email": "no address"}, {"name": ""}, {"grants": [{"role": "king"}]}, {"x": 1}])
async def test_an_account_with_a_wrong_field_is_refused_whole(
    house: House, district: UUID, change: dict[str, Any]
) -> None:
    admin = await house.admin(district)
    assert (await admin.post("/accounts", json={"items": [new(**change)]})).status_code == 422


async def test_accounts_are_listed_page_by_page_without_a_hash_of_anything(house: House, district: UUID) -> None:
    admin = await house.admin(district)
    await opened_by(admin, *(new(f"{n:02d}@alder.example") for n in range(7)))
    seen: list[str] = []
    after = None
    while True:
        page = (await admin.get("/accounts", params={"limit": 3, **({"after": after} if after else {})})).json()
        assert "argon2" not in str(page)
        seen += [item["email"] for item in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert len(seen) == 8
    assert seen == sorted(seen)
    assert (await admin.get("/accounts", params={"after": "nonsense"})).status_code == 422


async def test_grants_change_with_a_version_and_a_stale_one_is_refused(house: House, district: UUID) -> None:
    admin, person = await house.admin(district), await house.person(district)
    url = f"/accounts/{person.person_id}/grants"
    changed = await admin.put(url, json={"grants": [{"role": "coach"}]}, headers={"If-Match": '"2"'})
    assert (changed.status_code, changed.headers["etag"]) == (200, '"4"')
    stale = await admin.put(url, json={"grants": []}, headers={"If-Match": '"2"'})
    assert stale.status_code == 412


async def test_an_erased_account_leaves_an_id_and_no_name(house: House, district: UUID) -> None:
    admin = await house.admin(district)
    person = await house.person(district)
    assert (await admin.delete(f"/accounts/{person.person_id}", params={"erase": True})).status_code == 204
    async with house.identity.deps.db.system() as conn:
        for table in ("accounts", "events", "security_log", "password_links"):
            for row in await conn.fetch(f"SELECT t::text AS line FROM {table} AS t WHERE district_id = $1", district):
                assert person.email not in row["line"]
    accounts = (await admin.get("/accounts")).json()["items"]
    erased = next(a for a in accounts if a["person_id"] == str(person.person_id))
    assert (erased["name"], erased["email"], erased["active"], erased["grants"]) == (None, None, False, [])


async def test_a_closed_account_can_be_opened_again_and_needs_a_new_password(house: House, district: UUID) -> None:
    admin, item = await house.admin(district), new()
    [opened] = await opened_by(admin, item)
    await house.browser().post("/password", json={"token": token_of(opened), "password": PASSWORD})
    await admin.delete(f"/accounts/{opened['person_id']}")
    [again] = await opened_by(admin, item)
    assert again["person_id"] == opened["person_id"]
    refused = await house.browser().post("/session", json={"email": item["email"], "password": PASSWORD})
    assert refused.status_code == 401
    assert token_of(again)


async def test_nobody_but_an_administrator_manages_accounts(house: House, district: UUID) -> None:
    for role in set(Role) - {Role.DISTRICT_ADMIN}:
        school = uuid4() if role in (Role.HOST_PRINCIPAL, Role.TEACHER) else None
        browser = await house.signed_in(await house.person(district, Grant(role, school)))
        person = uuid4()
        for method, path, body in (
            ("GET", "/accounts", None),
            ("POST", "/accounts", {"items": [new()]}),
            ("PUT", f"/accounts/{person}/grants", {"grants": []}),
            ("POST", f"/accounts/{person}/password-link", None),
            ("DELETE", f"/accounts/{person}", None),
            ("GET", "/audit", None),
        ):
            answer = await browser.request(method, path, json=body)
            assert answer.status_code == 403, (role, method, path)


async def test_an_administrator_reaches_no_other_district(house: House) -> None:
    mine, theirs = await house.district(), await house.district()
    admin = await house.admin(mine)
    stranger = await house.person(theirs)
    url = f"/accounts/{stranger.person_id}"
    assert (await admin.put(f"{url}/grants", json={"grants": []})).status_code == 404
    assert (await admin.post(f"{url}/password-link")).status_code == 404
    assert (await admin.delete(url, params={"erase": True})).status_code == 404
    [claimed] = await opened_by(admin, new(person_id=str(stranger.person_id)))
    assert claimed["code"] == "person_id_unusable"
    listed = str((await admin.get("/accounts")).json()) + str((await admin.get("/audit")).json())
    assert stranger.email not in listed
    assert str(stranger.person_id) not in listed
    still = await house.signed_in(stranger)
    assert (await still.get("/session")).status_code == 200


async def test_the_database_itself_shows_a_district_nothing_of_another(house: House) -> None:
    mine, theirs = await house.district(), await house.district()
    admin, stranger = await house.admin(theirs), await house.person(theirs)
    await house.signed_in(stranger)
    await admin.post(f"/accounts/{stranger.person_id}/password-link")
    tables = ("districts", "accounts", "grants", "sessions", "password_links", "security_log", "events")
    for table in tables:
        counts = []
        for district in (mine, theirs):
            async with house.identity.deps.db.reader(district) as conn:
                counts.append(await conn.fetchval(f"SELECT count(*) FROM {table} WHERE district_id = $1", theirs))
        assert counts[0] == 0, table
        assert counts[1] > 0, table
    async with house.identity.deps.db.reader(mine) as conn:
        for secret in ("signing_keys", "refresh_tokens", "rate_limits"):
            assert not await conn.fetchval("SELECT has_table_privilege($1, 'SELECT')", secret)


async def test_the_security_log_tells_who_did_what_without_a_secret(house: House, district: UUID) -> None:
    admin = await house.admin(district)
    item = new()
    [opened] = await opened_by(admin, item)
    await house.browser().post("/password", json={"token": token_of(opened), "password": PASSWORD})
    await house.browser().post("/session", json={"email": item["email"], "password": "a wrong password"})
    await admin.put(f"/accounts/{opened['person_id']}/grants", json={"grants": [{"role": "coach"}]})
    entries: list[dict[str, Any]] = []
    after = None
    while True:
        params = {"limit": "4", "person_id": opened["person_id"], **({"after": after} if after else {})}
        page = (await admin.get("/audit", params=params)).json()
        entries += page["items"]
        after = page["next"]
        if after is None:
            break
    assert [e["kind"] for e in entries] == [
        "role_granted",
        "role_revoked",
        "sign_in_failed",
        "password_set",
        "password_link_issued",
        "role_granted",
        "account_created",
    ]
    me = (await admin.get("/session")).json()["person_id"]
    assert {e["actor_id"] for e in entries if e["kind"].startswith("role_")} == {me}
    assert entries[0]["detail"] == {"role": "coach"}
    for secret in (token_of(opened), PASSWORD, "a wrong password", item["email"]):
        assert secret not in str(entries)


async def test_the_security_log_cannot_be_rewritten(house: House, district: UUID) -> None:
    await house.person(district)
    with pytest.raises(Exception, match="history is only added to"):
        async with house.identity.deps.db.system() as conn:
            await conn.execute("DELETE FROM security_log")


async def test_district_settings_are_raised_by_the_administrator_and_never_below_the_floor(
    house: House, district: UUID
) -> None:
    admin = await house.admin(district)
    held = await admin.get("/district")
    assert held.headers["etag"] == '"1"'
    settings = {k: v for k, v in held.json().items() if k != "district_id"}
    changed = await admin.put("/district/settings", json={**settings, "min_visits": 8}, headers={"If-Match": '"1"'})
    assert (changed.status_code, changed.headers["etag"]) == (200, '"2"')
    assert (await admin.get("/district")).json()["min_visits"] == 8
    low = await admin.put("/district/settings", json={**settings, "min_observers": 1})
    assert (low.status_code, low.json()["code"]) == (409, "threshold_below_floor")
    unknown = await admin.put("/district/settings", json={**settings, "timezone": "Mars/Olympus"})
    assert unknown.status_code == 422
    observer = await house.signed_in(await house.person(district))
    assert (await observer.get("/district")).status_code == 200
    assert (await observer.put("/district/settings", json=settings)).status_code == 403


async def test_setting_up_the_first_district_twice_changes_nothing(house: House) -> None:
    name, email = f"Alder {uuid4().hex[:4]}", f"admin-{uuid4().hex[:4]}@alder.example"
    ids = [
        await bootstrap(
            house.service,
            district_name=name,
            timezone="America/Denver",
            admin_email=email,
            admin_password=password,
        )
        for password in (PASSWORD, "a later other password")
    ]
    assert ids[0] == ids[1]
    answer = await house.browser().post("/session", json={"email": email, "password": PASSWORD})
    assert answer.json()["district"]["name"] == name


async def test_other_services_learn_of_settings_and_roles_and_of_no_name(house: House) -> None:
    nats = await connect(house.nats_url)
    try:
        district = await house.district()
        person = await house.person(district, Grant(Role.FACILITATOR))
        await (await house.admin(district)).delete(f"/accounts/{person.person_id}")
        told = await nats.jetstream().subscribe("evt.identity.>", ordered_consumer=True)
        heard: list[tuple[str, str]] = []
        while not heard or heard[-1] != ("RoleRevoked", str(person.person_id)):
            message = await told.next_msg(timeout=10)
            assert person.email not in message.data.decode()
            kind, body = message.subject.split(".")[3], json.loads(message.data)
            heard.append((kind, body.get("person_id") or body["district_id"]))
        mine = [kind for kind, about in heard if about in (str(person.person_id), str(district))]
        assert mine == ["DistrictRegistered", "RoleGranted", "RoleRevoked"]
        assert {kind for kind, _ in heard} <= {kind.event_type() for kind in PUBLISHED}
    finally:
        await nats.close()
