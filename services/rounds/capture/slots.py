"""What capture must know of a slot at every post: read once, kept for a moment, read again.

A change made by another process is seen within `KEPT_SECONDS`; a slot that is not known is always
looked up, so that a round planned a second ago takes its first statement.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from uuid import UUID

from services.rounds.capture.decide import SlotFacts
from services.rounds.deps import Deps
from services.rounds.instruments.documents import instrument
from services.rounds.rounds.queries import RoundFile, round_file

KEPT_SECONDS = 5.0
_MOST = 20_000


class SlotBook:
    def __init__(self, deps: Deps, clock: Callable[[], float] = time.monotonic) -> None:
        self._deps = deps
        self._clock = clock
        self._held: OrderedDict[tuple[UUID, UUID], tuple[float, SlotFacts]] = OrderedDict()
        self._reading = asyncio.Lock()

    async def get(self, district_id: UUID, slot_id: UUID) -> SlotFacts | None:
        """The slot's facts; None when the district has no such slot."""
        held = self._held.get((district_id, slot_id))
        if held is not None and held[0] > self._clock():
            return held[1]
        async with self._reading:  # what many ask at once is read once
            held = self._held.get((district_id, slot_id))
            if held is not None and held[0] > self._clock():
                return held[1]
            return await self._read(district_id, slot_id)

    async def _read(self, district_id: UUID, slot_id: UUID) -> SlotFacts | None:
        async with self._deps.db.reader(district_id) as conn:
            round_id = await conn.fetchval("select round_id from round_slots where slot_id = $1", slot_id)
        if round_id is None:
            return None
        file = await round_file(self._deps, district_id, round_id)
        until = self._clock() + KEPT_SECONDS
        for facts in slot_facts(file):
            self._held[district_id, facts.slot_id] = (until, facts)
        while len(self._held) > _MOST:
            self._held.popitem(last=False)
        found = self._held.get((district_id, slot_id))
        return found[1] if found else None

    def forget(self, district_id: UUID, file: RoundFile) -> None:
        """Has the round's slots read anew at the next post."""
        for slot_id in file.round.slots:
            self._held.pop((district_id, slot_id), None)


def slot_facts(file: RoundFile) -> list[SlotFacts]:
    """The facts of every slot that the round ever had."""
    plan, debrief = file.plan, file.debrief
    document = instrument(plan.instrument, plan.instrument_version)
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
            look_fors=document.by_id if document else {},
            describe_open=debrief.stage is not None,
            closed=debrief.closed,
            released=bool(debrief.releases),
        )
        for slot_id, once in file.round.slots.items()
    ]
