"""A service reacts to another's events: each one at least once, in order, whatever fails on the way."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from time import monotonic
from uuid import uuid4

import pytest
from faststream.nats import JStream, NatsBroker, PullSub
from nats.js.api import ConsumerConfig

from shared.errors import NotFound, Refused
from shared.jetstream import stream_name
from shared.messages import PublishedEvent
from shared.metrics import exposition
from shared.reactions import Reactions
from shared.testing.servers import Servers
from tests.integration.transport.world import DISTRICT, INSERT, Counted, Renamed, World
from tests.support.until import until


class Collector:
    """A handler that remembers, and that fails when told to."""

    def __init__(self) -> None:
        self.amounts: list[int] = []
        self.fail_on: dict[int, int] = {}

    async def __call__(self, event: Counted, published: PublishedEvent) -> None:
        if self.fail_on.get(event.amount, 0) > 0:
            self.fail_on[event.amount] -= 1
            raise RuntimeError(f"cannot take {event.amount} now")
        self.amounts.append(event.amount)


async def test_events_of_the_types_asked_for_are_handled_in_order(world: World) -> None:
    await world.relay()
    collector = Collector()
    reactions = world.reactions()
    reactions.on(world.service, Counted, collector)
    await reactions.start()
    await world.append(1, 2)
    async with world.source.system() as conn:
        await world.insert(conn, 0, type_="Private")
    await world.append(3)
    await until(lambda: collector.amounts == [1, 2, 3])
    await until(lambda: reactions.problems() == [])


async def test_an_owner_that_starts_after_its_reader_is_found_at_once(world: World) -> None:
    """Not at the next comparison with its log: on a first start, that was seconds without a district's settings."""
    collector = Collector()
    reactions = Reactions("reader", world.reader, world.link, check_every=60)
    reactions.on(world.service, Counted, collector)
    await reactions.start()
    try:
        await until(lambda: reactions.problems() == [])
        await world.append(1)
        await world.relay()
        await until(lambda: collector.amounts == [1])
    finally:
        await reactions.stop()


async def test_a_handler_that_raises_gets_its_event_again_before_any_later_one(world: World) -> None:
    await world.relay()
    collector = Collector()
    collector.fail_on = {2: 2}
    reactions = world.reactions()
    reactions.on(world.service, Counted, collector)
    await reactions.start()
    await world.append(1, 2, 3)
    await until(lambda: collector.amounts == [1, 2, 3])


