"""A share has an interval that knows that visits to one classroom resemble each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reporting.figures.intervals import share_interval
from tests.support.second_opinion import interval

CLUSTERS = st.lists(
    st.integers(1, 6).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=2, max_size=12
)


def as_units(clusters: list[tuple[int, int]]) -> list[tuple[bool, str, str | None]]:
    return [(k < x, f"room {n}", None) for n, (x, m) in enumerate(clusters) for k in range(m)]


@given(CLUSTERS)
def test_a_second_opinion_agrees_to_nine_digits(clusters: list[tuple[int, int]]) -> None:
    told = share_interval(dict(enumerate(clusters)))
    low, high = interval(as_units(clusters))
    assert told.low == pytest.approx(low, abs=1e-9)
    assert told.high == pytest.approx(high, abs=1e-9)


@given(CLUSTERS)
def test_the_interval_holds_the_share_and_stays_a_share(clusters: list[tuple[int, int]]) -> None:
    told = share_interval(dict(enumerate(clusters)))
    share = sum(x for x, _ in clusters) / sum(n for _, n in clusters)
    assert 0 <= told.low <= share + 1e-12
    assert share - 1e-12 <= told.high <= 1
    assert 1 <= told.effective_n <= sum(n for _, n in clusters)


def test_none_of_ten_is_the_textbook_clopper_pearson_limit() -> None:
    """0 of 10: upper limit 1 - 0.025 ** (1 / 10)."""
    told = share_interval({n: (0, 1) for n in range(10)})
    assert told.low == 0
    assert told.high == pytest.approx(1 - 0.025**0.1, abs=1e-12)


def test_rooms_that_are_all_one_way_widen_the_interval() -> None:
    mixed = share_interval({n: (2, 4) for n in range(6)})
    torn = share_interval({n: (4 if n % 2 else 0, 4) for n in range(6)})
    assert mixed.effective_n == 24
    assert torn.effective_n < 6
    assert torn.high - torn.low > mixed.high - mixed.low


def test_observers_who_disagree_widen_the_interval() -> None:
    rooms = {n: (2, 4) for n in range(6)}
    alike = share_interval(rooms, {"a": (6, 12), "b": (6, 12)})
    apart = share_interval(rooms, {"a": (12, 12), "b": (0, 12)})
    assert apart.high - apart.low > alike.high - alike.low


def test_certainty_is_said_in_three_words() -> None:
    assert share_interval({n: (1, 2) for n in range(40)}).certainty == "fair"
    assert share_interval({n: (1, 2) for n in range(10)}).certainty == "rough"
    assert share_interval({n: (n % 2, 1) for n in range(6)}).certainty == "too_few_to_say"


def test_a_share_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        share_interval({})
