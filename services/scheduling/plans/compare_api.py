"""`/plans/{id}/compare`: a proposal beside another, or beside the plan that is published."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, Field

from services.scheduling.deps import Deps
from services.scheduling.planning.recount import recount
from services.scheduling.plans.asking import built_for
from services.scheduling.plans.build import checked
from services.scheduling.plans.called import repair_called
from services.scheduling.plans.compare import days_out, differences, same_wish
from services.scheduling.plans.diff import Change, Standing, after_publishing
from services.scheduling.plans.events import ChangeKind, Wish
from services.scheduling.plans.review import Review, held_by
from services.scheduling.plans.shown import SAID
from services.scheduling.plans.sides import Side, Someone, by_name, round_of, side
from services.scheduling.plans.today import Today, today
from services.scheduling.plans.wanted import (
    LONGEST_PAGE,
    PartOfName,
    Wanted,
    counted,
    named,
    networks,
    page_of,
    regions,
    wanted,
)
from services.scheduling.rounds import queries as rounds
from shared.access import Actor
from shared.http import command_context, requires
from shared.messages import CommandContext
from shared.said import Said


class ComparedPlan(BaseModel):
    """`cost` and `parts` are points, as they were told when the plan was made; see `Comparison.anew`."""

    proposal_id: UUID | None = Field(description="none: the published plan")
    name: str
    say: Said | None = Field(default=None, description=SAID)
    kind: str
    wish: Wish | None
    rounds: int = Field(description="in the days that are compared")
    people: int = Field(description="who are out on any of these days")
    most_days: int = Field(description="days out of whoever is out most")
    cost: float | None
    bound: float | None = Field(description="no plan of its wish can cost less")
    gap: float | None = Field(description="share by which a better plan could be cheaper, 0-1")
    parts: dict[str, float] = Field(description="points by reason")


class RoundsCompared(BaseModel):
    """One round as the first plan has it and as the second has it."""

    round_id: UUID = Field(description="in the first plan; in the second where the first has no such round")
    school_id: UUID
    school_name: str
    region: str
    kind: ChangeKind = Field(description="added: in the second plan alone; cancelled: in the first alone")
    first: Side | None
    second: Side | None
    only_first: list[Someone]
    only_second: list[Someone]


class Comparison(BaseModel):
    first: ComparedPlan
    second: ComparedPlan
    first_day: date
    last_day: date
    same_wish: bool = Field(description="whether the points of both count the same things")
    anew: bool = Field(
        description="the points of both were counted anew, for all rounds of these days by the first plan's wish, for "
        "the published plan has none of its own; what changing calendars costs is not among them"
    )
    counts: dict[str, int] = Field(description="rounds that differ, by kind")
    alike: int = Field(description="rounds that both plans have so")
    items: list[RoundsCompared] = Field(description="rounds that differ, by day")
    next: str | None
    total: int = Field(description="rounds that differ and fit the filters")
    regions: list[str]
    networks: list[str]


class PersonCompared(BaseModel):
    person_id: UUID
    name: str
    first: int = Field(description="days out in the first plan")
    second: int


class PeopleCompared(BaseModel):
    items: list[PersonCompared] = Field(description="whose number of days out differs, the most different first")
    next: str | None
    total: int
    elsewhere: int = Field(description="people who are out as often, on other days")


class Pair:
    """Two plans, each as the year would be if it were published now. `second` None: the published plan."""

    def __init__(self, first: Review, second: Review | None, now: Today) -> None:
        self.first, self.second, self.now = first, second, now
        wishes = [r.held.asked.wish for r in (first, second) if r is not None]
        self.same_wish = same_wish(wishes[0], wishes[-1])
        self.since, self.until = min(w.first_day for w in wishes), max(w.last_day for w in wishes)
        self.years = _year(first, now), _year(second, now)
        self.out = days_out(self.years[0].values(), self.years[1].values(), self.since, self.until)

    def counted_anew(self) -> list[dict[str, float]] | None:
        """The points of both years by the first plan's wish; None where all its days have passed."""
        held = self.first.held
        built = built_for(held.asked, self.now, held.disruption)
        if not built.instance.days:
            return None
        return [recount(*checked(built, year)) for year in self.years]


def _year(plan: Review | None, now: Today) -> dict[UUID, Standing]:
    return after_publishing(now.stage.rounds, plan.changes if plan else ())


