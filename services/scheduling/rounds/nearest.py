"""The nearest day that nothing forbids: every day around the wished one, looked up at once, held against every rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from services.scheduling.calendar.decide import closed_because
from services.scheduling.rounds.check import findings
from services.scheduling.rounds.commands import Plan
from services.scheduling.rounds.events import RoundPlanned
from services.scheduling.rounds.looking import Look

SEARCH_DAYS = 60
"""days before and after that are looked at for a free one"""


async def nearest_free(
    look: Look, held: RoundPlanned, wished: date, today: date, plan_on: Callable[[RoundPlanned, date], Plan]
) -> date | None:
    marked, own = await look.calendar(look.district_id), await look.calendar(held.school_id)
    days = [d for d in around(wished) if d > today and d != held.day and closed_because(marked, d, own) is None]
    if not days:
        return None
    known = await look.facts(plan_on(held, wished), days, held.round_id)
    return next((d for d in days if not any(f.refuses for f in findings(plan_on(held, d), known[d]))), None)


def around(day: date) -> Iterator[date]:
    for n in range(1, SEARCH_DAYS + 1):
        yield day + timedelta(days=n)
        yield day - timedelta(days=n)
