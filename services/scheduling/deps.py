"""What the routers of this service are given by its composition root."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from services.scheduling.appointments.places import Places
from services.scheduling.planning.supervise import Spare
from shared.database import Database
from shared.eventstore.store import PostgresEventStore
from shared.messages import new_id, utc_now
from shared.watching import Watches


@dataclass(frozen=True, slots=True)
class Deps:
    db: Database
    store: PostgresEventStore
    clock: Callable[[], datetime] = utc_now
    new_id: Callable[[], UUID] = new_id
    ring: Callable[[], None] = lambda: None
    """tells the planning jobs of this process that one was asked for"""
    ring_days: Callable[[], None] = lambda: None
    """the same for visit days"""
    watches: Watches = field(default_factory=Watches)
    spare: Spare = field(default_factory=lambda: Spare(idle_seconds=0))
    """a planning worker that is ready for the next question or repair"""
    plan_memory_mb: int = 2500
    places: Places = field(default_factory=Places)
    public_url: str = "http://127.0.0.1:8000"
