from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from services.scheduling.hosts.events import CoverOn, DislikedDay, Trip
from shared.messages import Command


class SetHost(Command):
    school_id: UUID
    region: Annotated[str, Field(max_length=80)] | None = None
    cover_per_day: int | None = Field(default=None, ge=0, le=500)
    cover_on: tuple[CoverOn, ...] = Field(default=(), max_length=400)
    disliked: tuple[DislikedDay, ...] = Field(default=(), max_length=400)


class TellTravel(Command):
    trips: tuple[Trip, ...] = Field(max_length=50_000)


class ForgetTrip(Command):
    from_school: UUID
    to_school: UUID


class ForgetTravel(Command):
    pass
