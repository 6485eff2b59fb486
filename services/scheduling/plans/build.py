"""From a leader's wish and the district's stage to the instance that the engine plans, and back. Pure.

A round of the instance is either free (of the schools and days that the wish names; one that stands today keeps its
id, so that the result can be told as a change of it) or fixed: visits that have begun, and rounds of other schools in
the same days, are in it with every part pinned, for their people are taken and their days count. A fixed round whose
day was closed since is not in it: see `closed_days`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from services.scheduling.calendar.decide import Calendar, closed_because
from services.scheduling.planning import instance as engine
from services.scheduling.planning.plan import Plan, RoundPlan
from services.scheduling.plans.closed_days import on_closed_days, still_booked
from services.scheduling.plans.diff import Standing
from services.scheduling.plans.events import Pin, ProposedPlan, Wish
from services.scheduling.plans.stage import KnownObserver, KnownSchool, Stage
from services.scheduling.plans.wished import PROTOCOL, as_it_stands, wished_rounds

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Built:
    """`fixed`: the standing rounds that the plan must leave as they are."""

    instance: engine.Instance
    fixed: frozenset[UUID]


def scope_of(wish: Wish, stage: Stage, today: date) -> frozenset[UUID]:
    """The standing rounds that a plan for `wish` is free to change."""
    wanted = set(wish.school_ids)
    return frozenset(
        k
        for k, r in stage.rounds.items()
        if r.school_id in wanted and today < r.day <= wish.last_day and wish.first_day <= r.day and not r.begun
    )


def build(wish: Wish, pins: tuple[Pin, ...], stage: Stage, calendar: Calendar, today: date, family_id: UUID) -> Built:
    """The instance of `wish` as the district is today. Days that are past are left alone."""
    first = max(wish.first_day, today + timedelta(days=1))
    inside = {r.round_id: r for r in stage.rounds.values() if first <= r.day <= wish.last_day}
    wanted = set(wish.school_ids)
    fixed = {k: r for k, r in inside.items() if r.school_id not in wanted or r.begun}
    shut = on_closed_days(fixed.values(), stage, calendar)
    held = [r for k, r in fixed.items() if k not in shut]
    base = district_of(wish, stage, calendar, today, first, {p for r in held for p in r.people})
    base = still_booked(base, (fixed[k] for k in shut))
    wished = list(wished_rounds(wish, stage, inside, base.days, family_id))
    free = [r for r in wished if r.begun is None]
    rounds = [*wished, *fixed_rounds([r for r in held if r.school_id not in wanted])]
    instance = replace(
        base,
        rounds=tuple(rounds),
        pins=(*_pins(pins, free), *_own_schools(stage, free), *held_pins(held)),
        published=_kept(published_rounds(today, inside, {r.id for r in rounds}), base),
    )
    return Built(instance, frozenset(fixed))


def _kept(published: engine.Published, base: engine.Instance) -> engine.Published:
    """Without those who observe and lead no longer: they leave whatever the plan is, which costs each the same."""
    known = {o.id for o in base.observers}
    return replace(
        published,
        rounds=tuple(
            replace(
                r,
                facilitator=r.facilitator if r.facilitator in known else None,
                observers=tuple(p for p in r.observers if p in known),
            )
            for r in published.rounds
        ),
    )


def district_of(
    wish: Wish, stage: Stage, calendar: Calendar, today: date, first: date, taken: Collection[UUID]
) -> engine.Instance:
    """Days, schools, people and rules from `first` on; no round is wanted yet. `taken`: people of rounds that stand,
    who are in it though they observe no longer."""
    known, out = set(stage.observers), _out_before(stage, wish, first)
    return engine.Instance(
        name=wish.name,
        time_zone=stage.timezone,
        days=tuple(_days(calendar, first, wish.last_day, {r.day for r in stage.rounds.values() if r.begun})),
        terms=(engine.Term(id="term", name=wish.name, first=wish.first_day, last=wish.last_day),),
        schools=tuple(_school(s) for s in stage.schools.values()),
        observers=(
            *(_observer(o, wish, stage, out[o.person_id]) for o in stage.observers.values()),
            *(engine.Observer(id=str(p), facilitates=True) for p in sorted(set(taken) - known, key=str)),
        ),
        rounds=(),
        travel=_travel(stage),
        limits=engine.Limits(
            rounds_per_day=wish.rounds_per_day,
            facilitator_rounds=wish.facilitator_most,
            closed_kinds=("no_school", "testing"),
        ),
        pairs=tuple(
            engine.Pair(a=str(a), b=str(b), kind="together" if kind == "together" else "apart", why=why)
            for a, b, kind, why in stage.pairs
            if {a, b} <= known
        ),
        history=engine.History(
            visited=tuple(
                engine.Visited(observer=str(p), host=str(s), times=n)
                for (p, s), n in _visited(stage, first).items()
                if p in known and s in stage.schools
            )
        ),
        weights=_weights(wish, stage),
        search=engine.Search(seed=wish.seed, seconds=float(wish.limit_seconds)),
    )


def _weights(wish: Wish, stage: Stage) -> engine.Weights:
    """Exchange between regions counts where there are some."""
    known = {k: v for k, v in wish.weights.items() if k in engine.Weights.__slots__}
    if len({s.region for s in stage.schools.values()}) < 2:
        known["no_exchange"] = 0.0
    return engine.Weights(**known)


def _visited(stage: Stage, first: date) -> dict[tuple[UUID, UUID], int]:
    """How often somebody was at a school before `first`."""
    found: dict[tuple[UUID, UUID], int] = defaultdict(int)
    for r in stage.rounds.values():
        if r.day < first:
            for person in r.people:
                found[person, r.school_id] += 1
    return found


def _days(calendar: Calendar, first: date, last: date, begun: Collection[date]) -> Iterator[engine.Day]:
    """A day on which a visit that has begun is held is a day of the plan, though it be closed by now to all others."""
    day = first
    while day <= last:
        mark = calendar.get(day)
        if mark is not None and mark.kind == "no_visits":
            yield engine.Day(date=day, kinds=("testing",), why=mark.title)  # school is taught, gaps count the day
        elif closed_because(calendar, day):
            if day in begun:
                yield engine.Day(date=day, kinds=("testing",), why=mark.title if mark else "")
            elif day.weekday() < SATURDAY:
                yield engine.Day(date=day, kinds=("no_school",), why=mark.title if mark else "")
        elif mark is not None and mark.kind in ("early_release", "testing"):
            yield engine.Day(date=day, kinds=(mark.kind,), why=mark.title)
        else:
            yield engine.Day(date=day)
        day += timedelta(days=1)


def fixed_rounds(fixed: Collection[Standing]) -> Iterator[engine.RoundWanted]:
    numbers: dict[UUID, int] = defaultdict(int)
    for r in sorted(fixed, key=lambda r: (r.day, str(r.round_id))):
        numbers[r.school_id] += 1
        yield as_it_stands(r, numbers[r.school_id])


def held_pins(fixed: Collection[Standing]) -> Iterator[engine.Pin]:
    for r in fixed:
        name = str(r.round_id)
        yield engine.Pin(id=f"{name} day", round=name, day=r.day, by=engine.STANDS)
        if r.facilitator_id:
            yield engine.Pin(id=f"{name} lead", round=name, facilitator=str(r.facilitator_id), by=engine.STANDS)
        for person in sorted(r.observer_ids, key=str):
            yield engine.Pin(id=f"{name} {person}", round=name, observer=str(person), by=engine.STANDS)


def _own_schools(stage: Stage, free: list[engine.RoundWanted]) -> Iterator[engine.Pin]:
    """Whoever works at several schools visits none of them; the engine knows one home."""
    for o in stage.observers.values():
        for wanted in free if len(o.homes) > 1 else ():
            if UUID(wanted.host) in o.homes:
                yield engine.Pin(
                    id=f"own {wanted.id} {o.person_id}",
                    round=wanted.id,
                    observer=str(o.person_id),
                    ban=True,
                    by="own school",
                )


def _pins(pins: tuple[Pin, ...], free: list[engine.RoundWanted]) -> Iterator[engine.Pin]:
    """A leader's pins; one without a round counts for every round of its school, or of all schools."""
    for n, pin in enumerate(pins):
        for wanted in free:
            if pin.round_id is not None and str(pin.round_id) != wanted.id:
                continue
            if pin.school_id is not None and str(pin.school_id) != wanted.host:
                continue
            yield engine.Pin(
                id=f"pin {n} {wanted.id}",
                round=wanted.id,
                day=pin.day if pin.kind == "day" else None,
                facilitator=str(pin.person_id) if pin.kind == "facilitator" else None,
                observer=str(pin.person_id) if pin.kind == "person" else None,
                ban=pin.forbid,
            )


