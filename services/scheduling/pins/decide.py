"""A round has one pin, and so has a school's day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from uuid import UUID

from services.scheduling.pins.commands import FreeBoardPin, SetBoardPin
from services.scheduling.pins.events import EVENTS, BoardPinFreed, BoardPinSet
from shared.decider import Decider
from shared.errors import NotFound, Refused
from shared.messages import Event
from shared.said import say

MOST = 5000
Pins = Mapping[UUID, BoardPinSet]


def decide(command: SetBoardPin | FreeBoardPin, state: Pins) -> Sequence[Event]:
    if isinstance(command, FreeBoardPin):
        if command.pin_id not in state:
            raise NotFound(say("refusals.no_pin"), where="pin_id")
        return [BoardPinFreed(pin_id=command.pin_id)]
    made = BoardPinSet(pin_id=command.pin_id, school_id=command.school_id, day=command.day, round_id=command.round_id)
    if state.get(command.pin_id) == made:
        return []
    others = [p for p in state.values() if p.pin_id != command.pin_id and _same(p, made)]
    left = [p for p in others if p.day != made.day]  # of a round that had to move: it holds it no longer
    if len(others) > len(left):
        raise Refused("pin_taken", say("refusals.pinned_already"), mend=say("refusals.look_at_pins"), where="day")
    if command.round_id is None and command.hosts_then:
        raise Refused(
            "hosts_then",
            say("refusals.hosts_then"),
            mend=say("refusals.move_first"),
            where="day",
        )
    if len(state) - len(left) >= MOST:
        raise Refused("too_many_pins", say("refusals.many_pins", most=MOST), mend=say("refusals.free_some"))
    return [*(BoardPinFreed(pin_id=p.pin_id) for p in left), made]


def _same(a: BoardPinSet, b: BoardPinSet) -> bool:
    if a.round_id or b.round_id:
        return a.round_id == b.round_id
    return (a.school_id, a.day) == (b.school_id, b.day)


def evolve(state: Pins, event: Event) -> Pins:
    held = dict(state)
    match event:
        case BoardPinSet():
            held[event.pin_id] = event
        case BoardPinFreed():
            held.pop(event.pin_id, None)
    return MappingProxyType(held)


board_pins: Decider[SetBoardPin | FreeBoardPin, Pins] = Decider(MappingProxyType({}), decide, evolve, EVENTS)


def stream(district_id: object) -> str:
    return f"pins-{district_id}"
