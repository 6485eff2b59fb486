"""What an attacker can conclude about each protected form: its least and its most, by HiGHS.

A form's range is the sum of its ranges over the parts of a programme that no row links: those are solved by themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

import highspy

from services.reporting.disclosure.model import Model, base
from services.reporting.disclosure.narrowed import narrowed
from services.reporting.disclosure.programme import Form, Programme, Protected, Range, is_pinned

MINIMIZE, MAXIMIZE = highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize


def ranges(programme: Programme, hidden: Iterable[str] = (), *, apart: bool = False) -> dict[str, Range]:
    """What can be concluded about each protected form from all that is told but `hidden`. `apart`: by the parts that
    hang together, those that no protected form touches unlooked at (and so not found to be without any world)."""
    gone = tuple(hidden)
    if not apart:
        both = _Both(programme, gone)
        return {key: both.range(wanted.form) for key, wanted in programme.protected.items()}
    parts = _parts(programme, gone)
    at = {name: part for part, found in enumerate(parts) for name in found.unknowns}
    models: dict[int, _Both] = {}
    found = {}
    for key, wanted in programme.protected.items():
        forms: defaultdict[int, Form] = defaultdict(dict)
        for name, weight in wanted.form.items():
            forms[at[name]][name] = weight
        for part in forms.keys() - models.keys():
            models[part] = _Both(parts[part])
        ends = [models[part].range(form) for part, form in forms.items()]
        found[key] = Range(
            sum(e.lp_low for e in ends),
            sum(e.lp_high for e in ends),
            sum(e.low for e in ends),
            sum(e.high for e in ends),
        )
    return found


class _Both:
    """By any numbers, and by whole ones: the same where the first answer is made of whole ones."""

    def __init__(self, programme: Programme, hidden: Iterable[str] = ()) -> None:
        self._linear = base(programme, hidden, whole=False)
        self._asked = programme, tuple(hidden)
        self._whole: Model | None = None

    def range(self, form: Form) -> Range:
        low, high = self._end(form, MINIMIZE), self._end(form, MAXIMIZE)
        return Range(low[0], high[0], low[1], high[1])

    def _end(self, form: Form, sense: object) -> tuple[float, float]:
        found = self._linear.extreme(form, sense)
        if self._linear.whole():
            return found, float(round(found))
        if self._whole is None:
            self._whole = base(*self._asked, whole=True)
        return found, float(round(self._whole.extreme(form, sense)))


def _parts(programme: Programme, hidden: Iterable[str]) -> list[Programme]:
    """The programme as those that no row links."""
    gone = set(hidden)
    parent = {name: name for name in programme.unknowns}

    def root(name: str) -> str:
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    told = {key: t for key, t in programme.told.items() if key not in gone}
    for form in (*(r.form for r in programme.rows), *(t.form for t in told.values())):
        first, *others = form
        for other in others:
            parent[root(other)] = root(first)
    found: defaultdict[str, Programme] = defaultdict(Programme)
    for name, ends in programme.unknowns.items():
        found[root(name)].unknowns[name] = ends
    for row in programme.rows:
        found[root(next(iter(row.form)))].rows.append(row)
    for key, t in told.items():
        found[root(next(iter(t.form)))].told[key] = t
    return list(found.values())


def settled(programme: Programme, hidden: Iterable[str] = (), *, exactly: bool = False) -> dict[str, Range]:
    """As `ranges`, of a district: where what is possible within a part of it is enough for a form to be open, that;
    where what is impossible around it pins the form (unless wanted `exactly`), that; else what is so in the whole."""
    asked = narrowed(programme, hidden)
    within, around = ranges(asked.within), ranges(asked.around)
    found, left = {}, {}
    for key, wanted in programme.protected.items():
        least, most = _plus(within[key], asked.fixed[key]), around[key]
        if not is_pinned(least, wanted) or (least.low, least.high) == (most.low, most.high):
            found[key] = least
        elif not exactly and is_pinned(most, wanted):
            found[key] = most
        else:
            left[key] = wanted
    return found | (ranges(replace(programme, protected=left), hidden, apart=True) if left else {})


def _plus(found: Range, more: int) -> Range:
    return Range(found.lp_low + more, found.lp_high + more, found.low + more, found.high + more)


def clamped(programme: Programme, *, apart: bool = False) -> Programme:
    """The programme asked to keep open what was open before the new things were told, and no more than that."""
    gone = [key for key, told in programme.told.items() if told.cost is not None]
    known = settled(programme, gone, exactly=True) if apart else ranges(programme, gone)
    kept = {}
    for key, wanted in programme.protected.items():
        was = known[key]
        low = None if wanted.low is None else max(wanted.low, round(was.low))
        high = None if wanted.high is None else min(wanted.high, round(was.high))
        kept[key] = Protected(wanted.form, min(wanted.width, round(was.high - was.low)), low, high)
    return replace(programme, protected=kept, only_new=False)


def pinned(programme: Programme, found: dict[str, Range]) -> tuple[str, ...]:
    return tuple(key for key, wanted in programme.protected.items() if is_pinned(found[key], wanted))
