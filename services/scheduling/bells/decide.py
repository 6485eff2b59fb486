"""A school has one schedule for each kind of day; the periods of a schedule follow each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from itertools import pairwise
from types import MappingProxyType
from uuid import UUID

from services.scheduling.bells.commands import RemoveBellSchedule, SetBellSchedule, SetDayCycle
from services.scheduling.bells.events import EVENTS, BellScheduleRemoved, BellScheduleSet, DayCycleSet
from shared.decider import Decider
from shared.errors import NotFound, Refused
from shared.messages import Event
from shared.said import say


@dataclass(frozen=True, slots=True)
class Bells:
    schedules: Mapping[UUID, BellScheduleSet] = field(default_factory=lambda: MappingProxyType({}))
    letters: tuple[str, ...] = ()
    cycle_from: date | None = None


BellCommand = SetBellSchedule | RemoveBellSchedule | SetDayCycle


def decide(command: BellCommand, state: Bells) -> Sequence[Event]:
    match command:
        case RemoveBellSchedule():
            if command.schedule_id not in state.schedules:
                raise NotFound(say("refusals.no_bell"), where="schedule_id")
            return [BellScheduleRemoved(schedule_id=command.schedule_id, school_id=command.school_id)]
        case SetDayCycle():
            return _cycle(command, state)
        case SetBellSchedule():
            return _schedule(command, state)


def _cycle(command: SetDayCycle, state: Bells) -> Sequence[Event]:
    if len(set(command.letters)) < len(command.letters) or len(command.letters) == 1:
        raise Refused(
            "cycle_letters",
            say("refusals.cycle_letters"),
            mend=say("refusals.cycle_example"),
            where="letters",
        )
    if command.letters and command.starts_on is None:
        raise Refused("cycle_start", say("refusals.cycle_day"), mend=say("refusals.give_day"), where="starts_on")
    starts_on = command.starts_on if command.letters else None
    if (command.letters, starts_on) == (state.letters, state.cycle_from):
        return []
    return [DayCycleSet(school_id=command.school_id, letters=command.letters, starts_on=starts_on)]


def _schedule(command: SetBellSchedule, state: Bells) -> Sequence[Event]:
    for other in state.schedules.values():
        if other.schedule_id != command.schedule_id and other.day_type == command.day_type:
            raise Refused(
                "day_type_taken",
                say("refusals.bell_same_kind", name=other.name),
                mend=say("refusals.bell_other_kind"),
                where="day_type",
            )
    periods = tuple(sorted(command.periods, key=lambda p: (p.starts, p.ends)))
    for n, period in enumerate(periods):
        if period.starts.tzinfo or period.ends.tzinfo or period.ends <= period.starts:
            raise Refused(
                "period_backwards",
                say(
                    "refusals.period_backwards",
                    name=period.name,
                    ends=_clock(period.ends),
                    starts=_clock(period.starts),
                ),
                mend=say("refusals.correct_times"),
                where=f"periods/{n}",
            )
    for n, (one, after) in enumerate(pairwise(periods), 1):
        # lunches may overlap classes and each other: not everybody eats at once
        if after.starts < one.ends and "lunch" not in (one.kind, after.kind):
            raise Refused(
                "periods_overlap",
                say(
                    "refusals.periods_overlap",
                    name=after.name,
                    starts=_clock(after.starts),
                    other=one.name,
                    ends=_clock(one.ends),
                ),
                mend=say("refusals.correct_times"),
                where=f"periods/{n}",
            )
    names = [p.name.casefold() for p in periods]
    twice = next((p.name for p in periods if names.count(p.name.casefold()) > 1), None)
    if twice is not None:
        raise Refused(
            "period_twice", say("refusals.periods_named", name=twice), mend=say("refusals.own_names"), where="periods"
        )
    made = BellScheduleSet(**command.model_dump() | {"periods": periods, "name": " ".join(command.name.split())})
    return [] if state.schedules.get(command.schedule_id) == made else [made]


def evolve(state: Bells, event: Event) -> Bells:
    held = dict(state.schedules)
    match event:
        case BellScheduleSet():
            held[event.schedule_id] = event
        case BellScheduleRemoved():
            held.pop(event.schedule_id, None)
        case DayCycleSet():
            return replace(state, letters=event.letters, cycle_from=event.starts_on)
    return replace(state, schedules=MappingProxyType(held))


bells: Decider[BellCommand, Bells] = Decider(Bells(), decide, evolve, EVENTS)


def stream(school_id: object) -> str:
    return f"bells-{school_id}"


def _clock(of: time) -> str:
    return f"{of:%H:%M}"
