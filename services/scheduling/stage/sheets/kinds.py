"""The kinds of spreadsheets: their columns, and how their rows become commands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from services.scheduling.bells import decide as bells
from services.scheduling.bells.commands import SetBellSchedule
from services.scheduling.bells.events import Period
from services.scheduling.classrooms import decide as classrooms
from services.scheduling.classrooms.commands import ListClassroom
from services.scheduling.hosts import decide as hosts
from services.scheduling.hosts.commands import SetHost, TellTravel
from services.scheduling.hosts.events import Trip
from services.scheduling.networks import decide as networks
from services.scheduling.networks.commands import SetNetwork
from services.scheduling.observers import decide as observers
from services.scheduling.observers.commands import SetObserver, TellUnavailability
from services.scheduling.observers.events import Training
from services.scheduling.observers.unavailability import Away, spans_of, window
from services.scheduling.stage import tables
from services.scheduling.stage.bulk import Step
from services.scheduling.stage.sheets.cells import Cells
from shared.decider import Decider
from shared.tabular.problems import Fault, fault, series

PROTOCOL = "instructional-rounds"
_ROLES = {
    "teacher": "teacher",
    "principal": "principal",
    "assistant principal": "principal",
    "coach": "coach",
    "specialist": "coach",
    "central": "central",
    "central office": "central",
    "district": "central",
    "partner": "partner",
    "university": "partner",
}
DAY_TYPES = ("regular", "early_release", "late_start", "testing")
_PERIODS = {"class": "class", "lunch": "lunch", "break": "break", "recess": "break", "advisory": "class"}


@dataclass(frozen=True, slots=True)
class Place:
    district_id: UUID
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Sheet:
    columns: tuple[str, ...]
    required: tuple[str, ...]
    days: tuple[str, ...]
    steps: Callable[[Iterable[Cells], Place, Mapping[str, Any]], list[Step]]  # the third: states that it changes


def _step(
    stream: str,
    decider: Decider[Any, Any],
    command: Any,
    label: Fault,
    told: Callable[[Any], Fault | None],
    line: int | None,
) -> Step:
    return Step(stream, decider, command, tables.apply, label, told, line)


def _observers(rows: Iterable[Cells], place: Place, _: Mapping[str, Any]) -> list[Step]:
    """One row for each person, more for more trainings; of the rest the first row counts."""
    found: dict[UUID, tuple[SetObserver, Cells]] = {}
    for row in rows:
        person = row.person()
        role = row.one_of("role", _ROLES, default="teacher")
        home = row.school("home_school", needed=False)
        caps = {c: row.number(c, 0, 200 if c == "max_term" else 31) for c in ("max_month", "max_term")}
        flags = {"observes": row.flag("observes", True), "facilitates": row.flag("facilitates", False)}
        since, until = row.day("trained_from"), row.day("trained_until")
        protocol = row.text("trained_for") or (PROTOCOL if since or until else "")
        if row.broken or person is None:
            continue
        trainings: tuple[Training, ...] = ()
        if protocol:
            trainings = (Training(protocol=protocol.lower().replace(" ", "-"), valid_from=since, valid_until=until),)
        held = found.get(person)
        if held is not None:
            others = tuple(t for t in held[0].trainings if t.protocol not in {n.protocol for n in trainings})
            found[person] = (held[0].model_copy(update={"trainings": (*others, *trainings)}), held[1])
            continue
        command = SetObserver.model_validate(
            {"person_id": person, "role": role, "home_school_id": home, "trainings": trainings} | caps | flags
        )
        found[person] = (command, row)
    return [
        _step(
            observers.stream(p),
            observers.observer,
            command,
            row.label("email"),
            lambda s: None if s.known is None else _observer_words(s.known),
            row.line,
        )
        for p, (command, row) in found.items()
    ]


def _observer_words(known: Any) -> Fault:
    parts = [fault(f"told.{known.role}"), *([fault("told.facilitates")] if known.facilitates else [])]
    parts += [
        fault(f"told.a_{w}", n=n) for n, w in ((known.max_month, "month"), (known.max_term, "term")) if n is not None
    ]
    parts += [
        fault("told.trained", protocol=t.protocol, until=str(t.valid_until or "") or fault("told.further_notice"))
        for t in known.trainings
    ]
    return series(parts)


def _availability(rows: Iterable[Cells], place: Place, _: Mapping[str, Any]) -> list[Step]:
    """The file replaces what an earlier one said of the days from its first to its last."""
    away: dict[UUID, list[Away]] = {}
    firsts: dict[UUID, Cells] = {}
    for row in rows:
        person = row.person()
        first = row.day("first_day", needed=True)
        last = row.day("last_day") or first
        starts, ends = row.clock("starts"), row.clock("ends")
        if row.broken or person is None or first is None or last is None:
            continue
        if last < first or (last - first).days > 400 or (starts and ends and ends <= starts):
            row.warn("backwards", "last_day", fault("cell.backwards"), fault("correct_it"))
            continue
        away.setdefault(person, []).append(Away(first=first, last=last, starts=starts, ends=ends))
        firsts.setdefault(person, row)
    if not away:
        return []
    days = [d for held in away.values() for a in held for d in (a.first, a.last)]
    low, high = window(min(days), max(days), place.zone)
    return [
        _step(
            observers.stream(p),
            observers.observer,
            TellUnavailability(p, "csv", low, high, spans_of(held, place.zone)),
            firsts[p].label("email"),
            lambda s: _spans_words(s.spans.get("csv", ()), place.zone),
            firsts[p].line,
        )
        for p, held in away.items()
    ]


def _spans_words(spans: Iterable[Any], zone: ZoneInfo) -> Fault | None:
    told = [_span_words(s.starts_at.astimezone(zone), s.ends_at.astimezone(zone)) for s in spans]
    if not told:
        return None
    shown = series(told[:5], "series.semicolon")
    return fault("told.and_more", what=shown) if len(told) > 5 else shown


def _span_words(starts: datetime, ends: datetime) -> str | Fault:
    """Whole days by name, the last one included; the midnight that ends it is another day's."""
    last = ends - timedelta(minutes=1)
    if starts.time() == ends.time() == time.min:
        first = f"{starts:%Y-%m-%d}"
        return fault("told.span", first=first, last=f"{last:%Y-%m-%d}") if last.date() > starts.date() else first
    end = f"{ends:%H:%M}" if starts.date() == ends.date() else f"{ends:%Y-%m-%d %H:%M}"
    return fault("told.span", first=f"{starts:%Y-%m-%d %H:%M}", last=end)


