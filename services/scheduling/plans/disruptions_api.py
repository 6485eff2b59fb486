"""`/disruptions`: what happened, and the repair that it asks for; `/plans/{id}/people`: who would be told what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field, model_validator

from services.scheduling.calendar import table as calendar_table
from services.scheduling.calendar.commands import MarkDay
from services.scheduling.calendar.decide import calendar, closed_because
from services.scheduling.calendar.decide import stream as calendar_stream
from services.scheduling.calendar.reasons import Reason, title_of
from services.scheduling.deps import Deps
from services.scheduling.plans import queries
from services.scheduling.plans.asking import Asking, Origin
from services.scheduling.plans.called import repair_called
from services.scheduling.plans.diff import Change
from services.scheduling.plans.events import DisruptionReported
from services.scheduling.plans.repair import nothing_to_plan, wish_for
from services.scheduling.plans.review import Review, review_of
from services.scheduling.plans.shown import ProposalOut, told
from services.scheduling.plans.today import Today, marked_since, today
from services.scheduling.rounds import queries as rounds
from shared.access import Actor
from shared.command_handler import CommandHandler
from shared.errors import Unfit
from shared.http import IdempotencyKey, command_context, page_key, page_token, requires
from shared.messages import CommandContext
from shared.said import say
from shared.tables import with_tables

LONGEST_PAGE = 200


class Disruption(BaseModel):
    """`observer_out` names a person and days; `days_lost` days, and a school when only that one is closed;
    `school_out` a school that withdraws from all its rounds to come."""

    model_config = ConfigDict(extra="forbid")
    kind: Literal["observer_out", "days_lost", "school_out"]
    days: tuple[date, ...] = Field(default=(), max_length=60)
    school_id: UUID | None = None
    person_id: UUID | None = None
    reason: Reason | None = Field(default=None, description="of lost days and withdrawals; a person's is their own")

    @model_validator(mode="after")
    def _whole(self) -> Disruption:
        if self.kind != "school_out" and not self.days:
            raise Unfit(say("refusals.name_days"))
        if self.kind == "observer_out" and self.person_id is None:
            raise Unfit(say("refusals.name_person"))
        if self.kind == "school_out" and self.school_id is None:
            raise Unfit(say("refusals.name_school"))
        return self


class Told(BaseModel):
    """One thing that changes for one person. `what`: joins, hosts, leaves, moves, or cancelled."""

    what: Literal["joins", "hosts", "leaves", "moves", "cancelled"]
    school_name: str
    day: date
    was: date | None = None


class PersonTold(BaseModel):
    person_id: UUID
    name: str
    told: list[Told]


class PeoplePage(BaseModel):
    items: list[PersonTold]
    next: str | None
    total: int


def router(deps: Deps) -> APIRouter:
    api = APIRouter(tags=["plans"])
    asking = Asking(deps)
    marking = with_tables(deps.db, deps.store, calendar_table.apply_for(None))
    calendars = CommandHandler(deps.store, calendar, append=marking)

    async def close(body: Disruption, now: Today, context: CommandContext) -> None:
        """A snow day of the whole district is a fact: the calendar says so from now on."""
        for n, day in enumerate(body.days):
            if closed_because(now.calendar, day) is None:
                mark = MarkDay(day=day, kind="no_school", title=title_of(body.reason).en)
                once = CommandContext(context.district_id, context.actor_id, context.event_id(1000 + n))
                await calendars.handle(calendar_stream(context.district_id), mark, once)

    @api.post("/disruptions", status_code=201)
    async def report_disruption(
        body: Disruption,
        actor: Annotated[Actor, requires("plan.ask")],
        request: Request,
        response: Response,
        key: IdempotencyKey = None,
    ) -> ProposalOut:
        """Tells what happened; a repair with the least change is proposed, and nobody is told before it is
        published. A day lost to the whole district is marked in the calendar at once."""
        context = command_context(actor, request, key)
        now = await today(deps, context)
        what = DisruptionReported(
            kind=body.kind,
            days=body.days,
            school_id=body.school_id,
            person_id=body.person_id,
            reason=None if body.kind == "observer_out" else body.reason,
        )
        school = now.stage.schools.get(body.school_id) if body.school_id else None
        wish = wish_for(what, repair_called(what, school.name if school else None).en, now.stage, now.day)
        if body.kind == "days_lost" and body.school_id is None:
            nothing_to_plan(what, now)
            await close(body, now, context)
            now = await marked_since(deps, context, now)  # else the repair were told to be older than its own calendar
        proposal_id = await asking.ask(wish, context, Origin(), disruption=what, now=now)
        deps.ring()
        response.headers["Location"] = f"plans/{proposal_id}"
        return await told(deps, proposal_id, actor, context)

    @api.get("/plans/{proposal_id}/people")
    async def list_people_told(
        proposal_id: UUID,
        actor: Annotated[Actor, requires("plan.read")],
        request: Request,
        response: Response,
        after: str | None = None,
        limit: Annotated[int, Query(ge=1, le=LONGEST_PAGE)] = 50,
        round_id: Annotated[list[UUID] | None, Query(max_length=LONGEST_PAGE, description="these alone")] = None,
    ) -> PeoplePage:
        """Who would be told what if the proposal were published, as a whole or of some rounds, by name."""
        context = command_context(actor, request)
        seen = await review_of(deps, proposal_id, actor, context)
        chosen = seen.chosen(round_id)
        news = _news(chosen, seen, await queries.hosts_told(deps.db, actor.district_id, chosen))
        names = await rounds.names(deps.db, actor.district_id, list(news))
        ordered = sorted(news, key=lambda p: (names.get(p, ""), str(p)))
        at = page_key(after, int)
        start = at[0] if at else 0
        response.headers["Cache-Control"] = "no-store"
        return PeoplePage(
            items=[
                PersonTold(person_id=p, name=names.get(p, "(erased)"), told=news[p])
                for p in ordered[start : start + limit]
            ],
            next=page_token(str(start + limit)) if len(ordered) > start + limit else None,
            total=len(ordered),
        )

    return api


def _news(changes: Sequence[Change], seen: Review, hosts: Mapping[UUID, frozenset[UUID]]) -> dict[UUID, list[Told]]:
    found: dict[UUID, list[Told]] = {}

    def say(people: frozenset[UUID], told: Told) -> None:
        for person in people:
            found.setdefault(person, []).append(told)

    for c in changes:
        school = seen.now.stage.schools.get(c.school_id)
        name = school.name if school else ""
        host = hosts.get(c.school_id, frozenset())
        if c.after is None:
            say(c.leaves | host, Told(what="cancelled", school_name=name, day=c.day))
            continue
        if c.kind == "added":
            say(host - c.joins, Told(what="hosts", school_name=name, day=c.after.day))
        say(c.joins, Told(what="joins", school_name=name, day=c.after.day))
        if c.before is not None:
            say(c.leaves, Told(what="leaves", school_name=name, day=c.before.day))
            if c.kind == "moved":
                stay = (c.after.people & c.before.people) | (host - c.joins - c.leaves)
                say(stay, Told(what="moves", school_name=name, day=c.after.day, was=c.before.day))
    return found
