"""The whole stage in one look: `load_stage` for planning, plain and frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from math import asin, cos, radians, sin, sqrt
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from asyncpg import Connection

from services.scheduling.bells.letters import taught
from services.scheduling.calendar.decide import closed_because
from services.scheduling.calendar.events import DayMarked
from services.scheduling.observers.role import role_of
from shared.said import Said

PROTOCOL = "instructional-rounds"
_KM_PER_HOUR, _DETOUR, _START = 40.0, 1.3, 3  # as services/scheduling/planning has them
_UNKNOWN_MINUTES = 20
_NONE: Mapping[date, DayMarked] = {}


@dataclass(frozen=True, slots=True)
class Term:
    term_id: UUID
    name: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Bell:
    """`periods`: name, starts, ends, kind (class, lunch, break), in order."""

    name: str
    day_type: str
    periods: tuple[tuple[str, time, time, str], ...]


@dataclass(frozen=True, slots=True)
class Room:
    classroom_id: UUID
    room: str
    grade_band: str
    subject: str
    wing: str | None
    free_periods: tuple[str, ...]
    teacher_id: UUID | None


@dataclass(frozen=True, slots=True)
class StageSchool:
    school_id: UUID
    name: str
    region: str | None
    latitude: float | None
    longitude: float | None
    cover_per_day: int | None = None
    cover_on: Mapping[date, int] = field(default_factory=dict)
    disliked: Mapping[date, int] = field(default_factory=dict)
    marks: Mapping[date, DayMarked] = field(default_factory=dict)
    bells: Mapping[str, Bell] = field(default_factory=dict)
    cycle: tuple[str, ...] = ()
    cycle_from: date | None = None
    rooms: tuple[Room, ...] = ()
    networks: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class StageObserver:
    """`entered`: somebody told planning about this person; else it is as the roster and the grants have it."""

    person_id: UUID
    name: str
    role: str
    home_school_ids: frozenset[UUID]
    observes: bool
    facilitates: bool
    entered: bool = False
    max_month: int | None = None
    max_term: int | None = None
    trainings: Mapping[str, tuple[date | None, date | None]] = field(default_factory=dict)
    unavailable: tuple[tuple[datetime, datetime], ...] = ()
    networks: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Stage:
    timezone: str
    terms: tuple[Term, ...]
    marks: Mapping[date, DayMarked]
    schools: Mapping[UUID, StageSchool]
    observers: Mapping[UUID, StageObserver]
    networks: Mapping[UUID, str]
    pairs: tuple[tuple[UUID, UUID, str], ...]
    travel: Mapping[tuple[UUID, UUID], int]

    def closed(self, school_id: UUID, day: date) -> Said | None:
        """Why the school cannot host on `day`, as the end of a sentence; None when it can."""
        school = self.schools.get(school_id)
        return closed_because(self.marks, day, school.marks if school else _NONE)

    def day_type(self, school_id: UUID, day: date) -> str:
        """`early_release`, `late_start`, `testing`, a letter of the school's cycle, or `regular`."""
        school = self.schools[school_id]
        for marks in (school.marks, self.marks):
            if day in marks and marks[day].kind in ("early_release", "late_start", "testing"):
                return marks[day].kind
        if school.cycle and school.cycle_from is not None and day >= school.cycle_from:
            passed = sum(
                1
                for n in range((day - school.cycle_from).days)
                if self._taught(school, school.cycle_from + timedelta(n))
            )
            return school.cycle[passed % len(school.cycle)]
        return "regular"

    def _taught(self, school: StageSchool, day: date) -> bool:
        return taught(day, *(m[day].kind for m in (self.marks, school.marks) if day in m))

    def bell(self, school_id: UUID, day: date) -> Bell | None:
        """The periods of that day; the regular ones where its kind has none; None where none are known."""
        held = self.schools[school_id].bells
        return held.get(self.day_type(school_id, day)) or held.get("regular") or next(iter(held.values()), None)

    def available(self, person_id: UUID, day: date) -> bool:
        """Whether nothing that was told takes any of the school day (7:00 to 17:00)."""
        return not self.busy_on(person_id, day)

    def busy_on(self, person_id: UUID, day: date) -> list[tuple[datetime, datetime]]:
        zone = ZoneInfo(self.timezone)
        low, high = school_day(day, zone)
        return [s for s in self.observers[person_id].unavailable if s[0] < high and low < s[1]]

    def trained(self, person_id: UUID, protocol: str, day: date) -> bool:
        held = self.observers[person_id].trainings.get(protocol)
        return held is not None and (held[0] is None or held[0] <= day) and (held[1] is None or day <= held[1])

    def cover(self, school_id: UUID, day: date) -> int | None:
        """How many of its people may be out that day; None: no limit."""
        school = self.schools[school_id]
        return school.cover_on.get(day, school.cover_per_day)

    def minutes(self, a: UUID, b: UUID) -> int:
        """One way: as told, in either direction; else by the beeline; 20 where a place is unknown."""
        if a == b:
            return 0
        told = self.travel.get((a, b), self.travel.get((b, a)))
        return told if told is not None else beeline_minutes(self.schools.get(a), self.schools.get(b))


