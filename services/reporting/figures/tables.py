"""From facts to tables: each unit (visit, statement, answer) falls into exactly one category.

A **visit** is a classroom slot in which at least one observer recorded, rated or handed in something:
a team of five in one room is one visit, so that a big team cannot make a small round look large.
Only descriptive statements are evidence; one marked judgmental counts towards its visit and no more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from services.reporting.figures.facts import CORE_ELEMENTS, NOT_RATED, Presence, Rating, RoundFacts, Statement
from services.reporting.figures.intervals import Certainty, Interval, share_interval

Definition = Literal[
    "core_element.visits",
    "core_element.statements",
    "focus_question.visits",
    "look_for.visits",
    "look_for.answers",
]
WITH, WITHOUT = "with", "without"
COUNT_BANDS = ("0", "1-2", "3-5", "6+")


@dataclass(frozen=True, slots=True)
class Unit:
    category: str
    slot_id: UUID
    classroom_id: UUID
    observers: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Table:
    """`subject` is the core element, focus question or look-for that a single-subject table is about;
    None for `core_element.statements`. `not_rated`: category -> units, outside the denominator."""

    definition: Definition
    subject: str | None
    categories: tuple[str, ...]
    units: tuple[Unit, ...]
    not_rated: tuple[Unit, ...] = ()

    def of(self, category: str) -> tuple[Unit, ...]:
        return tuple(u for u in self.units if u.category == category)

    @property
    def by_visits(self) -> bool:
        return self.definition.endswith(".visits")


@dataclass(frozen=True, slots=True)
class Figure:
    """`share` = `count` / `n`, with its 95 % interval."""

    category: str
    count: int
    n: int
    share: float
    interval: Interval

    @property
    def certainty(self) -> Certainty:
        return self.interval.certainty


def figure(table: Table, category: str) -> Figure:
    """The share of `category` among the table's units. Raises ValueError when it has none."""
    count, n = len(table.of(category)), len(table.units)
    rooms: defaultdict[object, list[int]] = defaultdict(lambda: [0, 0])
    raters: defaultdict[object, list[int]] = defaultdict(lambda: [0, 0])
    for unit in table.units:
        groups = [rooms[unit.classroom_id]]
        if not table.by_visits:
            groups.append(raters[next(iter(unit.observers))])
        for group in groups:
            group[0] += unit.category == category
            group[1] += 1
    interval = share_interval(_pairs(rooms), _pairs(raters) if raters else None)
    return Figure(category, count, n, count / n, interval)


def _pairs(groups: dict[object, list[int]]) -> dict[object, tuple[int, int]]:
    return {key: (x, n) for key, (x, n) in groups.items()}


def tables(facts: RoundFacts) -> list[Table]:
    """Every table of a round, in the order in which they are told."""
    evidence = [s for s in facts.statements if not s.judgmental]
    visits = _Visits(facts)
    found = [visits.table("core_element.visits", e, evidence, _about(e)) for e in CORE_ELEMENTS]
    found.append(
        Table(
            "core_element.statements",
            None,
            CORE_ELEMENTS,
            tuple(Unit(s.core_element, s.slot_id, s.classroom_id, frozenset((s.observer_id,))) for s in evidence),
        )
    )
    for question in facts.focus_question_ids:
        found.append(visits.table("focus_question.visits", str(question), evidence, _asks(question)))
    for tag in sorted({tag for s in evidence for tag in s.look_for_ids}):
        found.append(visits.table("look_for.visits", tag, evidence, _tagged(tag)))
    answers: defaultdict[str, list[Rating]] = defaultdict(list)
    for rating in facts.ratings:
        answers[rating.look_for_id].append(rating)
    found.extend(_answers(look_for, answers[look_for]) for look_for in sorted(answers))
    return found


def _about(element: str) -> Callable[[Statement], bool]:
    return lambda s: s.core_element == element


def _asks(question: UUID) -> Callable[[Statement], bool]:
    return lambda s: question in s.focus_question_ids


def _tagged(tag: str) -> Callable[[Statement], bool]:
    return lambda s: tag in s.look_for_ids


class _Visits:
    """The visits of a round: slot -> its classroom and its observers."""

    def __init__(self, facts: RoundFacts) -> None:
        self.rooms: dict[UUID, UUID] = {}
        observers: defaultdict[UUID, set[UUID]] = defaultdict(set)
        everything: list[Presence | Statement | Rating] = [*facts.presences, *facts.statements, *facts.ratings]
        for seen in everything:
            self.rooms.setdefault(seen.slot_id, seen.classroom_id)
            observers[seen.slot_id].add(seen.observer_id)
        self.observers = {slot: frozenset(people) for slot, people in observers.items()}

    def table(
        self,
        definition: Definition,
        subject: str,
        statements: Iterable[Statement],
        has: Callable[[Statement], bool],
    ) -> Table:
        holders = {s.slot_id for s in statements if has(s)}
        units = tuple(
            Unit(WITH if slot in holders else WITHOUT, slot, self.rooms[slot], self.observers[slot])
            for slot in sorted(self.rooms)
        )
        return Table(definition, subject, (WITH, WITHOUT), units)


def _answers(look_for: str, ratings: list[Rating]) -> Table:
    """Answers by code; `not_observed` and `not_applicable` are never zero, so they stay outside."""
    units = [
        Unit(_category(r), r.slot_id, r.classroom_id, frozenset((r.observer_id,)))
        for r in sorted(ratings, key=lambda r: (r.slot_id, r.observer_id))
    ]
    rated = tuple(u for u in units if u.category not in NOT_RATED)
    unrated = tuple(u for u in units if u.category in NOT_RATED)
    if ratings[0].kind == "count":
        categories: tuple[str, ...] = COUNT_BANDS
    else:
        categories = tuple(sorted({u.category for u in rated}, key=_natural))
    return Table("look_for.answers", look_for, categories, rated, unrated)


def _category(rating: Rating) -> str:
    if rating.value in NOT_RATED or rating.kind != "count":
        return rating.value
    return count_band(int(float(rating.value)))


def count_band(count: int) -> str:
    """Counts are told in four bands: an exact high count would point at one lesson."""
    return COUNT_BANDS[0] if count <= 0 else COUNT_BANDS[1] if count <= 2 else COUNT_BANDS[2] if count <= 5 else "6+"


def _natural(code: str) -> tuple[int, float, str]:
    try:
        return (0, float(code), code)
    except ValueError:
        return (1, 0.0, code)
