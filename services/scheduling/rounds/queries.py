"""What the rounds' screens read, and the facts that a plan is held against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from services.scheduling.calendar.decide import Calendar, closed_because
from services.scheduling.classrooms.events import ClassroomListed
from services.scheduling.instruments import queries as instruments
from services.scheduling.pins import queries as pins
from services.scheduling.rounds.commands import Begun, Facts, KnownPerson, Plan
from services.scheduling.rounds.entered import entered
from services.scheduling.visits import queries as visits
from shared.database import Database
from shared.errors import Unavailable
from shared.said import say


async def school_name(db: Database, district_id: UUID, school_id: UUID) -> str | None:
    """The name of a listed school; None when the district has no such school."""
    async with db.reader(district_id) as conn:
        name: str | None = await conn.fetchval("select name from schools where school_id = $1 and active", school_id)
    return name


async def begun(db: Database, district_id: UUID, round_id: UUID) -> Begun | None:
    """The round's visit, once it has begun."""
    async with db.reader(district_id) as conn:
        return await visits.begun(conn, round_id)


async def timezone(db: Database, district_id: UUID) -> str:
    """The district's IANA time zone. Raises Unavailable until identity has told of the district."""
    async with db.reader(district_id) as conn:
        zone: str | None = await conn.fetchval("select timezone from districts where district_id = $1", district_id)
    if zone is None:
        raise Unavailable(say("refusals.no_settings"), mend=say("refusals.try_soon"))
    return zone


def today(now: datetime, timezone: str) -> date:
    """The day that it is in the district."""
    return now.astimezone(ZoneInfo(timezone)).date()


async def facts(
    db: Database,
    district_id: UUID,
    plan: Plan,
    days: Sequence[date],
    *,
    calendar: Calendar,
    classrooms: Mapping[UUID, ClassroomListed],
    now: datetime,
    round_id: UUID,
    own_days: Calendar,
) -> dict[date, Facts]:
    """Everything about the district that `plan` (of round `round_id`) is checked against on each of `days`, in one
    look, however many they are."""
    named = list({plan.facilitator_id, *(p for team in plan.teams for p in team.observer_ids)})
    zone = await timezone(db, district_id)
    async with db.reader(district_id) as conn:
        school = await conn.fetchval("select name from schools where school_id = $1 and active", plan.school_id)
        people = await conn.fetch(_PEOPLE, named)
        booked: dict[date, dict[UUID, str]] = {}
        for r in await conn.fetch(_BOOKED, days, named, round_id):
            booked.setdefault(r["day"], {})[r["person_id"]] = r["school_name"]
        hosting = {r["day"] for r in await conn.fetch(_HOSTING, plan.school_id, days, round_id)}
        forbidden = await pins.forbidden(conn, plan.school_id, days)
        pinned = await pins.pinned_to(conn, round_id)
        begun = await visits.begun(conn, round_id)
        instrument_known = await instruments.known(conn, plan.instrument, plan.instrument_version)
        known = await entered(conn, named, days, round_id, zone)
    homes = known[days[0]].homes
    who = {
        r["person_id"]: KnownPerson(
            r["name"],
            frozenset({*r["school_ids"], *([homes[r["person_id"]]] if r["person_id"] in homes else [])}),
            frozenset(r["granted"]),
        )
        for r in people
    }

    def on(day: date) -> Facts:
        marks = [marked[day] for marked in (calendar, own_days) if day in marked]
        return Facts(
            today=today(now, zone),
            timezone=zone,
            school_name=school,
            closed=closed_because(calendar, day, own_days),
            early_release=next((m.title for m in marks if m.kind == "early_release"), None),
            shortened=next(((m.kind, m.title) for m in marks if m.kind in _SPECIAL), None),
            people=who,
            classrooms=classrooms,
            booked=booked.get(day, {}),
            hosting=day in hosting,
            forbidden=day in forbidden,
            pinned=pinned,
            instrument_known=instrument_known,
            begun=begun,
            entered=known[day],
        )

    return {day: on(day) for day in days}


_SPECIAL = ("testing", "late_start")


