"""Somebody who subtracts: rows of counts that add up tell no small count of one another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from services.rounds.cycles.counts import CountsUnreadable, take_in

Leaf = tuple[int, int]  # reached it, did not
_UNBOUNDED = 3
LEAVES = st.tuples(st.integers(0, 40), st.integers(0, 40))
GRADES = st.lists(st.lists(LEAVES, min_size=2, max_size=4), min_size=2, max_size=4)


class Table:
    """Rows, each with the leaves that it sums; what is kept of them when they come in."""

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        self.leaves = leaves
        self.rows: list[tuple[str, tuple[int, ...]]] = []

    def add(self, name: str, *leaves: int) -> None:
        self.rows.append((name, leaves))

    def kept(self) -> list[dict[str, Any]]:
        lines = ["skill,count,total"]
        for name, of in self.rows:
            met = sum(self.leaves[n][0] for n in of)
            lines.append(f"{name},{met},{met + sum(self.leaves[n][1] for n in of)}")
        rows: list[dict[str, Any]] = take_in({"csv": "\n".join(lines)})["rows"]
        assert take_in({"rows": rows})["rows"] == rows, "what is kept may be sent again"
        return rows

    def reckoned(self, rows: Sequence[dict[str, Any]], leaf: int, what: Sequence[float]) -> tuple[float, float]:
        """The least and the most that a leaf's (reached it, did not), weighed by `what`, can be for a reader of what is
        kept who knows which rows add up to which."""
        width = 2 * len(self.leaves)
        equal, equals, most, mosts = [], [], [], []
        for row, (_, of) in zip(rows, self.rows, strict=True):
            met, missed = np.zeros(width), np.zeros(width)
            for n in of:
                met[2 * n], missed[2 * n + 1] = 1, 1
            if row["total"] is not None:
                equal.append(met + missed)
                equals.append(row["total"])
            if row["count"] is not None:
                equal.append(met)
                equals.append(row["count"])
            for kind, side, limit in (("few", met, 4), ("nearly_all", missed, 4), ("small_group", met + missed, 9)):
                if row["hidden"] == kind:
                    most.append(side)
                    mosts.append(limit)
        weights = np.zeros(width)
        weights[2 * leaf], weights[2 * leaf + 1] = what
        bounds = []
        for sign in (1, -1):
            found = linprog(
                sign * weights, A_ub=most or None, b_ub=mosts or None, A_eq=equal or None, b_eq=equals or None
            )
            assert found.status in (0, _UNBOUNDED), found.message
            bounds.append(sign * (found.fun if found.status == 0 else -np.inf))
        return round(bounds[0], 6), round(bounds[1], 6)

    def betrays_nothing(self) -> None:
        try:
            rows = self.kept()
        except CountsUnreadable:
            return
        for row, (name, of) in zip(rows, self.rows, strict=True):
            if len(of) > 1:
                continue
            if row["hidden"] == "few":
                assert self.reckoned(rows, of[0], (1, 0)) == (0, 4), name
            if row["hidden"] == "nearly_all":
                assert self.reckoned(rows, of[0], (0, 1)) == (0, 4), name
            if row["hidden"] == "small_group":
                assert self.reckoned(rows, of[0], (1, 1)) == (0, 9), name


@given(GRADES, st.booleans(), st.booleans())
def test_classes_within_grades_within_a_school(grades: list[list[Leaf]], first: bool, sums: bool) -> None:
    table = Table([leaf for grade in grades for leaf in grade])
    of, school = iter(range(len(table.leaves))), []
    for g, grade in enumerate(grades):
        classes = [next(of) for _ in grade]
        school += classes
        rows = [(f"Class {g}{c}", (n,)) for c, n in enumerate(classes)]
        rows = [*([(f"Grade {g}", tuple(classes))] if first and sums else []), *rows]
        rows += [(f"Grade {g}", tuple(classes))] if sums and not first else []
        for name, leaves in rows:
            table.add(name, *leaves)
    if first:
        table.rows.insert(0, ("School", tuple(school)))
    else:
        table.add("School", *school)
    table.betrays_nothing()


@given(st.lists(LEAVES, min_size=2, max_size=6), st.data())
def test_a_total_that_says_so_stands_anywhere(leaves: list[Leaf], data: st.DataObject) -> None:
    table = Table(leaves)
    for n in range(len(leaves)):
        table.add(f"Group {n}", n)
    name = data.draw(st.sampled_from(["All students", "Total", "Todos", "Overall"]))
    table.rows.insert(data.draw(st.integers(0, len(leaves))), (name, tuple(range(len(leaves)))))
    table.betrays_nothing()


@given(st.lists(LEAVES, min_size=2, max_size=5), LEAVES)
def test_a_group_that_no_row_tells_does_not_follow_from_the_total(leaves: list[Leaf], untold: Leaf) -> None:
    table = Table([*leaves, untold])
    for n in range(len(leaves)):
        table.add(f"Group {n}", n)
    table.add("Total", *range(len(leaves) + 1))
    try:
        rows = table.kept()
    except CountsUnreadable:
        return
    met, missed = untold
    if 0 < met + missed < 10:
        low, high = table.reckoned(rows, len(leaves), (1, 1))
        assert low < high, "a small group that nobody named is not told"


def test_what_the_subtraction_would_have_told() -> None:
    table = {"csv": "skill,count,total\nGrade 3,20,40\nGrade 4,25,38\nGrade 5,3,30\nSchool,48,108\nReads aloud,50,100"}
    rows = take_in(table)["rows"]
    assert [r["hidden"] for r in rows] == [None, None, "few", "beside", None], "48 - 20 - 25 is 3"
    assert rows[3] == {"skill": "School", "count": None, "total": 108, "hidden": "beside"}


@pytest.mark.parametrize(
    "csv",
    [
        "Gives reasons,20,40\nAsks back,22,40\nDraws,18,38\nExplains,3,40",  # of the same students
        "Grade 3,20,40\nGrade 4,25,38\nGrade 5,13,30\nSchool,58,108",  # nothing is small
    ],
)
def test_nothing_more_is_hidden_where_nothing_follows(csv: str) -> None:
    rows = take_in({"csv": f"skill,count,total\n{csv}"})["rows"]
    assert "beside" not in {r["hidden"] for r in rows}
