"""What can be asked of a follow-up. Days and the school's calendar are facts that come with the command."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from services.rounds.follow_up.events import Report
from shared.messages import Command


class SetFollowUp(Command):
    """`school_day`: whether the host school is open on `day`."""

    round_id: UUID
    school_id: UUID
    day: date
    timezone: str
    today: date
    school_day: bool
    facilitator_id: UUID | None


class RevisitCommitments(Command):
    """`leads`: the reporter speaks for all of them (the principal, the facilitator), and may hold the check."""

    round_id: UUID
    school_id: UUID
    by: UUID
    leads: bool
    today: date
    reports: tuple[Report, ...]
    held: bool = False


FollowUpCommand = SetFollowUp | RevisitCommitments
