"""Asking for a plan: the wish, the district of today and the pins become an instance, an event and a job."""

from __future__ import annotations

import asyncio
import zlib
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec
from pydantic import Field, model_validator

from services.scheduling.deps import Deps
from services.scheduling.pins import queries as board_pins
from services.scheduling.planning.document import to_json
from services.scheduling.planning.explain.relax import apply
from services.scheduling.planning.validate import validated
from services.scheduling.plans.build import Built, build, scope_of
from services.scheduling.plans.commands import AskForPlan, Branch, ProposalCommand
from services.scheduling.plans.decide import State, proposal, proposal_stream
from services.scheduling.plans.events import DisruptionReported, Pin, PlanRequested, Relaxation, Wish
from services.scheduling.plans.outcome import given_up_by
from services.scheduling.plans.repair import build_repair, nothing_to_plan, touched
from services.scheduling.plans.table import ProposalTable
from services.scheduling.plans.today import Today, today
from shared.command_handler import CommandHandler
from shared.errors import Refused, Unfit
from shared.messages import Command, CommandContext
from shared.said import say
from shared.tables import with_tables

ENGINE = "rondo-1"
DAYS_A_WEEK = 5
_POINTS = {"exchange_points": "no_exchange", "colleagues_points": "met_again", "pace_points": "uneven_pace"}


class PlanWish(Command):
    """What a leader asks for. `school_ids` empty: every school of the district."""

    name: str = Field(min_length=1, max_length=120)
    first_day: date = Field(ge=date(2000, 1, 1), lt=date(9000, 1, 1))
    last_day: date = Field(ge=date(2000, 1, 1), lt=date(9000, 1, 1))
    school_ids: tuple[UUID, ...] = Field(default=(), max_length=5000)
    rounds_per_school: int = Field(default=1, ge=1, le=10)
    seats_min: int = Field(default=8, ge=1, le=60)
    seats_target: int = Field(default=12, ge=1, le=60)
    seats_max: int = Field(default=16, ge=1, le=60)
    gap_weeks: int = Field(default=6, ge=0, le=40, description="weeks between two rounds of one school, at least")
    facilitator_most: int = Field(default=5, ge=1, le=200, description="rounds that one facilitator leads, at most")
    observer_most: int = Field(default=4, ge=1, le=200, description="days out of one observer, at most")
    observer_most_month: int = Field(default=2, ge=1, le=31)
    rounds_per_day: int = Field(default=4, ge=1, le=500)
    exchange_points: int = Field(
        default=10, ge=0, le=100, description="points for a round to which nobody comes from another region"
    )
    colleagues_points: int = Field(
        default=1, ge=0, le=20, description="points for two people who are together on a round once more"
    )
    pace_points: int = Field(
        default=5, ge=0, le=100, description="points for a round by which a week is ahead of an even pace or behind it"
    )
    limit_seconds: Annotated[int, Field(ge=2, le=3600)] = 60
    seed: int = Field(default=1, ge=0, le=2**31)

    @model_validator(mode="after")
    def _in_order(self) -> PlanWish:
        if self.last_day < self.first_day:
            raise Unfit(say("refusals.last_comes_first"))
        if not self.seats_min <= self.seats_target <= self.seats_max:
            raise Unfit(say("refusals.numbers_must_rise"))
        return self


@dataclass(frozen=True, slots=True)
class Origin:
    """What a request comes from: the proposal that is asked again, with its pins."""

    parent_id: UUID | None = None
    family_id: UUID | None = None
    what_if: bool = False
    pins: tuple[Pin, ...] = ()
    relaxed: tuple[Relaxation, ...] = ()


