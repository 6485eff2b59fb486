"""Organisations of the roster and the schools that they are. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from services.scheduling.roster.model import Org, ParsedRoster
from services.scheduling.schools.model import School, SchoolChange, change_of, school_id

_DEEPEST = 20
"""How many parents are climbed: more is a circle."""


@dataclass(frozen=True, slots=True)
class KnownOrg:
    kind: str
    parent: str | None
    school_id: UUID | None


@dataclass(frozen=True, slots=True)
class OrgsDiff:
    """`upserts`/`removed`: rows of the table of organisations. `missing` of `known` roster schools are in
    no row of a full orgs.csv."""

    after: Mapping[str, KnownOrg]
    upserts: Mapping[str, KnownOrg]
    removed: tuple[str, ...]
    changes: tuple[SchoolChange, ...]
    unchanged: int
    missing: int
    known: int

    def school_of(self, org: str | None) -> UUID | None:
        """The school that the organisation is, or is a department of; None above schools."""
        for _ in range(_DEEPEST):
            held = self.after.get(org) if org is not None else None
            if held is None:
                return None
            if held.school_id is not None:
                return held.school_id
            org = held.parent
        return None


def diff_orgs(
    parsed: ParsedRoster, known: Mapping[str, KnownOrg], schools: Mapping[UUID, School], district_id: UUID
) -> OrgsDiff:
    after: dict[str, KnownOrg] = dict(known)
    changes: dict[UUID, SchoolChange] = {}
    by_nces = {s.nces_id: s.school_id for s in schools.values() if s.nces_id}
    removed = {o.sourced_id for o in parsed.orgs.values() if o.deleted and o.sourced_id in known}
    absent = {s for s in known if parsed.modes.get("orgs") == "bulk" and s not in parsed.orgs}
    for sourced_id in removed | absent:
        del after[sourced_id]
    unchanged = 0
    for org in parsed.orgs.values():
        if org.deleted:
            continue
        held = known.get(org.sourced_id)
        one = _school(org, held, by_nces, district_id) if org.kind == "school" else None
        after[org.sourced_id] = KnownOrg(org.kind, org.parent, one)
        if one is None:
            continue
        before = schools.get(one)
        change = change_of(before, _listed(org, one, before))
        if change is not None:
            changes[one] = change
        else:
            unchanged += 1
    still = {o.school_id for o in after.values()}
    closing = {o.school_id for s in removed | absent if (o := known[s]).school_id is not None} - still
    for one in closing:
        before = schools.get(one) if one else None
        if before is not None and before.active and before.source == "roster":
            changes[before.school_id] = SchoolChange("deactivated", replace(before, active=False))
    was = {o.school_id for o in known.values() if o.school_id is not None}
    lost = {known[s].school_id for s in absent} & closing
    return OrgsDiff(
        after=after,
        upserts={s: o for s, o in after.items() if known.get(s) != o},
        removed=tuple(sorted(removed | absent)),
        changes=tuple(changes.values()),
        unchanged=unchanged,
        missing=len(lost),
        known=len(was),
    )


def _school(org: Org, held: KnownOrg | None, by_nces: Mapping[str, UUID], district_id: UUID) -> UUID:
    if org.nces_id and org.nces_id in by_nces:
        return by_nces[org.nces_id]
    if held is not None and held.school_id is not None:
        return held.school_id
    return school_id(district_id, f"oneroster {org.sourced_id}", org.nces_id)


def _listed(org: Org, one: UUID, before: School | None) -> School:
    if before is None:
        return School(one, org.name, org.nces_id, source="roster")
    name = org.name if before.source == "roster" else before.name
    return replace(before, name=name, nces_id=before.nces_id or org.nces_id, active=True)
