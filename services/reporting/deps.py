"""What the routers of this service are given by its composition root."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from services.reporting.handout.words import RoundsWords
from services.reporting.live.hub import Hub
from services.reporting.sections.freeze import Sectioner
from shared.database import Database
from shared.projections.runner import ProjectionRunner


@dataclass(frozen=True, slots=True)
class Deps:
    """`head(source)` asks a service for its newest log_seq (raises OwnerSilent). `now`: seconds since 1970."""

    db: Database
    hub: Hub
    head: Callable[[str], Awaitable[int]]
    live_pause_seconds: float
    live_heartbeat_seconds: float
    words: RoundsWords
    sections: Sectioner
    runners: Sequence[ProjectionRunner] = ()
    operator_districts: Sequence[UUID] = ()
    now: Callable[[], float] = time.time

    def today(self) -> date:
        return datetime.fromtimestamp(self.now(), UTC).date()
