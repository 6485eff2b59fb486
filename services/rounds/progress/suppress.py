"""Counts that may be told. Pure.

A count below 5 is hidden, zero like four. Where what is hidden follows from the total and what is told, the smallest of
the others are hidden too, all of one size together.
"""

from __future__ import annotations

from collections.abc import Mapping

LEAST = 5


def told(cells: Mapping[str, int]) -> tuple[dict[str, int | None], int | None]:
    """The cells and their total as they may be told; None is hidden."""
    total = sum(cells.values())
    if total < LEAST:
        return dict.fromkeys(cells), None
    hidden = {c for c, n in cells.items() if n < LEAST}
    while hidden and hidden != set(cells) and (len(hidden) < 2 or sum(cells[c] for c in hidden) < LEAST):
        least = min(n for c, n in cells.items() if c not in hidden)
        hidden |= {c for c, n in cells.items() if n == least}
    if len(cells) == 1:
        hidden = set()
    return {c: None if c in hidden else n for c, n in cells.items()}, total
