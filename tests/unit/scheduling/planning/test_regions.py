"""How a large district is parted, by its regions, small ones together; who is sent where; the year made of parts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from services.scheduling.planning.check import check
from services.scheduling.planning.document import to_json
from services.scheduling.planning.generate import Size, generate
from services.scheduling.planning.indexed import Indexed
from services.scheduling.planning.instance import Instance, Pair, Pin, Weights
from services.scheduling.planning.messages import Flows
from services.scheduling.planning.plan import Plan
from services.scheduling.planning.recount import recount
from services.scheduling.planning.solve import regional, regions, year
from services.scheduling.planning.solve.groups import Leading, Observing, flows
from services.scheduling.planning.solve.regions import SCHOOLS_PER_REGION, split
from services.scheduling.planning.solve.seats import Seats
from services.scheduling.planning.worker import Told

SIZE = Size(schools=160, observers=160, rounds=160, seats=1, facilitators=4)


def named(sizes: list[int]) -> Instance:
    names = [f"region {n}" for n, size in enumerate(sizes) for _ in range(size)]
    whole = generate(SIZE)
    schools = tuple(replace(s, region=name) for s, name in zip(whole.schools, names, strict=True))
    return replace(whole, schools=schools)


def test_small_regions_are_planned_together_and_large_ones_alone() -> None:
    parts = split(Indexed(named([50, 50, 30, 20, 10])), 3)
    hosts = [sorted({r.host for r in part.instance.rounds}) for part in parts]
    assert sorted(map(len, hosts)) == [50, 50, 60]
    assert max(map(len, hosts)) <= SCHOOLS_PER_REGION
    assert sorted(h for part in hosts for h in part) == sorted(s.id for s in named([160]).schools)
    alone = split(Indexed(named([40, 40, 40, 40])), 3)
    assert [len({r.host for r in part.instance.rounds}) for part in alone] == [40, 40, 40, 40]


def test_everybody_and_every_round_is_in_one_part() -> None:
    view = Indexed(named([70, 50, 40]))
    parts = split(view, 3)
    assert sorted(p for part in parts for p in part.people.tolist()) == list(range(len(view.people)))
    assert sorted(r for part in parts for r in part.rounds.tolist()) == list(range(len(view.rounds)))


REGIONS = Size(schools=24, observers=150, rounds=48, seats=8, facilitators=12, regions=3)
MORE = Size(schools=48, observers=300, rounds=96, seats=8, facilitators=24, regions=6)


@pytest.fixture
def small_regions(monkeypatch: pytest.MonkeyPatch) -> None:
    """As of a city: a year by regions, and nothing after them."""
    monkeypatch.setattr(year, "LARGE", 0)
    monkeypatch.setattr(year, "CITY", 0)
    for module in (regional, regions):
        monkeypatch.setattr(module, "SCHOOLS_PER_REGION", 8)


def worth(view: Indexed) -> Flows:
    seats = Seats(view, None)
    observing, leading = Observing(seats), Leading(seats)
    for grouped in (observing, leading):
        grouped.relax(Told(None, 60), lambda units: None)
    return flows(observing, leading, last=True)


@pytest.mark.usefixtures("small_regions")
def test_people_are_sent_where_they_are_worth_most() -> None:
    view = Indexed(generate(REGIONS))
    found = worth(view)
    parts = split(view, 3, found)
    assert len(parts) == 3
    of_part = {int(h): n for n, part in enumerate(parts) for h in view.host[part.rounds]}
    wanted = np.zeros(3)
    for _, school, times in found.visits:
        wanted[of_part[school]] += times
    fair = np.array([[part.low.sum(), part.high.sum()] for part in parts])
    assert (fair[:, 0] <= wanted + 1e-6).all()
    assert (fair[:, 1] >= wanted - 1e-6).all()
    several = [p for p in range(len(view.people)) if sum(p in part.people for part in parts) > 1]
    assert 0 < len(several) < len(view.people) / 4  # those near a border, and of a group few
    low, high = (np.zeros(len(view.people)) for _ in range(2))
    for part in parts:
        low[part.people] += part.low
        high[part.people] += part.high
    observe = view.observes
    assert (low[observe] <= view.share_low[observe]).all()
    assert (high[observe] >= view.share_high[observe]).all()
    assert sum(int(part.leads.sum()) for part in parts) >= len(view.rounds)


@pytest.mark.usefixtures("small_regions")
def test_pairs_stay_together_and_who_is_pinned_is_sent_to_the_round() -> None:
    whole = generate(REGIONS)
    first, far = whole.schools[0], whole.schools[-1]
    a, b = [o for o in whole.observers if o.home == first.id and o.observes][:2]
    other = next(o for o in whole.observers if o.home == whole.schools[1].id and o.observes)
    to = next(r for r in whole.rounds if r.host == far.id)
    pins = (Pin(id="pin", round=to.id, observer=other.id),)
    instance = replace(whole, pairs=(Pair(a=a.id, b=b.id, kind="together"),), pins=pins)
    view = Indexed(instance)
    parts = split(view, 3, worth(view))
    both = [{view.person_of[n] for n in (a.id, b.id)} & set(part.people.tolist()) for part in parts]
    assert sorted(map(len, both)) == [0, 0, 2]
    there = next(part for part in parts if view.round_of[to.id] in part.rounds)
    assert other.id in {o.id for o in there.instance.observers}
    assert there.instance.pins == pins


def in_parts(instance: Instance) -> tuple[Plan, Told]:
    told = Told(None, 120)
    return year.solve(to_json(instance), told), told


@pytest.mark.usefixtures("small_regions")
def test_a_year_of_parts_is_sound_near_its_bound_and_the_same_again() -> None:
    instance = generate(REGIONS)
    plan, told = in_parts(instance)
    assert plan.method == "regional"
    assert check(instance, plan).violations == ()
    assert plan.gap is not None
    assert plan.gap < 0.01  # by homes alone it was 6 %
    assert told.bound is not None
    assert in_parts(instance)[0] == plan


@pytest.mark.usefixtures("small_regions")
def test_where_time_is_short_regions_begin_with_flows_that_may_still_get_better() -> None:
    """A turn's flows send people everywhere that they are wanted, before the last rows are made."""
    view = Indexed(generate(MORE))
    seats = Seats(view, None)
    observing, leading = Observing(seats), Leading(seats)
    leading.relax(Told(None, 60), lambda units: None)
    turns: list[Flows] = []
    observing.relax(Told(None, 60), lambda units: turns.append(flows(observing, leading, last=False)))
    assert len(turns) > 1
    for found in turns:
        for part in split(view, 6, found):
            assert part.high.sum() >= 0.9 * view.target[part.rounds].sum()


