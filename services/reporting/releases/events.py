"""What the stream of one round's releases remembers: `release-<round_id>`."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import TypeAdapter

from services.reporting.disclosure.auditor import Finding
from services.reporting.releases.snapshot import Snapshot
from shared.messages import Event


class SnapshotFrozen(Event):
    """The figures of `snapshot.release`, as of `log_seq` in the log of rounds. Final.

    `told`: for each group of tables (see difference.py) the places in the log whose state has been told by
    any release so far; a later release is compared with all of them. `rules`: the version of what may be told
    (`RULES`) that it was made by; 1 before that was written down.
    """

    snapshot: Snapshot
    log_seq: int
    told: dict[str, tuple[int, ...]]
    rules: int = 1


class ReleaseBlocked(Event):
    """The auditor found that this release would tell what must stay hidden; nothing of it was frozen."""

    round_id: UUID
    school_id: UUID
    release: int
    day: date
    as_of: datetime
    log_seq: int
    findings: tuple[Finding, ...]


FINDINGS: TypeAdapter[tuple[Finding, ...]] = TypeAdapter(tuple[Finding, ...])


def stream_of(round_id: UUID) -> str:
    return f"release-{round_id}"