class Asking:
    def __init__(self, deps: Deps) -> None:
        self._deps = deps

    async def ask(
        self,
        wish: Wish,
        context: CommandContext,
        origin: Origin,
        *,
        disruption: DisruptionReported | None = None,
        now: Today | None = None,
    ) -> UUID:
        """Answers the proposal's id. `now`: where the district was read for this request already. Raises BadInstance or
        Refused when there is nothing to plan with."""
        proposal_id = context.event_id(0)
        now = now or await today(self._deps, context)
        wish = wish if disruption else _whole(wish, now)
        _somebody(wish, now)
        scope = touched(disruption, now.stage, now.day) if disruption else scope_of(wish, now.stage, now.day)
        pins = await self._pins(origin.pins, context, repair=disruption is not None)
        request = PlanRequested(
            proposal_id=proposal_id,
            family_id=origin.family_id or proposal_id,
            wish=wish,
            pins=pins,
            relaxed=origin.relaxed,
            scope=tuple(sorted(scope, key=str)),
            calendar_version=now.calendar_version,
            schedule_version=now.schedule_version,
            engine=ENGINE,
            parent_id=origin.parent_id,
            what_if=origin.what_if,
        )
        simple = nothing_to_plan(disruption, now) if disruption else None
        job = None
        if simple is None:
            job = await asyncio.to_thread(_packed, request, now, disruption, self._deps.plan_memory_mb)
        table = ProposalTable(proposal_id, context.actor_id, disruption=disruption, job=job)
        await self._handler(table).handle(
            proposal_stream(proposal_id), AskForPlan(request, disruption, simple), context
        )
        if origin.parent_id is not None:
            parent = ProposalTable(origin.parent_id, context.actor_id)
            branched = msgspec.structs.replace(context, command_id=context.event_id(1))
            await self._handler(parent).handle(
                proposal_stream(origin.parent_id), Branch(proposal_id, origin.what_if), branched
            )
        return proposal_id

    async def _pins(self, own: tuple[Pin, ...], context: CommandContext, *, repair: bool) -> tuple[Pin, ...]:
        """The request's pins and those of the board; a repair may have to move what is held there."""
        async with self._deps.db.reader(context.district_id) as conn:
            board = await board_pins.all_pins(conn)
        held = [
            Pin(kind="day", forbid=p.round_id is None, round_id=p.round_id, school_id=p.school_id, day=p.day)
            for p in board
            if p.round_id is None or not repair
        ]
        return (*own, *(p for p in held if p not in own))

    def _handler(self, table: ProposalTable) -> CommandHandler[ProposalCommand, State]:
        return CommandHandler(
            self._deps.store, proposal, append=with_tables(self._deps.db, self._deps.store, table.apply)
        )


def _packed(request: PlanRequested, now: Today, disruption: DisruptionReported | None, memory_mb: int) -> bytes:
    instance = built_for(request, now, disruption).instance
    instance = replace(instance, search=replace(instance.search, memory_mb=memory_mb))
    return zlib.compress(to_json(validated(instance)), 1)


def built_for(request: PlanRequested, now: Today, disruption: DisruptionReported | None = None) -> Built:
    """The instance of a request in the district of `now`, with what was given up."""
    if disruption is not None:
        built = build_repair(disruption, request.wish, request.pins, now.stage, now.calendar, now.day)
    else:
        built = build(request.wish, request.pins, now.stage, now.calendar, now.day, request.family_id)
    given_up = [one for r in request.relaxed for one in given_up_by(r)]
    return replace(built, instance=apply(built.instance, given_up)) if given_up else built


def wish_of(asked: PlanWish) -> Wish:
    """The wish as it is kept. Weeks become school days, five a week."""
    body = asked.model_dump(exclude={"gap_weeks", *_POINTS})
    weights = {rule: getattr(asked, points) for points, rule in _POINTS.items()}
    return Wish(**body, gap_days=asked.gap_weeks * DAYS_A_WEEK, weights=weights)


def _whole(wish: Wish, now: Today) -> Wish:
    """Every school where none is named; one that is gone is left out."""
    schools = tuple(s for s in wish.school_ids if s in now.stage.schools) or tuple(now.stage.schools)
    return wish.model_copy(update={"school_ids": schools})


def _somebody(wish: Wish, now: Today) -> None:
    if not now.stage.schools:
        raise Refused("no_schools", say("refusals.no_schools"), mend=say("refusals.import_schools"))
    if wish.last_day <= now.day:
        raise Refused(
            "days_passed",
            say("refusals.days_passed", day=wish.last_day),
            mend=say("refusals.days_to_come"),
            where="last_day",
        )
    if not any(o.observes for o in now.stage.observers.values()):
        raise Refused("no_observers", say("refusals.nobody_observes"), mend=say("refusals.give_observer"))
    if not any(o.facilitates for o in now.stage.observers.values()):
        raise Refused(
            "no_facilitators",
            say("refusals.nobody_facilitates"),
            mend=say("refusals.give_facilitator"),
        )
