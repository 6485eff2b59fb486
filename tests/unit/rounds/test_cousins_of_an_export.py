"""Ten and more exports as people send them, each from the same visits: what is certain is counted as it was meant,
what is not is named by line, column and mend, and the shares are those of another reading by other code."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import polars as pl
import pytest

from services.reporting.figures.facts import Rating
from services.reporting.figures.tables import figure, tables
from services.rounds.imports.mapping import shipped
from services.rounds.imports.read import ImportedVisit, read
from shared.tabular.problems import Problem, Problems
from tests.support.figures import round_facts

ITEMS = ("1a", "1b", "3d")
MEANT = ("yes", "mostly", "somewhat", "not_yet", "not_observed", "not_applicable", "")
PLAIN = ("Yes", "Mostly", "Somewhat", "Not Yet", "Not observed", "N/A", "")
STEM = "Please rate the degree to which the lesson reflects the standards."
HEADER = [
    "Timestamp",
    "Email Address",
    "Teacher's First Name",
    "Teacher's Last Name",
    "Grade",
    "Date of Observation (the day that the teacher taught the lesson)",
    *(f"{STEM} [The item ({item})]" for item in ITEMS),
]
RATERS = ("Jane Roe", "Ann Lee", "Omar Diaz", "Ruth Park")


@dataclass
class Sheet:
    """`truth`: (line, item) -> what was meant; "" where nothing was, None where nobody can say."""

    above: list[list[str]] = field(default_factory=list)
    header: list[str] = field(default_factory=lambda: list(HEADER))
    rows: list[list[str]] = field(default_factory=list)
    truth: list[list[str | None]] = field(default_factory=list)

    def data(self, delimiter: str = ",") -> bytes:
        out = io.StringIO()
        csv.writer(out, delimiter=delimiter).writerows([*self.above, self.header, *self.rows])
        return out.getvalue().encode()

    def line(self, n: int) -> int:
        return len(self.above) + 2 + n


def sheet(said: Sequence[Sequence[str]] = tuple((way,) for way in PLAIN), seed: int = 1) -> Sheet:
    """Forty visits; `said`: for each of MEANT, the ways in which it is written."""
    chance, made = random.Random(seed), Sheet()
    for n in range(40):
        meant = [chance.randrange(len(MEANT)) for _ in ITEMS]
        meant[0] = n % 4  # no row is empty
        made.rows.append(
            ["6/16/2022 14:59:32", RATERS[n % 4], "Pat", f"Room {n % 12}", str(n % 6 + 1), f"2022-05-{n % 28 + 1:02}",
             *(chance.choice(said[m]) for m in meant)]
        )  # fmt: skip
        made.truth.append([MEANT[m] for m in meant])
    return made


def spell(**ways: Sequence[str]) -> Sheet:
    return sheet([ways.get(code or "blank", (way,)) for code, way in zip(MEANT, PLAIN, strict=True)])


def uncertain(*cells: str) -> Sheet:
    made = sheet()
    for n, cell in enumerate(cells):
        made.rows[n][6 + n % 3], made.truth[n][n % 3] = cell, None
    return made


def titled() -> Sheet:
    return replace(sheet(), above=[["Walkthroughs, spring"], ["", "exported by the office"]])


def merged() -> Sheet:
    """The stem of the question is merged over its items, everything else over both rows."""
    made = sheet()
    made.above = [[*HEADER[:6], STEM, "", ""]]
    made.header = [""] * 6 + [f"The item ({item})" for item in ITEMS]
    return made


def copied_raters() -> Sheet:
    """Somebody pasted a column of raters one to the right, here and there, and wrote the names as they came."""
    made = uncertain("Roe, Jane", "ann lee", "OMAR DIAZ")
    for n, row in enumerate(made.rows):
        row[1] = (str.upper, str.lower, "  {} ".format, str.title)[n // 4 % 4](row[1])
    return made


COUSINS: dict[str, Callable[[], Sheet]] = {
    "plain": sheet,
    "question marks": lambda: spell(not_observed=("?", "H?", "??", "(?)", "？")),
    "capitals": lambda: spell(yes=("YES", "yEs"), not_yet=("NOT YET", "not yet"), not_observed=("NOT OBSERVED", "n/o")),
    "codes": lambda: spell(yes=("4",), mostly=("3",), somewhat=("2",), not_yet=("1",)),
    "codes as decimals": lambda: spell(yes=("4.0", "4,0"), mostly=("3.00",), somewhat=("2.0",), not_yet=("1.0",)),
    "codes with their words": lambda: spell(
        yes=("4 - Yes", "Yes (4)"), somewhat=("2",), mostly=("3: Mostly",), not_yet=("1 – Not Yet",)),
    "blanks of all kinds": lambda: spell(blank=("", " ", "\u00a0"), yes=("Yes ", "\u00a0Yes", "Yes.")),
    "dashes": lambda: spell(not_applicable=("-", "—", "n.a.", "NA", "Does not apply")),
    "apostrophes": lambda: spell(not_observed=("Didn’t observe", "Didn't  observe", "Did not observe.")),
    "titles above": titled,
    "merged headers": merged,
    "copied names of raters": copied_raters,
    "halves and doubts": lambda: uncertain("2.5", "Yes/Mostly", "1 - Yes", "Perhaps", "yes?", "5", "No"),
    "a shifted row": lambda: uncertain("2022-05-01", "jane.roe@district.example", "Pat Room"),
}  # fmt: skip


def read_in(made: Sheet, data: bytes) -> tuple[tuple[ImportedVisit, ...], list[Problem]]:
    problems = Problems()
    found = read("file.csv", data, shipped()["ipg"], problems, secret=b"k" * 32)
    assert not problems.refuses, [p.model_dump() for p in problems.listed()]
    return found.visits, problems.listed()


def by_polars(made: Sheet) -> dict[tuple[str, str], float]:
    frame = pl.DataFrame(made.truth, schema=list(ITEMS), orient="row").unpivot(variable_name="item")
    rated = frame.filter(pl.col("value").is_in(["yes", "mostly", "somewhat", "not_yet"]))
    shares = rated.group_by("item", "value").len().with_columns(share=pl.col("len") / pl.col("len").sum().over("item"))
    return {(item, code): share for item, code, share in shares["item", "value", "share"].rows()}


@pytest.mark.parametrize("name", COUSINS)
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_cousin_is_counted_as_it_was_meant(name: str, delimiter: str) -> None:
    made = COUSINS[name]()
    visits, problems = read_in(made, made.data(delimiter))
    assert [v.line for v in visits] == [made.line(n) for n in range(len(made.rows))]
    told = [[v.ratings.get(item, "") for item in ITEMS] for v in visits]
    assert told == [[meant or "" for meant in row] for row in made.truth]
    asked = {(p.line, p.column) for p in problems if p.code == "unknown_answer"}
    assert asked == {
        (made.line(n), ITEMS[k]) for n, row in enumerate(made.truth) for k, m in enumerate(row) if m is None
    }
    assert all(p.mend for p in problems)
    assert {p.code for p in problems} <= {"unknown_answer", "items_missing", "delimiter", "header_row"}
    assert len({v.observer_id for v in visits}) == 4
    assert len({v.classroom_id for v in visits}) == 12
    everything = repr(visits) + repr([p.model_dump() for p in problems])
    assert not any(part in everything for name in RATERS for part in (*name.split(), name.upper(), name.lower()))


@pytest.mark.parametrize("name", COUSINS)
def test_the_shares_of_a_cousin_are_those_of_another_reading(name: str) -> None:
    made = COUSINS[name]()
    visits, _ = read_in(made, made.data())
    ratings = tuple(
        Rating(v.observer_id, v.classroom_id, v.observer_id, item, "choice", code)
        for v in visits
        for item, code in v.ratings.items()
    )
    found = {
        (table.subject, code): figure(table, code, classrooms=12, observers=4).share
        for table in tables(replace(round_facts(), ratings=ratings))
        if table.definition == "look_for.answers" and table.units
        for code in table.categories
    }
    expected = by_polars(made)
    assert {at: share for at, share in found.items() if share} == pytest.approx(expected, abs=1e-9)


def test_grades_are_read_as_people_write_them_and_others_are_named() -> None:
    made = sheet()
    written = {"4.0": "3-5", "Grade 4": "3-5", "4th grade": "3-5", "Gr. 2": "K-2", "K": "K-2", "09": "9-12"}
    for n, cell in enumerate([*written, "4/5", "Ms. Roe"]):
        made.rows[n][4] = cell
    visits, problems = read_in(made, made.data())
    assert [v.grade_band for v in visits[:8]] == [*written.values(), "other", "other"]
    asked = [(p.line, p.column) for p in problems if p.code == "unknown_grade"]
    assert asked == [(made.line(6), "Grade"), (made.line(7), "Grade")]
