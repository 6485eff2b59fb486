"""The auditor takes what each door shows, read back from what leaves through it, and finds what is planted there."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import openpyxl
import pyarrow.parquet as pq
import pytest
from pdfminer.high_level import extract_text

from services.reporting.disclosure.attack import ToldCell, ToldTable
from services.reporting.disclosure.auditor import Finding, State, check, findings_of, programmes
from services.reporting.disclosure.rule import Rule
from services.reporting.disclosure.solver import solve
from services.reporting.district.difference import differences
from services.reporting.district.overview import LOOK_FORS, lines
from services.reporting.extracts import rows as extract
from services.reporting.figures.facts import RoundFacts
from services.reporting.figures.tables import tables
from services.reporting.handout import paper, workbook
from services.reporting.handout.document import handout
from services.reporting.handout.words import RoundWords
from services.reporting.releases.api import _point
from services.reporting.releases.changes import changes
from services.reporting.releases.compose import as_told
from services.reporting.releases.decide import Releases
from services.reporting.releases.export import MARK, rows_of, to_csv
from services.reporting.releases.figures import Release, compose
from services.reporting.releases.lead import ask_next, lead
from services.reporting.releases.sentences import sentences
from services.reporting.releases.snapshot import Cell, Sentence, Snapshot
from shared.wording import Wording
from tests.support.figures import round_facts

RULE = Rule()
ID = UUID("018f0000-0000-7000-8000-000000000003")
SCHOOL = "Alder Creek Elementary"
HIDDEN = ("core_element.visits", "content")
"""One of the 13 rooms, told as "at most 2"."""


def the_facts() -> RoundFacts:
    said = [(n, n % 3, "task") for n in range(9)] + [(n, n % 3, "student") for n in range(6)] + [(0, 0, "content")]
    answers = [(n, who % 3, "1a", "yes" if n < 7 else "no") for n in range(13) for who in (n, n + 1)]
    return round_facts(slots=[(n, n) for n in range(13)], said=said, answers=answers)


FACTS = the_facts()


def the_snapshot(*, leaking: bool) -> Snapshot:
    frozen = compose(Release(ID, 1, 1, datetime(2026, 10, 6, tzinfo=UTC), RULE), FACTS, Releases(), {})[0]
    if not leaking:
        return frozen
    one = Cell(category="with", state="told", count=1, share=0.0769, low=0.0, high=0.36, text="1 of 13 visits")
    return frozen.model_copy(
        update={
            "tables": tuple(
                t.model_copy(update={"cells": (one,)}) if (t.definition, t.subject) == HIDDEN else t
                for t in frozen.tables
            )
        }
    )


def audit(told: Iterable[ToldTable]) -> list[Finding]:
    state = State(tuple(told), tuple(tables(FACTS)), {})
    return [*findings_of(solve(programmes(state))), *check(state, RULE)]


def from_rows(rows: Iterable[dict[str, Any]]) -> list[ToldTable]:
    """Tables from rows of a file: definition, subject, category, count, n and bounds (or the words that hold them)."""
    found: dict[tuple[str, str | None], ToldTable] = {}
    for r in rows:
        key = (r["definition"], r["subject"] or None)
        if not r["definition"] or r["category"] in ("", None, "other", "not_observed", "not_applicable"):
            continue
        bounds = {
            kind.replace(" ", "_"): int(hit[1])
            for kind in ("at most", "at least")
            if (hit := re.search(rf"{kind} (\d+)", r.get("words") or ""))
        }
        bounds |= {k: int(r[k]) for k in ("at_most", "at_least") if r.get(k) not in (None, "")}
        count = int(r["count"]) if r["count"] not in (None, "") else None
        cell = ToldCell(r["category"], count, **bounds)
        old = found.get(key, ToldTable(*key, int(r["n"])))  # type: ignore[arg-type]  # text as it was written
        found[key] = ToldTable(old.definition, old.subject, old.n, (*old.cells, cell))
    return list(found.values())


def by_page(s: Snapshot) -> list[ToldTable]:
    return list(as_told(Snapshot.model_validate(json.loads(s.model_dump_json())).tables))


def by_csv(s: Snapshot) -> list[ToldTable]:
    text = "".join(to_csv([(SCHOOL, s)], s.rule)).removeprefix(MARK)
    return from_rows(csv.DictReader(io.StringIO(text.split("\r\n\r\n")[0])))


def by_xlsx(s: Snapshot) -> list[ToldTable]:
    say = Wording("en")
    body = workbook.to_xlsx(handout(SCHOOL, s, None, RoundWords(), say), list(rows_of(SCHOOL, s)), s.as_of, say)
    head, *rows = openpyxl.load_workbook(io.BytesIO(body))["Figures"].iter_rows(values_only=True)
    return from_rows(dict(zip(map(str, head), row, strict=True)) for row in rows)


def by_extract_csv(s: Snapshot) -> list[ToldTable]:
    return from_rows(csv.DictReader(io.StringIO(extract.to_csv(extract.rows_of(SCHOOL, s)))))


def by_parquet(s: Snapshot) -> list[ToldTable]:
    return from_rows(pq.read_table(io.BytesIO(extract.to_parquet(extract.rows_of(SCHOOL, s)))).to_pylist())


def by_district(s: Snapshot) -> list[ToldTable]:
    (line,), _ = lines([(s.school_id, SCHOOL)], {s.school_id: s}, {}, {}, {}, LOOK_FORS)
    return list(as_told([*line.core, *line.shown]))


def by_trend(s: Snapshot) -> list[ToldTable]:
    return list(as_told(_point(s).core))


def by_dates(s: Snapshot) -> list[ToldTable]:
    """The difference between two days: a share of the newer state is a count of its visits."""
    n = s.base.visits if s.base else 0
    return [
        ToldTable(c.definition, c.subject, n, (ToldCell(c.category, round((c.after or 0) * n)),))
        for c in changes(s, s)
        if c.state == "told" and c.definition == "core_element.visits"
    ]


def moved(s: Snapshot) -> list[extract.Moved]:
    """The extract of two days between which the same figures were released anew."""
    earlier = s.model_copy(update={"snapshot_id": UUID(int=9)})
    found = differences([(s.school_id, SCHOOL)], {s.school_id: earlier}, {s.school_id: s}, lambda _: True)
    return [row for school in found for row in extract.moved_of(school, s.day, s.day)]


def from_moved(rows: Iterable[dict[str, Any]], s: Snapshot) -> list[ToldTable]:
    n = s.base.visits if s.base else 0
    return [
        ToldTable(r["definition"], r["subject"], n, (ToldCell(r["category"], round(float(r["after"]) * n)),))
        for r in rows
        if r["told"] == "told" and r["definition"] == "core_element.visits"
    ]


def by_difference_csv(s: Snapshot) -> list[ToldTable]:
    return from_moved(csv.DictReader(io.StringIO(extract.to_csv(moved(s), extract.Moved))), s)


def by_difference_parquet(s: Snapshot) -> list[ToldTable]:
    body = extract.to_parquet(moved(s), extract.Moved)
    return from_moved(pq.read_table(io.BytesIO(body)).to_pylist(), s)


TABLES: dict[str, Callable[[Snapshot], list[ToldTable]]] = {
    "page": by_page,
    "csv": by_csv,
    "xlsx": by_xlsx,
    "extract csv": by_extract_csv,
    "parquet": by_parquet,
    "district": by_district,
    "trend": by_trend,
    "dates": by_dates,
    "difference csv": by_difference_csv,
    "difference parquet": by_difference_parquet,
}


@pytest.mark.parametrize("door", TABLES)
def test_what_a_door_shows_cannot_be_worked_out_and_a_leak_in_it_is_found(door: str) -> None:
    shown = TABLES[door](the_snapshot(leaking=False))
    assert len(shown) >= 2
    assert audit(shown) == []
    found = audit(TABLES[door](the_snapshot(leaking=True)))
    assert {(f.kind, f.where) for f in found} >= {("few_classrooms", "core_element.visits|content|with")}


def test_the_extract_of_two_days_says_of_each_share_what_the_page_says_and_of_what_is_hidden_nothing() -> None:
    held = the_snapshot(leaking=False)
    rows = moved(held)
    assert [(r.definition, r.subject, r.category, r.difference, r.low, r.high, r.verdict) for r in rows] == [
        (c.definition, c.subject, c.category, c.difference, c.low, c.high, c.verdict) for c in changes(held, held)
    ]
    (hidden,) = [r for r in rows if (r.definition, r.subject) == HIDDEN]
    assert hidden.told == "cannot_say"
    assert {hidden.before, hidden.after, hidden.difference, hidden.low, hidden.high, hidden.verdict} == {None}


def counts_in(text: str) -> set[str]:
    return set(re.findall(r"(?<!at most )(?<!at least )\b(\d+ of 13)\b", " ".join(text.split())))


def test_paper_shows_the_counts_that_are_told_and_a_leak_shows() -> None:
    say = Wording("en")

    def on_paper(s: Snapshot) -> set[str]:
        return counts_in(extract_text(io.BytesIO(paper.to_pdf(handout(SCHOOL, s, None, RoundWords(), say), say))))

    clean = the_snapshot(leaking=False)
    told = {f"{c.count} of 13" for t in clean.tables for c in t.cells if c.count is not None and t.n == 13}
    assert on_paper(clean) == told
    assert on_paper(the_snapshot(leaking=True)) - told == {"1 of 13"}


def numbers_said(found: Iterable[Sentence]) -> set[tuple[str, str, int]]:
    """What sentences say of a core element or look-for: (of what, which number, the number)."""
    names = ("count", "percent", "low", "high", "bound", "n")
    return {
        (str(of), name, int(s.params[name]))
        for s in found
        if (of := s.params.get("element") or s.params.get("look_for"))
        for name in names
        if name in s.params
    }


def numbers_told(s: Snapshot) -> set[tuple[str, str, int]]:
    found = set()
    for t in s.tables:
        for c in t.cells:
            percents = {name: int(100 * (getattr(c, field) or 0) + 0.5) for name, field in PERCENTS} if c.count else {}
            bound = c.at_most if c.at_most is not None else c.at_least
            numbers = {"n": t.n, "count": c.count, "bound": bound, **percents}
            found |= {(t.subject or "", name, n) for name, n in numbers.items() if n is not None}
    return found


PERCENTS = (("percent", "share"), ("low", "low"), ("high", "high"))


def test_sentences_say_no_number_that_is_not_told_and_a_leak_in_them_is_found() -> None:
    clean, leaking = the_snapshot(leaking=False), the_snapshot(leaking=True)
    said = numbers_said([*clean.sentences, *lead(clean, None), *ask_next(clean, None)])
    assert len({name for _, name, _ in said}) >= 4
    assert said <= numbers_told(clean)
    counted = [t for t in leaking.tables if t.definition == "core_element.visits" and t.cells[0].count is not None]
    leak = numbers_said(sentences(leaking.base, leaking.hidden, counted))
    assert ("content", "count", 1) in leak - numbers_told(clean)


def test_sentences_write_only_the_numbers_that_they_hold() -> None:
    clean = the_snapshot(leaking=False)
    for sentence in (*clean.sentences, *lead(clean, None), *ask_next(clean, None)):
        held = {str(v) for v in sentence.params.values()}
        assert set(re.findall(r"\b\d+\b", sentence.text)) <= {n for v in held for n in re.findall(r"\d+", v)}


def rows_by_door(s: Snapshot) -> dict[str, list[dict[str, Any]]]:
    say = Wording("es")
    text = "".join(to_csv([(SCHOOL, s)], s.rule)).removeprefix(MARK).split("\r\n\r\n")[0]
    book = workbook.to_xlsx(handout(SCHOOL, s, None, RoundWords(), say), list(rows_of(SCHOOL, s)), s.as_of, say)
    sheets = [list(sheet.iter_rows(values_only=True)) for sheet in openpyxl.load_workbook(io.BytesIO(book))]
    (head, *cells) = next(rows for rows in sheets if "definition" in rows[0])
    tidy = list(extract.rows_of(SCHOOL, s))
    return {
        "csv": list(csv.DictReader(io.StringIO(text))),
        "xlsx": [dict(zip(map(str, head), row, strict=True)) for row in cells],
        "extract csv": list(csv.DictReader(io.StringIO(extract.to_csv(tidy)))),
        "extract parquet": pq.read_table(io.BytesIO(extract.to_parquet(tidy))).to_pylist(),
    }


NUMBERS = ("count", "n", "share", "low", "high")


def as_numbers(row: dict[str, Any]) -> tuple[float | None, ...]:
    return tuple(None if row[k] in (None, "") else float(row[k]) for k in NUMBERS)


@pytest.mark.parametrize("door", ["csv", "xlsx", "extract csv", "extract parquet"])
def test_a_file_holds_the_pages_cells_one_by_one_and_the_words_of_what_is_hidden(door: str) -> None:
    s = the_snapshot(leaking=False)
    on_page = {
        (t.definition, t.subject or "", c.category): (c.state, as_numbers({**c.model_dump(), "n": t.n}), c)
        for t in s.tables
        for c in t.cells
    }
    assert {state for state, _, _ in on_page.values()} >= {"told", "coded"}
    rows = rows_by_door(s)[door]
    in_file = {
        key: row
        for row in rows
        if row["category"] and (key := (row["definition"], row["subject"] or "", row["category"])) in on_page
    }
    assert in_file.keys() == on_page.keys()
    for key, (state, numbers, cell) in on_page.items():
        row = in_file[key]
        assert (row["state"], as_numbers(row)) == (state, numbers), key
        if "words" in row:
            assert row["words"] == cell.text
        else:
            bounds = (row["at_most"] or None, row["at_least"] or None)
            assert tuple(None if b is None else int(b) for b in bounds) == (cell.at_most, cell.at_least)
    whole = [t for t in s.tables if t.hidden is not None]
    assert whole
    for t in whole:
        (row,) = [r for r in rows if (r["definition"], r["subject"] or "") == (t.definition, t.subject or "")]
        assert row["state"] == "hidden"
        assert as_numbers(row) == (None,) * len(NUMBERS)
        assert t.hidden is not None
        assert t.hidden.text in row.values() or t.hidden.key in row.values()
