"""What a job came to, as the event that ends it. Pure."""

from __future__ import annotations

from uuid import UUID

import msgspec

from services.scheduling.planning.explain import relax
from services.scheduling.planning.instance import STANDS, Instance
from services.scheduling.planning.plan import Plan
from services.scheduling.planning.repair.tasks import Repair
from services.scheduling.plans.build import proposed
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
from services.scheduling.plans.notes import NOTHING_FOUND, STOPPED
from shared.said import Said, say


def cost_of(plan: Plan) -> Cost:
    return Cost(total=round(plan.cost, 2), bound=plan.bound, parts={k: round(v, 2) for k, v in plan.parts.items()})


class Collision(msgspec.Struct):
    """One rule of those that collide; the engine tells more of it."""

    say: Said
    rule: str = ""
    school: str | None = None


class Explanation(msgspec.Struct):
    """The engine's `explain.why_not.Explanation`, which a service cannot import: its module loads a solver."""

    possible: bool
    rules: list[Collision] = []
    options: list[list[relax.Relaxation]] = []


def given_up_by(r: Relaxation) -> list[relax.Relaxation]:
    """A relaxation as the engine applies it."""
    return msgspec.json.decode(r.change, type=list[relax.Relaxation])


def said_of(r: Relaxation) -> Said | None:
    """A relaxation's sentence in both languages; None where it was kept in English alone."""
    option = given_up_by(r)
    return relax.in_words(option) if all(one.sentence for one in option) else None


def impossible(explanation: Explanation, seconds: float) -> PlanInfeasible:
    """What collides, and each set of things that could be given up, the cheapest first."""
    rules = (*(r.say for r in explanation.rules), *_elsewhere(explanation))
    return PlanInfeasible(
        rules=tuple(r.en for r in rules),
        rules_said=rules,
        relaxations=tuple(
            Relaxation(
                key=f"option-{n}",
                sentence=relax.in_words(option).en,
                change=msgspec.json.encode(list(option)).decode(),
            )
            for n, option in enumerate(explanation.options, start=1)
        ),
        seconds=round(seconds, 1),
    )


def _elsewhere(explanation: Explanation) -> list[Said]:
    """Few rules collide by themselves; the same may be so at schools that none of them names."""
    named = {r.school for r in explanation.rules if r.rule == "gap"}
    near = {one.school for option in explanation.options[:1] for one in option if one.kind == "gap"}
    more = len(near - named)
    if not named or not more:
        return []
    return [say("collisions.more_schools", count=more)]


def concluded(
    instance: Instance,
    best: Plan | None,
    *,
    seconds: float,
    stopped: bool,
    stale: bool,
    reason: str | None,
    repaired: Repair | None,
    repair: bool,
) -> PlanProposed | PlanFailed:
    """`repaired`: of a repair what it came to."""
    if best is None:
        if reason:
            return PlanFailed(reason=reason, code="work_failed")
        if stopped:
            return PlanFailed(reason=STOPPED, code="stopped")
        return PlanFailed(reason=NOTHING_FOUND)
    fixed = frozenset(UUID(p.round) for p in instance.pins if p.by == STANDS)
    if repaired is not None:
        fixed -= {UUID(r) for r in repaired.touched}
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
    after = of_plan(plan)
    named = set(map(str, after))
    standing = {
        UUID(r.round): Standing(
            UUID(r.round),
            UUID(int=0),
            r.day,
            UUID(r.facilitator) if r.facilitator else None,
            frozenset(map(UUID, r.observers)),
        )
        for r in (instance.published.rounds if instance.published else ())
        if r.round in named
    }
    found = changes(standing, after, ())
    return tuple(sorted({p for c in found for p in c.affected}, key=str))
