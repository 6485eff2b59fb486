"""docs/figures.md names every definition, sentence, reason and certainty that the API can say."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from services.reporting.disclosure.rule import hidden_keys
from services.reporting.figures.intervals import METHOD, Certainty
from services.reporting.figures.tables import Definition
from services.reporting.releases.sentences import TEXTS

TEXT = (Path(__file__).parents[3] / "docs" / "figures.md").read_text("utf-8")


def test_each_definition_has_its_heading() -> None:
    assert {line.removeprefix("### ") for line in TEXT.splitlines() if line.startswith("### ")} == set(
        get_args(Definition)
    )


def test_each_key_is_named() -> None:
    for key in (*TEXTS, *hidden_keys(), *get_args(Certainty), METHOD):
        assert f"`{key}`" in TEXT, key
