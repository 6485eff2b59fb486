"""The attacker of a section: all that was told of a period's rounds, as programmes over the parts of each round. Pure.

Who attacks knows which rooms of which grade and subject were visited in each round. Counts, for each core element by
itself: x(r, p) visits of round r in pair p of grade band and subject with a statement of it. Told: the shares of the
rounds themselves (final), every section of the period so far, and the section that is about to be told. Who attacks
knows, too, which visits were corrected between two tellings, and that the others stayed as they were: those are one and
the same unknown in both. A second programme is of an attacker who does not know how often each grade and subject was
visited: m(r, p) visits at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from services.reporting.disclosure.attack import HIDDEN_WIDTH, ToldCell
from services.reporting.disclosure.programme import MOST, Form, Programme, Protected, Told
from services.reporting.disclosure.rule import CELL_CLASSROOMS
from services.reporting.sections.visits import Group, Visit, menu, same


@dataclass(frozen=True, slots=True)
class State:
    """One telling: the visits behind it, the place of each of their rounds, and what each group tells: element -> cell
    (None: the group is hidden whole), and how many visits it has (None: hidden). `still`: of each group, the visits
    ("") and those with each element that stand behind it, too, and stay as they are: nothing is asked of these."""

    visits: Sequence[Visit]
    places: Mapping[UUID, int]
    cells: Mapping[Group, Mapping[str, ToldCell] | None]
    counts: Mapping[Group, int | None]
    still: Mapping[Group, Mapping[str, int]] = field(default_factory=dict)

    def of_still(self, group: Group, what: str = "") -> int:
        return self.still.get(group, {}).get(what, 0)


@dataclass(frozen=True, slots=True)
class RoundTold:
    """What a round's own release tells: visits at all (None: hidden) and per element. `seen`: the visits behind it;
    `said`: the statements of each element, where told: no more visits can have one. `known`: older rules made it: the
    worst is taken, that each visit is known from it."""

    visits: int | None
    cells: Mapping[str, ToldCell]
    seen: Sequence[Visit] = ()
    said: Mapping[str, int] = field(default_factory=dict)
    known: bool = False


At = tuple[UUID, int]
"""round, place in the log"""
Rounds = Mapping[At, RoundTold]


class Attack:
    """What the programmes of all elements share, made once: a district's rounds are gone through for seconds. `now`, as
    given to the programmes, may tell less than at first, of the same visits."""

    def __init__(self, now: State, before: Sequence[State], rounds: Rounds) -> None:
        self._before, self._known = before, _Unknowns([now, *before], rounds)
        self._sizes = self._known.sizes
        self._rounds = [
            (at_round(*key), told, form) for key, told in rounds.items() if (form := self._known.of_round(*key))
        ]
        self._fixed = {name for key, told in rounds.items() if told.known for name in self._known.of_round(*key)}
        tellings = (now, *before)
        self._groups = [
            {g: (self._known.of_group(state, g), _n(state, g)) for g in {**state.cells, **state.counts}}
            for state in tellings
        ]
        self._parts: list[tuple[str, Form, int, bool]] = []
        looked_at: set[At] = set()
        for n, telling in enumerate(tellings):
            others = before if telling is now else [now]
            state = replace(telling, visits=[v for v in telling.visits if _at(telling, v) not in looked_at])
            looked_at |= {_at(telling, v) for v in state.visits}
            for part, visits in _parts(state, others).items():
                form, size = self._known.of(state, visits), len({v.unit.slot_id for v in visits})
                small = len({v.unit.classroom_id for v in visits}) < CELL_CLASSROOMS
                self._parts.append((f"{part} as told by {n - 1}" if n else part, form, size, small))

    def element(self, element: str, now: State) -> Programme:
        """Of one core element. A part of a round that a group cuts out, or that was corrected since it was told before,
        keeps all that was possible of it while it is of fewer than three rooms, three values when it is larger."""
        programme = Programme(only_new=True, blocks=dict(self._known.rounds), world=self._known.world(element))
        for name, n in self._sizes.items():
            programme.unknown(name, 0, n)
        for at, told, form in self._rounds:
            if told.visits is not None:
                _tell(programme, at, form, told.cells.get(element), told.visits, None)
                if (said := told.said.get(element)) is not None and said < told.visits:
                    programme.told[f"{at} said"] = Told(form, min(said, 1), said, None)
        for n, state in enumerate(self._before):
            for group, cells in state.cells.items():
                if cells is not None:
                    form, visits = self._groups[n + 1][group]
                    at = f"section {n}|{group.place}"
                    if state.still:
                        form = {**form, _still(programme, at, state.of_still(group, element)): 1}
                    _tell(programme, at, form, cells.get(element), visits, None)
        for group, cells in now.cells.items():
            cell = ToldCell(element) if cells is None else cells.get(element)
            form, visits = self._groups[0][group]
            _tell(programme, place(element, group), form, cell, visits, 1)
        for part, form, size, small in self._parts:
            wanted = Protected(form, size, 0, size) if small else Protected(form, HIDDEN_WIDTH)
            programme.protected[f"part {element}|{part}"] = wanted
        return programme

    def worst(self, element: str, now: State) -> Programme | None:
        """The same by somebody who knows each visit of the rounds that older rules told of; None where there is none.
        What is protected of those is for `element`: that it may be known is no leave to tell it."""
        if not self._fixed:
            return None
        programme = self.element(element, now)
        for name in self._fixed:
            programme.told[f"known {name}"] = Told({name: 1}, programme.world[name], programme.world[name], None)
        programme.protected = {k: p for k, p in programme.protected.items() if not p.form.keys() <= self._fixed}
        return programme

    def counts(self, now: State) -> Programme:
        """Of how often each grade and subject was visited."""
        programme = Programme(only_new=True, blocks=dict(self._known.rounds), world=dict(self._sizes))
        for name in self._sizes:
            programme.unknown(name)
        for at, told, form in self._rounds:
            if told.visits is not None:
                programme.told[at] = Told(form, told.visits, told.visits, None)
        for n, state in enumerate(self._before):
            for group, count in state.counts.items():
                if count is not None:
                    form, _ = self._groups[n + 1][group]
                    programme.told[f"section {n}|{group.place}"] = Told(form, count, count, None)
        for group, count in now.counts.items():
            form, _ = self._groups[0][group]
            if count is None:
                programme.protected[place("visits", group)] = Protected(form, HIDDEN_WIDTH)
            else:
                programme.told[place("visits", group)] = Told(form, count, count, max(count, 1))
        return programme


class _Unknowns:
    """The counts that the attacker looks for. Visits of a round and pair with the same history are one count: at each
    place of which the round was told, since which place they are as they are."""

    def __init__(self, states: Iterable[State], rounds: Rounds) -> None:
        told: defaultdict[UUID, dict[int, dict[UUID, Visit]]] = defaultdict(dict)
        for state in states:
            for visit in state.visits:
                told[visit.round_id].setdefault(state.places[visit.round_id], {})[visit.unit.slot_id] = visit
        for (round_id, at), released in rounds.items():
            for visit in released.seen:
                told[round_id].setdefault(at, {})[visit.unit.slot_id] = visit
        self._names: dict[UUID, dict[int, dict[UUID, str]]] = {r: _named(r, by_place) for r, by_place in told.items()}
        self.rounds: dict[str, str] = {}
        self._members: dict[str, dict[UUID, Visit]] = {}
        for round_id, by_place in self._names.items():
            for at, names in by_place.items():
                for slot, name in names.items():
                    self.rounds[name] = str(round_id)
                    self._members.setdefault(name, {})[slot] = told[round_id][at][slot]

    @property
    def sizes(self) -> dict[str, int]:
        return {name: len(slots) for name, slots in self._members.items()}

    def world(self, element: str) -> dict[str, int]:
        return {name: sum(element in v.elements for v in slots.values()) for name, slots in self._members.items()}

    def of_round(self, round_id: UUID, at: int) -> Form:
        return dict.fromkeys(self._names.get(round_id, {}).get(at, {}).values(), 1)

    def of_group(self, state: State, group: Group) -> Form:
        return self.of(state, (v for v in state.visits if group.holds(v)))

    def of(self, state: State, visits: Iterable[Visit]) -> Form:
        names = self._names
        return {names[v.round_id][state.places[v.round_id]][v.unit.slot_id]: 1 for v in visits}


def _named(round_id: UUID, by_place: Mapping[int, Mapping[UUID, Visit]]) -> dict[int, dict[UUID, str]]:
    """Place -> slot -> the count that holds the slot's visit as it was at the place."""
    places = sorted(by_place)
    found: dict[int, dict[UUID, str]] = {p: {} for p in places}
    for slot in {slot for visits in by_place.values() for slot in visits}:
        since: dict[int, int] = {}
        last: int | None = None
        for p in places:
            if (visit := by_place[p].get(slot)) is None:
                last = None
                continue
            since[p] = p if last is None or not same(by_place[last][slot], visit) else since[last]
            last = p
        history = " ".join(f"{p}:{since[p]}" for p in since) if len(places) > 1 else ""
        for p, begun in since.items():
            visit = by_place[p][slot]
            found[p][slot] = f"{round_id} {begun} {visit.grade_band}|{visit.subject} {history}".rstrip()
    return found


