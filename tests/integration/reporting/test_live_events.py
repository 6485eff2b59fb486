"""Server-sent events over real HTTP: driven by the projection's commits, resumable, and ended in good order."""

from __future__ import annotations

from uuid import uuid4

import pytest

from services.reporting.projections.school_patterns.project import SchoolPatterns
from shared.access import Actor, Role
from shared.database import Database
from shared.jetstream import Link
from shared.projections import builds
from shared.projections.rebuild import build_and_swap
from shared.refill import Refill
from shared.testing.servers import Servers
from tests.support.published import ARound
from tests.support.reporting_world import World, person, reporting_world


def facilitator(a_round: ARound) -> Actor:
    return person(Role.FACILITATOR, person_id=a_round.facilitator_id)


def number(event_id: str) -> int:
    return int(event_id.partition("-")[0])


async def an_open_round(world: World) -> tuple[ARound, str]:
    a_round = ARound(name=str(uuid4()))
    path = f"/rounds/{a_round.round_id}/live"
    await world.publish("rounds", [a_round.opened(), a_round.said("first", 0, 0)])
    await world.until(path, facilitator(a_round), lambda s: s["statements"] == 1)
    return a_round, f"{path}/events"


async def test_each_commit_of_the_projection_reaches_the_open_page(world: World) -> None:
    a_round, path = await an_open_round(world)
    async with world.listen(path, facilitator(a_round)) as following:
        kind, first_id, figures = await following()
        assert (kind, figures["statements"]) == ("figures", 1)
        await world.publish("rounds", [a_round.said("second", 1, 1, "student")])
        kind, second_id, figures = await following()
        assert (kind, figures["statements"]) == ("figures", 2)
        assert number(second_id) == figures["seq"] > number(first_id)


async def test_a_page_that_comes_back_gets_only_what_is_new(world: World) -> None:
    a_round, path = await an_open_round(world)
    async with world.listen(path, facilitator(a_round)) as following:
        _, seen, _ = await following()
    async with world.listen(path, facilitator(a_round), headers={"Last-Event-ID": seen}) as following:
        await world.publish("rounds", [a_round.said("while away", 2, 0)])
        kind, newer, figures = await following()
        assert (kind, figures["statements"]) == ("figures", 2)
        assert number(newer) > number(seen)


async def test_an_open_page_hears_that_another_build_says_something_else(world: World) -> None:
    """An entry that was set aside comes in by a rebuild: the newest entry is the same, the figures are not."""
    a_round, path = await an_open_round(world)
    db, link = Database.open(world.settings.database_url, pool_size=2), Link(world.settings.nats_url, "a test", print)
    await link.connect()
    try:
        async with db.system() as conn:
            await builds.use_live(conn, SchoolPatterns.name)
            await conn.execute("delete from tally where round_id = $1", a_round.round_id)
        async with world.listen(path, facilitator(a_round)) as following:
            _, before, figures = await following()
            assert figures["statements"] == 0
            await build_and_swap(db, Refill(link, "a test"), SchoolPatterns())
            _, after, figures = await following()
            assert figures["statements"] == 1
            assert number(after) == number(before)
        async with world.listen(path, facilitator(a_round), headers={"Last-Event-ID": before}) as following:
            assert (await following())[1:] == (after, figures), "who comes back from the build before hears of it too"
    finally:
        await link.close()
        await db.close()


async def test_the_stream_ends_when_synthesis_closes(world: World) -> None:
    a_round, path = await an_open_round(world)
    async with world.listen(path, facilitator(a_round)) as following:
        await following()
        await world.publish("rounds", [a_round.closed()])
        assert await following() == ("ended", "", {"reason": "closed"})
        with pytest.raises(EOFError):
            await following()


async def test_the_stream_ends_when_the_round_gets_another_facilitator(world: World) -> None:
    a_round, path = await an_open_round(world)
    async with world.listen(path, facilitator(a_round)) as following:
        await following()
        other = a_round.opened().model_copy(update={"facilitator_id": uuid4()})
        await world.publish("rounds", [other])
        assert await following() == ("ended", "", {"reason": "gone"})


async def test_the_stream_ends_with_the_token(world: World) -> None:
    a_round, path = await an_open_round(world)
    async with world.listen(path, facilitator(a_round), lifetime_seconds=2) as following:
        assert (await following())[0] == "figures"
        assert await following() == ("ended", "", {"reason": "expired"})


async def test_nobody_else_may_listen(world: World) -> None:
    a_round, path = await an_open_round(world)
    strangers = {
        404: person(Role.FACILITATOR),
        403: person(Role.HOST_PRINCIPAL, school_id=a_round.school_id),
    }
    for status, actor in strangers.items():
        assert (await world.get(path, actor)).status_code == status
    assert (await world.get(path, None)).status_code == 401
    absent = await world.get(f"/rounds/{uuid4()}/live/events", person(Role.FACILITATOR))
    assert absent.json() == (await world.get(path, strangers[404])).json()


async def test_a_silent_stream_is_pinged(world: World) -> None:
    a_round, path = await an_open_round(world)
    headers = world.identity.headers_for(facilitator(a_round))
    async with world.http.stream("GET", path, headers=headers) as answer:
        async for line in answer.aiter_lines():
            if line.startswith(": ping"):
                break


async def test_stopping_the_service_ends_every_stream(servers: Servers) -> None:
    async with reporting_world(servers) as own:
        a_round, path = await an_open_round(own)
        async with own.listen(path, facilitator(a_round)) as following:
            await following()
            await own.service.stop()
            with pytest.raises(EOFError):
                await following()
