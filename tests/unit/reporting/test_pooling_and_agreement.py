"""Pooling across schools and agreement between observers, against other ways to the same numbers."""

from __future__ import annotations

from random import Random
from uuid import UUID, uuid5

import pytest
from scipy.optimize import minimize
from scipy.special import betaln, expit
from scipy.stats import beta, binom

from services.reporting.figures.agreement import agreement
from services.reporting.figures.facts import Rating
from services.reporting.figures.pooling import LEAST_SCHOOLS, Seen, pool

SPACE = UUID(int=7)


def told(count: int, n: int) -> Seen:
    """A share whose released interval is that of n independent visits."""
    p = count / n
    half = 1.959963984540054 * (p * (1 - p) / n) ** 0.5
    return Seen(n, p, p - half, p + half)


def test_a_school_with_few_visits_moves_more_towards_the_district() -> None:
    schools = [told(12, 40), told(14, 40), told(11, 40), told(20, 40), told(4, 5)]
    pooled = pool(schools)
    assert pooled is not None
    assert pooled[4].share < 0.8 - 0.15
    assert abs(pooled[0].share - 0.3) < 0.08
    assert pooled[4].weight < pooled[0].weight
    assert all(p.low < p.share < p.high for p in pooled)


def test_the_fit_is_the_maximum_of_the_likelihood_as_written_down_again() -> None:
    counts = [(12, 40), (30, 40), (5, 20), (16, 20), (9, 18), (2, 25)]
    pooled = pool([told(x, n) for x, n in counts])
    assert pooled is not None

    def cost(at: list[float]) -> float:
        m, k = float(expit(at[0])), float(2.718281828459045 ** at[1])
        a, b = m * k, (1 - m) * k
        return -sum(float(betaln(a + x, b + n - x) - betaln(a, b)) for x, n in counts)

    best = minimize(cost, [0.0, 2.0], method="Nelder-Mead", options={"xatol": 1e-8, "fatol": 1e-10})
    m, k = float(expit(best.x[0])), float(2.718281828459045 ** best.x[1])
    for (x, n), found in zip(counts, pooled, strict=True):
        a, b = m * k + x, (1 - m) * k + n - x
        assert found.share == pytest.approx(a / (a + b), abs=2e-3)
        assert (found.low, found.high) == pytest.approx(beta.ppf([0.025, 0.975], a, b), abs=5e-3)


def test_a_bound_pools_as_a_bound() -> None:
    schools = [told(20, 40), told(22, 40), told(18, 40), told(21, 40), Seen(8, at_most=2)]
    pooled = pool(schools)
    assert pooled is not None
    assert pooled[4].share < min(p.share for p in pooled[:4])
    assert pooled[4].high < 0.6
    assert float(binom.cdf(2, 8, 0.5)) < 0.2, "as surprising as it looks"


def test_few_schools_are_not_pooled() -> None:
    assert pool([told(3, 9)] * (LEAST_SCHOOLS - 1)) is None


def rated(rooms: int, observers: int, same: float, seed: int = 1) -> list[Rating]:
    chance, found = Random(seed), []
    for slot in range(rooms):
        truth = chance.choice(["yes", "no"])
        for o in range(observers):
            value = truth if chance.random() < same else chance.choice(["yes", "no"])
            where = (uuid5(SPACE, f"slot {slot}"), uuid5(SPACE, f"room {slot}"), uuid5(SPACE, f"observer {o}"))
            found.append(Rating(*where, "1a", "choice", value))
    return found


def by_hand(ratings: list[Rating]) -> float:
    """Krippendorff's alpha for nominal data from its coincidence matrix (Content Analysis, 11.3)."""
    slots: dict[UUID, list[str]] = {}
    for r in ratings:
        slots.setdefault(r.slot_id, []).append(r.value)
    apart, totals = 0.0, dict.fromkeys({r.value for r in ratings}, 0)
    for values in slots.values():
        for i, first in enumerate(values):
            totals[first] += 1
            apart += sum(first != second for j, second in enumerate(values) if i != j) / (len(values) - 1)
    n = sum(totals.values())
    expected = sum(a * b for v, a in totals.items() for w, b in totals.items() if v != w) / (n - 1)
    return 1 - apart / expected


def test_alpha_is_the_one_of_the_coincidence_matrix() -> None:
    ratings = rated(12, 3, same=0.8)
    (found,) = agreement(ratings)
    assert found.alpha is not None
    assert found.alpha == pytest.approx(by_hand(ratings))
    assert found.low is not None
    assert found.high is not None
    assert found.low <= found.alpha <= found.high


def test_full_agreement_is_one_and_chance_is_about_none() -> None:
    (full,) = agreement(rated(10, 3, same=1.0))
    assert full.alpha == 1
    (none,) = agreement(rated(40, 3, same=0.0))
    assert none.alpha is not None
    assert abs(none.alpha) < 0.25


def test_too_little_overlap_and_a_single_answer_are_not_numbers() -> None:
    (few,) = agreement(rated(4, 3, same=1.0))
    assert (few.alpha, few.rooms) == (None, 4)
    (alone,) = agreement(rated(9, 1, same=1.0))
    assert (alone.alpha, alone.rooms) == (None, 0)
    one = [Rating(r.slot_id, r.classroom_id, r.observer_id, "1a", "choice", "yes") for r in rated(9, 3, same=1.0)]
    assert agreement(one)[0].alpha is None


def test_what_was_not_rated_is_missing_and_no_answer() -> None:
    ratings = rated(12, 3, same=0.9)
    extra = [Rating(r.slot_id, r.classroom_id, uuid5(SPACE, "late"), "1a", "choice", "not_observed") for r in ratings]
    assert agreement(ratings + extra)[0].alpha == agreement(ratings)[0].alpha
