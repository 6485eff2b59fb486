"""What is to be planned: one district's days, schools, people, wishes and rules, as one JSON document.

Costs are points; 1 point = one person driving 5 minutes. Dates are days in the district's time zone.
Identifiers are strings of the caller's choosing, unique within their kind.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from shared.errors import Invalid

OFFICE = "office"
"""Where people without a home school set out from."""

STANDS = "stands"
"""Who holds the pins of rounds that are not asked about: a repair may touch them, a plan does not."""

Kind = Literal["no_school", "early_release", "testing"]
Role = Literal["teacher", "principal", "coach", "central", "partner"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A weekday of the year. A day of the kind `no_school` is no school day: gaps do not count it."""

    date: date
    kinds: tuple[Kind, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    id: str
    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    """`cover`: how many of its people may be out on one day; `cover_on` says otherwise for single days.

    `blackouts` gives a reason per day; `disliked` how many steps a day is disliked (1-3).
    """

    id: str
    name: str
    lat: float | None = None
    lon: float | None = None
    region: str = ""
    networks: tuple[str, ...] = ()
    blackouts: dict[date, str] = field(default_factory=dict)
    disliked: dict[date, int] = field(default_factory=dict)
    cover: int = 3
    cover_on: dict[date, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Certification:
    protocol: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Observer:
    """A person who may observe, facilitate or both. Caps are days out; None is no cap.

    `out_before`: days out earlier in the year, outside the days planned here; they count for the year's cap
    and the fair share.
    """

    id: str
    name: str = ""
    home: str | None = None
    role: Role = "teacher"
    observes: bool = True
    facilitates: bool = False
    unavailable: tuple[date, ...] = ()
    max_month: int | None = None
    max_term: int | None = None
    max_year: int | None = None
    out_before: int = 0
    certifications: tuple[Certification, ...] = ()
    networks: tuple[str, ...] = ()
    region: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Travel:
    """Minutes one way. `minutes[from][to]` where known (either direction serves); else from coordinates:
    beeline x `detour` at `km_per_hour`, plus `start_minutes`; where neither is known, `unknown_minutes`."""

    minutes: dict[str, dict[str, int]] = field(default_factory=dict)
    office_lat: float | None = None
    office_lon: float | None = None
    km_per_hour: float = 40.0
    detour: float = 1.3
    start_minutes: int = 3
    unknown_minutes: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundWanted:
    """One round to be held. `number` orders a host's rounds; the later one comes at least `gap` school days
    after the earlier. `facilitators`: who may lead it (None: whoever facilitates). `network`: only its people
    observe. `trained`: observers too need the protocol's certification. `held_before`, `held_after`: the host's
    rounds outside of the plan from which `first` and `last` keep the gap. `begun`: the day on which its visit has
    begun; it stays there whatever closes the day, and only who comes may change."""

    id: str
    host: str
    number: int = 1
    protocol: str = "instructional-rounds"
    network: str | None = None
    first: date | None = None
    last: date | None = None
    min_observers: int = 8
    target_observers: int = 10
    max_observers: int = 12
    principals: int = 1
    teachers: int = 1
    gap: int = 20
    facilitators: tuple[str, ...] | None = None
    trained: bool = False
    held_before: date | None = None
    held_after: date | None = None
    begun: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    rounds_per_day: int | None = None
    rounds_per_day_region: int | None = None
    from_one_school: int = 2
    facilitator_rounds: int | None = None
    closed_kinds: tuple[Kind, ...] = ("no_school", "early_release", "testing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    a: str
    b: str
    kind: Literal["together", "apart"]
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visited:
    """`times` that this person has visited this host before."""

    observer: str
    host: str
    times: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """`times` that these two have been on one team's visit before."""

    a: str
    b: str
    times: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    visited: tuple[Visited, ...] = ()
    met: tuple[Met, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Points per breach of a soft rule. 0 switches a rule off."""

    no_facilitator: float = 3000
    below_minimum: float = 1000
    missing_role: float = 200
    empty_seat: float = 60
    change: float = 30
    same_host: float = 15
    fair_share: float = 12
    fair_share_more: float = 24
    facilitator_load: float = 8
    same_school: float = 6
    disliked_day: float = 3
    repeated_link: float = 2
    driving_5_minutes: float = 1
    no_exchange: float = 0
    met_again: float = 0
    uneven_pace: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """What a leader holds fast (or forbids, with `ban`): the round's day, its facilitator or one observer.
    Exactly one of `day`, `facilitator` and `observer` is given."""

    id: str
    round: str
    day: date | None = None
    facilitator: str | None = None
    observer: str | None = None
    ban: bool = False
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedRound:
    round: str
    day: date
    facilitator: str | None = None
    observers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The plan that people have in their calendars. Changes cost more the nearer their day is to `today`."""

    today: date
    rounds: tuple[PublishedRound, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    seed: int = 1
    seconds: float = 60.0
    memory_mb: int = 3000


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    time_zone: str
    days: tuple[Day, ...]
    terms: tuple[Term, ...] = ()
    schools: tuple[School, ...]
    observers: tuple[Observer, ...]
    rounds: tuple[RoundWanted, ...]
    travel: Travel = field(default_factory=Travel)
    limits: Limits = field(default_factory=Limits)
    pairs: tuple[Pair, ...] = ()
    history: History = field(default_factory=History)
    weights: Weights = field(default_factory=Weights)
    pins: tuple[Pin, ...] = ()
    published: Published | None = None
    search: Search = field(default_factory=Search)
    name: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with an instance: where, what, and how to mend it."""

    where: str
    what: str
    mend: str


class BadInstance(Invalid):
    """The planning data contradict themselves or name what does not exist."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(
            problems[0].what if len(problems) == 1 else f"{len(problems)} things in the planning data are wrong.",
            mend=problems[0].mend,
            where=problems[0].where,
            problems=[{"where": p.where, "detail": p.what, "mend": p.mend} for p in problems],
        )
        self.problems = problems
