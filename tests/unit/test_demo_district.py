"""The demo district is possible: the rules that real plans are held against hold for it."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations

from services.demo.district import generate
from services.demo.rounds import STAGES, plan

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
