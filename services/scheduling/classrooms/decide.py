"""A school's classrooms: each room is named once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from uuid import UUID

from services.scheduling.classrooms.commands import DelistClassroom, ListClassroom
from services.scheduling.classrooms.events import EVENTS, ClassroomDelisted, ClassroomListed
from shared.decider import Decider
from shared.errors import NotFound, Refused
from shared.messages import Event
from shared.said import say

Classrooms = Mapping[UUID, ClassroomListed]


def decide(command: ListClassroom | DelistClassroom, state: Classrooms) -> Sequence[Event]:
    if isinstance(command, DelistClassroom):
        if command.classroom_id not in state:
            raise NotFound(say("refusals.no_classroom"), where="classroom_id")
        return [ClassroomDelisted(classroom_id=command.classroom_id, school_id=command.school_id)]
    room = " ".join(command.room.split())
    for other in state.values():
        if other.classroom_id != command.classroom_id and other.room.casefold() == room.casefold():
            raise Refused(
                "room_taken",
                say("refusals.classroom_named", name=other.room),
                mend=say("refusals.other_classroom"),
                where="room",
            )
    listed = ClassroomListed(**command.model_dump() | {"room": room})
    return [] if state.get(command.classroom_id) == listed else [listed]


def evolve(state: Classrooms, event: Event) -> Classrooms:
    rooms = dict(state)
    match event:
        case ClassroomListed():
            rooms[event.classroom_id] = event
        case ClassroomDelisted():
            rooms.pop(event.classroom_id, None)
    return MappingProxyType(rooms)


classrooms: Decider[ListClassroom | DelistClassroom, Classrooms] = Decider(MappingProxyType({}), decide, evolve, EVENTS)


def stream(school_id: object) -> str:
    return f"classrooms-{school_id}"
