"""The facts that a plan is held against, gathered from the streams and tables of the district."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from services.scheduling.calendar.decide import calendar
from services.scheduling.calendar.decide import stream as calendar_stream
from services.scheduling.classrooms.decide import classrooms
from services.scheduling.classrooms.decide import stream as classrooms_stream
from services.scheduling.deps import Deps
from services.scheduling.rounds import queries
from services.scheduling.rounds.commands import Facts, Plan
from shared.command_handler import CommandHandler
from shared.messages import CommandContext


async def facts_for(deps: Deps, plan: Plan, round_id: UUID, context: CommandContext) -> Facts:
    calendars: CommandHandler[Any, Any] = CommandHandler(deps.store, calendar)
    rooms: CommandHandler[Any, Any] = CommandHandler(deps.store, classrooms)
    marked, _ = await calendars.load(calendar_stream(context.district_id), context)
    own_days, _ = await calendars.load(calendar_stream(plan.school_id), context)
    listed, _ = await rooms.load(classrooms_stream(plan.school_id), context)
    return await queries.facts(
        deps.db,
        context.district_id,
        plan,
        calendar=marked,
        classrooms=listed,
        now=deps.clock(),
        round_id=round_id,
        own_days=own_days,
    )
