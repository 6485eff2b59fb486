"""What the planning screens read."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from services.scheduling.plans.diff import Change
from shared.database import Database
from shared.errors import NotFound
from shared.said import say

PLAN_READ = """
select p.proposal_id, p.owner_id, p.parent_id, p.kind, p.name, p.first_day, p.last_day, p.status, p.cost, p.gap,
       p.rounds, p.published_version, p.undone_version, p.asked_at, p.version, j.progress, j.stop_asked, j.seconds,
       j.attempts, p.disruption, s.name as school_name
from proposals p left join plan_jobs j using (proposal_id)
left join schools s on s.school_id = (p.disruption ->> 'school_id')::uuid
where (p.owner_id = $1 or coalesce(p.published_version, p.undone_version) is not null)
"""
"""One's own ($1), and those that went out."""


async def proposal_row(db: Database, district_id: UUID, proposal_id: UUID, person_id: UUID) -> Mapping[str, Any]:
    """A proposal that the person may see: their own, or one that went out. Raises NotFound otherwise."""
    async with db.reader(district_id) as conn:
        row = await conn.fetchrow(PLAN_READ + " and p.proposal_id = $2", person_id, proposal_id)
    if row is None:
        raise NotFound(say("refusals.no_proposal"))
    return dict(row)


async def proposal_page(
    db: Database, district_id: UUID, person_id: UUID, after: tuple[datetime, UUID] | None, limit: int
) -> Sequence[Mapping[str, Any]]:
    """The newest first: one's own, and those that went out."""
    asked_at, proposal_id = after or (None, None)
    async with db.reader(district_id) as conn:
        rows = await conn.fetch(NEWEST, person_id, asked_at, proposal_id, limit)
    return [dict(r) for r in rows]


NEWEST = (
    PLAN_READ
    + """
and p.status <> 'discarded' and ($2::timestamptz is null or (p.asked_at, p.proposal_id) < ($2, $3))
order by p.asked_at desc, p.proposal_id desc limit $4
"""
)
"""In the order of the index proposals_newest."""


async def publication_page(
    db: Database, district_id: UUID, after: int | None, limit: int
) -> Sequence[Mapping[str, Any]]:
    async with db.reader(district_id) as conn:
        rows = await conn.fetch(
            "select u.version, u.proposal_id, u.kind, u.undone, u.published_at, u.changes, u.people, "
            "u.schedule_version, q.name, q.disruption, s.name as school_name, "
            "exists (select from publications o where o.undone = u.version) as taken_back, "
            "coalesce(p.given_name || ' ' || p.family_name, '') as by "
            "from publications u join proposals q using (proposal_id) "
            "left join schools s on s.school_id = (q.disruption ->> 'school_id')::uuid "
            "left join people p on p.person_id = u.actor_id "
            "where $1::int is null or u.version < $1 order by u.version desc limit $2",
            after,
            limit,
        )
    return [dict(r) for r in rows]


async def rounds_changed_since(
    db: Database, district_id: UUID, schedule_version: int
) -> Sequence[tuple[UUID, str, datetime]]:
    """The rounds that changed after the schedule was at this version, with the school's name and the moment. The
    schedule's version counts the events of all rounds, so these are the newest so many of them."""
    async with db.reader(district_id) as conn:
        rows = await conn.fetch(_CHANGED, schedule_version)
    return [(r["round_id"], r["school_name"], r["recorded_at"]) for r in rows]


_CHANGED = """
with newest as (
    select stream, recorded_at from events
    where type in ('RoundPlanned', 'RoundReplanned', 'RoundPlanCancelled')
    order by position desc
    limit greatest(0, (select coalesce(sum(version), 0) from rounds) - $1)
)
select r.round_id, coalesce(s.name, '') as school_name, max(n.recorded_at) as recorded_at
from newest n join rounds r on n.stream = 'plan-' || r.round_id left join schools s using (school_id)
group by r.round_id, s.name order by max(n.recorded_at) desc
"""


async def hosts_told(db: Database, district_id: UUID, of: Sequence[Change]) -> dict[UUID, frozenset[UUID]]:
    """By school the principals who hear of a round that comes, moves or is cancelled there."""
    schools = sorted({c.school_id for c in of if c.tells_host}, key=str)
    async with db.reader(district_id) as conn:
        rows = await conn.fetch(
            "select school_id, array_agg(distinct person_id) as people from person_grants "
            "where role = 'host_principal' and school_id = any($1) group by school_id",
            schools,
        )
    return {r["school_id"]: frozenset(r["people"]) for r in rows}


async def school_names(db: Database, district_id: UUID, schools: Collection[UUID]) -> dict[UUID, str]:
    async with db.reader(district_id) as conn:
        rows = await conn.fetch("select school_id, name from schools where school_id = any($1)", list(schools))
    return {r["school_id"]: r["name"] for r in rows}
