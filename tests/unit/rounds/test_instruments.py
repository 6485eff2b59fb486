"""Drafts, versions that never change, and XLSForm in and out."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any
from uuid import uuid4

import openpyxl
import pytest
from pydantic import TypeAdapter

from services.rounds.instruments.decide import INSTRUMENT, PublishInstrument, SaveDraft
from services.rounds.instruments.documents import Instrument, shipped
from services.rounds.instruments.drafts import Draft, draft_of, instrument_of
from services.rounds.instruments.events import InstrumentPublished
from services.rounds.instruments.lacks import lacks
from services.rounds.instruments.relevance import Relevance
from services.rounds.instruments.xlsform.expressions import NotUnderstood, parse, written
from services.rounds.instruments.xlsform.reading import Read, read_form
from services.rounds.instruments.xlsform.writing import write_form
from shared.testing.given_decider import given

REAL = Path(__file__).resolve().parents[4] / "shared" / "data" / "instruments"
BY = uuid4()
WORDS = {"en": "Words", "es": "Palabras"}
CHOICES = [{"code": c, "label": WORDS} for c in ("lecture", "groups", "alone")]
EVERY_KIND: dict[str, Any] = {
    "title": {"en": "Talk in class", "es": "Hablar en clase"},
    "groups": [{"id": "talk", "label": WORDS, "relevance": {"op": "answered", "item": "seen"}}],
    "items": [
        {"id": "seen", "kind": "observed", "prompt": WORDS, "required": True},
        {"id": "how", "kind": "choice", "prompt": WORDS, "choices": CHOICES, "core_element": "student", "hint": WORDS},
        {"id": "with", "kind": "multi_choice", "prompt": WORDS, "choices": CHOICES, "group": "talk"},
        {"id": "times", "kind": "count", "prompt": WORDS, "maximum": 40, "group": "talk",
         "relevance": {"op": "all", "of": [{"op": "includes", "item": "with", "value": "alone"},
                                           {"op": "not", "of": [{"op": "is", "item": "how", "value": "groups"}]}]}},
        {"id": "share", "kind": "scale", "prompt": WORDS, "maximum": 4,
         "relevance": {"op": "any", "of": [{"op": "at_least", "item": "times", "number": 3},
                                           {"op": "at_most", "item": "times", "number": 0}]}},
        {"id": "minute", "kind": "tally", "prompt": WORDS, "choices": CHOICES, "interval_seconds": 90},
        {"id": "said", "kind": "note", "prompt": WORDS},
    ],
}  # fmt: skip


def draft(**changes: Any) -> Draft:
    return Draft.model_validate(EVERY_KIND | changes)


def save(one: Draft, key: str = "talk-in-class") -> SaveDraft:
    return SaveDraft(key=key, by=BY, draft=one)


PUBLISH = PublishInstrument(key="talk-in-class", by=BY)


def test_a_draft_is_published_as_a_version_that_never_changes() -> None:
    first = given(INSTRUMENT).after(save(draft())).when(PUBLISH).then_one(InstrumentPublished)
    assert isinstance(first, InstrumentPublished)
    document = Instrument.model_validate_json(first.document)
    assert (first.version, document.key, len(document.items)) == (1, "talk-in-class", 7)
    again = given(INSTRUMENT).after(save(draft()), PUBLISH)
    again.when(PUBLISH).then_nothing()
    changed = draft(title={"en": "Talk", "es": "Hablar"})
    second = again.after(save(changed)).when(PUBLISH)
    assert [v.version for v in second.state.versions] == [1, 2]
    assert second.state.versions[0].document == first.document


def test_what_is_missing_is_told_at_its_place_and_the_draft_is_kept_all_the_same() -> None:
    items = [
        {"id": "a b", "kind": "choice", "choices": [{"code": "not_observed", "label": WORDS}]},
        {"id": "x", "kind": "scale", "prompt": {"en": "Words"}, "group": "none", "minimum": 4, "maximum": 4},
        {"id": "x", "kind": "tally", "prompt": WORDS, "choices": CHOICES, "relevance": {"op": "answered", "item": "y"}},
    ]
    story = given(INSTRUMENT).after(save(draft(items=items, groups=[])))
    refused = story.when(PUBLISH).then_refused("instrument_incomplete")
    places = {p["where"] for p in refused.extra["problems"]}
    assert places == {
        "items/0/id", "items/0/prompt", "items/0/choices", "items/0/choices/0/code", "items/1/group",
        "items/1/maximum", "items/2/id", "items/2/interval_seconds", "items/2/relevance",
    }  # fmt: skip
    assert [k.where for k in lacks(draft(items=items, groups=[])) if not k.refuses] == ["items/1/prompt/es"]


def test_a_shipped_instrument_is_copied_and_not_changed() -> None:
    core = shipped()["instructional-core", 1]
    given(INSTRUMENT).when(save(draft_of(core), "instructional-core")).then_refused("instrument_shipped")
    given(INSTRUMENT).when(save(draft_of(core), "X")).then_refused("instrument_key")
    copied = given(INSTRUMENT).after(save(draft_of(core), "our-core")).when(PublishInstrument(key="our-core", by=BY))
    document = Instrument.model_validate_json(copied.state.versions[0].document)
    assert [i.id for i in document.items] == [i.id for i in core.items]


def test_one_language_is_enough_and_fills_the_other() -> None:
    one = draft(title={"en": "Talk"}, items=[{"id": "a", "kind": "note", "prompt": {"en": "Say it"}}], groups=[])
    assert lacks(one) == []
    made = instrument_of(one, "talk", 1)
    assert made.languages == ("en",)
    assert made.items[0].prompt.es == "Say it"


# XLSForm


def form(*survey: tuple[Any, ...], choices: tuple[tuple[str, ...], ...] = ()) -> bytes:
    book = openpyxl.Workbook()
    for row in survey:
        book.active.append(row)
    book.active.title = "survey"
    if choices:
        sheet = book.create_sheet("choices")
        for row in (("list_name", "name", "label"), *choices):
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


HEAD = ("type", "name", "label", "relevant", "constraint")


def test_every_kind_goes_out_as_a_valid_form_and_comes_back_whole() -> None:
    one = instrument_of(draft(), "talk-in-class", 3)
    back = read_form("talk.xlsx", write_form(one))
    assert [p.detail for p in back.problems] == []
    assert back.not_carried == []
    assert back.key == "talk-in-class"
    assert back.draft is not None
    assert back.draft.items == draft_of(one).items
    assert back.draft.groups == draft_of(one).groups


@pytest.mark.parametrize("key", sorted(k for k, _ in shipped()))
def test_the_shipped_instruments_go_out_as_valid_forms(key: str) -> None:
    back = read_form("x.xlsx", write_form(shipped()[key, 1]))
    assert back.problems == []
    assert back.draft is not None
    assert len(back.draft.items) == len(shipped()[key, 1].items)


def refused(read: Read) -> str:
    assert read.draft is None
    return read.problems[0].detail


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([("text", "a", "A"), ("wombat", "b", "B")], "Sheet “survey”, row 3, column A (type)"),
        ([("text", "", "A")], "Sheet “survey”, row 2, column B (name)"),
        ([("text", "a", "A"), ("text", "a", "B")], "Sheet “survey”, row 3, column B (name)"),
        ([("text", "a", "A", "${zz} = 1")], "Sheet “survey”, row 2, column D (relevant)"),
        ([("begin group", "g", "G"), ("text", "a", "A")], "Sheet “survey”, row 2"),
        ([("select_one nope", "a", "A")], "row 2, column A (type)"),
    ],
)
def test_an_invalid_form_is_refused_by_sheet_row_and_column(rows: list[tuple[Any, ...]], told: str) -> None:
    read = read_form("form.xlsx", form(HEAD, *rows))
    assert told in refused(read)
    assert read.problems[0].mend


def test_no_workbook_and_no_survey_are_told() -> None:
    assert "no Excel workbook" in refused(read_form("form.xlsx", b"a,b\n1,2\n"))
    assert "no Excel workbook" in refused(read_form("form.xlsx", b"PK\x03\x04 broken"))
    empty = openpyxl.Workbook()
    out = io.BytesIO()
    empty.save(out)
    assert "no sheet “survey”" in refused(read_form("form.xlsx", out.getvalue()))


def test_what_cannot_be_carried_is_listed_and_the_rest_comes_in() -> None:
    read = read_form(
        "form.xlsx",
        form(
            HEAD,
            ("select_one yn", "seen", "Seen?"),
            ("integer", "n", "How many?", "${seen} = 'yes' and string-length(${seen}) > 2", ". <= 30 and . != 7"),
            ("integer", "m", "More?", "selected(${seen}, 'yes')", ". < 10"),
            ("image", "photo", "A photo"),
            ("begin repeat", "again", "Again"),
            ("text", "inner", "Inner"),
            ("end repeat",),
            ("text", "last", "Last", "${inner} != ''"),
            choices=(("yn", "yes", "Yes"), ("yn", "no", "No")),
        ),
    )
    assert read.draft is not None
    by_id = {i.id: i for i in read.draft.items}
    assert {i: by_id[i].kind for i in by_id} == {"seen": "observed", "n": "count", "m": "count", "last": "note"}
    assert (by_id["n"].maximum, by_id["m"].maximum) == (30, 9)
    assert by_id["n"].relevance is None
    assert by_id["m"].relevance is not None
    places = {(n["row"], (n["column"] or "")[:1]) for n in read.not_carried}
    assert places == {(3, "D"), (3, "E"), (5, "A"), (6, "A"), (9, "D")}


@pytest.mark.parametrize(
    "text", ["${a} = 'x'", "selected(${m}, 'x')", "not(${a} != '')", '${n} > 2 or (${n} <= 0 and ${a} = "y")']
)
def test_relevance_goes_both_ways(text: str) -> None:
    ids = {"a": "a", "m": "m", "n": "n"}

    def read(words: str) -> Relevance:
        return parse(words, ids, lambda _, code: code, frozenset({"m"}))

    told = read(text)
    assert read(written(told)) == told
    assert TypeAdapter(Relevance).dump_python(told, mode="json")["op"]


@pytest.mark.parametrize(
    "text", ["${a} >", "count(${a})", "${gone} = 1", "${a} = ${n}", "1 = 1", "${n} > 1.5", "${a} = 'x' ;"]
)
def test_relevance_that_says_more_is_not_guessed(text: str) -> None:
    with pytest.raises(NotUnderstood):
        parse(text, {"a": "a", "n": "n"}, lambda _, code: code, frozenset())


@pytest.mark.skipif(not REAL.exists(), reason="the real forms are not beside the project")
def test_the_real_forms() -> None:
    read = {f.name: read_form(f.name, f.read_bytes()) for f in REAL.iterdir()}
    assert "column J (relevance)" in refused(read.pop("unknown_question_type.xls"))
    assert all(r.draft is not None and r.draft.items for r in read.values())
    assert any("choice filter" in n["detail"] for n in read["choice_filter_test.xlsx"].not_carried)
    widgets = read["widgets.xls"].not_carried
    assert {n["row"] for n in widgets} >= {4, 5, 6, 9, 11, 12, 13, 14, 15}
