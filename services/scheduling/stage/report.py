"""What a file of the stage did, or would do."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, Field

from services.scheduling.stage.bulk import Done
from shared.errors import Invalid
from shared.said import say
from shared.tabular.problems import Problem, Problems
from shared.uploads import Upload

MAX_DIFFS = 500


class DiffInSpanish(BaseModel):
    label: str
    before: str | None = None
    after: str | None = None


class StageDiff(BaseModel):
    change: Literal["added", "changed", "removed"]
    label: str
    before: str | None = None
    after: str | None = None
    es: DiffInSpanish = Field(description="the same in Spanish")


class StageReport(BaseModel):
    kind: str
    status: Literal["dry_run", "applied"]
    file_name: str
    sha256: str
    applicable: bool = Field(description="False: the file has errors and cannot be imported")
    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    diffs: list[StageDiff] = Field(default=[], description=f"the first {MAX_DIFFS}")
    diffs_total: int = 0
    problems: list[Problem] = []
    problem_counts: dict[str, int] = {}
    problems_total: int = 0


def report(kind: str, upload: Upload, done: Sequence[Done], problems: Problems, *, dry_run: bool) -> StageReport:
    """Raises Invalid, with all problems, when the file has errors and this was no dry run."""
    listed = list(problems.listed())
    if problems.refuses and not dry_run:
        first = listed[0]
        raise Invalid(
            say("refusals.not_imported", file=upload.name, why=first.say),
            mend=first.say_mend,
            where=first.file,
            problems=[p.model_dump() for p in listed],
            problems_total=problems.total,
        )
    counts = Counter(d.change for d in done)
    diffs = [d for d in done if d.change != "unchanged"]
    return StageReport(
        kind=kind,
        status="dry_run" if dry_run else "applied",
        file_name=upload.name,
        sha256=hashlib.sha256(upload.data).hexdigest(),
        applicable=not problems.refuses,
        added=counts["added"],
        changed=counts["changed"],
        removed=counts["removed"],
        unchanged=counts["unchanged"],
        diffs=[_diff(d) for d in diffs[:MAX_DIFFS]],
        diffs_total=len(diffs),
        problems=listed,
        problem_counts=dict(problems.counts),
        problems_total=problems.total,
    )


def _diff(done: Done) -> StageDiff:
    label, before, after = done.label.said, done.before and done.before.said, done.after and done.after.said
    return StageDiff.model_validate(
        {
            "change": done.change,
            "label": label.en,
            "before": before and before.en,
            "after": after and after.en,
            "es": {"label": label.es, "before": before and before.es, "after": after and after.es},
        }
    )