@pytest.mark.usefixtures("small_regions")
def test_what_is_told_on_the_way_keeps_the_rules_and_gets_better(monkeypatch: pytest.MonkeyPatch) -> None:
    instance, plans = generate(MORE), []
    hear = Told.plan
    monkeypatch.setattr(Told, "plan", lambda told, plan, doing: (plans.append(plan), hear(told, plan, doing)))
    in_parts(instance)
    costs = [plan.cost for plan in plans]
    assert len(costs) > 3
    assert costs == sorted(costs, reverse=True)
    assert [plan.method for plan in plans] == ["greedy"] * (len(plans) - 1) + ["regional"]
    for plan in plans:
        assert check(instance, plan).violations == ()


@pytest.mark.usefixtures("small_regions")
def test_parts_that_want_the_same_people_on_tight_days_leave_no_rule_broken() -> None:
    tight = replace(REGIONS, tight=True, rounds=72)
    instance = generate(tight, 2)
    plan, _ = in_parts(instance)
    assert check(instance, plan).violations == ()
    assert plan.publishable


@pytest.mark.usefixtures("small_regions")
def test_people_of_a_very_large_district_change_places_when_its_regions_are_planned() -> None:
    plain = generate(REGIONS)
    instance = replace(plain, weights=Weights(met_again=2.0))
    before, (after, _) = in_parts(plain)[0], in_parts(instance)
    again = recount(instance, before)
    assert check(instance, after).violations == ()
    assert after.parts["met_again"] < again["met_again"]
    assert after.cost < sum(again.values())
