"""From reporting's own events to its contract. Pure."""

from __future__ import annotations

from services.reporting.contract import FiguresReleased
from services.reporting.releases.events import SnapshotFrozen
from shared.messages import StoredEvent
from shared.published_log import Publish


def figures_released(stored: StoredEvent) -> FiguresReleased:
    snapshot = SnapshotFrozen.model_validate_json(stored.data).snapshot
    return FiguresReleased(
        round_id=snapshot.round_id,
        school_id=snapshot.school_id,
        release=snapshot.release,
        snapshot_id=snapshot.snapshot_id,
    )


PUBLISH: Publish = {SnapshotFrozen.event_type(): figures_released}
