"""Somebody who has figures by grade and subject beside the releases of rounds, before and after corrections, and solves
for the counts of each part of each round. Nothing of the product is used here: what leaves is read as JSON.

Known to the attacker: which visits were of which grade and subject, and which were corrected between two releases: all
others are as they were.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ortools.sat.python import cp_model

from tests.support.found_worlds import ends

Ends = tuple[int, int]
Body = Mapping[str, Any]
Kind = tuple[str | None, str | None]
"""grade band, subject; None: all of them"""
ELEMENTS = ("teacher", "student", "content", "task")


@dataclass(frozen=True)
class Slot:
    """A visit. `since`: release of its round -> the release since which it is as it is there."""

    round: str
    name: str
    grade: str
    subject: str
    since: tuple[tuple[int, int], ...]

    def of(self, group: Body) -> bool:
        return group["grade_band"] in (None, self.grade) and group["subject"] in (None, self.subject)


@dataclass(frozen=True)
class Part:
    """Some visits of a round, as they were at one of its releases."""

    name: str
    slots: frozenset[Slot]
    release: int


def groups_of_rows(rows: Iterable[Body]) -> list[Body]:
    """The groups of a section's CSV or workbook: whatever a row holds, its numbers, and those in its words."""
    return [
        {"grade_band": _all(row["grade_band"]), "subject": _all(row["subject"]), "cells": [_cell(row)]}
        for row in rows
        if row["category"] in ELEMENTS
    ]


def groups_of_lines(lines: Iterable[Sequence[str]], names: Mapping[str, Kind]) -> list[Body]:
    """Those of its paper, or of a workbook's words. `names`: the heading of a group -> grade band and subject."""
    found: list[Body] = []
    group: Kind | None = None
    for line in lines:
        cells = list(line)
        if cells and cells[0] in names:
            group = names[cells.pop(0)]
        if group is None or len(cells) < 2 or cells[0].lower() not in ELEMENTS:
            continue
        words = next((w for w in cells[1:] if re.match(r"(at (most|least) )?\d+ of \d+", w)), "")
        told = _cell({"category": cells[0].lower(), "words": words})
        found.append({"grade_band": group[0], "subject": group[1], "cells": [told]})
    return found


def _all(name: str) -> str | None:
    return None if name == "all" else name


def _cell(row: Body) -> Body:
    words = str(row.get("words") or "")
    exact, most, least = (re.match(rf"{what}(\d+) of", words) for what in ("", "at most ", "at least "))
    count = row.get("count")
    return {
        "category": row["category"],
        "count": int(count) if count not in (None, "") else int(exact[1]) if exact else None,
        "at_most": int(most[1]) if most else None,
        "at_least": int(least[1]) if least else None,
    }


class SectionAttack:
    """Of one core element. Visits that nothing told tells apart are one count."""

    def __init__(self, element: str, slots: Iterable[Slot]) -> None:
        self.element, self.model = element, cp_model.CpModel()
        self._slots = list(slots)
        self._counts: dict[object, cp_model.IntVar] = {}

    def _count(self, slot: Slot, release: int) -> cp_model.IntVar:
        key = (slot.round, slot.grade, slot.subject, slot.since, dict(slot.since)[release])
        if key not in self._counts:
            alike = sum((s.round, s.grade, s.subject, s.since) == key[:4] for s in self._slots)
            self._counts[key] = self.model.new_int_var(0, alike, str(key))
        return self._counts[key]

    def form(self, slots: Iterable[Slot], releases: Mapping[str, int]) -> Any:
        """Of slots that are whole counts."""
        return sum({count.index: count for count in (self._count(s, releases[s.round]) for s in slots)}.values())

    def read_round(self, body: Body, round_: str, release: int) -> None:
        held = [s for s in self._slots if s.round == round_ and release in dict(s.since)]
        for table in body["tables"]:
            if (table["definition"], table["subject"]) == ("core_element.visits", self.element) and table["cells"]:
                self._learn(table["cells"][0], self.form(held, {round_: release}))
            for cell in table["cells"]:
                said = table["definition"] == "core_element.statements" and cell["category"] == self.element
                if said and cell["count"] is not None:
                    self.model.add(self.form(held, {round_: release}) <= cell["count"])

    def read_section(self, groups: Iterable[Body], releases: Mapping[str, int]) -> None:
        """`releases`: of each round, the one that the section tells."""
        for group in groups:
            held = [
                s for s in self._slots if s.round in releases and releases[s.round] in dict(s.since) and s.of(group)
            ]
            for cell in group["cells"]:
                if cell["category"] == self.element:
                    self._learn(cell, self.form(held, releases))

    def _learn(self, cell: Body, form: Any) -> None:
        if cell.get("count") is not None:
            self.model.add(form == cell["count"])
        if cell.get("at_most") is not None:
            self.model.add(form <= cell["at_most"])
        if cell.get("at_least") is not None:
            self.model.add(form >= cell["at_least"])

    def range(self, part: Part) -> Ends:
        """Raises AssertionError where no world fits what was told."""
        form = self.form(part.slots, {s.round: part.release for s in part.slots})
        return ends(self.model, form)


def parts_of(slots: Sequence[Slot], releases: Iterable[int]) -> Iterator[Part]:
    """Of one round at each release: by grade, by subject, by both; of these what was corrected, and what was not."""
    for release in releases:
        held = [s for s in slots if release in dict(s.since)]
        groups = {(g, j) for s in held for g in (None, s.grade) for j in (None, s.subject)}
        for grade, subject in sorted(groups, key=str):
            within = [s for s in held if s.of({"grade_band": grade, "subject": subject})]
            stays = [s for s in within if len(s.since) > 1 and len({since for _, since in s.since}) == 1]
            others = [s for s in within if s not in stays]
            for what, some in (("", within), ("corrected", others), ("as it was", stays)):
                if some:
                    yield Part(f"{grade} {subject} {what} at {release}", frozenset(some), release)


def found_out(parts: Iterable[Part], told: SectionAttack, *alone: SectionAttack) -> list[str]:
    """The parts that all that was `told` narrows more than may be, where nothing `alone` does: of fewer than three
    visits nothing may be learnt, of more three values must stay."""
    found = []
    for part in parts:
        low, high = told.range(part)
        if (low, high) == (0, len(part.slots)) or (len(part.slots) > 2 and high - low >= 2):
            continue
        ends = [attack.range(part) for attack in alone]
        if len(part.slots) > 2:
            narrow = high - low < min(2, *(most - least for least, most in ends))
        else:
            narrow = (low, high) != (max(least for least, _ in ends), min(most for _, most in ends))
        if narrow:
            found.append(f"{told.element} {part.name}: {low} to {high}, alone {ends}")
    return found
