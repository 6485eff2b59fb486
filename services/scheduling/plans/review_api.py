"""`/plans/{id}/changes` and publishing: a proposal against today's plan, accepted all, some or one; undone."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from services.scheduling.deps import Deps
from services.scheduling.plans import queries
from services.scheduling.plans.asking import built_for
from services.scheduling.plans.closed_told import ClosedOut, closed_told
from services.scheduling.plans.diff import Change, people_told
from services.scheduling.plans.events import ChangeKind, PlanPublished, RepairProposed
from services.scheduling.plans.publish import Publisher
from services.scheduling.plans.review import held_by, outdated, plan_in, review_of
from services.scheduling.plans.shown import PublicationOut, PublicationPage, called
from services.scheduling.plans.sides import Side, Someone, by_name, round_of, side
from services.scheduling.plans.today import Today, today
from services.scheduling.plans.wanted import LONGEST_PAGE, Wanted, counted, networks, page_of, regions, wanted
from services.scheduling.plans.why import why
from services.scheduling.rounds import queries as rounds
from shared.access import Actor
from shared.http import IdempotencyKey, IfMatch, command_context, etag, page_key, page_token, requires
from shared.said import Said


class ChangeOut(BaseModel):
    """One round as it stands (`before`) and as the proposal has it (`after`)."""

    round_id: UUID
    school_id: UUID
    school_name: str
    region: str
    kind: ChangeKind
    before: Side | None
    after: Side | None
    joins: list[Someone]
    leaves: list[Someone]
    affected: int = Field(description="people who would be told")


class ChangePage(BaseModel):
    items: list[ChangeOut]
    next: str | None
    total: int = Field(description="changes that fit the filters")
    counts: dict[str, int] = Field(description="all changes by kind")
    unchanged: int
    people: int = Field(description="people who would be told of all changes")
    outdated: list[str] = Field(description="schools whose rounds others changed after the plan was asked for")
    closed: list[ClosedOut] = Field(description="rounds in the days of the plan that cannot be held where they stand")
    regions: list[str]
    networks: list[str]


class OtherDay(BaseModel):
    """`added`: points more than the plan's day; None where rules forbid it."""

    day: date
    allowed: bool
    sentence: str
    say: Said
    reasons: list[Said]
    added: float | None
    parts: dict[str, float]


class WhyOut(BaseModel):
    """`sentences` tell all but `others`; `forbidden`, `allowed` and `near` are what they tell of days."""

    day: date | None
    sentences: list[Said]
    forbidden: dict[str, int] = Field(description="days that each rule takes away")
    allowed: int = Field(description="other days that remain")
    near: list[date] = Field(description="the school's rounds outside of the plan that some days are too near")
    people: list[Said] = Field(description="what speaks against the people of before")
    others: list[OtherDay]


class PublishBody(BaseModel):
    """`round_ids` None: everything."""

    model_config = ConfigDict(extra="forbid")
    round_ids: tuple[UUID, ...] | None = Field(default=None, max_length=20_000)


class Published(BaseModel):
    version: int
    changes: int
    people: int
    schedule_version: int


