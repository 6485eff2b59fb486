"""The handout on paper and in a workbook: the same figures, the same suppression, the same bytes."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import openpyxl
import pytest
from pdfminer.high_level import extract_text

from services.reporting.disclosure.rule import Rule
from services.reporting.follow_through.counts import Commitments, Standing, follow_through
from services.reporting.handout import paper, workbook
from services.reporting.handout.document import Handout, Teller, handout
from services.reporting.handout.words import RoundWords
from services.reporting.releases.changes import Change
from services.reporting.releases.decide import Releases
from services.reporting.releases.export import HEADER, MARK, rows_of, to_csv
from services.reporting.releases.figures import Release, compose
from services.reporting.releases.snapshot import Snapshot
from shared.wording import LANGUAGES, Language, Wording
from tests.support.figures import an_id, round_facts

ID = UUID("018f0000-0000-7000-8000-000000000001")
EARLIER = UUID("018f0000-0000-7000-8000-000000000000")
WORDS = RoundWords(
    {
        "problem": "Students wait to be shown.",
        "theory_of_action": "If we wait longer, they will try.",
        "focus_questions": [{"focus_question_id": str(an_id("q1")), "words": "Who explains?"}],
        "patterns": [
            {
                "name": "Students repeat the step that was shown",
                "description": "Dvořák <b>would</b> say “so”",
                "statements": 9,
                "classrooms": 6,
                "hidden": None,
                "evidence": [{"words": "Four of five students copied the worked example."}],
            },
            {"name": "A pattern of few rooms", "description": "", "hidden": "fewer than 5 classrooms"},
        ],
        "predictions": ["repeat a step"],
        "next_level_of_work": [{"what": "Plan one open task", "who": "Grade 4 team", "by_when": "next_month"}],
    },
    {"1a": {"prompt": {"en": "Tasks are open", "es": "Tareas abiertas"}, "choices": []}},
)


def snapshot(release: UUID = ID, task: int = 9, day: date = date(2026, 10, 6)) -> Snapshot:
    """Task in 9 of 12 rooms, content in 1, student in 11: one told, two bounded."""
    said = [(n, n % 3, "task") for n in range(task)] + [(0, 0, "content")] + [(n, n % 3, "student") for n in range(11)]
    answers = [(n, n % 3, "1a", "yes" if n < 7 else "no") for n in range(12)]
    facts = round_facts(
        slots=[(n, n) for n in range(12)],
        said=said,
        asked=[(n, "q1") for n in range(5)],
        questions=["q1"],
        answers=answers,
    )
    facts = replace(facts, round_id=release, day=day)
    return compose(Release(release, 1, 1, datetime(2026, 10, 6, tzinfo=UTC), Rule()), facts, Releases(), {})[0]


def made(language: Language = "en") -> tuple[Handout, Snapshot, Wording]:
    held, say = snapshot(), Wording(language)
    kept = Commitments((Standing(number=1, by_when="next_month", status="partly"),), None, False)
    promised = follow_through(kept, held.day, held.day)
    return handout("Alder Creek Elementary", held, None, WORDS, say, kept, promised), held, say


def second(language: Language = "en") -> tuple[Handout, Snapshot, Wording]:
    """The handout of a school's second round: task was seen in 6 of 12 rooms in the first, in 9 now."""
    before, held, say = snapshot(EARLIER, 6, date(2026, 5, 4)), snapshot(), Wording(language)
    return handout("Alder Creek Elementary", held, before, WORDS, say, rounds=(before, held)), held, say


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_paper_holds_sentences_patterns_shares_and_its_foot(language: Language) -> None:
    document, held, say = made(language)
    text = " ".join(extract_text(io.BytesIO(paper.to_pdf(document, say))).split())
    for words in (
        *document.lead,
        "Students repeat the step that was shown",
        "Four of five students copied",
        *document.foot,
    ):
        assert " ".join(words.split()) in text, words
    assert "Plan one open task" in text
    assert "Students wait to be shown." in text
    assert "If we wait longer, they will try." in text
    assert ("partly kept" if language == "en" else "cumplido en parte") in text
    assert "Who explains?" in text
    assert ("Tasks are open" if language == "en" else "Tareas abiertas") in text
    assert str(held.snapshot_id) in text
    assert "Dvorák <b>would</b> say" in text, "a letter that the font lacks is told by its base; markup stays words"


