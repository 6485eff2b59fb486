"""Notes kept in memory between posts, each under a lock of its own; bounded by what they hold."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from services.rounds.capture.decide import NOTES
from services.rounds.capture.state import Notes
from shared.eventstore.port import EventStore
from shared.upcasting import EventCodec

MOST_ITEMS = 20_000
"""Items in memory, over all notes: some 50 MB."""

CODEC = EventCodec(NOTES.events)


class HeldNotes:
    """One stream's notes. `version` is what the next append expects. `guessed`: nobody has looked yet, and
    most notes are new, so they are taken to be; an append finds out, any other answer must look first."""

    def __init__(self, store: EventStore, stream: str, district_id: UUID) -> None:
        self._store = store
        self._district_id = district_id
        self._notes: Notes | None = Notes()
        self.guessed = True
        self.stream = stream
        self.version = 0
        self.lock = asyncio.Lock()
        self.waiting = 0

    @property
    def weight(self) -> int:
        return 1 + (len(self._notes.received) if self._notes else 0)

    async def notes(self) -> Notes:
        """The notes as last known; read when they are not. Not the caller's to change."""
        if self._notes is None:
            stored = await self._store.read_stream(self.stream, self._district_id)
            notes = Notes()
            for event in stored:
                notes.apply(CODEC.decode(event))
            self._notes, self.version = notes, len(stored)
        return self._notes

    def advance(self, notes: Notes, version: int) -> None:
        self._notes, self.version, self.guessed = notes, version, False

    def drop(self) -> None:
        """Has the notes read anew."""
        self._notes, self.guessed = None, False


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
