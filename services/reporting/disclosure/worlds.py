"""Proves by example that protected counts are open: worlds that fit what is told and lie as far apart as may be. Pure.

A district's programme is many small blocks (the parts of one round each) that a few told totals link. What a block's
own rows leave open is the outer bound of a form within it: nothing told elsewhere can widen it. From one world that
fits all (the true one), a world at that bound is made by single steps: one count of the block rises and another falls,
and in other blocks, each used once, counts which stand in the same told totals make up for it (cf. the moves of
Diaconis & Sturmfels, "Algebraic algorithms for sampling from conditional distributions", Annals of Statistics 26,
1998). So every told total keeps its value, and the world holds. A form with a world at either bound cannot be pinned,
whatever is told; what is not proven here is left to the solver, and nothing is assumed of it.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from services.reporting.disclosure.programme import Form, Programme, Protected

Links = tuple[tuple[int, int], ...]
"""The linking rows in which a count stands: row -> coefficient. Counts with the same links can stand in for each other;
with none, for nothing at all."""
Step = tuple[str | None, str | None]
"""A count that rises by one, and one that falls by one."""


@dataclass(slots=True)
class _Block:
    """`rows`: those that hold counts of this block alone, as (form, least, most); `lasting`: those of them that no
    hiding can take away."""

    counts: list[str] = field(default_factory=list)
    rows: list[tuple[Form, int, int]] = field(default_factory=list)
    lasting: list[tuple[Form, int, int]] = field(default_factory=list)


def open_forms(programme: Programme) -> frozenset[str]:
    """The protected forms that are proven open, of a programme whose world fits and of which only what is new is asked:
    as `is_pinned` would have it of their true ranges."""
    return frozenset(_Worlds(programme).proven())


def _rows(programme: Programme) -> Iterator[tuple[Form, int, int, bool]]:
    """The last: whether it lasts, whatever is hidden."""
    for row in programme.rows:
        yield row.form, row.low, row.high, True
    for told in programme.told.values():
        yield told.form, told.low, told.high, told.cost is None


def _value(form: Form, world: Mapping[str, int]) -> int:
    return sum(weight * world[name] for name, weight in form.items())


def fits(programme: Programme) -> bool:
    """Whether the programme names a world of all its counts, each of a block, in which all holds that is told."""
    world = programme.world
    if not world or world.keys() != programme.unknowns.keys() or world.keys() != programme.blocks.keys():
        return False
    held = all(low <= world[name] <= high for name, (low, high) in programme.unknowns.items())
    return held and all(low <= _value(form, world) <= high for form, low, high, _ in _rows(programme))


class _Worlds:
    def __init__(self, programme: Programme) -> None:
        self._p, self._world = programme, programme.world
        self._blocks: defaultdict[str, _Block] = defaultdict(_Block)
        for name, block_id in programme.blocks.items():
            self._blocks[block_id].counts.append(name)
        links: dict[str, list[tuple[int, int]]] = {name: [] for name in programme.unknowns}
        for n, (form, low, high, lasts) in enumerate(_rows(programme)):
            within = {programme.blocks[name] for name in form}
            if len(within) != 1:
                for name, weight in form.items():
                    links[name].append((n, weight))
                continue
            block = self._blocks[within.pop()]
            block.rows.append((form, low, high))
            if lasts:
                block.lasting.append((form, low, high))
        self._links: dict[str, Links] = {name: tuple(held) for name, held in links.items()}
        self._instead: defaultdict[Links, defaultdict[Links, list[str]]] = defaultdict(lambda: defaultdict(list))
        """Links that rise -> links that fall -> the blocks that have such a step."""
        for block_id, block in self._blocks.items():
            steps = ((self._links_of(up), self._links_of(down)) for up, down in self._steps(block, self._world))
            for rises, falls in {(r, f) for r, f in steps if r != f}:
                self._instead[rises][falls].append(block_id)

    def _links_of(self, name: str | None) -> Links:
        return () if name is None else self._links[name]

    def _steps(self, block: _Block, world: Mapping[str, int]) -> Iterator[Step]:
        ups, downs = [None, *block.counts], [None, *block.counts]
        return ((u, d) for u in ups for d in downs if u != d and self._may(block, world, u, d))

    def _may(self, block: _Block, world: Mapping[str, int], up: str | None, down: str | None) -> bool:
        """Whether the world still fits the block after the step."""
        if up is not None and world[up] >= self._p.unknowns[up][1]:
            return False
        if down is not None and world[down] <= self._p.unknowns[down][0]:
            return False
        for form, low, high in block.rows:
            moved = form.get(up or "", 0) - form.get(down or "", 0)
            if moved and not low <= _value(form, world) + moved <= high:
                return False
        return True

    def proven(self) -> Iterator[str]:
        for key, wanted in self._p.protected.items():
            within = {self._p.blocks[name] for name in wanted.form}
            if len(within) == 1 and all(weight == 1 for weight in wanted.form.values()):
                block_id = within.pop()
                if self._is_open(block_id, self._blocks[block_id], wanted):
                    yield key

    def _is_open(self, block_id: str, block: _Block, wanted: Protected) -> bool:
        """Of the range without what may be hidden, the outer bound holds the whole. So an end of the range that is at
        the bound is no narrower than it was."""
        least, most = self._outer(block, wanted.form)
        low_aim = least if wanted.low is None else max(least, wanted.low)
        high_aim = most if wanted.high is None else min(most, wanted.high)
        if high_aim - low_aim < wanted.width:
            low_aim, high_aim = least, most
        high = self._reached(block_id, block, wanted.form, 1, high_aim)
        if wanted.low is None:
            low_aim = max(low_aim, high - wanted.width)
        low = self._reached(block_id, block, wanted.form, -1, low_aim)
        return (
            (high - low >= wanted.width or (low, high) == (least, most))
            and (wanted.low is None or low <= max(least, wanted.low))
            and (wanted.high is None or high >= min(most, wanted.high))
        )

    def _outer(self, block: _Block, form: Form) -> tuple[int, int]:
        """No world of the block has less of the form, or more."""
        bounds = self._p.unknowns
        least, most = (sum(bounds[name][end] for name in form) for end in (0, 1))
        for row, low, high in block.lasting:
            if any(weight != 1 for weight in row.values()):
                continue
            inside = [name for name in form if name in row]
            outside = [name for name in form if name not in row]
            rest = [name for name in row if name not in form]
            most = min(most, high - sum(bounds[n][0] for n in rest) + sum(bounds[n][1] for n in outside))
            if inside:
                least = max(least, low - sum(bounds[n][1] for n in rest) + sum(bounds[n][0] for n in outside))
        return least, most

    def _reached(self, block_id: str, block: _Block, form: Form, sense: int, aim: int) -> int:
        """How far steps lead from the world towards `aim`, each made up for elsewhere."""
        world = {name: self._world[name] for name in block.counts}
        value, used = _value(form, world), {block_id}
        others = [name for name in block.counts if name not in form]
        while (aim - value) * sense > 0 and self._take(block, world, form, others, sense, used):
            value += sense
        return value

    def _take(
        self, block: _Block, world: dict[str, int], form: Form, others: list[str], sense: int, used: set[str]
    ) -> bool:
        for mine in form:
            for other in (*others, None):
                up, down = (mine, other) if sense > 0 else (other, mine)
                if not self._may(block, world, up, down):
                    continue
                found = self._made_up(self._links_of(down), self._links_of(up), used)
                if found is None:
                    continue
                used.update(found)
                if up is not None:
                    world[up] += 1
                if down is not None:
                    world[down] -= 1
                return True
        return False

    def _made_up(self, rises: Links, falls: Links, used: set[str]) -> list[str] | None:
        """Unused blocks in which, taken together, counts with links `rises` rise by one and with `falls` fall by one:
        the shortest chain."""
        if rises == falls:
            return []
        came: dict[Links, tuple[Links, str] | None] = {rises: None}
        ahead = deque([rises])
        while ahead:
            at = ahead.popleft()
            steps: Mapping[Links, list[str]] = self._instead.get(at, {})
            taken = used | {block for _, block in self._chain(came, at)}
            for to in (falls, *steps):
                block = None if to in came else self._unused(steps.get(to, ()), taken)
                if block is None:
                    continue
                came[to] = (at, block)
                if to == falls:
                    return [block for _, block in self._chain(came, to)]
                ahead.append(to)
        return None

    @staticmethod
    def _chain(came: Mapping[Links, tuple[Links, str] | None], at: Links) -> list[tuple[Links, str]]:
        found = []
        while (by := came[at]) is not None:
            found.append(by)
            at = by[0]
        return found

    @staticmethod
    def _unused(blocks: Iterable[str], used: set[str]) -> str | None:
        return next((block for block in blocks if block not in used), None)
