"""The bound that a leader is told is never above the best plan: small districts, planned whole and proved."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from services.scheduling.planning.document import to_json
from services.scheduling.planning.generate import Size, generate
from services.scheduling.planning.indexed import Indexed
from services.scheduling.planning.instance import History, Instance, Limits, Term, Visited, Weights
from services.scheduling.planning.plan import UNITS
from services.scheduling.planning.rivals import Joint
from services.scheduling.planning.solve import bound as bound_module
from services.scheduling.planning.solve.bound import climbed
from services.scheduling.planning.solve.highs import Highs
from services.scheduling.planning.solve.seats import Seats
from services.scheduling.planning.solve.year import bound
from services.scheduling.planning.worker import Told

DAYS = 12


@st.composite
def small_districts(draw: st.DrawFn) -> Instance:
    """Two to four weeks in which caps, terms and who is there leave more or less room."""
    schools = draw(st.integers(2, 4))
    size = Size(
        schools=schools,
        observers=schools * draw(st.integers(1, 3)),
        rounds=schools * draw(st.integers(1, 2)),
        seats=draw(st.integers(1, 4)),
        facilitators=draw(st.integers(1, 2)),
        gap=draw(st.integers(1, 6)),
        tight=draw(st.booleans()),
    )
    whole = generate(size, draw(st.integers(1, 1000)))
    first = draw(st.integers(0, len(whole.days) - DAYS))
    days = whole.days[first : first + DAYS]
    split = draw(st.integers(0, DAYS - 1))
    cap = st.sampled_from([None, 1, 2, 3])
    caps = [(draw(cap), draw(cap), draw(cap)) for _ in whole.observers]
    people = [
        replace(o, max_month=month, max_term=term, max_year=year, unavailable=o.unavailable)
        for o, (month, term, year) in zip(whole.observers, caps, strict=True)
    ]
    before = draw(st.lists(st.tuples(st.sampled_from(people), st.sampled_from(whole.schools)), max_size=4))
    return replace(
        whole,
        days=days,
        terms=(
            Term(id="a", name="A", first=days[0].date, last=days[split].date),
            *(
                [Term(id="b", name="B", first=days[split + 1].date, last=days[-1].date)]
                if split + 1 < DAYS and draw(st.booleans())
                else []
            ),
        ),
        observers=tuple(people),
        history=History(visited=tuple(Visited(observer=o.id, host=s.id) for o, s in before)),
        limits=Limits(
            rounds_per_day=draw(st.sampled_from([None, 1, 2])), facilitator_rounds=draw(st.sampled_from([None, 2, 4]))
        ),
        weights=Weights(empty_seat=draw(st.sampled_from([2.0, 60.0])), fair_share=draw(st.sampled_from([0.0, 12.0]))),
    )


def best(instance: Instance) -> float | None:
    """What the best plan costs: days and people at once, proved. None where there is none."""
    view = Indexed(instance)
    joint = Joint(view, [np.flatnonzero(ok).tolist() for ok in view.day_ok])
    model = Highs(1)
    model.add_columns(np.array(joint.cost, dtype=float), np.zeros(len(joint.cost)), np.array(joint.upper, dtype=float))
    outer = np.repeat(np.arange(len(joint.rows)), [len(row[2]) for row in joint.rows])
    inner = np.array([c for row in joint.rows for c in row[2]], dtype=np.int64)
    values = np.array([v for row in joint.rows for v in row[3]], dtype=float)
    lower, upper = (np.array([row[n] for row in joint.rows], dtype=float) for n in (0, 1))
    model.add_rows(lower, upper, (outer, inner), values)
    model.integer(np.arange(len(joint.cost)))
    found = model.solve(60)
    assert model.optimal or model.infeasible
    return model.objective / UNITS if found else None


@given(small_districts())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_bound_is_never_above_the_best_plan(instance: Instance) -> None:
    told = Told(None, 60)
    bound(to_json(instance), told)
    cost = best(instance)
    assert told.bound is not None
    event("no plan" if cost is None else "proved alike" if cost - told.bound < 0.01 else "below")
    assert cost is None or told.bound <= cost + 1e-3
    at_prices: list[float] = []
    climbed(Seats(Indexed(instance), None), told, at_prices.append)
    assert cost is None or max(at_prices) / UNITS <= cost + 1e-3


def test_prices_climb_near_the_bound_of_the_whole_programme() -> None:
    instance = generate("small")
    told = Told(None, 60)
    bound(to_json(instance), told)
    at_prices: list[float] = []
    climbed(Seats(Indexed(instance), None), Told(None, 60), at_prices.append)
    assert told.bound is not None
    assert 0.95 * told.bound < max(at_prices) / UNITS <= told.bound + 1e-3


def test_days_out_in_a_term_are_known_to_the_bound() -> None:
    """The demo's year was told to be at most 39 % from the best possible, for the bound let people out more often."""
    instance = generate("tiny")
    whole = Term(id="year", name="Year", first=instance.days[0].date, last=instance.days[-1].date)
    once = tuple(replace(o, max_term=1 if o.observes else None) for o in instance.observers)
    instance = replace(instance, terms=(whole,), observers=once)
    told = Told(None, 60)
    bound(to_json(instance), told)
    empty = sum(r.target_observers for r in instance.rounds) - sum(o.observes for o in instance.observers)
    assert empty > 0
    assert told.bound is not None
    assert told.bound >= empty * instance.weights.empty_seat


@given(small_districts())
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_prices_of_the_nearest_rounds_prove_is_asked_of_all_rounds(instance: Instance) -> None:
    """As of a city, where prices climb among few rounds of each person: what is told stays a bound."""
    near, bound_module._NEAR = bound_module._NEAR, 1
    try:
        told, cost = Told(None, 60), best(instance)
        at_prices: list[float] = []
        climbed(Seats(Indexed(instance), None), told, at_prices.append)
    finally:
        bound_module._NEAR = near
    assert cost is None or max(at_prices) / UNITS <= cost + 1e-3
