"""The boards in memory: one order of moves per board, told to every open page at once.

The log says what the order is: an append expects the version that this process knows, and one that comes too late
is decided again behind what it missed. Processes do not tell each other: a page looks by itself every
`LOOK_SECONDS`, so that it sees a move taken elsewhere too.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Sequence
from uuid import UUID, uuid5

from services.rounds.board.commands import Wish
from services.rounds.board.decide import Facts, decide
from services.rounds.board.events import EVENTS, MOVES, VoiceHeard
from services.rounds.board.state import Board
from services.rounds.capture.queries import round_notes
from services.rounds.deps import Deps
from services.rounds.rounds.protocol import acts
from services.rounds.rounds.queries import RoundFile, debrief_stream, protocol_of, round_file
from shared.command_handler import RETRIES
from shared.errors import Conflict, Refused
from shared.eventstore.port import NewEvent, WrongVersion
from shared.messages import CommandContext, Event
from shared.said import say
from shared.upcasting import EventCodec

LOOK_SECONDS = 2.0
FACTS_SECONDS = 2.0
_MOST_ROOMS = 200
_CODEC = EventCodec(EVENTS)
OPEN_STAGES = ("analyze", "predict", "next_level_of_work")


def board_stream(round_id: UUID) -> str:
    return f"board-{round_id}"


class Room:
    """One round's board, while somebody uses it. `told` holds every move since the room was opened here, as pages
    read it, from version `base` on (None where an entry is for no page)."""

    def __init__(self, deps: Deps, district_id: UUID, round_id: UUID) -> None:
        self._deps = deps
        self._district_id = district_id
        self._round_id = round_id
        self._context = CommandContext(district_id, None)
        self.board = Board()
        self.version = -1  # not read yet
        self.base = 0
        self.told: list[str | None] = []
        self.lock = asyncio.Lock()
        self.bells: set[asyncio.Event] = set()
        self.debrief_version = 0  # of what is around the board: stage, screening, patterns
        self._looked_at = 0.0
        self._facts: tuple[float, RoundFile, Facts] | None = None

    async def look(self) -> None:
        """Takes in what the log holds beyond what is known. Under the lock."""
        self._looked_at = time.monotonic()
        debrief = debrief_stream(self._round_id)
        around = await self._deps.store.read_stream(debrief, self._district_id, after=self.debrief_version)
        self.debrief_is_at(self.debrief_version + len(around))
        after = max(self.version, 0)
        stored = await self._deps.store.read_stream(board_stream(self._round_id), self._district_id, after=after)
        if self.version < 0:
            self.version = 0
            for e in stored:
                self.board.apply(_CODEC.decode(e))
            self.version = self.base = len(stored)
            return
        self._take([_CODEC.decode(e) for e in stored])

    async def fresh(self) -> None:
        """Reads the log unless that was just done: pages call this while they wait."""
        if time.monotonic() - self._looked_at >= LOOK_SECONDS * 0.9:
            async with self.lock:
                if time.monotonic() - self._looked_at >= LOOK_SECONDS * 0.9:
                    await self.look()

    async def opened(self) -> None:
        if self.version < 0:
            async with self.lock:
                if self.version < 0:
                    await self.look()

    def _take(self, events: Sequence[Event]) -> None:
        for event in events:
            self.board.apply(event)
            self.version += 1
            self.told.append(told(self.version, event))
        if events:
            self.ring()

    def ring(self) -> None:
        for bell in self.bells:
            bell.set()

    def since(self, version: int) -> list[str] | None:
        """The moves after `version`; None when they lie before what this room remembers."""
        if version < self.base:
            return None
        return [t for t in self.told[version - self.base :] if t is not None]

    async def facts(self) -> tuple[RoundFile, Facts]:
        held = self._facts
        if held is None or held[0] < time.monotonic():
            file = await round_file(self._deps, self._district_id, self._round_id)
            notes = await round_notes(self._deps, self._district_id, file)
            debrief = file.debrief
            protocol = await protocol_of(self._deps, self._district_id, file.round)
            named = {p for people in file.people.values() for p in people}
            facts = Facts(
                open=debrief.stage in OPEN_STAGES and not debrief.closed,
                statements=frozenset(notes.standing),
                challenged=frozenset(debrief.challenged),
                acting=frozenset(p for p in named if acts(protocol, file.stage, p, file.people)),
            )
            held = self._facts = (time.monotonic() + FACTS_SECONDS, file, facts)
        return held[1], held[2]

    def debrief_is_at(self, version: int) -> None:
        """The debrief has come this far, here or in another process."""
        if version > self.debrief_version:
            self.debrief_version = version
            self._facts = None
            self.ring()

    async def move(self, wishes: Sequence[Wish], by: UUID) -> list[tuple[Wish, int | Refused | None]]:
        """Takes the moves in their order. Answers for each the version at which it stands, None when it was taken
        before, or why it was refused."""
        _, facts = await self.facts()
        async with self.lock:
            if self.version < 0:
                await self.look()
            for _ in range(RETRIES + 1):
                answers, events = self._decided(wishes, by, facts)
                if not events or await self._append(events, by):
                    return answers
                await self.look()
        raise Conflict(say("rounds.moved_at_once"), mend=say("rounds.moves_again"))

    def _decided(
        self, wishes: Sequence[Wish], by: UUID, facts: Facts
    ) -> tuple[list[tuple[Wish, int | Refused | None]], list[Event]]:
        board = self.board.copy() if len(wishes) > 1 else self.board
        answers: list[tuple[Wish, int | Refused | None]] = []
        events: list[Event] = []
        for wish in wishes:
            try:
                made = decide(wish, by, self._round_id, board, facts)
            except Refused as refused:
                answers.append((wish, refused))
                continue
            if len(wishes) > 1:
                for event in made:
                    board.apply(event)
            events.extend(made)
            answers.append((wish, self.version + len(events) if made else None))
        return answers, events

    async def hear(self, person_id: UUID, by: UUID) -> None:
        """The facilitator heard this person speak."""
        async with self.lock:
            for _ in range(RETRIES + 1):
                if self.version < 0:
                    await self.look()
                if person_id in self.board.heard:
                    return
                event = VoiceHeard(round_id=self._round_id, person_id=person_id, by=by)
                if await self._append([event], by):
                    return
                await self.look()
        raise Conflict(say("rounds.moved_at_once"), mend=say("errors.try_again"))

    async def _append(self, events: list[Event], by: UUID) -> bool:
        new = [NewEvent.of(e, _event_id(e)) for e in events]
        context = CommandContext(self._district_id, by)
        try:
            result = await self._deps.store.append(
                board_stream(self._round_id), new, expected=self.version, context=context
            )
        except WrongVersion:
            return False
        if result.duplicate:
            return False
        self._take(events)
        return True


def _event_id(event: Event) -> UUID:
    if isinstance(event, MOVES):
        return uuid5(event.round_id, f"{event.move_id}{event.by}")
    assert isinstance(event, VoiceHeard)
    return uuid5(event.round_id, f"heard {event.person_id}")


def told(version: int, event: Event) -> str | None:
    """A move as pages read it; what only the facilitator may know is for none of them."""
    if not isinstance(event, MOVES):
        return None
    body = event.model_dump_json(exclude={"round_id"})
    return f'{{"version":{version},"kind":"{type(event).__name__}",{body[1:]}'


class BoardRooms:
    """The rooms of this process; those that nobody watches are forgotten, the longest unused first."""

    def __init__(self, deps: Deps) -> None:
        self._deps = deps
        self._rooms: OrderedDict[tuple[UUID, UUID], Room] = OrderedDict()
        self.closed = False

    def room(self, district_id: UUID, round_id: UUID) -> Room:
        key = district_id, round_id
        room = self._rooms.get(key)
        if room is None:
            room = self._rooms[key] = Room(self._deps, district_id, round_id)
        self._rooms.move_to_end(key)
        for old in list(self._rooms)[: max(0, len(self._rooms) - _MOST_ROOMS)]:
            if not self._rooms[old].bells and not self._rooms[old].lock.locked():
                del self._rooms[old]
        return room

    def changed(self, district_id: UUID, round_id: UUID, version: int) -> None:
        """The debrief around the board came to `version`: pages read it again."""
        room = self._rooms.get((district_id, round_id))
        if room is not None:
            room.debrief_is_at(version)

    def close(self) -> None:
        """Ends every watch: the process stops."""
        self.closed = True
        for room in self._rooms.values():
            room.ring()
