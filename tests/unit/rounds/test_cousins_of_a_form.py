"""XLSForms as others write them. Each is carried, or says by sheet, row and column what is not, or is refused so; and
what came in goes out and comes in again as the same."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from services.rounds.instruments.drafts import draft_of, instrument_of
from services.rounds.instruments.lacks import lacks
from services.rounds.instruments.xlsform.reading import Read, read_form
from services.rounds.instruments.xlsform.writing import write_form

Rows = list[tuple[Any, ...]]
HEAD = ("type", "name", "label", "relevant", "constraint", "calculation", "choice_filter")
LIST = ("list_name", "name", "label")
YES_NO: Rows = [LIST, ("yn", "yes", "Yes"), ("yn", "no", "No")]
TWO: Rows = [LIST, ("c", "x", "X"), ("c", "y", "Y")]
THREE = ("label::English (en)", "label::Español (es)", "label::Français (fr)")


def workbook(**sheets: Rows) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def asked(*rows: tuple[Any, ...], head: tuple[str, ...] = HEAD, **sheets: Rows) -> Read:
    return read_form("form.xlsx", workbook(survey=[head, *rows], **sheets))


def places(read: Read) -> list[tuple[Any, str]]:
    return [(n["row"], (n["column"] or n["sheet"])[:1]) for n in read.not_carried]


def items(read: Read) -> dict[str, str]:
    assert read.draft is not None, read.problems
    return {i.id: i.kind for i in read.draft.items}


CARRIED: dict[str, tuple[Read, list[tuple[Any, str]], dict[str, str]]] = {
    "or_other": (
        asked(("select_one c or_other", "c", "C"), choices=TWO), [], {"c": "choice", "c_other": "note"},
    ),
    "choices from a file": (
        asked(("select_one_from_file schools.csv", "c", "C"), ("text", "t", "T", "${c} = 'x'")),
        [(2, "A"), (3, "D")], {"t": "note"},
    ),
    "a choice filter": (
        asked(
            ("select_one yn", "a", "A"), ("select_one c", "c", "C", None, None, None, "g=${a}"),
            choices=[(*LIST, "g"), ("yn", "yes", "Yes"), ("yn", "no", "No"), ("c", "x", "X", "yes"), ("c", "y", "Y")],
        ),
        [(3, "G")], {"a": "observed", "c": "choice"},
    ),
    "a calculation": (
        asked(
            ("integer", "n", "N", None, ". <= 9"), ("calculate", "x", None, None, None, "${n} * 2"),
            ("text", "t", "T", "${x} > 4"),
        ),
        [(3, "A"), (4, "D")], {"n": "count", "t": "note"},
    ),
    "a repeat with a group in it": (
        asked(
            ("begin_repeat", "r", "R"), ("begin_group", "g", "G"), ("text", "inner", "I"), ("end_group",),
            ("end_repeat",), ("text", "t", "T", "${inner} != ''"),
        ),
        [(2, "A"), (7, "D")], {"t": "note"},
    ),
    "three languages": (
        asked(
            ("select_one c", "a", "Seen?", "¿Visto?", "Vu ?"), head=("type", "name", *THREE),
            choices=[("list_name", "name", *THREE), ("c", "x", "X", "Equis", "Ixe"), ("c", "y", "Y", "Ye", "I grec")],
        ),
        [(2, "E"), (2, "E"), (3, "E")], {"a": "choice"},
    ),
    "languages that an instrument lacks": (
        asked(("text", "t", "Quoi ?", "Was?"), head=("type", "name", "label::Français (fr)", "label::Deutsch (de)")),
        [(2, "C"), (2, "D")], {"t": "note"},
    ),
    "settings without a version": (
        asked(("text", "t", "T"), settings=[("form_title",), ("Only a title",)]), [], {"t": "note"},
    ),
    "empty settings": (asked(("text", "t", "T"), settings=[]), [], {"t": "note"}),
    "choices that stand twice": (
        asked(
            ("select_one c", "c", "C"), choices=[*TWO, ("c", "x", "X again")],
            settings=[("allow_choice_duplicates",), ("yes",)],
        ),
        [(2, "A")], {"c": "choice"},
    ),
    "more choices than an item holds": (
        asked(
            ("select_one c", "c", "C"), ("text", "t", "T"),
            choices=[LIST, *(("c", f"c{n}", f"C{n}") for n in range(400))],
        ),
        [(2, "A")], {"t": "note"},
    ),
    "names that differ by their capitals": (
        asked(("text", "t", "T"), ("text", "T", "Other"), ("text", "u", "U", "${T} != ''")),
        [], {"t": "note", "t-1": "note", "u": "note"},
    ),
    "one name in two groups": (
        asked(
            ("begin_group", "g", "G"), ("text", "t", "T"), ("end_group",),
            ("begin_group", "h", "H"), ("text", "t", "T"), ("end_group",),
        ),
        [], {"t": "note", "t-1": "note"},
    ),
    "questions that wait for each other": (
        asked(("select_one yn", "a", "A", "${b} = 'yes'"), ("select_one yn", "b", "B", "${a} = 'yes'"), choices=YES_NO),
        [(2, "D")], {"a": "observed", "b": "observed"},
    ),
    "a group that waits for what is in it": (
        asked(
            ("begin_group", "g", "G", "${a} = 'yes'"), ("select_one yn", "a", "A"), ("end_group",), choices=YES_NO,
        ),
        [(2, "D")], {"a": "observed"},
    ),
    "a question that waits for a later one": (
        asked(("select_one yn", "a", "A", "${b} = 'yes'"), ("select_one yn", "b", "B"), choices=YES_NO),
        [], {"a": "observed", "b": "observed"},
    ),
    "counts without sense": (
        asked(("integer", "m", "M", None, ". <= 99999"), ("integer", "k", "K", None, ". < 0")),
        [(2, "E"), (3, "E"), (3, "E")], {"m": "count", "k": "count"},
    ),
    "samples without sense": (
        asked(
            ("select_multiple c", "c", "C", "tally", "0"), ("select_multiple c", "d", "D", "tally", "9" * 30),
            head=("type", "name", "label", "rondo_kind", "interval_seconds"), choices=TWO,
        ),
        [(2, "E"), (3, "E")], {"c": "tally", "d": "tally"},
    ),
    "a condition a thousand deep": (
        asked(("text", "a", "A"), ("text", "t", "T", "(" * 1000 + "${a} = 'x'" + ")" * 1000)),
        [(3, "D")], {"a": "note", "t": "note"},
    ),
    "a condition of three hundred parts": (
        asked(("text", "a", "A"), ("text", "t", "T", " and ".join(["${a} = 'x'"] * 300))),
        [(3, "D")], {"a": "note", "t": "note"},
    ),
    "messages, guidance and a default": (
        asked(
            ("text", "t", "T", "x", "true", "Needed", "yes", "more"),
            head=("type", "name", "label", "default", "required", "required_message", "read_only", "guidance_hint"),
        ),
        [(2, "D"), (2, "H"), (2, "F"), (2, "G")], {"t": "note"},
    ),
    "words longer than an item's, with an answer in them": (
        asked(("text", "t", "${u} " + "T" * 2000), ("text", "u", "U")), [(2, "C"), (2, "C")],
        {"t": "note", "u": "note"},
    ),
    "entities": (
        asked(("text", "t", "T"), entities=[("dataset", "label"), ("trees", "${t}")]), [(None, "e")], {"t": "note"},
    ),
    "nothing but a repeat": (asked(("begin_repeat", "r", "R"), ("text", "t", "T"), ("end_repeat",)), [(2, "A")], {}),
}  # fmt: skip


@pytest.mark.parametrize("name", CARRIED)
def test_what_is_not_carried_is_told_at_its_place(name: str) -> None:
    read, left, kinds = CARRIED[name]
    assert items(read) == kinds
    assert sorted(places(read), key=str) == sorted(left, key=str), read.not_carried


@pytest.mark.parametrize("name", CARRIED)
def test_what_came_in_goes_out_and_comes_in_again_as_the_same(name: str) -> None:
    draft = CARRIED[name][0].draft
    assert draft is not None
    if not draft.items:
        assert any(lack.refuses for lack in lacks(draft))
        return
    assert [lack for lack in lacks(draft) if lack.refuses] == []
    one = instrument_of(draft, "a-form", 1)
    back = read_form("a-form.xlsx", write_form(one))
    assert back.draft is not None, back.problems
    assert (back.draft.items, back.draft.groups) == (draft_of(one).items, draft_of(one).groups)


REFUSED: dict[str, tuple[Read, str]] = {
    "no choices in the list": (asked(("select_one yn", "a", "A"), choices=[LIST]), "“survey”, row 2, column A (type)"),
    "a choice without a name": (
        asked(("select_one yn", "a", "A"), choices=[LIST, ("yn", None, "Yes")]), "“choices”, row 2, column B (name)",
    ),
    "a choice twice": (asked(("select_one c", "c", "C"), choices=[*TWO, ("c", "x", "X")]), "“choices”, row 4, column"),
    "a name twice": (asked(("text", "t", "T"), ("text", "t", "U")), "“survey”, row 3, column B (name)"),
    "a name with a space": (asked(("text", "a b", "T")), "“survey”, row 2, column B (name)"),
    "a header twice": (asked(("text", "t", "T", "U"), head=("type", "name", "label", "label")), "row 1, column"),
    "no words at all": (asked(("text", "t"), head=("type", "name")), "“survey”, row 2"),
    "a calculation of nothing": (asked(("calculate", "x")), "“survey”, row 2"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_an_invalid_form_is_refused_at_its_place(name: str) -> None:
    read, place = REFUSED[name]
    assert read.draft is None
    assert place in read.problems[0].detail
    assert read.problems[0].mend


def test_a_group_in_a_group_is_asked_only_while_both_conditions_hold() -> None:
    read = asked(
        ("select_one yn", "a", "A"), ("select_one yn", "b", "B"), ("begin_group", "g", "G", "${a} = 'yes'"),
        ("begin_group", "h", "H", "${b} = 'no'"), ("text", "t", "T"), ("end_group",), ("end_group",), choices=YES_NO,
    )  # fmt: skip
    assert read.draft is not None
    (group,) = read.draft.groups
    assert group.relevance is not None
    assert group.relevance.model_dump(mode="json") == {
        "op": "all",
        "of": [{"op": "is", "item": "a", "value": "yes"}, {"op": "is", "item": "b", "value": "no"}],
    }


def test_a_choice_that_is_a_number_is_asked_for_by_its_code() -> None:
    read = asked(
        ("select_one c", "c", "C"), ("text", "t", "T", "${c} = 1"), choices=[LIST, ("c", 1, "One"), ("c", 2, "Two")]
    )
    assert read.draft is not None
    assert [c.code for c in read.draft.items[0].choices] == ["c1", "c2"]
    assert read.draft.items[1].relevance is not None
    assert read.draft.items[1].relevance.model_dump() == {"op": "is", "item": "c", "value": "c1"}


def test_a_draft_says_which_items_no_answer_brings_up() -> None:
    read = asked(("select_one yn", "a", "A"), ("text", "b", "B"), ("text", "c", "C"), choices=YES_NO)
    assert read.draft is not None
    body = read.draft.model_dump(mode="json")
    for n, other in ((1, "c"), (2, "b")):
        body["items"][n]["relevance"] = {"op": "answered", "item": other}
    waiting = type(read.draft).model_validate(body)
    assert [lack.where for lack in lacks(waiting) if lack.refuses] == ["items/1/relevance", "items/2/relevance"]
    body["items"][1]["relevance"] = {"op": "not", "of": [{"op": "answered", "item": "c"}]}
    assert not [lack for lack in lacks(type(read.draft).model_validate(body)) if lack.refuses]
