"""Whatever the district: a plan that the checker accepts, or an explanation whose relaxations make one possible."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import msgspec
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from services.scheduling.planning.check import check
from services.scheduling.planning.document import to_json
from services.scheduling.planning.explain.relax import Explanation, apply
from services.scheduling.planning.generate import Size, generate
from services.scheduling.planning.greedy import greedy
from services.scheduling.planning.instance import Instance
from services.scheduling.planning.plan import Plan
from services.scheduling.planning.start import improve_task
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
@example(generate(Size(schools=5, observers=5, rounds=10, seats=1, facilitators=1, gap=15), 44))
@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_district_gets_a_plan_to_publish_or_relaxations_that_give_one(instance: Instance) -> None:
    plan = planned(instance)
    if not plan.complete:  # first the days
        told = answer("explain", to_json(instance))
        assert told.rules
        for option in told.options:
            assert answer("explain", to_json(apply(instance, list(option)))).possible
        instance = apply(instance, list(told.options[0]))
        plan = planned(instance)
        assert plan.complete
    if not plan.publishable:  # then the people
        told = answer("scarce", improve_task(to_json(instance), plan))
        assert told.rules
        for option in {told.options[0], told.options[-1]}:
            assert planned(apply(instance, list(option))).publishable, option


def planned(instance: Instance) -> Plan:
    """The engine's plan; the checker accepts all of it but missing days."""
    outcome = asyncio.run(run("year", to_json(instance), seconds=4))
    assert outcome.plan is not None, outcome.words
    verdict = check(instance, outcome.plan)
    assert {v.rule for v in verdict.violations} <= {"no_day"}
    assert verdict.parts == outcome.plan.parts
    assert outcome.bound is None or not outcome.plan.complete or outcome.bound <= verdict.cost + 1e-6
    return outcome.plan


def answer(kind: str, task: bytes) -> Explanation:
    outcome = asyncio.run(run(kind, task, seconds=60))
    assert outcome.result is not None, outcome.words
    return msgspec.json.decode(outcome.result, type=Explanation)
