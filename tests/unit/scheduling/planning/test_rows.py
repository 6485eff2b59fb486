"""The row model against every roster there is, on instances small enough to look at all of them."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from services.scheduling.planning.rows.check import broken
from services.scheduling.planning.rows.master import Master
from services.scheduling.planning.rows.price import Row, price_of, rounded
from services.scheduling.planning.rows.roster import Person, Roster, Taken, cost, read
from services.scheduling.planning.rows.search import Search
from services.scheduling.planning.supervise import run
from services.scheduling.planning.worker import Told

PUBLIC = Path(__file__).resolve().parents[5] / "shared" / "data" / "benchmarks"
ANY = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
SHIFTS = ["E", "L"]


@st.composite
def people(draw: st.DrawFn, name: str) -> Person:
    least_minutes = draw(st.sampled_from([0, 960, 1440]))
    return Person(
        id=name,
        most_of_shift={"E": draw(st.sampled_from([0, 2, 9])), "L": draw(st.sampled_from([1, 3, 9]))},
        most_minutes=least_minutes + draw(st.sampled_from([480, 1200])),
        least_minutes=least_minutes,
        most_on=draw(st.integers(2, 4)),
        least_on=draw(st.integers(1, 2)),
        least_off=draw(st.integers(1, 3)),
        most_weekends=draw(st.integers(0, 2)),
    )


@st.composite
def rosters(draw: st.DrawFn) -> Roster:
    """Two people, a week and a day, two shifts; the last days reach into a weekend."""
    days = draw(st.integers(6, 8))
    staff = [draw(people("a")), draw(people("b"))]
    cells = list(product([p.id for p in staff], range(days), SHIFTS))
    wishes = st.lists(st.sampled_from(cells), unique=True, max_size=5)
    return Roster(
        days=days,
        shifts={"E": (480, ()), "L": (draw(st.sampled_from([480, 600])), ("E",))},
        people=staff,
        off={"a": draw(st.lists(st.integers(0, days - 1), unique=True, max_size=2))},
        on_wishes=[(*cell, draw(st.integers(1, 3))) for cell in draw(wishes)],
        off_wishes=[(*cell, draw(st.integers(1, 3))) for cell in draw(wishes)],
        cover=[(d, s, draw(st.integers(0, 2)), draw(st.sampled_from([1, 5])), 1) for d in range(days) for s in SHIFTS],
    )


def every_row(roster: Roster, person: Person) -> list[Row]:
    """All that the checker lets pass, of all there are."""
    alone = Roster(roster.days, roster.shifts, [person], roster.off, [], [], [])
    found = []
    for shifts in product([None, 0, 1], repeat=roster.days):
        row = tuple((d, s) for d, s in enumerate(shifts) if s is not None)
        if not broken(alone, of(person, row)):
            found.append(row)
    return found


def of(person: Person, row: Row) -> Taken:
    return frozenset((person.id, d, SHIFTS[s]) for d, s in row)


@ANY
@given(roster=rosters(), data=st.data())
def test_the_cheapest_rows_at_any_prices_are_found(roster: Roster, data: st.DataObject) -> None:
    master = Master(roster)
    prices = rounded(np.array(data.draw(st.lists(st.lists(st.floats(-2, 3), min_size=2, max_size=2),
                                                 min_size=roster.days, max_size=roster.days))))  # fmt: skip
    for group, who, tables in master.tables(master.free(), prices):
        for i, p in enumerate(who.tolist()):
            worth = {row: price_of(row, master.wish[p] - prices) for row in every_row(roster, roster.people[p])}
            found = group.best(tables, i, 3)
            assert all(worth[row] == price for price, row in found)
            assert bool(found) == bool(worth)
            if found:
                assert found[0][0] == min(worth.values())
                near = list(group.within(tables, i, found[0][0] + 1))
                assert sorted(near) == sorted(row for row, price in worth.items() if price <= found[0][0] + 1)


@ANY
@given(roster=rosters())
def test_a_small_roster_is_solved_and_proved(roster: Roster) -> None:
    a, b = roster.people
    first, second = every_row(roster, a), every_row(roster, b)
    assume(0 < len(first) * len(second) <= 3000)
    best = min(cost(roster, of(a, one) | of(b, other)) for one in first for other in second)
    search = Search(roster, Told(None, 30))
    search.run()
    taken = search.taken()
    assert taken is not None
    assert not broken(roster, taken)
    assert (cost(roster, taken), search.cost, search.bound) == (best, best, best)


def test_who_can_have_no_row_leaves_no_roster() -> None:
    person = Person("a", {"E": 7}, 480, 480, 2, 1, 1, 1)
    roster = Roster(7, {"E": (480, ())}, [person], {"a": list(range(7))}, [], [], [(0, "E", 1, 1, 1)])
    search = Search(roster, Told(None, 5))
    search.run()
    assert search.taken() is None


@pytest.mark.parametrize(("number", "proved"), [(2, 828), (3, 1001), (4, 1716)])
async def test_a_public_instance_is_proved_at_its_best_known_cost(number: int, proved: int) -> None:
    path = PUBLIC / f"schedulingbenchmarks_Instance{number}.txt"
    if not path.is_file():
        pytest.skip("the public instances are not beside the project")
    outcome = await run("rows", msgspec.json.encode(str(path)), seconds=60)
    assert outcome.result is not None, outcome.words
    told = msgspec.json.decode(outcome.result)
    roster, taken = read(path), frozenset((p, d, s) for p, d, s in told["taken"])
    assert not broken(roster, taken)
    assert (cost(roster, taken), told["bound"]) == (proved, proved)
