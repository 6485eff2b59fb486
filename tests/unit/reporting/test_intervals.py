"""A share has an interval that knows that visits to one classroom resemble each other, and tells of no classroom."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from services.reporting.figures.intervals import share_interval
from tests.support.second_opinion import interval

COUNTS = st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(COUNTS, st.integers(1, 20), st.none() | st.integers(1, 20))
def test_a_second_opinion_agrees_to_nine_digits(
    counts: tuple[int, int], classrooms: int, observers: int | None
) -> None:
    told = share_interval(*counts, classrooms, observers)
    assert (told.low, told.high) == pytest.approx(interval(*counts, classrooms, observers), abs=1e-9)


@given(COUNTS, st.integers(1, 20), st.none() | st.integers(1, 20))
def test_the_interval_holds_the_share_and_stays_a_share(
    counts: tuple[int, int], classrooms: int, observers: int | None
) -> None:
    count, n = counts
    told = share_interval(count, n, classrooms, observers)
    assert 0 <= told.low <= count / n + 1e-12
    assert count / n - 1e-12 <= told.high <= 1
    assert 1 <= told.effective_n <= n


@pytest.mark.parametrize("n", [2, 5, 17, 60])
def test_visits_to_as_many_rooms_have_the_limits_of_a_reference_implementation(n: int) -> None:
    """One visit a room, by an observer each: nothing to allow for, so statsmodels' exact limits it must be."""
    for count in range(n + 1):
        told = share_interval(count, n, n, n)
        assert (told.low, told.high) == pytest.approx(proportion_confint(count, n, method="beta"), abs=1e-9)


def test_none_of_ten_rooms_is_the_textbook_clopper_pearson_limit() -> None:
    """0 of 10: upper limit 1 - 0.025 ** (1 / 10)."""
    told = share_interval(0, 10, 10)
    assert told.low == 0
    assert told.high == pytest.approx(1 - 0.025**0.1, abs=1e-12)


def test_the_same_visits_in_fewer_rooms_are_less_sure() -> None:
    many, few = share_interval(12, 24, 24), share_interval(12, 24, 6)
    assert many.effective_n == 24
    assert few.effective_n < 12
    assert few.high - few.low > many.high - many.low


def test_the_same_answers_of_fewer_observers_are_less_sure() -> None:
    many, few = share_interval(30, 60, 30, 30), share_interval(30, 60, 30, 2)
    assert few.high - few.low > many.high - many.low


def test_certainty_is_said_in_three_words() -> None:
    assert share_interval(40, 80, 40).certainty == "fair"
    assert share_interval(10, 20, 10).certainty == "rough"
    assert share_interval(3, 6, 6).certainty == "too_few_to_say"


def test_a_share_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        share_interval(0, 0, 5)
