"""Asking for a visit day, or for the repair of a running one: the facts of now become an event and a job."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Sequence
from datetime import time
from uuid import UUID

import msgspec
from pydantic import Field, model_validator

from services.scheduling.deps import Deps
from services.scheduling.plans.visit_day import DEBRIEF_MINUTES, times
from services.scheduling.rounds.commands import PlainTime
from services.scheduling.visit_days.commands import AskForDay, DayCommand
from services.scheduling.visit_days.decide import State, day_proposal, stream
from services.scheduling.visit_days.events import (
    DayTrouble,
    LaidTeam,
    Layout,
    VisitDayAsked,
    VisitDayRepairAsked,
)
from services.scheduling.visit_days.facts import DayFacts, day_facts
from services.scheduling.visit_days.layouts import by_hand, dealt, debrief_after, standing
from services.scheduling.visit_days.table import DayTable
from services.scheduling.visit_days.tasks import DayTask, plan_task, repair_task
from shared.command_handler import CommandHandler
from shared.errors import Refused, Unfit
from shared.messages import Command, CommandContext
from shared.said import say
from shared.tables import with_tables

REPAIR_SECONDS = 8


class DayWish(Command):
    """What a leader asks for. `teams` None: as few as five people in a team allow; ignored with `keep_teams`."""

    start: PlainTime = Field(default=time(8, 30), description="the first visit begins no earlier")
    visits: int = Field(default=4, ge=1, le=12, description="visits of each team")
    keep_teams: bool = False
    teams: int | None = Field(default=None, ge=1, le=20)
    debrief_room: str | None = Field(default=None, max_length=80)
    debrief_minutes: int = Field(default=DEBRIEF_MINUTES, ge=15, le=240)
    limit_seconds: int = Field(default=20, ge=2, le=120)


class Trouble(Command):
    """What happened on the day. `teacher_absent` and `room_taken` name classrooms, `observer_missing` people. A
    teacher who is absent is so in all of their classrooms, for the rest of the day."""

    kind: DayTrouble
    classroom_ids: tuple[UUID, ...] = Field(default=(), max_length=20)
    person_ids: tuple[UUID, ...] = Field(default=(), max_length=20)
    since: PlainTime = Field(description="visits that began before stay as they were")
    until: PlainTime | None = Field(default=None, description="with room_taken: when it is free again")

    @model_validator(mode="after")
    def _whole(self) -> Trouble:
        if self.kind == "observer_missing" and not self.person_ids:
            raise Unfit(say("refusals.name_person"))
        if self.kind != "observer_missing" and not self.classroom_ids:
            raise Unfit(say("refusals.name_classroom"))
        if self.until is not None and self.until <= self.since:
            raise Unfit(say("refusals.free_before_taken"))
        return self


class DayAsking:
    def __init__(self, deps: Deps) -> None:
        self._deps = deps

    async def plan(self, round_id: UUID, wish: DayWish, context: CommandContext) -> UUID:
        """Answers the proposal's id. Raises Refused where there is nothing to plan with."""
        facts = await day_facts(self._deps, round_id, context)
        stands = _somebody(facts)
        if not facts.rooms:
            raise Refused("no_classrooms", say("dayplans.no_classrooms"), mend=say("dayplans.add_classrooms"))
        when = times(facts.bell, facts.minutes, wish.start, wish.visits)
        if not when:
            raise Refused(
                "no_times",
                say("dayplans.no_times", time=f"{wish.start:%H:%M}"),
                mend=say("dayplans.begin_earlier"),
                where="start",
            )
        teams: Sequence[LaidTeam] = stands.teams if wish.keep_teams else dealt(facts, wish.teams)
        room = (wish.debrief_room or "").strip() or (stands.debrief.room if stands.debrief else None)
        debrief = debrief_after(when, room, wish.debrief_minutes)
        first = by_hand(facts, list(teams), when, debrief)
        asked = VisitDayAsked(**_of(facts, stands, context), first=first, limit_seconds=wish.limit_seconds)
        task = plan_task(facts, when, teams, debrief, keep=wish.keep_teams, known=(first, stands))
        return await self._ask(asked, task, context)

    async def repair(self, round_id: UUID, trouble: Trouble, context: CommandContext) -> UUID:
        facts = await day_facts(self._deps, round_id, context)
        stands = _somebody(facts)
        body = trouble.model_dump()
        if trouble.kind == "teacher_absent":
            body["classroom_ids"] = _rooms_of_teachers(facts, trouble.classroom_ids)
        if trouble.kind == "observer_missing":
            body["classroom_ids"] = ()
        else:
            body["person_ids"] = ()
        asked = VisitDayRepairAsked(**_of(facts, stands, context), first=None, limit_seconds=REPAIR_SECONDS, **body)
        return await self._ask(asked, repair_task(facts, stands, asked), context)

    async def _ask(self, asked: VisitDayAsked, task: DayTask, context: CommandContext) -> UUID:
        job = await asyncio.to_thread(lambda: zlib.compress(msgspec.json.encode(task)))
        append = with_tables(self._deps.db, self._deps.store, DayTable(context.actor_id, job).apply)
        handler: CommandHandler[DayCommand, State] = CommandHandler(self._deps.store, day_proposal, append=append)
        await handler.handle(stream(asked.proposal_id), AskForDay(asked), context)
        self._deps.ring_days()
        return asked.proposal_id


def _of(facts: DayFacts, stands: Layout, context: CommandContext) -> dict[str, object]:
    return {
        "proposal_id": context.event_id(0),
        "round_id": facts.plan.round_id,
        "school_id": facts.plan.school_id,
        "round_version": facts.version,
        "standing": stands,
    }


def _somebody(facts: DayFacts) -> Layout:
    stands = standing(facts)
    if not any(t.observer_ids for t in stands.teams):
        raise Refused("no_teams", say("dayplans.no_observers"), mend=say("dayplans.add_observers"))
    return stands


def _rooms_of_teachers(facts: DayFacts, classroom_ids: Sequence[UUID]) -> tuple[UUID, ...]:
    """These classrooms, and the others where the same teachers teach."""
    absent = {r.teacher_id for r in facts.rooms if r.classroom_id in classroom_ids and r.teacher_id is not None}
    also = [r.classroom_id for r in facts.rooms if r.teacher_id in absent]
    return tuple(dict.fromkeys((*classroom_ids, *also)))
