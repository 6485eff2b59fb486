"""What is known of a school, and how its id is made."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal
from uuid import UUID, uuid5

Source = Literal["directory", "roster"]


@dataclass(frozen=True, slots=True)
class School:
    """`grade_low`/`grade_high`: PK, KG, 1 ... 12, or None. `source`: who named it; a roster never renames
    a school that a directory file named."""

    school_id: UUID
    name: str
    nces_id: str | None = None
    grade_low: str | None = None
    grade_high: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    source: Source = "directory"
    active: bool = True


@dataclass(frozen=True, slots=True)
class ListedSchool:
    """A school as a directory file tells it. `key` is its NCES id, else the file's own id."""

    key: str
    name: str
    nces_id: str | None = None
    grade_low: str | None = None
    grade_high: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    place: int | None = None  # line, or number of the feature


def school_id(district_id: UUID, key: str, nces_id: str | None) -> UUID:
    """Stable: the same school in a directory file and in a roster has one id when both name its NCES id."""
    return uuid5(district_id, f"school nces {nces_id}" if nces_id else f"school {key}")


@dataclass(frozen=True, slots=True)
class Field:
    """One value that differs, in words for the report."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class SchoolChange:
    change: Literal["added", "changed", "deactivated"]
    school: School  # as it is afterwards
    fields: tuple[Field, ...] = ()


_SHOWN = ("name", "nces_id", "grade_low", "grade_high", "latitude", "longitude", "active")


def change_of(before: School | None, after: School) -> SchoolChange | None:
    """None when nothing that matters differs."""
    if before is None:
        return SchoolChange("added", after)
    differing = tuple(
        Field(name, _words(getattr(before, name)), _words(getattr(after, name)))
        for name in _SHOWN
        if getattr(before, name) != getattr(after, name)
    )
    if not differing:
        return SchoolChange("changed", after) if before.source != after.source else None
    if before.active and not after.active:
        return SchoolChange("deactivated", replace(before, active=False))
    return SchoolChange("changed", after, differing)


def _words(value: object) -> str | None:
    return None if value is None else str(value)
