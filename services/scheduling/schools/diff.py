"""What a directory file changes in the list of schools. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from services.scheduling.schools.model import ListedSchool, School, SchoolChange, change_of, school_id
from services.scheduling.schools.parse import Directory
from shared.said import Said, say

HELD_SHARE = 0.10
"""A full file that lacks more than this share of what is known is held for approval (issue: 10 %)."""


@dataclass(frozen=True, slots=True)
class SchoolsDiff:
    changes: tuple[SchoolChange, ...]
    unchanged: int
    missing: int  # known and not in the file
    held_because: Said | None = None


def diff(directory: Directory, known: Mapping[UUID, School], district_id: UUID, *, full: bool) -> SchoolsDiff:
    """`full`: the file lists all schools, so that those it lacks have closed; otherwise they stay."""
    changes: list[SchoolChange] = []
    seen: set[UUID] = set()
    for listed in directory.schools:
        one = school_id(district_id, listed.key, listed.nces_id)
        before = known.get(one)
        seen.add(one)
        change = change_of(before, _after(one, listed, before))
        if change is not None:
            changes.append(change)
    active = [s for s in known.values() if s.active]
    missing = [s for s in active if s.school_id not in seen]
    unchanged = len(seen) - len(changes)
    held = None
    if full:
        changes += [SchoolChange("deactivated", replace(s, active=False)) for s in missing]
        if active and len(missing) > HELD_SHARE * len(active):
            held = say("refusals.lacks_schools", missing=len(missing), known=len(active))
    return SchoolsDiff(tuple(changes), unchanged, len(missing), held)


def _after(one: UUID, listed: ListedSchool, before: School | None) -> School:
    """What the file does not tell stays as it was."""
    return School(
        school_id=one,
        name=listed.name,
        nces_id=listed.nces_id or (before.nces_id if before else None),
        grade_low=listed.grade_low or (before.grade_low if before else None),
        grade_high=listed.grade_high or (before.grade_high if before else None),
        latitude=listed.latitude if listed.latitude is not None else (before.latitude if before else None),
        longitude=listed.longitude if listed.longitude is not None else (before.longitude if before else None),
    )
