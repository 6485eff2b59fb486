"""Scheduling a round by hand: possible plans are kept whole, impossible ones refused with all reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from services.scheduling.rounds.check import at, findings
from services.scheduling.rounds.commands import AdoptRound, CancelRound, PlannedSlot, RescheduleRound, ScheduleRound
from services.scheduling.rounds.events import (
    EVENTS,
    Debrief,
    RoundPlanCancelled,
    RoundPlanned,
    RoundReplanned,
    Slot,
    Team,
)
from services.scheduling.rounds.finding import Finding
from shared.decider import Decider
from shared.errors import NotFound, Refused
from shared.messages import Event
from shared.said import say, together


@dataclass(frozen=True, slots=True)
class Cancelled:
    plan: RoundPlanned  # as it stood
    reason: str | None


State = RoundPlanned | Cancelled | None
"""The plan in force; the one that was cancelled; None before there is a plan."""


def decide(command: ScheduleRound | CancelRound | AdoptRound, state: State) -> Sequence[Event]:
    if isinstance(command, CancelRound):
        held = _in_force(state)
        _not_held_yet(held, command.today)
        return [RoundPlanCancelled(round_id=held.round_id, school_id=held.school_id, reason=command.reason)]
    if isinstance(command, AdoptRound):
        return _adopt(command, state)
    if isinstance(command, RescheduleRound):
        held = _in_force(state)
        _not_held_yet(held, command.facts.today)
        refuse_impossible(findings(command.plan, command.facts))
        planned: RoundPlanned = RoundReplanned.model_validate(planned_of(command, held).model_dump())
        return [] if planned.model_dump() == held.model_dump() else [planned]
    if state is not None:
        raise Refused("already_scheduled", say("refusals.scheduled_already"), mend=say("refusals.change_round"))
    refuse_impossible(findings(command.plan, command.facts))
    return [planned_of(command, None)]


def refuse_impossible(found: Sequence[Finding]) -> None:
    """Raises Refused with every forbidding finding when there is one."""
    forbidding = [f for f in found if f.refuses]
    if forbidding:
        raise Refused(
            forbidding[0].code,
            together(dict.fromkeys(f.say for f in forbidding)),
            mend=forbidding[0].say_mend,
            where=forbidding[0].where,
            problems=[f.told() for f in found],
        )


def _adopt(command: AdoptRound, state: State) -> Sequence[Event]:
    planned = RoundPlanned.model_validate(command.planned.model_dump())
    if state is None:
        return [planned]
    if isinstance(state, RoundPlanned):
        _not_held_yet(state, command.today)
        if planned.model_dump() == state.model_dump():
            return []
    return [RoundReplanned.model_validate(planned.model_dump())]


def _in_force(state: State) -> RoundPlanned:
    if state is None:
        raise NotFound(say("refusals.no_round"))
    if isinstance(state, Cancelled):
        raise Refused("cancelled", say("refusals.cancelled"), mend=say("refusals.schedule_new"))
    return state


def _not_held_yet(held: RoundPlanned, today: date) -> None:
    if held.day < today:
        raise Refused(
            "day_passed",
            say("refusals.day_passed", day=held.day),
            mend=say("refusals.schedule_new_round"),
        )


def planned_of(command: ScheduleRound, held: RoundPlanned | None) -> RoundPlanned:
    """The plan as an event. Ids are derived from the round, so that a repeated command repeats them, and a
    team or slot that stays where it was in the plan keeps its id through a change."""
    plan, facts = command.plan, command.facts
    teams = tuple(
        Team(
            team_id=uuid5(command.round_id, f"team {team.name.strip().casefold()}"),
            name=team.name.strip(),
            observer_ids=team.observer_ids,
            timekeeper_id=team.timekeeper_id,
        )
        for team in plan.teams
    )
    slots = tuple(
        Slot(
            slot_id=uuid5(command.round_id, f"slot {teams[s.team].team_id} {s.classroom_id} {nth}"),
            team_id=teams[s.team].team_id,
            classroom_id=s.classroom_id,
            room=facts.classrooms[s.classroom_id].room,
            grade_band=facts.classrooms[s.classroom_id].grade_band,
            subject=facts.classrooms[s.classroom_id].subject,
            period=s.period,
            starts_at=at(plan.day, s.starts_at, facts.timezone),
            ends_at=at(plan.day, s.ends_at, facts.timezone),
        )
        for s, nth in _numbered(plan.slots)
    )
    wished = plan.debrief
    debrief = wished and Debrief(
        room=wished.room.strip(),
        starts_at=at(plan.day, wished.starts_at, facts.timezone),
        ends_at=at(plan.day, wished.ends_at, facts.timezone),
    )
    return RoundPlanned(
        round_id=command.round_id,
        school_id=plan.school_id,
        day=plan.day,
        timezone=facts.timezone,
        facilitator_id=plan.facilitator_id,
        instrument=plan.instrument,
        instrument_version=plan.instrument_version,
        teams=teams,
        slots=slots,
        debrief=debrief,
    )


def _numbered(slots: Sequence[PlannedSlot]) -> Iterator[tuple[PlannedSlot, int]]:
    """The slots in the order of the day, each with which visit of its team to its classroom it is (1-based)."""
    seen: dict[tuple[int, UUID], int] = {}
    for slot in sorted(slots, key=lambda s: (s.starts_at, s.team)):
        key = (slot.team, slot.classroom_id)
        seen[key] = seen.get(key, 0) + 1
        yield slot, seen[key]


def evolve(state: State, event: Event) -> State:
    match event, state:
        case RoundPlanned(), _:
            return event
        case RoundPlanCancelled(), RoundPlanned():
            return Cancelled(state, event.reason)
    return state


planned_round: Decider[ScheduleRound | CancelRound | AdoptRound, State] = Decider(None, decide, evolve, EVENTS)


def stream(round_id: object) -> str:
    return f"plan-{round_id}"
