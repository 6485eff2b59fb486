"""Marking the same thing twice changes nothing; a day holds one mark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from services.scheduling.calendar.commands import ClearDay, MarkDay
from services.scheduling.calendar.events import EVENTS, DayCleared, DayKind, DayMarked
from services.scheduling.calendar.reasons import title_said
from shared.decider import Decider
from shared.errors import NotFound
from shared.messages import Event
from shared.said import Said, say

Calendar = Mapping[date, DayMarked]
SATURDAY = 5
_CLOSED: tuple[DayKind, ...] = ("no_school", "no_visits")


def decide(command: MarkDay | ClearDay, state: Calendar) -> Sequence[Event]:
    held = state.get(command.day)
    if isinstance(command, ClearDay):
        if held is None:
            raise NotFound(say("findings.not_marked", day=command.day), where="day")
        return [DayCleared(day=command.day)]
    marked = DayMarked(day=command.day, kind=command.kind, title=command.title.strip())
    return [] if marked == held else [marked]


def evolve(state: Calendar, event: Event) -> Calendar:
    days = dict(state)
    match event:
        case DayMarked():
            days[event.day] = event
        case DayCleared():
            days.pop(event.day, None)
    return MappingProxyType(days)


def closed_because(state: Calendar, day: date, own: Calendar = MappingProxyType({})) -> Said | None:
    """Why no round can be on `day`, in words that end a sentence; None when school is taught and may be visited.
    `own` are the host school's own marks, which count beside the district's."""
    for marks, whose in ((state, ""), (own, "_here")):
        mark = marks.get(day)
        if mark is not None and mark.kind in _CLOSED:
            return say(f"findings.closed.{mark.kind}{whose}", title=title_said(mark.title) or mark.title)
    kinds: set[DayKind] = {marks[day].kind for marks in (state, own) if day in marks}
    if day.weekday() >= SATURDAY and "school_day" not in kinds:
        return say("findings.closed.weekend")
    return None


calendar: Decider[MarkDay | ClearDay, Calendar] = Decider(MappingProxyType({}), decide, evolve, EVENTS)


def stream(district_id: object) -> str:
    return f"calendar-{district_id}"
