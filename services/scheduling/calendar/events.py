"""The storage format of `calendar-<district>`: one stream for a district's exceptional days."""

from __future__ import annotations

from datetime import date
from typing import Literal

from shared.messages import Event

DayKind = Literal["no_school", "early_release", "testing", "school_day"]
"""`school_day` marks a weekend day that is taught (a make-up day)."""


class DayMarked(Event):
    day: date
    kind: DayKind
    title: str


class DayCleared(Event):
    day: date


EVENTS: tuple[type[Event], ...] = (DayMarked, DayCleared)
