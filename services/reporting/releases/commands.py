"""What may be asked of a round's releases."""

from __future__ import annotations

from uuid import UUID

from services.reporting.releases.snapshot import Snapshot
from shared.messages import Command


class FreezeFigures(Command):
    """Freeze `snapshot`, which was composed after `after` (the newest snapshot then, None for the first)."""

    snapshot: Snapshot
    log_seq: int
    told: dict[str, tuple[int, ...]]
    after: UUID | None = None
