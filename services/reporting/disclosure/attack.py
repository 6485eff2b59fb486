"""The attacker of one round: everything that was told of it, as a programme over its counts. Pure.

Who attacks knows which rooms were visited and how often, who went, the rule, and this code. Counts: v(e) visits with
a statement of core element e; s(e) statements of e; j statements that judge; t(q) visits with a statement on q; a(l,
c) answers c to look-for l; u(l, r) answers that do not rate. By nature s(e) >= v(e), s(e) > 0 only where v(e) > 0,
t(q) <= sum of v(e), and as each such visit holds a statement, t(q) <= sum of s(e). A table of visits that were tagged
with a look-for is there only where one was: it tells t(q) >= 1, and one that is not there at the most what few rooms
hold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.reporting.disclosure.cells import few_rooms_cap
from services.reporting.disclosure.programme import MOST, Form, Programme, Protected, Row, Told
from services.reporting.disclosure.rule import CELL_CLASSROOMS, CELL_OBSERVERS
from services.reporting.figures.facts import CORE_ELEMENTS
from services.reporting.figures.tables import DESCRIPTIVE, JUDGMENTAL, SUMMED, TAGGED, WITH, Definition, Table

HIDDEN_WIDTH = 2
"""A hidden count keeps at least three possible values, as the two-room cap of a bounded one does."""
SPLIT_WIDTH = 1
"""How "not observed" and "not applicable" share their told sum says nothing of a lesson: not to be known exactly."""


@dataclass(frozen=True, slots=True)
class ToldCell:
    """`count`: told exactly. Else the bounds that were told; none of them: hidden."""

    category: str
    count: int | None = None
    at_most: int | None = None
    at_least: int | None = None

    @property
    def bounded(self) -> bool:
        return self.at_most is not None or self.at_least is not None


@dataclass(frozen=True, slots=True)
class ToldTable:
    """`n`: None when the table was hidden whole. `not_rated`: their told sum. `reasons`: keys of all that it says
    of why something is hidden."""

    definition: Definition
    subject: str | None
    n: int | None
    cells: tuple[ToldCell, ...] = ()
    not_rated: int | None = None
    not_rated_cells: tuple[ToldCell, ...] = ()
    reasons: frozenset[str] = frozenset()


def place(definition: str, subject: str | None, category: str) -> str:
    """The name of a cell, wherever one is named: in findings, and in what is to be hidden."""
    return f"{definition}|{subject or ''}|{category}"


def statements_programme(
    told: Sequence[ToldTable], tables: Sequence[Table], floors: Mapping[str, int] | None = None
) -> Programme:
    """The tables made of statements, which hang together. `floors`: element -> statements of it that something
    else told of (a pattern's)."""
    programme = Programme()
    by_visits = [t for t in tables if t.by_visits]
    n = len(by_visits[0].units) if by_visits else 0
    for table in by_visits:
        programme.unknown(_count(table), int(table.definition == TAGGED), n)
    for element in CORE_ELEMENTS:
        v, s = f"v {element}", programme.unknown(f"s {element}", (floors or {}).get(element, 0))
        programme.rows += [Row({s: 1, v: -1}, 0, MOST), Row({v: MOST, s: -1}, 0, MOST * (n + 1))]
    seen = {f"v {e}": 1 for e in CORE_ELEMENTS}
    said = {f"s {e}": 1 for e in CORE_ELEMENTS}
    for table in by_visits:
        if table.definition != "core_element.visits":
            programme.rows += _within(_count(table), seen, said)
    if any(t.definition == "core_element.visits" and t.n is not None for t in told):
        absent = programme.unknown("tagged, and no table", 0, most_unsaid(by_visits[0]))
        programme.rows += _within(absent, seen, said)
        programme.protected[place(TAGGED, None, WITH)] = Protected({absent: 1}, HIDDEN_WIDTH, 0)
    for found in told:
        if found.definition.endswith(".visits"):
            _visits(programme, found, n)
        elif found.definition == "core_element.statements":
            _spread(programme, found, said)
        elif found.definition == "statements.judgmental" and found.n is not None:
            sides: dict[str, Form] = {DESCRIPTIVE: said, JUDGMENTAL: {programme.unknown("j"): 1}}
            whole = place(found.definition, None, "n")
            programme.told[whole] = Told({**said, "j": 1}, found.n, found.n, found.n)
            for cell in found.cells:
                _cell(programme, place(found.definition, None, cell.category), sides[cell.category], cell, found.n)
    return programme


def answers_programme(found: ToldTable, table: Table) -> Programme:
    """The answers to one look-for: the worst case is an attacker who knows which answers occur at all, save beside an
    answer told as "at least": there the release leaves open whether any other occurs. The one answer that is left, and
    could be told by itself, is no secret from that attacker (`nobody_programme`). Of options each answer names at least
    one, and any number."""
    programme = Programme()
    cells = {c.category: c for c in found.cells}
    form: Form = {programme.unknown(f"a {c}"): 1 for c in table.categories}
    summed = found.definition in SUMMED
    if not summed or any(c.bounded for c in found.cells):
        form[programme.unknown("a and any other")] = 1
    if found.n is not None and form:
        most = found.n if summed else MOST * len(form)
        programme.told[place(found.definition, found.subject, "n")] = Told(form, found.n, most, None)
        if not summed:
            programme.unknowns.update({f"a {c}": (0, found.n) for c in table.categories})
    for category in table.categories:
        cell = cells.get(category, ToldCell(category))
        alone = cells.keys() == set(table.categories) - {category}
        if summed and table.others and alone and _could_be_told(table, category):
            continue
        _cell(programme, place(found.definition, found.subject, category), {f"a {category}": 1}, cell, found.n)
    if found.not_rated:
        split: Form = {programme.unknown(f"u {c.category}"): 1 for c in found.not_rated_cells}
        if split:
            at = place(found.definition, found.subject, "not_rated")
            programme.told[at] = Told(split, found.not_rated, found.not_rated, None)
        for cell in found.not_rated_cells:
            at = place(found.definition, found.subject, cell.category)
            _cell(programme, at, {f"u {cell.category}": 1}, cell, found.not_rated, SPLIT_WIDTH)
    return programme


def _could_be_told(table: Table, category: str) -> bool:
    has = table.of(category)
    people = frozenset().union(*(u.observers for u in has))
    return len({u.classroom_id for u in has}) >= CELL_CLASSROOMS and len(people) >= CELL_OBSERVERS


def nobody_programme(found: ToldTable, table: Table) -> Programme:
    """Somebody who knows what the look-for offers and not which answers occur: of one that nobody gave, three values
    stay possible, as they do of one that few rooms gave."""
    programme = Programme()
    if found.n is None or found.definition not in SUMMED or not table.others:
        return programme
    nobody = programme.unknown("a that nobody gave")
    form: Form = {programme.unknown(f"a {c.category}"): 1 for c in found.cells}
    form |= {nobody: 1, programme.unknown("a and any other"): 1}
    programme.told[place(found.definition, found.subject, "n")] = Told(form, found.n, found.n, None)
    for cell in found.cells:
        at = place(found.definition, found.subject, cell.category)
        _cell(programme, at, {f"a {cell.category}": 1}, cell, found.n)
    programme.protected[place(found.definition, found.subject, "")] = Protected({nobody: 1}, HIDDEN_WIDTH)
    return programme


def most_unsaid(visits: Table) -> int:
    """The most visits that a look-for without a table was tagged in, as far as its absence tells."""
    n, cap = len(visits.units), few_rooms_cap(visits.units)
    return cap if n > 2 * cap else n


def _within(tagged: str, seen: Form, said: Form) -> list[Row]:
    return [Row({**seen, tagged: -1}, 0, MOST), Row({**said, tagged: -1}, 0, MOST * 4)]


def _count(table: Table | ToldTable) -> str:
    return f"v {table.subject}" if table.definition == "core_element.visits" else f"{table.definition} {table.subject}"


def _visits(programme: Programme, found: ToldTable, n: int) -> None:
    if found.n is None or _count(found) not in programme.unknowns:
        return
    for cell in found.cells or (ToldCell(WITH),):
        at = place(found.definition, found.subject, cell.category)
        _cell(programme, at, {_count(found): 1}, cell, n)
        if found.definition == TAGGED and cell.count is None and cell.at_least is None:
            programme.protected[at] = Protected({_count(found): 1}, HIDDEN_WIDTH, 0, cell.at_most)


def _spread(programme: Programme, found: ToldTable, said: Form) -> None:
    if found.n is None:
        return
    programme.told[place(found.definition, None, "n")] = Told(said, found.n, found.n, found.n)
    for cell in found.cells:
        _cell(programme, place(found.definition, None, cell.category), {f"s {cell.category}": 1}, cell, found.n)


def _cell(programme: Programme, at: str, form: Form, cell: ToldCell, n: int | None, width: int = HIDDEN_WIDTH) -> None:
    if cell.count is not None:
        programme.told[at] = Told(form, cell.count, cell.count, max(cell.count, 1))
    elif cell.bounded:
        low, high = cell.at_least or 0, cell.at_most if cell.at_most is not None else n if n is not None else MOST
        programme.told[at] = Told(form, low, high, 1)
        programme.protected[at] = Protected(form, width, low, high)
    elif n is not None:
        programme.protected[at] = Protected(form, width)
