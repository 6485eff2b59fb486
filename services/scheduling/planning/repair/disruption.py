"""What happened, as a change of the planning data."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from services.scheduling.calendar.reasons import CANNOT_HOST
from services.scheduling.planning.explain.relax import without_round
from services.scheduling.planning.instance import Day, Instance, Published, PublishedRound
from services.scheduling.planning.plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Disruption:
    """`person_out`: `person` from `day` to `last`. `snow_day`: no school on `day` (to `last`). `testing`: a window of
    testing. `blackout`: `school` cannot host. `school_withdraws`: `school` hosts no more from `day` on."""

    kind: Literal["person_out", "snow_day", "testing", "blackout", "school_withdraws"]
    day: date
    last: date | None = None
    person: str | None = None
    school: str | None = None
    why: str = ""

    @property
    def days(self) -> tuple[date, ...]:
        last = self.last or self.day
        return tuple(self.day + timedelta(n) for n in range((last - self.day).days + 1))


def happened(instance: Instance, plan: Plan, today: date, disruptions: tuple[Disruption, ...]) -> Instance:
    """The instance after all that, with `plan` as what people have in their calendars."""
    published = Published(
        today=today,
        rounds=tuple(
            PublishedRound(round=r.round, day=r.day, facilitator=r.facilitator, observers=r.observers)
            for r in plan.rounds
            if r.day is not None
        ),
    )
    instance = replace(instance, published=published)
    for one in disruptions:
        instance = _happened(instance, plan, one)
    return instance


def _happened(instance: Instance, plan: Plan, one: Disruption) -> Instance:
    if one.kind == "person_out":
        return replace(
            instance,
            observers=tuple(
                replace(o, unavailable=tuple(sorted({*o.unavailable, *one.days}))) if o.id == one.person else o
                for o in instance.observers
            ),
        )
    if one.kind in ("snow_day", "testing"):
        begun = {r.begun for r in instance.rounds}

        def changed(day: Day) -> Day:
            stays = one.kind == "testing" or day.date in begun  # a visit that has begun keeps its day; no other has it
            kind: Literal["no_school", "testing"] = "testing" if stays else "no_school"
            kinds = tuple(sorted({*day.kinds, kind}))
            return replace(day, kinds=kinds, why=one.why or day.why) if day.date in one.days else day

        return replace(instance, days=tuple(changed(d) for d in instance.days))
    if one.kind == "blackout":
        return replace(
            instance,
            schools=tuple(
                replace(s, blackouts={**s.blackouts, **dict.fromkeys(one.days, one.why or CANNOT_HOST)})
                if s.id == one.school
                else s
                for s in instance.schools
            ),
        )
    hosts = {r.id: r.host for r in instance.rounds}
    for planned in plan.rounds:
        if hosts.get(planned.round) == one.school and (planned.day is None or planned.day >= one.day):
            instance = without_round(instance, planned.round)
    return instance
