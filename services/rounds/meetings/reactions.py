"""What this service does when scheduling marks a day of the school calendar."""

from __future__ import annotations

from services.rounds.deps import Deps
from services.rounds.meetings.queries import mark_day
from services.scheduling.contract import SchoolDayCleared, SchoolDayMarked
from shared.messages import PublishedEvent
from shared.reactions import Reactions


def register(reactions: Reactions, deps: Deps) -> None:
    async def marked(event: SchoolDayMarked, published: PublishedEvent) -> None:
        await mark_day(deps, published.district_id, event.school_id, event.day, event.kind)

    async def cleared(event: SchoolDayCleared, published: PublishedEvent) -> None:
        await mark_day(deps, published.district_id, event.school_id, event.day, None)

    reactions.on("scheduling", SchoolDayMarked, marked)
    reactions.on("scheduling", SchoolDayCleared, cleared)
