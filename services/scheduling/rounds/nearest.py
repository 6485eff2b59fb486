"""The nearest day that nothing forbids. Days that fall out for what stands in the calendar, for another round or for
somebody's absence are left out in one look; what is left is held against every rule, nearest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from services.scheduling.calendar.decide import closed_because
from services.scheduling.deps import Deps
from services.scheduling.rounds.check import findings
from services.scheduling.rounds.commands import Plan
from services.scheduling.rounds.events import RoundPlanned
from services.scheduling.rounds.looking import Look
from services.scheduling.stage.facts import school_day
from shared.messages import CommandContext

SEARCH_DAYS = 60
"""days before and after that are looked at for a free one"""
MOST_CHECKED = 25
"""days that are held against every rule: the rest would keep the planner waiting"""


async def nearest_free(
    deps: Deps,
    held: RoundPlanned,
    wished: date,
    today: date,
    context: CommandContext,
    plan_on: Callable[[RoundPlanned, date], Plan],
) -> date | None:
    look = Look(deps, context)
    marked, own = await look.calendar(context.district_id), await look.calendar(held.school_id)
    taken = await _taken(deps, held, wished, context)
    candidates = (
        d
        for d in around(wished)
        if d > today and d != held.day and d not in taken and closed_because(marked, d, own) is None
    )
    for n, day in enumerate(candidates):
        if n >= MOST_CHECKED:
            break
        plan = plan_on(held, day)
        known = await look.facts(plan, held.round_id)
        if not any(f.refuses for f in findings(plan, known)):
            return day
    return None


def around(day: date) -> Iterator[date]:
    for n in range(1, SEARCH_DAYS + 1):
        yield day + timedelta(days=n)
        yield day - timedelta(days=n)


async def _taken(deps: Deps, held: RoundPlanned, wished: date, context: CommandContext) -> set[date]:
    """Days on which the school hosts already or hosts none, or somebody of the round is elsewhere or away."""
    people = [held.facilitator_id, *(p for t in held.teams for p in t.observer_ids)]
    zone = ZoneInfo(held.timezone)
    low, high = wished - timedelta(days=SEARCH_DAYS), wished + timedelta(days=SEARCH_DAYS)
    async with deps.db.reader(context.district_id) as conn:
        rows = await conn.fetch(_TAKEN, held.school_id, held.round_id, people, low, high)
        away = await conn.fetch(
            "select starts_at, ends_at from unavailable where person_id = any($1) and starts_at < $3 and ends_at > $2",
            people,
            school_day(low, zone)[0],
            school_day(high, zone)[1],
        )
    return {r["day"] for r in rows} | {d for r in away for d in _days(r["starts_at"], r["ends_at"], zone, low, high)}


def _days(starts: datetime, ends: datetime, zone: ZoneInfo, low: date, high: date) -> Iterator[date]:
    day = max(starts.astimezone(zone).date(), low)
    while day <= min(ends.astimezone(zone).date(), high):
        begins, over = school_day(day, zone)
        if starts < over and begins < ends:
            yield day
        day += timedelta(days=1)


_TAKEN = """
select day from rounds where school_id = $1 and status = 'scheduled' and round_id <> $2 and day between $4 and $5
union select day from bookings where person_id = any($3) and round_id <> $2 and day between $4 and $5
union select day from board_pins where round_id is null and school_id = $1 and day between $4 and $5
"""
