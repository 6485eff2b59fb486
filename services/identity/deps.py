"""What the parts of this service are given by its composition root."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.identity.seal import Seal
from services.identity.sessions.passwords import Passwords
from services.identity.settings import IdentitySettings
from shared.database import Database
from shared.eventstore.store import PostgresEventStore
from shared.messages import new_id, utc_now


@dataclass(frozen=True, slots=True)
class Deps:
    settings: IdentitySettings
    db: Database
    store: PostgresEventStore
    seal: Seal
    passwords: Passwords
    clock: Callable[[], datetime] = utc_now
    new_id: Callable[[], UUID] = new_id
