"""Mail to those whose visits change while the day runs: their visits as they are now, and nobody's name."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from services.scheduling.appointments.words import BETWEEN, LANGUAGES, say, short_day, summary
from services.scheduling.deps import Deps
from services.scheduling.rounds.events import RoundPlanned
from shared.mail.outbox import Mail


def mails(
    plan: RoundPlanned, version: int, school: str, people: Collection[UUID], district_id: UUID, deps: Deps
) -> Iterator[Mail]:
    """One mail to each of `people` who is in the round; whoever fell out is told by the notifier."""
    for person in people:
        team = next((t for t in plan.teams if person in t.observer_ids), None)
        if team is None and person != plan.facilitator_id:
            continue
        of = None if team is None else team.team_id
        yield Mail(
            mail_id=uuid5(plan.round_id, f"repair {person} {version}"),
            district_id=district_id,
            person_id=person,
            kind="repair",
            about=plan.round_id,
            subject=BETWEEN.join(_subject(plan, school, language) for language in LANGUAGES),
            body="\n\n".join("\n".join(_lines(plan, of, school, language, deps)) for language in LANGUAGES) + "\n",
        )


def _subject(plan: RoundPlanned, school: str, language: str) -> str:
    return say("subject_repair", language, what=summary("round", school, language), day=short_day(plan.day, language))


def _lines(plan: RoundPlanned, team_id: UUID | None, school: str, language: str, deps: Deps) -> Iterator[str]:
    zone = ZoneInfo(plan.timezone)
    called = {t.team_id: t.name for t in plan.teams}
    yield say("body_repair", language)
    yield ""
    yield summary("round", school, language)
    for slot in sorted(plan.slots, key=lambda s: (s.starts_at, called.get(s.team_id, ""))):
        when = {"from": f"{slot.starts_at.astimezone(zone):%H:%M}", "room": slot.room}
        if team_id is None:
            yield say("visit_of", language, team=called.get(slot.team_id, ""), **when)
        elif slot.team_id == team_id:
            yield say("visit", language, **when)
    if plan.debrief:
        begins = plan.debrief.starts_at.astimezone(zone)
        yield say("debrief", language, time=f"{begins:%H:%M}", room=plan.debrief.room)
    yield ""
    yield say("more", language, url=f"{deps.public_url}/desk")
