"""What the web takes from Python: the API's documents, and the words that both share."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from services.openapi import SERVICES, stale

CATALOGUE = Path(__file__).resolve().parents[2] / "shared" / "catalogue"
AREAS = sorted(p.stem for p in CATALOGUE.glob("*.json"))


def test_the_kept_openapi_documents_are_what_the_services_say() -> None:
    assert stale() == [], "run `make types` and commit"
    assert SERVICES == ("identity", "scheduling", "rounds", "reporting")


@pytest.mark.parametrize("area", AREAS)
def test_every_text_is_there_in_both_languages_with_the_same_placeholders(area: str) -> None:
    entries = json.loads((CATALOGUE / f"{area}.json").read_text("utf-8"))

    assert entries
    for key, texts in entries.items():
        assert set(texts) == {"en", "es"}, key
        assert all(text.strip() == text and text for text in texts.values()), key
        english, spanish = (set(re.findall(r"\{(\w+)\}", texts[language])) for language in ("en", "es"))
        assert english == spanish, key


@pytest.mark.parametrize("area", AREAS)
def test_no_text_is_there_twice(area: str) -> None:
    keys = [key for key, _ in json.loads((CATALOGUE / f"{area}.json").read_text("utf-8"), object_pairs_hook=list)]

    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("area", AREAS)
def test_a_plural_has_both_its_forms(area: str) -> None:
    keys = set(json.loads((CATALOGUE / f"{area}.json").read_text("utf-8")))

    assert {k.removesuffix("_one") for k in keys if k.endswith("_one")} == {
        k.removesuffix("_other") for k in keys if k.endswith("_other")
    }
