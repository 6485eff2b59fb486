from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field

from shared.messages import Command


class SetTerm(Command):
    term_id: UUID
    name: str = Field(min_length=1, max_length=80)
    starts_on: date = Field(ge=date(1900, 1, 1), lt=date(9000, 1, 1))
    ends_on: date = Field(ge=date(1900, 1, 1), lt=date(9000, 1, 1))


class RemoveTerm(Command):
    term_id: UUID
