"""Who is out of their school when, and how fairly that is shared."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from services.scheduling.observers.role import role_of
from shared.database import Database


async def out(
    db: Database,
    district_id: UUID,
    since: date,
    until: date,
    schools: list[UUID] | None,
    start: int = 0,
    limit: int | None = None,
) -> list[dict[str, Any]]:
    """Everybody who is at another school's round, by day and home school, `limit` of them from `start` on. `schools`
    narrows to those homes."""
    async with db.reader(district_id) as conn:
        return [dict(r) for r in await conn.fetch(_OUT, since, until, schools, start, limit)]


async def fairness(db: Database, district_id: UUID, since: date, until: date) -> list[dict[str, Any]]:
    """Days out and colleagues met between the two days, for everybody who may be sent; most days first."""
    async with db.reader(district_id) as conn:
        found = await conn.fetch(_FAIR, since, until)
    return [{**r, "role": role_of(r["entered_role"], r["roster_roles"])} for r in found]


_OUT = """
with went as ( -- a visit that has begun is on its day, though its plan was moved in the same moment
    select b.round_id, b.person_id, coalesce(h.day, b.day) as day
    from bookings b left join held_rounds h on h.round_id = b.round_id and h.begun
)
select b.day, h.name as home_school, h.school_id as home_school_id, p.given_name || ' ' || p.family_name as person,
       case when r.facilitator_id = b.person_id then 'facilitator' else 'observer' end as part,
       s.name as host_school, a.starts_at, a.ends_at, a.timezone
from went b
join rounds r using (round_id)
join people p using (person_id)
left join observers o using (person_id)
left join schools h on h.school_id = coalesce(o.home_school_id, p.school_ids[1])
left join schools s on s.school_id = r.school_id
left join appointments a on a.about = r.round_id
where b.day between $1 and $2 and r.status = 'scheduled'
  and ($3::uuid[] is null or h.school_id = any($3))
order by b.day, h.name nulls last, person, b.person_id, b.round_id
offset $4 limit $5
"""
_FAIR = """
with went as ( -- a visit that has begun is on its day, though its plan was moved in the same moment
    select b.round_id, b.person_id, coalesce(h.day, b.day) as day
    from bookings b left join held_rounds h on h.round_id = b.round_id and h.begun
), sent as (
    select p.person_id, p.given_name || ' ' || p.family_name as name, o.role as entered_role,
           p.roles as roster_roles, h.name as home_school
    from people p
    left join observers o using (person_id)
    left join schools h on h.school_id = coalesce(o.home_school_id, p.school_ids[1])
    where p.active and (o.observes or o.facilitates
        or p.person_id in (select b.person_id from went b where b.day between $1 and $2)
        or (o.person_id is null and exists (select from person_grants g where g.person_id = p.person_id
                                            and g.role in ('observer', 'facilitator'))))
), days as (
    select b.person_id, count(distinct b.day) as days_out, count(distinct r.school_id) as schools_seen
    from went b join rounds r using (round_id)
    where b.day between $1 and $2 and r.status = 'scheduled' group by b.person_id
), met as (
    select a.person_id, b.person_id as colleague, min(a.day) as first_met
    from went a join went b on b.round_id = a.round_id and b.person_id <> a.person_id
    where a.day <= $2 group by a.person_id, b.person_id
), met_now as (
    select a.person_id, count(distinct b.person_id) as met,
           count(distinct b.person_id) filter (where m.first_met >= $1) as met_new
    from went a join went b on b.round_id = a.round_id and b.person_id <> a.person_id
    join met m on m.person_id = a.person_id and m.colleague = b.person_id
    where a.day between $1 and $2 group by a.person_id
)
select s.person_id, s.name, s.entered_role, s.roster_roles, s.home_school, coalesce(d.days_out, 0) as days_out,
       coalesce(d.schools_seen, 0) as schools_seen, coalesce(n.met, 0) as met, coalesce(n.met_new, 0) as met_new
from sent s left join days d using (person_id) left join met_now n using (person_id)
order by days_out desc, lower(s.name), s.person_id
"""