def test_what_is_bounded_is_a_bound_on_paper_too() -> None:
    document, _, say = made()
    text = " ".join(extract_text(io.BytesIO(paper.to_pdf(document, say))).split())
    assert "at most 2 of 12" in text
    assert "at least 10 of 12" in text
    assert "1 of 12" not in text.replace("11 of 12", "")
    assert "11 of 12" not in text


def test_who_may_not_read_the_words_reads_focus_questions_by_their_place() -> None:
    held, say = snapshot(), Wording("es")
    document = handout("Alder Creek Elementary", held, None, RoundWords(), say)
    labels = [line.label for block in document.blocks for line in block.lines]
    assert "Pregunta de enfoque 1" in labels
    assert str(an_id("q1")) not in labels
    assert (document.problem, document.patterns, document.commitments) == ((), (), ())


def test_the_workbook_holds_the_rows_of_the_csv() -> None:
    document, held, say = made()
    rows = list(rows_of(document.title, held))
    book = openpyxl.load_workbook(io.BytesIO(workbook.to_xlsx(document, rows, held.as_of, say)))
    sheet = book["Figures"]
    read = [["" if v is None else v for v in row] for row in sheet.iter_rows(values_only=True)]
    text = "".join(to_csv([(document.title, held)], held.rule)).removeprefix(MARK).split("\r\n\r\n")[0]
    told = list(csv.reader(io.StringIO(text)))
    assert told[0] == list(HEADER)
    assert [[str(v) for v in row] for row in read] == [[str(v) for v in row] for row in told]
    about = "\n".join(str(row[0]) for row in book["Summary"].iter_rows(values_only=True))
    assert all(line in about for line in document.foot)


def test_rows_in_spanish_hold_the_same_figures_and_no_english_words() -> None:
    document, held, say = made("es")
    english, spanish = list(rows_of(document.title, held)), list(rows_of(document.title, held, say))
    assert [row[:-1] for row in spanish] == [row[:-1] for row in english]
    assert [(e[-1], s[-1]) for e, s in zip(english, spanish, strict=True) if e[-1] == s[-1]] == []
    assert {"como máximo 2 de 12 visitas", "podría señalar a un aula o a un observador"} <= {row[-1] for row in spanish}
    text = "".join(to_csv([(document.title, held)], held.rule, words=say))
    assert "Regla (versión 3): se dice con al menos 5 visitas" in text
    assert "filtros: ninguno; toda la ronda" in text
    nothing = "".join(to_csv([("Elm", None)], held.rule, words=say))
    assert "no se han publicado cifras" in nothing
    assert "no se ha publicado ninguna ronda" in nothing


def test_why_a_pattern_has_no_figures_is_told_in_spanish_on_spanish_paper() -> None:
    pattern = {"name": "Copying", "hidden": "fewer than 5 classrooms"}
    assert Teller(RoundWords(), Wording("es")).pattern(pattern).base == "oculto: menos de 5 aulas"
    assert Teller(RoundWords(), Wording("en")).pattern(pattern).base == "hidden: fewer than 5 classrooms"


