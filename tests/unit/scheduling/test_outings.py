"""A spreadsheet shows what it is given; it runs none of it."""

from __future__ import annotations

import pytest

from services.scheduling.outings.api import _safe


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@sum", "\t=1", " =1", "'=1", '"=1', "|cmd", "%x", "\r=1"])
def test_what_begins_like_a_formula_is_quoted(cell: str) -> None:
    assert _safe(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Alder Elementary", "09:00", "Ana O'Neill", "2099-03-04"])
def test_all_else_stays_as_it_is(cell: str) -> None:
    assert _safe(cell) == cell
