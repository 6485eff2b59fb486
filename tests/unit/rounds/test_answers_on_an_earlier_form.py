"""Which form an answer was given on: the one that the device told, or the newest that knows the answer."""

from __future__ import annotations

import pytest

from services.rounds.capture.earlier import given_on
from services.rounds.instruments.documents import Instrument

WORDS = {"en": "Words", "es": "Palabras"}


def a_form(version: int, *codes: str, key: str = "talk") -> Instrument:
    choices = [{"code": c, "label": WORDS} for c in codes]
    item = {"id": "how", "kind": "choice", "prompt": WORDS, "choices": choices}
    return Instrument.model_validate(
        {"key": key, "version": version, "title": WORDS, "description": WORDS, "items": [item]}
    )


FIRST, SECOND, OTHER = a_form(1, "one", "two"), a_form(2, "two", "three"), a_form(1, "four", "two", key="other")


@pytest.mark.parametrize(
    ("value", "told", "form"),
    [
        ("two", 1, FIRST),
        ("two", 2, SECOND),
        ("two", None, SECOND),
        ("one", None, FIRST),  # an older tablet tells no version
        ("not_observed", 1, FIRST),
        ("one", 2, FIRST),  # it cannot have been given there
        ("five", 1, None),
    ],
)
def test_an_answer_belongs_to_the_form_that_knew_it(value: str, told: int | None, form: Instrument | None) -> None:
    assert given_on("how", value, told, (FIRST, SECOND)) is form


def test_another_form_of_the_same_version_is_an_earlier_one_too() -> None:
    assert given_on("how", "one", 1, (FIRST, OTHER)) is FIRST
    assert given_on("how", "four", 1, (FIRST, OTHER)) is OTHER
    assert given_on("elsewhere", "one", 1, (FIRST, OTHER)) is None
