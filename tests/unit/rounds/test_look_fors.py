"""What an answer to each kind of item looks like, and when an item is asked at all."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from services.rounds.instruments.documents import Instrument, LookFor
from services.rounds.instruments.relevance import Relevance, holds, items_of

TEXT = {"en": "Text", "es": "Texto"}
CHOICES = [{"code": c, "label": TEXT} for c in ("lecture", "groups", "alone")]
EXPRESSION: TypeAdapter[Relevance] = TypeAdapter(Relevance)


def item(kind: str, **more: Any) -> LookFor:
    shape: dict[str, Any] = {"choices": CHOICES} if kind in ("choice", "multi_choice", "tally") else {}
    if kind in ("count", "scale"):
        shape["maximum"] = 4
    if kind == "tally":
        shape["interval_seconds"] = 60
    return LookFor.model_validate({"id": "a", "kind": kind, "prompt": TEXT} | shape | more)


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("choice", ["groups", "not_observed", "not_applicable"], ["", "pairs", "groups alone"]),
        (
            "multi_choice",
            ["groups", "lecture alone", "not_observed"],
            ["alone lecture", "groups groups", "a", " groups"],
        ),
        ("count", ["0", "4", "not_applicable"], ["5", "-1", "04", "1.5", "٣"]),
        ("scale", ["0", "4"], ["5", "x"]),
        ("observed", ["yes", "no", "not_observed", "not_applicable"], ["maybe", "true", ""]),
        (
            "tally",
            ["0:lecture", "0:lecture 2:groups 9:lecture", "not_observed"],
            ["lecture", "1:lecture 1:groups", "0:x"],
        ),
        ("note", [], ["some words", "not_observed"]),
    ],
)
def test_the_answers_of_each_kind(kind: str, good: list[str], bad: list[str]) -> None:
    look_for = item(kind)
    assert [v for v in good if not look_for.answers(v)] == []
    assert [v for v in bad if look_for.answers(v)] == []


@pytest.mark.parametrize(
    "shape",
    [
        {"kind": "observed", "choices": CHOICES},
        {"kind": "choice", "choices": []},
        {"kind": "choice", "choices": [CHOICES[0], CHOICES[0]]},
        {"kind": "scale", "maximum": 0},
        {"kind": "tally", "interval_seconds": None},
        {"kind": "count", "interval_seconds": 30},
    ],
)
def test_an_item_that_does_not_fit_its_kind_is_no_item(shape: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        item(**shape)


@pytest.mark.parametrize(
    ("expression", "answers", "told"),
    [
        ({"op": "is", "item": "a", "value": "yes"}, {"a": "yes"}, True),
        ({"op": "is", "item": "a", "value": "not_observed"}, {"a": "not_observed"}, True),
        ({"op": "is", "item": "a", "value": "yes"}, {}, False),
        ({"op": "includes", "item": "a", "value": "x"}, {"a": "w x"}, True),
        ({"op": "includes", "item": "a", "value": "x"}, {"a": "xx"}, False),
        ({"op": "at_least", "item": "a", "number": 3}, {"a": "3"}, True),
        ({"op": "at_most", "item": "a", "number": 3}, {"a": "not_observed"}, False),
        ({"op": "answered", "item": "a"}, {"b": "1"}, False),
        ({"op": "not", "of": [{"op": "answered", "item": "a"}]}, {}, True),
        ({"op": "all", "of": [{"op": "answered", "item": "a"}, {"op": "answered", "item": "b"}]}, {"a": "1"}, False),
        ({"op": "any", "of": [{"op": "answered", "item": "a"}, {"op": "answered", "item": "b"}]}, {"a": "1"}, True),
    ],
)
def test_relevance(expression: dict[str, Any], answers: dict[str, str], told: bool) -> None:
    read = EXPRESSION.validate_python(expression)
    assert holds(read, answers) is told
    assert items_of(read) <= {"a", "b"}
    assert EXPRESSION.dump_python(read, mode="json") == expression


def test_relevance_may_only_ask_for_items_that_are_there() -> None:
    one = item("observed", relevance={"op": "answered", "item": "gone"})
    with pytest.raises(ValidationError, match="gone"):
        Instrument.model_validate(
            {"key": "k", "version": 1, "title": TEXT, "description": TEXT, "items": [one.model_dump()]}
        )
