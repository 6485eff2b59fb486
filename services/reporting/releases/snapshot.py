"""What a frozen snapshot holds, and what the API answers: the released output and nothing else."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.reporting.disclosure.rule import Hidden, Rule
from services.reporting.figures.intervals import CONFIDENCE, METHOD, Certainty
from services.reporting.figures.tables import Definition, UnitName

ParamValue = str | int | float


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Sentence(_Part):
    """`key` and `params` for translation (shares are whole percent), `text` is plain English."""

    key: str
    params: dict[str, ParamValue] = {}
    text: str


class Cell(_Part):
    """One share of one table.

    state `told`: `count`, `share` (0-1), `low` and `high` (95% interval, rounded outwards to whole
    percent), `certainty`. `coded`: `at_most` or `at_least` of the table's `n` and nothing nearer.
    `hidden`: `why` and nothing else.
    """

    category: str
    state: Literal["told", "coded", "hidden"]
    count: int | None = None
    share: float | None = None
    low: float | None = None
    high: float | None = None
    certainty: Certainty | None = None
    at_most: int | None = None
    at_least: int | None = None
    why: Hidden | None = None
    text: str


class ReleasedTable(_Part):
    """`definition` is a heading of docs/figures.md. `subject`: the core element, focus question id or
    look-for id that it is about; null for the spread of statements over core elements. `n` units of
    `unit`; null when hidden. `rest`: why the other answers are not named. `not_rated`: answers outside
    of `n`, and how they split where that may be told."""

    definition: Definition
    subject: str | None
    unit: UnitName
    n: int | None = None
    hidden: Hidden | None = None
    cells: tuple[Cell, ...] = ()
    rest: Hidden | None = None
    not_rated: int | None = None
    not_rated_cells: tuple[Cell, ...] = ()


class Base(_Part):
    visits: int
    classrooms: int
    observers: int


class Snapshot(_Part):
    """The figures of one round as released, for ever. `as_of`: when the last event that they know was
    recorded; `held`: why some figures stay as the release before told them. `rules`: the version of what may be told
    (`RULES`) that it was made by, 1 before that was written down; `older`: that today's are stricter, so that some of
    it is told no more (never frozen: `older.py`)."""

    snapshot_id: UUID
    round_id: UUID
    school_id: UUID
    day: date
    release: int
    as_of: datetime
    instrument: str
    instrument_version: int
    rule: Rule
    method: str = METHOD
    confidence: float = CONFIDENCE
    base: Base | None
    hidden: Hidden | None = None
    held: Hidden | None = None
    rules: int = 1
    older: Hidden | None = None
    sentences: tuple[Sentence, ...]
    tables: tuple[ReleasedTable, ...]
