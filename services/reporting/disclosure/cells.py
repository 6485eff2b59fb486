"""The outcome for the cells of one table: told, told as a bound, or hidden. No other value exists here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from services.reporting.disclosure.rule import CELL_CLASSROOMS, CELL_OBSERVERS
from services.reporting.figures.tables import Table, Unit


@dataclass(frozen=True, slots=True)
class Told:
    count: int


@dataclass(frozen=True, slots=True)
class AtMost:
    """Bottom-coded: between 0 and `bound`."""

    bound: int


@dataclass(frozen=True, slots=True)
class AtLeast:
    """Top-coded: between `bound` and the total."""

    bound: int


@dataclass(frozen=True, slots=True)
class Withheld:
    """Hidden, because few classrooms stand behind it or behind a sibling."""


Outcome = Told | AtMost | AtLeast | Withheld


def rooms(units: Sequence[Unit]) -> set[UUID]:
    return {u.classroom_id for u in units}


def few_rooms_cap(units: Sequence[Unit]) -> int:
    """The most units that fewer than `CELL_CLASSROOMS` classrooms can hold, by the plan alone: it depends
    on how often each room was visited, never on what was seen there."""
    per_room = Counter(u.classroom_id for u in units)
    return sum(count for _, count in per_room.most_common(CELL_CLASSROOMS - 1))


def two_sided(table: Table, category: str) -> Outcome:
    """One category against all others: exact where it has more units than fewer than `CELL_CLASSROOMS` classrooms can
    hold and so have all others, else coded. Plan and count alone decide, so that of any such few rooms everything stays
    possible, whatever is told. Where they hold half of the units no bound leaves that: nothing is told."""
    count, n, cap = len(table.of(category)), len(table.units), few_rooms_cap(table.units)
    if n <= 2 * cap:
        return Withheld()
    if count <= cap:
        return AtMost(cap)
    if count >= n - cap:
        return AtLeast(n - cap)
    return Told(count)


def options(table: Table) -> dict[str, Outcome] | None:
    """Answers that may name several options, each by itself: an option that few rooms or one observer named is not
    named here either, as if nobody had. None: nothing may be told."""
    told = {o: outcome for o in table.categories if (outcome := _option(table, o)) is not None}
    return told or None


def _option(table: Table, option: str) -> Outcome | None:
    has, lacks = table.of(option), table.without(option)
    if _small(has, table):
        return None
    if _small(lacks, table):  # few rooms and one observer look alike: which of the two would tell who lacks it
        by_one = Counter(person for u in table.units for person in u.observers)
        most = max(few_rooms_cap(table.units), *by_one.values())
        return AtLeast(len(table.units) - most) if len(table.units) > most else None
    return Told(len(has))


@dataclass(frozen=True, slots=True)
class Known:
    """What already released tables tell about a category: at least `floor` units; and where that table
    left a range open up to `reach`, this one must leave `reach` possible. `unseen`: it left open that there is none."""

    floor: int = 0
    reach: int | None = None
    unseen: bool = False


def answers(table: Table) -> dict[str, Outcome] | None:
    """Answers to one look-for, where which codes occur at all is part of what was seen: only what is told is
    named, and whatever is left of the total stays unnamed. None: nothing may be told."""
    if top := _dominant(table):
        return {top: AtLeast(len(table.units) - few_rooms_cap(table.units))}
    cells = {c: table.of(c) for c in table.categories}
    small = {c for c, units in cells.items() if _small(units, table)}
    if small and sum(len(cells[c]) for c in small) >= len(small) * few_rooms_cap(table.units):
        # Each as large as a small cell can be: the sum would tell them all.
        if len(small) == len(cells):
            return None
        small |= _next(cells, small)
    found = _close(table, small, {})
    told: dict[str, Outcome] = {c: outcome for c, outcome in (found or {}).items() if isinstance(outcome, Told)}
    if table.others and len(told) == len(cells) > 0:
        # They add up: of every room it would be known that nobody gave another answer there. The last of the least,
        # whatever is equal to it: any other answer may be what is left.
        del told[min(reversed(table.categories), key=lambda c: len(cells[c]))]
    return told or None


def distribution(table: Table, known: Mapping[str, Known] | None = None) -> dict[str, Outcome] | None:
    """Shares that add up: small cells are hidden, then siblings, smallest first, until nothing hidden
    follows from the total and what is told. None: not even the total may be told."""
    known = known or {}
    cells = {c: table.of(c) for c in table.categories}
    held = {c for c, units in cells.items() if _small(units, table) or _bounds(len(units), known.get(c, Known()))}
    return _close(table, held, known)


def _close(table: Table, held: set[str], known: Mapping[str, Known]) -> dict[str, Outcome] | None:
    cells = {c: table.of(c) for c in table.categories}
    while held and not _safe({c: cells[c] for c in held}, known):
        if len(held) == len(cells):
            return None
        held |= _next(cells, held)
    return {c: Withheld() if c in held else Told(len(cells[c])) for c in table.categories}


def _next(cells: Mapping[str, Sequence[Unit]], held: set[str]) -> set[str]:
    """The smallest cells not held yet: all of one size, for a choice among equals would tell by its order."""
    least = min(len(units) for c, units in cells.items() if c not in held)
    return {c for c, units in cells.items() if c not in held and len(units) == least}


def _small(units: Sequence[Unit], table: Table) -> bool:
    return _few_rooms(units, table) or _people(units) < CELL_OBSERVERS


def _few_rooms(units: Sequence[Unit], table: Table) -> bool:
    """Whether fewer than `CELL_CLASSROOMS` classrooms stand behind some of a table's units. Where so few hold more than
    one unit at all, whether they can hold these: that each of two answers stands in three of five classrooms would tell
    that the one with several units holds both."""
    if len(rooms(units)) < CELL_CLASSROOMS:
        return True
    again = sum(times > 1 for times in Counter(u.classroom_id for u in table.units).values())
    return 0 < again < CELL_CLASSROOMS and len(units) <= few_rooms_cap(table.units)


def _people(units: Sequence[Unit]) -> int:
    return len(frozenset().union(*(u.observers for u in units)))


def _bounds(count: int, known: Known) -> bool:
    return known.unseen or (known.reach is not None and count < known.reach)


def _dominant(table: Table) -> str | None:
    """The category outside of which fewer than `CELL_CLASSROOMS` classrooms stand, if there is one."""
    for category in table.categories:
        if _few_rooms([u for u in table.units if u.category != category], table):
            return category
    return None


def _safe(held: Mapping[str, Sequence[Unit]], known: Mapping[str, Known]) -> bool:
    """Whether someone who subtracts what is told from the total, and knows `known`, is left with at least
    three possible values for each hidden cell and cannot shorten a range left open elsewhere."""
    everything = [u for units in held.values() for u in units]
    floors = {c: known.get(c, Known()).floor for c in held}
    slack = len(everything) - sum(floors.values())
    if len(held) < 2 or len(rooms(everything)) < CELL_CLASSROOMS or slack < CELL_CLASSROOMS - 1:
        return False
    return all(slack + floors[c] >= reach for c in held if (reach := known.get(c, Known()).reach) is not None)
