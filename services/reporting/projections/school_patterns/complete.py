"""Reads that must miss nothing: for what is frozen, and stands for ever."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from uuid import UUID

from asyncpg import Connection

from services.reporting.projections.school_patterns.query import applied
from shared.database import Database
from shared.errors import Unavailable
from shared.refill import OwnerSilent
from shared.said import Said, say, together

STALLED_SECONDS = 45.0
_LOOK_SECONDS = (0.02, 0.5)

Head = Callable[[str], Awaitable[int]]
"""The newest place in the log of a service, from its owner. Raises OwnerSilent."""


class Tables:
    """The live tables, once they hold what an answer needs. `patience`: seconds that they may stand still meanwhile."""

    def __init__(self, db: Database, head: Head, *, patience: float = STALLED_SECONDS) -> None:
        self._db, self._head, self._patience = db, head, patience

    @asynccontextmanager
    async def complete(self, district_id: UUID, log_seq: int) -> AsyncIterator[Connection]:
        """A reader of one moment, at which the live build holds the log of rounds through `log_seq` and every setting
        that a district had made by now: the check and the reads cannot see different builds.

        Raises Unavailable when the tables do not get there, or nobody tells how long the log of settings is.
        """
        wanted = {"rounds": log_seq, "identity": await self._newest("identity")}
        seen, patience, pause = -1, 0.0, _LOOK_SECONDS[0]
        while True:
            async with self._db.reader(district_id) as conn:
                at = await applied(conn)
                if not (short := _short(at, wanted)):
                    yield conn
                    return
            now = time.monotonic()
            if sum(at.values()) > seen:
                seen, patience, pause = sum(at.values()), now + self._patience, _LOOK_SECONDS[0]
            elif now > patience:
                raise Unavailable(say("reporting.stand_at", places=short), mend=say("reporting.caught_up"))
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LOOK_SECONDS[1])

    async def _newest(self, source: str) -> int:
        until = time.monotonic() + self._patience
        while True:
            try:
                return await self._head(source)
            except OwnerSilent as error:
                if time.monotonic() > until:
                    raise Unavailable(
                        say("reporting.log_length", source=source), mend=say("reporting.when_it_answers")
                    ) from error
            await asyncio.sleep(_LOOK_SECONDS[1])


def _short(at: Mapping[str, int], wanted: Mapping[str, int]) -> Said | None:
    """What is missing, in words; None when nothing is."""
    missing = [
        say("reporting.entry_needed", at=at.get(source, 0), source=source, place=place)
        for source, place in wanted.items()
        if at.get(source, 0) < place
    ]
    return together(missing, ", ") if missing else None
