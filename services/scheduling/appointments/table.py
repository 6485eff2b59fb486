"""Keeps the appointments: called within the transaction that changes a round, or by a reaction to a meeting."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from asyncpg import Connection

from services.scheduling.rounds.events import RoundPlanned

GONE = "gone"


@dataclass(frozen=True, slots=True)
class Appointment:
    """`people`: who comes, in which part. Without times it takes the whole `day`. `debrief`: its room and beginning.
    `no_school`: its day was closed after it was fixed. `place`: where people meet, sealed, and the name of its key."""

    about: UUID
    kind: str
    school_id: UUID | None
    day: date
    starts_at: datetime | None
    ends_at: datetime | None
    timezone: str
    sequence: int
    people: Mapping[UUID, str]
    debrief: tuple[str, datetime] | None = None
    no_school: bool = False
    place: tuple[str, str] = ("", "")

    @property
    def essence(self) -> str:
        """When and where: who was told this need not be told again."""
        times = f"{self.starts_at.isoformat()}/{self.ends_at.isoformat()}" if self.starts_at and self.ends_at else "day"
        debrief = f" {self.debrief[1].isoformat()} {self.debrief[0]}" if self.debrief else ""
        where = f" {hashlib.sha256(self.place[0].encode()).hexdigest()[:16]}" if self.place[0] else ""
        return f"{self.day} {times} {self.school_id or ''}{debrief}{' no school' if self.no_school else ''}{where}"


def of_round(plan: RoundPlanned, version: int, hosts: list[UUID]) -> Appointment:
    """A round from its first slot to its last or to the debrief's end; without slots, the whole day. The host's
    principals come too."""
    observers = {p: "observer" for team in plan.teams for p in team.observer_ids}
    zone = ZoneInfo(plan.timezone)
    starts = min((s.starts_at for s in plan.slots), default=None)
    ends = max((s.ends_at for s in plan.slots), default=None)
    if ends and plan.debrief:
        ends = max(ends, plan.debrief.ends_at)
    return Appointment(
        about=plan.round_id,
        kind="round",
        school_id=plan.school_id,
        day=plan.day,
        starts_at=starts.astimezone(zone) if starts else None,
        ends_at=ends.astimezone(zone) if ends else None,
        timezone=plan.timezone,
        sequence=version - 1,
        people={h: "host" for h in hosts} | observers | {plan.facilitator_id: "facilitator"},
        debrief=(plan.debrief.room, plan.debrief.starts_at.astimezone(zone)) if plan.debrief else None,
    )


async def keep(conn: Connection, district_id: object, made: Appointment) -> bool:
    """Puts the appointment as it is now; who was in it and is no longer is remembered as gone. What is told late, when
    a dead letter is tried again, changes nothing that newer news has changed: answers whether it did."""
    newest = await conn.fetchval(
        _KEEP,
        made.about,
        district_id,
        made.kind,
        made.school_id,
        made.day,
        made.starts_at,
        made.ends_at,
        made.timezone,
        made.sequence,
        *(made.debrief or (None, None)),
        made.no_school,
        *made.place,
    )
    if not newest:
        return False
    await conn.execute(
        "update appointment_people set gone = true, essence = $3 where about = $1 and person_id <> all($2)",
        made.about,
        list(made.people),
        GONE,
    )
    await conn.execute(_PEOPLE, made.about, district_id, list(made.people), list(made.people.values()), made.essence)
    return True


async def cancel(conn: Connection, about: UUID, sequence: int) -> None:
    await conn.execute(
        "update appointments set cancelled = true, sequence = greatest(sequence, $2), changed_at = clock_timestamp() "
        "where about = $1",
        about,
        sequence,
    )
    await conn.execute("update appointment_people set essence = $2 where about = $1", about, GONE)


async def hosts(conn: Connection, school_id: UUID) -> list[UUID]:
    """The principals of a school who can sign in."""
    rows = await conn.fetch(
        "select person_id from person_grants where role = 'host_principal' and school_id = $1", school_id
    )
    return [r["person_id"] for r in rows]


_KEEP = """
insert into appointments (
    about, district_id, kind, school_id, day, starts_at, ends_at, timezone, sequence, debrief_room, debrief_at,
    no_school, place, place_key, cancelled, changed_at
) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, false, clock_timestamp())
on conflict (about) do update set
    kind = excluded.kind, school_id = excluded.school_id, day = excluded.day, starts_at = excluded.starts_at,
    ends_at = excluded.ends_at, timezone = excluded.timezone, sequence = excluded.sequence,
    debrief_room = excluded.debrief_room, debrief_at = excluded.debrief_at, no_school = excluded.no_school,
    place = excluded.place, place_key = excluded.place_key, cancelled = false, changed_at = excluded.changed_at
where appointments.sequence <= excluded.sequence
returning true
"""
_PEOPLE = """
insert into appointment_people (about, person_id, district_id, part, gone, essence)
select $1, person_id, $2, part, false, $5 from unnest($3::uuid[], $4::text[]) as p (person_id, part)
on conflict (about, person_id) do update set part = excluded.part, gone = false, essence = excluded.essence
"""
