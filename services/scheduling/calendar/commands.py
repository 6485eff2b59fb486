from __future__ import annotations

from datetime import date

from pydantic import Field

from services.scheduling.calendar.events import DayKind
from shared.messages import Command


class MarkDay(Command):
    day: date
    kind: DayKind
    title: str = Field(min_length=1, max_length=200)


class ClearDay(Command):
    day: date
