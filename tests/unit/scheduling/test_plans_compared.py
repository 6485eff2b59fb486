"""Two plans side by side: which rounds differ, and who is out on more days."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from services.scheduling.plans.compare import DaysOut, days_out, differences, same_wish
from services.scheduling.plans.diff import Standing
from services.scheduling.plans.events import Wish

MONDAY = date(2099, 1, 12)
ADA, BEN, CLEO, DORA = (UUID(int=n) for n in range(1, 5))
NORTH, SOUTH = UUID(int=11), UUID(int=12)


def plan(*rounds: tuple[UUID, int, UUID | None, set[UUID]], named: list[UUID] | None = None) -> dict[UUID, Standing]:
    made = {}
    for n, (school, day, leads, observers) in enumerate(rounds):
        round_id = named[n] if named else uuid4()
        made[round_id] = Standing(round_id, school, MONDAY + timedelta(day), leads, frozenset(observers))
    return made


def test_rounds_of_plans_that_were_asked_for_one_by_one_are_held_together_by_school_and_day() -> None:
    first = plan((NORTH, 0, ADA, {BEN}), (NORTH, 7, ADA, {BEN}), (SOUTH, 1, ADA, {CLEO}))
    second = plan((NORTH, 7, ADA, {BEN}), (NORTH, 9, ADA, {BEN}), (SOUTH, 1, ADA, {CLEO, DORA}))
    moved, restaffed = sorted(differences(first, second), key=lambda c: c.kind)
    assert (moved.kind, moved.before and moved.before.day, moved.after and moved.after.day) == (
        "moved",
        MONDAY,
        MONDAY + timedelta(9),
    )
    assert (restaffed.kind, restaffed.joins, restaffed.leaves) == ("restaffed", {DORA}, set())


@pytest.mark.parametrize("named", [None, [UUID(int=21)]])
def test_both_directions_tell_the_same(named: list[UUID] | None) -> None:
    first = plan((NORTH, 0, ADA, {BEN}), named=named)
    second = plan((NORTH, 2, BEN, {CLEO}), named=named) | plan((SOUTH, 3, ADA, {BEN}))
    there, back = differences(first, second), differences(second, first)
    assert [c.kind for c in there] == ["moved", "added"]
    assert sorted(c.kind for c in back) == ["cancelled", "moved"]
    (moved,) = (c for c in back if c.kind == "moved")
    assert (moved.joins, moved.leaves) == (there[0].leaves, there[0].joins)
    assert differences(first, first) == []


def test_days_out_count_those_who_facilitate_too_and_a_day_once() -> None:
    first = plan((NORTH, 0, ADA, {BEN}), (NORTH, 1, ADA, {BEN}), (SOUTH, 2, CLEO, {DORA}))
    second = plan((NORTH, 0, BEN, {ADA}), (SOUTH, 3, CLEO, {DORA}), (NORTH, 90, ADA, {BEN}))
    out = days_out(first.values(), second.values(), MONDAY, MONDAY + timedelta(30))
    assert set(out.people) == {DaysOut(ADA, 2, 1), DaysOut(BEN, 2, 1)}
    assert (out.elsewhere, out.most, out.anybody) == (2, (2, 1), (4, 4))


def test_a_wish_is_the_same_whatever_it_is_called_and_however_long_it_is_worked_on() -> None:
    wish = Wish(
        name="Spring", first_day=MONDAY, last_day=MONDAY + timedelta(90), school_ids=(NORTH,), rounds_per_school=1,
        seats_min=3, seats_target=4, seats_max=6, gap_days=30, facilitator_most=5, observer_most=4,
        observer_most_month=2, rounds_per_day=4, limit_seconds=20,
    )  # fmt: skip
    assert same_wish(wish, wish.model_copy(update={"name": "Autumn", "limit_seconds": 60, "seed": 2}))
    assert not same_wish(wish, wish.model_copy(update={"weights": {"met_again": 3.0}}))
