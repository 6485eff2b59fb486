"""A published version of an instrument never changes, and every item can be answered."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

import services.rounds.instruments as package
from services.rounds.contract import CORE_INSTRUMENT, SHIPPED_ANSWERS, SHIPPED_INSTRUMENTS
from services.rounds.instruments.documents import LookFor, shipped
from services.rounds.instruments.drafts import draft_of
from services.rounds.instruments.lacks import lacks
from services.rounds.instruments.relevance import NOT_APPLICABLE, NOT_OBSERVED

DOCUMENTS = Path(package.__file__).parent / "documents"
SHIPPED = {
    "instructional-core.v1.yaml": "b02828d636ccd55d410f333679b09e8d0fa8f5ce41a7ee9a0414913a77722176",
    "instructional-core.v2.yaml": "57b1baa369887fbae5079f344750f45797f6ded8ab46dca37f0617b9cf92fdf3",
    "ipg.v1.yaml": "e001b7d75b12e5dca82e3851a04c424909355125b8d4dde9e835587f124ec50d",
}


def test_every_shipped_version_is_as_it_was_published() -> None:
    found = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in DOCUMENTS.glob("*.yaml")}
    assert found == SHIPPED, "a published version never changes: add a new version instead"


def test_the_shipped_instruments_are_read() -> None:
    assert set(shipped()) == SHIPPED_INSTRUMENTS
    assert max(i for i in SHIPPED_INSTRUMENTS if i[0] == "instructional-core") == CORE_INSTRUMENT
    ipg = shipped()["ipg", 1].by_id
    assert {"1a", "1b", "1c", "2a", "2f", "3a", "3f", "overall", "culture"} <= set(ipg)


def test_what_a_shipped_look_for_offers_is_known_to_whoever_counts_its_answers() -> None:
    for document in shipped().values():
        offered = {
            i.id: frozenset(i.codes) or frozenset(map(str, range(i.minimum, (i.maximum or 0) + 1)))
            for i in document.items
            if i.kind in ("choice", "scale")
        }
        assert SHIPPED_ANSWERS[document.key] == offered, document.version


@pytest.mark.parametrize("item", [i for d in shipped().values() for i in d.items], ids=lambda i: i.id)
def test_not_observed_and_not_applicable_answer_every_item_and_are_never_zero(item: LookFor) -> None:
    assert item.answers(NOT_OBSERVED)
    assert item.answers(NOT_APPLICABLE)
    assert not item.answers("")
    if item.kind != "choice":
        assert item.answers(str(item.maximum))
        assert not item.answers(str((item.maximum or 0) + 1))


def test_every_group_of_the_note_taker_that_new_rounds_pin_has_a_name_in_both_languages() -> None:
    core = shipped()[CORE_INSTRUMENT]
    assert {i.group for i in core.items} == {g.id for g in core.groups}
    assert lacks(draft_of(core)) == []
    before = shipped()["instructional-core", 1]
    assert core.items == before.items, "what is asked stays: figures of both versions stand beside each other"
