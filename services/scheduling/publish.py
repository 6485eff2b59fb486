"""From private facts to what other services may know. The classroom's teacher stops here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from services.scheduling import contract
from services.scheduling.calendar.events import EVENTS as CALENDAR_EVENTS
from services.scheduling.calendar.events import DayCleared, DayMarked
from services.scheduling.imports.publish import PUBLISH as IMPORTS
from services.scheduling.rounds.events import EVENTS as ROUND_EVENTS
from services.scheduling.rounds.events import RoundPlanCancelled, RoundPlanned, RoundReplanned
from shared.messages import ContractEvent, StoredEvent
from shared.upcasting import EventCodec

_codec = EventCodec(ROUND_EVENTS)
_days = EventCodec(CALENDAR_EVENTS)


def _scheduled(stored: StoredEvent) -> ContractEvent:
    event = _codec.decode(stored)
    assert isinstance(event, RoundPlanned)
    kind = contract.RoundRescheduled if isinstance(event, RoundReplanned) else contract.RoundScheduled
    return kind.model_validate(event.model_dump(exclude={"debrief"}))


def _cancelled(stored: StoredEvent) -> ContractEvent:
    event = _codec.decode(stored)
    assert isinstance(event, RoundPlanCancelled)
    return contract.RoundCancelled(round_id=event.round_id, school_id=event.school_id)


def _day(stored: StoredEvent) -> ContractEvent:
    event = _days.decode(stored)
    whose = UUID(stored.stream.removeprefix("calendar-"))
    school_id = None if whose == stored.district_id else whose
    if isinstance(event, DayMarked):
        return contract.SchoolDayMarked(day=event.day, kind=event.kind, school_id=school_id)
    assert isinstance(event, DayCleared)
    return contract.SchoolDayCleared(day=event.day, school_id=school_id)


PUBLISH: Mapping[str, Callable[[StoredEvent], ContractEvent]] = {
    "RoundPlanned": _scheduled,
    "RoundReplanned": _scheduled,
    "RoundPlanCancelled": _cancelled,
    "DayMarked": _day,
    "DayCleared": _day,
    **IMPORTS,
}
