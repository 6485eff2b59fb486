"""What is wrong with an instance before anybody tries to plan it: all at once, each with its mend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import pairwise
from zoneinfo import ZoneInfo

from services.scheduling.planning.instance import BadInstance, Instance, Pin, Problem, RoundWanted


def validated(instance: Instance) -> Instance:
    """The same instance; BadInstance with every problem found."""
    if found := problems(instance):
        raise BadInstance(found)
    return instance


def problems(instance: Instance) -> list[Problem]:
    return [
        *_calendar(instance),
        *_unique("schools", [s.id for s in instance.schools]),
        *_unique("observers", [o.id for o in instance.observers]),
        *_unique("rounds", [r.id for r in instance.rounds]),
        *_unique("pins", [p.id for p in instance.pins]),
        *_people(instance),
        *_rounds(instance),
        *_pins(instance),
        *_others(instance),
    ]


def _unique(kind: str, ids: Iterable[str]) -> Iterator[Problem]:
    for name, times in Counter(ids).items():
        if times > 1:
            yield Problem(kind, f"{times} {kind} have the id {name!r}.", "Give each an id of its own.")


def _calendar(instance: Instance) -> Iterator[Problem]:
    try:
        ZoneInfo(instance.time_zone)
    except (KeyError, ValueError, OSError):
        yield Problem("time_zone", f"{instance.time_zone!r} is no time zone.", "Use a name such as America/New_York.")
    dates = [d.date for d in instance.days]
    yield from _unique("days", (d.isoformat() for d in dates))
    if not dates:
        yield Problem("days", "There are no school days.", "Enter or import the calendar first.")
    for term in instance.terms:
        if term.last < term.first:
            yield Problem(f"terms/{term.id}", f"{term.name} ends before it begins.", "Swap its two dates.")
    ordered = sorted(instance.terms, key=lambda t: t.first)
    for before, after in pairwise(ordered):
        if after.first <= before.last:
            yield Problem(
                f"terms/{after.id}", f"{after.name} begins before {before.name} has ended.",
                "Let terms follow each other without overlap.",
            )  # fmt: skip


def _people(instance: Instance) -> Iterator[Problem]:
    schools = {s.id for s in instance.schools}
    for school in instance.schools:
        if school.cover < 0 or any(v < 0 for v in school.cover_on.values()):
            yield Problem(f"schools/{school.id}", f"{school.name} has a negative cover limit.", "Use 0 or more.")
        if (school.lat is None) != (school.lon is None):
            yield Problem(f"schools/{school.id}", f"{school.name} has half a position.", "Give both coordinates.")
    for person in instance.observers:
        where = f"observers/{person.id}"
        if person.home is not None and person.home not in schools:
            yield Problem(
                where, f"{person.name or person.id} belongs to an unknown school.", "Name a school that exists."
            )
        for cap, words in ((person.max_month, "month"), (person.max_term, "term"), (person.max_year, "year")):
            if cap is not None and cap < 0:
                yield Problem(where, f"{person.name or person.id} may be out {cap} days per {words}.", "Use 0 or more.")
        for certification in person.certifications:
            if certification.until is not None and certification.until < certification.since:
                yield Problem(
                    where, f"A certification of {person.name or person.id} ends before it begins.", "Swap its dates."
                )


def _rounds(instance: Instance) -> Iterator[Problem]:
    schools = {s.id: s for s in instance.schools}
    people = {o.id: o for o in instance.observers}
    days = {d.date for d in instance.days if "no_school" not in d.kinds}
    if not instance.rounds:
        yield Problem("rounds", "No round is wanted.", "Ask for at least one round.")
    yield from _unique("rounds", (f"{r.host}, number {r.number}" for r in instance.rounds))
    for wanted in instance.rounds:
        where = f"rounds/{wanted.id}"
        if wanted.host not in schools:
            yield Problem(where, f"Round {wanted.id} has an unknown host.", "Name a school that exists.")
            continue
        yield from _round(wanted, schools[wanted.host].name, where, days)
        for name in wanted.facilitators or ():
            if name not in people:
                yield Problem(where, f"The facilitator {name!r} is unknown.", "Name people of the roster.")


def _round(wanted: RoundWanted, host: str, where: str, days: Collection[date]) -> Iterator[Problem]:
    told = f"Round {wanted.number} at {host}"
    if not 0 <= wanted.min_observers <= wanted.target_observers <= wanted.max_observers:
        yield Problem(
            where,
            f"{told} wants {wanted.min_observers} to {wanted.max_observers} observers, aiming at "
            f"{wanted.target_observers}.",
            "Let minimum, target and maximum rise.",
        )
    # between two rounds of its school there may be no day: a rule that collides, told as such with a way out
    between = wanted.held_before and wanted.held_after
    if wanted.first and wanted.last and wanted.last < wanted.first and not between:
        yield Problem(where, f"{told} must be held by {wanted.last} but not before {wanted.first}.", "Swap the dates.")
    if wanted.begun and wanted.begun not in days:
        yield Problem(where, f"{told} has begun on {wanted.begun}, which is no school day of the plan.", "Add the day.")
    if wanted.gap < 0 or wanted.principals < 0 or wanted.teachers < 0:
        yield Problem(where, f"{told} has a negative number.", "Use 0 or more.")


def _pins(instance: Instance) -> Iterator[Problem]:
    rounds = {r.id for r in instance.rounds}
    people = {o.id for o in instance.observers}
    held: dict[tuple[str, str], Pin] = {}
    for pin in instance.pins:
        where = f"pins/{pin.id}"
        if pin.round not in rounds:
            yield Problem(where, "A pin names a round that is not wanted.", "Remove the pin.")
        if sum(v is not None for v in (pin.day, pin.facilitator, pin.observer)) != 1:
            yield Problem(where, "A pin holds one thing: a day, a facilitator or an observer.", "Make a pin of each.")
        for name in (pin.facilitator, pin.observer):
            if name is not None and name not in people:
                yield Problem(where, f"A pin names {name!r}, who is unknown.", "Remove the pin.")
        if pin.ban or pin.observer is not None:
            continue
        key = (pin.round, "day" if pin.day else "facilitator")
        if key in held and (held[key].day, held[key].facilitator) != (pin.day, pin.facilitator):
            yield Problem(where, f"Two pins hold the {key[1]} of round {pin.round}.", "Remove one of them.")
        held[key] = pin


def _others(instance: Instance) -> Iterator[Problem]:
    people = {o.id for o in instance.observers}
    rounds = {r.id for r in instance.rounds}
    schools = {s.id for s in instance.schools}
    for pair in instance.pairs:
        if pair.a == pair.b or not {pair.a, pair.b} <= people:
            yield Problem("pairs", f"The pair {pair.a!r}, {pair.b!r} is no pair of known people.", "Name two people.")
    for visited in instance.history.visited:
        if visited.observer not in people or visited.host not in schools:
            yield Problem("history", "A past visit names somebody or a school unknown.", "Leave it out.")
    for part in instance.published.rounds if instance.published else ():
        if part.round not in rounds:
            yield Problem("published", f"The published plan has the unknown round {part.round!r}.", "Leave it out.")
