"""A form changes a document by its parts; the text stays its author's otherwise, and says the same as the parts."""

from __future__ import annotations

import copy
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.rounds.lined_yaml import Unreadable
from services.rounds.protocols.edit import Edit, edited
from services.rounds.protocols.library import texts
from services.rounds.protocols.model import Protocol
from services.rounds.protocols.read import problems, read_parts
from shared.errors import Invalid

PEER = texts()["peer-observation", 1]
DOCUMENTS = sorted(texts().values())


@pytest.mark.parametrize("named", list(texts()), ids=lambda n: n[0])
def test_a_document_that_nothing_is_changed_in_keeps_every_character(named: tuple[str, int]) -> None:
    assert edited(texts()[named], []) == texts()[named]


def test_one_change_is_one_line_of_the_text() -> None:
    changed = edited(PEER, [Edit(do="set", at=("stages", 1, "title", "en"), value="Look, listen: write")])
    lines = [(a, b) for a, b in zip(PEER.splitlines(), changed.splitlines(), strict=True) if a != b]
    assert lines == [
        ("    title: {en: Observe, es: Observar}", "    title: {en: 'Look, listen: write', es: Observar}"),
    ]
    assert isinstance(problems(changed), Protocol)


def test_a_field_is_added_moved_and_taken_away_and_the_document_still_reads() -> None:
    field = {"id": "why", "kind": "text", "label": {"en": "Why?", "es": "¿Por qué?"}}
    more = edited(PEER, [Edit(do="insert", at=("artefacts", 0, "fields", 99), value=field)])
    read = problems(more)
    assert isinstance(read, Protocol)
    assert read.artefacts[0].fields[-1].id == "why"
    first = edited(more, [Edit(do="move", at=("artefacts", 0, "fields", 6), to=0)])
    assert isinstance(read := problems(first), Protocol)
    assert [f.id for f in read.artefacts[0].fields][:2] == ["why", "question"]
    assert plain(edited(first, [Edit(do="remove", at=("artefacts", 0, "fields", 0))])) == plain(PEER)


def test_a_list_that_the_document_lacks_begins_with_what_is_put_into_it() -> None:
    prompt = {"en": "One goal is enough.", "es": "Una meta basta."}
    read = problems(edited(PEER, [Edit(do="insert", at=("stages", 3, "prompts", 0), value=prompt)]))
    assert isinstance(read, Protocol)
    assert [p.en for p in read.stages[3].prompts] == ["One goal is enough."]


def test_a_change_that_does_not_fit_is_told_with_its_line() -> None:
    found = problems(edited(PEER, [Edit(do="move", at=("stages", 0), to=4)]))
    assert isinstance(found, list)
    assert all(p.line > 1 and p.where.startswith("stages/") for p in found)


def test_parts_that_are_not_there_and_texts_that_cannot_be_read_are_refused() -> None:
    for at in (("stages", 40, "title"), ("stages", "x"), ("title", 0), ("stages", -1), ("key", "x")):
        with pytest.raises(Invalid, match="no part"):
            edited(PEER, [Edit(do="remove", at=at)])
    with pytest.raises(Unreadable, match="Line 1"):
        edited("key: [", [Edit(do="set", at=("key",), value="x")])


@cache
def plain(text: str) -> Any:
    """Not to be changed: what was read once is handed out again."""
    return read_parts(text)[1]


def places(node: Any, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [p for k, v in inner for p in [(*at, k), *places(v, (*at, k))]]


def expected(document: Any, edit: Edit) -> Any:
    held = made = copy.deepcopy(document)
    *way, last = edit.at
    for step in way:
        held = held[step]
    match edit.do:
        case "set":
            held[last] = edit.value
        case "insert":
            held.insert(last, edit.value)
        case "remove":
            del held[last]
        case _:
            held.insert(min(edit.to, len(held) - 1), held.pop(last))
    return made


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufeff"), max_size=40)
VALUES = st.one_of(
    WORDS, st.booleans(), st.integers(-5, 500), st.lists(WORDS, max_size=3),
    st.fixed_dictionaries({"en": WORDS, "es": WORDS}),
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_whatever_is_changed_the_text_says_what_the_parts_say(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(DOCUMENTS))
    for _ in range(2):
        before = plain(text)
        assert before is not None
        at = data.draw(st.sampled_from(places(before)))
        kinds = ["set", "insert", "remove", "move"] if isinstance(at[-1], int) else ["set", "remove"]
        edit = Edit(
            do=data.draw(st.sampled_from(kinds)), at=at, value=data.draw(VALUES), to=data.draw(st.integers(0, 9))
        )  # type: ignore[arg-type]
        text = edited(text, [edit])
        assert plain(text) == expected(before, edit), edit
