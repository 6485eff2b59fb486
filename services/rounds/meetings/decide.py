"""The rules of meetings: they fit everybody, lie ahead, and are told again at each change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from services.rounds.meetings.commands import (
    ArrangeMeetings,
    CallOffAll,
    CallOffMeeting,
    LookAtSchoolDays,
    MeetingCommand,
    MoveMeeting,
    Span,
)
from services.rounds.meetings.events import EVENTS, MeetingArranged, MeetingCalledOff
from shared.decider import Decider
from shared.errors import NotFound, Refused
from shared.messages import Event
from shared.said import say

MOST_AHEAD = 40


@dataclass(frozen=True, slots=True)
class MeetingsState:
    """Every meeting as it last stood; `off` are the ones called off."""

    meetings: Mapping[UUID, MeetingArranged] = field(default_factory=lambda: MappingProxyType({}))
    off: frozenset[UUID] = frozenset()

    def standing(self) -> list[MeetingArranged]:
        return sorted((m for i, m in self.meetings.items() if i not in self.off), key=lambda m: m.starts_at)


def decide(command: MeetingCommand, state: MeetingsState) -> Sequence[Event]:
    match command:
        case ArrangeMeetings():
            return _arrange(command, state)
        case MoveMeeting():
            return _move(command, _held(command.meeting_id, state))
        case LookAtSchoolDays():
            ahead = [m for m in state.standing() if m.starts_at > command.now]
            asked = [(m, command.no_school.get(m.meeting_id, m.no_school)) for m in ahead]
            return [
                m.model_copy(update={"no_school": closed, "sequence": m.sequence + 1})
                for m, closed in asked
                if closed != m.no_school
            ]
        case CallOffMeeting():
            if command.meeting_id in state.off:
                return []
            return [_off(command.cycle_id, _held(command.meeting_id, state))]
        case CallOffAll():
            return [_off(command.cycle_id, m) for m in state.standing() if m.starts_at > command.now]


def _arrange(command: ArrangeMeetings, state: MeetingsState) -> Sequence[Event]:
    new = [(i, span) for i, span in command.meetings if i not in state.meetings]
    ahead = sum(m.starts_at > command.now for m in state.standing())
    if ahead + len(new) > MOST_AHEAD:
        raise Refused("too_many_meetings", say("cycles.many_meetings", most=MOST_AHEAD))
    for _, span in new:
        _fits(span, command.now, command.busy)
    return [_arranged(command, i, span, 0, command.place) for i, span in new]


def _move(command: MoveMeeting, held: MeetingArranged) -> Sequence[Event]:
    place = held.place if command.place is None else command.place
    if (held.starts_at, held.ends_at) != (command.to.starts_at, command.to.ends_at):
        _fits(command.to, command.now, command.busy)
        return [_arranged(command, held.meeting_id, command.to, held.sequence + 1, place)]
    if place == held.place:
        return []
    if held.ends_at <= command.now:
        raise _past()
    return [held.model_copy(update={"place": place, "sequence": held.sequence + 1})]


def _held(meeting_id: UUID, state: MeetingsState) -> MeetingArranged:
    held = state.meetings.get(meeting_id)
    if held is None or meeting_id in state.off:
        raise NotFound(say("cycles.no_meeting"))
    return held


def _past() -> Refused:
    return Refused("meeting_past", say("cycles.meeting_past"), mend=say("cycles.later_time"))


def _fits(span: Span, now: datetime, busy: Iterable[Span]) -> None:
    if span.starts_at <= now:
        raise _past()
    if any(b.starts_at < span.ends_at and span.starts_at < b.ends_at for b in busy):
        raise Refused("somebody_is_busy", say("cycles.busy"), mend=say("cycles.offered"))


def _arranged(
    command: ArrangeMeetings | MoveMeeting, meeting_id: UUID, span: Span, sequence: int, place: str
) -> MeetingArranged:
    return MeetingArranged(
        cycle_id=command.cycle_id,
        meeting_id=meeting_id,
        sequence=sequence,
        person_ids=command.person_ids,
        starts_at=span.starts_at,
        ends_at=span.ends_at,
        timezone=command.timezone,
        place=place,
    )


def _off(cycle_id: UUID, held: MeetingArranged) -> MeetingCalledOff:
    return MeetingCalledOff(
        cycle_id=cycle_id, meeting_id=held.meeting_id, sequence=held.sequence + 1, person_ids=held.person_ids
    )


def evolve(state: MeetingsState, event: Event) -> MeetingsState:
    match event:
        case MeetingArranged():
            return replace(state, meetings=MappingProxyType({**state.meetings, event.meeting_id: event}))
        case MeetingCalledOff():
            return replace(state, off=state.off | {event.meeting_id})
    return state


MEETINGS: Decider[MeetingCommand, MeetingsState] = Decider(MeetingsState(), decide, evolve, EVENTS)
