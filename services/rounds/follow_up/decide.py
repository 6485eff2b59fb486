"""The rules of the follow-up: a school day ahead; who may say what became of a commitment; when a check was held."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from services.rounds.debrief.state import DebriefState
from services.rounds.follow_up.commands import FollowUpCommand, RevisitCommitments, SetFollowUp
from services.rounds.follow_up.events import CommitmentsRevisited, FollowUpSet, Standing
from services.rounds.rounds.events import StageOpened
from shared.errors import Refused
from shared.messages import Event
from shared.said import say

FARTHEST = timedelta(days=400)


def decide(command: FollowUpCommand, state: DebriefState) -> Sequence[Event]:
    match command:
        case SetFollowUp():
            return _set(command, state)
        case RevisitCommitments():
            return _revisit(command, state)


def _set(command: SetFollowUp, state: DebriefState) -> Sequence[Event]:
    if not state.closed:
        raise Refused("not_closed", say("rounds.not_closed"), mend=say("rounds.close_first"))
    if command.day <= command.today:
        raise Refused("follow_up_past", say("rounds.follow_up_past"), where="day", mend=say("rounds.later_day"))
    if command.day > command.today + FARTHEST:
        raise Refused("follow_up_far", say("rounds.follow_up_far"), where="day", mend=say("rounds.earlier_day"))
    if not command.school_day:
        raise Refused("no_school", say("rounds.no_school"), where="day", mend=say("rounds.school_day"))
    held = state.follow_up
    if held.day == command.day and not held.held:
        return []
    owners = {c.owner_id for c in state.commitments} | {command.facilitator_id}
    return [
        FollowUpSet(
            **command.model_dump(include={"round_id", "school_id", "day", "timezone"}),
            sequence=held.sequence + 1,
            people=tuple(sorted(p for p in owners if p is not None)),
            standing=standing(state),
        )
    ]


def _revisit(command: RevisitCommitments, state: DebriefState) -> Sequence[Event]:
    if not state.releases:
        raise Refused("not_released", say("rounds.not_released"), mend=say("rounds.close_and_release"))
    numbers = [r.number for r in command.reports]
    if len(set(numbers)) != len(numbers) or any(not 1 <= n <= len(state.commitments) for n in numbers):
        raise Refused("no_such_commitment", say("rounds.no_such_commitment"))
    owned = {n for n, c in enumerate(state.commitments, start=1) if c.owner_id == command.by}
    if not command.leads and (command.held or not owned.issuperset(numbers)):
        raise Refused("not_your_commitment", say("rounds.not_your_commitment"))
    if not command.reports and not command.held:
        return []
    now = {r.number: r.status for r in command.reports}
    after = tuple(s.model_copy(update={"status": now.get(s.number, s.status)}) for s in standing(state))
    if command.held:
        if state.follow_up.held:
            raise Refused("check_held", say("rounds.check_held"), mend=say("rounds.further_check"))
        if missing := ", ".join(str(s.number) for s in after if s.status is None):
            raise Refused(
                "check_incomplete",
                say("rounds.check_incomplete", numbers=missing),
                mend=say("rounds.say_of_each"),
            )
    revisited = CommitmentsRevisited(
        **command.model_dump(include={"round_id", "school_id", "by", "held"}),
        day=command.today,
        sequence=state.follow_up.sequence,
        reports=command.reports,
        standing=after,
    )
    if command.held and state.stage != "follow_up":
        return [StageOpened(round_id=command.round_id, school_id=command.school_id, stage="follow_up"), revisited]
    return [revisited]


def standing(state: DebriefState) -> tuple[Standing, ...]:
    """How each commitment stands: as was last said of it."""
    said = state.follow_up.said
    return tuple(
        Standing(number=n, by_when=c.by_when, status=said[n][-1].report.status if n in said else None)
        for n, c in enumerate(state.commitments, start=1)
    )
