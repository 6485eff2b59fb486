"""What an attacker can conclude about each protected form: its least and its most, by HiGHS."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

import highspy

from services.reporting.disclosure.model import Model, base
from services.reporting.disclosure.programme import Form, Programme, Protected, Range, is_pinned

MINIMIZE, MAXIMIZE = highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize


def ranges(programme: Programme, hidden: Iterable[str] = ()) -> dict[str, Range]:
    """What can be concluded about each protected form from all that is told but `hidden`."""
    both = _Both(programme, tuple(hidden))
    return {key: both.range(wanted.form) for key, wanted in programme.protected.items()}


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
        if self._linear.is_whole():
            return found, float(round(found))
        if self._whole is None:
            self._whole = base(*self._asked, whole=True)
        return found, float(round(self._whole.extreme(form, sense)))


def parts(programme: Programme, hidden: Iterable[str]) -> list[Programme]:
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


def new(programme: Programme) -> list[str]:
    """The told things that may still be hidden."""
    return [key for key, told in programme.told.items() if told.cost is not None]


def clamped(programme: Programme, known: Mapping[str, Range] | None = None) -> Programme:
    """The programme asked to keep open what was open before the new things were told (`known`, of each form), and no
    more than that."""
    known = ranges(programme, new(programme)) if known is None else known
    kept = {}
    for key, wanted in programme.protected.items():
        was = known[key]
        low = None if wanted.low is None else max(wanted.low, round(was.low))
        high = None if wanted.high is None else min(wanted.high, round(was.high))
        kept[key] = Protected(wanted.form, min(wanted.width, round(was.high - was.low)), low, high)
    return replace(programme, protected=kept, only_new=False)


def beside(programme: Programme) -> Programme:
    """The programme asked for no more than the told things of the block `by_itself` leave open by themselves."""
    own = own_block(programme, programme.by_itself)
    return replace(programme, protected=programme.protected | clamped(own, ranges(own)).protected, by_itself="")


def own_block(programme: Programme, block: str) -> Programme:
    """What is asked of one block, and what is told of it alone."""
    mine = {name for name, of in programme.blocks.items() if of == block}
    return Programme(
        {name: ends for name, ends in programme.unknowns.items() if name in mine},
        [row for row in programme.rows if row.form.keys() <= mine],
        {key: told for key, told in programme.told.items() if told.form.keys() <= mine},
        {key: wanted for key, wanted in programme.protected.items() if wanted.form.keys() <= mine},
    )


def pinned(programme: Programme, found: dict[str, Range]) -> tuple[str, ...]:
    return tuple(key for key, wanted in programme.protected.items() if is_pinned(found[key], wanted))
