"""What an import did or would do, as the administrator reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from services.scheduling.imports.events import Counts, Kind
from services.scheduling.imports.outcome import DirectoryPlan, Outcome, Plan
from shared.said import Said
from shared.tabular.problems import Problem, Problems

Status = Literal["dry_run", "applied", "held", "rejected"]
MAX_DIFFS = 500
_PERSONAL = frozenset({"name", "email"})


class FieldDiff(BaseModel):
    field: str
    before: str | None = None
    after: str | None = None


class Diff(BaseModel):
    """One school or person that is added, changed field by field, or deactivated."""

    object: Literal["school", "person"]
    change: Literal["added", "changed", "deactivated"]
    id: UUID
    label: str
    fields: list[FieldDiff] = []


class Term(BaseModel):
    title: str
    starts_on: date
    ends_on: date


class FileSummary(BaseModel):
    name: str
    mode: str
    rows: int
    used: bool = Field(description="False: never opened, because nothing in it is needed")


class ImportSummary(BaseModel):
    import_id: UUID | None = Field(description="None for a dry run, which leaves nothing behind")
    kind: Kind
    status: Status
    file_name: str
    sha256: str
    created_at: datetime
    decided_at: datetime | None = None
    applicable: bool = Field(description="False: the file has errors and cannot be imported")
    held_because: str | None = None
    held_say: Said | None = Field(default=None, description="`held_because` in both languages")
    added: int = 0
    changed: int = 0
    deactivated: int = 0
    unchanged: int = 0
    schools: Counts = Counts()
    people: Counts = Counts()
    problems_total: int = 0


class ImportReport(ImportSummary):
    diffs: list[Diff] = Field(default=[], description=f"the first {MAX_DIFFS}")
    diffs_total: int = 0
    problems: list[Problem] = Field(default=[], description="errors first; the first of each kind")
    problem_counts: dict[str, int] = Field(default={}, description="how many of each `file:code` there are")
    files: list[FileSummary] = []
    terms: list[Term] = []
    districts: dict[str, int] = Field(default={}, description="school files: districts in it, with their schools")


def report(
    *,
    import_id: UUID | None,
    kind: Kind,
    status: Status,
    file_name: str,
    sha256: str,
    created_at: datetime,
    plan: Plan,
    done: Outcome | None,
    problems: Problems,
) -> ImportReport:
    """`done` is None when the file has errors."""
    schools = done.school_counts if done else Counts()
    people = done.people_counts if done else Counts()
    told = ImportReport(
        import_id=import_id,
        kind=kind,
        status=status,
        file_name=file_name,
        sha256=sha256,
        created_at=created_at,
        applicable=not problems.refuses,
        held_because=done.held_because.en if done and done.held_because else None,
        held_say=done.held_because if done else None,
        added=schools.added + people.added,
        changed=schools.changed + people.changed,
        deactivated=schools.deactivated + people.deactivated,
        unchanged=schools.unchanged + people.unchanged,
        schools=schools,
        people=people,
        diffs=diffs(done) if done else [],
        diffs_total=len(done.schools) + len(done.people) if done else 0,
        problems=list(problems.listed()),
        problems_total=problems.total,
        problem_counts=dict(problems.counts),
    )
    if isinstance(plan, DirectoryPlan):
        told.districts = dict(plan.directory.districts)
    else:
        told.files = [FileSummary(name=f.name, mode=f.mode, rows=f.rows, used=f.used) for f in plan.files]
        told.terms = [Term(title=s.title, starts_on=s.starts_on, ends_on=s.ends_on) for s in plan.sessions]
    return told


def diffs(done: Outcome) -> list[Diff]:
    """Deactivations first: they are what an administrator must see."""
    found = [
        Diff(
            object="school",
            change=s.change,
            id=s.school.school_id,
            label=s.school.name,
            fields=[FieldDiff(field=f.field, before=f.before, after=f.after) for f in s.fields],
        )
        for s in done.schools
    ]
    shown = sorted(done.people, key=lambda p: p.change != "deactivated")[:MAX_DIFFS]
    found += [
        Diff(
            object="person",
            change=p.change,
            id=p.person.person_id,
            label=p.person.name,
            fields=[FieldDiff(field=f.field, before=f.before, after=f.after) for f in p.fields],
        )
        for p in shown
    ]
    return sorted(found, key=lambda d: d.change != "deactivated")[:MAX_DIFFS]


def without_people(told: ImportReport) -> ImportReport:
    """The report as history keeps it: nobody's name or address, so that erasing a person is enough."""
    kept = [
        d.model_copy(
            update={
                "label": "",
                "fields": [FieldDiff(field=f.field) if f.field in _PERSONAL else f for f in d.fields],
            }
        )
        if d.object == "person"
        else d
        for d in told.diffs
    ]
    return told.model_copy(update={"diffs": kept})


def with_people(told: ImportReport, names: Mapping[UUID, str]) -> ImportReport:
    """The kept report with the names of those who are known still."""
    shown = [
        d.model_copy(update={"label": names.get(d.id, "(no longer known)")}) if d.object == "person" else d
        for d in told.diffs
    ]
    return told.model_copy(update={"diffs": shown})


def person_ids(told: ImportReport) -> Sequence[UUID]:
    return [d.id for d in told.diffs if d.object == "person"]
