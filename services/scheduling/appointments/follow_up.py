"""The check of a round's next level of work stands in its people's calendars; who lets it pass is reminded once."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from services.rounds.contract import CommitmentsRevisited, FollowUpSet
from services.scheduling.appointments.table import Appointment, hosts, keep
from services.scheduling.appointments.words import BETWEEN, LANGUAGES, day_in_words, say, summary
from shared.database import Database
from shared.mail import outbox
from shared.mail.outbox import Mail
from shared.messages import PublishedEvent
from shared.reactions import Reactions
from shared.reminders import REMIND_AT

OVERDUE_AFTER = timedelta(days=3)


def about(round_id: UUID) -> UUID:
    """What the check is called in calendars and in the outbox: the round itself is there by its own id."""
    return uuid5(round_id, "follow-up")


def wire(reactions: Reactions, db: Database, public_url: str) -> None:
    async def follow(event: FollowUpSet, published: PublishedEvent) -> None:
        async with db.writer(published.district_id) as conn:
            principals = await hosts(conn, event.school_id)
            people = dict.fromkeys(principals, "follow_up") | dict.fromkeys(event.person_ids, "follow_up")
            made = Appointment(
                about=about(event.round_id),
                kind="follow_up",
                school_id=event.school_id,
                day=event.day,
                starts_at=None,
                ends_at=None,
                timezone=event.timezone,
                sequence=event.sequence - 1,
                people=people,
            )
            if not await keep(conn, published.district_id, made):
                return
            school = await conn.fetchval("select name from schools where school_id = $1", event.school_id)
            await outbox.put(conn, [_overdue(event, published.district_id, p, school, public_url) for p in people])

    async def revisited(event: CommitmentsRevisited, published: PublishedEvent) -> None:
        if not event.held:
            return
        async with db.writer(published.district_id) as conn:
            newest = await conn.fetchval("select sequence from appointments where about = $1", about(event.round_id))
            if newest is not None and newest < event.sequence:
                for kind in ("reminder", "overdue"):
                    await outbox.drop(conn, about(event.round_id), kind)

    reactions.on("rounds", FollowUpSet, follow)
    reactions.on("rounds", CommitmentsRevisited, revisited)


def _overdue(event: FollowUpSet, district_id: UUID, person_id: UUID, school: str | None, url: str) -> Mail:
    due = datetime.combine(event.day + OVERDUE_AFTER, REMIND_AT, ZoneInfo(event.timezone))
    words = [
        "\n".join(
            (
                say("body_overdue", language),
                "",
                summary("follow_up", school, language),
                day_in_words(event.day, language),
                "",
                say("more", language, url=f"{url}/desk/follow-up/{event.round_id}"),
            )
        )
        for language in LANGUAGES
    ]
    return Mail(
        mail_id=uuid5(about(event.round_id), f"overdue {person_id} {event.sequence}"),
        district_id=district_id,
        person_id=person_id,
        kind="overdue",
        about=about(event.round_id),
        subject=BETWEEN.join(
            say("subject_overdue", language, what=summary("follow_up", school, language)) for language in LANGUAGES
        ),
        body="\n\n".join(words) + "\n",
        due_at=due,
    )
