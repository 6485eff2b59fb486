"""Meetings of coaching cycles stand in their people's calendars as rounds do: feeds, invitations, reminders."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from services.rounds.contract import MeetingCancelled, MeetingPlanned
from services.scheduling.appointments.table import Appointment, cancel, keep
from shared.database import Database
from shared.messages import PublishedEvent
from shared.reactions import Reactions


def wire(reactions: Reactions, db: Database) -> None:
    async def planned(event: MeetingPlanned, published: PublishedEvent) -> None:
        starts = event.starts_at.astimezone(ZoneInfo(event.timezone))
        made = Appointment(
            about=event.meeting_id,
            kind=event.title,
            school_id=None,
            day=starts.date(),
            starts_at=starts,
            ends_at=event.ends_at.astimezone(ZoneInfo(event.timezone)),
            timezone=event.timezone,
            sequence=event.sequence,
            people=dict.fromkeys(event.person_ids, "participant"),
            no_school=event.no_school,
            place=(event.place, event.place_key),
        )
        async with db.writer(published.district_id) as conn:
            await keep(conn, published.district_id, made)

    async def cancelled(event: MeetingCancelled, published: PublishedEvent) -> None:
        async with db.writer(published.district_id) as conn:
            await cancel(conn, event.meeting_id, event.sequence)

    reactions.on("rounds", MeetingPlanned, planned)
    reactions.on("rounds", MeetingCancelled, cancelled)
