"""What the stream of one round's releases remembers: `release-<round_id>`."""

from __future__ import annotations

from uuid import UUID

from services.reporting.releases.snapshot import Snapshot
from shared.messages import Event


class SnapshotFrozen(Event):
    """The figures of `snapshot.release`, as of `log_seq` in the log of rounds. Final.

    `told`: for each group of tables (see difference.py) the places in the log whose state has been told by
    any release so far; a later release is compared with all of them.
    """

    snapshot: Snapshot
    log_seq: int
    told: dict[str, tuple[int, ...]]


def stream_of(round_id: UUID) -> str:
    return f"release-{round_id}"
