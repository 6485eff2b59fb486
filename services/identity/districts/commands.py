from __future__ import annotations

from functools import cache
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BaseModel, ConfigDict, Field, field_validator

from shared.errors import Unfit
from shared.messages import Command
from shared.said import say

FLOOR_VISITS, FLOOR_CLASSROOMS, FLOOR_OBSERVERS = 5, 5, 3
"""Fewer than these and a figure could point at one teacher or one observer (docs: disclosure control).
A district may ask for more, never for less."""

_zones = cache(available_timezones)  # a walk through six hundred files


class DistrictSettings(BaseModel):
    """`slot_minutes` is the length of a classroom visit; a figure is shown when it rests on at least
    `min_visits` visits to `min_classrooms` classrooms by `min_observers` observers."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)
    name: str = Field(min_length=1, max_length=200)
    timezone: str = Field(description="IANA name, America/New_York")
    slot_minutes: int = Field(default=20, ge=5, le=120)
    min_visits: int = Field(default=FLOOR_VISITS, le=1000)
    min_classrooms: int = Field(default=FLOOR_CLASSROOMS, le=1000)
    min_observers: int = Field(default=FLOOR_OBSERVERS, le=1000)

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in _zones():
            raise Unfit(say("errors.no_zone", value=repr(value)))
        return ZoneInfo(value).key


class RegisterDistrict(Command):
    district_id: UUID
    settings: DistrictSettings


class ChangeSettings(Command):
    settings: DistrictSettings
