"""A district's programme made small in two ways, between which the truth lies. Pure.

*Within*: all but some rounds stay as they are in the world that the programme names. What is possible there is
possible. *Around*: rounds that no form looks into melt into one: counts that stand in the same told totals become their
sum, and what the rounds' own totals say of them becomes one row. What is impossible there is impossible, and a proof of
it holds.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from services.reporting.disclosure.programme import Form, Programme, Protected, Row, Told

FREE = 1
"""Rounds that stay free for each way of standing in told totals."""
MELTED = "melted"


@dataclass(frozen=True, slots=True)
class Narrowed:
    """`fixed`: of each protected form, what the counts that stay as they are within add to it."""

    within: Programme
    fixed: dict[str, int]
    around: Programme


def narrowed(programme: Programme, hidden: Iterable[str] = ()) -> Narrowed:
    """Of a programme whose world fits, and which has nothing by nature (`rows`)."""
    gone = set(hidden)
    told = {key: t for key, t in programme.told.items() if key not in gone}
    asked = Programme(programme.unknowns, programme.rows, told, programme.protected, False, programme.blocks)
    near = _near(asked)
    alike, own = _alike(asked, near)
    free, left = set(near), dict.fromkeys(alike.values(), FREE)
    for name, kind in alike.items():
        if left[kind] and (block := asked.blocks[name]) not in free:
            free.add(block)
            left[kind] -= 1
    within, fixed = _within(asked, programme.world, free)
    return Narrowed(within, fixed, _around(asked, near, alike, own))


def _blocks_of(programme: Programme, form: Form) -> set[str]:
    return {programme.blocks[name] for name in form}


def _near(programme: Programme) -> set[str]:
    """The rounds that a form of a single round is of, and those of which something may be hidden by itself."""
    forms = [p.form for p in programme.protected.values()]
    forms += [t.form for t in programme.told.values() if t.cost is not None]
    return {block for form in forms if len(found := _blocks_of(programme, form)) == 1 for block in found}


def _alike(programme: Programme, near: set[str]) -> tuple[dict[str, int], Counter[str]]:
    """Counts of the far rounds -> the number of their kind (in the same rows of many rounds, the same forms, and as
    many totals of their own round); and the last."""
    rows = [t.form for t in programme.told.values()] + [p.form for p in programme.protected.values()]
    stands: dict[str, list[tuple[int, int]]] = {n: [] for n, b in programme.blocks.items() if b not in near}
    own: Counter[str] = Counter()
    for n, form in enumerate(rows):
        one = len(_blocks_of(programme, form)) == 1
        for name, weight in form.items():
            if name not in stands:
                continue
            if one:
                own[name] += weight
            else:
                stands[name].append((n, weight))
    kinds: dict[tuple[object, int], int] = {}
    return {name: kinds.setdefault((tuple(at), own[name]), len(kinds)) for name, at in stands.items()}, own


def _within(programme: Programme, world: dict[str, int], free: set[str]) -> tuple[Programme, dict[str, int]]:
    unknowns = {name: ends for name, ends in programme.unknowns.items() if programme.blocks[name] in free}
    found, fixed = Programme(unknowns), {}

    def split(form: Form) -> tuple[Form, int]:
        stays = sum(weight * world[name] for name, weight in form.items() if name not in unknowns)
        return {name: weight for name, weight in form.items() if name in unknowns}, stays

    for key, told in programme.told.items():
        form, stays = split(told.form)
        if form:
            found.told[key] = Told(form, told.low - stays, told.high - stays, told.cost)
    for key, wanted in programme.protected.items():
        form, fixed[key] = split(wanted.form)
        found.protected[key] = Protected(form, wanted.width)
    return found, fixed


def _around(programme: Programme, near: set[str], alike: dict[str, int], own: Counter[str]) -> Programme:
    found = Programme()
    ends: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0])
    for name, (low, high) in programme.unknowns.items():
        if programme.blocks[name] in near:
            found.unknown(name, low, high)
        else:
            ends[alike[name]][0] += low
            ends[alike[name]][1] += high
    for kind, (low, high) in ends.items():
        found.unknown(_melted(kind), low, high)

    def melted(form: Form) -> Form:
        return {(name if name in found.unknowns else _melted(alike[name])): w for name, w in form.items()}

    low = high = 0
    total: Form = {}
    for key, told in programme.told.items():
        blocks = _blocks_of(programme, told.form)
        if len(blocks) > 1 or blocks & near:
            found.told[key] = Told(melted(told.form), told.low, told.high, told.cost)
            continue
        low, high = low + told.low, high + told.high
        for name in told.form:
            total[_melted(alike[name])] = own[name]
    if total:
        found.rows.append(Row(total, low, high))
    found.protected = {key: Protected(melted(p.form), p.width, p.low, p.high) for key, p in programme.protected.items()}
    return found


def _melted(kind: int) -> str:
    return f"{MELTED} {kind}"
