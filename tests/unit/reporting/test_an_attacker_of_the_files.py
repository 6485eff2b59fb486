"""Paper and workbooks are attacked as the bytes that leave, by code that shares nothing with the auditor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from services.reporting.disclosure.rule import Rule
from services.reporting.figures.facts import RoundFacts
from services.reporting.handout import paper, workbook
from services.reporting.handout.document import Handout, Line, handout
from services.reporting.handout.words import RoundWords
from services.reporting.releases.decide import Releases
from services.reporting.releases.export import rows_of
from services.reporting.releases.figures import Release, compose
from services.reporting.releases.snapshot import Snapshot
from shared.wording import Wording
from tests.support.attacker import (
    STATEMENTS,
    VISITS,
    Attack,
    Known,
    lines_of_pdf,
    read_lines,
    read_rows,
    sheets_of_xlsx,
)
from tests.support.figures import an_id
from tests.unit.reporting.test_the_auditor import a_round, steady

ENGLISH = Wording("en")


def released(facts: RoundFacts) -> tuple[Snapshot, Handout]:
    release = Release(an_id("snapshot"), 1, 1, datetime(2026, 10, 6, tzinfo=UTC), Rule())
    snapshot, _ = compose(release, facts, Releases(), {})
    return snapshot, handout("Quarry School", snapshot, None, RoundWords(), ENGLISH)


def known_from(snapshot: Snapshot, document: Handout) -> Known:
    known = Known()
    read_lines(known, lines_of_pdf(paper.to_pdf(document, ENGLISH)))
    book = workbook.to_xlsx(document, list(rows_of(document.title, snapshot)), snapshot.as_of, ENGLISH)
    rows, lines = sheets_of_xlsx(book)
    assert rows
    read_rows(known, rows)
    read_lines(known, lines)
    return known


def found_out(facts: RoundFacts, known: Known) -> list[str]:
    rooms = Counter({str(p.classroom_id): 0 for p in facts.presences})
    rooms.update(str(room) for _, room in {(p.slot_id, p.classroom_id) for p in facts.presences})
    return Attack(known, rooms, {}).found_out()


@pytest.mark.parametrize("seed", range(5))
def test_paper_and_workbook_pin_no_hidden_count_and_no_room(seed: int) -> None:
    facts = a_round(seed)
    assert found_out(facts, known_from(*released(facts))) == []


def test_what_is_told_is_read() -> None:
    """Otherwise nothing would be attacked."""
    snapshot, document = released(steady())
    paper_alone = Known()
    read_lines(paper_alone, lines_of_pdf(paper.to_pdf(document, ENGLISH)))
    told = {
        (t.definition, t.subject or "", c.category): c.count
        for t in snapshot.tables
        for c in t.cells
        if t.definition in (VISITS, STATEMENTS) and c.count is not None
    }
    assert told
    assert {place: paper_alone.low[place] for place in paper_alone.exact} == told
    assert paper_alone.high[VISITS, "content", "with"] == 2


def planted(document: Handout, change: Callable[[Line], Line]) -> Handout:
    first, *others = document.blocks
    lines = tuple(change(line) if line.label == "Content" else line for line in first.lines)
    return replace(document, blocks=(replace(first, lines=lines), *others))


PLANTED: dict[str, Callable[[Line], Line]] = {
    "a count": lambda line: replace(line, count="1 of 12"),
    "a share where the count is hidden": lambda line: replace(
        line, share="8%", count="hidden: fewer than 3 classrooms"
    ),
    "a bound that is too near": lambda line: replace(line, count="at most 1 of 12"),
}


@pytest.mark.parametrize("plant", PLANTED)
@pytest.mark.parametrize("door", ["paper", "workbook"])
def test_what_is_planted_on_paper_or_in_the_workbook_is_found(plant: str, door: str) -> None:
    snapshot, clean = released(steady())
    assert found_out(steady(), known_from(snapshot, clean)) == []
    leaking, known = planted(clean, PLANTED[plant]), known_from(snapshot, clean)
    if door == "paper":
        read_lines(known, lines_of_pdf(paper.to_pdf(leaking, ENGLISH)))
    else:
        read_lines(known, sheets_of_xlsx(workbook.to_xlsx(leaking, [], snapshot.as_of, ENGLISH))[1])
    assert found_out(steady(), known)


def test_a_sentence_that_says_too_much_is_found() -> None:
    snapshot, clean = released(steady())
    said = replace(clean, lead=("Statements about the content were recorded in 1 of 12 visits.",))
    assert found_out(steady(), known_from(snapshot, said))
