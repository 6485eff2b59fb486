"""What a job came to, as the event that ends it. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any  # JSON of the worker
from uuid import UUID

from services.scheduling.planning.instance import Instance
from services.scheduling.planning.plan import Plan
from services.scheduling.plans.build import STANDS, proposed
from services.scheduling.plans.diff import Standing, changes, of_plan
from services.scheduling.plans.events import (
    Cost,
    PlanFailed,
    PlanInfeasible,
    PlanProposed,
    ProposedPlan,
    Relaxation,
    RepairProposed,
)


def cost_of(plan: Plan) -> Cost:
    return Cost(total=round(plan.cost, 2), bound=plan.bound, parts={k: round(v, 2) for k, v in plan.parts.items()})


def concluded(
    instance: Instance,
    best: Plan | None,
    result: bytes | None,
    *,
    seconds: float,
    stopped: bool,
    stale: bool,
    reason: str | None,
    repair: bool,
) -> PlanProposed | PlanInfeasible | PlanFailed:
    infeasible = _infeasible(result)
    if infeasible is not None:
        return PlanInfeasible(
            rules=tuple(infeasible.get("rules", ())),
            relaxations=tuple(
                Relaxation(key=r["key"], sentence=r["sentence"], change=json.dumps(r["change"]))
                for r in infeasible.get("relaxations", ())
            ),
            seconds=round(seconds, 1),
        )
    if best is None:
        return PlanFailed(
            reason=reason or ("It was stopped before the first plan was found." if stopped else "No plan was found.")
        )
    fixed = frozenset(UUID(p.round) for p in instance.pins if p.by == STANDS)
    plan = proposed(best, instance, fixed)
    body = {
        "plan": plan,
        "cost": cost_of(best),
        "seconds": round(seconds, 1),
        "stopped": stopped,
        "calendar_stale": stale,
        "note": reason,
    }
    return RepairProposed(**body, notify=_touched(instance, plan)) if repair else PlanProposed(**body)


def _touched(instance: Instance, plan: ProposedPlan) -> tuple[UUID, ...]:
    """The people for whom a repair changes something."""
    standing = {
        UUID(r.round): Standing(
            UUID(r.round),
            UUID(int=0),
            r.day,
            UUID(r.facilitator) if r.facilitator else None,
            frozenset(map(UUID, r.observers)),
        )
        for r in (instance.published.rounds if instance.published else ())
    }
    after = of_plan(plan)
    found = changes(standing, after, ())
    return tuple(sorted({p for c in found for p in c.affected}, key=str))


def _infeasible(result: bytes | None) -> Mapping[str, Any] | None:
    body = json.loads(result) if result else None
    return body if isinstance(body, dict) and body.get("rules") else None
