"""Many notes at once, folded from the log: there is no table of evidence that could differ from it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from services.rounds.capture.held import CODEC
from services.rounds.capture.state import Notes
from shared.database import Database
from shared.messages import Meta, StoredEvent

_SQL = (Path(__file__).parent / "read_notes.sql").read_text()
_META = Meta()


async def read_notes(db: Database, district_id: UUID, streams: Sequence[str]) -> dict[str, Notes]:
    """The notes of each stream that has any, in the order given. A stream that only bars an old key has none."""
    async with db.reader(district_id) as conn:
        rows = await conn.fetch(_SQL, list(streams))
    found: dict[str, Notes] = {}
    for r in rows:
        stored = StoredEvent(
            r["event_id"],
            r["stream"],
            r["version"],
            r["type"],
            r["schema_version"],
            district_id,
            r["data"].encode(),
            _META,
            r["recorded_at"],
        )
        found.setdefault(stored.stream, Notes()).apply(CODEC.decode(stored))
    return {s: found[s] for s in streams if s in found and found[s].received}
