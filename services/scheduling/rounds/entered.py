"""What was entered about the people of a plan, looked up for the day of the plan."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from asyncpg import Connection

from services.scheduling.rounds.commands import Cap, Cover, Entered
from services.scheduling.stage.facts import PROTOCOL, school_day


async def entered(conn: Connection, people: Collection[UUID], day: date, round_id: UUID, timezone: str) -> Entered:
    """From a transaction that serves the district. Training counts where the district keeps record of any."""
    named = list(people)
    zone = ZoneInfo(timezone)
    pairs = await conn.fetch(_PAIRS, named)
    partners = {p for r in pairs for p in (r["person_a"], r["person_b"])}
    homes = {r["person_id"]: r["school_id"] for r in await conn.fetch(_HOMES, named)}
    return Entered(
        away=_away(await conn.fetch(_AWAY, named, *school_day(day, zone)), day, zone),
        untrained=await _untrained(conn, named, day),
        caps=await _caps(conn, named, day, round_id),
        homes=homes,
        cover={
            r["school_id"]: Cover(r["name"], r["spare"], r["out"])
            for r in await conn.fetch(_COVER, list(set(homes.values())), day, round_id, named)
        },
        pairs=tuple((r["person_a"], r["person_b"], r["kind"]) for r in pairs),
        names={r["person_id"]: r["name"] for r in await conn.fetch(_NAMES, list(partners))},
    )


def _away(rows: list[Any], day: date, zone: ZoneInfo) -> Mapping[UUID, str]:
    spans: dict[UUID, list[tuple[datetime, datetime]]] = {}
    for r in rows:
        spans.setdefault(r["person_id"], []).append((r["starts_at"].astimezone(zone), r["ends_at"].astimezone(zone)))
    told: dict[UUID, str] = {}
    for person, held in spans.items():
        low, high = school_day(day, zone)
        whole = any(s <= low and e >= high for s, e in held)
        times = " and ".join(
            f"from {max(s, low).astimezone(zone):%H:%M} to {min(e, high).astimezone(zone):%H:%M}" for s, e in held[:3]
        )
        told[person] = "all day" if whole else times
    return told


async def _untrained(conn: Connection, people: list[UUID], day: date) -> Mapping[UUID, str]:
    rows = await conn.fetch(
        "select person_id, valid_from, valid_until from certifications where protocol = $1", PROTOCOL
    )
    if not rows:
        return {}
    held = {r["person_id"]: r for r in rows}
    told: dict[UUID, str] = {}
    for person in people:
        training = held.get(person)
        if training is None:
            told[person] = "is not trained for instructional rounds"
        elif training["valid_until"] is not None and training["valid_until"] < day:
            told[person] = f"was trained for instructional rounds until {training['valid_until']} only"
        elif training["valid_from"] is not None and training["valid_from"] > day:
            told[person] = f"is trained for instructional rounds from {training['valid_from']} only"
    return told


async def _caps(conn: Connection, people: list[UUID], day: date, round_id: UUID) -> Mapping[UUID, tuple[Cap, ...]]:
    first = day.replace(day=1)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    term = await conn.fetchrow(
        "select name, starts_on, ends_on from terms where $1 between starts_on and ends_on limit 1", day
    )
    span = (term["starts_on"], term["ends_on"]) if term else (day, day)
    told: dict[UUID, tuple[Cap, ...]] = {}
    for r in await conn.fetch(_CAPS, people, first, last, *span, round_id):
        caps: list[Cap] = []
        if r["max_month"] is not None:
            caps.append(Cap(r["max_month"], r["in_month"], f"{day:%B %Y}"))
        if r["max_term"] is not None and term is not None:
            caps.append(Cap(r["max_term"], r["in_term"], term["name"]))
        told[r["person_id"]] = tuple(caps)
    return told


_AWAY = """
select person_id, starts_at, ends_at from unavailable
where person_id = any($1) and starts_at < $3 and ends_at > $2 order by starts_at
"""
_HOMES = """
select p.person_id, coalesce(o.home_school_id, p.school_ids[1]) as school_id
from people p left join observers o using (person_id)
where p.person_id = any($1) and coalesce(o.home_school_id, p.school_ids[1]) is not null
"""
_CAPS = """
select o.person_id, o.max_month, o.max_term,
       count(distinct b.day) filter (where b.day between $2 and $3) as in_month,
       count(distinct b.day) filter (where b.day between $4 and $5) as in_term
from observers o left join bookings b on b.person_id = o.person_id and b.round_id <> $6
where o.person_id = any($1) and (o.max_month is not null or o.max_term is not null)
group by o.person_id, o.max_month, o.max_term
"""
_COVER = """
select s.school_id, s.name, coalesce(c.people, t.cover_per_day) as spare,
       (select count(*) from bookings b
        join people p on p.person_id = b.person_id left join observers o on o.person_id = b.person_id
        where b.day = $2 and b.round_id <> $3 and b.person_id <> all($4)
          and coalesce(o.home_school_id, p.school_ids[1]) = s.school_id) as out
from schools s
left join school_stage t using (school_id)
left join cover_limits c on c.school_id = s.school_id and c.day = $2
where s.school_id = any($1) and coalesce(c.people, t.cover_per_day) is not null
"""
_PAIRS = "select person_a, person_b, kind from pairs where person_a = any($1) or person_b = any($1) order by pair_id"
_NAMES = "select person_id, given_name || ' ' || family_name as name from people where person_id = any($1)"