def place(what: str, group: Group) -> str:
    """The name of a cell of a section."""
    return f"{what}|{group.place}"


def at_round(round_id: UUID, at: int) -> str:
    return f"round {round_id} {at}"


def _still(programme: Programme, at: str, count: int) -> str:
    """What stays as it is: a count of its own, so that what is told of it and a round is not taken for the round's."""
    name = programme.unknown(f"still {at}", count, count)
    programme.blocks[name], programme.world[name] = name, count
    return name


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


def _at(state: State, visit: Visit) -> At:
    """The round of a visit, and its place: at the same place its parts are the same counts."""
    return visit.round_id, state.places[visit.round_id]


def _parts(now: State, before: Sequence[State]) -> dict[str, list[Visit]]:
    """Every part of every round that a group cuts out, and what of it was corrected since it was told: by a name."""
    by_round: defaultdict[UUID, list[Visit]] = defaultdict(list)
    for visit in now.visits:
        by_round[visit.round_id].append(visit)
    earlier = [{v.unit.slot_id: v for v in state.visits} for state in before]
    rounds = [{v.round_id for v in state.visits} for state in before]
    found: dict[frozenset[UUID], tuple[str, list[Visit]]] = {}
    for round_id, visits in by_round.items():
        for group in menu(visits):
            part = [v for v in visits if group.holds(v)]
            kinds = [(str(group.place), part)]
            for n, (old, told) in enumerate(zip(earlier, rounds, strict=True)):
                if round_id in told:
                    stays = [v for v in part if same(old.get(v.unit.slot_id), v)]
                    kinds.append((f"{group.place} since {n}", [v for v in part if v not in stays]))
                    kinds.append((f"{group.place} as in {n}", stays))
            for name, some in kinds:
                if some and len(some) < len(visits):
                    found.setdefault(frozenset(v.unit.slot_id for v in some), (f"{round_id} {name}", some))
    return dict(found.values())


def _n(state: State, group: Group) -> int:
    return sum(group.holds(v) for v in state.visits) + state.of_still(group) or MOST
