"""The storage format of `visitday-<proposal>`: one request for a visit day, or for the repair of a running one."""

from __future__ import annotations

from datetime import time
from typing import Any, ClassVar, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from shared.messages import Event
from shared.said import Said
from shared.upcasting import upcaster

DayTrouble = Literal["teacher_absent", "room_taken", "observer_missing"]


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class LaidTeam(Part):
    name: str
    observer_ids: tuple[UUID, ...]
    timekeeper_id: UUID | None


class LaidVisit(Part):
    """`team` is the 0-based place in the layout's teams. Times are on the district's clocks."""

    team: int
    classroom_id: UUID
    starts_at: time
    ends_at: time
    period: str | None


class LaidDebrief(Part):
    room: str
    starts_at: time
    ends_at: time


class Layout(Part):
    """A visit day as it could be. `measures`: what is counted of it, see `measures.measure`."""

    teams: tuple[LaidTeam, ...]
    visits: tuple[LaidVisit, ...]
    debrief: LaidDebrief | None = None
    measures: dict[str, int] = Field(default_factory=dict)


class VisitDayAsked(Event):
    proposal_id: UUID
    round_id: UUID
    school_id: UUID
    round_version: int
    standing: Layout
    first: Layout | None  # the answer by hand, at once; None for a repair
    limit_seconds: int


class VisitDayRepairAsked(VisitDayAsked):
    """Something happened on the day. Visits that began before `since` stay as they were."""

    kind: DayTrouble
    classroom_ids: tuple[UUID, ...] = ()
    person_ids: tuple[UUID, ...] = ()
    since: time
    until: time | None = None


class VisitDayProposed(Event):
    """`by`: the optimiser, or the answer by hand where that found nothing. Costs are points."""

    schema_version: ClassVar[int] = 2
    layout: Layout
    by: Literal["optimiser", "hand"]
    cost: float
    bound: float | None
    seconds: float
    notes: tuple[str, ...] = ()
    notes_said: tuple[Said, ...] = ()  # the same in both languages; none of before there were two


class VisitDayRepairProposed(VisitDayProposed):
    """`notify`: the people whose day changes, and the round's facilitator."""

    notify: tuple[UUID, ...] = ()


class VisitDayImpossible(Event):
    schema_version: ClassVar[int] = 2
    sentences: tuple[str, ...]
    sentences_said: tuple[Said, ...] = ()  # the same in both languages; none of before there were two
    seconds: float


@upcaster("VisitDayProposed", 1)
@upcaster("VisitDayRepairProposed", 1)
def _notes_in_english_alone(body: dict[str, Any]) -> dict[str, Any]:
    return body | {"notes_said": []}


@upcaster("VisitDayImpossible", 1)
def _in_english_alone(body: dict[str, Any]) -> dict[str, Any]:
    return body | {"sentences_said": []}


class VisitDayAccepted(Event):
    """The round has it since this version of its stream."""

    before: int
    after: int
    notify: tuple[UUID, ...] = ()


class VisitDayRepairPublished(VisitDayAccepted):
    pass


class VisitDayTakenBack(Event):
    after: int


EVENTS: tuple[type[Event], ...] = (
    VisitDayAsked,
    VisitDayRepairAsked,
    VisitDayProposed,
    VisitDayRepairProposed,
    VisitDayImpossible,
    VisitDayAccepted,
    VisitDayRepairPublished,
    VisitDayTakenBack,
)
