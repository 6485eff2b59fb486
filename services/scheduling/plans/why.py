"""Why a round is on its day, and why not on another: asked of the model that made the plan."""

from __future__ import annotations

import asyncio
import zlib
from datetime import date
from uuid import UUID

import msgspec

from services.scheduling.deps import Deps
from services.scheduling.planning.explain.why_task import Why, why_task
from services.scheduling.planning.plan import Plan, RoundPlan
from services.scheduling.planning.supervise import run
from services.scheduling.plans.events import ProposedPlan
from shared.errors import NotFound, Unavailable
from shared.said import say

SECONDS = 20
AT_ONCE = 2
"""Questions that this process answers at the same time; others wait."""
_turn = asyncio.Semaphore(AT_ONCE)


async def why(
    deps: Deps, district_id: UUID, proposal_id: UUID, plan: ProposedPlan, round_id: UUID, day: date | None
) -> Why:
    """Answers from the instance that the proposal was made of. Raises NotFound, Unavailable."""
    async with deps.db.reader(district_id) as conn:
        packed = await conn.fetchval("select instance from plan_jobs where proposal_id = $1", proposal_id)
    task = await asyncio.to_thread(_task, packed, plan, round_id, day) if packed else None
    if task is None:
        raise NotFound(say("refusals.no_round_in_plan"))
    async with _turn:
        outcome = await run("why", task, seconds=SECONDS, memory_mb=1500, grace=SECONDS, spare=deps.spare)
    deps.spare.warm()  # the next question is not far
    if outcome.result is None:
        raise Unavailable(outcome.words or say("refusals.no_answer"), mend=say("refusals.try_soon"))
    return msgspec.json.decode(outcome.result, type=Why)


class _Known(msgspec.Struct):
    id: str


class _Asked(msgspec.Struct):
    """Of an instance no more than its rounds: those that the plan is free to change, and those that stand."""

    rounds: list[_Known]


def _task(packed: bytes, plan: ProposedPlan, round_id: UUID, day: date | None) -> bytes | None:
    """None where nobody asked about such a round. One that stands is as it was when the plan was asked for."""
    instance = zlib.decompress(packed)
    if all(r.id != str(round_id) for r in msgspec.json.decode(instance, type=_Asked).rounds):
        return None
    proposed = tuple(
        RoundPlan(
            round=str(r.round_id),
            day=r.day,
            facilitator=str(plan.facilitator_of(r)) if r.facilitator is not None else None,
            observers=tuple(map(str, plan.observers_of(r))),
        )
        for r in plan.rounds
    )
    return why_task(instance, Plan(rounds=proposed), str(round_id), day)
