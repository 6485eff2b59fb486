"""Which rounds of a district a release of one of them can say anything of. Pure.

Most cannot be narrowed by it, and that is counted, not searched for. Let the round that is released stay as it is in
truth, so that all it tells holds. Another round may then be as one likes within what its own releases told: from the
true counts, so many of its visits gain the element and so many lose it; paired, each pair moves one from a kind of
visit (grade band, subject, the sections it stands in) to another. A told total of a section keeps its value when
elsewhere one moves back: in a round, used once, that has a visit of the one kind without the element and one of the
other kind with it; or in two rounds, by way of a third kind. A round of which at most m can move needs at most 2 m
others. So where of every step that it may need there are more than that, each of its worlds fits into one of the whole
district: nothing that was told elsewhere narrows any form of it (cf. `worlds.py`, which finds such worlds one by one).

The others are asked about, together with enough rounds that may make up for them; all that is left stays as it is: what
is open in that programme is open. What is not may be so all the same, and is asked of the whole.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from services.reporting.disclosure.attack import ToldCell
from services.reporting.sections.attack import Rounds, RoundTold, State
from services.reporting.sections.visits import ELEMENTS, Group, Visit

_HELPERS = 3
"""Rounds that may raise a count of a kind, and as many that may lower one, in the programme of what is near."""
Yes = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Near:
    """`asked`: the rounds of which something is asked. `before`, `rounds`: what was told, of these and of those that
    may make up for them; in the sections all others stay as they are."""

    asked: frozenset[UUID]
    before: Sequence[State]
    rounds: Rounds


def near(release: UUID, before: Sequence[State], rounds: Rounds) -> Near | None:
    """`release`: the round that is told anew. None where what is known does not fit what was told: then nothing can be
    left out."""
    if not all(_fits(told) for told in rounds.values()):
        return None
    totals = [_by_pair(state.visits) for state in before]
    if not all(_section_fits(state, found) for state, found in zip(before, totals, strict=True)):
        return None
    district = _District(release, before, rounds)
    asked = {release, *district.elsewhere, *district.not_free()}
    kept = asked | district.helpers(asked, before)
    less = []
    for state, found in zip(before, totals, strict=True):
        visits = [v for v in state.visits if v.round_id in kept]
        still = {pair: Counter(n) for pair, n in found.items()}
        for pair, n in _by_pair(visits).items():
            still[pair].subtract(n)
        less.append(replace(state, visits=visits, still={g: _of_group(still, g) for g in state.cells}))
    return Near(frozenset(asked), less, {at: told for at, told in rounds.items() if at[0] in kept})


Pairs = Mapping[tuple[str, str], Counter[str]]
"""Grade band and subject -> visits ("") and those with each element."""


def _by_pair(visits: Iterable[Visit]) -> dict[tuple[str, str], Counter[str]]:
    kinds = Counter((v.grade_band, v.subject, v.elements) for v in visits)
    found: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for (grade, subject, elements), n in kinds.items():
        for what in ("", *elements):
            found[grade, subject][what] += n
    return found


def _of_group(pairs: Pairs, group: Group) -> Counter[str]:
    found: Counter[str] = Counter()
    for (grade, subject), n in pairs.items():
        if group.grade_band in (None, grade) and group.subject in (None, subject):
            found.update(n)
    return found


def _section_fits(state: State, pairs: Pairs) -> bool:
    for group, cells in state.cells.items():
        found = _of_group(pairs, group)
        for element, cell in (cells or {}).items():
            low, high = _ends(cell, found[""])
            if not low <= found[element] <= high:
                return False
    return True


def _ends(cell: ToldCell | None, n: int) -> tuple[int, int]:
    if cell is None:
        return 0, n
    if cell.count is not None:
        return cell.count, cell.count
    return cell.at_least or 0, n if cell.at_most is None else cell.at_most


def _ends_of(told: RoundTold, element: str) -> tuple[int, int]:
    """What a round's own release leaves open of its visits with the element."""
    if told.visits is None:
        return 0, len(told.seen)
    low, high = _ends(told.cells.get(element), told.visits)
    said = told.said.get(element)
    if said is not None and said < told.visits:
        low, high = max(low, min(said, 1)), min(high, said)
    return low, high


def _fits(told: RoundTold) -> bool:
    found = Counter(e for v in told.seen for e in v.elements)
    ends = ((found[e], *_ends_of(told, e)) for e in ELEMENTS)
    return all(low <= n <= high for n, low, high in ends)


