"""Notes in memory between posts: bounded, never two writers at once, and read anew after an error."""

from __future__ import annotations

import asyncio
from uuid import uuid4

import pytest

from services.rounds.capture.held import Keeper
from services.rounds.capture.state import Notes
from shared.eventstore.memory import MemoryEventStore


def some_notes(items: int) -> Notes:
    return Notes(received={uuid4(): () for _ in range(items)})


async def test_the_longest_unused_notes_are_forgotten_first() -> None:
    keeper = Keeper(MemoryEventStore(), most_items=25)
    for stream in ("a", "b", "c"):
        async with keeper.hold(stream, uuid4()) as held:
            held.advance(some_notes(10), 10)
    async with keeper.hold("c", uuid4()) as held:
        assert not held.guessed
    async with keeper.hold("a", uuid4()) as held:
        assert held.guessed, "it was forgotten, and nobody has looked again"


async def test_one_writer_at_a_time() -> None:
    keeper = Keeper(MemoryEventStore())
    order: list[str] = []
    entered = asyncio.Event()

    async def write(name: str) -> None:
        async with keeper.hold("a", uuid4()):
            order.append(f"{name} in")
            entered.set()
            await asyncio.to_thread(int)  # time enough for another to come in, if it could
            order.append(f"{name} out")

    first = asyncio.create_task(write("first"))
    await entered.wait()
    await asyncio.gather(first, write("second"))
    assert order == ["first in", "first out", "second in", "second out"]


async def test_after_an_error_the_notes_are_read_again() -> None:
    keeper = Keeper(MemoryEventStore())

    async def fail() -> None:
        async with keeper.hold("a", uuid4()) as held:
            held.advance(some_notes(3), 3)
            raise ConnectionError

    with pytest.raises(ConnectionError):
        await fail()
    async with keeper.hold("a", uuid4()) as held:
        assert len((await held.notes()).received) == 0
        assert held.version == 0
