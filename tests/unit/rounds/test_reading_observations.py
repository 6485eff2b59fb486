"""Spreadsheets of earlier observations: what they say is kept, who it is about is not."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reporting.figures.facts import Rating
from services.reporting.figures.tables import figure, tables
from services.rounds.imports.mapping import shipped
from services.rounds.imports.read import Reading, read
from services.rounds.imports.sentences import LONGEST, statements
from shared.tabular.problems import Problems
from tests.support.figures import round_facts

IPG = shipped()["ipg"]
REAL = Path(__file__).resolve().parents[4] / "shared" / "data" / "observations" / "ipg_mathematics_observations.csv"
HEADER = [
    "Timestamp",
    "Email Address",
    "When did the observation occur?",
    "Teacher's First Name",
    "Teacher's Last Name",
    "Grade",
    "Date of Observation (the day that the teacher taught the lesson)",
    "Please rate. [The lesson focuses on the grade. (1a)]",
    "Please rate. [Students explain. (3d)]",
    "Core Action 1 Overall: Does the lesson reflect the standards?",
    "Core Action 1 Notes:",
]


def row(**changes: str) -> list[str]:
    cells = {
        "stamp": "6/16/2022 14:59:32",
        "email": "rater@district.example",
        "occasion": "Pre Training",
        "first": "Philippa",
        "last": "Wetherington",
        "grade": "4",
        "day": "5/23/2022",
        "1a": "Yes",
        "3d": "Somewhat",
        "overall": "Not Yet",
        "notes": "Ms. Wetherington wrote 3 steps. Students copied them.",
    }
    return list((cells | changes).values())


def file_of(*rows: list[str], header: list[str] = HEADER, delimiter: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([header, *rows])
    return out.getvalue().encode()


def reading(data: bytes, **options: object) -> tuple[Reading, Problems]:
    problems = Problems()
    return read("file.csv", data, IPG, problems, secret=b"k" * 32, **options), problems  # type: ignore[arg-type]


def codes(problems: Problems) -> set[str]:
    return {p.code for p in problems.listed()}


def test_a_row_becomes_a_visit_with_its_answers_and_one_statement_per_sentence() -> None:
    found, problems = reading(file_of(row()))
    (visit,) = found.visits
    assert visit.day.isoformat() == "2022-05-23"
    assert visit.ratings == {"1a": "yes", "3d": "somewhat", "1-overall": "not_yet"}
    assert visit.statements == (("content", "the teacher wrote 3 steps."), ("content", "Students copied them."))
    assert (visit.occasion, visit.grade_band, visit.subject) == ("Pre Training", "3-5", "Mathematics")
    assert not problems.refuses


def test_no_name_or_address_is_left_anywhere() -> None:
    notes = "Philippa Wetherington asked why. Write to p.wetherington@district.example about WETHERINGTON."
    found, problems = reading(file_of(row(notes=notes)))
    told = repr(found) + repr([p.model_dump() for p in problems.listed()])
    for secret in ("philippa", "wetherington", "rater@", "district.example"):
        assert secret not in told.lower()


def test_a_name_that_is_also_a_word_stays_a_word() -> None:
    assert statements("Students will show grace. Will asked why.", ["Will", "Grace"]) == [
        "Students will show grace.",
        "the teacher asked why.",
    ]


def test_the_same_teacher_is_the_same_classroom_and_nobody_can_tell_which() -> None:
    data = file_of(row(), row(day="5/24/2022", first="PHILIPPA "), row(day="5/25/2022", last="Other"))
    found, _ = reading(data)
    assert len({v.classroom_id for v in found.visits}) == 2
    problems = Problems()
    again = read("file.csv", data, IPG, problems, secret=b"other key".ljust(32))
    assert {v.classroom_id for v in found.visits}.isdisjoint({v.classroom_id for v in again.visits})
    assert [v.digest for v in found.visits] == [v.digest for v in again.visits]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("YES", "yes"),
        (" not  yet ", "not_yet"),
        ("?", "not_observed"),
        ("H?", "not_observed"),
        ("NOT OBSERVED", "not_observed"),
        ("Not observed.", "not_observed"),
        ("Did not observe", "not_observed"),
        ("N.A.", "not_applicable"),
        ("—", "not_applicable"),
        ("N/A", "not_applicable"),
        ("", None),
        ("Perhaps", None),
    ],
)
def test_answers_are_understood_in_their_spellings_and_never_become_zero(cell: str, code: str | None) -> None:
    found, problems = reading(file_of(row(**{"1a": cell})))
    assert found.visits[0].ratings.get("1a") == code
    assert ("unknown_answer" in codes(problems)) == (cell == "Perhaps")


def test_a_cousin_with_question_marks_blanks_and_copied_names_is_counted_right() -> None:
    cells = ["Yes", "Yes", "Mostly", "?", "H?", "NOT OBSERVED", "", "N/A", "Roe, Jane", "Yes"]
    rows = [
        row(**{"1a": cell}, email="Roe, Jane" if n % 2 else "Ann Lee", last=f"Room {n}", notes="Jane Roe saw 3 groups.")
        for n, cell in enumerate(cells)
    ]
    found, problems = reading(file_of(*rows))
    told = [v.ratings.get("1a") for v in found.visits]
    assert told == ["yes", "yes", "mostly", *["not_observed"] * 3, None, "not_applicable", None, "yes"]
    ratings = tuple(
        Rating(v.observer_id, v.classroom_id, v.observer_id, "1a", "choice", code)
        for v, code in zip(found.visits, told, strict=True)
        if code is not None
    )
    (table,) = [t for t in tables(replace(round_facts(), ratings=ratings)) if t.subject == "1a"]
    assert {c: figure(table, c, classrooms=10, observers=2).share for c in table.categories} == {
        "yes": 3 / 4,
        "mostly": 1 / 4,
    }
    assert (len(table.units), len(table.not_rated)) == (4, 4), "neither is a zero, and a blank is nothing"
    assert len({v.observer_id for v in found.visits}) == 2
    everything = repr(found) + repr([p.model_dump() for p in problems.listed()])
    for name in ("Roe", "Jane", "Lee"):
        assert name not in everything


def test_the_column_as_a_whole_says_which_number_is_the_month() -> None:
    found, _ = reading(file_of(row(day="3/4/2022"), row(day="25/4/2022", stamp="")))
    assert [v.day.isoformat() for v in found.visits] == ["2022-04-03", "2022-04-25"]


def test_a_day_that_could_be_read_two_ways_is_asked_about() -> None:
    data = file_of(row(day="3/4/2022", stamp=""))
    found, problems = reading(data)
    assert found.visits == ()
    assert codes(problems) >= {"day_uncertain"}
    assert reading(data, order="dmy")[0].visits[0].day.isoformat() == "2022-04-03"


def test_a_row_that_is_there_twice_is_taken_once() -> None:
    found, problems = reading(file_of(row(), row()))
    assert len(found.visits) == 1
    assert "row_twice" in codes(problems)


def test_rows_that_tell_the_same_of_other_rooms_are_visits_of_their_own() -> None:
    data = file_of(row(), row(last="Other"), row(first="Third"))
    found, problems = reading(data)
    assert (len(found.visits), codes(problems) & {"row_twice"}) == (3, set())
    again, _ = reading(data)
    assert [v.digest for v in again.visits] == [v.digest for v in found.visits]
    assert len({v.digest for v in found.visits}) == 3


def test_another_form_is_named_for_what_it_is_not() -> None:
    found, problems = reading(b"name,score\na,1\n")
    assert found.visits == ()
    assert codes(problems) == {"not_this_form"}
    assert problems.refuses


def test_a_file_of_several_schools_is_taken_one_school_at_a_time() -> None:
    header = [*HEADER, "School"]
    data = file_of([*row(), "Alder"], [*row(day="5/24/2022"), "Birch"], header=header)
    assert codes(reading(data)[1]) >= {"several_schools"}
    found, problems = reading(data, school="birch")
    assert [v.day.day for v in found.visits] == [24]
    assert not problems.refuses


def test_byte_order_mark_semicolons_and_line_ends_do_not_matter() -> None:
    plain = reading(file_of(row()))[0].visits[0]
    dressed = b"\xef\xbb\xbf" + file_of(row(), delimiter=";").replace(b"\n", b"\r\n")
    assert reading(dressed)[0].visits[0].ratings == plain.ratings


def test_columns_that_come_and_go_are_noted() -> None:
    found, problems = reading(file_of([*row()[:8], "extra"], header=[*HEADER[:8], "Bus number"]))
    assert found.visits[0].ratings == {"1a": "yes"}
    assert found.columns_dropped == ("Bus number",)
    assert "items_missing" in codes(problems)


def test_nothing_of_a_long_note_is_lost() -> None:
    words = " ".join(f"word{n}" for n in range(900))
    kept = statements(words, [])
    assert all(len(s) <= LONGEST for s in kept)
    assert " ".join(kept) == words


def test_codes_of_standards_are_not_torn_apart() -> None:
    told = "The standard was CCSS.MATH.CONTENT.4.NF.C.7. Students used it."
    assert statements(told, []) == ["The standard was CCSS.MATH.CONTENT.4.NF.C.7.", "Students used it."]


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_in_words(data: bytes) -> None:
    _, problems = reading(data)
    assert all(p.detail and p.mend for p in problems.listed())


@given(st.lists(st.lists(st.text(max_size=12), max_size=13), max_size=5))
def test_any_rows_under_the_right_header_are_read_or_reported(rows: list[list[str]]) -> None:
    found, problems = reading(file_of(*rows))
    assert len(found.visits) <= len(rows)
    assert all(p.detail and p.mend for p in problems.listed())


@pytest.mark.skipif(not REAL.is_file(), reason="the real export is not beside the project")
def test_the_real_export_is_taken_whole() -> None:
    found, problems = reading(REAL.read_bytes())
    assert problems.total == 0
    assert len(found.visits) == 14
    assert all(len(v.ratings) == 20 for v in found.visits)
    yes = [sum(v.ratings[i] == "yes" for v in found.visits) for i in ("1a", "1b", "1c")]
    assert yes == [12, 10, 8]
