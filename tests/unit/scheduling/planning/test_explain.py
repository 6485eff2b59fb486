"""Where there is no plan: the rules that collide are few and real, what is offered makes it possible."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import msgspec
import pytest

from services.scheduling.planning.check import check
from services.scheduling.planning.document import to_json
from services.scheduling.planning.explain.relax import Explanation, Relaxation, apply, in_words
from services.scheduling.planning.generate import Size, generate
from services.scheduling.planning.greedy import greedy, place
from services.scheduling.planning.indexed import Indexed
from services.scheduling.planning.instance import Instance, Pin
from services.scheduling.planning.start import improve_task
from services.scheduling.planning.supervise import run
from services.scheduling.plans.outcome import Explanation as Explained
from services.scheduling.plans.outcome import impossible, said_of
from shared.said import Said

TINY = Size(schools=3, observers=9, rounds=6, seats=2, facilitators=2, gap=10)
INSTANCE = generate(TINY, 4)
FIRST, SECOND = (r for r in INSTANCE.rounds if r.host == "s0")


def rounds(**changes: object) -> Instance:
    return replace(
        INSTANCE,
        rounds=tuple(replace(r, **changes) if r.host == "s0" else r for r in INSTANCE.rounds),  # type: ignore[arg-type]
    )


async def explained(instance: Instance, seconds: float = 60) -> Explanation:
    outcome = await run("explain", to_json(instance), seconds=seconds, grace=60)
    assert outcome.result is not None, outcome.words
    return msgspec.json.decode(outcome.result, type=Explanation)


IMPOSSIBLE: dict[str, tuple[Instance, set[str]]] = {
    "a gap longer than the year": (rounds(gap=200), {"gap"}),
    "two pins nearer than the gap": (
        replace(
            INSTANCE,
            pins=(
                Pin(id="a", round=FIRST.id, day=date(2027, 5, 4)),
                Pin(id="b", round=SECOND.id, day=date(2027, 5, 5)),
            ),
        ),
        {"pin", "gap"},
    ),
    "two rounds within one week": (rounds(first=date(2026, 9, 21), last=date(2026, 9, 25)), {"window", "gap"}),
    "more rounds than facilitators may lead": (
        replace(INSTANCE, limits=replace(INSTANCE.limits, facilitator_rounds=2)),
        {"facilitator_rounds"},
    ),
}


@pytest.mark.parametrize("case", IMPOSSIBLE)
async def test_colliding_rules_are_named_and_every_option_makes_a_plan_possible(case: str) -> None:
    instance, expected = IMPOSSIBLE[case]
    outcome = await run("explain", to_json(instance), seconds=60)
    assert outcome.result is not None, outcome.words
    told = msgspec.json.decode(outcome.result)
    assert told["possible"] is False
    assert {r["rule"] for r in told["rules"]} <= expected
    assert all(r["say"][language].endswith(".") for r in told["rules"] for language in ("en", "es"))
    assert told["minimal"] is True
    assert told["options"]
    for option in told["options"]:
        relaxed = apply(instance, msgspec.convert(option, type=list[Relaxation]))
        plan = greedy(relaxed)
        assert plan.complete
        assert check(relaxed, plan).sound


SCARCE: dict[str, tuple[Instance, set[str]]] = {
    "facilitators of one month": (
        replace(
            INSTANCE,
            rounds=tuple(replace(r, first=date(2026, 11, 2), last=date(2027, 1, 29)) for r in INSTANCE.rounds),
            observers=tuple(replace(o, max_term=1) if o.facilitates else o for o in INSTANCE.observers),
        ),
        {"no_facilitator"},
    ),
    "observers who may be out once": (
        replace(
            INSTANCE,
            rounds=tuple(replace(r, min_observers=2) for r in INSTANCE.rounds),
            observers=tuple(replace(o, max_year=1) if o.observes else o for o in INSTANCE.observers),
        ),
        {"below_minimum", "observers"},
    ),
}


@pytest.mark.parametrize("case", SCARCE)
async def test_scarce_people_are_told_by_number_and_every_option_gives_a_plan_to_publish(case: str) -> None:
    instance, expected = SCARCE[case]
    plan = (await run("year", to_json(instance), seconds=20)).plan
    assert plan is not None
    assert not plan.publishable
    outcome = await run("scarce", improve_task(to_json(instance), plan), seconds=60)
    assert outcome.result is not None, outcome.words
    told = msgspec.json.decode(outcome.result, type=Explanation)
    assert not told.possible
    assert {r.rule for r in told.rules} & expected
    assert all(r.sentence.endswith(".") and any(c.isdigit() for c in r.sentence) for r in told.rules)
    counted = [said for r in told.rules for said in re.findall(r"\b(\d+) (is|are|works?|leads?)\b", r.sentence)]
    assert counted
    assert all((verb in ("is", "works", "leads")) == (number == "1") for number, verb in counted), counted
    assert told.options
    for option in told.options:
        relaxed = apply(instance, list(option))
        again = (await run("year", to_json(relaxed), seconds=20)).plan
        assert again is not None
        assert again.publishable, option
        assert check(relaxed, again).sound


async def test_a_large_district_that_asks_for_too_much_in_a_month_is_told_a_few_ways_in_few_words() -> None:
    large = generate(Size(schools=40, observers=200, rounds=120, seats=6, facilitators=40, gap=30, regions=2), 1)
    month = replace(large, days=large.days[:31])
    told = await explained(month)
    assert [r.rule for r in told.rules] == ["gap"]
    assert told.options
    for option in told.options:
        assert (place(Indexed(apply(month, list(option)))) >= 0).all(), "each round has its day"
        assert len(in_words(option).en) < 500
    first, last = in_words(told.options[0]), in_words(told.options[-1])
    assert "Let the rounds at 39 schools be" in last.en or "40 schools" in first.en
    assert "las rondas en 39 escuelas estén a" in last.es or "40 escuelas" in first.es


async def test_many_rounds_that_would_move_nearer_or_lack_people_are_told_in_one_sentence() -> None:
    window = [
        Relaxation(
            kind="window",
            say=Said(f"Let round {n} at Elm be held at any time.", f"Deje que la ronda {n} en Elm se haga cuando sea."),
            cost=80,
            round=f"r{n}",
        )
        for n in (1, 2, 3)
    ]
    few = [
        Relaxation(kind="min_observers", say=Said(f"Hold round {n}.", ""), cost=1, round=f"r{n}", to=n, was=8)
        for n in (4, 5, 6, 7, 5)
    ]
    said = in_words([*window, *few])
    assert said.es == (
        "Deje que 3 rondas estén más cerca de las que sus escuelas reciben antes y después de estos días, empezando "
        "por esto: Deje que la ronda 1 en Elm se haga cuando sea. Haga 5 rondas con entre 4 y 7 personas observadoras "
        "en vez de al menos 8."
    )
    assert said.en == (
        "Let 3 rounds be nearer to those that their schools host before and after these days, beginning with this: "
        "Let round 1 at Elm be held at any time. Hold 5 rounds with 4 to 7 observers instead of at least 8."
    )


async def test_schools_that_no_colliding_rule_names_are_counted() -> None:
    crowded = generate(Size(schools=3, observers=30, rounds=9, seats=3, facilitators=6, gap=30), 1)
    told = await explained(replace(crowded, days=crowded.days[:31]))
    event = impossible(msgspec.json.decode(msgspec.json.encode(told), type=Explained), 1)
    assert [r.rule for r in told.rules] == ["gap"]
    assert event.rules[-1] == "At 2 more schools rounds would have to be nearer, too."
    assert event.rules_said[-1].es == "En 2 escuelas más las rondas también tendrían que estar más cerca entre sí."
    assert event.rules == tuple(r.en for r in event.rules_said)
    assert all(said_of(r) == Said(r.sentence, said_of(r).es) for r in event.relaxations)


async def test_what_is_given_up_is_as_little_as_will_do() -> None:
    """A search that knew of no way to beat spent its time on dear ones, and had none left for a third option."""
    dozen = generate(Size(schools=12, observers=60, rounds=24, seats=4, facilitators=12, gap=25, regions=2), 1)
    month = replace(dozen, days=dozen.days[:25], limits=replace(dozen.limits, rounds_per_day=2))
    told = await explained(month)
    assert len(told.options) == 3
    assert sum(one.cost for one in told.options[0]) < 300
    assert {one.to for one in told.options[0] if one.kind == "rounds_per_day"} <= {3, 4}
    for option in told.options:
        assert (await explained(apply(month, list(option)))).possible


async def test_a_round_that_no_planned_day_is_late_enough_for_is_told_beside_the_days() -> None:
    days = tuple(d for d in INSTANCE.days if d.date < date(2026, 12, 1))
    told = await explained(replace(rounds(first=date(2026, 12, 30)), days=days))
    assert all("is held not before 30 December 2026. The days planned are " in r.sentence for r in told.rules)
    assert told.options


async def test_more_rounds_than_places_are_told_as_such_where_each_school_has_room() -> None:
    """A search by assumptions does not count: it ended undecided, and the leader was told no rule at all."""
    dozen = generate(Size(schools=12, observers=60, rounds=24, seats=4, facilitators=12, gap=10, regions=2), 1)
    limits = replace(dozen.limits, rounds_per_day=1, rounds_per_day_region=None)
    short = replace(dozen, days=dozen.days[:22], limits=limits)
    told = await explained(short)
    assert not told.possible
    assert [r.rule for r in told.rules] == ["rounds_per_day"]
    assert told.minimal
    assert in_words(told.options[0]).en == "Allow 2 rounds on one day instead of 1."
    assert not any(set(option) >= set(told.options[0]) for option in told.options[1:])
    for option in told.options:
        assert (place(Indexed(apply(short, list(option)))) >= 0).all(), "each round has its day"


async def test_no_way_out_is_offered_twice() -> None:
    """Two searches came to "3 instead of 1", one of them in two steps, and both were offered."""
    eight = generate(Size(schools=8, observers=45, rounds=16, seats=4, facilitators=8, gap=4), 1)
    limits = replace(eight.limits, rounds_per_day=1, rounds_per_day_region=None)
    told = await explained(replace(eight, days=eight.days[:11], limits=limits))
    words = [in_words(option) for option in told.options]
    assert words
    assert len(set(words)) == len(words)
    assert told.rules[-1].sentence.startswith("At most 1 round on one day. 16 rounds are asked for; ")


async def test_a_way_out_is_offered_when_no_time_is_left_to_search_for_one() -> None:
    """Eight schools asked for more rounds than have room; on a busy machine the search came to nothing, and the leader
    was told the rules and no way out."""
    eight = generate(Size(schools=8, observers=45, rounds=40, seats=4, facilitators=8, gap=30), 1)
    wanted = replace(eight, days=eight.days[-130:])
    told = await explained(wanted, seconds=0.01)
    assert [r.rule for r in told.rules] == ["gap"]
    assert told.options
    for option in told.options:
        assert (place(Indexed(apply(wanted, list(option)))) >= 0).all(), "each round has its day"