class _District:
    """The other rounds that stand in the sections, each by its state there. `elsewhere`: those of which two sections
    tell two states."""

    def __init__(self, release: UUID, before: Sequence[State], rounds: Rounds) -> None:
        stands: defaultdict[UUID, dict[int, int]] = defaultdict(dict)
        for n, state in enumerate(before):
            for round_id, place in state.places.items():
                stands[round_id][n] = place
        stands.pop(release, None)
        self.elsewhere = {r for r, at in stands.items() if len(set(at.values())) > 1}
        self._ids = [r for r in stands if r not in self.elsewhere]
        self._kinds: dict[tuple[str, str, tuple[int, ...]], int] = {}
        tellings = Counter(r for r, _ in rounds)
        told = [rounds[r, next(iter(stands[r].values()))] for r in self._ids]
        at: list[tuple[int, int]] = []
        shown: list[tuple[int, int, int]] = []
        nth = {e: n for n, e in enumerate(ELEMENTS)}
        for n, (round_id, one) in enumerate(zip(self._ids, told, strict=True)):
            where = tuple(stands[round_id])
            for v in one.seen:
                kind = self._kinds.setdefault((v.grade_band, v.subject, where), len(self._kinds))
                at.append((n, kind))
                shown += [(nth[e], n, kind) for e in v.elements]
        self._size = np.zeros((len(told), len(self._kinds)), np.int32)
        self._with = np.zeros((len(ELEMENTS), *self._size.shape), np.int32)
        if at:
            np.add.at(self._size, tuple(np.array(at).T), 1)
        if shown:
            np.add.at(self._with, tuple(np.array(shown).T), 1)
        self._ends = np.array([[_ends_of(one, e) for one in told] for e in ELEMENTS]).reshape(len(ELEMENTS), -1, 2)
        self._released = {(v.grade_band, v.subject) for (r, _), one in rounds.items() if r == release for v in one.seen}
        # What a round tells of two of its states binds it in more than one way: it makes up for nothing here.
        may = [tellings[r] == 1 and not one.known for r, one in zip(self._ids, told, strict=True)]
        self._may = np.array(may, bool)

    def not_free(self) -> set[UUID]:
        """The rounds that are not shown to be free, of each element."""
        bound = np.zeros(len(self._ids), bool)
        for n in range(len(ELEMENTS)):
            bound |= ~self._free(n)
        return {self._ids[n] for n in np.flatnonzero(bound)}

    def _free(self, element: int) -> Yes:
        """Which rounds are free."""
        shown, (low, high) = self._with[element], self._ends[element].T
        total, size = shown.sum(1), self._size.sum(1)
        rise, fall = shown < self._size, shown > 0
        helps = _Steps(rise[self._may], fall[self._may], (total < high)[self._may], (total > low)[self._may])
        found = np.zeros(len(self._ids), bool)
        most = np.minimum(high, size - low)
        for m in np.unique(most):
            mine = np.flatnonzero(most == m)
            found[mine] = helps.enough(2 * int(m) + 2, rise[mine], fall[mine], (low < high)[mine])
        return found

    def helpers(self, asked: Iterable[UUID], before: Sequence[State]) -> set[UUID]:
        """Some rounds for each kind of visit that the asked rounds have, or that stands in what a section hides or
        bounds."""
        groups = [
            (n, group)
            for n, state in enumerate(before)
            for group, cells in state.cells.items()
            if cells is not None and any(cell.count is None for cell in cells.values())
        ]
        wanted = {
            kind
            for (grade, subject, where), kind in self._kinds.items()
            for n, group in groups
            if n in where and group.grade_band in (None, grade) and group.subject in (None, subject)
        }
        some = set(asked)
        mine = [n for n, r in enumerate(self._ids) if r in some]
        wanted |= set(map(int, np.flatnonzero(self._size[mine].sum(0))))
        wanted |= {kind for key, kind in self._kinds.items() if key[:2] in self._released}
        found: set[int] = set()
        for kind in sorted(wanted):
            for shown in self._with:
                rise, fall = shown[:, kind] < self._size[:, kind], shown[:, kind] > 0
                for may in (rise & self._may, fall & self._may):
                    found.update(np.flatnonzero(may)[:_HELPERS].tolist())
        return {self._ids[n] for n in found}


class _Steps:
    """How many rounds may move one visit's worth from a kind to another (`rise`, `fall`: round by kind), or alone."""

    def __init__(self, rise: Yes, fall: Yes, more: Yes, less: Yes) -> None:
        self._rise, self._fall = rise.astype(np.int32), fall.astype(np.int32)
        self._up, self._down = self._rise[more], self._fall[less]
        self._direct = self._rise.T @ self._fall
        """A kind that rises, a kind that falls -> rounds."""

    def enough(self, least: int, rise: Yes, fall: Yes, alone: Yes) -> Yes:
        """Of rounds that may rise and fall so (and `alone`: without the other), whether at least so many others may
        make up for each step."""
        direct = self._direct >= least
        np.fill_diagonal(direct, True)
        lacks = ~direct
        up, down = np.flatnonzero(lacks.any(1)), np.flatnonzero(lacks.any(0))
        by_way = self._rise[:, up].T @ ((self._fall @ direct[:, down]) > 0)
        lacks[np.ix_(up, down)] &= by_way < least
        wide = lacks.any(1)
        short = ((fall[:, wide].astype(np.int32) @ lacks[wide]) * rise).any(1)
        lacks_up = ((self._up @ direct.T) > 0).sum(0) < least
        lacks_down = ((self._down @ direct) > 0).sum(0) < least
        found: Yes = ~(short | (alone & ((fall & lacks_up) | (rise & lacks_down)).any(1)))
        return found
