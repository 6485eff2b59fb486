"""Links, and what stands behind them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from asyncpg import Connection

from services.scheduling.feeds.events import FeedOpened, FeedRevoked
from shared.database import Database
from shared.messages import Event
from shared.tables import Project


def apply_for(owner_id: UUID) -> Project:
    """Folds the events of one person's links into the table."""

    async def apply(conn: Connection, district_id: UUID, event: Event, version: int) -> None:
        match event:
            case FeedOpened():
                await conn.execute(
                    "insert into feeds (feed_id, district_id, owner_id, kind, subject_id, language, token_hash, "
                    "created_at) values ($1, $2, $3, $4, $5, $6, $7, clock_timestamp())",
                    event.feed_id,
                    district_id,
                    owner_id,
                    event.kind,
                    event.subject_id,
                    event.language,
                    bytes.fromhex(event.token_hash),
                )
            case FeedRevoked():
                await conn.execute("update feeds set revoked = true where feed_id = $1", event.feed_id)

    return apply


async def of_owner(db: Database, district_id: UUID, owner_id: UUID) -> list[dict[str, Any]]:
    async with db.reader(district_id) as conn:
        return [dict(r) for r in await conn.fetch(_OWN, owner_id)]


async def behind(db: Database, token_hash: bytes) -> dict[str, Any] | None:
    """The feed of a link that works: not revoked, its owner still in the roster or with a role; for that of a school
    or network, with a role that could make it today."""
    async with db.system() as conn:
        row = await conn.fetchrow(_BEHIND, token_hash)
        if row is not None:
            await conn.execute("update feeds set read_at = clock_timestamp() where feed_id = $1", row["feed_id"])
    return dict(row) if row else None


async def appointments(db: Database, feed: dict[str, Any]) -> list[dict[str, Any]]:
    """What is in the feed, by day: the last half year and everything to come, cancelled ones too."""
    async with db.reader(feed["district_id"]) as conn:
        return [dict(r) for r in await conn.fetch(_IN[feed["kind"]], feed["subject_id"])]


_OWN = """
select f.feed_id, f.kind, f.subject_id, f.language, f.created_at, f.read_at, coalesce(s.name, n.name) as name
from feeds f
left join schools s on f.kind = 'school' and s.school_id = f.subject_id
left join networks n on f.kind = 'network' and n.network_id = f.subject_id
where f.owner_id = $1 and not f.revoked order by f.created_at desc
"""
_BEHIND = """
select f.feed_id, f.district_id, f.kind, f.subject_id, f.language, coalesce(s.name, n.name) as name
from feeds f
left join schools s on f.kind = 'school' and s.school_id = f.subject_id
left join networks n on f.kind = 'network' and n.network_id = f.subject_id
where f.token_hash = $1 and not f.revoked
  and (exists (select from people p where p.person_id = f.owner_id and p.active)
       or exists (select from person_grants g where g.person_id = f.owner_id))
  and (f.kind = 'personal' or exists (
      select from person_grants g where g.person_id = f.owner_id
      and (g.role in ('district_admin', 'district_leader')
           or (f.kind = 'school' and g.role = 'host_principal' and g.school_id = f.subject_id))))
"""
_COLUMNS = """
select a.about, a.kind, a.day, a.starts_at, a.ends_at, a.timezone, a.sequence, a.cancelled, a.changed_at,
       a.no_school, a.debrief_room, a.debrief_at, a.place, a.place_key, s.name as school_name, s.latitude, s.longitude
"""
_SINCE = "a.day > current_date - 183"
_IN = {
    "personal": f"""{_COLUMNS}, p.part, p.gone
        from appointment_people p join appointments a using (about) left join schools s on s.school_id = a.school_id
        where p.person_id = $1 and {_SINCE} order by a.day, a.about""",
    "school": f"""{_COLUMNS}, null as part, false as gone
        from appointments a join schools s on s.school_id = a.school_id
        where a.kind = 'round' and a.school_id = $1 and {_SINCE} order by a.day, a.about""",
    "network": f"""{_COLUMNS}, null as part, false as gone
        from appointments a join schools s on s.school_id = a.school_id
        join network_schools n on n.school_id = a.school_id
        where a.kind = 'round' and n.network_id = $1 and {_SINCE} order by a.day, a.about""",
}
