"""Like people and like rounds taken together: the same value as everybody by name, and flows that fill the seats."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from services.scheduling.planning.generate import generate
from services.scheduling.planning.indexed import Indexed
from services.scheduling.planning.instance import History, Instance, Visited, Weights
from services.scheduling.planning.solve.groups import Leading, Observing, flows
from services.scheduling.planning.solve.people import People
from services.scheduling.planning.solve.seats import Seats
from services.scheduling.planning.worker import Told
from tests.unit.scheduling.planning.test_bound import small_districts


def of_groups(view: Indexed) -> tuple[float, Observing, Leading]:
    seats, told = Seats(view, None), Told(None, 60)
    observing, leading = Observing(seats), Leading(seats)
    value = observing.relax(told, lambda units: None) + leading.relax(told, lambda units: None)
    return value + seats.constant, observing, leading


def of_everybody(view: Indexed) -> float:
    return People(view, None).relax(Told(None, 60))


@given(small_districts())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_groups_cost_what_their_people_cost_one_by_one(instance: Instance) -> None:
    view = Indexed(instance)
    assert of_groups(view)[0] == pytest.approx(of_everybody(view), abs=1e-3)


def test_exchange_and_who_was_there_before_are_known_to_groups() -> None:
    instance = generate("medium")
    seen = tuple(
        Visited(observer=o.id, host=instance.rounds[n % len(instance.rounds)].host)
        for n, o in enumerate(instance.observers[:90])
        if o.observes and o.home != instance.rounds[n % len(instance.rounds)].host
    )
    plain = of_groups(Indexed(instance))[0]
    view = Indexed(replace(instance, history=History(visited=seen), weights=Weights(no_exchange=40.0)))
    value = of_groups(view)[0]
    assert value > plain + 1.0
    assert value == pytest.approx(of_everybody(view), abs=1e-2)


def test_every_turn_tells_a_bound_and_flows_fill_every_seat() -> None:
    view = Indexed(generate("medium"))
    seats = Seats(view, None)
    observing, leading = Observing(seats), Leading(seats)
    told: list[float] = []
    value = observing.relax(Told(None, 60), told.append)
    leading.relax(Told(None, 60), lambda units: None)
    assert len(told) > 1
    assert max(told) == value
    found = flows(observing, leading, last=True)
    there = np.zeros(len(view.schools))
    for _, school, times in found.visits:
        there[school] += times
    assert (there >= np.bincount(view.host, weights=view.target, minlength=len(view.schools)) - 1e-6).all()
    assert sum(times for *_, times in found.leads) == pytest.approx(len(view.rounds))
    assert [group >= 0 for group in found.observers] == view.observes.tolist()
    assert {(view.home[p], group) for p, group in enumerate(found.observers) if group >= 0} == {
        (observing.home[group], group) for group in range(len(observing.home))
    }
