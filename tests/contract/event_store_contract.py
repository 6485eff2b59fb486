"""What every event store keeps to. A test class derives from it and has a fixture `store`."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Protocol
from uuid import UUID, uuid4

import msgspec
import pytest

from shared.errors import KeyReused
from shared.eventstore.log import START, LogCursor, LogPage
from shared.eventstore.port import ANY_VERSION, EventStore, NewEvent, WrongVersion
from shared.messages import CommandContext, StoredEvent


class Store(EventStore, Protocol):
    async def read_log(self, cursor: LogCursor, limit: int = 500, types: Collection[str] | None = None) -> LogPage: ...


def fact(n: int = 1, kind: str = "Noted") -> NewEvent:
    return NewEvent(kind, json.dumps({"n": n}).encode())


def asked_by(district_id: UUID | None = None) -> CommandContext:
    return CommandContext(district_id or uuid4(), uuid4())


def stream() -> str:
    return f"slot-{uuid4()}"


def numbers(events: Sequence[StoredEvent]) -> list[int]:
    return [json.loads(e.data)["n"] for e in events]


async def whole_log(store: Store, page: int = 7) -> list[StoredEvent]:
    cursor, events = START, []
    while True:
        read = await store.read_log(cursor, page)
        events += read.events
        if read.at_end:
            return events
        assert read.cursor > cursor
        cursor = read.cursor


class EventStoreContract:
    async def test_events_come_back_as_they_went_in(self, store: Store) -> None:
        name, device_time = stream(), datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
        context = CommandContext(
            uuid4(),
            uuid4(),
            correlation_id=uuid4(),
            causation_id=uuid4(),
            device_time=device_time,
            traceparent='00-"1"',
        )
        body = {"text": "asked 12 questions — „10“ of them recall ✓", "nested": {"list": [1, 2.5, None, True]}}
        result = await store.append(
            name, [NewEvent("Noted", json.dumps(body).encode(), 3)], expected=0, context=context
        )
        [event] = await store.read_stream(name, context.district_id)
        assert (event.event_id, event.stream, event.version) == (context.event_id(0), name, 1)
        assert (event.type, event.schema_version, event.district_id) == ("Noted", 3, context.district_id)
        assert json.loads(event.data) == body
        assert msgspec.structs.asdict(event.meta) == {
            "correlation_id": context.correlation_id,
            "causation_id": context.causation_id,
            "actor_id": context.actor_id,
            "command_id": context.command_id,
            "device_time": device_time,
            "traceparent": '00-"1"',
        }
        assert event.recorded_at.tzinfo is not None
        assert (result.version, list(result.event_ids), result.duplicate) == (1, [event.event_id], False)

    async def test_a_batch_is_stored_in_its_order(self, store: Store) -> None:
        name, context = stream(), asked_by()
        result = await store.append(name, [fact(n) for n in range(20)], expected=0, context=context)
        assert result.version == 20
        events = await store.read_stream(name, context.district_id)
        assert numbers(events) == list(range(20))
        assert [e.version for e in events] == list(range(1, 21))

    async def test_a_stream_is_read_from_behind_a_version(self, store: Store) -> None:
        name, context = stream(), asked_by()
        await store.append(name, [fact(n) for n in range(1, 6)], expected=0, context=context)
        assert numbers(await store.read_stream(name, context.district_id, after=3)) == [4, 5]
        assert await store.read_stream(name, context.district_id, after=5) == []
        assert await store.read_stream(stream(), context.district_id) == []

    async def test_the_wrong_version_is_refused_and_nothing_is_stored(self, store: Store) -> None:
        name, context = stream(), asked_by()
        await store.append(name, [fact(1), fact(2)], expected=0, context=context)
        for expected in (0, 1, 3):
            with pytest.raises(WrongVersion) as refused:
                await store.append(name, [fact(3)], expected=expected, context=asked_by(context.district_id))
            assert (refused.value.stream, refused.value.expected, refused.value.actual) == (name, expected, 2)
        assert numbers(await store.read_stream(name, context.district_id)) == [1, 2]

    async def test_a_new_stream_cannot_be_expected_at_a_version(self, store: Store) -> None:
        with pytest.raises(WrongVersion) as refused:
            await store.append(stream(), [fact()], expected=4, context=asked_by())
        assert refused.value.actual == 0

    async def test_any_version_will_do_where_facts_cannot_conflict(self, store: Store) -> None:
        name, district = stream(), uuid4()
        for n in range(3):
            result = await store.append(name, [fact(n)], expected=ANY_VERSION, context=asked_by(district))
            assert result.version == n + 1
        assert numbers(await store.read_stream(name, district)) == [0, 1, 2]

    async def test_the_same_command_twice_is_stored_once(self, store: Store) -> None:
        name, context = stream(), asked_by()
        first = await store.append(name, [fact(1), fact(2)], expected=0, context=context)
        await store.append(name, [fact(3)], expected=2, context=asked_by(context.district_id))
        for expected in (0, ANY_VERSION, 2, 3):
            again = await store.append(name, [fact(1), fact(2)], expected=expected, context=context)
            assert (again.version, again.event_ids, again.duplicate) == (2, first.event_ids, True)
        assert numbers(await store.read_stream(name, context.district_id)) == [1, 2, 3]

    @pytest.mark.parametrize("expected", [0, 1, ANY_VERSION])
    async def test_the_same_id_with_another_content_is_refused(self, store: Store, expected: int) -> None:
        name, context = stream(), asked_by()
        await store.append(name, [fact(1)], expected=0, context=context)
        for other in ([fact(2)], [fact(1, kind="Other")], [fact(1), fact(2)]):
            with pytest.raises(KeyReused):
                await store.append(name, other, expected=expected, context=context)
        with pytest.raises(KeyReused):
            await store.append(stream(), [fact(1)], expected=ANY_VERSION, context=context)
        assert numbers(await store.read_stream(name, context.district_id)) == [1]

    async def test_an_append_without_events_is_a_mistake(self, store: Store) -> None:
        with pytest.raises(ValueError, match="without events"):
            await store.append(stream(), [], expected=0, context=asked_by())

    async def test_a_stream_belongs_to_one_district(self, store: Store) -> None:
        name, ours, theirs = stream(), asked_by(), asked_by()
        await store.append(name, [fact(1)], expected=0, context=ours)
        with pytest.raises(PermissionError):
            await store.append(name, [fact(2)], expected=1, context=theirs)
        assert await store.read_stream(name, theirs.district_id) == []
        assert numbers(await store.read_stream(name, ours.district_id)) == [1]

    async def test_of_many_who_expect_the_same_version_one_wins(self, store: Store) -> None:
        name, district = stream(), uuid4()
        answers = await asyncio.gather(
            *(store.append(name, [fact(n)], expected=0, context=asked_by(district)) for n in range(20)),
            return_exceptions=True,
        )
        refused = [a for a in answers if isinstance(a, WrongVersion)]
        assert len(refused) == 19
        assert len(await store.read_stream(name, district)) == 1

    async def test_who_fails_does_not_fail_the_others(self, store: Store) -> None:
        district, taken = uuid4(), stream()
        await store.append(taken, [fact(0)], expected=0, context=asked_by(district))
        names = [stream() for _ in range(30)]
        answers = await asyncio.gather(
            *(
                store.append(taken if n % 3 == 0 else names[n], [fact(n)], expected=0, context=asked_by(district))
                for n in range(30)
            ),
            return_exceptions=True,
        )
        assert [n for n, a in enumerate(answers) if isinstance(a, Exception)] == list(range(0, 30, 3))
        for n, name in enumerate(names):
            assert numbers(await store.read_stream(name, district)) == ([n] if n % 3 else [])

    async def test_a_repetition_among_others_is_told_to_its_caller_alone(self, store: Store) -> None:
        district, name, again = uuid4(), stream(), asked_by()
        await store.append(name, [fact(1)], expected=0, context=again)
        answers = await asyncio.gather(
            *(store.append(stream(), [fact(n)], expected=0, context=asked_by(district)) for n in range(10)),
            store.append(name, [fact(1)], expected=ANY_VERSION, context=again),
            store.append(stream(), [fact(99)], expected=0, context=asked_by(district)),
        )
        assert [a.duplicate for a in answers] == [False] * 10 + [True, False]

    async def test_writes_are_serialised_as_readers_see_them(self, store: Store) -> None:
        """While writers append to shared streams, a reader that follows the log never sees a stream's
        version before an earlier one, and in the end has seen everything once."""
        district, names = uuid4(), [stream() for _ in range(5)]
        writing, more = True, asyncio.Event()

        async def write(writer: int) -> None:
            for n in range(15):
                await store.append(
                    names[(writer + n) % len(names)],
                    [fact(n), fact(n + 100)],
                    expected=ANY_VERSION,
                    context=asked_by(district),
                )
                more.set()

        seen: list[StoredEvent] = []

        async def follow() -> None:
            cursor = START
            while True:
                last_look = not writing
                page = await store.read_log(cursor, 11)
                cursor = page.cursor
                seen.extend(e for e in page.events if e.district_id == district)
                if page.at_end and last_look and len(seen) >= 12 * 15 * 2:
                    return
                if page.at_end and not last_look:
                    await more.wait()
                    more.clear()

        async def write_all() -> None:
            nonlocal writing
            await asyncio.gather(*(write(w) for w in range(12)))
            writing = False
            more.set()

        await asyncio.gather(write_all(), follow())
        for name in names:
            of_stream = [e.version for e in seen if e.stream == name]
            assert of_stream == list(range(1, 73))
            stored = await store.read_stream(name, district)
            assert [e.event_id for e in stored] == [e.event_id for e in seen if e.stream == name]
        assert len(seen) == len({e.event_id for e in seen}) == 360

    async def test_the_log_gives_the_types_asked_for_and_moves_past_the_others(self, store: Store) -> None:
        context = asked_by()
        for n in range(6):
            await store.append(
                stream(), [fact(n, "Wanted" if n % 3 == 0 else "Other")], expected=0,
                context=asked_by(context.district_id),
            )  # fmt: skip
        cursor, found = START, []
        while True:
            page = await store.read_log(cursor, 2, {"Wanted"})
            found += [e for e in page.events if e.district_id == context.district_id]
            cursor = page.cursor
            if page.at_end:
                break
        assert numbers(found) == [0, 3]
        assert (await store.read_log(cursor, 10)).events == []
