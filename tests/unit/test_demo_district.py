"""The demo district is possible: the rules that real plans are held against hold for it."""

from __future__ import annotations

from datetime import date, time, timedelta
from itertools import combinations, pairwise

import pytest

from services.demo.district import DemoSchool, generate
from services.demo.rounds import STAGES, plan
from services.demo.stage import bells, free_periods, marked_days, networks, recess, terms
from services.demo.visit import behind_pattern
from services.demo.words import PREDICTIONS
from shared.wording import Wording

DISTRICT = generate()
TODAY = date(2026, 11, 23)


def school_day(day: date) -> bool:
    return day.weekday() < 5 and day != date(2026, 11, 26)


def test_the_same_seed_makes_the_same_district() -> None:
    assert generate() == DISTRICT
    assert generate(7) != DISTRICT


def test_everybody_has_a_name_and_an_address_of_their_own() -> None:
    assert len({p.email for p in DISTRICT.people}) == len(DISTRICT.people)


def test_there_is_a_round_in_every_stage() -> None:
    for start in range(7):
        rounds = plan(DISTRICT, TODAY + timedelta(days=start), school_day)
        assert {r.stage for r in rounds} == set(STAGES)


def test_nobody_is_at_their_own_school_or_in_two_places_on_a_day() -> None:
    for start in range(30):
        rounds = plan(DISTRICT, TODAY + timedelta(days=start), school_day)
        assert len({r.day for r in rounds}) == len(rounds)
        for r in rounds:
            people = [r.facilitator, *(p for team in r.teams for p in team)]
            assert len(set(people)) == len(people)
            assert all(p.school != r.school.key for p in people)
            assert school_day(r.day)


def test_two_teams_are_never_in_one_room_at_once() -> None:
    for r in plan(DISTRICT, TODAY, school_day):
        for a, b in combinations(r.slots, 2):
            if a.starts_at == b.starts_at:
                assert a.room != b.room
                assert a.team != b.team


def weekday(day: date) -> bool:
    return day.weekday() < 5


def test_every_round_is_in_the_first_of_two_terms_and_on_no_marked_day() -> None:
    for start in range(366):
        today = TODAY + timedelta(days=start)
        first, second = terms(today, weekday)
        days = {r.day for r in plan(DISTRICT, today, weekday)}
        marked = {day: kind for day, kind, _ in marked_days(today, weekday)}
        assert first.first <= min(days)
        assert max(days) < first.last < recess(today, weekday) < second.first < second.last
        assert not days & set(marked)
        assert all(weekday(day) and first.first <= day <= second.last for day in marked)
        assert set(marked.values()) == {"no_school", "early_release", "late_start", "testing"}


def test_two_networks_of_20_to_40_people_share_the_schools() -> None:
    made = networks(DISTRICT)
    assert sorted(s.name for n in made for s in n.schools) == sorted(s.name for s in DISTRICT.schools)
    for network in made:
        assert 20 <= len(network.people) <= 40
        assert {p.school for p in network.people} == {s.key for s in network.schools}


@pytest.mark.parametrize("school", DISTRICT.schools, ids=lambda s: s.name)
def test_bells_follow_each_other_and_the_visits_are_while_rooms_are_taught_in(school: DemoSchool) -> None:
    for periods in bells(school).values():
        assert all(a[2] <= b[1] for a, b in pairwise(periods))
        assert any(kind == "lunch" for _, _, _, kind in periods) or periods[-1][2] <= "12:00"
    days = [held for kind, held in bells(school).items() if kind != "early_release"]
    for round_ in plan(DISTRICT, TODAY, school_day):
        if round_.school != school:
            continue
        for slot in round_.slots:
            for held in days:
                names = [
                    name
                    for name, starts, ends, kind in held
                    if kind == "class"
                    and time.fromisoformat(starts) <= slot.starts_at
                    and slot.ends_at <= time.fromisoformat(ends)
                ]
                assert len(names) == 1, slot
                assert names[0] not in free_periods(school, slot.room)


def test_predictions_go_on_from_their_heading() -> None:
    heading = Wording("en").t("figures.predictions").removesuffix(" …")
    assert all(not words.startswith(heading[:20]) for words in PREDICTIONS)
    assert all(words[0].islower() for words in PREDICTIONS)


def test_a_pattern_is_of_two_rooms_in_whatever_order_the_tablets_were() -> None:
    one_after_another = [{"id": n, "classroom_id": "first" if n % 6 else "second"} for n in range(14)]
    for n in range(6):
        behind = behind_pattern(one_after_another, n)
        assert len({s["classroom_id"] for s in behind}) == 2
        assert len({s["id"] for s in behind}) == len(behind) >= 2
