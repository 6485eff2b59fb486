"""The facts that a plan is held against, gathered from the streams and tables of the district."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from services.scheduling.calendar.decide import Calendar, calendar
from services.scheduling.calendar.decide import stream as calendar_stream
from services.scheduling.classrooms.decide import classrooms
from services.scheduling.classrooms.decide import stream as classrooms_stream
from services.scheduling.deps import Deps
from services.scheduling.rounds import queries
from services.scheduling.rounds.commands import Facts, Plan
from shared.command_handler import CommandHandler
from shared.decider import Decider
from shared.messages import CommandContext


class Look:
    """The facts for plans of one request. A stream is read once, however many plans are held against it."""

    def __init__(self, deps: Deps, context: CommandContext) -> None:
        self._deps = deps
        self._context = context
        self.district_id = context.district_id
        self._read: dict[str, Any] = {}

    async def calendar(self, whose: UUID) -> Calendar:
        """The marked days of a district or a school."""
        held: Calendar = await self._state(calendar, calendar_stream(whose))
        return held

    async def facts(self, plan: Plan, days: Sequence[date], round_id: UUID) -> dict[date, Facts]:
        """What `plan` is held against on each of `days`."""
        return await queries.facts(
            self._deps.db,
            self.district_id,
            plan,
            days,
            calendar=await self.calendar(self.district_id),
            classrooms=await self._state(classrooms, classrooms_stream(plan.school_id)),
            now=self._deps.clock(),
            round_id=round_id,
            own_days=await self.calendar(plan.school_id),
        )

    async def _state(self, decider: Decider[Any, Any], stream: str) -> Any:
        if stream not in self._read:
            self._read[stream], _ = await CommandHandler(self._deps.store, decider).load(stream, self._context)
        return self._read[stream]


async def facts_for(deps: Deps, plan: Plan, round_id: UUID, context: CommandContext) -> Facts:
    return (await Look(deps, context).facts(plan, [plan.day], round_id))[plan.day]
