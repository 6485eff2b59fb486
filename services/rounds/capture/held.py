"""Notes kept in memory between posts, each under a lock of its own; bounded by what they hold."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Collection, Iterable
from contextlib import asynccontextmanager
from uuid import UUID

from services.rounds.capture.decide import NOTES
from services.rounds.capture.events import EvidenceRecorded
from services.rounds.capture.state import Notes
from shared.eventstore.port import EventStore
from shared.upcasting import EventCodec

MOST_ITEMS = 20_000
"""Items in memory, over all notes: some 50 MB."""

CODEC = EventCodec(NOTES.events)


class HeldNotes:
    """One stream's notes. `version` is what the next append expects. `guessed`: nobody has looked yet, and
    most notes are new, so they are taken to be; an append finds out, any other answer must look first.

    New statements are kept as they were stored and become part of the notes when somebody asks for these: most
    notes are only ever added to, and making what nobody reads cost half of a post, and the garbage collector's
    time for as long as it was kept."""

    def __init__(self, store: EventStore, stream: str, district_id: UUID) -> None:
        self._store = store
        self._district_id = district_id
        self._notes: Notes | None = Notes()
        self._added: dict[UUID, bytes] = {}  # by client id
        self._numbers: dict[UUID, set[int]] = {}  # theirs, by device
        self.guessed = True
        self.stream = stream
        self.version = 0
        self.lock = asyncio.Lock()
        self.waiting = 0

    @property
    def weight(self) -> int:
        return 1 + (len(self._notes.received) if self._notes else 0) + len(self._added)

    async def notes(self) -> Notes:
        """The notes as last known; read when they are not. Not the caller's to change."""
        notes = await self._look()
        for data in self._added.values():
            notes.apply(EvidenceRecorded.model_validate_json(data))
        self._added, self._numbers = {}, {}
        return notes

    async def submitted(self) -> bool:
        return (await self._look()).submitted

    async def are_new(self, device_id: UUID, client_ids: Collection[UUID], numbers: Collection[int]) -> bool:
        """Whether neither any of the ids nor any of the device's numbers stands in the notes."""
        notes = await self._look()
        return (
            notes.received.keys().isdisjoint(client_ids)
            and self._added.keys().isdisjoint(client_ids)
            and notes.seqs.get(device_id, {}).keys().isdisjoint(numbers)
            and self._numbers.get(device_id, set()).isdisjoint(numbers)
        )

    def add(self, device_id: UUID, statements: Iterable[tuple[UUID, int, bytes]], version: int) -> None:
        """New statements, stored: client id, number and EvidenceRecorded of each. `version` as in `advance`."""
        numbers = self._numbers.setdefault(device_id, set())
        for client_id, number, data in statements:
            self._added[client_id] = data
            numbers.add(number)
        self.version, self.guessed = version, False

    def advance(self, notes: Notes, version: int) -> None:
        self._added, self._numbers = {}, {}
        self._notes, self.version, self.guessed = notes, version, False

    def drop(self) -> None:
        """Has the notes read anew."""
        self._added, self._numbers = {}, {}
        self._notes, self.guessed = None, False

    async def _look(self) -> Notes:
        if self._notes is None:
            stored = await self._store.read_stream(self.stream, self._district_id)
            notes = Notes()
            for event in stored:
                notes.apply(CODEC.decode(event))
            self._notes, self.version = notes, len(stored)
        return self._notes


class Keeper:
    def __init__(self, store: EventStore, most_items: int = MOST_ITEMS) -> None:
        self._store = store
        self._most = most_items
        self._held: OrderedDict[str, HeldNotes] = OrderedDict()
        self._weight = 0

    @asynccontextmanager
    async def hold(self, stream: str, district_id: UUID) -> AsyncIterator[HeldNotes]:
        """The stream's notes, for this caller alone until the block ends. An error forgets them."""
        held = self._held.get(stream)
        if held is None:
            held = self._held[stream] = HeldNotes(self._store, stream, district_id)
            self._weight += held.weight
        self._held.move_to_end(stream)
        held.waiting += 1
        try:
            async with held.lock:
                before = held.weight
                try:
                    yield held
                except BaseException:
                    held.drop()
                    raise
                finally:
                    self._weight += held.weight - before
        finally:
            held.waiting -= 1
            self._trim()

    def _trim(self) -> None:
        """Forgets the notes that were longest unused. Some in use may let the bound be passed for a moment."""
        while self._weight > self._most:
            stream, held = next(iter(self._held.items()))
            if held.waiting:
                return
            self._weight -= held.weight
            del self._held[stream]
