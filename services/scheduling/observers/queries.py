"""The list of people whom planning may send, as the roster, the grants and what was entered have them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from shared.database import Database


async def page(
    db: Database,
    district_id: UUID,
    *,
    search: str | None,
    network_id: UUID | None,
    after: tuple[str, UUID] | None,
    limit: int,
) -> list[dict[str, Any]]:
    async with db.reader(district_id) as conn:
        rows = await conn.fetch(_PAGE, search, network_id, *(after or (None, None)), limit)
    return [dict(r) for r in rows]


async def spans(db: Database, district_id: UUID, person_id: UUID) -> list[dict[str, Any]]:
    async with db.reader(district_id) as conn:
        rows = await conn.fetch(
            "select source, starts_at, ends_at from unavailable where person_id = $1 order by starts_at", person_id
        )
    return [dict(r) for r in rows]


_PAGE = """
select p.person_id, p.given_name || ' ' || p.family_name as name,
       lower(p.family_name || ' ' || p.given_name) as name_key,
       o.role, p.roles as roster_roles, coalesce(o.home_school_id, p.school_ids[1]) as home_school_id,
       coalesce(o.observes, 'observer' = any(g.roles)) as observes,
       coalesce(o.facilitates, 'facilitator' = any(g.roles)) as facilitates,
       o.max_month, o.max_term,
       coalesce((select jsonb_agg(jsonb_build_object('protocol', c.protocol, 'valid_from', c.valid_from,
                                                     'valid_until', c.valid_until) order by c.protocol)
                 from certifications c where c.person_id = p.person_id), '[]') as trainings,
       array(select m.network_id from network_members m where m.person_id = p.person_id order by 1) as networks,
       (select count(*) from unavailable u where u.person_id = p.person_id) as busy_spans
from people p
left join observers o using (person_id)
cross join lateral (select array(select role from person_grants where person_id = p.person_id) as roles) g
where p.active and (o.person_id is not null or g.roles && array['observer', 'facilitator'])
  and ($1::text is null or strpos(lower(p.given_name || ' ' || p.family_name), lower($1)) > 0)
  and ($2::uuid is null
       or exists (select from network_members m where m.person_id = p.person_id and m.network_id = $2))
  and ($3::text is null or (lower(p.family_name || ' ' || p.given_name), p.person_id) > ($3, $4::uuid))
order by lower(p.family_name || ' ' || p.given_name), p.person_id limit $5
"""
