"""Any instrument of a district by key and version: shipped ones from the code, its own from the table that the
publishing transaction wrote. A version never changes, so it is kept for good once it was read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from asyncpg import Connection

from services.rounds.instruments.documents import Instrument, instrument
from services.rounds.instruments.events import InstrumentDrafted, InstrumentPublished
from shared.database import Database
from shared.messages import Event

_MOST = 500


def instrument_stream(district_id: UUID, key: str) -> str:
    return f"instrument-{district_id}-{key}"


async def apply(conn: Connection, district_id: UUID, event: Event, _: int) -> None:
    match event:
        case InstrumentDrafted():
            title = json.loads(event.draft)["title"]
            await conn.execute(_DRAFTED, district_id, event.key, json.dumps(title))
        case InstrumentPublished():
            await conn.execute(_PUBLISHED, district_id, event.key, event.version, event.document)


class InstrumentBook:
    def __init__(self, db: Database) -> None:
        self._db = db
        self._held: dict[tuple[UUID, str, int], Instrument] = {}

    async def get(self, district_id: UUID, key: str, version: int) -> Instrument | None:
        found = instrument(key, version) or self._held.get((district_id, key, version))
        if found is not None:
            return found
        async with self._db.reader(district_id) as conn:
            text = await conn.fetchval("select document from instruments where key = $1 and version = $2", key, version)
        if text is None:
            return None
        if len(self._held) >= _MOST:
            self._held.clear()
        read = self._held[district_id, key, version] = Instrument.model_validate_json(text)
        return read

    async def pinned(self, district_id: UUID, pins: Sequence[tuple[str, int]]) -> list[Instrument]:
        """Those of a round's instruments that can be read, in the round's order: the newest last."""
        found = [await self.get(district_id, *pin) for pin in pins]
        return [form for form in found if form is not None]

    async def published(self, district_id: UUID) -> list[Instrument]:
        """The district's own versions, by key and version."""
        async with self._db.reader(district_id) as conn:
            rows = await conn.fetch("select document from instruments order by key, version")
        return [Instrument.model_validate_json(r["document"]) for r in rows]

    async def drafts(self, district_id: UUID) -> dict[str, dict[str, Any]]:
        """The titles of the district's drafts, by key."""
        async with self._db.reader(district_id) as conn:
            rows = await conn.fetch("select key, title from instrument_drafts order by key")
        return {r["key"]: json.loads(r["title"]) for r in rows}


_DRAFTED = """
insert into instrument_drafts (district_id, key, title) values ($1, $2, $3)
on conflict (district_id, key) do update set title = excluded.title
"""
_PUBLISHED = "insert into instruments (district_id, key, version, document) values ($1, $2, $3, $4)"
