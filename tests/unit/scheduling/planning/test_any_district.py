"""Whatever the district: a plan that the checker accepts, or an explanation whose relaxations make one possible."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.scheduling.planning.check import check
from services.scheduling.planning.explain.relax import Relaxation, apply
from services.scheduling.planning.generate import Size, generate
from services.scheduling.planning.greedy import greedy
from services.scheduling.planning.instance import Instance, to_json
from services.scheduling.planning.supervise import run


@st.composite
def districts(draw: st.DrawFn) -> Instance:
    schools = draw(st.integers(2, 5))
    size = Size(
        schools=schools,
        observers=schools * draw(st.integers(1, 4)),
        rounds=schools * draw(st.integers(1, 3)),
        seats=draw(st.integers(1, 5)),
        facilitators=draw(st.integers(1, 3)),
        gap=draw(st.integers(1, 100)),
        tight=draw(st.booleans()),
    )
    instance = generate(size, draw(st.integers(1, 1000)))
    per_day = draw(st.sampled_from([None, 1, 2]))
    return replace(instance, limits=replace(instance.limits, rounds_per_day=per_day))


@given(districts())
@settings(max_examples=60, deadline=None)
def test_a_first_plan_breaks_no_hard_rule_but_a_missing_day(instance: Instance) -> None:
    plan = greedy(instance)
    verdict = check(instance, plan)
    assert {v.rule for v in verdict.violations} <= {"no_day"}
    assert verdict.parts == plan.parts


@given(districts())
@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_district_gets_a_sound_plan_or_relaxations_that_give_one(instance: Instance) -> None:
    if greedy(instance).complete:
        outcome = asyncio.run(run("year", to_json(instance), seconds=3))
        assert outcome.plan is not None, outcome.words
        verdict = check(instance, outcome.plan)
        assert verdict.violations == ()
        assert outcome.bound is None or outcome.bound <= verdict.cost + 1e-6
        return
    outcome = asyncio.run(run("explain", to_json(instance), seconds=60))
    assert outcome.result is not None, outcome.words
    told = msgspec.json.decode(outcome.result)
    if told["possible"]:
        return  # greedy was unlucky: the full programme finds the days
    assert told["rules"]
    for option in told["options"]:
        relaxed = apply(instance, msgspec.convert(option, type=list[Relaxation]))
        again = asyncio.run(run("explain", to_json(relaxed), seconds=60))
        assert again.result is not None
        assert msgspec.json.decode(again.result)["possible"]
