"""What a roster changes: schools and people added, changed field by field, deactivated. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID, uuid5

from services.scheduling.roster.model import ParsedRoster, Person
from services.scheduling.roster.orgs import KnownOrg, OrgsDiff, diff_orgs
from services.scheduling.schools.diff import HELD_SHARE
from services.scheduling.schools.model import Field, School, SchoolChange
from shared.said import Said, say

Placed = tuple[str, str | None]  # role, sourcedId of the organisation


@dataclass(frozen=True, slots=True)
class KnownPerson:
    person_id: UUID
    sourced_id: str
    given_name: str
    family_name: str
    email: str | None
    roles: tuple[str, ...]
    school_ids: tuple[UUID, ...]
    placements: Mapping[str, Placed]
    active: bool = True

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"


@dataclass(frozen=True, slots=True)
class KnownDistrict:
    people: Mapping[str, KnownPerson] = field(default_factory=dict)  # by sourcedId
    schools: Mapping[UUID, School] = field(default_factory=dict)
    orgs: Mapping[str, KnownOrg] = field(default_factory=dict)  # by sourcedId


@dataclass(frozen=True, slots=True)
class PersonChange:
    """`listed`: roles or schools differ, which others learn; else only name or address did."""

    change: Literal["added", "changed", "deactivated"]
    person: KnownPerson  # as it is afterwards
    fields: tuple[Field, ...] = ()
    listed: bool = True


@dataclass(frozen=True, slots=True)
class RosterDiff:
    orgs: OrgsDiff
    people: tuple[PersonChange, ...]
    people_unchanged: int
    held_because: Said | None

    @property
    def schools(self) -> tuple[SchoolChange, ...]:
        return self.orgs.changes

    @property
    def empty(self) -> bool:
        return not (self.people or self.orgs.changes or self.orgs.upserts or self.orgs.removed)


def person_id(district_id: UUID, sourced_id: str) -> UUID:
    """Stable for ever: the same sourcedId in the same district is the same person."""
    return uuid5(district_id, f"oneroster user {sourced_id}")


def diff(parsed: ParsedRoster, known: KnownDistrict, district_id: UUID) -> RosterDiff:
    orgs = diff_orgs(parsed, known.orgs, known.schools, district_id)
    changes: list[PersonChange] = []
    unchanged = missing = 0
    names = {s.school_id: s.name for s in known.schools.values()} | {
        c.school.school_id: c.school.name for c in orgs.changes
    }
    for sourced_id in _spoken_of(parsed, known):
        before = known.people.get(sourced_id)
        placements = _placements(parsed, sourced_id, before)
        row = parsed.people.get(sourced_id)
        absent = _absent(parsed, sourced_id)
        gone = absent or sourced_id in parsed.now_students or not placements or (row is not None and row.deleted)
        if gone:
            if before is None or not before.active:
                continue
            missing += absent or ((row is None or not row.deleted) and sourced_id not in parsed.placements)
            changes.append(PersonChange("deactivated", _inactive(before)))
            continue
        after = _after(district_id, sourced_id, row, before, placements, orgs)
        if after is None:
            continue
        change = _change(before, after, names)
        if change is not None:
            changes.append(change)
        else:
            unchanged += 1
    return RosterDiff(orgs, tuple(changes), unchanged, _held(parsed, known, orgs, missing))


def _spoken_of(parsed: ParsedRoster, known: KnownDistrict) -> list[str]:
    ids = dict.fromkeys([*parsed.people, *parsed.placements, *parsed.now_students, *known.people])
    return [s for s in ids if s not in parsed.unsure]


def _absent(parsed: ParsedRoster, sourced_id: str) -> bool:
    """A full users.csv does not hold the person."""
    return parsed.modes.get("users") == "bulk" and sourced_id not in parsed.users_seen


def _placements(parsed: ParsedRoster, sourced_id: str, before: KnownPerson | None) -> dict[str, Placed]:
    told = parsed.placements.get(sourced_id)
    held = dict(before.placements) if before else {}
    if told is None:
        all_roles = parsed.version == "1.2" and parsed.modes.get("roles") == "bulk"
        return {} if all_roles else held
    if parsed.replaces_placements:
        held = {}
    for key, placement in told.items():
        if placement is None:
            held.pop(key, None)
        else:
            held[key] = (placement.role, placement.org)
    return held


def _after(
    district_id: UUID,
    sourced_id: str,
    row: Person | None,
    before: KnownPerson | None,
    placements: dict[str, Placed],
    orgs: OrgsDiff,
) -> KnownPerson | None:
    source = row or before
    if source is None:
        return None
    schools = {orgs.school_of(org) for _, org in placements.values()} - {None}
    return KnownPerson(
        person_id=before.person_id if before else person_id(district_id, sourced_id),
        sourced_id=sourced_id,
        given_name=source.given_name,
        family_name=source.family_name,
        email=source.email,
        roles=tuple(sorted({role for role, _ in placements.values()})),
        school_ids=tuple(sorted((s for s in schools if s is not None), key=str)),
        placements=placements,
    )


def _inactive(before: KnownPerson) -> KnownPerson:
    return KnownPerson(
        before.person_id,
        before.sourced_id,
        before.given_name,
        before.family_name,
        before.email,
        before.roles,
        before.school_ids,
        before.placements,
        active=False,
    )


def _change(before: KnownPerson | None, after: KnownPerson, names: Mapping[UUID, str]) -> PersonChange | None:
    if before is None:
        return PersonChange("added", after)
    fields = [
        Field(label, old, new)
        for label, old, new in (
            ("name", before.name, after.name),
            ("email", before.email, after.email),
            ("roles", ", ".join(before.roles), ", ".join(after.roles)),
            ("schools", _named(before.school_ids, names), _named(after.school_ids, names)),
        )
        if old != new
    ]
    if not before.active:
        fields.append(Field("active", "False", "True"))
    if not fields:
        return None if dict(before.placements) == dict(after.placements) else PersonChange("changed", after, (), False)
    listed = not before.active or before.roles != after.roles or before.school_ids != after.school_ids
    return PersonChange("changed", after, tuple(fields), listed)


def _named(ids: tuple[UUID, ...], names: Mapping[UUID, str]) -> str:
    return ", ".join(sorted(names.get(i, str(i)) for i in ids))


def _held(parsed: ParsedRoster, known: KnownDistrict, orgs: OrgsDiff, missing: int) -> Said | None:
    active = sum(p.active for p in known.people.values())
    if missing > HELD_SHARE * active:
        return say("refusals.lacks_people", missing=missing, known=active)
    if orgs.missing > HELD_SHARE * max(orgs.known, 1):
        return say("refusals.lacks_roster_schools", missing=orgs.missing, known=orgs.known)
    if missing and parsed.unreadable:
        return say("refusals.lacks_unreadable", missing=missing, rows=parsed.unreadable)
    return None