def router(deps: Deps) -> APIRouter:
    api = APIRouter(tags=["plans"])
    publisher = Publisher(deps)

    @api.get("/plans/{proposal_id}/changes")
    async def list_changes(
        proposal_id: UUID,
        actor: Annotated[Actor, requires("plan.read")],
        request: Request,
        response: Response,
        asked: Annotated[Wanted, Depends(wanted)],
        after: str | None = None,
        limit: Annotated[int, Query(ge=1, le=LONGEST_PAGE)] = 50,
    ) -> ChangePage:
        """The proposal against the plan of today, by day. The ETag is the schedule's version: send it as If-Match
        when publishing, so that nobody else's change is overwritten unseen."""
        context = command_context(actor, request)
        deps.spare.warm()
        seen = await review_of(deps, proposal_id, actor, context)
        stage = seen.now.stage
        fitting = asked.of(seen.changes, stage)
        page, following = page_of(fitting, after, limit)
        people = {p for c in page for p in (*c.joins, *c.leaves)} | {
            s.facilitator_id for c in page for s in (c.before, c.after) if s and s.facilitator_id
        }
        names = await rounds.names(deps.db, actor.district_id, sorted(people, key=str))
        hosts = await queries.hosts_told(deps.db, actor.district_id, seen.changes)
        response.headers.update(etag(seen.now.schedule_version) | {"Cache-Control": "no-store"})
        return ChangePage(
            items=[_shown(c, seen.now, names, hosts) for c in page],
            next=following,
            total=len(fitting),
            counts=counted(seen.changes),
            unchanged=len(seen.proposed) - sum(c.after is not None for c in seen.changes),
            people=len(people_told(seen.changes, hosts)),
            outdated=await outdated(deps, seen, context),
            closed=closed_told(seen.held.asked.wish, seen.now, {c.round_id for c in seen.changes}),
            regions=regions(stage),
            networks=networks(stage),
        )

    @api.get("/plans/{proposal_id}/rounds/{round_id}/why")
    async def why_this_day(
        proposal_id: UUID,
        round_id: UUID,
        actor: Annotated[Actor, requires("plan.read")],
        request: Request,
        day: Annotated[date | None, Query(description="why not on this day? none: why on the plan's own")] = None,
    ) -> WhyOut:
        """Answered from the model, in sentences: the rules that forbid a day, or what it would cost more."""
        held = await held_by(deps, proposal_id, actor, command_context(actor, request))
        told = await why(deps, actor.district_id, proposal_id, plan_in(held).plan, round_id, day)
        return WhyOut(
            day=told.day,
            sentences=list(told.sentences),
            forbidden=told.forbidden,
            allowed=told.allowed,
            near=list(told.near),
            people=list(told.people),
            others=[
                OtherDay(
                    day=o.day,
                    allowed=o.allowed,
                    sentence=o.say.en,
                    say=o.say,
                    reasons=[r.say for r in o.reasons],
                    added=o.added,
                    parts=o.parts or {},
                )
                for o in told.others
            ],
        )

    @api.post("/plans/{proposal_id}/publish")
    async def publish_plan(
        proposal_id: UUID,
        body: PublishBody,
        actor: Annotated[Actor, requires("plan.publish")],
        request: Request,
        response: Response,
        if_match: IfMatch,
        key: IdempotencyKey = None,
    ) -> Published:
        """Makes the accepted changes the plan of everybody, after the independent checker; all of them or none."""
        context = command_context(actor, request, key)
        seen = await review_of(deps, proposal_id, actor, context)
        built = built_for(seen.held.asked, seen.now, seen.held.disruption)
        event = await publisher.publish(
            proposal_id,
            seen.chosen(body.round_ids),
            seen.now,
            built,
            context,
            if_match=if_match,
            repair=isinstance(seen.outcome, RepairProposed),
        )
        response.headers.update(etag(event.schedule_version))
        return _published(event)

    @api.get("/publications")
    async def list_publications(
        actor: Annotated[Actor, requires("plan.publish")],
        after: str | None = None,
        limit: Annotated[int, Query(ge=1, le=LONGEST_PAGE)] = 50,
    ) -> PublicationPage:
        """What was published in this district, the newest first."""
        at = page_key(after, int)
        rows = await queries.publication_page(deps.db, actor.district_id, at[0] if at else None, limit + 1)
        more = rows[limit - 1] if len(rows) > limit else None
        return PublicationPage(
            items=[PublicationOut(**r, say=called(r)) for r in rows[:limit]],
            next=page_token(str(more["version"])) if more else None,
        )

    @api.post("/publications/{version}/undo")
    async def undo_publication(
        version: int,
        actor: Annotated[Actor, requires("plan.publish")],
        request: Request,
        response: Response,
        if_match: IfMatch,
        key: IdempotencyKey = None,
    ) -> Published:
        """Gives every round of a publication its state of before, where nobody has changed it since."""
        context = command_context(actor, request, key)
        event = await publisher.undo(version, await today(deps, context), context, if_match=if_match)
        response.headers.update(etag(event.schedule_version))
        return _published(event)

    return api


def _published(event: PlanPublished) -> Published:
    return Published(
        version=event.version,
        changes=len(event.changes),
        people=len(event.notify),
        schedule_version=event.schedule_version,
    )


def _shown(c: Change, now: Today, names: dict[UUID, str], hosts: dict[UUID, frozenset[UUID]]) -> ChangeOut:
    return ChangeOut(
        **round_of(c, now),
        before=side(c.before, names),
        after=side(c.after, names),
        joins=by_name(c.joins, names),
        leaves=by_name(c.leaves, names),
        affected=len(people_told([c], hosts)),
    )
