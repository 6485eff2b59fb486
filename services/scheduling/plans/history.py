"""The schedule's past, read from the rounds' own events."""

from __future__ import annotations

from datetime import date

MOMENTS = """
select e.position, e.recorded_at as at, (e.data ->> 'round_id')::uuid as round_id,
       case e.type when 'RoundPlanned' then 'planned' when 'RoundReplanned' then 'replanned'
       else 'cancelled' end as what,
       coalesce(s.name, '') as school_name, (e.data ->> 'day')::date as day,
       coalesce(p.given_name || ' ' || p.family_name, '') as by, u.version as publication
from events e
left join schools s on s.school_id = (e.data ->> 'school_id')::uuid
left join people p on p.person_id = (e.meta ->> 'actor_id')::uuid
left join lateral (
    select (b.data ->> 'version')::int as version from events b
    where b.stream = 'planbook-' || e.district_id and b.meta ->> 'command_id' = e.meta ->> 'command_id' limit 1
) u on true
where e.type in ('RoundPlanned', 'RoundReplanned', 'RoundPlanCancelled') and ($1::bigint is null or e.position < $1)
order by e.position desc limit $2
"""

THEN = """
with stood as (
    select distinct on (stream) type, data from events
    where type in ('RoundPlanned', 'RoundReplanned', 'RoundPlanCancelled') and recorded_at <= $1
    order by stream, version desc
)
select r.round_id, r.school_id, coalesce(s.name, '') as school_name, (t.data ->> 'day')::date as day,
       t.data ->> 'facilitator_id' as facilitator_id,
       array(select jsonb_array_elements_text(team -> 'observer_ids') from jsonb_array_elements(t.data -> 'teams') team)
           || (t.data ->> 'facilitator_id') as people,
       r.status, coalesce(h.day, r.day) as day_now,
       array(select person_id::text from bookings b where b.round_id = r.round_id) as people_now
from stood t join rounds r on r.round_id = (t.data ->> 'round_id')::uuid
left join held_rounds h on h.round_id = r.round_id and h.begun  -- it was held on the day that its observers were told
left join schools s on s.school_id = r.school_id
where t.type <> 'RoundPlanCancelled'
order by day, school_name
"""

LATER = """
select count(*) from rounds r where r.status = 'scheduled' and not exists (
    select from events e where e.stream = 'plan-' || r.round_id and e.recorded_at <= $1
)
"""


def became(status: str, day: date, day_now: date, same_people: bool, today: date) -> str:
    """What became of a round that was planned for `day`: `held` as it was planned, or what changed since."""
    if status != "scheduled":
        return "cancelled"
    if day != day_now:
        return "moved"
    if not same_people:
        return "restaffed"
    return "held" if day < today else "standing"
