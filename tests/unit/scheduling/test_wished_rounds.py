"""A leader's wish becomes what is planned: visits that have begun are of it, stay, and keep their gap to the others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.scheduling.calendar.events import DayMarked
from services.scheduling.planning.check import check
from services.scheduling.planning.greedy import greedy
from services.scheduling.planning.validate import problems
from services.scheduling.plans.build import Built, build, checked, proposed, scope_of
from services.scheduling.plans.diff import Standing, after_publishing, changes, of_plan
from services.scheduling.plans.events import DisruptionReported, Pin, Wish
from services.scheduling.plans.repair import build_repair, touched, wish_for
from services.scheduling.plans.stage import KnownObserver, KnownSchool, Stage

TODAY, FIRST, LAST = date(2030, 1, 2), date(2030, 1, 14), date(2030, 5, 31)
DAYS = [d for n in range((LAST - FIRST).days + 1) if (d := FIRST + timedelta(n)).weekday() < 5]
SCHOOLS = [UUID(int=n) for n in range(1, 5)]
PEOPLE = [UUID(int=100 + n) for n in range(16)]
LEADERS = [UUID(int=200 + n) for n in range(4)]


def stage(*rounds: Standing) -> Stage:
    observers = {
        p: KnownObserver(p, f"Person {n}", (SCHOOLS[n % 4],), "teacher", observes=True, facilitates=False)
        for n, p in enumerate(PEOPLE)
    } | {p: KnownObserver(p, f"Leader {n}", (), "coach", False, True) for n, p in enumerate(LEADERS)}
    schools = {s: KnownSchool(s, f"School {n}", None, None) for n, s in enumerate(SCHOOLS)}
    return Stage("America/New_York", schools, observers, {r.round_id: r for r in rounds})


def standing(n: int, day: date, *, begun: bool, school: UUID = SCHOOLS[0]) -> Standing:
    return Standing(UUID(int=1000 + n), school, day, LEADERS[n % 4], frozenset(PEOPLE[4 * n + 2 : 4 * n + 4]), 1, begun)


def a_wish(rounds: int, gap: int) -> Wish:
    return Wish(
        name="Spring", first_day=FIRST, last_day=LAST, school_ids=tuple(SCHOOLS[:2]), rounds_per_school=rounds,
        seats_min=1, seats_target=2, seats_max=3, gap_days=gap, facilitator_most=20, observer_most=20,
        observer_most_month=20, rounds_per_day=4, limit_seconds=5,
    )  # fmt: skip


def built(wish: Wish, known: Stage, pins: tuple[Pin, ...] = (), closed: tuple[date, ...] = ()) -> Built:
    marks = {d: DayMarked(day=d, kind="no_school", title="Snow") for d in closed}
    return build(wish, pins, known, marks, TODAY, UUID(int=9))


@given(
    days=st.lists(st.tuples(st.sampled_from(DAYS), st.booleans()), max_size=4, unique_by=lambda d: d[0]),
    rounds=st.integers(1, 3),
    gap=st.integers(0, 60),
    closed=st.booleans(),
)
@settings(max_examples=150, deadline=None)
def test_begun_visits_count_and_stay_and_a_plan_around_them_is_accepted(
    days: list[tuple[date, bool]], rounds: int, gap: int, closed: bool
) -> None:
    known = stage(*(standing(n, day, begun=begun) for n, (day, begun) in enumerate(days)))
    begun = {k: r for k, r in known.rounds.items() if r.begun}
    wish = a_wish(rounds, gap)
    scope = scope_of(wish, known, TODAY)
    made = built(wish, known, closed=tuple(r.day for r in begun.values()) if closed else ())
    own = [r for r in made.instance.rounds if r.host == str(SCHOOLS[0])]
    assert problems(made.instance) == []
    assert not scope & begun.keys()
    assert len(own) == max(rounds, len(begun))
    assert sorted(r.number for r in own) == list(range(1, len(own) + 1))
    assert {UUID(r.id): r.begun for r in own if r.begun} == {k: r.day for k, r in begun.items()}
    plan = greedy(made.instance)
    assert {v.rule for v in check(made.instance, plan).violations} <= {"no_day", "pin"}, "a pin: of its people"
    told = changes(known.rounds, of_plan(proposed(plan, made.instance, made.fixed)), scope)
    assert not {c.round_id for c in told} & begun.keys()
    if plan.complete:
        assert check(*checked(made, after_publishing(known.rounds, told))).violations == ()


@pytest.mark.parametrize("at", [3, len(DAYS) // 2, len(DAYS) - 4])
@pytest.mark.parametrize("stands", [None, 0, 10, len(DAYS) - 1])
def test_a_second_round_goes_where_the_begun_visit_leaves_room(at: int, stands: int | None) -> None:
    begun = standing(1, DAYS[at], begun=True)
    other = [] if stands is None else [standing(2, DAYS[stands], begun=False)]
    made = built(a_wish(2, 30), stage(begun, *other))
    plan = greedy(made.instance)
    assert plan.complete
    assert check(made.instance, plan).violations == ()
    days = [
        r.day for r in plan.rounds if UUID(next(w.host for w in made.instance.rounds if w.id == r.round)) == SCHOOLS[0]
    ]
    assert begun.day in days
    a, b = sorted(DAYS.index(d) for d in days if d)
    assert b - a >= 30
    if other:
        assert str(other[0].round_id) in {r.round for r in plan.rounds}, "what stands is moved, not cancelled"


def test_no_pin_takes_a_begun_visit_elsewhere() -> None:
    begun = standing(1, DAYS[20], begun=True)
    pin = Pin(kind="day", forbid=False, round_id=begun.round_id, day=DAYS[40])
    made = built(a_wish(1, 30), stage(begun), (pin,))
    assert next(r.day for r in greedy(made.instance).rounds if r.round == str(begun.round_id)) == DAYS[20]


@pytest.mark.parametrize("begun", [True, False])
def test_a_day_lost_moves_no_begun_visit_and_somebody_who_cancels_leaves_it_on_its_day(begun: bool) -> None:
    there = standing(1, DAYS[20], begun=begun)
    known = stage(there, standing(2, DAYS[20], begun=False, school=SCHOOLS[1]))
    snow = DisruptionReported(kind="days_lost", days=(DAYS[20],))
    assert (there.round_id in touched(snow, known, TODAY)) is not begun
    cancels = DisruptionReported(kind="observer_out", days=(DAYS[20],), person_id=min(there.observer_ids, key=str))
    marks = {DAYS[20]: DayMarked(day=DAYS[20], kind="no_school", title="Snow")}
    made = build_repair(cancels, wish_for(cancels, "Repair", known, TODAY), (), known, marks, TODAY)
    wanted = next(r for r in made.instance.rounds if r.id == str(there.round_id))
    assert (wanted.begun == DAYS[20]) is begun
    day = next(r.day for r in greedy(made.instance).rounds if r.round == str(there.round_id))
    assert (day == DAYS[20]) is begun
    if begun:
        after = of_plan(proposed(greedy(made.instance), made.instance, made.fixed))
        assert "begun" not in {v.rule for v in check(*checked(made, {**known.rounds, **after})).violations}
        moved = {**known.rounds, there.round_id: replace(there, day=DAYS[10], begun=False)}
        assert "begun" in {v.rule for v in check(*checked(made, moved)).violations}
