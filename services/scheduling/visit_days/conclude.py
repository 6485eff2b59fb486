"""How a job's answer is kept. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from services.scheduling.planning.visit_day.tasks import DayChange, DayPlan
from services.scheduling.visit_days.decide import DayProposal
from services.scheduling.visit_days.events import (
    LaidDebrief,
    Layout,
    VisitDayImpossible,
    VisitDayProposed,
    VisitDayRepairProposed,
)
from services.scheduling.visit_days.facts import DayFacts
from services.scheduling.visit_days.layouts import laid_out
from services.scheduling.visit_days.tasks import DayTask, layout_of
from shared.said import Said


def concluded(
    facts: DayFacts,
    held: DayProposal,
    task: DayTask,
    plan: DayPlan,
    seconds: float,
    *,
    notes: tuple[Said, ...] = (),
    changes: Sequence[DayChange] | None = None,
) -> VisitDayProposed:
    """The optimiser's plan as a proposal; `changes`: of a repair."""
    teams, visits = layout_of(facts, task, plan)
    debrief = LaidDebrief.model_validate_json(task.debrief) if task.debrief else None
    layout = laid_out(facts, teams, visits, debrief)
    kind = VisitDayProposed if changes is None else VisitDayRepairProposed
    told = (*notes, *plan.notes)
    made = kind(
        layout=layout,
        by="optimiser",
        cost=plan.cost,
        bound=plan.bound,
        seconds=seconds,
        notes=tuple(n.en for n in told),
        notes_said=told,
    )
    if isinstance(made, VisitDayRepairProposed):
        return made.model_copy(update={"notify": told_of(held.asked.standing, layout, facts.plan.facilitator_id)})
    return made


def told_of(before: Layout, after: Layout, facilitator_id: UUID) -> tuple[UUID, ...]:
    """Whose day is another than before: members of teams whose visits or members change, those who fall out, and
    whoever leads the round. Nobody where nothing changes."""

    def days(layout: Layout) -> dict[UUID, tuple[object, ...]]:
        visits = {
            n: tuple((v.starts_at, v.classroom_id) for v in layout.visits if v.team == n)
            for n in range(len(layout.teams))
        }
        return {
            p: (frozenset(t.observer_ids), visits[n], layout.debrief)
            for n, t in enumerate(layout.teams)
            for p in t.observer_ids
        }

    then, now = days(before), days(after)
    touched = {p for p in then.keys() | now.keys() if then.get(p) != now.get(p)}
    return tuple(sorted(touched | {facilitator_id}, key=str)) if touched else ()


def given_up(held: DayProposal, words: Said, seconds: float) -> VisitDayProposed | VisitDayImpossible:
    """The answer by hand stands in where the optimiser has none."""
    first = held.asked.first
    if first is None:
        return impossible([words], seconds)
    return VisitDayProposed(
        layout=first, by="hand", cost=0, bound=None, seconds=seconds, notes=(words.en,), notes_said=(words,)
    )


def impossible(sentences: Sequence[Said], seconds: float) -> VisitDayImpossible:
    return VisitDayImpossible(
        sentences=tuple(s.en for s in sentences), sentences_said=tuple(sentences), seconds=seconds
    )
