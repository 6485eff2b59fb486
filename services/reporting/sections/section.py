"""What a frozen section holds and the API answers: the released output and nothing else."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.reporting.disclosure.rule import Hidden, Rule
from services.reporting.figures.intervals import CONFIDENCE, METHOD
from services.reporting.releases.snapshot import Cell
from services.reporting.sections.visits import LEAST_SCHOOLS


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SectionGroup(_Part):
    """A grade band and subject of the menu; null is all of them. `n`: visits, null when `hidden`. `cells`: the share of
    visits with a statement of each core element (the cell's category)."""

    grade_band: str | None
    subject: str | None
    n: int | None = None
    hidden: Hidden | None = None
    cells: tuple[Cell, ...] = ()


class SectionAgreement(_Part):
    """Krippendorff's alpha of a look-for over the rooms of all schools that two or more observers rated, to one
    decimal; 0, without limits, for none or less; null, with a reason, when too few."""

    instrument: str
    instrument_version: int
    look_for: str
    alpha: float | None = None
    low: float | None = None
    high: float | None = None
    hidden: Hidden | None = None


class Section(_Part):
    """The period's released rounds by grade band and subject, as of `as_of`, for ever. `release` counts from 1 within
    the period. `rounds`, `schools`: how many stand behind it. `rules`: the version of what may be told (`RULES`) that
    it was made by, 1 before that was written down."""

    section_id: UUID
    since: date
    until: date
    release: int
    as_of: datetime
    rule: Rule
    rules: int = 1
    least_schools: int = LEAST_SCHOOLS
    rounds: int
    schools: int
    method: str = METHOD
    confidence: float = CONFIDENCE
    groups: tuple[SectionGroup, ...]
    agreement: tuple[SectionAgreement, ...] = ()
