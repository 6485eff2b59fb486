"""What the district's leaders entered, read for planning: one look at one moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any  # asyncpg's rows have no types
from uuid import UUID

from asyncpg import Connection

from services.scheduling.plans.diff import Standing


@dataclass(frozen=True, slots=True)
class KnownSchool:
    school_id: UUID
    name: str
    latitude: float | None
    longitude: float | None
    region: str = ""
    networks: tuple[str, ...] = ()
    blackouts: Mapping[date, str] = field(default_factory=dict)
    disliked: Mapping[date, int] = field(default_factory=dict)
    cover: int = 3


@dataclass(frozen=True, slots=True)
class KnownObserver:
    """Somebody who may be asked to observe or to facilitate. `certified`: protocol, since, until."""

    person_id: UUID
    name: str
    home: UUID | None
    role: str  # teacher, principal, coach, central, partner
    observes: bool
    facilitates: bool
    unavailable: tuple[date, ...] = ()
    max_month: int | None = None
    max_term: int | None = None
    certified: tuple[tuple[str, date, date | None], ...] = ()
    networks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stage:
    """`today`'s plan by round; `visited`: how often somebody was at a school before, (person, school) -> times."""

    timezone: str
    schools: Mapping[UUID, KnownSchool]
    observers: Mapping[UUID, KnownObserver]
    rounds: Mapping[UUID, Standing]
    visited: Mapping[tuple[UUID, UUID], int] = field(default_factory=dict)
    pairs: tuple[tuple[UUID, UUID, str, str], ...] = ()  # a, b, together | apart, why
    minutes: Mapping[tuple[UUID, UUID], int] = field(default_factory=dict)  # driving between two schools


async def read_stage(conn: Connection, timezone: str) -> Stage:
    """Everything of the district of `conn`'s transaction that a plan is made of, except its calendar."""
    schools = await conn.fetch("select school_id, name, latitude, longitude from schools where active order by name")
    people = await conn.fetch(_PEOPLE)
    rounds = await standing_rounds(conn)
    return Stage(
        timezone=timezone,
        schools={r["school_id"]: KnownSchool(**dict(r)) for r in schools},
        observers={r["person_id"]: _observer(dict(r)) for r in people},
        rounds=rounds,
    )


def _observer(row: Mapping[str, Any]) -> KnownObserver:
    granted, roles, schools = row["granted"], row["roles"], row["school_ids"]
    role = "principal" if "host_principal" in roles else "central" if "district_administrator" in roles else "teacher"
    return KnownObserver(
        person_id=row["person_id"],
        name=row["name"],
        home=schools[0] if schools else None,
        role=role,
        observes="observer" in granted,
        facilitates="facilitator" in granted,
    )


_PEOPLE = """
select p.person_id, p.given_name || ' ' || p.family_name as name, p.roles, p.school_ids, array_agg(g.role) as granted
from people p join person_grants g using (person_id)
where p.active and g.role in ('observer', 'facilitator')
group by p.person_id
order by p.person_id
"""


async def standing_rounds(conn: Connection) -> dict[UUID, Standing]:
    """Today's plan: the rounds that are scheduled, with everybody who is booked for them."""
    rows = await conn.fetch(_ROUNDS)
    return {
        r["round_id"]: Standing(
            r["round_id"],
            r["school_id"],
            r["day"],
            r["facilitator_id"],
            frozenset(r["people"]) - {r["facilitator_id"]},
            r["version"],
        )
        for r in rows
    }


_ROUNDS = """
select r.round_id, r.school_id, r.day, r.facilitator_id, r.version,
       coalesce(array_agg(b.person_id) filter (where b.person_id is not null), '{}') as people
from rounds r left join bookings b using (round_id)
where r.status = 'scheduled'
group by r.round_id
order by r.day, r.round_id
"""


async def schedule_version(conn: Connection) -> int:
    """Counts the changes of the district's rounds, whoever made them: it rises with each."""
    version: int = await conn.fetchval("select coalesce(sum(version), 0) from rounds")
    return version
