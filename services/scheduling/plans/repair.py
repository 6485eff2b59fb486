"""When life happens: the least change of the standing plan; all outside of the touched rounds is held fast. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from services.scheduling.calendar.decide import Calendar, closed_because
from services.scheduling.planning import instance as engine
from services.scheduling.plans.build import Built, district_of, fixed_rounds, held_pins, published_rounds
from services.scheduling.plans.closed_days import on_closed_days, still_booked
from services.scheduling.plans.diff import Standing
from services.scheduling.plans.events import Cost, DisruptionReported, Pin, ProposedPlan, RepairProposed, Wish
from services.scheduling.plans.stage import Stage
from services.scheduling.plans.today import Today
from services.scheduling.plans.wished import PROTOCOL
from services.scheduling.rounds.finding import on_day
from shared.errors import Refused
from shared.said import Said, say, together

LOOK_AHEAD = timedelta(days=90)
"""How far after the last planned round a lost day may be made up."""
LEAST_OBSERVERS = 3  # one team, domain.md
GAP_OF_MOVED = 10  # school days between a moved round and the school's next one
SECONDS = 60
"""A repair takes about one; the rest is for a machine that is busy with other work."""


def touched(what: DisruptionReported, stage: Stage, today: date) -> dict[UUID, Standing]:
    """The rounds that cannot stay as they are. A visit that has begun stays on its day; only somebody who comes to it
    may be replaced."""
    return {k: r for k, r in _hit(what, stage, today).items() if what.kind == "observer_out" or not r.begun}


def _hit(what: DisruptionReported, stage: Stage, today: date) -> dict[UUID, Standing]:
    days = set(what.days)

    def hit(r: Standing) -> bool:
        if r.day < today:
            return False
        match what.kind:
            case "observer_out":
                return what.person_id in r.people and r.day in days
            case "days_lost":
                return r.day in days and what.school_id in (None, r.school_id)
            case "school_out":
                return r.school_id == what.school_id
        return False

    return {k: r for k, r in stage.rounds.items() if hit(r)}


def nothing_to_plan(what: DisruptionReported, now: Today) -> RepairProposed | None:
    """The repair of a school that withdraws: its rounds fall away, and nobody else is asked to move. None where
    somebody or some day must be found. Raises Refused when no round is touched."""
    hit = touched(what, now.stage, now.day)
    if not hit and (begun := _hit(what, now.stage, now.day)):
        where = together((_visit(r, now.stage) for r in begun.values()), ", ")
        raise Refused(
            "visits_stay", say("publishing.visits_stay", where=where), mend=say("publishing.visits_stay_mend")
        )
    if not hit:
        mend = say("publishing.nothing_to_repair_mend")
        raise Refused("nothing_to_repair", say("publishing.nothing_to_repair"), mend=mend)
    if what.kind != "school_out":
        return None
    people = {p for r in hit.values() for p in r.people}
    return RepairProposed(
        plan=ProposedPlan(people=(), rounds=()), cost=Cost(total=0), seconds=0, notify=tuple(sorted(people, key=str))
    )


def _visit(r: Standing, stage: Stage) -> Said:
    return say("publishing.visit_on", school=stage.schools[r.school_id].name, day=on_day(r.day))


def wish_for(what: DisruptionReported, name: str, stage: Stage, today: date) -> Wish:
    """The request as it is kept: the days that the repair may use, and the schools that it touches."""
    rounds = touched(what, stage, today)
    last = max((r.day for r in stage.rounds.values()), default=today)
    sizes = [len(r.observer_ids) for r in rounds.values()] or [LEAST_OBSERVERS]
    return Wish(
        name=name,
        first_day=today,
        last_day=max(last, today) + (LOOK_AHEAD if what.kind == "days_lost" else timedelta(0)),
        school_ids=tuple({r.school_id: None for r in rounds.values()}),
        rounds_per_school=1,
        seats_min=min(LEAST_OBSERVERS, *sizes),
        seats_target=max(sizes),
        seats_max=max(sizes),
        gap_days=GAP_OF_MOVED,
        facilitator_most=200,
        observer_most=200,
        observer_most_month=31,
        rounds_per_day=500,
        limit_seconds=SECONDS,
    )


def build_repair(
    what: DisruptionReported, wish: Wish, pins: tuple[Pin, ...], stage: Stage, calendar: Calendar, today: date
) -> Built:
    """The standing plan with the touched rounds free, and whoever or whatever is out, out."""
    hit = touched(what, stage, today)
    free = {} if what.kind == "school_out" else hit
    ahead = {k: r for k, r in stage.rounds.items() if today <= r.day <= wish.last_day}
    fixed = {k: r for k, r in ahead.items() if k not in hit}
    shut = on_closed_days(fixed.values(), stage, calendar)
    held = [r for k, r in fixed.items() if k not in shut]
    numbers = _numbers(ahead)
    rounds = [
        *(_wanted(r, numbers[k], what) for k, r in free.items()),
        *(replace(r, number=numbers[UUID(r.id)]) for r in fixed_rounds(held)),
    ]
    base = district_of(wish, stage, calendar, today, today, {p for r in ahead.values() for p in r.people})
    base = still_booked(base, (fixed[k] for k in shut))
    instance = replace(
        base,
        schools=tuple(_closed(s, what) for s in base.schools),
        observers=tuple(_absent(o, what) for o in base.observers),
        rounds=tuple(rounds),
        limits=replace(base.limits, from_one_school=max(base.limits.from_one_school, _together(free, what, stage))),
        pins=(*_held(free, what, calendar), *_wished(pins, free), *held_pins(held)),
        published=published_rounds(today, ahead, {r.id for r in rounds}),
    )
    return Built(instance, frozenset(fixed))


def _together(free: Mapping[UUID, Standing], what: DisruptionReported, stage: Stage) -> int:
    """How many of one school a touched round has: a round made by hand may have more than a plan would send, and nobody
    is sent away because somebody else cannot come."""
    most = 0
    for r in free.values():
        known = (stage.observers[p].homes for p in r.observer_ids - {what.person_id} if p in stage.observers)
        most = max(most, *Counter(homes[0] for homes in known if homes).values(), 0)
    return most


def _numbers(rounds: Mapping[UUID, Standing]) -> dict[UUID, int]:
    """A school's rounds in order of their days, from 1."""
    found: dict[UUID, int] = {}
    seen: dict[UUID, int] = {}
    for r in sorted(rounds.values(), key=lambda r: (r.day, str(r.round_id))):
        seen[r.school_id] = found[r.round_id] = seen.get(r.school_id, 0) + 1
    return found


