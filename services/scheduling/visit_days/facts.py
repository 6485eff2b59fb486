"""What a visit day is made of: the round as it stands, the school's rooms and bells, who has met whom this year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from uuid import UUID

from services.scheduling.deps import Deps
from services.scheduling.rounds import queries as rounds
from services.scheduling.rounds.decide import State, planned_round, stream
from services.scheduling.rounds.events import RoundPlanned
from services.scheduling.stage.facts import Bell, Room, load_stage
from shared.command_handler import CommandHandler
from shared.errors import NotFound, Refused
from shared.messages import CommandContext
from shared.said import say

YEAR = timedelta(days=365)
DEFAULT_MINUTES = 20


@dataclass(frozen=True, slots=True)
class Visitor:
    role: str
    home: UUID | None


@dataclass(frozen=True, slots=True)
class DayFacts:
    """`met`: pairs of the round's observers, and how often they were in one team at the rounds of the year before
    this one. `apart` and `together` name observers of the round alone."""

    plan: RoundPlanned
    version: int
    today: date
    rooms: tuple[Room, ...]
    bell: Bell | None
    minutes: int
    people: Mapping[UUID, Visitor]
    met: Mapping[frozenset[UUID], int]
    apart: tuple[tuple[UUID, UUID], ...] = ()
    together: tuple[tuple[UUID, UUID], ...] = ()


async def day_facts(deps: Deps, round_id: UUID, context: CommandContext) -> DayFacts:
    """Raises NotFound where there is no such round, Refused where its day has passed."""
    handler: CommandHandler[object, State] = CommandHandler(deps.store, planned_round)  # type: ignore[arg-type]
    plan, version = await handler.load(stream(round_id), context)
    if not isinstance(plan, RoundPlanned):
        raise NotFound(say("dayplans.no_round"))
    today = rounds.today(deps.clock(), plan.timezone)
    if plan.day < today:
        raise Refused("day_passed", say("dayplans.day_passed", day=plan.day), mend=say("dayplans.new_round"))
    named = [p for t in plan.teams for p in t.observer_ids]
    async with deps.db.reader(context.district_id) as conn:
        stage = await load_stage(conn, context.district_id, plan.day, plan.day)
        minutes = await conn.fetchval("select slot_minutes from districts where district_id = $1", context.district_id)
        before = await conn.fetch(_BEFORE, named, plan.day - YEAR, plan.day, round_id)
    school = stage.schools.get(plan.school_id)
    if school is None:
        raise NotFound(say("dayplans.no_school"))
    here = set(named)
    people = {
        p: Visitor(o.role, next(iter(sorted(o.home_school_ids, key=str)), None))
        for p in named
        if (o := stage.observers.get(p)) is not None
    }
    return DayFacts(
        plan=plan,
        version=version,
        today=today,
        rooms=school.rooms,
        bell=stage.bell(plan.school_id, plan.day),
        minutes=minutes or DEFAULT_MINUTES,
        people=people,
        met=await _met(deps, here, [r["round_id"] for r in before], context),
        apart=tuple((a, b) for a, b, kind in stage.pairs if kind == "apart" and {a, b} <= here),
        together=tuple((a, b) for a, b, kind in stage.pairs if kind == "together" and {a, b} <= here),
    )


async def _met(
    deps: Deps, people: Collection[UUID], round_ids: Collection[UUID], context: CommandContext
) -> Mapping[frozenset[UUID], int]:
    handler: CommandHandler[object, State] = CommandHandler(deps.store, planned_round)  # type: ignore[arg-type]
    found: Counter[frozenset[UUID]] = Counter()
    for round_id in round_ids:
        plan, _ = await handler.load(stream(round_id), context)
        if isinstance(plan, RoundPlanned):
            for team in plan.teams:
                found.update(frozenset(p) for p in combinations([o for o in team.observer_ids if o in people], 2))
    return found


_BEFORE = """
select b.round_id from bookings b join rounds r using (round_id)
where b.person_id = any($1) and r.status = 'scheduled' and b.day >= $2 and b.day < $3 and b.round_id <> $4
group by b.round_id, b.day having count(*) > 1 order by b.day desc limit 200
"""
