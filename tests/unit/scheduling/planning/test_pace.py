"""Rounds spread evenly over the year: the models of days and of one round count what the checker counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from services.scheduling.planning.check import check
from services.scheduling.planning.document import to_json
from services.scheduling.planning.explain.why import _pace
from services.scheduling.planning.generate import Size, generate
from services.scheduling.planning.greedy import greedy
from services.scheduling.planning.indexed import Indexed
from services.scheduling.planning.instance import Instance, Pin, Weights
from services.scheduling.planning.part import part
from services.scheduling.planning.plan import UNITS, Plan, RoundPlan
from services.scheduling.planning.recount import recount
from services.scheduling.planning.solve.dates import Dates
from services.scheduling.planning.supervise import run

SIZE = Size(schools=6, observers=30, rounds=12, seats=3, facilitators=4, gap=10)


def district(seed: int, *, pace: float = 5.0, pins: tuple[Pin, ...] = ()) -> Instance:
    return replace(generate(SIZE, seed), weights=Weights(uneven_pace=pace), pins=pins)


async def test_rounds_are_spread_over_the_year_and_the_plan_says_what_it_costs() -> None:
    instance = district(1)
    outcome = await run("year", to_json(instance), seconds=30)
    plan = outcome.plan
    assert plan is not None
    verdict = check(instance, plan)
    assert verdict.sound
    assert verdict.parts == plan.parts
    months = Counter(r.day.month for r in plan.rounds if r.day)
    assert max(months.values()) <= 3
    assert len(months) >= 8


@pytest.mark.parametrize("seed", range(1, 6))
def test_what_days_cost_in_the_model_is_what_is_counted(seed: int) -> None:
    loose = district(seed)
    late = sorted(d.date for d in loose.days if not d.kinds)[-1]
    ends = tuple(Pin(id=n, round=n, day=late) for n in ("r0-1", "r1-1"))  # an even pace cannot be had
    instance = replace(loose, pins=ends, limits=replace(loose.limits, rounds_per_day=None, rounds_per_day_region=None))
    view = Indexed(instance)
    assert view.day_ok.any(axis=1).all(), "both schools are open on the last day"
    model = Dates(view, priced=False)
    found = model.solve(30, gap=0.0)
    assert found is not None
    assert found.bound is not None
    rounds = tuple(
        RoundPlan(round=w.id, day=view.dates[d]) for w, d in zip(view.rounds, found.days.tolist(), strict=True)
    )
    parts = recount(instance, Plan(rounds=rounds))
    counted = parts.get("uneven_pace", 0.0) + parts.get("disliked_day", 0.0)
    assert counted == pytest.approx(found.bound / UNITS)
    assert Dates(view, priced=False).least(30) <= found.bound + 1e-6


@pytest.mark.parametrize("seed", range(1, 4))
def test_one_round_beside_all_others_costs_what_the_whole_year_does(seed: int) -> None:
    instance = district(seed)
    view, plan = Indexed(instance), greedy(instance)
    days = np.array([view.day_of[r.day] for r in plan.rounds if r.day], dtype=np.int64)
    r = seed
    beside = _pace(part(view, plan, days, [r]))
    for d in range(0, len(view.dates), 7):
        moved = replace(plan.rounds[r], day=view.dates[d])
        rounds = (*plan.rounds[:r], moved, *plan.rounds[r + 1 :])
        assert beside[d] / UNITS == recount(instance, Plan(rounds=rounds)).get("uneven_pace", 0.0)