def _wanted(r: Standing, number: int, what: DisruptionReported) -> engine.RoundWanted:
    seats = len(r.observer_ids)
    return engine.RoundWanted(
        id=str(r.round_id),
        host=str(r.school_id),
        number=number,
        protocol=PROTOCOL,
        min_observers=min(LEAST_OBSERVERS, seats),
        target_observers=seats,
        max_observers=seats,
        principals=0,
        teachers=0,
        gap=0 if what.kind == "observer_out" else min(GAP_OF_MOVED, 1 if number == 1 else GAP_OF_MOVED),
        begun=r.day if r.begun else None,
    )


def _held(free: Mapping[UUID, Standing], what: DisruptionReported, calendar: Calendar) -> Iterator[engine.Pin]:
    """When a person is out, day and everybody else stay; and nobody puts that person back. A day that is lost already
    is not held: the round would be cancelled for one person."""
    if what.kind != "observer_out":
        return
    for r in free.values():
        name = str(r.round_id)
        if closed_because(calendar, r.day) is not None and not r.begun:
            continue
        yield engine.Pin(id=f"{name} day", round=name, day=r.day, by="repair")
        if r.facilitator_id and r.facilitator_id != what.person_id:
            yield engine.Pin(id=f"{name} lead", round=name, facilitator=str(r.facilitator_id), by="repair")
        for person in sorted(r.observer_ids - {what.person_id}, key=str):
            yield engine.Pin(id=f"{name} {person}", round=name, observer=str(person), by="repair")


def _wished(pins: tuple[Pin, ...], free: Mapping[UUID, Standing]) -> Iterator[engine.Pin]:
    for n, pin in enumerate(pins):
        for r in free.values():
            if pin.round_id not in (None, r.round_id) or pin.school_id not in (None, r.school_id):
                continue
            yield engine.Pin(
                id=f"pin {n} {r.round_id}",
                round=str(r.round_id),
                day=pin.day if pin.kind == "day" else None,
                facilitator=str(pin.person_id) if pin.kind == "facilitator" else None,
                observer=str(pin.person_id) if pin.kind == "person" else None,
                ban=pin.forbid,
            )


def _closed(school: engine.School, what: DisruptionReported) -> engine.School:
    if what.kind != "days_lost" or str(what.school_id or school.id) != school.id:
        return school
    return replace(school, blackouts=school.blackouts | {d: what.reason or "" for d in what.days})


def _absent(person: engine.Observer, what: DisruptionReported) -> engine.Observer:
    if what.kind != "observer_out" or str(what.person_id) != person.id:
        return person
    return replace(person, unavailable=tuple(sorted({*person.unavailable, *what.days})))
