"""Rounds that stand on a day which was closed since. A plan of other schools may not move them, and would be impossible
with them: they are left out of it, and told as what they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal
from uuid import UUID

from services.scheduling.calendar.decide import Calendar, closed_because
from services.scheduling.planning import instance as engine
from services.scheduling.plans.diff import Standing
from services.scheduling.plans.stage import Stage

ClosedKind = Literal["no_school", "no_visits", "testing", "school", "weekend"]
"""`school`: a day of its own on which it does not host."""


@dataclass(frozen=True, slots=True)
class Closed:
    """Why a round cannot be held on its day. `title`: of the mark in the calendar, none for a weekend."""

    kind: ClosedKind
    title: str = ""


def on_closed_days(rounds: Iterable[Standing], stage: Stage, calendar: Calendar) -> dict[UUID, Closed]:
    """By round. A visit that has begun is held, whatever closes its day."""
    found = ((r.round_id, _closed(r, stage, calendar)) for r in rounds if not r.begun)
    return {round_id: why for round_id, why in found if why is not None}


def still_booked(base: engine.Instance, left_out: Iterable[Standing]) -> engine.Instance:
    """The people of rounds that were left out go nowhere else on their days, until somebody has moved them."""
    days: dict[str, set[date]] = defaultdict(set)
    for r in left_out:
        for person in r.people:
            days[str(person)].add(r.day)
    observers = (
        replace(o, unavailable=tuple(sorted({*o.unavailable, *days[o.id]}))) if o.id in days else o
        for o in base.observers
    )
    return replace(base, observers=tuple(observers)) if days else base


def _closed(r: Standing, stage: Stage, calendar: Calendar) -> Closed | None:
    mark, school = calendar.get(r.day), stage.schools.get(r.school_id)
    if mark is not None and (mark.kind == "no_school" or mark.kind == "no_visits" or mark.kind == "testing"):
        return Closed(mark.kind, mark.title)
    if school is not None and r.day in school.blackouts:
        return Closed("school", school.blackouts[r.day])
    return Closed("weekend") if closed_because(calendar, r.day) else None
