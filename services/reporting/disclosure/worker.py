"""Solves attackers' programmes with HiGHS, in a process of its own: JSON in, JSON out.

    python -m services.reporting.disclosure.worker < {"programmes": [...], "complement": true}

The complementary suppression is the one of Fischetti & Salazar-González ("Solving the cell suppression problem on
tabular data with linear constraints", Management Science 47, 2001): choose the cheapest set of told things to hide such
that for each protected form two worlds exist which agree with all that is still told and lie far enough apart. The
worlds are whole numbers. Only forms that are pinned get their worlds, until none is.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import highspy

from services.reporting.disclosure.programme import MOST, Form, Programme, Protected, Range, Solution, is_pinned

_ROUNDS = 20
"""Times that newly pinned forms may be taken up; each hides at least one thing more."""


class Infeasible(Exception):
    """No world fits what was told: the programme is wrong, not the attacker."""


class _Model:
    def __init__(self) -> None:
        self.highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]  # its stubs are partial
        self.highs.setOptionValue("output_flag", False)
        self.highs.setOptionValue("threads", 1)
        self.highs.setOptionValue("random_seed", 1)
        self.columns: dict[str, int] = {}

    def column(self, name: str, low: float, high: float, *, cost: float = 0.0, whole: bool = True) -> None:
        self.columns[name] = len(self.columns)
        self.highs.addCol(cost, low, high, 0, [], [])
        if whole:
            self.highs.changeColIntegrality(self.columns[name], highspy.HighsVarType.kInteger)

    def row(self, form: dict[str, float], low: float, high: float) -> None:
        self.highs.addRow(low, high, len(form), [self.columns[n] for n in form], list(form.values()))

    def run(self) -> float:
        self.highs.run()
        if self.highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise Infeasible(str(self.highs.getModelStatus()))
        return float(self.highs.getInfo().objective_function_value)

    def whole(self) -> bool:
        """Whether the solution that was found last is one of whole numbers."""
        return all(abs(v - round(v)) < 1e-7 for v in self.highs.getSolution().col_value)

    def extreme(self, form: dict[str, int], sense: Any) -> float:
        for name, weight in form.items():
            self.highs.changeColCost(self.columns[name], weight)
        self.highs.changeObjectiveSense(sense)
        found = self.run()
        for name in form:
            self.highs.changeColCost(self.columns[name], 0)
        return found


def _base(programme: Programme, hidden: Iterable[str], *, whole: bool) -> _Model:
    model, gone = _Model(), set(hidden)
    for name, (low, high) in programme.unknowns.items():
        model.column(name, low, high, whole=whole)
    for row in programme.rows:
        model.row(dict(row.form), row.low, row.high)
    for key, told in programme.told.items():
        if key not in gone:
            model.row(dict(told.form), told.low, told.high)
    return model


def ranges(programme: Programme, hidden: Iterable[str] = ()) -> dict[str, Range]:
    """What can be concluded about each protected form from all that is told but `hidden`."""
    gone = tuple(hidden)
    linear, whole = _base(programme, gone, whole=False), _base(programme, gone, whole=True)

    def both(form: Form, sense: Any) -> tuple[float, float]:
        """By any numbers, and by whole ones: the same where the first answer is made of whole ones."""
        found = linear.extreme(form, sense)
        return found, float(round(found if linear.whole() else whole.extreme(form, sense)))

    ends = {
        key: [both(wanted.form, sense) for sense in (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize)]
        for key, wanted in programme.protected.items()
    }
    return {key: Range(low[0], high[0], low[1], high[1]) for key, (low, high) in ends.items()}


def clamped(programme: Programme) -> Programme:
    """The programme asked to keep open what was open before the new things were told, and no more than that."""
    known = ranges(programme, [key for key, told in programme.told.items() if told.cost is not None])
    kept = {}
    for key, wanted in programme.protected.items():
        was = known[key]
        low = None if wanted.low is None else max(wanted.low, round(was.low))
        high = None if wanted.high is None else min(wanted.high, round(was.high))
        kept[key] = Protected(wanted.form, min(wanted.width, round(was.high - was.low)), low, high)
    return Programme(programme.unknowns, programme.rows, programme.told, kept)


def pinned(programme: Programme, found: dict[str, Range]) -> tuple[str, ...]:
    return tuple(key for key, wanted in programme.protected.items() if is_pinned(found[key], wanted))


def complement(programme: Programme, first: Iterable[str]) -> tuple[str, ...] | None:
    """The cheapest told things to hide so that nothing is pinned; None when there are none that suffice."""
    open_: dict[str, None] = dict.fromkeys(first)
    for _ in range(_ROUNDS):
        try:
            hide = _cheapest(programme, {key: programme.protected[key] for key in open_})
        except Infeasible:
            return None
        more = pinned(programme, ranges(programme, hide))
        if not more:
            return hide
        if set(more) <= set(open_):
            return None
        open_.update(dict.fromkeys(more))
    return None


def _cheapest(programme: Programme, wanted: dict[str, Protected]) -> tuple[str, ...]:
    model = _Model()
    may = {key: f"hide {key}" for key, told in programme.told.items() if told.cost is not None}
    for key, name in may.items():
        model.column(name, 0, 1, cost=float(programme.told[key].cost or 1))
    for key, form in wanted.items():
        for world in ("most", "least"):
            where = f"{world} {key} "
            for name, (low, high) in programme.unknowns.items():
                model.column(where + name, low, high)
            for row in programme.rows:
                model.row({where + n: c for n, c in row.form.items()}, row.low, row.high)
            for told_key, told in programme.told.items():
                told_form: dict[str, float] = {where + n: c for n, c in told.form.items()}
                if told_key not in may:
                    model.row(told_form, told.low, told.high)
                    continue
                slack = may[told_key]
                reach = sum(abs(c) * min(programme.unknowns[n][1], MOST) for n, c in told.form.items())
                model.row({**told_form, slack: -reach}, -reach * 2, told.high)
                model.row({**told_form, slack: reach}, told.low, reach * 3)
        most = {f"most {key} {n}": c for n, c in form.form.items()}
        least = {f"least {key} {n}": c for n, c in form.form.items()}
        model.row({**most, **{n: -c for n, c in least.items()}}, form.width, MOST * 10)
        if form.high is not None:
            model.row(dict(most), form.high, MOST * 10)
        if form.low is not None:
            model.row(dict(least), -MOST * 10, form.low)
    model.run()
    values = model.highs.getSolution().col_value
    return tuple(key for key, name in may.items() if values[model.columns[name]] > 0.5)


def solve(programme: Programme, *, with_complement: bool) -> Solution:
    if programme.only_new:
        programme = clamped(programme)
    found = ranges(programme)
    leaks = pinned(programme, found)
    if not leaks:
        return Solution(found, (), ())
    return Solution(found, leaks, complement(programme, leaks) if with_complement else None)


def main() -> None:
    asked = json.load(sys.stdin)
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # HiGHS writes its banner to standard output, whatever its options say
    answers = [
        asdict(solve(Programme.of_json(body), with_complement=asked["complement"])) for body in asked["programmes"]
    ]
    with out:
        json.dump(answers, out)


if __name__ == "__main__":
    main()
