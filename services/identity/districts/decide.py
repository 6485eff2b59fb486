"""A district is registered once; its thresholds go up from the floor, never below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from services.identity.districts.commands import (
    FLOOR_CLASSROOMS,
    FLOOR_OBSERVERS,
    FLOOR_VISITS,
    ChangeSettings,
    DistrictSettings,
    RegisterDistrict,
)
from services.identity.districts.events import EVENTS, DistrictRegistered, DistrictSettingsChanged
from shared.decider import Decider
from shared.errors import NotFound, Refused
from shared.messages import Event
from shared.said import say

_FLOORS = {"min_visits": FLOOR_VISITS, "min_classrooms": FLOOR_CLASSROOMS, "min_observers": FLOOR_OBSERVERS}


@dataclass(frozen=True, slots=True)
class District:
    district_id: UUID
    settings: DistrictSettings


def stream(district_id: UUID) -> str:
    return f"district-{district_id}"


def decide(command: RegisterDistrict | ChangeSettings, state: District | None) -> Sequence[Event]:
    _keep_floors(command.settings)
    if isinstance(command, RegisterDistrict):
        if state is None:
            return [DistrictRegistered(district_id=command.district_id, **command.settings.model_dump())]
        if state.settings == command.settings:
            return []
        raise Refused("district_registered", say("errors.district_registered", name=state.settings.name))
    if state is None:
        raise NotFound(say("errors.no_district"))
    if state.settings == command.settings:
        return []
    return [DistrictSettingsChanged(district_id=state.district_id, **command.settings.model_dump())]


def _keep_floors(settings: DistrictSettings) -> None:
    for field, floor in _FLOORS.items():
        if getattr(settings, field) < floor:
            raise Refused(
                "threshold_below_floor",
                say("errors.below_floor", field=field, floor=floor),
                mend=say("errors.choose_more", floor=floor),
                where=field,
                floor=floor,
            )


def evolve(state: District | None, event: Event) -> District | None:
    match event:
        case DistrictRegistered():  # and DistrictSettingsChanged, which extends it
            return District(event.district_id, DistrictSettings(**event.model_dump(exclude={"district_id"})))
    return state


district: Decider[RegisterDistrict | ChangeSettings, District | None] = Decider(
    initial=None, decide=decide, evolve=evolve, events=EVENTS
)