def _bells(rows: Iterable[Cells], place: Place, _: Mapping[str, Any]) -> list[Step]:
    found: dict[tuple[UUID, str], tuple[str, list[Period], Cells]] = {}
    for row in rows:
        school = row.school("school")
        said = row.text("day_type") or "regular"
        day_type = re.sub(r"[\s-]+", "_", said.lower())
        if day_type not in DAY_TYPES:
            day_type = said.upper()
            if not re.fullmatch(r"[A-Z0-9]{1,3}", day_type):
                row.warn("unknown_word", "day_type", fault("cell.day_type"), fault("correct_it"))
        name = row.text("period", 40, needed=True)
        starts, ends = row.clock("starts", needed=True), row.clock("ends", needed=True)
        kind = row.one_of("kind", _PERIODS, default="class")
        if row.broken or school is None or starts is None or ends is None:
            continue
        held = found.setdefault((school, day_type), (row.text("schedule") or said, [], row))
        held[1].append(Period.model_validate({"name": name, "starts": starts, "ends": ends, "kind": kind}))
    steps = []
    for (school, day_type), (name, periods, row) in found.items():
        schedule_id = uuid5(school, f"bells {day_type}")
        command = SetBellSchedule(
            schedule_id=schedule_id, school_id=school, name=name, day_type=day_type, periods=tuple(periods[:40])
        )
        steps.append(
            _step(
                bells.stream(school),
                bells.bells,
                command,
                row.label("school", name, fault(f"told.{day_type}") if day_type in DAY_TYPES else day_type),
                lambda s, i=schedule_id: _bells_words(s.schedules.get(i)),  # type: ignore[misc]  # bound now
                row.line,
            )
        )
    return steps


def _bells_words(held: Any) -> Fault | None:
    if held is None:
        return None
    starts, ends = f"{held.periods[0].starts:%H:%M}", f"{held.periods[-1].ends:%H:%M}"
    return fault("told.periods", count=len(held.periods), starts=starts, ends=ends)


def _classrooms(rows: Iterable[Cells], place: Place, states: Mapping[str, Any]) -> list[Step]:
    """A room is the one of that name; the teacher, whom no file here names, stays."""
    steps = []
    for row in rows:
        school = row.school("school")
        room, grade = row.text("room", 60, needed=True), row.text("grade_band", 40, needed=True)
        subject, wing = row.text("subject", 80, needed=True), row.text("wing", 40) or None
        free = tuple(p for p in re.split(r"[;,/]\s*|\s{2,}", row.text("free_periods", 400)) if p)
        if row.broken or school is None:
            continue
        known = states.get(classrooms.stream(school)) or {}
        held = next((r for r in known.values() if r.room.casefold() == room.casefold()), None)
        room_id = held.classroom_id if held else uuid5(school, f"room {room.casefold()}")
        command = ListClassroom(
            classroom_id=room_id,
            school_id=school,
            room=room,
            grade_band=grade,
            subject=subject,
            teacher_id=held.teacher_id if held else None,
            wing=wing,
            free_periods=free[:20],
        )
        steps.append(
            _step(
                classrooms.stream(school),
                classrooms.classrooms,
                command,
                row.label("school", room),
                lambda s, i=room_id: _room_words(s.get(i)),  # type: ignore[misc]  # bound now
                row.line,
            )
        )
    return steps


