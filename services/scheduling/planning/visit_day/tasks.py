"""The visit day's documents: what is to be planned, the plan, and a repair. No solver is imported here.

A room is a classroom by number: who teaches there stays with the caller, who leaves the slots of prep periods,
lunches and absences out of `open_slots`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec

from shared.said import Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A time of the day, as HH:MM in the district's time zone. No team visits during `lunch`."""

    id: str
    start: str
    end: str
    lunch: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """`open_slots`: when it is taught and may be visited. `least`: visits it must have."""

    id: str
    name: str = ""
    grade_band: str = ""
    subject: str = ""
    wing: str = ""
    open_slots: tuple[str, ...] = ()
    least: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    id: str
    name: str = ""
    role: str = ""
    school: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DebriefRoom:
    """`free_from`: HH:MM."""

    id: str
    name: str = ""
    seats: int = 40
    free_from: str = "00:00"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayWeights:
    """Points. A team without a room costs `idle`; a change of wings its minutes of walking times `walk`."""

    idle: int = 12
    walk: int = 2
    back_to_back: int = 2
    unseen_band: int = 4
    unseen_subject: int = 2
    same_school: int = 6
    no_principal: int = 4
    no_teacher: int = 4
    met_again: int = 1
    change: int = 3
    below_least: int = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    id: str
    members: tuple[str, ...]
    timekeeper: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitDay:
    """`teams` None: as few as the largest size allows. `formed`: teams that stay as they are. `met`: pairs who have
    visited together, and how often. `walk_minutes[from][to]` between wings; 1 where not given. `known`: days that
    there are already, their teams numbered from 1; the answer is never worse than one of them that keeps the rules."""

    slots: tuple[Slot, ...]
    rooms: tuple[Room, ...]
    visitors: tuple[Visitor, ...]
    teams: int | None = None
    formed: tuple[Team, ...] = ()
    smallest: int = 3
    largest: int = 5
    apart: tuple[tuple[str, str], ...] = ()
    together: tuple[tuple[str, str], ...] = ()
    met: tuple[tuple[str, str, int], ...] = ()
    walk_minutes: dict[str, dict[str, int]] = field(default_factory=dict)
    debrief_rooms: tuple[DebriefRoom, ...] = ()
    debrief_minutes: int = 60
    known: tuple[DayPlan, ...] = ()
    weights: DayWeights = field(default_factory=DayWeights)
    seed: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    team: str
    slot: str
    room: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Debrief:
    room: str
    start: str
    end: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPlan:
    """`parts`: points by rule. `bound`: of the rotation and the teams together."""

    teams: tuple[Team, ...]
    visits: tuple[Visit, ...]
    debrief: Debrief | None = None
    parts: dict[str, float] = field(default_factory=dict)
    cost: float = 0.0
    bound: float = 0.0
    notes: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomOut:
    """`slots` empty: for the rest of the day."""

    room: str
    slots: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRepairTask:
    """What happened to a planned day. `now`: the first slot that has not begun (None: the day has not begun).
    Earlier slots stay as they were; once the day has begun, `least` becomes a wish."""

    day: VisitDay
    plan: DayPlan
    now: str | None = None
    rooms_out: tuple[RoomOut, ...] = ()
    visitors_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DayChange:
    team: str
    slot: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRepair:
    plan: DayPlan
    changes: tuple[DayChange, ...]
    teams_told: tuple[str, ...]


class NoDayPlan(msgspec.Struct, tag="no_plan", kw_only=True):
    """`sentences` say which rooms cannot have their visits, and why."""

    sentences: list[Said]


def to_json(document: VisitDay | DayRepairTask) -> bytes:
    return msgspec.json.encode(document)
