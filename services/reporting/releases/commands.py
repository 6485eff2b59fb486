"""What may be asked of a round's releases."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from services.reporting.disclosure.auditor import Finding
from services.reporting.releases.snapshot import Snapshot
from shared.messages import Command


class FreezeFigures(Command):
    """Freeze `snapshot`, which was composed after `after` (the newest snapshot then, None for the first)."""

    snapshot: Snapshot
    log_seq: int
    told: dict[str, tuple[int, ...]]
    after: UUID | None = None


class BlockRelease(Command):
    """Keep `release` back, for what the auditor found."""

    round_id: UUID
    school_id: UUID
    release: int
    day: date
    as_of: datetime
    log_seq: int
    findings: tuple[Finding, ...]
