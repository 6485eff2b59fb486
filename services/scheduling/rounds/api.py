"""`/rounds`: rounds scheduled by hand; `/visits/mine`: where I am expected."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from services.scheduling.deps import Deps
from services.scheduling.rounds import looking, move_api, queries, table
from services.scheduling.rounds.check import findings, visit_begun
from services.scheduling.rounds.commands import AdoptRound, CancelRound, Plan, RescheduleRound, ScheduleRound
from services.scheduling.rounds.decide import Cancelled, State, planned_round, stream
from services.scheduling.rounds.events import RoundPlanned
from services.scheduling.rounds.shown import (
    Checked,
    DebriefOut,
    FindingOut,
    PersonOut,
    RoundOut,
    RoundPage,
    RoundSummary,
    SlotOut,
    TeamOut,
    Visit,
    VisitPage,
)
from shared.access import Actor, Role
from shared.command_handler import CommandHandler
from shared.errors import NotFound
from shared.http import IdempotencyKey, IfMatch, command_context, etag, page_key, page_token, requires
from shared.messages import CommandContext
from shared.said import say
from shared.tables import with_tables

LONGEST_PAGE = 200


def standing(state: State) -> tuple[RoundPlanned, str]:
    """The plan and whether it stands; of a cancelled round the plan as it stood."""
    match state:
        case RoundPlanned():
            return state, "scheduled"
        case Cancelled():
            return state.plan, "cancelled"
    raise NotFound(say("refusals.no_round"))


def router(deps: Deps) -> APIRouter:
    api = APIRouter(tags=["rounds"])
    append = with_tables(deps.db, deps.store, table.apply)
    handler: CommandHandler[ScheduleRound | CancelRound | AdoptRound, State] = CommandHandler(
        deps.store, planned_round, append=append
    )

    async def shown(state: State, version: int, context: CommandContext, advice: list[FindingOut]) -> RoundOut:
        plan, status = standing(state)
        people = [plan.facilitator_id, *(p for t in plan.teams for p in t.observer_ids)]
        names = await queries.names(deps.db, context.district_id, people)
        school = await queries.school_name(deps.db, context.district_id, plan.school_id)

        def person(person_id: UUID) -> PersonOut:
            return PersonOut(person_id=person_id, name=names.get(person_id, "(erased)"))

        return RoundOut(
            **plan.model_dump(include={"round_id", "school_id", "day", "timezone", "instrument", "instrument_version"}),
            school_name=school or "",
            status=status,
            version=version,
            facilitator=person(plan.facilitator_id),
            teams=[
                TeamOut(
                    team_id=t.team_id,
                    name=t.name,
                    observers=[person(p) for p in t.observer_ids],
                    timekeeper_id=t.timekeeper_id,
                )
                for t in plan.teams
            ],
            slots=[SlotOut.model_validate(s) for s in plan.slots],
            debrief=DebriefOut.model_validate(plan.debrief) if plan.debrief else None,
            problems=advice,
        )

    async def kept_otherwise(state: State, context: CommandContext) -> list[FindingOut]:
        """Where the plan changed while its visit began, and the observers go by what they were told."""
        if not isinstance(state, RoundPlanned):
            return []
        begun = await queries.begun(deps.db, context.district_id, state.round_id)
        return [FindingOut(**f.told() | {"refuses": False}) for f in visit_begun(state, begun)]

    async def held(round_id: UUID, actor: Actor, context: CommandContext) -> tuple[State, int]:
        state, version = await handler.load(stream(round_id), context)
        plan, _ = standing(state)
        actor.require(
            "round.schedule.read",
            what="round",
            school_id=plan.school_id,
            people={
                Role.FACILITATOR: [plan.facilitator_id],
                Role.OBSERVER: [p for t in plan.teams for p in t.observer_ids],
            },
        )
        return state, version

    @api.post("/rounds", status_code=201, responses={200: {"model": Checked, "description": "only checked"}})
    async def schedule_round(
        plan: Plan,
        actor: Annotated[Actor, requires("round.schedule")],
        request: Request,
        response: Response,
        key: IdempotencyKey = None,
        check: Annotated[bool, Query(description="true: only tell what is wrong with the plan")] = False,
        round_id: Annotated[UUID | None, Query(description="with check: the round that this plan changes")] = None,
    ) -> RoundOut | Checked:
        """Schedules a round; an impossible one is refused with every reason, each as a sentence."""
        context = command_context(actor, request, key)
        new_round = round_id if check and round_id else context.event_id(0)
        known = await looking.facts_for(deps, plan, new_round, context)
        found = [FindingOut(**f.told()) for f in findings(plan, known)]
        if check:
            response.status_code = 200
            return Checked(possible=not any(f.refuses for f in found), problems=found)
        handled = await handler.handle(stream(new_round), ScheduleRound(new_round, plan, known), context)
        # the answer names people, and names are kept in one erasable table alone
        unkept = {"Cache-Control": "no-store"}
        response.headers.update(etag(handled.version) | {"Location": f"rounds/{new_round}"} | unkept)
        return await shown(handled.state, handled.version, context, found)

    @api.get("/rounds")
    async def list_rounds(
        actor: Annotated[Actor, requires("round.schedule.read")],
        since: Annotated[date | None, Query(alias="from")] = None,
        until: Annotated[date | None, Query(alias="to")] = None,
        after: str | None = None,
        limit: Annotated[int, Query(ge=1, le=LONGEST_PAGE)] = 50,
    ) -> RoundPage:
        """The rounds that the actor may see, by day: a leader all, others those that name them."""
        everything = actor.may("round.schedule.read")
        key = page_key(after, date.fromisoformat, UUID)
        rows = await queries.page(
            deps.db,
            actor.district_id,
            schools=None if everything else sorted(actor.schools(Role.HOST_PRINCIPAL)),
            person_id=None if everything else actor.person_id,
            since=since,
            until=until,
            after=(key[0], key[1]) if key else None,
            limit=limit + 1,
        )
        more = rows[limit - 1] if len(rows) > limit else None
        return RoundPage(
            items=[RoundSummary(**r) for r in rows[:limit]],
            next=page_token(more["day"], more["round_id"]) if more else None,
        )

    @api.get("/rounds/{round_id}")
    async def get_round(
        round_id: UUID, actor: Annotated[Actor, requires("round.schedule.read")], request: Request, response: Response
    ) -> RoundOut:
        context = command_context(actor, request)
        state, version = await held(round_id, actor, context)
        response.headers.update(etag(version))
        return await shown(state, version, context, await kept_otherwise(state, context))

    @api.put("/rounds/{round_id}")
    async def reschedule_round(
        round_id: UUID,
        plan: Plan,
        actor: Annotated[Actor, requires("round.schedule")],
        request: Request,
        response: Response,
        if_match: IfMatch,
    ) -> RoundOut:
        """Changes the whole plan; slots and teams that stay keep their ids."""
        context = command_context(actor, request)
        known = await looking.facts_for(deps, plan, round_id, context)
        command = RescheduleRound(round_id, plan, known)
        handled = await handler.handle(stream(round_id), command, context, if_match=if_match)
        response.headers.update(etag(handled.version))
        advice = [FindingOut(**f.told()) for f in findings(plan, known)]
        return await shown(handled.state, handled.version, context, advice)

    @api.delete("/rounds/{round_id}", status_code=204)
    async def cancel_round(
        round_id: UUID,
        actor: Annotated[Actor, requires("round.schedule")],
        request: Request,
        if_match: IfMatch,
        reason: Annotated[str | None, Query(max_length=300)] = None,
    ) -> None:
        context = command_context(actor, request)
        zone = await queries.timezone(deps.db, actor.district_id)
        command = CancelRound(round_id, queries.today(deps.clock(), zone), reason)
        await handler.handle(stream(round_id), command, context, if_match=if_match)

    move_api.add_routes(api, deps, handler)

    @api.get("/visits/mine")
    async def my_visits(
        actor: Annotated[Actor, requires("visit.own.read")],
        request: Request,
        since: Annotated[date | None, Query(alias="from")] = None,
    ) -> VisitPage:
        """Where the actor is expected as observer or facilitator, with the slots of their team."""
        context = command_context(actor, request)
        rows = await queries.page(
            deps.db,
            actor.district_id,
            schools=None,
            person_id=actor.person_id,
            since=since,
            until=None,
            after=None,
            limit=LONGEST_PAGE,
        )
        visits = []
        for row in rows:
            plan, _ = await handler.load(stream(row["round_id"]), context)
            if not isinstance(plan, RoundPlanned):
                continue
            team = next((t for t in plan.teams if actor.person_id in t.observer_ids), None)
            slots = [s for s in plan.slots if team is None or s.team_id == team.team_id]
            visits.append(
                Visit(
                    round_id=plan.round_id,
                    school_id=plan.school_id,
                    school_name=row["school_name"],
                    day=plan.day,
                    timezone=plan.timezone,
                    my_part="observer" if team else "facilitator",
                    team=team.name if team else None,
                    slots=[SlotOut.model_validate(s) for s in slots],
                    debrief=DebriefOut.model_validate(plan.debrief) if plan.debrief else None,
                )
            )
        return VisitPage(items=visits)

    return api
