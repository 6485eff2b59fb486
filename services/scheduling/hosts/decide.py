"""What a school gives and asks as a host, and how long the roads are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from uuid import UUID

from services.scheduling.hosts.commands import ForgetTravel, ForgetTrip, SetHost, TellTravel
from services.scheduling.hosts.events import (
    HOST_EVENTS,
    TRAVEL_EVENTS,
    HostSet,
    TravelForgotten,
    TravelTold,
    Trip,
    TripForgotten,
    Way,
)
from shared.decider import Decider
from shared.errors import Refused
from shared.messages import Event
from shared.said import say

Travel = Mapping[tuple[UUID, UUID], int]
LONGEST_TRIP = 600
"""minutes"""


def decide_host(command: SetHost, state: HostSet | None) -> Sequence[Event]:
    for name, days in (("cover_on", command.cover_on), ("disliked", command.disliked)):
        if len({d.day for d in days}) < len(days):
            raise Refused("day_twice", say("refusals.day_twice"), mend=say("refusals.keep_single"), where=name)
    if any(c.people < 0 for c in command.cover_on) or any(d.steps not in (1, 2, 3) for d in command.disliked):
        raise Refused(
            "out_of_range", say("refusals.host_numbers"), mend=say("refusals.correct_numbers"), where="cover_on"
        )
    region = " ".join((command.region or "").split()) or None
    made = HostSet(
        school_id=command.school_id,
        region=region,
        cover_per_day=command.cover_per_day,
        cover_on=tuple(sorted(command.cover_on, key=lambda c: c.day)),
        disliked=tuple(sorted(command.disliked, key=lambda d: d.day)),
    )
    return [] if made == (state or HostSet(school_id=command.school_id)) else [made]


def evolve_host(state: HostSet | None, event: Event) -> HostSet | None:
    return event if isinstance(event, HostSet) else state


TravelCommand = TellTravel | ForgetTrip | ForgetTravel


def decide_travel(command: TravelCommand, state: Travel) -> Sequence[Event]:
    if isinstance(command, ForgetTravel):
        return [TravelForgotten()] if state else []
    if isinstance(command, ForgetTrip):
        way = Way(from_school=command.from_school, to_school=command.to_school)
        return [TripForgotten(way=way)] if (way.from_school, way.to_school) in state else []
    for n, trip in enumerate(command.trips):
        if trip.from_school == trip.to_school or not 0 <= trip.minutes <= LONGEST_TRIP:
            raise Refused(
                "trip",
                say("refusals.trip", most=LONGEST_TRIP),
                mend=say("refusals.correct_row"),
                where=f"trips/{n}",
            )
    new = {(t.from_school, t.to_school): t.minutes for t in command.trips}
    trips = tuple(
        Trip(from_school=a, to_school=b, minutes=m) for (a, b), m in sorted(new.items()) if state.get((a, b)) != m
    )
    return [TravelTold(trips=trips)] if trips else []


def evolve_travel(state: Travel, event: Event) -> Travel:
    match event:
        case TravelTold():
            return MappingProxyType({**state, **{(t.from_school, t.to_school): t.minutes for t in event.trips}})
        case TripForgotten():
            gone = (event.way.from_school, event.way.to_school)
            return MappingProxyType({way: minutes for way, minutes in state.items() if way != gone})
        case TravelForgotten():
            return MappingProxyType({})
    return state


host: Decider[SetHost, HostSet | None] = Decider(None, decide_host, evolve_host, HOST_EVENTS)
travel: Decider[TravelCommand, Travel] = Decider(MappingProxyType({}), decide_travel, evolve_travel, TRAVEL_EVENTS)


def host_stream(school_id: object) -> str:
    return f"host-{school_id}"


def travel_stream(district_id: object) -> str:
    return f"travel-{district_id}"
