"""The storage format of `import-<import>`: one stream holds all that one import changed.

An import is appended whole, in the transaction that changes the tables, so that it is there or it is not.
No event holds a person's name or address: those stand in the erasable table `people`.
"""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.messages import Event

Kind = Literal["roster", "schools"]


class Counts(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    added: int = 0
    changed: int = 0
    deactivated: int = 0
    unchanged: int = 0


class ImportHeld(Event):
    """The file lacks so much of what is known that somebody has to approve it."""

    import_id: UUID
    kind: Kind
    sha256: str
    schools: Counts
    people: Counts


class ImportRejected(Event):
    import_id: UUID
    kind: Kind


class RosterImported(Event):
    import_id: UUID
    sha256: str
    version: str
    schools: Counts
    people: Counts


class SchoolsImported(Event):
    import_id: UUID
    sha256: str
    schools: Counts


class SchoolListed(Event):
    """A school was added or changed; the whole of it."""

    school_id: UUID
    name: str
    nces_id: str | None = None
    grade_low: str | None = None
    grade_high: str | None = None
    latitude: float | None = None
    longitude: float | None = None


class SchoolDelisted(Event):
    school_id: UUID


class PersonListed(Event):
    """A person was added, came back, or has other roles or schools; the whole of it."""

    person_id: UUID
    roles: tuple[str, ...]
    school_ids: tuple[UUID, ...] = ()


class PersonDetailsChanged(Event):
    """The name or the address changed; the new one stands in the table alone."""

    person_id: UUID
    fields: tuple[Literal["name", "email"], ...]


class PersonDelisted(Event):
    person_id: UUID


EVENTS: tuple[type[Event], ...] = (
    ImportHeld,
    ImportRejected,
    RosterImported,
    SchoolsImported,
    SchoolListed,
    SchoolDelisted,
    PersonListed,
    PersonDetailsChanged,
    PersonDelisted,
)