_PEOPLE = """
select p.person_id, p.given_name || ' ' || p.family_name as name, p.school_ids,
       coalesce(array_agg(g.role) filter (where g.role is not null), '{}') as granted
from people p left join person_grants g using (person_id)
where p.person_id = any($1) and p.active
group by p.person_id, p.given_name, p.family_name, p.school_ids
"""

_BOOKED = """
select b.day, b.person_id, coalesce(s.name, 'another school') as school_name
from bookings b join rounds r using (round_id) left join schools s on s.school_id = r.school_id
where b.day = any($1) and b.person_id = any($2) and b.round_id <> $3
"""

_HOSTING = """
select day from rounds where school_id = $1 and day = any($2) and round_id <> $3 and status = 'scheduled'
"""


async def on_day(db: Database, district_id: UUID, day: date) -> list[dict[str, Any]]:
    """The rounds scheduled on `day`."""
    async with db.reader(district_id) as conn:
        rows = await conn.fetch(
            "select round_id, school_id, coalesce(s.name, '') as school_name from rounds r left join schools s "
            "using (school_id) where r.day = $1 and r.status = 'scheduled' order by school_name",
            day,
        )
    return [dict(r) for r in rows]


async def page(
    db: Database,
    district_id: UUID,
    *,
    schools: Sequence[UUID] | None,
    person_id: UUID | None,
    since: date | None,
    until: date | None,
    after: tuple[date, UUID] | None,
    limit: int,
) -> list[dict[str, Any]]:
    """Rounds by day. `schools` and `person_id` narrow to what the actor may see (either of the two
    suffices); both None: all of the district's."""
    async with db.reader(district_id) as conn:
        rows = await conn.fetch(
            _PAGE,
            list(schools) if schools is not None else None,
            person_id,
            since,
            until,
            after[0] if after else None,
            after[1] if after else None,
            limit,
        )
    return [dict(r) for r in rows]


_SUMMARY = """
select r.round_id, r.school_id, coalesce(s.name, '') as school_name, r.day, r.status, r.facilitator_id,
       coalesce(p.given_name || ' ' || p.family_name, '') as facilitator_name, r.teams, r.observers, r.slots, r.version
from rounds r
left join schools s on s.school_id = r.school_id
left join people p on p.person_id = r.facilitator_id
"""
_PAGE = (
    _SUMMARY
    + """
where ($1::uuid[] is null and $2::uuid is null
       or r.school_id = any($1)
       or exists (select from bookings b where b.round_id = r.round_id and b.person_id = $2))
  and ($3::date is null or r.day >= $3)
  and ($4::date is null or r.day <= $4)
  and ($5::date is null or (r.day, r.round_id) > ($5, $6))
order by r.day, r.round_id
limit $7
"""
)


async def names(db: Database, district_id: UUID, people: Sequence[UUID]) -> dict[UUID, str]:
    """What to call each of `people`; those who are erased or gone are absent."""
    async with db.reader(district_id) as conn:
        rows = await conn.fetch(
            "select person_id, given_name || ' ' || family_name as name from people where person_id = any($1)",
            list(people),
        )
    return {r["person_id"]: r["name"] for r in rows}


async def changed(
    db: Database, district_id: UUID, since: date, until: date, known: Mapping[UUID, int] | None
) -> tuple[Mapping[UUID, int], int, Sequence[Mapping[str, Any]]]:
    """The scheduled rounds between the two days with their versions; the version of the board's pins; and the rounds
    that `known` does not hold in this version (none without `known`)."""
    async with db.reader(district_id) as conn:
        rows = await conn.fetch(
            "select round_id, version from rounds where status = 'scheduled' and day between $1 and $2", since, until
        )
        pins: int = await conn.fetchval(
            "select coalesce(max(version), 0) from events where stream = $1", f"pins-{district_id}"
        )
        versions = {r["round_id"]: r["version"] for r in rows}
        new = [] if known is None else [i for i, v in versions.items() if known.get(i) != v]
        found = (
            await conn.fetch(_SUMMARY + " where r.round_id = any($1) order by r.day, r.round_id", new) if new else []
        )
    return versions, pins, [dict(r) for r in found]
