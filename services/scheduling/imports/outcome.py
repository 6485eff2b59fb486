"""What an import comes to, whichever kind it is: changes, counts, events. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from services.scheduling.imports.events import (
    Counts,
    Kind,
    PersonDelisted,
    PersonDetailsChanged,
    PersonListed,
    RosterImported,
    SchoolDelisted,
    SchoolListed,
    SchoolsImported,
)
from services.scheduling.roster.diff import KnownDistrict, PersonChange
from services.scheduling.roster.diff import diff as diff_roster
from services.scheduling.roster.model import ParsedRoster
from services.scheduling.roster.orgs import KnownOrg
from services.scheduling.schools.diff import diff as diff_schools
from services.scheduling.schools.model import SchoolChange
from services.scheduling.schools.parse import Directory
from shared.messages import Event
from shared.said import Said


@dataclass(frozen=True, slots=True)
class DirectoryPlan:
    """A parsed directory file, and whether it lists all schools there are."""

    directory: Directory
    full: bool


Plan = ParsedRoster | DirectoryPlan


@dataclass(frozen=True, slots=True)
class Outcome:
    kind: Kind
    schools: Sequence[SchoolChange]
    schools_unchanged: int
    people: Sequence[PersonChange] = ()
    people_unchanged: int = 0
    org_upserts: Mapping[str, KnownOrg] = field(default_factory=dict)
    orgs_removed: Sequence[str] = ()
    held_because: Said | None = None
    version: str = ""

    @property
    def empty(self) -> bool:
        return not (self.schools or self.people or self.org_upserts or self.orgs_removed)

    @property
    def school_counts(self) -> Counts:
        return _counts(self.schools, self.schools_unchanged)

    @property
    def people_counts(self) -> Counts:
        return _counts(self.people, self.people_unchanged)


def _counts(changes: Sequence[SchoolChange] | Sequence[PersonChange], unchanged: int) -> Counts:
    kinds = [c.change for c in changes]
    return Counts(
        added=kinds.count("added"),
        changed=kinds.count("changed"),
        deactivated=kinds.count("deactivated"),
        unchanged=unchanged,
    )


def outcome(plan: Plan, known: KnownDistrict, district_id: UUID) -> Outcome:
    if isinstance(plan, DirectoryPlan):
        schools = diff_schools(plan.directory, known.schools, district_id, full=plan.full)
        return Outcome("schools", schools.changes, schools.unchanged, held_because=schools.held_because)
    roster = diff_roster(plan, known, district_id)
    return Outcome(
        "roster",
        roster.schools,
        roster.orgs.unchanged,
        roster.people,
        roster.people_unchanged,
        roster.orgs.upserts,
        roster.orgs.removed,
        roster.held_because,
        plan.version or "",
    )


def events_of(done: Outcome, import_id: UUID, sha256: str) -> Iterator[Event]:
    """The import itself first, then every change."""
    if done.kind == "roster":
        yield RosterImported(
            import_id=import_id,
            sha256=sha256,
            version=done.version,
            schools=done.school_counts,
            people=done.people_counts,
        )
    else:
        yield SchoolsImported(import_id=import_id, sha256=sha256, schools=done.school_counts)
    for s in done.schools:
        if s.change == "deactivated":
            yield SchoolDelisted(school_id=s.school.school_id)
        elif s.change == "added" or s.fields:
            yield SchoolListed(
                school_id=s.school.school_id,
                name=s.school.name,
                nces_id=s.school.nces_id,
                grade_low=s.school.grade_low,
                grade_high=s.school.grade_high,
                latitude=s.school.latitude,
                longitude=s.school.longitude,
            )
    for p in done.people:
        yield from _person_events(p)


def _person_events(change: PersonChange) -> Iterator[Event]:
    person = change.person
    if change.change == "deactivated":
        yield PersonDelisted(person_id=person.person_id)
        return
    if change.listed:
        yield PersonListed(person_id=person.person_id, roles=person.roles, school_ids=person.school_ids)
    differing = {f.field for f in change.fields}
    details: tuple[str, ...] = tuple(f for f in ("name", "email") if f in differing)
    if details:
        yield PersonDetailsChanged.model_validate({"person_id": person.person_id, "fields": details})
