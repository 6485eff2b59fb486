"""Who steers the read models of an installation, and how a page follows what is built."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID, uuid4

from asyncpg import Connection

from services.reporting.operations.operators import is_operator
from shared.access import Actor, Role
from shared.database import Database
from tests.support.published import DISTRICT
from tests.support.reporting_world import World, person

PATH = "/operations/projections"


@asynccontextmanager
async def database(world: World) -> AsyncIterator[Connection]:
    db = Database.open(world.settings.database_url, pool_size=1)
    try:
        async with db.system() as conn:
            yield conn
    finally:
        await db.close()


async def test_a_page_follows_a_build_by_events_and_not_by_asking(world: World) -> None:
    admin = person(Role.DISTRICT_ADMIN)
    headers = world.identity.headers_for(admin)
    await world.until(PATH, admin, lambda s: all(x["lag"] == 0 for x in s["items"][0]["sources"]))
    async with world.listen(f"{PATH}/events", admin) as following:
        kind, _, first = await following()
        assert (kind, first["may_change"]) == ("projections", True)
        asked = await world.http.post(f"{PATH}/school_patterns/rebuilds", json={}, headers=headers)
        assert asked.status_code == 202
        seen = []
        while "live" not in seen:
            _, _, now = await following()
            rebuild = now["items"][0]["rebuild"]
            seen.append(rebuild["state"])
            if rebuild["state"] == "live":
                assert rebuild["applied"] >= rebuild["total"] > 0
                assert now["items"][0]["previous"] == first["items"][0]["built"]
        assert seen[0] == "running"


async def test_the_stream_of_builds_ends_with_the_token(world: World) -> None:
    async with world.listen(f"{PATH}/events", person(Role.DISTRICT_ADMIN), lifetime_seconds=2) as following:
        found = await following()
        while found[0] == "projections":
            found = await following()
        assert found == ("ended", "", {"reason": "expired"})


async def test_an_administrator_of_another_district_sees_health_and_steers_nothing(world: World) -> None:
    stranger = person(Role.DISTRICT_ADMIN, district=uuid4())
    own = person(Role.DISTRICT_ADMIN)
    async with database(world) as conn:
        schema = await conn.fetchval("select schema from projections.live where name = 'school_patterns'")
        await conn.execute(
            "insert into projections.set_aside (schema, source, log_seq, event_id, type, district_id, error) "
            "values ($1, 'rounds', 999999, $2, 'RoundOpened', $3, 'ValueError: what it said')",
            schema,
            uuid4(),
            DISTRICT,
        )
    try:
        told = (await world.get(PATH, stranger)).json()
        assert told["may_change"] is False
        assert [s["source"] for s in told["items"][0]["sources"]] == ["identity", "rounds", "scheduling"]
        assert told["items"][0]["set_aside"] == []
        assert (await world.get(PATH, own)).json()["items"][0]["set_aside"][0]["error"] == "ValueError: what it said"
        headers = world.identity.headers_for(stranger)
        for answer in (
            await world.http.post(f"{PATH}/school_patterns/rebuilds", json={}, headers=headers),
            await world.http.put(f"{PATH}/school_patterns/rebuild", json={"state": "paused"}, headers=headers),
        ):
            assert answer.status_code == 403
            assert "RONDO_REPORTING_OPERATOR_DISTRICTS" in answer.json()["mend"]
        assert (await world.get(f"{PATH}/events", person(Role.DISTRICT_LEADER))).status_code == 403
    finally:
        async with database(world) as conn:
            await conn.execute("delete from projections.set_aside where log_seq = 999999")


async def test_where_districts_are_named_these_operate(world: World) -> None:
    named = [UUID(int=7)]

    async def operates(actor: Actor) -> bool:
        async with database(world) as conn:
            return await is_operator(conn, actor, named)

    assert await operates(person(Role.DISTRICT_ADMIN, district=named[0]))
    assert not await operates(person(Role.DISTRICT_ADMIN))