def _school(s: KnownSchool) -> engine.School:
    return engine.School(
        id=str(s.school_id),
        name=s.name,
        lat=s.latitude if s.longitude is not None else None,
        lon=s.longitude if s.latitude is not None else None,
        region=s.region,
        networks=s.networks,
        blackouts=dict(s.blackouts),
        disliked=dict(s.disliked),
        cover=s.cover,
        cover_on=dict(s.cover_on),
    )


def _out_before(stage: Stage, wish: Wish, first: date) -> Counter[UUID]:
    """How often everybody is out in the wish's days before `first`."""
    return Counter(p for r in stage.rounds.values() if wish.first_day <= r.day < first for p in r.people)


def _observer(o: KnownObserver, wish: Wish, stage: Stage, out: int) -> engine.Observer:
    most = min(o.max_term or wish.observer_most, wish.observer_most)
    leads = o.facilitates and not o.observes  # whose days the wish counts as rounds led
    return engine.Observer(
        id=str(o.person_id),
        name=o.name,
        home=next((str(h) for h in o.homes if h in stage.schools), None),
        role=o.role if o.role in ("teacher", "principal", "coach", "central", "partner") else "teacher",  # type: ignore[arg-type]
        observes=o.observes,
        facilitates=o.facilitates,
        unavailable=o.unavailable,
        max_month=o.max_month if leads else min(o.max_month or wish.observer_most_month, wish.observer_most_month),
        max_term=o.max_term if leads else max(0, most - out),
        out_before=out,
        certifications=tuple(
            engine.Certification(protocol=p, since=since, until=until) for p, since, until in _certified(o)
        ),
        networks=o.networks,
    )