def test_the_same_figures_are_the_same_bytes() -> None:
    first, second = made(), made()
    assert paper.to_pdf(first[0], first[2]) == paper.to_pdf(second[0], second[2])
    rows = list(rows_of(first[0].title, first[1]))
    assert workbook.to_xlsx(first[0], rows, first[1].as_of, first[2]) == workbook.to_xlsx(
        second[0], rows, second[1].as_of, second[2]
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_tells_in_words_what_the_paper_tells(language: Language) -> None:
    document, held, say = made(language)
    body = workbook.to_xlsx(document, list(rows_of(document.title, held)), held.as_of, say)
    book = openpyxl.load_workbook(io.BytesIO(body))
    sheet = book[say.t("figures.sheet_words")]
    _, *read = sheet.iter_rows(values_only=True)
    told = [(block.title, line) for block in document.blocks for line in block.lines]
    assert [(r[0], r[1], r[5]) for r in read] == [(title, line.label, line.count) for title, line in told]
    assert [r[2:5] for r in read] == [line.numbers or (None, None, None) for _, line in told]
    assert {c.number_format for row in sheet.iter_rows(min_row=2, min_col=3, max_col=5) for c in row if c.value} == {
        {"en": "0%", "es": '0"\u00a0"%'}[language]
    }
    assert "Who explains?" in {r[1] for r in read}, "a focus question by its words, not by its id"
    meant = dict(book[say.t("figures.sheet_about")].iter_rows(values_only=True))
    assert {block.title for block in document.blocks if block.definition} <= meant.keys()
    assert all(meant[column] for column in HEADER), "each column of the rows is explained in the reader's language"
    for each in book:
        above, below = each.oddHeader.left.text, each.oddFooter.left.text
        assert document.title in above
        assert str(held.snapshot_id) in above
        assert document.foot[0] in below, "a sheet that is printed alone says by which rule"
        assert each.oddFooter.right.text == "&P / &N"
    assert all(s.sheet_state == "visible" for s in book)
    assert (book.properties.creator, book.properties.description) == ("Rondo", None)


def test_a_cell_that_looks_like_a_formula_stays_text() -> None:
    document, held, say = made()
    rows = list(rows_of("=1+1", held))
    book = openpyxl.load_workbook(io.BytesIO(workbook.to_xlsx(document, rows, held.as_of, say)))
    assert book["Figures"]["A2"].value == "'=1+1"
    assert book["Figures"]["A2"].data_type == "s"


def test_a_change_is_told_in_points_and_not_drawn_as_hidden() -> None:
    document, held, say = second()
    change = document.blocks[-1]
    assert change.heads == ("What", "Difference in points", "Likely range", "What it says")
    task = next(line for line in change.lines if line.label == "Task")
    assert (task.share, task.count) == ("+25", "no clear change")
    assert task.numbers is not None
    assert task.numbers[0] == 25
    assert task.interval.startswith("\u2212")
    assert {"Content", "Statements by core element: Task"} <= {line.label for line in change.lines}
    text = " ".join(extract_text(io.BytesIO(paper.to_pdf(document, say))).split())
    assert task.interval.replace("\u2212", "\u2013") in text, "a minus is a dash, as the font has none"

    body = workbook.to_xlsx(document, list(rows_of(document.title, held)), held.as_of, say)
    sheet = openpyxl.load_workbook(io.BytesIO(body))["In words"]
    rows = [row for row in sheet.iter_rows(min_row=2) if row[0].value == change.title and row[2].value is not None]
    assert rows
    assert {cell.number_format for row in rows for cell in row[2:5]} == {'+0" points";\u22120" points";0" points"'}
    assert [[cell.value for cell in row[2:5]] for row in rows] == [list(x.numbers) for x in change.lines if x.numbers]
    assert not [c for row in sheet.iter_rows() for c in row if str(c.value).startswith("'")], "no mark before a minus"


def test_a_change_is_the_difference_of_the_shares_as_they_are_told() -> None:
    pairs = [(0.324, 0.336), (0.3247, 0.3151), (0.5, 0.5)]
    found = [
        Change(
            definition="core_element.visits",
            subject="task",
            category="with",
            state="told",
            before=before,
            after=after,
            difference=after - before,
            low=-0.2,
            high=0.2,
            verdict="no_clear_change",
        )
        for before, after in pairs
    ]
    lines = Teller(WORDS, Wording("en")).changed(found, snapshot()).lines
    assert [line.share for line in lines] == ["+2", "less than 1 point", "0"]


def test_the_paper_tells_the_rounds_so_far_below_each_core_element() -> None:
    document, held, say = second()
    trend = next(block for block in document.blocks if block.title == "Rounds so far")
    assert [x.label for x in trend.lines if x.core == "task"] == ["Task, May 4, 2026", "Task, October 6, 2026"]
    assert [x.share for x in trend.lines if x.core == "task"] == ["50%", "75%"]
    bounded = [x for x in trend.lines if x.core == "student"]
    assert [(x.share, x.count) for x in bounded] == [("", "at least 10 of 12")] * 2
    text = " ".join(extract_text(io.BytesIO(paper.to_pdf(document, say))).split())
    assert "Task, May 4, 2026" in text
    assert "Hatched: hidden to protect people" in text
    alone = handout("Alder Creek Elementary", held, None, WORDS, say, rounds=(held,))
    assert "Rounds so far" not in {block.title for block in alone.blocks}, "one round is no trend"
