"""Days are days in the district's time zone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from services.rounds.rounds.queries import district

if TYPE_CHECKING:
    from services.rounds.deps import Deps


async def today(deps: Deps, district_id: UUID) -> date:
    return deps.clock().astimezone(ZoneInfo((await district(deps.db, district_id)).timezone)).date()
