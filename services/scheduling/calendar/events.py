"""The storage format of `calendar-<district>` and `calendar-<school>`: one stream for the exceptional days of each."""

from __future__ import annotations

from datetime import date
from typing import Literal

from shared.messages import Event

DayKind = Literal["no_school", "early_release", "late_start", "testing", "school_day", "no_visits"]
"""`school_day` marks a weekend day that is taught (a make-up day); `no_visits` one that is taught, but when
nobody is to visit."""


class DayMarked(Event):
    day: date
    kind: DayKind
    title: str


class DayCleared(Event):
    day: date


EVENTS: tuple[type[Event], ...] = (DayMarked, DayCleared)
