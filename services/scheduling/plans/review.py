"""A proposal held against the plan of today."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from services.scheduling.deps import Deps
from services.scheduling.plans import queries
from services.scheduling.plans.decide import Proposal, State, proposal, proposal_stream
from services.scheduling.plans.diff import Change, Standing, changes, of_plan
from services.scheduling.plans.events import PlanProposed
from services.scheduling.plans.today import Today, today
from shared.access import Actor
from shared.command_handler import CommandHandler
from shared.errors import NotFound, Refused
from shared.messages import CommandContext
from shared.said import say


class Review:
    """A proposal and the day that it is held against."""

    def __init__(self, held: Proposal, now: Today) -> None:
        self.held, self.now, self.outcome = held, now, plan_in(held)
        self.proposed: dict[UUID, Standing] = of_plan(self.outcome.plan)
        self.changes: Sequence[Change] = changes(now.stage.rounds, self.proposed, set(held.asked.scope))

    def chosen(self, round_ids: Collection[UUID] | None) -> list[Change]:
        if round_ids is None:
            return list(self.changes)
        wanted = set(round_ids)
        return [c for c in self.changes if c.round_id in wanted]


def plan_in(held: Proposal) -> PlanProposed:
    """Raises Refused while there is none."""
    if not isinstance(held.outcome, PlanProposed):
        raise Refused("no_plan_yet", say("publishing.no_plan_yet"), mend=say("publishing.no_plan_yet_mend"))
    return held.outcome


async def review_of(deps: Deps, proposal_id: UUID, actor: Actor, context: CommandContext) -> Review:
    """Raises NotFound for a proposal that the actor may not see, Refused while it has no plan."""
    held = await held_by(deps, proposal_id, actor, context)
    return Review(held, await today(deps, context))


async def outdated(deps: Deps, seen: Review, context: CommandContext) -> list[str]:
    """The schools whose rounds were changed after the plan was asked for, besides what the plan itself changed."""
    asked = seen.held.asked.schedule_version
    if asked == seen.now.schedule_version:
        return []
    changed = await queries.rounds_changed_since(deps.db, context.district_id, asked)
    differs = {c.round_id for c in seen.changes}
    return sorted({name for r, name, _ in changed if r in differs or r not in seen.proposed})


async def held_by(deps: Deps, proposal_id: UUID, actor: Actor, context: CommandContext) -> Proposal:
    """The proposal alone, without a look at the district. Raises NotFound for one that the actor may not see."""
    await queries.proposal_row(deps.db, actor.district_id, proposal_id, actor.person_id)
    reading: CommandHandler[object, State] = CommandHandler(deps.store, proposal)  # type: ignore[arg-type]
    state, _ = await reading.load(proposal_stream(proposal_id), context)
    if state is None:
        raise NotFound(say("publishing.no_proposal"))
    return state
