"""The relay carries every published event into JetStream, in order, whatever happens."""

from __future__ import annotations

from tests.integration.transport.world import World, until


async def test_what_is_appended_arrives_in_jetstream_in_dense_order(world: World) -> None:
    await world.append(*range(1200))
    relay = await world.relay()
    await until(lambda: relay.published == 1200)
    assert await world.stream_log_seqs() == list(range(1, 1201))


async def test_what_is_appended_reaches_the_read_model(world: World) -> None:
    await world.relay()
    await world.runner()
    await world.append(1, 2, 3)
    await until(world.shows(6, 3))
