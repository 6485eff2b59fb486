"""The storage format of `host-<school>` and of `travel-<district>`."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.messages import Event


class CoverOn(BaseModel):
    """How many of the school's people may be out on this one day."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    day: date
    people: int


class DislikedDay(BaseModel):
    """A day on which the school would rather not host; `steps` says how much, 1 to 3."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    day: date
    steps: int = 1


class HostSet(Event):
    """What planning needs of a school, whole. `region` is the district's own name for where it lies;
    `cover_per_day`: how many of its people may be out on one day (None: no limit)."""

    school_id: UUID
    region: str | None = None
    cover_per_day: int | None = None
    cover_on: tuple[CoverOn, ...] = ()
    disliked: tuple[DislikedDay, ...] = ()


class Trip(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    from_school: UUID
    to_school: UUID
    minutes: int


class TravelTold(Event):
    """Minutes on the road, one way; a trip that is told again replaces the older. The other direction takes as
    long where it is not told."""

    trips: tuple[Trip, ...]


class Way(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    from_school: UUID
    to_school: UUID


class TripForgotten(Event):
    """One trip is taken back: the other direction's minutes count again, or the coordinates."""

    way: Way


class TravelForgotten(Event):
    """All trips are taken back; coordinates count again."""


HOST_EVENTS: tuple[type[Event], ...] = (HostSet,)
TRAVEL_EVENTS: tuple[type[Event], ...] = (TravelTold, TripForgotten, TravelForgotten)
