"""What this service does when scheduling marks a day of the school calendar: who meets on it is told."""

from __future__ import annotations

from datetime import date

from services.rounds.cycles.queries import cycle_file
from services.rounds.deps import Deps
from services.rounds.meetings.commands import LookAtSchoolDays
from services.rounds.meetings.queries import ahead_on, cycle_calendar, mark_day, meetings_stream
from services.scheduling.contract import SchoolDayCleared, SchoolDayMarked
from shared.messages import PublishedEvent
from shared.reactions import Reactions, reaction_context


def register(reactions: Reactions, deps: Deps) -> None:
    async def marked(event: SchoolDayMarked, published: PublishedEvent) -> None:
        await mark_day(deps, published.district_id, event.school_id, event.day, event.kind)
        await tell_who_meets(deps, event.day, published)

    async def cleared(event: SchoolDayCleared, published: PublishedEvent) -> None:
        await mark_day(deps, published.district_id, event.school_id, event.day, None)
        await tell_who_meets(deps, event.day, published)

    reactions.on("scheduling", SchoolDayMarked, marked)
    reactions.on("scheduling", SchoolDayCleared, cleared)


async def tell_who_meets(deps: Deps, day: date, published: PublishedEvent) -> None:
    """Tells the people of meetings on that day that there is no school by now, or that there is again."""
    for cycle_id, meetings in (await ahead_on(deps, published.district_id, day)).items():
        file = await cycle_file(deps, published.district_id, cycle_id)
        calendar = await cycle_calendar(deps, file)
        command = LookAtSchoolDays(
            cycle_id=cycle_id,
            person_ids=file.state.people,
            timezone=str(calendar.zone),
            now=deps.clock(),
            no_school=dict.fromkeys(meetings, not calendar.open(day)),
        )
        context = reaction_context(published, purpose=f"meetings of {cycle_id}")
        await deps.meetings.handle(meetings_stream(cycle_id), command, context)
