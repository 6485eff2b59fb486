"""The attacker of a section: all that was told of a period's rounds, as programmes over the parts of each round. Pure.

Who attacks knows which rooms of which grade and subject were visited in each round. Counts, for each core element by
itself: x(r, p) visits of round r in pair p of grade band and subject with a statement of it. Told: the shares of the
rounds themselves (final), every section of the period so far, and the section that is about to be told. A second
programme is of an attacker who does not know how often each grade and subject was visited: m(r, p) visits at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from services.reporting.disclosure.attack import HIDDEN_WIDTH, ToldCell
from services.reporting.disclosure.programme import MOST, Form, Programme, Protected, Told
from services.reporting.disclosure.rule import CELL_CLASSROOMS
from services.reporting.sections.visits import Group, Visit, menu

Pair = tuple[str, str]
Where = tuple[UUID, int, Pair]
"""round, the place in the log whose state of it was told, pair"""


@dataclass(frozen=True, slots=True)
class State:
    """One telling: the visits behind it, the place of each of their rounds, and what each group tells: element -> cell
    (None: the group is hidden whole), and how many visits it has (None: hidden)."""

    visits: Sequence[Visit]
    places: Mapping[UUID, int]
    cells: Mapping[Group, Mapping[str, ToldCell] | None]
    counts: Mapping[Group, int | None]


@dataclass(frozen=True, slots=True)
class RoundTold:
    """What a round's own release tells: visits at all (None: hidden) and per element."""

    visits: int | None
    cells: Mapping[str, ToldCell]


Rounds = Mapping[tuple[UUID, int], RoundTold]


def element_programme(element: str, now: State, before: Sequence[State], rounds: Rounds) -> Programme:
    """Of one core element. A part of a round that a group cuts out keeps all that was possible of it while it is of
    fewer than three rooms, three values when it is larger."""
    programme = Programme(only_new=True)
    sizes = _sizes([now, *before])
    for where, n in sizes.items():
        programme.unknown(_name(where), 0, n)
    for key, told in rounds.items():
        form = _form(w for w in sizes if w[:2] == key)
        if form and told.visits is not None:
            _tell(programme, f"round {key[0]} {key[1]}", form, told.cells.get(element), told.visits, None)
    for n, state in enumerate(before):
        for group, cells in state.cells.items():
            if cells is not None:
                _tell(
                    programme,
                    f"section {n}|{group.place}",
                    _of(state, group),
                    cells.get(element),
                    _n(state, group),
                    None,
                )
    for group, cells in now.cells.items():
        cell = ToldCell(element) if cells is None else cells.get(element)
        _tell(programme, place(element, group), _of(now, group), cell, _n(now, group), 1)
    for part, form, size, small in _parts(now):
        wanted = Protected(form, size, 0, size) if small else Protected(form, HIDDEN_WIDTH)
        programme.protected[f"part {element}|{part}"] = wanted
    return programme


def count_programme(now: State, before: Sequence[State], rounds: Rounds) -> Programme:
    """Of how often each grade and subject was visited."""
    programme = Programme(only_new=True)
    sizes = _sizes([now, *before])
    for where in sizes:
        programme.unknown(_name(where))
    for key, told in rounds.items():
        form = _form(w for w in sizes if w[:2] == key)
        if form and told.visits is not None:
            programme.told[f"round {key[0]} {key[1]}"] = Told(form, told.visits, told.visits, None)
    for n, state in enumerate(before):
        for group, count in state.counts.items():
            if count is not None:
                programme.told[f"section {n}|{group.place}"] = Told(_of(state, group), count, count, None)
    for group, count in now.counts.items():
        if count is None:
            programme.protected[place("visits", group)] = Protected(_of(now, group), HIDDEN_WIDTH)
        else:
            programme.told[place("visits", group)] = Told(_of(now, group), count, count, max(count, 1))
    return programme


def place(what: str, group: Group) -> str:
    """The name of a cell of a section."""
    return f"{what}|{group.place}"


def _tell(programme: Programme, at: str, form: Form, cell: ToldCell | None, n: int, cost: int | None) -> None:
    if not form or cell is None:
        return
    if cell.count is not None:
        programme.told[at] = Told(form, cell.count, cell.count, cost and max(n, 1))
        return
    low, high = cell.at_least or 0, n if cell.at_most is None else cell.at_most
    if cell.bounded:
        programme.told[at] = Told(form, low, high, cost)
        programme.protected[at] = Protected(form, min(HIDDEN_WIDTH, high - low), low, high)
    else:
        programme.protected[at] = Protected(form, min(HIDDEN_WIDTH, n))


def _parts(state: State) -> list[tuple[str, Form, int, bool]]:
    """Every part of every round that a group cuts out: its name, its counts, its visits, and whether it is small."""
    by_round: defaultdict[UUID, list[Visit]] = defaultdict(list)
    for visit in state.visits:
        by_round[visit.round_id].append(visit)
    found: dict[str, tuple[str, Form, int, bool]] = {}
    for round_id, visits in by_round.items():
        for group in menu(visits):
            part = [v for v in visits if group.holds(v)]
            form = _form(_where(state, v) for v in part)
            if len(part) == len(visits):
                continue
            key = " ".join(sorted(form))
            rooms = len({v.unit.classroom_id for v in part})
            found[key] = (f"{round_id} {group.place}", form, len(part), rooms < CELL_CLASSROOMS)
    return list(found.values())


def _sizes(states: Iterable[State]) -> dict[Where, int]:
    found: dict[Where, set[UUID]] = {}
    for state in states:
        for visit in state.visits:
            found.setdefault(_where(state, visit), set()).add(visit.unit.slot_id)
    return {where: len(slots) for where, slots in found.items()}


def _where(state: State, visit: Visit) -> Where:
    return visit.round_id, state.places[visit.round_id], (visit.grade_band, visit.subject)


def _name(where: Where) -> str:
    return f"{where[0]} {where[1]} {where[2][0]}|{where[2][1]}"


def _form(wheres: Iterable[Where]) -> Form:
    return {_name(w): 1 for w in wheres}


def _of(state: State, group: Group) -> Form:
    return _form(_where(state, v) for v in state.visits if group.holds(v))


def _n(state: State, group: Group) -> int:
    return sum(group.holds(v) for v in state.visits) or MOST
