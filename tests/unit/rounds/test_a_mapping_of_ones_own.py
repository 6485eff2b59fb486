"""A form that nobody shipped a mapping for: the district writes one, beginning with the one its instrument gives."""

from __future__ import annotations

import csv
import io

import pytest

from services.rounds.imports import own
from services.rounds.imports.mapping import Form
from services.rounds.imports.read import Reading, read
from services.rounds.instruments.documents import Choice, Instrument, LookFor, Text, shipped
from services.rounds.lined_yaml import Unreadable
from shared.tabular.problems import Problems


def text(words: str) -> Text:
    return Text(en=words, es=f"{words} (es)")


def choice(code: str, label: str) -> Choice:
    return Choice(code=code, label=text(label))


WALK = Instrument(
    key="walk",
    version=3,
    title=text("Hallway walk"),
    description=text("A form of a district's own."),
    items=(
        LookFor(id="aim", kind="observed", prompt=text("The aim is posted")),
        LookFor(id="depth", kind="scale", prompt=text("Depth of the task"), minimum=1, maximum=4),
        LookFor(id="voices", kind="count", prompt=text("Students who spoke"), maximum=40),
        LookFor(
            id="groups",
            kind="choice",
            prompt=text("How students sat"),
            choices=(choice("rows", "In rows"), choice("some", "Some")),
        ),
        LookFor(
            id="tools",
            kind="multi_choice",
            prompt=text("Tools in use"),
            choices=(choice("paper", "Paper"), choice("screen", "Screen"), choice("some_tools", "Some")),
        ),
        LookFor(id="words", kind="note", prompt=text("What was said")),
    ),
)
HEADER = ["Date of observation", "Teacher", "Observer", "Grade"]
HEADER += ["The aim is posted", "Depth of the task", "Students who spoke", "How students sat", "Tools in use", "Notes"]


def form(document: str | None = None, instrument: Instrument = WALK) -> Form:
    mapping, tree = own.read_own((document or own.template(instrument)).encode())
    return own.form(mapping, tree, instrument)


def reading(*cells: str) -> tuple[Reading, list[str]]:
    out = io.StringIO()
    csv.writer(out).writerows([HEADER, ["2026-03-04", "Wetherington", "Abara", "4", *cells]])
    problems = Problems()
    return read("walk.csv", out.getvalue().encode(), form(), problems, secret=b"k" * 32), [
        f"{p.column}: {p.mend}" for p in problems.listed() if p.code == "unknown_answer"
    ]


@pytest.mark.parametrize("instrument", [*shipped().values(), WALK], ids=lambda i: f"{i.key}.v{i.version}")
def test_the_mapping_that_an_instrument_gives_fits_it_and_asks_for_all_that_can_be_imported(
    instrument: Instrument,
) -> None:
    given = form(own.template(instrument), instrument)
    asked = [i.id for i in instrument.items if i.kind not in ("note", "tally")]
    assert [r.look_for for r in given.mapping.ratings] == asked


def test_a_file_under_the_instruments_own_words_comes_in_by_the_mapping_as_it_was_given() -> None:
    found, unknown = reading("Sí", "3.0", "17", "in ROWS", "Screen; Paper", "Students compared two answers.")
    (visit,) = found.visits
    assert visit.ratings == {"aim": "yes", "depth": "3", "voices": "17", "groups": "rows", "tools": "paper screen"}
    assert (visit.grade_band, visit.statements) == ("3-5", (("student", "Students compared two answers."),))
    assert unknown == []


def test_an_answer_that_two_look_fors_write_alike_is_each_ones_own() -> None:
    visit = reading("N/O", "?", "N/A", "Some", "Some", "")[0].visits[0]
    assert (visit.ratings["groups"], visit.ratings["tools"]) == ("some", "some_tools")
    assert (visit.ratings["aim"], visit.ratings["voices"]) == ("not_observed", "not_applicable")


def test_answers_that_the_look_for_does_not_know_are_left_out_with_those_it_knows() -> None:
    found, unknown = reading("Perhaps", "5", "-2", "In rows/Some", "Paper; Abacus", "One sentence.")
    assert dict(found.visits[0].ratings) == {}
    assert unknown == [
        "aim: Use one of: Yes, No, Not observed, N/A.",
        "depth: Use one of: a whole number from 1 to 4, Not observed, N/A.",
        "voices: Use one of: a whole number from 0 to 40, Not observed, N/A.",
        "groups: Use one of: In rows, Some, Not observed, N/A.",
        "tools: Use one of: Paper, Screen, Some, Not observed, N/A.",
    ]


def test_everything_that_is_wrong_with_a_mapping_is_told_by_its_line() -> None:
    wrong = """\
key: walk
title: Walk
instrument: walk
subject: Mathematics
observed_on: {starts: [Date]}
classroom: []
observer:
  - {}
colour: red
answers:
  "yes": [Yes]
"""
    with pytest.raises(Unreadable) as refused:
        own.read_own(wrong.encode())
    assert [(p.line, p.detail) for p in refused.value.found] == [
        (6, "“classroom” must not be empty."),
        (8, "“observer”: a column needs `starts` or `holds`."),
        (9, "“colour” is not a word of mappings."),
    ]


def test_what_the_instrument_does_not_have_is_told_by_its_line() -> None:
    lines = own.template(WALK).replace("look_for: depth", "look_for: dept").replace("look_for: aim", "look_for: words")
    lines = lines.replace("  rows:", "  columns:")
    with pytest.raises(Unreadable) as refused:
        form(lines)
    told = {p.detail: lines.splitlines()[p.line - 1].strip() for p in refused.value.found}
    assert told == {
        "“words” is a note or a tally: only answers can be imported.": "- look_for: words",
        "“dept” is no look-for of walk version 3.": "- look_for: dept",
        "No look-for of walk version 3 has the answer “columns”.": "columns:",
    }


@pytest.mark.parametrize("data", [b"", b"a: [", b"\xff\xfe", b"- a\n", b"a: &x 1\nb: *x\n", b"[" * 5000, b"key: \0"])
def test_what_is_no_mapping_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        own.read_own(data)
    assert all(p.line >= 1 and p.detail for p in refused.value.found)


def test_lists_inside_one_another_without_end_are_refused_before_they_are_read() -> None:
    with pytest.raises(Unreadable) as refused:
        own.read_own(b"key: walk\ntitle: " + b"[" * 100_000)
    [problem] = refused.value.found
    assert (problem.line, problem.detail) == (2, "More than 50 lists stand inside one another here.")
    assert problem.say.es == "Aquí hay más de 50 listas una dentro de otra."