def school_day(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The hours in which a round may take place, aware."""
    return (
        datetime.combine(day, time(7), zone).astimezone(UTC),
        datetime.combine(day, time(17), zone).astimezone(UTC),
    )


def beeline_minutes(a: StageSchool | None, b: StageSchool | None) -> int:
    if a is None or b is None or None in (a.latitude, a.longitude, b.latitude, b.longitude):
        return _UNKNOWN_MINUTES
    assert a.latitude is not None
    assert b.latitude is not None
    assert a.longitude is not None
    assert b.longitude is not None
    north, east = radians(b.latitude - a.latitude), radians(b.longitude - a.longitude)
    h = sin(north / 2) ** 2 + cos(radians(a.latitude)) * cos(radians(b.latitude)) * sin(east / 2) ** 2
    return round(2 * 6371 * asin(sqrt(h)) * _DETOUR / _KM_PER_HOUR * 60) + _START


async def load_stage(conn: Connection, district_id: UUID, since: date, until: date) -> Stage:
    """Everything between the two days, from a transaction that serves the district."""
    zone: str | None = await conn.fetchval("select timezone from districts where district_id = $1", district_id)
    marks: dict[UUID | None, dict[date, DayMarked]] = {}
    # cycles count school days from their first on, so all marks are read
    for r in await conn.fetch("select school_id, day, kind, title from marked_days"):
        mark = DayMarked(day=r["day"], kind=r["kind"], title=r["title"])
        marks.setdefault(r["school_id"], {})[r["day"]] = mark
    return Stage(
        timezone=zone or "UTC",
        terms=tuple(Term(**dict(r)) for r in await conn.fetch(_TERMS)),
        marks=marks.get(None, {}),
        schools=await _schools(conn, marks),
        observers=await _observers(conn, since, until),
        networks={r["network_id"]: r["name"] for r in await conn.fetch("select network_id, name from networks")},
        pairs=tuple(
            (r["person_a"], r["person_b"], r["kind"])
            for r in await conn.fetch("select person_a, person_b, kind from pairs order by pair_id")
        ),
        travel={
            (r["from_school"], r["to_school"]): r["minutes"]
            for r in await conn.fetch("select from_school, to_school, minutes from travel_minutes")
        },
    )


async def _schools(conn: Connection, marks: Mapping[UUID | None, dict[date, DayMarked]]) -> dict[UUID, StageSchool]:
    bells = _grouped(await conn.fetch("select school_id, name, day_type, periods from bell_schedules"), "school_id")
    rooms = _grouped(await conn.fetch(_ROOMS), "school_id")
    cover = _grouped(await conn.fetch("select school_id, day, people from cover_limits"), "school_id")
    disliked = _grouped(await conn.fetch("select school_id, day, steps from disliked_days"), "school_id")
    networks = _grouped(await conn.fetch("select school_id, network_id from network_schools order by 2"), "school_id")
    found: dict[UUID, StageSchool] = {}
    for r in await conn.fetch(_SCHOOLS):
        i = r["school_id"]
        found[i] = StageSchool(
            school_id=i,
            name=r["name"],
            region=r["region"],
            latitude=r["latitude"],
            longitude=r["longitude"],
            cover_per_day=r["cover_per_day"],
            cover_on={c["day"]: c["people"] for c in cover.get(i, ())},
            disliked={d["day"]: d["steps"] for d in disliked.get(i, ())},
            marks=marks.get(i, {}),
            bells={b["day_type"]: Bell(b["name"], b["day_type"], _periods(b["periods"])) for b in bells.get(i, ())},
            cycle=tuple(r["cycle"] or ()),
            cycle_from=r["cycle_from"],
            rooms=tuple(
                Room(
                    **{k: v for k, v in dict(x).items() if k != "school_id"}
                    | {"free_periods": tuple(x["free_periods"])}
                )
                for x in rooms.get(i, ())
            ),
            networks=tuple(n["network_id"] for n in networks.get(i, ())),
        )
    return found


def _periods(held: list[dict[str, str]]) -> tuple[tuple[str, time, time, str], ...]:
    return tuple((p["name"], time.fromisoformat(p["starts"]), time.fromisoformat(p["ends"]), p["kind"]) for p in held)


async def _observers(conn: Connection, since: date, until: date) -> dict[UUID, StageObserver]:
    trainings = _grouped(
        await conn.fetch("select person_id, protocol, valid_from, valid_until from certifications"), "person_id"
    )
    low = datetime.combine(since, time(), UTC) - timedelta(days=1)
    high = datetime.combine(until, time(), UTC) + timedelta(days=2)
    busy = _grouped(await conn.fetch(_BUSY, low, high), "person_id")
    networks = _grouped(await conn.fetch("select person_id, network_id from network_members order by 2"), "person_id")
    found: dict[UUID, StageObserver] = {}
    for r in await conn.fetch(_OBSERVERS):
        i = r["person_id"]
        entered = r["role"] is not None
        found[i] = StageObserver(
            person_id=i,
            name=r["name"],
            role=role_of(r["role"], r["roles"]),
            home_school_ids=frozenset({*r["school_ids"], *([r["home_school_id"]] if r["home_school_id"] else [])}),
            observes=r["observes"] if entered else "observer" in r["granted"],
            facilitates=r["facilitates"] if entered else "facilitator" in r["granted"],
            entered=entered,
            max_month=r["max_month"],
            max_term=r["max_term"],
            trainings={t["protocol"]: (t["valid_from"], t["valid_until"]) for t in trainings.get(i, ())},
            unavailable=tuple((s["starts_at"], s["ends_at"]) for s in busy.get(i, ())),
            networks=tuple(n["network_id"] for n in networks.get(i, ())),
        )
    return found


def _grouped(rows: list[Any], key: str) -> dict[Any, list[Any]]:  # asyncpg's Records have no types
    out: dict[Any, list[Any]] = {}
    for r in rows:
        out.setdefault(r[key], []).append(r)
    return out


_TERMS = "select term_id, name, starts_on, ends_on from terms order by starts_on"
_ROOMS = """
select school_id, classroom_id, room, grade_band, subject, wing, free_periods, teacher_id from classrooms order by room
"""
_SCHOOLS = """
select s.school_id, s.name, s.latitude, s.longitude, t.region, t.cover_per_day, t.cycle, t.cycle_from
from schools s left join school_stage t using (school_id) where s.active order by lower(s.name), s.school_id
"""
_BUSY = """
select person_id, starts_at, ends_at from unavailable where starts_at < $2 and ends_at > $1 order by starts_at
"""
_OBSERVERS = """
select p.person_id, p.given_name || ' ' || p.family_name as name, p.roles, p.school_ids, o.role, o.home_school_id,
       o.observes, o.facilitates, o.max_month, o.max_term,
       array(select g.role from person_grants g where g.person_id = p.person_id) as granted
from people p left join observers o using (person_id)
where p.active and (o.person_id is not null
    or exists (select from person_grants g where g.person_id = p.person_id and g.role in ('observer', 'facilitator')))
order by lower(p.family_name), lower(p.given_name), p.person_id
"""
