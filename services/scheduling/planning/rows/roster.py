"""The public nurse-rostering instances (schedulingbenchmarks.org) as they are published, and what a roster costs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

Taken = frozenset[tuple[str, int, str]]
"""(person, day, shift)."""


@dataclass(frozen=True, slots=True)
class Person:
    id: str
    most_of_shift: dict[str, int]
    most_minutes: int
    least_minutes: int
    most_on: int
    least_on: int
    least_off: int
    most_weekends: int


@dataclass(slots=True)
class Roster:
    """A published instance. Days count from 0, a Monday."""

    days: int
    shifts: dict[str, tuple[int, tuple[str, ...]]]
    people: list[Person]
    off: dict[str, list[int]]
    on_wishes: list[tuple[str, int, str, int]]
    off_wishes: list[tuple[str, int, str, int]]
    cover: list[tuple[int, str, int, int, int]]


def read(path: Path) -> Roster:
    sections: dict[str, list[list[str]]] = {}
    current: list[list[str]] = []
    for line in path.read_text("utf-8-sig").splitlines():
        line = line.strip()
        if line.startswith("SECTION_"):
            current = sections.setdefault(line.removeprefix("SECTION_"), [])
        elif line and not line.startswith("#"):
            current.append(line.split(","))

    def wishes(name: str) -> list[tuple[str, int, str, int]]:
        return [(w[0], int(w[1]), w[2], int(w[3])) for w in sections.get(name, [])]

    people = []
    for row in sections["STAFF"]:
        most = {part.split("=")[0]: int(part.split("=")[1]) for part in row[1].split("|") if "=" in part}
        people.append(Person(row[0], most, *(int(v) for v in row[2:8])))
    return Roster(
        days=int(sections["HORIZON"][0][0]),
        shifts={s[0]: (int(s[1]), tuple(n for n in s[2].split("|") if n)) for s in sections["SHIFTS"]},
        people=people,
        off={row[0]: [int(d) for d in row[1:]] for row in sections["DAYS_OFF"]},
        on_wishes=wishes("SHIFT_ON_REQUESTS"),
        off_wishes=wishes("SHIFT_OFF_REQUESTS"),
        cover=[(int(c[0]), c[1], int(c[2]), int(c[3]), int(c[4])) for c in sections["COVER"]],
    )


def cost(roster: Roster, taken: Taken) -> int:
    """Counted from the instance alone."""
    total = sum(weight for p, d, s, weight in roster.on_wishes if (p, d, s) not in taken)
    total += sum(weight for p, d, s, weight in roster.off_wishes if (p, d, s) in taken)
    for day, shift, wanted, under, over in roster.cover:
        there = sum(d == day and s == shift for _, d, s in taken)
        total += under * max(0, wanted - there) + over * max(0, there - wanted)
    return total
