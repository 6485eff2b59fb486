"""The ledger of a device: which numbers of one user came in, told by the notes themselves.

The device's own stream only says in which notes to look, and keeps the items that left no event there.
So the ledger cannot claim what is not stored.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid5

from pydantic import BaseModel, ConfigDict, Field

from services.rounds.capture.commands import Delivery
from services.rounds.capture.events import DEVICE_EVENTS, DeviceTookNotes, DeviceVisited, ItemsNoted, NotedItem
from services.rounds.capture.reading import read_notes
from services.rounds.capture.streams import device_stream, notes_stream
from services.rounds.deps import Deps
from shared.eventstore.port import ANY_VERSION, NewEvent
from shared.messages import CommandContext, Event
from shared.upcasting import EventCodec

_VISITED = UUID("b0a3f1de-3f0c-5a0e-8f43-5d8f4e2f9a77")
_CODEC = EventCodec(DEVICE_EVENTS)
_MOST_REMEMBERED = 50_000


class Gap(BaseModel):
    """Numbers that have not come in, both ends included."""

    first: int
    last: int


class RefusedItem(BaseModel):
    seq: int
    client_id: UUID
    code: str


class Ledger(BaseModel):
    """What came in from one device under the signed-in user. A device may delete its copy of item n when
    n is not in a gap and not among `refused`."""

    model_config = ConfigDict(frozen=True)
    device_id: UUID
    count: int = Field(description="different numbers that came in, refused ones included")
    maximum: int = Field(description="the highest of them; 0 when there is none")
    gaps: tuple[Gap, ...]
    refused: tuple[RefusedItem, ...] = Field(description="came in and were refused; nothing of them is kept")


class Devices:
    def __init__(self, deps: Deps) -> None:
        self._deps = deps
        self._visited: OrderedDict[tuple[str, UUID], None] = OrderedDict()

    async def visited(self, context: CommandContext, device_id: UUID, observer_id: UUID, round_id: UUID) -> None:
        """Before the first item of the device in a round: from now on its ledger looks there."""
        stream = device_stream(device_id, observer_id)
        if (stream, round_id) in self._visited:
            return
        event = DeviceVisited(device_id=device_id, observer_id=observer_id, round_id=round_id)
        await self._from_now_on(stream, round_id, event, context)

    async def took_notes(self, context: CommandContext, device_id: UUID, person_id: UUID, cycle_id: UUID) -> None:
        """Before the first item of the device in a coaching cycle, likewise."""
        stream = device_stream(device_id, person_id)
        if (stream, cycle_id) in self._visited:
            return
        event = DeviceTookNotes(device_id=device_id, observer_id=person_id, cycle_id=cycle_id)
        await self._from_now_on(stream, cycle_id, event, context)

    async def _from_now_on(self, stream: str, where: UUID, event: Event, context: CommandContext) -> None:
        event_id = uuid5(_VISITED, f"{stream}{where}")
        await self._deps.store.append(stream, [NewEvent.of(event, event_id)], expected=ANY_VERSION, context=context)
        self._visited[stream, where] = None
        if len(self._visited) > _MOST_REMEMBERED:
            self._visited.popitem(last=False)

    async def note(
        self,
        context: CommandContext,
        delivery: Delivery,
        observer_id: UUID,
        items: Sequence[NotedItem],
        received_at: datetime,
        skew_seconds: float,
    ) -> None:
        """Keeps items that left no event in any notes; those noted before are not noted again."""
        stream = device_stream(delivery.device_id, observer_id)
        _, _, before = await self._read(stream, context.district_id)
        known = {(i.seq, i.client_id, i.code) for i in before}
        new = tuple(i for i in items if (i.seq, i.client_id, i.code) not in known)
        if not new:
            return
        event = ItemsNoted(
            device_id=delivery.device_id,
            observer_id=observer_id,
            items=new,
            sent_at=delivery.sent_at,
            received_at=received_at,
            skew_seconds=skew_seconds,
        )
        event_id = self._deps.new_id()
        await self._deps.store.append(stream, [NewEvent.of(event, event_id)], expected=ANY_VERSION, context=context)

    async def ledger(self, district_id: UUID, device_id: UUID, observer_id: UUID) -> Ledger:
        rounds, cycles, noted = await self._read(device_stream(device_id, observer_id), district_id)
        async with self._deps.db.reader(district_id) as conn:
            rows = await conn.fetch("select slot_id from round_slots where round_id = any($1)", rounds)
        slots: list[UUID] = [r["slot_id"] for r in rows]
        notes = await read_notes(self._deps.db, district_id, [notes_stream(s, observer_id) for s in slots])
        stored = {seq for held in notes.values() for seq in held.seqs_of(device_id)}
        for cycle_id in cycles:
            state, _ = await self._deps.cycles.load(f"cycle-{cycle_id}", CommandContext(district_id, None))
            mine = [t for t in state.taken.values() if (t.author_id, t.device_id) == (observer_id, device_id)]
            stored |= {t.seq for t in mine}
        stored |= {i.seq for i in noted if i.result == "duplicate"}
        refused = {i.seq: i for i in noted if i.result == "refused" and i.seq not in stored}
        seqs = sorted(stored | set(refused))
        return Ledger(
            device_id=device_id,
            count=len(seqs),
            maximum=seqs[-1] if seqs else 0,
            gaps=gaps(seqs),
            refused=tuple(
                RefusedItem(seq=i.seq, client_id=i.client_id, code=i.code or "") for _, i in sorted(refused.items())
            ),
        )

    async def _read(self, stream: str, district_id: UUID) -> tuple[list[UUID], list[UUID], list[NotedItem]]:
        rounds: list[UUID] = []
        cycles: list[UUID] = []
        noted: list[NotedItem] = []
        for stored in await self._deps.store.read_stream(stream, district_id):
            match _CODEC.decode(stored):
                case DeviceVisited(round_id=round_id):
                    rounds.append(round_id)
                case DeviceTookNotes(cycle_id=cycle_id):
                    cycles.append(cycle_id)
                case ItemsNoted(items=items):
                    noted.extend(items)
        return rounds, cycles, noted


def gaps(seqs: Sequence[int]) -> tuple[Gap, ...]:
    """The holes in `seqs` (sorted, from 1)."""
    found = []
    before = 0
    for seq in seqs:
        if seq > before + 1:
            found.append(Gap(first=before + 1, last=seq - 1))
        before = seq
    return tuple(found)