async def test_what_failed_is_tried_again_later_and_later(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not at each of the looks that a service takes, every 0.2 seconds here: what is away for a while is no reason for
    a dead letter."""
    monkeypatch.setattr("shared.reactions.RETRY_SECONDS", (0.4, 0.8, 1.2, 1.6, 2.0))
    await world.relay()
    tried: list[float] = []

    async def failing(event: Counted, published: PublishedEvent) -> None:
        tried.append(monotonic())
        raise RuntimeError("away")

    reactions = world.reactions()
    reactions.on(world.service, Counted, failing)
    await reactions.start()
    await world.append(1)
    await until(lambda: len(tried) == 5)
    pauses = [after - before for before, after in pairwise(tried)]
    assert all(pause >= wanted for pause, wanted in zip(pauses, (0.4, 0.8, 1.2, 1.6), strict=True)), pauses


async def test_faststream_by_itself_drops_the_event_whose_handler_raised(world: World) -> None:
    """The trap: without our acknowledgement policy the event never comes again."""
    relay = await world.relay()
    await until(lambda: relay.leading)
    broker = NatsBroker(world.link.url, logger=None)
    seen: list[int] = []

    @broker.subscriber(
        f"evt.{world.service}.>",
        stream=JStream(stream_name(world.service), declare=False),
        durable="naive",
        pull_sub=PullSub(1),
        config=ConsumerConfig(max_ack_pending=1),
    )
    async def naive(event: Counted) -> None:
        seen.append(event.amount)
        if event.amount == 2:
            raise RuntimeError("not now")

    await until(lambda: world.jetstream_holds(0))
    await broker.start()
    try:
        await world.append(1, 2, 3)
        await until(lambda: seen == [1, 2, 3])

        async def all_settled() -> bool:
            info = await world.link.js.consumer_info(stream_name(world.service), "naive")
            return bool(info.num_ack_pending == 0 and info.num_pending == 0)

        await until(all_settled)
        assert seen.count(2) == 1
    finally:
        await broker.stop()


async def test_an_event_that_always_fails_becomes_a_dead_letter_and_the_next_ones_go_on(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.reactions.RETRY_SECONDS", (0.01,) * 5)
    await world.relay()
    dead: list[str] = []

    async def told(message: object) -> None:
        dead.append(message.subject)  # type: ignore[attr-defined]  # nats-py's Msg is untyped

    await world.link.nc.subscribe(f"dead.reader.{world.service}.>", cb=told)
    collector = Collector()
    collector.fail_on = {2: 10**9}
    reactions = world.reactions()
    reactions.on(world.service, Counted, collector)
    await reactions.start()
    assert f'rondo_dead_letters_total{{service="reader",source="{world.service}"}} 0.0' in exposition()[0].decode()
    await world.append(1, 2, 3)
    await until(lambda: collector.amounts == [1, 3])
    assert collector.fail_on[2] == 10**9 - 5
    async with world.reader.system() as conn:
        rows = await conn.fetch("select type, error from dead_letters where source = $1", world.service)
    assert [(r["type"], "cannot take 2 now" in r["error"]) for r in rows] == [("Counted", True)]
    await until(lambda: dead == [f"dead.reader.{world.service}.Counted"])
    with pytest.raises(Refused, match="failed again: "):
        await reactions.retry(world.service, 2)
    collector.fail_on.clear()
    await reactions.retry(world.service, 2)
    assert collector.amounts == [1, 3, 2]
    with pytest.raises(NotFound):
        await reactions.retry(world.service, 2)


async def test_the_durable_starts_again_where_the_service_stopped(world: World) -> None:
    await world.relay()
    first = Collector()
    reactions = world.reactions()
    reactions.on(world.service, Counted, first)
    await reactions.start()
    await world.append(1)
    await until(lambda: first.amounts == [1])
    await reactions.stop()
    await world.append(2)
    second = Collector()
    again = world.reactions()
    again.on(world.service, Counted, second)
    await again.start()
    await until(lambda: second.amounts == [2])


async def test_what_reacts_since_a_later_version_is_told_once_of_what_came_before_it(world: World) -> None:
    async def rename(name: str) -> None:
        async with world.source.system() as conn:
            await conn.execute(INSERT, uuid4(), name, 1, "Renamed", DISTRICT, f'{{"name": "{name}"}}')

    await world.relay()
    before, first = world.reactions(), Collector()
    before.on(world.service, Counted, first)
    await before.start()
    await world.append(1)
    await rename("long ago")
    await world.append(3)
    await until(lambda: first.amounts == [1, 3])
    await before.stop()

    names: list[str] = []

    async def renamed(event: Renamed, published: PublishedEvent) -> None:
        names.append(event.name)

    for n, name in enumerate(("now", "again"), start=4):  # the upgrade, and the next start
        upgraded, second = world.reactions(), Collector()
        upgraded.on(world.service, Counted, second)
        upgraded.on(world.service, Renamed, renamed, later="names")
        await upgraded.start()
        await world.append(n)
        await rename(name)
        await until(lambda name=name: names[-1:] == [name])
        assert second.amounts == [n]
        await upgraded.stop()
    assert names == ["long ago", "now", "again"]


async def test_no_reaction_is_skipped_when_the_whole_jetstream_store_is_deleted(
    servers: Servers, tmp_path: Path
) -> None:
    with servers.extra_nats(tmp_path) as nats:
        world = await World.make(servers, nats.url)
        try:
            relay = await world.relay()
            collector = Collector()
            reactions = world.reactions()
            reactions.on(world.service, Counted, collector)
            await reactions.start()
            await world.append(*range(5))
            await until(lambda: collector.amounts == list(range(5)))
            nats.kill()
            nats.wipe()
            await world.append(*range(5, 10))
            nats.start()
            await world.append(*range(10, 15))
            await until(lambda: relay.published == 15, 40)
            await until(lambda: collector.amounts == list(range(15)), 40)
        finally:
            await world.close()


async def test_asyncapi_describes_what_a_service_listens_to_and_publishes(world: World) -> None:
    reactions = world.reactions()
    reactions.on(world.service, Counted, Collector())

    async def never(event: Renamed, published: PublishedEvent) -> None: ...

    reactions.on(world.service, Renamed, never)
    document = reactions.asyncapi([Counted])
    assert {o["action"] for o in document["operations"].values()} == {"receive", "send"}
    assert document["asyncapi"].startswith("3.")
    assert {"Counted", "Renamed"} <= document["components"]["schemas"].keys()
