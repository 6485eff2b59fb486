"""A plan as a leader writes it, and the facts of the day that it is held against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field

from services.rounds.contract import CORE_INSTRUMENT
from services.scheduling.calendar.events import DayKind
from services.scheduling.classrooms.events import ClassroomListed
from services.scheduling.rounds.events import RoundPlanned
from shared.errors import Unfit
from shared.messages import Command
from shared.said import Said, say


def _plain(clock: time) -> time:
    if clock.tzinfo is not None:
        raise Unfit(say("refusals.no_offset"))
    return clock


PlainTime = Annotated[time, AfterValidator(_plain)]
"""On the district's clocks."""


class PlannedTeam(Command):
    name: str = Field(min_length=1, max_length=60)
    observer_ids: tuple[UUID, ...] = Field(max_length=40)
    timekeeper_id: UUID | None = None


class PlannedSlot(Command):
    """`team` is the 0-based place in the plan's list of teams. Times are on the district's clocks."""

    team: int = Field(ge=0)
    classroom_id: UUID
    starts_at: PlainTime
    ends_at: PlainTime
    period: str | None = Field(default=None, max_length=40)


class PlannedDebrief(Command):
    """Where and when the round is talked over; times are on the district's clocks."""

    room: str = Field(min_length=1, max_length=80)
    starts_at: PlainTime
    ends_at: PlainTime


class Plan(Command):
    """What a leader asks for: one round, whole."""

    school_id: UUID
    day: date = Field(ge=date(1900, 1, 1), lt=date(9000, 1, 1))
    facilitator_id: UUID
    instrument: str = Field(default=CORE_INSTRUMENT[0], max_length=80)
    instrument_version: int = Field(default=CORE_INSTRUMENT[1], ge=1, le=1_000_000)
    teams: tuple[PlannedTeam, ...] = Field(default=(), max_length=20)
    slots: tuple[PlannedSlot, ...] = Field(default=(), max_length=400)
    debrief: PlannedDebrief | None = None


@dataclass(frozen=True, slots=True)
class KnownPerson:
    name: str
    school_ids: frozenset[UUID]
    granted: frozenset[str]  # roles that the person can sign in with


@dataclass(frozen=True, slots=True)
class Cap:
    """`out`: days out besides this one, in the month or the term `of`; `most`: how many there may be."""

    most: int
    out: int
    of: Said | str


@dataclass(frozen=True, slots=True)
class Cover:
    """How many people of a school are out that day besides those of the plan, and how many it can spare."""

    school_name: str
    spare: int
    out: int


@dataclass(frozen=True, slots=True)
class Entered:
    """What was entered about the people of the plan, on its day.

    `away`: person -> when, as the end of a sentence. `untrained`: person -> why their training does not count
    on that day, as the end of a sentence. `caps`: what would be exceeded is judged by the check. `homes`: person
    -> the school that misses them. `cover`: by school. `pairs`: (person, person, together or apart), with the
    names of both.
    """

    away: Mapping[UUID, Said] = field(default_factory=dict)
    untrained: Mapping[UUID, Said] = field(default_factory=dict)
    caps: Mapping[UUID, tuple[Cap, ...]] = field(default_factory=dict)
    homes: Mapping[UUID, UUID] = field(default_factory=dict)
    cover: Mapping[UUID, Cover] = field(default_factory=dict)
    pairs: tuple[tuple[UUID, UUID, str], ...] = ()
    names: Mapping[UUID, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Begun:
    """A visit that has begun: the day and the instrument that its observers were told, and go by."""

    day: date
    instrument: str
    instrument_version: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rest of the district says about one plan, looked up before the decision.

    `closed`: why the day is not taught, or None. `booked`: the people who are elsewhere that day, and
    at which school; `hosting`: whether the school hosts another round that day. `forbidden`: a planner
    pinned the school's day as one without a round; `pinned`: the day on which a planner holds this round.
    `instrument_known`: whether anybody can read the instrument that the plan names. `begun`: the round's visit,
    once it has begun.
    """

    today: date
    timezone: str
    school_name: str | None
    closed: Said | None
    early_release: str | None
    people: Mapping[UUID, KnownPerson]
    classrooms: Mapping[UUID, ClassroomListed]
    booked: Mapping[UUID, str] = field(default_factory=dict)
    hosting: bool = False
    shortened: tuple[DayKind, str] | None = None
    forbidden: bool = False
    pinned: date | None = None
    instrument_known: bool = True
    begun: Begun | None = None
    entered: Entered = field(default_factory=Entered)


@dataclass(frozen=True, slots=True)
class ScheduleRound:
    round_id: UUID
    plan: Plan
    facts: Facts


@dataclass(frozen=True, slots=True)
class RescheduleRound(ScheduleRound):
    pass


@dataclass(frozen=True, slots=True)
class AdoptRound:
    """A round as a published plan has it, or as it was before one that is undone. The rules between rounds were
    checked over the whole plan."""

    planned: RoundPlanned
    today: date


@dataclass(frozen=True, slots=True)
class CancelRound:
    round_id: UUID
    today: date
    reason: str | None = None
