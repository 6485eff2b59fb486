"""Notes in memory between posts: bounded, never two writers at once, and read anew after an error."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from services.rounds.capture.events import Content, EvidenceRecorded, Receipt, Visit
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


def a_statement(device_id: UUID, number: int) -> EvidenceRecorded:
    visit = Visit(
        round_id=uuid4(), school_id=uuid4(), slot_id=uuid4(), classroom_id=uuid4(), observer_id=uuid4(),
        grade_band="K-2", subject="mathematics", day=date(2026, 11, 4),
    )  # fmt: skip
    now = datetime(2026, 11, 4, tzinfo=UTC)
    receipt = Receipt(client_id=uuid4(), device_id=device_id, seq=number, device_time=now, received_at=now)
    content = Content(words="s1.abc", minute=3, core_element="task")
    return EvidenceRecorded(statement_id=uuid4(), visit=visit, content=content, receipt=receipt)


async def test_added_statements_are_known_and_become_notes_when_somebody_asks() -> None:
    keeper = Keeper(MemoryEventStore(), most_items=5)
    device_id, stranger = uuid4(), uuid4()
    events = [a_statement(device_id, n) for n in (1, 2)]
    ids = [e.receipt.client_id for e in events]
    async with keeper.hold("a", uuid4()) as held:
        held.add(
            device_id, [(e.receipt.client_id, n, e.model_dump_json().encode()) for n, e in enumerate(events, 1)], 2
        )
        assert not await held.are_new(device_id, [ids[1]], [3])
        assert not await held.are_new(device_id, [uuid4()], [2])
        assert await held.are_new(device_id, [uuid4()], [3])
        assert await held.are_new(stranger, [uuid4()], [2])
        weight = held.weight
        notes = await held.notes()
        assert [s.recorded for s in notes.statements.values()] == events
        assert notes.seqs == {device_id: {1: ids[0], 2: ids[1]}}
        assert (held.version, held.guessed, held.weight) == (2, False, weight)
        assert not await held.are_new(device_id, [ids[1]], [3])
        assert not await held.are_new(device_id, [uuid4()], [2])
    async with keeper.hold("b", uuid4()) as held:
        held.add(
            device_id, [(e.receipt.client_id, n, e.model_dump_json().encode()) for n, e in enumerate(events, 1)], 2
        )
    async with keeper.hold("a", uuid4()) as held:
        assert held.guessed, "what was added counts: two streams of three are more than five"
