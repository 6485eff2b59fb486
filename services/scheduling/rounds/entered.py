"""What was entered about the people of a plan, looked up for the days on which it might be."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import reduce
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from asyncpg import Connection

from services.scheduling.rounds.commands import Cap, Cover, Entered
from services.scheduling.stage.facts import PROTOCOL, school_day
from shared.said import Said, month, say


async def entered(
    conn: Connection, people: Collection[UUID], days: Sequence[date], round_id: UUID, timezone: str
) -> Mapping[date, Entered]:
    """Of each of the days, in one look. From a transaction that serves the district. Training counts where the
    district keeps record of any."""
    named = list(people)
    zone = ZoneInfo(timezone)
    pairs = await conn.fetch(_PAIRS, named)
    partners = {p for r in pairs for p in (r["person_a"], r["person_b"])}
    names = {r["person_id"]: r["name"] for r in await conn.fetch(_NAMES, list(partners))} if partners else {}
    homes = {r["person_id"]: r["school_id"] for r in await conn.fetch(_HOMES, named)}
    away = await conn.fetch(_AWAY, named, school_day(min(days), zone)[0], school_day(max(days), zone)[1])
    trainings = await _trainings(conn, named)
    caps = await _caps(conn, named, days, round_id)
    cover = await _cover(conn, set(homes.values()), days, round_id, named)
    return {
        day: Entered(
            away=_away(away, day, zone),
            untrained={} if trainings is None else _untrained(trainings, named, day),
            caps=caps[day],
            homes=homes,
            cover=cover[day],
            pairs=tuple((r["person_a"], r["person_b"], r["kind"]) for r in pairs),
            names=names,
        )
        for day in days
    }


def _away(rows: list[Any], day: date, zone: ZoneInfo) -> Mapping[UUID, Said]:
    low, high = school_day(day, zone)
    spans: dict[UUID, list[tuple[datetime, datetime]]] = {}
    for r in rows:
        if r["starts_at"] < high and r["ends_at"] > low:
            spans.setdefault(r["person_id"], []).append((r["starts_at"], r["ends_at"]))
    told: dict[UUID, Said] = {}
    for person, held in spans.items():
        whole = any(s <= low and e >= high for s, e in held)
        clocks = (
            (f"{max(s, low).astimezone(zone):%H:%M}", f"{min(e, high).astimezone(zone):%H:%M}") for s, e in held[:3]
        )
        times = [say("findings.away.times", start=start, end=end) for start, end in clocks]
        both = reduce(lambda a, b: say("findings.away.and", first=a, last=b), times)
        told[person] = say("findings.away.all_day") if whole else both
    return told


async def _trainings(conn: Connection, people: list[UUID]) -> Mapping[UUID, Any] | None:
    """Who was trained, from when until when; None where the district keeps no record."""
    rows = await conn.fetch(_TRAINED, PROTOCOL, people)
    if not rows and not await conn.fetchval("select exists (select from certifications where protocol = $1)", PROTOCOL):
        return None
    return {r["person_id"]: r for r in rows}


def _untrained(held: Mapping[UUID, Any], people: list[UUID], day: date) -> Mapping[UUID, Said]:
    told: dict[UUID, Said] = {}
    for person in people:
        training = held.get(person)
        if training is None:
            told[person] = say("findings.untrained.never")
        elif training["valid_until"] is not None and training["valid_until"] < day:
            told[person] = say("findings.untrained.until", day=training["valid_until"])
        elif training["valid_from"] is not None and training["valid_from"] > day:
            told[person] = say("findings.untrained.from", day=training["valid_from"])
    return told


async def _caps(
    conn: Connection, people: list[UUID], days: Sequence[date], round_id: UUID
) -> Mapping[date, Mapping[UUID, tuple[Cap, ...]]]:
    limits = await conn.fetch(_LIMITS, people)
    if not limits:
        return {day: {} for day in days}
    terms = await conn.fetch(_TERMS, min(days), max(days))
    months = {day: _month(day) for day in days}
    spans = [*months.values(), *((t["starts_on"], t["ends_on"]) for t in terms)]
    low, high = min(first for first, _ in spans), max(last for _, last in spans)
    out: dict[UUID, set[date]] = {}
    for r in await conn.fetch(_OUT_DAYS, [r["person_id"] for r in limits], low, high, round_id):
        out.setdefault(r["person_id"], set()).add(r["day"])

    def between(person: UUID, first: date, last: date) -> int:
        return sum(first <= d <= last for d in out.get(person, ()))

    told: dict[date, dict[UUID, tuple[Cap, ...]]] = {}
    for day in days:
        term = next((t for t in terms if t["starts_on"] <= day <= t["ends_on"]), None)
        told[day] = {}
        for r in limits:
            person, caps = r["person_id"], list[Cap]()
            if r["max_month"] is not None:
                caps.append(Cap(r["max_month"], between(person, *months[day]), month(day)))
            if r["max_term"] is not None and term is not None:
                caps.append(Cap(r["max_term"], between(person, term["starts_on"], term["ends_on"]), term["name"]))
            told[day][person] = tuple(caps)
    return told


def _month(day: date) -> tuple[date, date]:
    first = day.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)


async def _cover(
    conn: Connection, schools: Collection[UUID], days: Sequence[date], round_id: UUID, people: list[UUID]
) -> Mapping[date, Mapping[UUID, Cover]]:
    limits = await conn.fetch(_SPARE, list(schools), list(days))
    told: dict[date, dict[UUID, Cover]] = {day: {} for day in days}
    if not limits:
        return told
    limited = list({r["school_id"] for r in limits})
    out = {(r["day"], r["school_id"]): r["out"] for r in await conn.fetch(_OUT, list(days), round_id, people, limited)}
    for r in limits:
        held = (r["day"], r["school_id"])
        told[r["day"]][r["school_id"]] = Cover(r["name"], r["spare"], out.get(held, 0))
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
_TRAINED = "select person_id, valid_from, valid_until from certifications where protocol = $1 and person_id = any($2)"
_LIMITS = """
select person_id, max_month, max_term from observers
where person_id = any($1) and (max_month is not null or max_term is not null)
"""
_TERMS = "select name, starts_on, ends_on from terms where starts_on <= $2 and ends_on >= $1 order by starts_on"
_OUT_DAYS = """
select person_id, day from bookings where person_id = any($1) and day between $2 and $3 and round_id <> $4
"""
_SPARE = """
select s.school_id, s.name, d.day, coalesce(c.people, t.cover_per_day) as spare
from schools s cross join unnest($2::date[]) as d (day)
left join school_stage t using (school_id)
left join cover_limits c on c.school_id = s.school_id and c.day = d.day
where s.school_id = any($1) and coalesce(c.people, t.cover_per_day) is not null
"""
_OUT = """
select b.day, coalesce(o.home_school_id, p.school_ids[1]) as school_id, count(*) as out
from bookings b join people p using (person_id) left join observers o using (person_id)
where b.day = any($1) and b.round_id <> $2 and b.person_id <> all($3)
  and coalesce(o.home_school_id, p.school_ids[1]) = any($4)
group by 1, 2
"""
_PAIRS = "select person_a, person_b, kind from pairs where person_a = any($1) or person_b = any($1) order by pair_id"
_NAMES = "select person_id, given_name || ' ' || family_name as name from people where person_id = any($1)"
