"""What capture must know of a slot at every post: read once, kept for a moment, then asked whether it changed.

A change made by another process is seen within `KEPT_SECONDS`; a slot that is not known is always
looked up, so that a round planned a second ago takes its first statement. Rounds do not wait for each other.
"""

from __future__ import annotations

import asyncio
import contextvars
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from services.rounds.capture.decide import SlotFacts
from services.rounds.deps import Deps
from services.rounds.instruments.documents import Instrument, LookFor
from services.rounds.rounds.queries import RoundFile, debrief_stream, round_file, round_stream

KEPT_SECONDS = 5.0
_MOST = 5_000  # rounds

_VERSIONS = """
    select coalesce((select max(version) from events where stream = $1), 0),
           coalesce((select max(version) from events where stream = $2), 0)
"""


@dataclass(slots=True)
class _Held:
    """One round's slots, good until `until`; `versions` are those of its two streams; `changes` counts what was
    changed by this process."""

    round_id: UUID
    until: float = 0.0
    changes: int = 0
    versions: tuple[int, int] = (0, 0)
    slots: dict[UUID, SlotFacts] = field(default_factory=dict)
    reading: asyncio.Lock = field(default_factory=asyncio.Lock)


class SlotBook:
    def __init__(self, deps: Deps, clock: Callable[[], float] = time.monotonic) -> None:
        self._deps = deps
        self._clock = clock
        self._rounds: OrderedDict[tuple[UUID, UUID], _Held] = OrderedDict()
        self._round_of: dict[tuple[UUID, UUID], _Held] = {}
        self._looking: dict[tuple[UUID, UUID], asyncio.Task[_Held | None]] = {}

    async def get(self, district_id: UUID, slot_id: UUID) -> SlotFacts | None:
        """The slot's facts; None when the district has no such slot."""
        held = self._round_of.get((district_id, slot_id))
        if held is not None and held.until > self._clock():
            return held.slots.get(slot_id)
        if held is None:
            held = await self._round(district_id, slot_id)
            if held is None:
                return None
        async with held.reading:
            if held.until <= self._clock() or slot_id not in held.slots:
                await self._read(district_id, held)
        return held.slots.get(slot_id)

    async def _round(self, district_id: UUID, slot_id: UUID) -> _Held | None:
        """The round of a slot that is not known; a whole team asks at once, and it is looked up once."""
        task = self._looking.get((district_id, slot_id))
        if task is None:
            task = asyncio.create_task(self._look_up(district_id, slot_id), context=contextvars.Context())
            self._looking[district_id, slot_id] = task
        return await asyncio.shield(task)

    async def _look_up(self, district_id: UUID, slot_id: UUID) -> _Held | None:
        try:
            async with self._deps.db.reader(district_id) as conn:
                round_id = await conn.fetchval("select round_id from round_slots where slot_id = $1", slot_id)
        finally:
            del self._looking[district_id, slot_id]
        return None if round_id is None else self._rounds.setdefault((district_id, round_id), _Held(round_id))

    async def _read(self, district_id: UUID, held: _Held) -> None:
        round_id, asked, changes = held.round_id, self._clock(), held.changes
        async with self._deps.db.reader(district_id) as conn:
            found = await conn.fetchrow(_VERSIONS, round_stream(round_id), debrief_stream(round_id))
        if not held.slots or tuple(found) != held.versions:
            file = await round_file(self._deps, district_id, round_id)
            held.versions = (file.version, file.debrief_version)
            instruments = await self._deps.instruments.pinned(district_id, file.round.pinned)
            held.slots = {facts.slot_id: facts for facts in slot_facts(file, instruments)}
            for slot_id in held.slots:
                self._round_of[district_id, slot_id] = held
        if held.changes == changes:
            held.until = asked + KEPT_SECONDS
        self._rounds[district_id, round_id] = held
        self._rounds.move_to_end((district_id, round_id))
        while len(self._rounds) > _MOST:
            (district_id, _), oldest = self._rounds.popitem(last=False)
            for slot_id in oldest.slots:
                self._round_of.pop((district_id, slot_id), None)

    def forget(self, district_id: UUID, file: RoundFile) -> None:
        """Has the round's slots read anew at the next post."""
        held = self._rounds.get((district_id, file.plan.round_id))
        if held is not None:
            held.until = 0.0
            held.changes += 1


def slot_facts(file: RoundFile, instruments: Sequence[Instrument]) -> list[SlotFacts]:
    """The facts of every slot that the round ever had. `instruments` are all that it ever pinned, the newest last:
    what a tablet answered on an older version, before it heard of the newer one, is taken too."""
    plan, debrief = file.plan, file.debrief
    look_fors = {i: look_for for document in instruments for i, look_for in document.by_id.items()}
    older: dict[str, tuple[LookFor, ...]] = {}
    for document in instruments[:-1]:
        for i, look_for in document.by_id.items():
            if look_for != look_fors[i]:
                older[i] = (*older.get(i, ()), look_for)
    return [
        SlotFacts(
            round_id=plan.round_id,
            school_id=plan.school_id,
            slot_id=slot_id,
            classroom_id=once.slot.classroom_id,
            grade_band=once.slot.grade_band,
            subject=once.slot.subject,
            day=plan.day,
            minutes=once.slot.minutes,
            observer_ids=once.observer_ids,
            focus_question_ids=file.round.focus_question_ids,
            look_fors=look_fors,
            older_look_fors=older,
            describe_open=debrief.stage is not None,
            closed=debrief.closed,
            released=bool(debrief.releases),
        )
        for slot_id, once in file.round.slots.items()
    ]
