"""A year planned by HiGHS: sound by the checker, near its bound, the same for the same seed."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from services.scheduling.planning.check import check
from services.scheduling.planning.document import to_json
from services.scheduling.planning.generate import Size, generate
from services.scheduling.planning.greedy import greedy
from services.scheduling.planning.indexed import Indexed
from services.scheduling.planning.instance import Weights
from services.scheduling.planning.solve.mixing import mixed
from services.scheduling.planning.start import improve_task
from services.scheduling.planning.supervise import run, running
from services.scheduling.planning.worker import Told

INSTANCE = generate(Size(schools=4, observers=16, rounds=8, seats=4, facilitators=3, gap=10), 1)


async def test_the_plan_is_sound_near_its_bound_and_the_same_for_the_same_seed() -> None:
    outcome, again = await asyncio.gather(*(run("year", to_json(INSTANCE), seconds=60) for _ in range(2)))
    assert outcome.ended == "finished", outcome.words
    plan = outcome.plan
    assert plan is not None
    verdict = check(INSTANCE, plan)
    assert verdict.violations == ()
    assert verdict.parts == plan.parts
    assert plan.cost < greedy(INSTANCE).cost
    assert outcome.bound is not None
    assert outcome.bound <= plan.cost + 1e-6
    assert (plan.cost - outcome.bound) / plan.cost < 0.05
    assert again.plan == plan


async def test_a_stopped_job_keeps_its_best_plan() -> None:
    instance = generate("medium")
    async with running("year", to_json(instance), seconds=100) as job:
        async for progress in job.progress():
            if progress.plan is not None:
                await job.stop()
    assert job.outcome.ended == "stopped"
    assert job.outcome.plan is not None
    assert check(instance, job.outcome.plan).sound


async def test_a_year_goes_on_from_the_plan_that_was_kept() -> None:
    before = await run("year", to_json(INSTANCE), seconds=60)
    assert before.plan is not None
    kept = replace(before.plan, bound=before.bound)
    async with running("improve", improve_task(to_json(INSTANCE), kept), seconds=60) as job:
        first = await anext(p async for p in job.progress() if p.plan is not None)
        assert first.plan is not None
        assert first.cost == kept.cost
        assert first.bound == kept.bound
    broken = replace(kept, rounds=tuple(replace(r, observers=r.observers * 2) for r in kept.rounds))
    outcome = await run("improve", improve_task(to_json(INSTANCE), broken), seconds=60)
    assert outcome.plan is not None
    assert check(INSTANCE, outcome.plan).sound  # a plan that breaks a rule is no start


def test_people_change_places_to_meet_new_colleagues() -> None:
    weights = Weights(met_again=2.0)
    instance = replace(generate("small", 1), weights=weights)
    plan = greedy(instance)
    better = mixed(Indexed(instance), plan, Told(None, 60), seconds=60)
    assert check(instance, better).sound
    assert better.cost < plan.cost
    assert better.parts["met_again"] < plan.parts["met_again"]
    assert mixed(Indexed(instance), plan, Told(None, 60), seconds=60) == better  # the same seed, the same plan


async def test_days_are_chosen_for_leaders_whose_certification_ends() -> None:
    """Two rounds a school, four leaders of at most four rounds each, and three who lead none of the second half:
    days that are cheap for observers alone leave rounds there without a leader."""
    instance = generate(Size(schools=8, observers=48, rounds=16, seats=4, facilitators=4, gap=10), 3)
    middle = instance.days[len(instance.days) // 3].date
    leaders = [o.id for o in instance.observers if o.facilitates]
    observers = tuple(
        replace(o, certifications=tuple(replace(c, until=middle) for c in o.certifications))
        if o.id in leaders[:2]
        else o
        for o in instance.observers
    )
    limits = replace(instance.limits, facilitator_rounds=4)
    short = replace(instance, observers=observers, limits=limits)
    outcome = await run("year", to_json(short), seconds=60)
    assert outcome.plan is not None
    assert check(short, outcome.plan).sound
    assert outcome.plan.publishable, outcome.plan.parts
