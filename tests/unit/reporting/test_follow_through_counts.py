"""How many commitments are due: those whose time has come and that were neither kept nor given up."""

from __future__ import annotations

from datetime import date
from typing import Literal

import pytest

from services.reporting.follow_through.counts import Commitments, Standing, follow_through

ROUND = date(2026, 10, 6)


@pytest.mark.parametrize(
    ("status", "due"), [(None, 1), ("partly", 1), ("not_yet", 1), ("kept", 0), ("given_up", 0)]
)  # fmt: skip
def test_what_was_kept_or_given_up_is_not_due(
    status: Literal["kept", "partly", "not_yet", "given_up"] | None, due: int
) -> None:
    told = Commitments((Standing(number=1, by_when="next_week", status=status),), None, checked=False)
    assert follow_through(told, ROUND, date(2026, 10, 13)).due == due
    assert follow_through(told, ROUND, date(2026, 10, 12)).due == 0, "its week is not over"


def test_the_end_of_the_year_is_due_on_no_day_that_figures_know() -> None:
    told = Commitments((Standing(number=1, by_when="end_of_year", status=None),), None, checked=False)
    found = follow_through(told, ROUND, date(2030, 1, 1))
    assert (found.made, found.due, found.open) == (1, 0, 1)
