"""The visits of a period's rounds as a section counts them, and the fixed menu of groups. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from services.reporting.figures.facts import CORE_ELEMENTS, RoundFacts
from services.reporting.figures.tables import WITH, WITHOUT, Table, Unit, tables

LEAST_SCHOOLS = 3
"""A group is told only over this many schools: over fewer it would be a breakdown of one that reads its own total."""


@dataclass(frozen=True, slots=True)
class Group:
    """`None` means all of them. The menu is fixed: everything, each subject, each grade band, each pair that was
    visited; and no other choice."""

    grade_band: str | None = None
    subject: str | None = None

    def holds(self, visit: Visit) -> bool:
        return self.grade_band in (None, visit.grade_band) and self.subject in (None, visit.subject)

    @property
    def place(self) -> str:
        return f"{self.grade_band or '*'}|{self.subject or '*'}"


@dataclass(frozen=True, slots=True)
class Visit:
    """One classroom slot. `elements`: core elements of its statements."""

    round_id: UUID
    school_id: UUID
    grade_band: str
    subject: str
    unit: Unit
    elements: frozenset[str]


def visits_of(facts: RoundFacts, kinds: Mapping[UUID, tuple[str, str]]) -> list[Visit]:
    """`kinds`: slot -> (grade band, subject), as `named_alike` gives them."""
    by_core = [t for t in tables(facts) if t.definition == "core_element.visits"]
    seen: defaultdict[UUID, set[str]] = defaultdict(set)
    for table in by_core:
        for unit in table.of(WITH):
            seen[unit.slot_id].add(table.subject or "")
    return [
        Visit(facts.round_id, facts.school_id, *kinds[u.slot_id], u, frozenset(seen[u.slot_id]))
        for u in by_core[0].units
    ]


def named_alike(kinds: Iterable[tuple[UUID, str, str]]) -> dict[UUID, tuple[str, str]]:
    """One spelling for what is one subject or grade band: "mathematics" and "Mathematics" are."""
    held = list(kinds)
    names = alike(Counter((grade, subject) for _, grade, subject in held))
    return {slot: (names[grade], names[subject]) for slot, grade, subject in held}


def alike(kinds: Mapping[tuple[str, str], int]) -> dict[str, str]:
    """The one spelling of each name that stands in a pair of grade band and subject, so many visits each."""
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for names, n in kinds.items():
        for name in names:
            spellings[_key(name)][" ".join(name.split())] += n
    best = {key: min(found, key=lambda name: (-found[name], name)) for key, found in spellings.items()}
    return {name: best[_key(name)] for names in kinds for name in names}


def _key(name: str) -> str:
    return " ".join(name.casefold().split())


def by_age(band: str) -> tuple[int, str]:
    """The order of grade bands: "PK" and "K-2" before "3-5", and that before "9-12"."""
    first = band.partition("-")[0]
    return int(first) if first.isdecimal() else -len(first), band


def menu(visits: Sequence[Visit]) -> list[Group]:
    pairs = sorted({(v.grade_band, v.subject) for v in visits}, key=lambda pair: (by_age(pair[0]), pair[1]))
    return [
        Group(),
        *(Group(subject=s) for s in sorted({s for _, s in pairs})),
        *(Group(grade_band=g) for g in sorted({g for g, _ in pairs}, key=by_age)),
        *(Group(g, s) for g, s in pairs),
    ]


def table_of(visits: Iterable[Visit], element: str) -> Table:
    """Whether each visit has a statement of the core element."""
    units = tuple(
        Unit(WITH if element in v.elements else WITHOUT, v.unit.slot_id, v.unit.classroom_id, v.unit.observers)
        for v in visits
    )
    return Table("core_element.visits", element, (WITH, WITHOUT), units)


def changed(before: Sequence[Visit], after: Sequence[Visit], group: Group) -> list[Visit]:
    """The visits of the group in which two states of a period differ."""
    old = {v.unit.slot_id: v for v in before if group.holds(v)}
    new = {v.unit.slot_id: v for v in after if group.holds(v)}
    differing = [s for s in old.keys() | new.keys() if not same(old.get(s), new.get(s))]
    return [new.get(s) or old[s] for s in differing]


def same(old: Visit | None, new: Visit | None) -> bool:
    """Whether nothing of a visit that a section counts was corrected between two states of it."""
    return _sign(old) == _sign(new)


def _sign(visit: Visit | None) -> object:
    return None if visit is None else (visit.elements, visit.unit.observers)


ELEMENTS = CORE_ELEMENTS
