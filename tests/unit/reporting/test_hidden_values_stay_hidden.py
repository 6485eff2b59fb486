"""An attacker who knows the rules, the totals and everything that is told learns no hidden value.

Two attacks that share no code with the disclosure control: all possible tables with the same output are
listed (for one look-for), and mixed-integer programming asks for the least and greatest value that each
hidden cell can have under all linked tables of a round.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import product
from math import prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from services.reporting.disclosure.rule import Rule
from services.reporting.figures.facts import CORE_ELEMENTS, RoundFacts
from services.reporting.figures.tables import RATED
from services.reporting.releases.compose import released_tables
from services.reporting.releases.snapshot import Cell, ReleasedTable
from tests.support.figures import round_facts

RULE = Rule()


def compositions(total: int, parts: int) -> list[tuple[int, ...]]:
    if parts == 1:
        return [(total,)]
    return [(first, *rest) for first in range(total + 1) for rest in compositions(total - first, parts - 1)]


def answers_of(counts: tuple[int, ...]) -> RoundFacts:
    """One answer per room, by turns of three observers, `counts[i]` of them with the i-th code."""
    codes = [f"c{i}" for i, count in enumerate(counts) for _ in range(count)]
    return round_facts(
        slots=[(n, n) for n in range(len(codes))],
        answers=[(n, n % 3, "item", code) for n, code in enumerate(codes)],
    )


def as_told(table: ReleasedTable) -> str:
    return table.model_dump_json()


@pytest.mark.parametrize(("rooms", "codes"), [(5, 2), (6, 2), (9, 2), (5, 3), (7, 3), (9, 3), (6, 4), (8, 4), (10, 4)])
def test_no_coded_or_hidden_answer_is_pinned_even_when_the_method_is_known(rooms: int, codes: int) -> None:
    """Every possible table is listed: among those with one output, each cell not told takes many values."""
    possible: defaultdict[str, list[dict[str, int]]] = defaultdict(list)
    outputs: dict[str, ReleasedTable] = {}
    for counts in compositions(rooms, codes):
        facts = answers_of(counts)
        (table,) = [t for t in released_tables(facts, RULE) if t.definition == "look_for.answers"]
        key = as_told(table)
        outputs[key] = table
        possible[key].append({f"c{i}": count for i, count in enumerate(counts)})
    for key, worlds in possible.items():
        named = {cell.category: cell for cell in outputs[key].cells}
        for code in (f"c{i}" for i in range(codes)):
            values = {world[code] for world in worlds}
            if code in named and named[code].state == "told":
                assert values == {named[code].count}
            elif len(named) == codes - 1 and all(c.state == "told" for c in named.values()):
                assert min(values) >= 3, "all others are told, and so might this be"
            else:
                assert len(values) >= 2, f"{code} is one of {sorted(values)} in {key}"
                assert outputs[key].hidden or code in named or values & {0, 1, 2}, (
                    "few rooms may have given it, or none"
                )


@pytest.mark.parametrize(("kind", "offered"), [("choice", "abc"), ("count", "0 1 4 9"), ("observed", "yes no")])
@pytest.mark.parametrize("rooms", [5, 7, 9])
def test_that_nobody_gave_an_answer_or_everybody_did_is_told_of_no_look_for(
    rooms: int, kind: str, offered: str
) -> None:
    """Every way in which the answers may have fallen is listed, one to a room, by all that is told. Of each answer that
    the look-for offers it stays possible that a room gave it, and that a room did not."""
    codes = list(offered) if kind == "choice" else offered.split()
    outputs: defaultdict[str, list[tuple[int, ...]]] = defaultdict(list)
    for counts in compositions(rooms, len(codes)):
        given = [code for code, count in zip(codes, counts, strict=True) for _ in range(count)]
        facts = round_facts(
            slots=[(n, n) for n in range(rooms)],
            answers=[(n, n % 3, "item", code) for n, code in enumerate(given)],
            kind=kind,
        )
        outputs["".join(map(as_told, released_tables(facts, RULE)))].append(counts)
    for told, worlds in outputs.items():
        for n, code in enumerate(codes):
            seen = {world[n] for world in worlds}
            assert seen not in ({0}, {rooms}), f"{code} was given in {seen} of {rooms} rooms: {told}"


@pytest.mark.parametrize(
    "visits",
    [
        (2, 1, 1, 1, 1),
        (2, 1, 1, 1, 1, 1),
        (4, 1, 1, 1, 1, 1),
        (2, 2, 2, 1, 1),
        (2, 2, 2, 2, 1),
        (2, 2, 2, 2, 2),
        (3, 3, 2, 1, 1, 1),
        (2, 2, 2, 2, 1, 1, 1),
        (1,) * 9,
    ],
)
def test_of_a_room_that_was_visited_again_everything_stays_possible(visits: tuple[int, ...]) -> None:
    """Every way in which the visits may have shown the task is listed and grouped by all that is told: counts, bounds,
    limits, certainty, sentences. In each group the part of each room, and of each two, takes every value."""
    slots = [(n, room) for n, room in enumerate(r for r, times in enumerate(visits) for _ in range(times))]
    outputs: defaultdict[str, list[tuple[int, ...]]] = defaultdict(list)
    for parts in product(*(range(times + 1) for times in visits)):
        said, taken = [], [0] * len(visits)
        for slot, room in slots:
            if taken[room] < parts[room]:
                said.append((slot, slot % 3, "task"))
                taken[room] += 1
        tables = [t for t in released_tables(round_facts(slots=slots, said=said), RULE) if t.unit == "visit"]
        outputs["".join(map(as_told, tables))].append(parts)
    few = [(a, b) for a in range(len(visits)) for b in range(a, len(visits))]
    for told, worlds in outputs.items():
        for a, b in few:
            rooms = {a, b}
            seen = {tuple(world[r] for r in rooms) for world in worlds}
            assert len(seen) == prod(visits[r] + 1 for r in rooms), (rooms, sorted(seen), told)


THREE_IN_ONE = [(0, 0), (0, 1), (0, 2), (1, 0), (2, 1), (3, 2), (4, 0)]
TWO_IN_TWO = [(0, 0), (0, 1), (1, 1), (1, 2), (2, 1), (3, 2), (4, 0)]
ONE_EACH = [(room, room % 3) for room in range(7)]


@pytest.mark.parametrize(
    ("asked", "codes", "kind"),
    [
        (THREE_IN_ONE, "ab", "choice"),
        (TWO_IN_TWO, "ab", "choice"),
        ([(room, who % 3) for room in range(5) for who in (room, room + 1)], "ab", "choice"),
        (ONE_EACH, "ab", "multi_choice"),
    ],
)
def test_neither_an_observers_answer_nor_what_a_room_was_rated_is_pinned(
    asked: list[tuple[int, int]], codes: str, kind: str
) -> None:
    """`asked`: who rated which room. Every way in which they may have answered is listed, by all that is told."""
    possible = [*codes, *([" ".join(codes)] if kind == "multi_choice" else [])]
    outputs: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for world in product(possible, repeat=len(asked)):
        answers = [(room, who, "item", code) for (room, who), code in zip(asked, world, strict=True)]
        facts = round_facts(slots=[(room, room) for room in sorted(dict(asked))], answers=answers, kind=kind)
        (table,) = [t for t in released_tables(facts, RULE) if t.definition in RATED]
        outputs[as_told(table)].append(world)
    for told, worlds in outputs.items():
        for n in range(len(asked)):
            assert len({world[n] for world in worlds}) > 1, (asked[n], told)
        for room in dict(asked):
            own = [n for n, (where, _) in enumerate(asked) if where == room]
            assert len({tuple(sorted(world[n] for n in own)) for world in worlds}) > 1, (room, told)


def limits(cell: Cell, n: int) -> tuple[int, int]:
    """What a reader may take from one cell of a share of visits."""
    if cell.state == "told":
        assert cell.count is not None
        return cell.count, cell.count
    return cell.at_least or 0, n if cell.at_most is None else cell.at_most


class Attacker:
    """Unknowns: v(e), visits with a statement of element e; s(e), statements of e; t(q), visits with a statement
    on q. Known: s(e) >= v(e), every t(q) <= sum of v(e), s(e) > 0 only where v(e) > 0, and all that is told."""

    def __init__(self, tables: list[ReleasedTable]) -> None:
        self.names: list[str] = []
        self.low: list[float] = []
        self.high: list[float] = []
        self.rows: list[tuple[dict[str, int], float, float]] = []
        by_visits = [t for t in tables if t.unit == "visit" and t.hidden is None]
        self.coded: dict[str, tuple[int, int]] = {}
        for table in by_visits:
            assert table.n is not None
            low, high = limits(table.cells[0], table.n)
            name = f"{table.definition}:{table.subject}"
            self.unknown(name, low, high)
            if table.cells[0].state != "told":
                self.coded[name] = (low, high)
        elements = [f"core_element.visits:{e}" for e in CORE_ELEMENTS]
        for name in self.names[len(elements) :]:
            self.rows.append(({**dict.fromkeys(elements, 1), name: -1}, 0, np.inf))
        (spread,) = [t for t in tables if t.definition == "core_element.statements"]
        told = {c.category: c for c in spread.cells}
        for element in CORE_ELEMENTS:
            cell = told.get(element)
            exact = cell.count if cell is not None and cell.state == "told" else None
            self.unknown(f"said:{element}", exact or 0, np.inf if exact is None else exact)
            self.rows.append(({f"said:{element}": 1, f"core_element.visits:{element}": -1}, 0, np.inf))
        if spread.n is not None:
            self.rows.append(({f"said:{e}": 1 for e in CORE_ELEMENTS}, spread.n, spread.n))

    def unknown(self, name: str, low: float, high: float) -> None:
        self.names.append(name)
        self.low.append(low)
        self.high.append(high)

    def range_of(self, name: str) -> tuple[float, float]:
        found = []
        for sign in (1, -1):
            weights = [sign if n == name else 0 for n in self.names]
            matrix = [[row.get(n, 0) for n in self.names] for row, _, _ in self.rows]
            answer = milp(
                weights,
                integrality=np.ones(len(self.names)),
                bounds=Bounds(self.low, self.high),
                constraints=LinearConstraint(matrix, [r[1] for r in self.rows], [r[2] for r in self.rows]),
            )
            found.append(np.inf if answer.status == 3 else round(sign * answer.fun))
        return found[0], found[1]


@st.composite
def rounds(draw: st.DrawFn) -> RoundFacts:
    """Small rounds, where leaks would be: 5-9 visits in at least 5 rooms, few statements."""
    visits = draw(st.integers(5, 9))
    rooms = draw(st.lists(st.integers(0, visits - 1), min_size=visits - 5, max_size=visits - 5))
    slots = [(n, n if n < 5 else rooms[n - 5]) for n in range(visits)]
    one = st.tuples(st.integers(0, visits - 1), st.integers(0, 2))
    likely = draw(st.sampled_from([CORE_ELEMENTS, ("task",), ("task", "student"), ("teacher", "student", "task")]))
    said = draw(st.lists(st.tuples(one, st.sampled_from(likely)), max_size=20))
    asked = draw(st.lists(st.tuples(st.integers(0, visits - 1), st.sampled_from(["q1", "q2"])), max_size=10))
    return round_facts(slots=slots, said=[(*where, e) for where, e in said], asked=asked, questions=["q1", "q2"])


@settings(max_examples=120, deadline=None)
@given(rounds())
def test_linked_tables_do_not_narrow_what_was_coded(facts: RoundFacts) -> None:
    attacker = Attacker(released_tables(facts, RULE))
    for name, (low, high) in attacker.coded.items():
        assert attacker.range_of(name) == (low, high), name


@settings(max_examples=120, deadline=None)
@given(rounds())
def test_no_hidden_number_of_statements_is_pinned(facts: RoundFacts) -> None:
    tables = released_tables(facts, RULE)
    (spread,) = [t for t in tables if t.definition == "core_element.statements"]
    attacker = Attacker(tables)
    for cell in spread.cells:
        if cell.state == "hidden":
            low, high = attacker.range_of(f"said:{cell.category}")
            assert high - low >= 2, cell.category
