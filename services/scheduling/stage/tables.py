"""Folds the stage's events into tables, in the transaction that appends them: planning reads a whole district."""

from __future__ import annotations

import json
from uuid import UUID

from asyncpg import Connection

from services.scheduling.bells.events import BellScheduleRemoved, BellScheduleSet, DayCycleSet
from services.scheduling.classrooms.events import ClassroomDelisted, ClassroomListed
from services.scheduling.hosts.events import HostSet, TravelForgotten, TravelTold, TripForgotten
from services.scheduling.networks.events import NetworkRemoved, NetworkSet
from services.scheduling.observers.events import ObserverRemoved, ObserverSet, UnavailabilityTold
from services.scheduling.pairs.events import PairRemoved, PairSet
from services.scheduling.terms.events import TermRemoved, TermSet
from shared.messages import Event


async def apply(conn: Connection, district_id: UUID, event: Event, version: int) -> None:
    """One event of any of the stage's streams, the calendar's apart (see calendar/table.py)."""
    match event:
        case TermSet() | TermRemoved():
            await _term(conn, district_id, event)
        case BellScheduleSet() | BellScheduleRemoved() | DayCycleSet():
            await _bells(conn, district_id, event)
        case ClassroomListed() | ClassroomDelisted():
            await _classroom(conn, district_id, event)
        case HostSet():
            await _host(conn, district_id, event)
        case TravelTold() | TripForgotten() | TravelForgotten():
            await _travel(conn, district_id, event)
        case ObserverSet() | ObserverRemoved():
            await _observer(conn, district_id, event)
        case UnavailabilityTold():
            await _unavailable(conn, district_id, event)
        case NetworkSet() | NetworkRemoved():
            await _network(conn, district_id, event)
        case PairSet() | PairRemoved():
            await _pair(conn, district_id, event)


async def _term(conn: Connection, district_id: UUID, event: TermSet | TermRemoved) -> None:
    if isinstance(event, TermRemoved):
        await conn.execute("delete from terms where term_id = $1", event.term_id)
        return
    await conn.execute(
        "insert into terms (term_id, district_id, name, starts_on, ends_on) values ($1, $2, $3, $4, $5) "
        "on conflict (term_id) do update set name = excluded.name, starts_on = excluded.starts_on, "
        "ends_on = excluded.ends_on",
        event.term_id,
        district_id,
        event.name,
        event.starts_on,
        event.ends_on,
    )


async def _bells(
    conn: Connection, district_id: UUID, event: BellScheduleSet | BellScheduleRemoved | DayCycleSet
) -> None:
    match event:
        case BellScheduleSet():
            await conn.execute(
                "insert into bell_schedules (schedule_id, district_id, school_id, name, day_type, periods) "
                "values ($1, $2, $3, $4, $5, $6) on conflict (schedule_id) do update set name = excluded.name, "
                "day_type = excluded.day_type, periods = excluded.periods",
                event.schedule_id,
                district_id,
                event.school_id,
                event.name,
                event.day_type,
                json.dumps([p.model_dump(mode="json") for p in event.periods]),
            )
        case BellScheduleRemoved():
            await conn.execute("delete from bell_schedules where schedule_id = $1", event.schedule_id)
        case DayCycleSet():
            await conn.execute(
                "insert into school_stage (school_id, district_id, cycle, cycle_from) values ($1, $2, $3, $4) "
                "on conflict (school_id) do update set cycle = excluded.cycle, cycle_from = excluded.cycle_from",
                event.school_id,
                district_id,
                list(event.letters),
                event.starts_on,
            )


async def _classroom(conn: Connection, district_id: UUID, event: ClassroomListed | ClassroomDelisted) -> None:
    if isinstance(event, ClassroomDelisted):
        await conn.execute("delete from classrooms where classroom_id = $1", event.classroom_id)
        return
    await conn.execute(
        "insert into classrooms (classroom_id, district_id, school_id, room, grade_band, subject, wing, "
        "free_periods, teacher_id) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (classroom_id) do update "
        "set room = excluded.room, grade_band = excluded.grade_band, subject = excluded.subject, "
        "wing = excluded.wing, free_periods = excluded.free_periods, teacher_id = excluded.teacher_id",
        event.classroom_id,
        district_id,
        event.school_id,
        event.room,
        event.grade_band,
        event.subject,
        event.wing,
        list(event.free_periods),
        event.teacher_id,
    )


async def _host(conn: Connection, district_id: UUID, event: HostSet) -> None:
    await conn.execute(
        "insert into school_stage (school_id, district_id, region, cover_per_day) values ($1, $2, $3, $4) "
        "on conflict (school_id) do update set region = excluded.region, cover_per_day = excluded.cover_per_day",
        event.school_id,
        district_id,
        event.region,
        event.cover_per_day,
    )
    await conn.execute("delete from cover_limits where school_id = $1", event.school_id)
    await conn.executemany(
        "insert into cover_limits (school_id, day, district_id, people) values ($1, $2, $3, $4)",
        [(event.school_id, c.day, district_id, c.people) for c in event.cover_on],
    )
    await conn.execute("delete from disliked_days where school_id = $1", event.school_id)
    await conn.executemany(
        "insert into disliked_days (school_id, day, district_id, steps) values ($1, $2, $3, $4)",
        [(event.school_id, d.day, district_id, d.steps) for d in event.disliked],
    )


