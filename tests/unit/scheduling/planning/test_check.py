"""The independent checker finds what a plan breaks, in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.scheduling.planning.check import check
from services.scheduling.planning.generate import generate
from services.scheduling.planning.greedy import greedy
from services.scheduling.planning.instance import Instance, Limits, Pair, Pin
from services.scheduling.planning.plan import Plan, RoundPlan

INSTANCE = generate("small", 2)
PLAN = greedy(INSTANCE)
FIRST = PLAN.rounds[0]
HOST = next(s for s in INSTANCE.schools if s.id == INSTANCE.rounds[0].host)


def first(plan: Plan, **changes: object) -> Plan:
    return replace(plan, rounds=(replace(plan.rounds[0], **changes), *plan.rounds[1:]))  # type: ignore[arg-type]


def person(instance: Instance, name: str, **changes: object) -> Instance:
    return replace(
        instance,
        observers=tuple(replace(o, **changes) if o.id == name else o for o in instance.observers),  # type: ignore[arg-type]
    )


def host(**changes: object) -> Instance:
    schools = tuple(replace(s, **changes) if s is HOST else s for s in INSTANCE.schools)  # type: ignore[arg-type]
    return replace(INSTANCE, schools=schools)


def broken(instance: Instance, plan: Plan) -> set[str]:
    return {v.rule for v in check(instance, plan).violations}


def test_a_sound_plan_breaks_nothing_and_costs_what_it_says() -> None:
    verdict = check(INSTANCE, PLAN)
    assert verdict.violations == ()
    assert verdict.parts == PLAN.parts
    assert verdict.cost == pytest.approx(PLAN.cost)


DAY = FIRST.day or date.min
SOMEBODY = FIRST.observers[0]
LEADER = FIRST.facilitator or ""
OWN = next(o.id for o in INSTANCE.observers if o.home == HOST.id and o.observes)
HOLIDAY = next(d.date for d in INSTANCE.days if "no_school" in d.kinds)
SECOND = next(r for r in PLAN.rounds if r.round == FIRST.round.replace("-0", "-1"))
CASES: dict[str, Callable[[], tuple[Instance, Plan]]] = {
    "no_day": lambda: (INSTANCE, replace(PLAN, rounds=PLAN.rounds[1:])),
    "twice": lambda: (INSTANCE, replace(PLAN, rounds=(*PLAN.rounds, FIRST))),
    "unknown": lambda: (INSTANCE, replace(PLAN, rounds=(*PLAN.rounds, RoundPlan(round="?", day=DAY)))),
    "open_day": lambda: (INSTANCE, first(PLAN, day=HOLIDAY)),
    "blackout": lambda: (host(blackouts={DAY: "a fair"}), PLAN),
    "window": lambda: (
        replace(INSTANCE, rounds=(replace(INSTANCE.rounds[0], first=DAY + timedelta(1)), *INSTANCE.rounds[1:])),
        PLAN,
    ),
    "own_school": lambda: (INSTANCE, first(PLAN, observers=(*FIRST.observers[1:], OWN))),
    "available": lambda: (person(INSTANCE, SOMEBODY, unavailable=(DAY,)), PLAN),
    "one_place_a_day": lambda: (INSTANCE, first(PLAN, observers=(SOMEBODY, SOMEBODY))),
    "month_cap": lambda: (person(INSTANCE, SOMEBODY, max_month=0), PLAN),
    "term_cap": lambda: (person(INSTANCE, SOMEBODY, max_term=0), PLAN),
    "year_cap": lambda: (person(INSTANCE, SOMEBODY, out_before=99), PLAN),
    "cover": lambda: (
        replace(INSTANCE, schools=tuple(replace(s, cover_on={DAY: 0}) for s in INSTANCE.schools)),
        PLAN,
    ),
    "facilitator_certified": lambda: (person(INSTANCE, LEADER, certifications=()), PLAN),
    "facilitator_pool": lambda: (person(INSTANCE, LEADER, facilitates=False), PLAN),
    "facilitator_rounds": lambda: (replace(INSTANCE, limits=Limits(facilitator_rounds=1)), PLAN),
    "gap": lambda: (INSTANCE, first(PLAN, day=SECOND.day)),
    "rounds_per_day": lambda: (replace(INSTANCE, limits=Limits(rounds_per_day=0)), PLAN),
    "rounds_per_day_region": lambda: (replace(INSTANCE, limits=Limits(rounds_per_day_region=0)), PLAN),
    "from_one_school": lambda: (replace(INSTANCE, limits=Limits(from_one_school=0)), PLAN),
    "network": lambda: (
        replace(INSTANCE, rounds=tuple(replace(r, network="north") for r in INSTANCE.rounds)),
        PLAN,
    ),
    "trained": lambda: (replace(INSTANCE, rounds=tuple(replace(r, trained=True) for r in INSTANCE.rounds)), PLAN),
    "max_observers": lambda: (
        replace(INSTANCE, rounds=tuple(replace(r, max_observers=1) for r in INSTANCE.rounds)),
        PLAN,
    ),
    "not_an_observer": lambda: (person(INSTANCE, SOMEBODY, observes=False), PLAN),
    "pin": lambda: (replace(INSTANCE, pins=(Pin(id="a", round=FIRST.round, day=DAY + timedelta(1)),)), PLAN),
    "ban": lambda: (replace(INSTANCE, pins=(Pin(id="a", round=FIRST.round, observer=SOMEBODY, ban=True),)), PLAN),
    "apart": lambda: (replace(INSTANCE, pairs=(Pair(a=SOMEBODY, b=FIRST.observers[1], kind="apart"),)), PLAN),
    "together": lambda: (replace(INSTANCE, pairs=(Pair(a=SOMEBODY, b=OWN, kind="together"),)), PLAN),
}


@pytest.mark.parametrize("rule", CASES)
def test_a_broken_rule_is_named_in_a_sentence(rule: str) -> None:
    instance, plan = CASES[rule]()
    found = [v for v in check(instance, plan).violations if v.rule == rule]
    assert found
    assert all(said.endswith(".") and " " in said for v in found for said in (v.say.en, v.say.es))
    assert all(v.say.en != v.say.es and "{" not in v.say.es for v in found)


def test_a_sentence_names_the_person_the_school_and_the_date() -> None:
    instance, plan = CASES["available"]()
    name = next(o.name for o in INSTANCE.observers if o.id == SOMEBODY)
    sentence = check(instance, plan).violations[0].sentence
    assert name in sentence
    assert HOST.name in sentence
    assert f"{DAY.day} {DAY:%B %Y}" in sentence


def test_a_day_too_near_a_round_outside_of_the_plan_says_to_which_and_a_saturday_that_it_is_one() -> None:
    before = DAY - timedelta(3)
    near = replace(INSTANCE.rounds[0], first=DAY + timedelta(1), held_before=before, gap=12)
    told = check(replace(INSTANCE, rounds=(near, *INSTANCE.rounds[1:])), PLAN).violations
    day = f"{before.day} {before:%B %Y}"
    assert [v.sentence.partition(", too")[2] for v in told if v.rule == "window"] == [
        f" near the school's round on {day}: 12 school days are wanted."
    ]
    saturday = DAY + timedelta(5 - DAY.weekday())
    closed = [v.sentence for v in check(INSTANCE, first(PLAN, day=saturday)).violations if v.rule == "open_day"]
    assert [s.endswith("a Saturday.") for s in closed] == [True]
