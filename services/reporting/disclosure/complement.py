"""Complementary suppression: the cheapest told things to hide so that nothing is pinned.

It is the problem of Fischetti & Salazar-González ("Solving the cell suppression problem on tabular data with linear
constraints", Management Science 47, 2001): hide so that for each protected form two worlds exist which agree with all
that is still told and lie far enough apart. For a round it is solved as one programme, the worlds whole numbers; only
forms that are pinned get their worlds, until none is. For a district, with its two copies of every count for each of
many forms, by their cuts: a form stays pinned while everything told stands that the proof of its range rests on (the
rows with a dual value), so of these at least one must be hidden; the cheapest choice that meets all cuts found so far
is tried until nothing is pinned. Every cut holds of every answer, so that the last choice is a cheapest one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import ceil, floor

from services.reporting.disclosure.model import Infeasible, Model, base
from services.reporting.disclosure.narrowed import narrowed
from services.reporting.disclosure.programme import MOST, Programme, Protected
from services.reporting.disclosure.ranges import MAXIMIZE, MINIMIZE, pinned, ranges
from services.reporting.disclosure.searched import settled

_ROUNDS = 20
"""Times that newly pinned forms may be taken up; each hides at least one thing more."""


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
    model = Model()
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


def complement_by_cuts(programme: Programme, leaks: Iterable[str]) -> tuple[str, ...] | None:
    """As `complement`, for what hangs together in many blocks. What is not pinned now will not be when more is hidden:
    only `leaks` are looked at again."""
    wanted = {key: programme.protected[key] for key in leaks}
    asked = replace(programme, protected=wanted)
    cuts: set[frozenset[str]] = set()
    hide: tuple[str, ...] = ()
    while left := pinned(asked, settled(asked, hide).ranges):
        more = _cuts(asked, left, hide)
        if not all(more):
            return None
        cuts |= more
        hide = _cover(asked, cuts)
    return hide


def _cuts(programme: Programme, leaks: Sequence[str], hidden: Sequence[str]) -> set[frozenset[str]]:
    """The proof is looked for around the rounds of the leaks first, then in the whole."""
    asked = replace(programme, protected={key: programme.protected[key] for key in leaks})
    near = _proofs(narrowed(asked, hidden).around, ())
    far = [key for key, proof in near.items() if proof is None]
    whole = _proofs(replace(asked, protected={key: asked.protected[key] for key in far}), hidden) if far else {}
    may = {key for key, told in programme.told.items() if told.cost is not None} - set(hidden)
    return {frozenset(may if proof is None else proof & may) for proof in (near | whole).values()}


def _proofs(programme: Programme, hidden: Iterable[str]) -> dict[str, set[str] | None]:
    """Of each protected form, the rows that pin it; None where only whole numbers do."""
    gone = set(hidden)
    rows = [key for key in programme.told if key not in gone] + [f"row {n}" for n in range(len(programme.rows))]
    model = base(programme, gone, whole=False)
    found: dict[str, set[str] | None] = {}
    for key, wanted in programme.protected.items():
        low, by_low = model.extreme(wanted.form, MINIMIZE), model.held_by(rows)
        high, by_high = model.extreme(wanted.form, MAXIMIZE), model.held_by(rows)
        at_least, at_most = ceil(low - 1e-6), floor(high + 1e-6)
        if wanted.low is not None and at_least > wanted.low:
            found[key] = set(by_low)
        elif wanted.high is not None and at_most < wanted.high:
            found[key] = set(by_high)
        else:
            found[key] = {*by_low, *by_high} if at_most - at_least < wanted.width else None
    return found


def _cover(programme: Programme, cuts: Iterable[frozenset[str]]) -> tuple[str, ...]:
    """The cheapest choice with one of each cut."""
    model = Model()
    held = sorted(cuts, key=sorted)
    for key in sorted(frozenset().union(*held)):
        model.column(key, 0, 1, cost=float(programme.told[key].cost or 1))
    for cut in held:
        model.row(dict.fromkeys(sorted(cut), 1.0), 1, MOST)
    model.run()
    values = model.highs.getSolution().col_value
    return tuple(key for key, n in model.columns.items() if values[n] > 0.5)
