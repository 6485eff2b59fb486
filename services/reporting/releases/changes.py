"""What changed between two released states, from what both tell and nothing else. Pure.

The interval of a difference is recovered from the two intervals ("MOVER", the method of variance estimates
recovery: Zou & Donner, "Construction of confidence limits about effect measures: a general approach", Statistics
in Medicine 27 (2008) 1693-1702; for two independent shares it is Newcombe's method 10, Statistics in Medicine 17
(1998) 873-890). The limits that go in are those that were released, rounded outwards, so that the interval is
never too narrow and tells nothing that was not told. Rounds are taken as independent; the same rooms visited
again resemble themselves, which makes the true interval narrower, not wider.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator
from typing import Literal

from pydantic import BaseModel, ConfigDict

from services.reporting.figures.tables import Definition
from services.reporting.releases.snapshot import Cell, ReleasedTable, Snapshot

METHOD = "mover"
_FOCUS: Definition = "focus_question.visits"

Verdict = Literal["more", "less", "no_clear_change"]


class Change(BaseModel):
    """One share in two states. `difference`, `low` and `high` are in shares (-1 to 1), after less before.
    `cannot_say`: it is coded, hidden or absent in one of the two; `asked_later`: a focus question that the earlier
    round did not have; then nothing else is given."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    definition: Definition
    subject: str | None
    category: str
    state: Literal["told", "cannot_say", "asked_later"]
    before: float | None = None
    after: float | None = None
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    verdict: Verdict | None = None


def difference(before: Cell, after: Cell) -> tuple[float, float, float]:
    """(after - before, low, high). Both cells are told."""
    p1, l1, u1 = _told(before)
    p2, l2, u2 = _told(after)
    d = p2 - p1
    return d, d - math.hypot(p2 - l2, u1 - p1), d + math.hypot(u2 - p2, p1 - l1)


def changes(before: Snapshot, after: Snapshot) -> tuple[Change, ...]:
    """Every share that `after` names, against the same share of `before`. Look-fors of different instruments
    are different look-fors; focus questions are those of their own round."""
    same = before.instrument == after.instrument
    old = {key: cell for key, cell in _cells(before.tables)}
    # Of each question of a round that may be spoken of there is a table, hidden or not.
    asked = {t.subject for t in before.tables if t.definition == _FOCUS} if before.base else None
    return tuple(
        _change(key, old.get(key), cell, asked)
        for key, cell in _cells(after.tables)
        if same or not key[0].startswith("look_for")
    )


_Key = tuple[Definition, str | None, str]


def _cells(tables: Iterable[ReleasedTable]) -> Iterator[tuple[_Key, Cell]]:
    for table in tables:
        for cell in table.cells:
            yield (table.definition, table.subject, cell.category), cell


def _change(key: _Key, before: Cell | None, after: Cell, asked: Collection[str | None] | None) -> Change:
    """`asked`: the earlier round's focus questions, where they are known."""
    definition, subject, category = key
    if definition == _FOCUS and asked is not None and subject not in asked:
        return Change(definition=definition, subject=subject, category=category, state="asked_later")
    if before is None or before.state != "told" or after.state != "told":
        return Change(definition=definition, subject=subject, category=category, state="cannot_say")
    d, low, high = difference(before, after)
    return Change(
        definition=definition,
        subject=subject,
        category=category,
        state="told",
        before=before.share,
        after=after.share,
        difference=round(d, 4),
        low=round(max(low, -1.0), 4),
        high=round(min(high, 1.0), 4),
        verdict="more" if low > 0 else "less" if high < 0 else "no_clear_change",
    )


def _told(cell: Cell) -> tuple[float, float, float]:
    if cell.share is None or cell.low is None or cell.high is None:
        raise ValueError("only told cells have a difference")
    return cell.share, cell.low, cell.high
