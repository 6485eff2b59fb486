"""Counts that may be told, whichever service holds them. Pure.

A count is told in fives: "10 or more" stands for 10 to 14, and fewer than 5 is hidden, zero like four. A total is told
no higher than leaves every cell all that its fives leave open, so that nothing follows from subtraction. What was told
stays as it is until five or more have come or gone since: looking again and again tells nothing of a single one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

LEAST = 5
_OPEN = LEAST - 1  # by how much more than told a count may be


class Known(NamedTuple):
    """What is told of a count ("at least", 0: hidden), and what it was when that was first told."""

    told: int
    counted: int


def fives(count: int) -> int:
    return count - count % LEAST


def tell(count: int, before: Known | None = None, most: int | None = None) -> Known:
    """What may be told of a count, after what was told of it `before`; `most`: no more than this."""
    if before is not None and abs(count - before.counted) < LEAST:
        return before
    told = fives(count if most is None else max(min(count, most), 0))
    return before if before is not None and before.told == told else Known(told, count)


def cap(cells: Sequence[int]) -> int:
    """The highest total that may be told beside these cells (each "at least", 0: hidden): whatever one of them is
    within its fives, the others can make up for it."""
    return sum(cells) + _OPEN * (len(cells) - 1)


def table(cells: Mapping[str, int], before: Mapping[str, Known]) -> dict[str, Known]:
    """The cells of a table as they may be told."""
    return {code: tell(count, before.get(code)) for code, count in cells.items()}
