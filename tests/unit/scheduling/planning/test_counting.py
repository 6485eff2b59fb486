"""More rounds than places: counted as a flow of another making counts them, and told while ways out are looked for."""

from __future__ import annotations

import random
from dataclasses import replace

import msgspec
import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from services.scheduling.planning.document import to_json
from services.scheduling.planning.explain.counting import Places
from services.scheduling.planning.explain.relax import Explanation
from services.scheduling.planning.generate import Size, generate
from services.scheduling.planning.supervise import running

DAYS, REGIONS = 6, 3
A_DAY, IN_A_REGION = 900, 901


def places(seed: int) -> Places:
    dice = random.Random(seed)
    rounds = range(dice.randint(1, 14))
    found = Places(DAYS, {r: np.ones(DAYS, dtype=bool) for r in rounds}, {r: dice.randrange(REGIONS) for r in rounds})
    for rule in range(dice.randint(0, 6)):
        found.barred[rule] = [(dice.choice(rounds), dice.sample(range(DAYS), dice.randint(1, DAYS - 1)))]
    found.most = {A_DAY: (dice.randint(1, 3), False), IN_A_REGION: (dice.randint(1, 2), True)}
    return found


def flow(given: Places, held: list[int]) -> int:
    """Rounds with a day: source, rounds, days of a region, days, sink."""
    rounds, cells = len(given.own), REGIONS * DAYS
    source, sink = rounds + cells + DAYS, rounds + cells + DAYS + 1
    most = np.zeros((sink + 1, sink + 1), dtype=np.int32)
    most[source, :rounds] = 1
    for r in given.own:
        lost = {d for rule in held for at, days in given.barred.get(rule, []) if at == r for d in days}
        for d in set(range(DAYS)) - lost:
            most[r, rounds + given.of[r] * DAYS + d] = 1
    for region in range(REGIONS):
        for d in range(DAYS):
            most[rounds + region * DAYS + d, rounds + cells + d] = (
                given.most[IN_A_REGION][0] if IN_A_REGION in held else 99
            )
    most[rounds + cells : source, sink] = given.most[A_DAY][0] if A_DAY in held else 99
    return int(maximum_flow(csr_array(most), source, sink).flow_value)


@pytest.mark.parametrize("seed", range(120))
def test_places_lack_exactly_where_a_flow_cannot_place_all_and_no_rule_is_told_in_vain(seed: int) -> None:
    given = places(seed)
    every = sorted(given.rules())
    assert given.lacks(every) == (flow(given, every) < len(given.own))
    few = given.few()
    assert given.room(every) == flow(given, every)
    assert (few is None) == (flow(given, every) == len(given.own))
    for rule in few or []:
        rest = [other for other in few or [] if other != rule]
        assert flow(given, rest) == len(given.own)


def test_rounds_of_a_school_that_must_be_apart_lack_days_by_their_gap() -> None:
    free = {r: np.ones(DAYS, dtype=bool) for r in range(3)}
    given = Places(DAYS, free, dict.fromkeys(free, 0))
    given.least[7] = ([0, 1, 2], [1, 3, 3])
    assert given.few() == [7]
    given.least[7] = ([0, 1, 2], [1, 3, 2])
    assert given.few() is None


async def test_the_rules_are_told_before_the_ways_out_are_found() -> None:
    """A district's 120 rounds waited for the last way out before they were told which rule is in the way."""
    large = generate(Size(schools=40, observers=200, rounds=120, seats=6, facilitators=40, gap=10, regions=2), 1)
    limits = replace(large.limits, rounds_per_day=2, rounds_per_day_region=None)
    task = to_json(replace(large, days=large.days[:45], limits=limits))
    async with running("explain", task, seconds=60) as job:
        told = [(p.doing, p.detail) async for p in job.progress()]
        outcome = await job.result()
    words = (
        "At most 2 rounds on one day. 120 rounds are asked for; 8 September 2026 to 9 November 2026 leave room for 86."
    )
    assert ("relaxations", words) in told
    assert outcome.result is not None, outcome.words
    answer = msgspec.json.decode(outcome.result, type=Explanation)
    assert [r.rule for r in answer.rules] == ["rounds_per_day"]
    assert answer.minimal
    assert answer.options