async def _travel(conn: Connection, district_id: UUID, event: TravelTold | TripForgotten | TravelForgotten) -> None:
    if isinstance(event, TravelForgotten):
        await conn.execute("delete from travel_minutes")
        return
    if isinstance(event, TripForgotten):
        away = "delete from travel_minutes where from_school = $1 and to_school = $2"
        await conn.execute(away, event.way.from_school, event.way.to_school)
        return
    await conn.execute(
        "insert into travel_minutes (from_school, to_school, district_id, minutes) "
        "select a, b, $1, m from unnest($2::uuid[], $3::uuid[], $4::int[]) as t (a, b, m) "
        "on conflict (from_school, to_school) do update set minutes = excluded.minutes",
        district_id,
        [t.from_school for t in event.trips],
        [t.to_school for t in event.trips],
        [t.minutes for t in event.trips],
    )


async def _observer(conn: Connection, district_id: UUID, event: ObserverSet | ObserverRemoved) -> None:
    await conn.execute("delete from certifications where person_id = $1", event.person_id)
    if isinstance(event, ObserverRemoved):
        await conn.execute("delete from observers where person_id = $1", event.person_id)
        return
    await conn.execute(
        "insert into observers (person_id, district_id, role, home_school_id, observes, facilitates, max_month, "
        "max_term) values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (person_id) do update set "
        "role = excluded.role, home_school_id = excluded.home_school_id, observes = excluded.observes, "
        "facilitates = excluded.facilitates, max_month = excluded.max_month, max_term = excluded.max_term",
        event.person_id,
        district_id,
        event.role,
        event.home_school_id,
        event.observes,
        event.facilitates,
        event.max_month,
        event.max_term,
    )
    await conn.executemany(
        "insert into certifications (person_id, protocol, district_id, valid_from, valid_until) "
        "values ($1, $2, $3, $4, $5)",
        [(event.person_id, t.protocol, district_id, t.valid_from, t.valid_until) for t in event.trainings],
    )


async def _unavailable(conn: Connection, district_id: UUID, event: UnavailabilityTold) -> None:
    """As `observers.decide.replaced`: what lies outside the telling's time stays."""
    await conn.execute(_TRIM, event.person_id, event.source, event.since, event.until)
    await conn.executemany(
        "insert into unavailable (person_id, district_id, source, starts_at, ends_at) values ($1, $2, $3, $4, $5)",
        [(event.person_id, district_id, event.source, s.starts_at, s.ends_at) for s in event.spans],
    )


_TRIM = """
with gone as (
    delete from unavailable where person_id = $1 and source = $2 and starts_at < $4 and ends_at > $3 returning *
)
insert into unavailable (person_id, district_id, source, starts_at, ends_at)
select person_id, district_id, source, starts_at, $3 from gone where starts_at < $3
union all
select person_id, district_id, source, $4, ends_at from gone where ends_at > $4
"""


async def _network(conn: Connection, district_id: UUID, event: NetworkSet | NetworkRemoved) -> None:
    await conn.execute("delete from network_members where network_id = $1", event.network_id)
    await conn.execute("delete from network_schools where network_id = $1", event.network_id)
    if isinstance(event, NetworkRemoved):
        await conn.execute("delete from networks where network_id = $1", event.network_id)
        return
    await conn.execute(
        "insert into networks (network_id, district_id, name) values ($1, $2, $3) "
        "on conflict (network_id) do update set name = excluded.name",
        event.network_id,
        district_id,
        event.name,
    )
    await conn.execute(
        "insert into network_members (network_id, person_id, district_id) select $1, p, $2 from unnest($3::uuid[]) p",
        event.network_id,
        district_id,
        list(event.person_ids),
    )
    await conn.execute(
        "insert into network_schools (network_id, school_id, district_id) select $1, s, $2 from unnest($3::uuid[]) s",
        event.network_id,
        district_id,
        list(event.school_ids),
    )


async def _pair(conn: Connection, district_id: UUID, event: PairSet | PairRemoved) -> None:
    if isinstance(event, PairRemoved):
        await conn.execute("delete from pairs where pair_id = $1", event.pair_id)
        return
    await conn.execute(
        "insert into pairs (pair_id, district_id, person_a, person_b, kind) values ($1, $2, $3, $4, $5) "
        "on conflict (pair_id) do update set person_a = excluded.person_a, person_b = excluded.person_b, "
        "kind = excluded.kind",
        event.pair_id,
        district_id,
        event.person_a,
        event.person_b,
        event.kind,
    )
