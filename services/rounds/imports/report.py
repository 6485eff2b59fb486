"""What an import of observations tells."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from shared.tabular.problems import Problem


class ImportedRound(BaseModel):
    round_id: UUID
    occasion: str
    first_day: date
    last_day: date
    visits: int
    classrooms: int
    observers: int


class ObservationReport(BaseModel):
    """What an import would do (`dry_run`), did (`applied`), or had done before (`unchanged`)."""

    import_id: UUID
    kind: Literal["observations"] = "observations"
    status: Literal["dry_run", "applied", "unchanged"]
    created_at: datetime
    file_name: str
    instrument: str
    school_id: UUID
    visits: int
    known_before: int
    ratings: int
    statements: int
    judgmental: int
    rounds: list[ImportedRound]
    columns_used: int
    columns_dropped: list[str]
    problems: list[Problem]
    problems_total: int
