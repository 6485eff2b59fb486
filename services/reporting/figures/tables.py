"""From facts to tables: each unit (visit, statement, answer) falls into exactly one category.

A **visit** is a classroom slot in which at least one observer recorded, rated or handed in something:
a team of five in one room is one visit, so that a big team cannot make a small round look large.
Only descriptive statements are evidence; one marked judgmental counts towards its visit and no more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal
from uuid import UUID

from services.reporting.figures.facts import CORE_ELEMENTS, NOT_RATED, Presence, Rating, RoundFacts, Statement
from services.reporting.figures.intervals import Certainty, Interval, share_interval
from services.rounds.contract import SHIPPED_ANSWERS

Definition = Literal[
    "core_element.visits",
    "core_element.statements",
    "statements.judgmental",
    "focus_question.visits",
    "look_for.visits",
    "look_for.answers",
    "look_for.options",
    "look_for.intervals",
]
UnitName = Literal["visit", "statement", "answer", "interval"]
RATED: tuple[Definition, ...] = ("look_for.answers", "look_for.options", "look_for.intervals")
"""Tables of what observers answered, a look-for each: only what is told is named (docs/adr/0004, rule 4)."""
SUMMED: tuple[Definition, ...] = ("look_for.answers", "look_for.intervals")
"""Those of them whose shares add up."""
TAGGED: Definition = "look_for.visits"
"""Visits with evidence that was tagged with a look-for: of one that nobody was tagged with there is no table."""
WITH, WITHOUT = "with", "without"
DESCRIPTIVE, JUDGMENTAL = "descriptive", "judgmental"
COUNT_BANDS = ("0", "1-2", "3-5", "6+")
OFFERED: dict[str, frozenset[str]] = {"count": frozenset(COUNT_BANDS), "observed": frozenset(("yes", "no"))}
"""The answers of the kinds that offer the same in every instrument."""


@dataclass(frozen=True, slots=True)
class Unit:
    category: str
    slot_id: UUID
    classroom_id: UUID
    observers: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Table:
    """`subject` is the core element, focus question or look-for that a single-subject table is about;
    None for `core_element.statements`. `not_rated`: category -> units, outside the denominator. In `look_for.options` a
    unit's category holds every option that the answer names, with blanks between them: each option is counted.
    `others`: whether the look-for may offer answers beside the categories: nobody gave those."""

    definition: Definition
    subject: str | None
    categories: tuple[str, ...]
    units: tuple[Unit, ...]
    not_rated: tuple[Unit, ...] = ()
    others: bool = False

    def of(self, category: str) -> tuple[Unit, ...]:
        return tuple(u for u in self.units if self.holds(u, category))

    def without(self, category: str) -> tuple[Unit, ...]:
        return tuple(u for u in self.units if not self.holds(u, category))

    def holds(self, unit: Unit, category: str) -> bool:
        return category in unit.category.split() if self.definition == "look_for.options" else unit.category == category

    @property
    def by_visits(self) -> bool:
        return self.definition.endswith(".visits")

    @property
    def unit(self) -> UnitName:
        if self.by_visits:
            return "visit"
        if self.definition == "look_for.intervals":
            return "interval"
        return "answer" if self.definition in RATED else "statement"


@dataclass(frozen=True, slots=True)
class Figure:
    """`share` = `count` / `n`, with its 95% interval."""

    category: str
    count: int
    n: int
    share: float
    interval: Interval

    @property
    def certainty(self) -> Certainty:
        return self.interval.certainty


def figure(table: Table, category: str, classrooms: int, observers: int) -> Figure:
    """The share of `category` among the table's units, in a round of so many classrooms and observers. Raises
    ValueError when the table has none."""
    count, n = len(table.of(category)), len(table.units)
    interval = share_interval(count, n, classrooms, None if table.by_visits else observers)
    return Figure(category, count, n, count / n, interval)


@dataclass(slots=True)
class Seen:
    """What was seen in a round, before it is told in shares. `rooms`, `observers`: of each visit (slot);
    `holders`: the visits with at least one statement about a subject; `spoken`: one unit per statement that is
    evidence, `judged`: one per statement that is not; `offered`: the answers of look-fors, where they are known."""

    focus_question_ids: tuple[UUID, ...] = ()
    offered: Mapping[str, frozenset[str]] = field(default_factory=dict)
    rooms: dict[UUID, UUID] = field(default_factory=dict)
    observers: defaultdict[UUID, set[UUID]] = field(default_factory=lambda: defaultdict(set))
    holders: defaultdict[tuple[Definition, str], set[UUID]] = field(default_factory=lambda: defaultdict(set))
    spoken: list[Unit] = field(default_factory=list)
    judged: list[Unit] = field(default_factory=list)
    answers: defaultdict[str, list[Rating]] = field(default_factory=lambda: defaultdict(list))

    def visit(self, slot_id: UUID, classroom_id: UUID, observer_id: UUID) -> None:
        self.rooms.setdefault(slot_id, classroom_id)
        self.observers[slot_id].add(observer_id)

    def speak(self, element: str, slot_id: UUID, observer_id: UUID, *, times: int = 1) -> None:
        self.holders["core_element.visits", element].add(slot_id)
        self.spoken += [Unit(element, slot_id, self.rooms[slot_id], frozenset((observer_id,)))] * times

    def judge(self, slot_id: UUID, observer_id: UUID, *, times: int = 1) -> None:
        self.judged += [Unit(JUDGMENTAL, slot_id, self.rooms[slot_id], frozenset((observer_id,)))] * times


def seen_in(facts: RoundFacts) -> Seen:
    seen = Seen(facts.focus_question_ids, SHIPPED_ANSWERS.get(facts.instrument, {}))
    everything: list[Presence | Statement | Rating] = [*facts.presences, *facts.statements, *facts.ratings]
    for fact in everything:
        seen.visit(fact.slot_id, fact.classroom_id, fact.observer_id)
    for statement in facts.statements:
        if statement.judgmental:
            seen.judge(statement.slot_id, statement.observer_id)
            continue
        seen.speak(statement.core_element, statement.slot_id, statement.observer_id)
        for question in statement.focus_question_ids:
            seen.holders["focus_question.visits", str(question)].add(statement.slot_id)
        for tag in statement.look_for_ids:
            seen.holders[TAGGED, tag].add(statement.slot_id)
    for rating in facts.ratings:
        seen.answers[rating.look_for_id].append(rating)
    return seen


def tables(facts: RoundFacts) -> list[Table]:
    """Every table of a round, in the order in which they are told."""
    return tables_of(seen_in(facts))


def tables_of(seen: Seen) -> list[Table]:
    def visits(definition: Definition, subject: str) -> Table:
        holders = seen.holders.get((definition, subject), set())
        units = tuple(
            Unit(WITH if slot in holders else WITHOUT, slot, seen.rooms[slot], frozenset(seen.observers[slot]))
            for slot in sorted(seen.rooms)
        )
        return Table(definition, subject, (WITH, WITHOUT), units)

    tags = sorted(subject for definition, subject in seen.holders if definition == TAGGED)
    return [
        *(visits("core_element.visits", element) for element in CORE_ELEMENTS),
        Table("core_element.statements", None, CORE_ELEMENTS, tuple(seen.spoken)),
        _manner(seen),
        *(visits("focus_question.visits", str(question)) for question in seen.focus_question_ids),
        *(visits(TAGGED, tag) for tag in tags),
        *(_answers(look_for, seen.answers[look_for], seen.offered.get(look_for)) for look_for in sorted(seen.answers)),
    ]


def untagged(visits: Table, look_for: str) -> Table:
    """A look-for's table where nobody was tagged with it, over the units of another table of visits: `tables` has none
    then."""
    units = tuple(replace(u, category=WITHOUT) for u in visits.units)
    return Table(TAGGED, look_for, (WITH, WITHOUT), units)


def _manner(seen: Seen) -> Table:
    """Every statement, by whether it describes or judges."""
    described = (Unit(DESCRIPTIVE, u.slot_id, u.classroom_id, u.observers) for u in seen.spoken)
    return Table("statements.judgmental", None, (DESCRIPTIVE, JUDGMENTAL), (*described, *seen.judged))


def _answers(look_for: str, ratings: list[Rating], offered: frozenset[str] | None) -> Table:
    """Answers by code; `not_observed` and `not_applicable` are never zero, so they stay outside. Of several options
    each is counted, of a tally each of its intervals."""
    kinds = {r.kind for r in ratings}
    definition: Definition = (
        "look_for.options"
        if "multi_choice" in kinds
        else "look_for.intervals"
        if "tally" in kinds
        else "look_for.answers"
    )
    units = [
        Unit(category, r.slot_id, r.classroom_id, frozenset((r.observer_id,)))
        for r in sorted(ratings, key=lambda r: (r.slot_id, r.observer_id))
        for category in _categories(r)
    ]
    rated = tuple(u for u in units if u.category not in NOT_RATED)
    unrated = tuple(u for u in units if u.category in NOT_RATED)
    options = definition == "look_for.options"
    named = frozenset(c for u in rated for c in (u.category.split() if options else (u.category,)))
    others = any(named != OFFERED.get(kind, offered) for kind in kinds)
    return Table(definition, look_for, tuple(sorted(named, key=_natural)), rated, unrated, others)


def _categories(rating: Rating) -> tuple[str, ...]:
    """Into which categories an answer falls: one, or for a tally one per interval ("0:lecture 1:groups")."""
    if rating.value in NOT_RATED:
        return (rating.value,)
    if rating.kind == "count":
        return (count_band(int(float(rating.value))),)
    if rating.kind == "tally":
        return tuple(sample.partition(":")[2] or sample for sample in rating.value.split())
    return (rating.value,)


def count_band(count: int) -> str:
    """Counts are told in four bands: an exact high count would point at one lesson."""
    return COUNT_BANDS[0] if count <= 0 else COUNT_BANDS[1] if count <= 2 else COUNT_BANDS[2] if count <= 5 else "6+"


def _natural(code: str) -> tuple[int, float, str]:
    """Bands and numbers by size, words by the alphabet."""
    try:
        return (0, float(code.partition("-")[0].rstrip("+")), code)
    except ValueError:
        return (1, 0.0, code)