def _certified(o: KnownObserver) -> Iterator[tuple[str, date, date | None]]:
    """A district that keeps no certifications trusts whom it lets facilitate."""
    yield from o.certified
    if not o.certified and o.facilitates:
        yield PROTOCOL, date(1900, 1, 1), None


def _travel(stage: Stage) -> engine.Travel:
    minutes: dict[str, dict[str, int]] = defaultdict(dict)
    for (a, b), m in stage.minutes.items():
        minutes[str(a)][str(b)] = m
    return engine.Travel(minutes=dict(minutes))


def checked(built: Built, after: Mapping[UUID, Standing]) -> tuple[engine.Instance, Plan]:
    """The plan of `after` and an instance that wants just its rounds, for the independent checker."""
    free = [r for r in built.instance.rounds if UUID(r.id) not in built.fixed]
    asked = {r.host: r for r in free} | {r.id: r for r in free}
    begun = {r.id: r for r in built.instance.rounds if r.begun}
    known = {d.date for d in built.instance.days}
    numbers: dict[UUID, int] = defaultdict(int)
    wanted, planned = [], []
    for r in sorted(after.values(), key=lambda r: (r.day, str(r.round_id))):
        if r.day not in known:
            continue
        numbers[r.school_id] += 1
        like = None if r.round_id in built.fixed else asked.get(str(r.round_id), asked.get(str(r.school_id)))
        base = like or next(fixed_rounds([r]))
        if stays := begun.get(str(r.round_id)):
            base = replace(base, gap=stays.gap, begun=stays.begun)
        wanted.append(
            replace(
                base,
                id=str(r.round_id),
                number=numbers[r.school_id],
                first=None,
                last=None,
                held_before=None,
                held_after=None,
            )
        )
        planned.append(
            RoundPlan(
                round=str(r.round_id),
                day=r.day,
                facilitator=str(r.facilitator_id) if r.facilitator_id else None,
                observers=tuple(sorted(map(str, r.observer_ids))),
            )
        )
    return replace(built.instance, rounds=tuple(wanted), pins=(), published=None), Plan(rounds=tuple(planned))


def published_rounds(today: date, standing: Mapping[UUID, Standing], ids: Collection[str]) -> engine.Published:
    """What people have in their calendars: changing it costs."""
    return engine.Published(today=today, rounds=tuple(_published(r) for k, r in standing.items() if str(k) in ids))


def _published(r: Standing) -> engine.PublishedRound:
    return engine.PublishedRound(
        round=str(r.round_id),
        day=r.day,
        facilitator=str(r.facilitator_id) if r.facilitator_id else None,
        observers=tuple(sorted(map(str, r.observer_ids))),
    )


def proposed(plan: Plan, instance: engine.Instance, fixed: frozenset[UUID]) -> ProposedPlan:
    """The engine's plan as a proposal keeps it: the free rounds that found a day."""
    hosts = {r.id: UUID(r.host) for r in instance.rounds}
    return ProposedPlan.of(
        {
            UUID(r.round): (
                hosts[r.round],
                r.day,
                UUID(r.facilitator) if r.facilitator else None,
                tuple(map(UUID, r.observers)),
            )
            for r in plan.rounds
            if r.day is not None and UUID(r.round) not in fixed
        }
    )
