"""A visit that has begun stays on its day, whatever closes it; no way out of a collision moves it or gives it up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.scheduling.planning.check import check
from services.scheduling.planning.document import to_json
from services.scheduling.planning.explain import why_task
from services.scheduling.planning.explain.relax import Explanation, apply
from services.scheduling.planning.generate import Size, generate
from services.scheduling.planning.greedy import greedy
from services.scheduling.planning.instance import STANDS, BadInstance, Instance, Pin
from services.scheduling.planning.plan import Plan
from services.scheduling.planning.repair.disruption import Disruption
from services.scheduling.planning.repair.tasks import Repair, repair_task
from services.scheduling.planning.start import improve_task
from services.scheduling.planning.supervise import run
from services.scheduling.planning.validate import validated

SMALL = Size(schools=3, observers=12, rounds=6, seats=2, facilitators=3, gap=15)


def with_begun(instance: Instance, begun: dict[str, date]) -> Instance:
    return replace(instance, rounds=tuple(replace(r, begun=begun.get(r.id)) for r in instance.rounds))


@st.composite
def visited(draw: st.DrawFn) -> Instance:
    """A district in which a visit of some schools has begun: also on days that are closed or blacked out by now."""
    instance = generate(SMALL, draw(st.integers(1, 200)))
    days = [d.date for d in instance.days if "no_school" not in d.kinds]
    begun, lost = {}, set()
    for school in instance.schools:
        own = [r for r in instance.rounds if r.host == school.id]
        if draw(st.booleans()):
            day = draw(st.sampled_from([d for d in days if d not in begun.values()]))
            begun[draw(st.sampled_from(own)).id] = day
            lost |= {(school.id, day)} if draw(st.booleans()) else set()
    schools = tuple(
        replace(s, blackouts={**s.blackouts, **{d: "a burst pipe" for o, d in lost if o == s.id}})
        for s in instance.schools
    )
    return with_begun(replace(instance, schools=schools), begun)


@given(visited())
@settings(max_examples=80, deadline=None)
def test_a_first_plan_leaves_every_begun_visit_on_its_day_and_keeps_the_gap_to_it(instance: Instance) -> None:
    plan = greedy(instance)
    assert {v.rule for v in check(instance, plan).violations} <= {"no_day"}
    days = {r.round: r.day for r in plan.rounds}
    assert all(days[r.id] == r.begun for r in instance.rounds if r.begun)


INSTANCE = generate("small", 2)
PLAN = greedy(INSTANCE)
ROUND = PLAN.rounds[5]
DAY = ROUND.day or date.min
HOST = next(r.host for r in INSTANCE.rounds if r.id == ROUND.round)
HELD = with_begun(INSTANCE, {ROUND.round: DAY})


def test_a_plan_that_moves_it_is_refused_in_words() -> None:
    other = next(r.day for r in PLAN.rounds if r.day not in (None, DAY))
    moved = replace(PLAN, rounds=tuple(replace(r, day=other) if r is ROUND else r for r in PLAN.rounds))
    told = [v.sentence for v in check(HELD, moved).violations if v.rule == "begun"]
    assert len(told) == 1
    assert "its visit has begun on" in told[0]


def test_a_day_that_is_no_school_day_is_told_as_a_mistake_of_the_data() -> None:
    with pytest.raises(BadInstance, match="has begun on 2020-01-01"):
        validated(with_begun(INSTANCE, {ROUND.round: date(2020, 1, 1)}))


async def test_the_year_is_planned_around_it() -> None:
    asked = replace(HELD, search=replace(HELD.search, seconds=10))
    outcome = await run("year", to_json(asked), seconds=10)
    assert outcome.result is not None, outcome.words
    plan = msgspec.json.decode(outcome.result, type=Plan)
    assert check(HELD, plan).sound
    assert next(r.day for r in plan.rounds if r.round == ROUND.round) == DAY


async def test_what_collides_with_it_is_told_by_school_and_day_and_nothing_offered_moves_it() -> None:
    """Begun in the middle of a span that is too short for another round on either side."""
    instance = generate(SMALL, 7)
    days = [d.date for d in instance.days if "no_school" not in d.kinds]
    first, second = (r for r in instance.rounds if r.host == instance.schools[0].id)
    middle = days[len(days) // 2]
    wide = tuple(replace(r, gap=len(days) // 2 + 5) if r.host == first.host else r for r in instance.rounds)
    schools = tuple(replace(s, blackouts={middle: "a burst pipe"}) for s in instance.schools)
    collides = with_begun(replace(instance, rounds=wide, schools=schools), {first.id: middle})
    outcome = await run("explain", to_json(collides), seconds=30)
    assert outcome.result is not None, outcome.words
    told = msgspec.json.decode(outcome.result, type=Explanation)
    name = instance.schools[0].name
    assert [r.sentence for r in told.rules if r.rule == "begun"] == [
        f"The visit at {name} has begun on {middle.day} {middle:%B %Y}."
    ]
    assert any(r.rule == "gap" for r in told.rules)
    assert told.options
    for option in told.options:
        assert not [one for one in option if one.round == first.id or one.day == middle]
        plan = greedy(apply(collides, list(option)))
        assert next(r.day for r in plan.rounds if r.round == first.id) == middle
        assert plan.complete, option
    assert second.id not in {r.round for r in told.rules}


@pytest.mark.parametrize("leads", [True, False])
async def test_no_way_out_moves_or_gives_up_a_round_of_a_school_that_is_not_asked_about(leads: bool) -> None:
    """It stands on a day that was set aside for tests since; or nobody can lead it."""
    instance = generate(SMALL, 7)
    days = [d.date for d in instance.days if not d.kinds]
    asked, stands = instance.rounds[0], next(r for r in instance.rounds if r.host != instance.rounds[0].host)
    pin = Pin(id="day", round=stands.id, day=days[5], by=STANDS)
    closed = tuple(replace(d, kinds=("testing",)) if leads and d.date == days[5] else d for d in instance.days)
    nobody = stands if leads else replace(stands, facilitators=())
    collides = replace(instance, days=closed, rounds=(asked, nobody), pins=(pin,))
    plan = greedy(collides)
    kind, task = ("explain", to_json(collides)) if leads else ("scarce", improve_task(to_json(collides), plan))
    outcome = await run(kind, task, seconds=30)
    assert outcome.result is not None, outcome.words
    told = msgspec.json.decode(outcome.result, type=Explanation)
    assert told.possible is not leads
    assert not plan.publishable
    assert not leads or any(" stands on " in r.sentence for r in told.rules)
    for option in told.options:
        assert not [one for one in option if one.round == stands.id], option
        assert {one.kind for one in option} == {"closed_day"}


@pytest.mark.parametrize(
    "what",
    [
        Disruption(kind="snow_day", day=next(r.day for r in PLAN.rounds if r.day not in (None, DAY)) or DAY),
        Disruption(kind="snow_day", day=DAY),
        Disruption(kind="testing", day=DAY),
        Disruption(kind="blackout", day=DAY, school=HOST, why="a burst pipe"),
        Disruption(kind="person_out", day=DAY, person=ROUND.observers[0]),
    ],
    ids=lambda d: f"{d.kind} {d.day}",
)
async def test_a_repair_leaves_it_on_its_day_and_may_replace_who_cannot_come(what: Disruption) -> None:
    outcome = await run("repair", repair_task(HELD, PLAN, date(2026, 9, 1), [what]), seconds=30)
    assert outcome.result is not None, outcome.words
    repair = msgspec.json.decode(outcome.result, type=Repair)
    after = next(r for r in repair.plan.rounds if r.round == ROUND.round)
    assert after.day == DAY
    out = {what.person} if what.person else set()
    assert not out & set(after.observers)
    assert set(ROUND.observers) - out <= set(after.observers)


async def test_why_its_day_is_that_its_visit_has_begun() -> None:
    others = [r.day for r in PLAN.rounds if r.day not in (None, DAY)]
    for day in (None, others[0]):
        outcome = await run("why", why_task.why_task(HELD, PLAN, ROUND.round, day), seconds=30)
        assert outcome.result is not None, outcome.words
        told = msgspec.json.decode(outcome.result, type=why_task.Why)
        assert told.allowed == 0
        assert set(told.forbidden) >= {"begun"}
        assert any("not the day on which its visit has begun" in s.en for s in told.sentences)
        assert all(o.reasons[0].rule == "begun" for o in told.others)
