"""What is taken out of a OneRoster set: organisations, terms, and the adults who work there. Nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Mode = Literal["bulk", "delta"]
Version = Literal["1.1", "1.2"]


@dataclass(frozen=True, slots=True)
class Org:
    """`kind` is OneRoster's type in lower case: school, district, department, local, state, national."""

    sourced_id: str
    name: str
    kind: str
    nces_id: str | None = None
    parent: str | None = None
    deleted: bool = False
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """A term of the file, shown in the report; the district calendar is kept elsewhere."""

    sourced_id: str
    title: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Placement:
    """One role of a person at one organisation, in Rondo's word for the role."""

    role: str
    org: str | None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """An adult. `deleted`: the file says that the person is gone."""

    sourced_id: str
    given_name: str
    family_name: str
    email: str | None = None
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class FileRead:
    """One file of the set: `mode` as the manifest says, `rows` read, `used` False when it is never opened."""

    name: str
    mode: str
    rows: int = 0
    used: bool = False


@dataclass(frozen=True, slots=True)
class ParsedRoster:
    """`placements[user][key]`: None means that this role ended. `replaces_placements`: a user's roles in
    the file are all the roles that the user has. `unsure` holds sourcedIds of known people whose rows
    could not be read (they stay as they are); `unreadable` counts rows that may be anybody's."""

    version: Version | None = None
    files: tuple[FileRead, ...] = ()
    orgs: dict[str, Org] = field(default_factory=dict)
    sessions: tuple[Session, ...] = ()
    people: dict[str, Person] = field(default_factory=dict)
    placements: dict[str, dict[str, Placement | None]] = field(default_factory=dict)
    replaces_placements: bool = True
    users_seen: frozenset[str] = frozenset()
    now_students: frozenset[str] = frozenset()
    unsure: frozenset[str] = frozenset()
    unreadable: int = 0
    modes: dict[str, Mode] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KnownIds:
    """The sourcedIds that the district knows already: a delta file may refer to them."""

    people: frozenset[str] = frozenset()
    orgs: frozenset[str] = frozenset()
