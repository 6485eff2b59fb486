"""Repairs change what they must and tell all of it; "why" answers with the rule or the cost."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest

from services.scheduling.planning.check import check
from services.scheduling.planning.explain import why_task
from services.scheduling.planning.generate import generate
from services.scheduling.planning.greedy import greedy
from services.scheduling.planning.instance import Pin
from services.scheduling.planning.plan import Plan, RoundPlan
from services.scheduling.planning.repair.disruption import Disruption, happened
from services.scheduling.planning.repair.tasks import Repair, repair_task
from services.scheduling.planning.supervise import run

INSTANCE = generate("small", 2)
PLAN = greedy(INSTANCE)
ROUND = PLAN.rounds[5]
DAY = ROUND.day or date.min
HOST = next(r.host for r in INSTANCE.rounds if r.id == ROUND.round)
LEADER = ROUND.facilitator or ""
CASES = {
    "an observer is out": Disruption(kind="person_out", day=DAY, person=ROUND.observers[0]),
    "the facilitator is out": Disruption(kind="person_out", day=DAY, person=LEADER),
    "it snows": Disruption(kind="snow_day", day=DAY),
    "a week of testing is set": Disruption(kind="testing", day=DAY, last=DAY + timedelta(6)),
    "the host cannot": Disruption(kind="blackout", day=DAY, school=HOST, why="a burst pipe"),
    "a school withdraws": Disruption(kind="school_withdraws", day=date(2026, 9, 1), school=HOST),
}


async def repaired(disruption: Disruption) -> Repair:
    task = repair_task(INSTANCE, PLAN, DAY - timedelta(10), [disruption])
    outcome = await run("repair", task, seconds=30)
    assert outcome.result is not None, outcome.words
    return msgspec.json.decode(outcome.result, type=Repair)


def _when(planned: RoundPlan) -> date:
    assert planned.day is not None
    return planned.day


def people(planned: RoundPlan) -> set[str]:
    return {*planned.observers, *([planned.facilitator] if planned.facilitator else [])}


def differing(before: Plan, after: Plan) -> set[str]:
    old, new = ({r.round: (r.day, r.facilitator, r.observers) for r in p.rounds} for p in (before, after))
    return {name for name in old if old[name] != new.get(name)}


@pytest.mark.parametrize("case", CASES)
async def test_a_repair_is_sound_and_touches_no_more_than_it_reports(case: str) -> None:
    repair = await repaired(CASES[case])
    after = happened(INSTANCE, PLAN, DAY - timedelta(10), (CASES[case],))
    assert check(after, repair.plan).violations == ()
    assert differing(PLAN, repair.plan) == set(repair.touched)
    old, new = {r.round: r for r in PLAN.rounds}, {r.round: r for r in repair.plan.rounds}
    concerned: set[str] = set()
    for name in repair.touched:
        then, now = people(old[name]), people(new[name]) if name in new else set()
        same_day = name in new and new[name].day == old[name].day
        swapped = {old[name].facilitator, new[name].facilitator} - {None} if name in new else set()
        led_anew = swapped if name in new and old[name].facilitator != new[name].facilitator else set()
        concerned |= (then ^ now | {n for n in led_anew if n}) if same_day else then | now
    assert concerned == set(repair.notify)
    assert len(repair.notify) == len(set(repair.notify))
    assert repair.still_missing == ()


async def test_an_observer_who_is_out_is_replaced_by_exactly_one_and_nobody_else_is_told() -> None:
    repair = await repaired(CASES["an observer is out"])
    assert sorted(c.what for c in repair.changes) == ["observer_in", "observer_out"]
    assert len(repair.notify) == 2


async def test_whoever_is_out_is_out_even_where_those_who_stay_break_a_rule() -> None:
    """What stands was made by hand: the school of one who stays has no cover that day, and nobody else may be moved."""
    gone, *stay = ROUND.observers
    held = [Pin(id=n, round=ROUND.round, observer=n) for n in stay]
    home = next(o.home for o in INSTANCE.observers if o.id == stay[0])
    schools = (replace(s, cover_on={**s.cover_on, DAY: 0}) if s.id == home else s for s in INSTANCE.schools)
    strict = replace(INSTANCE, schools=tuple(schools), pins=(*INSTANCE.pins, *held))
    out = [Disruption(kind="person_out", day=DAY, person=gone)]
    outcome = await run("repair", repair_task(strict, PLAN, DAY - timedelta(10), out, (ROUND.round,)), seconds=30)
    assert outcome.result is not None, outcome.words
    repair = msgspec.json.decode(outcome.result, type=Repair)
    assert ("observer_out", (gone,)) in {(c.what, c.people) for c in repair.changes}
    after = next(r for r in repair.plan.rounds if r.round == ROUND.round)
    assert set(stay) <= set(after.observers)


async def test_a_snow_day_moves_that_days_rounds_alone() -> None:
    repair = await repaired(CASES["it snows"])
    moved = {c.round for c in repair.changes if c.what == "day"}
    assert moved == {r.round for r in PLAN.rounds if r.day == DAY}


async def test_a_lost_day_is_made_up_soon() -> None:
    """Any day was as good as another: what it snowed away in December came to be held in March."""
    repair = await repaired(CASES["it snows"])
    new = {r.round: r.day for r in repair.plan.rounds}
    for name in (r.round for r in PLAN.rounds if r.day == DAY):
        assert abs(((new[name] or date.max) - DAY).days) <= 28


async def test_why_not_that_day_is_answered_by_the_rule_that_forbids_it() -> None:
    holiday = next(d.date for d in INSTANCE.days if "no_school" in d.kinds)
    outcome = await run("why", why_task.why_task(INSTANCE, PLAN, ROUND.round, holiday), seconds=30)
    assert outcome.result is not None, outcome.words
    other = msgspec.json.decode(outcome.result)["others"][0]
    assert other["allowed"] is False
    assert other["reasons"][0]["rule"] == "open_day"
    assert "no school" in other["say"]["en"]
    assert "sin clases" in other["say"]["es"]


@pytest.mark.parametrize("later", [1, -1])
async def test_a_day_on_the_other_side_of_another_round_is_told_without_negative_days(later: int) -> None:
    """Of two rounds of a school each may be asked about a day beyond the other."""
    first, second = sorted((p for p in PLAN.rounds if p.round.startswith(ROUND.round.split("-")[0] + "-")), key=_when)[
        :2
    ]
    asked, beyond = (first, second) if later == 1 else (second, first)
    days = [d.date for d in INSTANCE.days if "no_school" not in d.kinds and d.date.weekday() < 5]
    day = days[days.index(_when(beyond)) + 3 * later]
    outcome = await run("why", why_task.why_task(INSTANCE, PLAN, asked.round, day), seconds=30)
    assert outcome.result is not None, outcome.words
    told = msgspec.json.decode(outcome.result)["others"][0]["say"]["en"]
    assert "3 school days apart" in told, told
    assert " -" not in told


async def test_every_rule_that_takes_days_away_has_words_in_both_languages() -> None:
    plans = json.loads((Path(__file__).parents[4] / "shared" / "catalogue" / "plans.json").read_text("utf-8"))
    rules = "open_day blackout window near gap rounds_per_day rounds_per_day_region pin ban held begun".split()
    for planned in PLAN.rounds[:6]:
        outcome = await run("why", why_task.why_task(INSTANCE, PLAN, planned.round, None), seconds=30)
        assert outcome.result is not None, outcome.words
        for rule in (*msgspec.json.decode(outcome.result)["forbidden"], *rules):
            for number in ("one", "other"):
                assert {"en", "es"} == set(plans[f"forbids.{rule}_{number}"])


async def test_why_this_day_is_answered_by_what_the_next_best_days_would_cost() -> None:
    outcome = await run("why", why_task.why_task(INSTANCE, PLAN, ROUND.round, None), seconds=30)
    assert outcome.result is not None, outcome.words
    told = msgspec.json.decode(outcome.result)
    assert sum(told["forbidden"].values()) > 0
    assert told["others"]
    for other in told["others"]:
        assert other["added"] == pytest.approx(sum(other["parts"].values()), abs=0.11)
        assert "points" in other["say"]["en"] or "same" in other["say"]["en"]


@pytest.mark.parametrize("n", [0, 5, 11])
async def test_a_day_that_costs_no_more_and_keeps_the_people_is_among_the_next_best(n: int) -> None:
    """Where everybody may be out once a month, the first days of the year looked as good as the next one."""
    instance = replace(INSTANCE, observers=tuple(replace(o, max_month=1) for o in INSTANCE.observers))
    plan = greedy(instance)
    one = plan.rounds[n]
    alike = replace(one, day=None)
    least = []
    for day in (d.date for d in INSTANCE.days):
        moved = Plan(rounds=tuple(replace(alike, day=day) if p.round == one.round else p for p in plan.rounds))
        if day != one.day and check(instance, moved).sound:
            least.append(day)
    assert least, "days to which the whole round may go as it is"

    async def asked(day: date | None) -> list[float]:
        outcome = await run("why", why_task.why_task(instance, plan, one.round, day), seconds=30)
        assert outcome.result is not None, outcome.words
        return [o["added"] for o in msgspec.json.decode(outcome.result)["others"]]

    nearest = min(least, key=lambda d: abs((d - _when(one)).days))
    told = await asked(None)
    assert told == sorted(told)
    assert told[0] <= (await asked(nearest))[0] + 0.1
