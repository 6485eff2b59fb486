"""A round's live figures, read once for all pages that watch it: five hundred pages cost one reading per commit."""

from __future__ import annotations

import asyncio
import contextvars
import hashlib
from dataclasses import dataclass
from uuid import UUID

from services.reporting.live.figures import LiveFigures, live_figures
from services.reporting.live.hub import Hub
from services.reporting.projections.school_patterns.query import find_round
from services.reporting.projections.school_patterns.rounds import Round
from shared.database import Database


@dataclass(frozen=True, slots=True)
class Reading:
    """`figures`: the JSON of GET live; None where the round is not there or its synthesis is closed. `id`: theirs, of
    `seq` and of what they say: another build may say another thing of the same events."""

    found: Round | None
    figures: str | None = None
    id: str = ""

    @classmethod
    def of(cls, found: Round, figures: LiveFigures) -> Reading:
        told = figures.model_dump_json()
        return cls(found, told, f"{figures.seq}-{hashlib.sha256(told.encode()).hexdigest()[:12]}")


class Readings:
    def __init__(self, db: Database, hub: Hub) -> None:
        self._db, self._hub = db, hub
        self._held: dict[tuple[UUID, UUID], tuple[int, asyncio.Task[Reading]]] = {}

    async def now(self, district_id: UUID, round_id: UUID) -> Reading:
        """For a round that is watched: as it was at the last ring of its bells, or later."""
        key, rung = (district_id, round_id), self._hub.rung(round_id)
        held = self._held.get(key)
        if held is None or held[0] != rung:
            for gone in [k for k in self._held if not self._hub.watched(k[1])]:
                del self._held[gone]
            held = self._held[key] = (rung, asyncio.create_task(self._read(*key), context=contextvars.Context()))
        try:
            return await asyncio.shield(held[1])
        except BaseException:
            if self._held.get(key) is held and held[1].done():
                del self._held[key]
            raise

    async def _read(self, district_id: UUID, round_id: UUID) -> Reading:
        async with self._db.reader(district_id) as conn:
            found = await find_round(conn, round_id)
            if found is None or found.closed:
                return Reading(found)
            return Reading.of(found, await live_figures(conn, found))
