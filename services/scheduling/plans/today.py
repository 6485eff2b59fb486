"""The district as it is at this moment, read once for a request."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from services.scheduling.calendar.decide import Calendar, calendar
from services.scheduling.calendar.decide import stream as calendar_stream
from services.scheduling.deps import Deps
from services.scheduling.plans.stage import Stage, read_stage, schedule_version
from services.scheduling.rounds import queries as rounds
from shared.command_handler import CommandHandler
from shared.database import Database
from shared.messages import CommandContext


@dataclass(frozen=True, slots=True)
class Today:
    """`day` in the district's time zone; the versions are of the calendar's stream and of the schedule."""

    day: date
    stage: Stage
    calendar: Calendar
    calendar_version: int
    schedule_version: int


async def today(deps: Deps, context: CommandContext) -> Today:
    zone = await rounds.timezone(deps.db, context.district_id)
    marked, calendar_version = await _calendar(deps, context)
    day = rounds.today(deps.clock(), zone)
    async with deps.db.reader(context.district_id) as conn:
        stage = await read_stage(conn, context.district_id, zone, day)
        version = await schedule_version(conn)
    return Today(day, stage, marked, calendar_version, version)


async def marked_since(deps: Deps, context: CommandContext, now: Today) -> Today:
    """The same with the calendar as it is by now: nothing else of the district is read again."""
    marked, calendar_version = await _calendar(deps, context)
    return replace(now, calendar=marked, calendar_version=calendar_version)


async def _calendar(deps: Deps, context: CommandContext) -> tuple[Calendar, int]:
    handler: CommandHandler[object, Calendar] = CommandHandler(deps.store, calendar)  # type: ignore[arg-type]
    return await handler.load(calendar_stream(context.district_id), context)


async def calendar_version(db: Database, context: CommandContext) -> int:
    """Counts the changes of the district's calendar."""
    async with db.reader(context.district_id) as conn:
        version: int = await conn.fetchval(
            "select coalesce(max(version), 0) from events where stream = $1", calendar_stream(context.district_id)
        )
    return version
