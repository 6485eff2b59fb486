"""What the district's leaders entered, read for planning: one look at one moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from asyncpg import Connection

from services.scheduling.calendar.reasons import still_planned
from services.scheduling.plans.diff import Standing
from services.scheduling.stage import facts
from services.scheduling.stage.facts import load_stage

NO_LIMIT = 10_000
FAR = timedelta(days=500)
"""How far ahead people's days are read."""
NO_ROUNDS = ("no_school", "no_visits", "testing")
"""A school's own days on which it does not host."""


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
    cover: int = NO_LIMIT
    cover_on: Mapping[date, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KnownObserver:
    """Somebody who may be asked to observe or to facilitate. `homes`: their own schools, the first one theirs most.
    `certified`: protocol, since, until."""

    person_id: UUID
    name: str
    homes: tuple[UUID, ...]
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
    """`rounds`: the standing plan, past days too."""

    timezone: str
    schools: Mapping[UUID, KnownSchool]
    observers: Mapping[UUID, KnownObserver]
    rounds: Mapping[UUID, Standing]
    pairs: tuple[tuple[UUID, UUID, str, str], ...] = ()  # a, b, together | apart, why
    minutes: Mapping[tuple[UUID, UUID], int] = field(default_factory=dict)  # driving between two schools


async def read_stage(conn: Connection, district_id: UUID, timezone: str, since: date) -> Stage:
    """Everything of the district that a plan from `since` on is made of, except its calendar."""
    entered = await load_stage(conn, district_id, since, since + FAR)
    rounds = await standing_rounds(conn)
    moved = [r for r in rounds.values() if r.planned is not None]
    return Stage(
        timezone=timezone,
        schools={i: _school(s, entered, moved) for i, s in entered.schools.items()},
        observers={i: _observer(o, entered, timezone, moved) for i, o in entered.observers.items()},
        rounds=rounds,
        pairs=tuple((a, b, kind, "") for a, b, kind in entered.pairs),
        minutes=entered.travel,
    )


def _school(s: facts.StageSchool, entered: facts.Stage, moved: Sequence[Standing]) -> KnownSchool:
    """`moved`: rounds whose plan is on another day than their visit; they take that day too, until that is mended."""
    taken = {r.planned: still_planned(r.day).en for r in moved if r.planned is not None and r.school_id == s.school_id}
    return KnownSchool(
        school_id=s.school_id,
        name=s.name,
        latitude=s.latitude,
        longitude=s.longitude,
        region=s.region or "",
        networks=tuple(entered.networks[n] for n in s.networks if n in entered.networks),
        blackouts=taken | {d: m.title for d, m in s.marks.items() if m.kind in NO_ROUNDS},
        disliked=s.disliked,
        cover=NO_LIMIT if s.cover_per_day is None else s.cover_per_day,
        cover_on=s.cover_on,
    )


def _observer(o: facts.StageObserver, entered: facts.Stage, timezone: str, moved: Sequence[Standing]) -> KnownObserver:
    booked = {r.planned for r in moved if r.planned is not None and o.person_id in r.people}
    return KnownObserver(
        person_id=o.person_id,
        name=o.name,
        homes=tuple(sorted(o.home_school_ids, key=str)),
        role=o.role,
        observes=o.observes,
        facilitates=o.facilitates,
        unavailable=tuple(sorted(booked.union(_days(o, ZoneInfo(timezone))))),
        max_month=o.max_month,
        max_term=o.max_term,
        certified=tuple((p, since or date.min, until) for p, (since, until) in o.trainings.items()),
        networks=tuple(entered.networks[n] for n in o.networks if n in entered.networks),
    )


def _days(o: facts.StageObserver, zone: ZoneInfo) -> list[date]:
    """The days on which something that was told takes any of the school day."""
    found: set[date] = set()
    for starts, ends in o.unavailable:
        day = starts.astimezone(zone).date()
        while day <= ends.astimezone(zone).date():
            opens, closes = facts.school_day(day, zone)
            if starts < closes and opens < ends:
                found.add(day)
            day += timedelta(days=1)
    return sorted(found)


async def standing_rounds(conn: Connection) -> dict[UUID, Standing]:
    """Today's plan: the rounds that are scheduled, with everybody who is booked for them. A visit that has begun is on
    the day on which its observers went, though its plan was moved in the same moment."""
    rows = await conn.fetch(_ROUNDS)
    return {
        r["round_id"]: Standing(
            r["round_id"],
            r["school_id"],
            r["day"],
            r["facilitator_id"],
            frozenset(r["people"]) - {r["facilitator_id"]},
            r["version"],
            r["begun"],
            r["planned"] if r["planned"] != r["day"] else None,
        )
        for r in rows
    }


_ROUNDS = """
select r.round_id, r.school_id, coalesce(h.day, r.day) as day, r.day as planned, r.facilitator_id, r.version,
       h.round_id is not null as begun,
       coalesce(array_agg(b.person_id) filter (where b.person_id is not null), '{}') as people
from rounds r left join bookings b using (round_id) left join held_rounds h on h.round_id = r.round_id and h.begun
where r.status = 'scheduled'
group by r.round_id, h.round_id
order by 3, r.round_id
"""


async def schedule_version(conn: Connection) -> int:
    """Counts the changes of the district's rounds, whoever made them: it rises with each."""
    version: int = await conn.fetchval("select coalesce(sum(version), 0) from rounds")
    return version
