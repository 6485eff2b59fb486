"""How work on a plan ends is told in the reader's language."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from services.scheduling.plans import notes

PLANS = json.loads((Path(__file__).parents[3] / "shared" / "catalogue" / "plans.json").read_text("utf-8"))


@pytest.mark.parametrize(
    "sentence",
    [
        notes.STOPPED,
        notes.NOTHING_FOUND,
        notes.UNREADABLE,
        notes.ENDED_BADLY,
        notes.BEST_OF_BAD_ENDS,
        notes.OUT_OF_TIME,
        f"{notes.OUT_OF_MEMORY} than 3000 MB and was ended; its best is kept.",
        f"{notes.CRASHED} (exit code -9).",
    ],
)
def test_each_end_has_its_words_in_both_languages(sentence: str) -> None:
    code = notes.code_of(sentence)
    words = PLANS[f"note.{code}"]
    assert words["es"] != words["en"]
    assert words["en"][:20] == sentence[:20]


def test_every_word_of_the_catalogue_is_of_an_end_that_there_is() -> None:
    known = {f"note.{code}" for code in (*notes.WHOLE.values(), *notes.BEGINNINGS.values())}
    assert {key for key in PLANS if key.startswith("note.")} == known


def test_another_sentence_stays_as_it_was_said() -> None:
    assert notes.code_of("The planning data are wrong.") is None
    assert notes.code_of(None) is None