def _room_words(held: Any) -> Fault | None:
    if held is None:
        return None
    free = fault("told.free", periods=", ".join(held.free_periods)) if held.free_periods else None
    return series([p for p in (held.grade_band, held.subject, held.wing, free) if p])


def _hosts(rows: Iterable[Cells], place: Place, states: Mapping[str, Any]) -> list[Step]:
    """An empty cell leaves what was entered before."""
    steps = []
    for row in rows:
        school = row.school("school")
        region, cover = row.text("region") or None, row.number("cover_per_day", 0, 500)
        if row.broken or school is None:
            continue
        held = states.get(hosts.host_stream(school))
        before = held.model_dump(exclude={"school_id"}) if held else {}
        said = {"region": region, "cover_per_day": cover}
        command = SetHost(school_id=school, **before | {k: v for k, v in said.items() if v is not None})
        steps.append(_step(hosts.host_stream(school), hosts.host, command, row.label("school"), _host_words, row.line))
    return steps


def _host_words(held: Any) -> Fault | None:
    if held is None:
        return None
    spare = fault("told.no_limit") if held.cover_per_day is None else fault("told.spares", n=held.cover_per_day)
    return series([held.region or fault("told.no_region"), spare])


def _travel(rows: Iterable[Cells], place: Place, _: Mapping[str, Any]) -> list[Step]:
    trips: dict[tuple[UUID, UUID], int] = {}
    for row in rows:
        a, b = row.school("from"), row.school("to")
        minutes = row.number("minutes", 0, hosts.LONGEST_TRIP, needed=True)
        if row.broken or a is None or b is None or minutes is None or a == b:
            continue
        trips[a, b] = minutes
    if not trips:
        return []
    told = tuple(Trip(from_school=a, to_school=b, minutes=m) for (a, b), m in list(trips.items())[:50_000])
    stream = hosts.travel_stream(place.district_id)
    return [
        _step(
            stream,
            hosts.travel,
            TellTravel(trips=told),
            fault("told.trips", count=len(told)),
            lambda s: fault("told.trips", count=len(s)) if s else None,
            None,
        )
    ]


def _networks(rows: Iterable[Cells], place: Place, states: Mapping[str, Any]) -> list[Step]:
    """Each row puts a school or a person into a network; a network of the file is what the file says of it."""
    found: dict[str, tuple[str, set[UUID], set[UUID], int]] = {}
    for row in rows:
        name = row.text("network", needed=True)
        school, person = row.school("school", needed=False), row.person(needed=False)
        if row.broken:
            continue
        held = found.setdefault(name.casefold(), (name, set(), set(), row.line))
        if school is not None:
            held[1].add(school)
        if person is not None:
            held[2].add(person)
    stream = networks.stream(place.district_id)
    known = {n.name.casefold(): n.network_id for n in (states.get(stream) or {}).values()}
    steps = []
    for key, (name, schools, people, line) in found.items():
        network_id = known.get(key) or uuid5(place.district_id, f"network {key}")
        command = SetNetwork(
            network_id=network_id, name=name, school_ids=tuple(schools)[:2000], person_ids=tuple(people)[:5000]
        )
        steps.append(
            _step(
                stream,
                networks.networks,
                command,
                series([name]),
                lambda s, i=network_id: _network_words(s.get(i)),  # type: ignore[misc]  # bound now
                line,
            )
        )
    return steps


def _network_words(held: Any) -> Fault | None:
    if held is None:
        return None
    return series([fault("told.schools", count=len(held.school_ids)), fault("told.people", count=len(held.person_ids))])


SHEETS: Mapping[str, Sheet] = {
    "observers": Sheet(
        (
            "email",
            "role",
            "home_school",
            "observes",
            "facilitates",
            "max_month",
            "max_term",
            "trained_for",
            "trained_from",
            "trained_until",
        ),
        ("email",),
        ("trained_from", "trained_until"),
        _observers,
    ),
    "availability": Sheet(
        ("email", "first_day", "last_day", "starts", "ends"),
        ("email", "first_day"),
        ("first_day", "last_day"),
        _availability,
    ),
    "bells": Sheet(
        ("school", "schedule", "day_type", "period", "starts", "ends", "kind"),
        ("school", "period", "starts", "ends"),
        (),
        _bells,
    ),
    "classrooms": Sheet(
        ("school", "room", "grade_band", "subject", "wing", "free_periods"),
        ("school", "room", "grade_band", "subject"),
        (),
        _classrooms,
    ),
    "hosts": Sheet(("school", "region", "cover_per_day"), ("school",), (), _hosts),
    "travel": Sheet(("from", "to", "minutes"), ("from", "to", "minutes"), (), _travel),
    "networks": Sheet(("network", "school", "email"), ("network",), (), _networks),
}
