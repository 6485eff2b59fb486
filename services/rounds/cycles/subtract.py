"""What follows from a table of counts by subtraction, and what is hidden so that nothing does. Pure.

Where a row is the sum of others (a grade of its classes, a school of its grades) and one of those is hidden, the sum
less the others tells it. So the sum is hidden, too, and every sum above it; where a hidden sum is told once more by
other parts, all of them shown, the smallest of these is hidden. Which rows are sums is seen from the numbers as they
come in, before any is hidden: a row that equals the rows right before or after it, sums among them taken as one, or all
other rows where its name says so. A group that such a total has and no row tells is told by subtraction as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

_TOTAL = re.compile(
    r"\b(?:all|total|totals|overall|everyone|everybody|todos|todas|totales|general|conjunto)\b", re.IGNORECASE
)

MOST_WAYS = 300


class Counted(NamedTuple):
    reached: int
    total: int

    def small(self, least: int, least_group: int) -> bool:
        return self.total < least_group or self.reached < least or self.total - self.reached < least


class Sum(NamedTuple):
    """By place in the table."""

    whole: int
    parts: tuple[int, ...]


def sums(rows: Sequence[Counted | None]) -> list[Sum]:
    """The rows that are the sum of two or more before or after them. None: a row that was hidden before."""
    places = range(len(rows))
    return sorted(_runs(rows, places) | _runs(rows, reversed(places)))


def _runs(rows: Sequence[Counted | None], places: Iterable[int]) -> set[Sum]:
    """Every way to read the rows is followed, as a sum may be one by chance: each holds what is not yet part of one."""
    found: set[Sum] = set()
    ways: dict[tuple[int, ...], None] = {(): None}
    for place in places:
        whole = rows[place]
        if whole is None:
            ways = {(): None}
            continue
        more = dict.fromkeys((*held, place) for held in ways)
        for held in ways:
            reached = total = 0
            for back, part in enumerate(reversed(held), start=1):
                counted = rows[part] or Counted(0, 0)
                reached, total = reached + counted.reached, total + counted.total
                if back > 1 and (reached, total) == whole:
                    found.add(Sum(place, held[-back:]))
                    more[(*held[:-back], place)] = None
        ways = dict.fromkeys(list(more)[-MOST_WAYS:])
    return found


def beside(
    names: Sequence[str], rows: Sequence[Counted | None], kept: Sequence[bool | None], least: int, least_group: int
) -> dict[int, bool]:
    """The places that are hidden beside those that are hidden by themselves, and whether their total is, too. `kept`:
    of each row None where it is shown, else whether its total is hidden."""
    found = sums(rows)
    whole = set(_with_an_untold_group(names, rows, found, least, least_group))
    named = [n for n, name in enumerate(names) if _TOTAL.search(name) and rows[n] is not None]
    others = tuple(n for n in range(len(rows)) if n not in named)
    found += [Sum(n, others) for n in named if len(others) > 1 and _sum(rows, others) == rows[n]]
    totals = _closed(rows, found, {n for n, hidden in enumerate(kept) if hidden} | whole)
    counts = _closed(rows, found, {n for n, hidden in enumerate(kept) if hidden is not None} | totals)
    return {n: n in totals for n in sorted(counts) if kept[n] is None or (n in totals and not kept[n])}


def _closed(rows: Sequence[Counted | None], found: Sequence[Sum], hidden: set[int]) -> set[int]:
    """`hidden` and what has to be with it, so that each sum with a hidden part is hidden, and no hidden sum is told."""
    while True:
        up = {s.whole for s in found if s.whole not in hidden and any(p in hidden for p in s.parts)}
        told = next((s for s in found if s.whole in hidden and not any(p in hidden for p in s.parts)), None)
        if not up and told is None:
            return hidden
        hidden = hidden | up
        if not up and told is not None:
            hidden = hidden | {min(told.parts, key=lambda n: (rows[n] or Counted(0, 0)).total)}


def _with_an_untold_group(
    names: Sequence[str], rows: Sequence[Counted | None], found: Sequence[Sum], least: int, least_group: int
) -> Iterator[int]:
    inside = {p for s in found for p in s.parts}
    for whole, name in enumerate(names):
        said = rows[whole]
        if said is None or not _TOTAL.search(name):
            continue
        others = tuple(n for n in range(len(rows)) if n != whole and n not in inside and not _TOTAL.search(names[n]))
        told = _sum(rows, others) if len(others) > 1 else None
        if told is None or said.total <= told.total:
            continue
        left = Counted(said.reached - told.reached, said.total - told.total)
        if 0 <= left.reached <= left.total and left.small(least, least_group):
            yield whole


def _sum(rows: Sequence[Counted | None], places: Sequence[int]) -> Counted | None:
    held = [rows[n] for n in places]
    if any(r is None for r in held):
        return None
    return Counted(sum(r.reached for r in held if r), sum(r.total for r in held if r))