def router(deps: Deps) -> APIRouter:
    api = APIRouter(tags=["plans"])

    async def pair_of(proposal_id: UUID, other: UUID | None, actor: Actor, context: CommandContext) -> Pair:
        """Raises NotFound where the actor may not see one of them, Refused while one has no plan."""
        first = await held_by(deps, proposal_id, actor, context)
        second = await held_by(deps, other, actor, context) if other else None
        now = await today(deps, context)
        return Pair(Review(first, now), Review(second, now) if second else None, now)

    @api.get("/plans/{proposal_id}/compare")
    async def compare_plans(
        proposal_id: UUID,
        actor: Annotated[Actor, requires("plan.read")],
        request: Request,
        response: Response,
        asked: Annotated[Wanted, Depends(wanted)],
        other: Annotated[UUID | None, Query(description="another proposal; none: the published plan")] = None,
        after: str | None = None,
        limit: Annotated[int, Query(ge=1, le=LONGEST_PAGE)] = 50,
    ) -> Comparison:
        """Two plans side by side, each as the year would be if it were published now: their costs, and every round
        that differs. Others' proposals are told only when they were published."""
        pair = await pair_of(proposal_id, other, actor, command_context(actor, request))
        anew = await asyncio.to_thread(pair.counted_anew) if other is None else None
        differ = differences(*pair.years)
        fitting = asked.of(differ, pair.now.stage)
        page, following = page_of(fitting, after, limit)
        people = {p for c in page for p in (*c.joins, *c.leaves)} | {
            s.facilitator_id for c in page for s in (c.before, c.after) if s and s.facilitator_id
        }
        names = await rounds.names(deps.db, actor.district_id, sorted(people, key=str))
        response.headers["Cache-Control"] = "no-store"
        inside = sum(pair.since <= r.day <= pair.until for r in pair.years[1].values())
        return Comparison(
            first=_plan(pair, 0, anew),
            second=_plan(pair, 1, anew),
            first_day=pair.since,
            last_day=pair.until,
            same_wish=pair.same_wish,
            anew=other is None,
            counts=counted(differ),
            alike=inside - sum(c.after is not None for c in differ),
            items=[_compared(c, pair.now, names) for c in page],
            next=following,
            total=len(fitting),
            regions=regions(pair.now.stage),
            networks=networks(pair.now.stage),
        )

    @api.get("/plans/{proposal_id}/compare/people")
    async def compare_days_out(
        proposal_id: UUID,
        actor: Annotated[Actor, requires("plan.read")],
        request: Request,
        response: Response,
        other: Annotated[UUID | None, Query(description="another proposal; none: the published plan")] = None,
        person: PartOfName = None,
        after: str | None = None,
        limit: Annotated[int, Query(ge=1, le=LONGEST_PAGE)] = 50,
    ) -> PeopleCompared:
        """Who is out on more days by one of two plans than by the other."""
        pair = await pair_of(proposal_id, other, actor, command_context(actor, request))
        asked = named(person, pair.now.stage)
        fitting = [p for p in pair.out.people if asked is None or p.person_id in asked]
        page, following = page_of(fitting, after, limit)
        names = await rounds.names(deps.db, actor.district_id, [p.person_id for p in page])
        response.headers["Cache-Control"] = "no-store"
        return PeopleCompared(
            items=[
                PersonCompared(
                    person_id=p.person_id, name=names.get(p.person_id, "(erased)"), first=p.first, second=p.second
                )
                for p in page
            ],
            next=following,
            total=len(fitting),
            elsewhere=pair.out.elsewhere,
        )

    return api


def _plan(pair: Pair, n: int, anew: list[dict[str, float]] | None) -> ComparedPlan:
    review = (pair.first, pair.second)[n]
    cost = review.outcome.cost if review else None
    own = cost if pair.second else None  # beside the published plan, the points of both are counted anew
    parts = dict(own.parts) if own else anew[n] if anew else {}
    return ComparedPlan(
        proposal_id=review.held.asked.proposal_id if review else None,
        name=review.held.asked.wish.name if review else "",
        say=_called(review) if review else None,
        kind=_kind(review),
        wish=review.held.asked.wish if review else None,
        rounds=sum(pair.since <= r.day <= pair.until for r in pair.years[n].values()),
        people=pair.out.anybody[n],
        most_days=pair.out.most[n],
        cost=own.total if own else round(sum(parts.values()), 6) if anew else None,
        bound=own.bound if own else None,
        gap=cost.gap if cost else None,
        parts=parts,
    )


def _called(review: Review) -> Said | None:
    what = review.held.disruption
    school = review.now.stage.schools.get(what.school_id) if what and what.school_id else None
    return repair_called(what, school.name if school else None) if what else None


def _kind(review: Review | None) -> str:
    if review is None:
        return "published"
    held = review.held
    return "repair" if held.disruption else "what_if" if held.asked.what_if else "plan"


def _compared(c: Change, now: Today, names: Mapping[UUID, str]) -> RoundsCompared:
    return RoundsCompared(
        **round_of(c, now),
        first=side(c.before, names),
        second=side(c.after, names),
        only_first=by_name(c.leaves, names),
        only_second=by_name(c.joins, names),
    )
