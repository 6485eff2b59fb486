"""Names in free text, where students are letters: what the keyboard sees, and nothing that it does not."""

from __future__ import annotations

import json
from pathlib import Path

from services.rounds.cycles.names import named, names
from services.rounds.protocols.library import newest

GOLDEN = json.loads((Path(__file__).resolve().parents[2] / "contract" / "golden_names.json").read_text("utf-8"))


def test_the_server_sees_the_names_that_the_browser_sees() -> None:
    assert {sentence: list(names(sentence)) for sentence in GOLDEN} == GOLDEN


def test_each_free_text_is_looked_at_where_students_are_letters_and_none_elsewhere() -> None:
    protocol = newest()["lesson-study"]
    for artefact in protocol.artefacts:
        texts = [f for f in artefact.fields if f.kind in ("text", "words")]
        lists = [(f, g) for f in artefact.fields if f.kind == "items" for g in f.fields if g.kind in ("text", "words")]
        values = {f.id: "We asked Daniel." for f in texts} | {
            f.id: [{g.id: "", **{x.id: "Nobody." for x in f.fields}}, {g.id: "Then Daniel spoke."}] for f, g in lists
        }
        found = dict(named(protocol, artefact, values))
        assert set(found.values()) == {"Daniel"}, artefact.id
        assert {f.id for f in texts} <= set(found)
    journal = newest()["reflective-practice"]
    assert not list(named(journal, journal.artefacts[0], {f.id: "Daniel" for f in journal.artefacts[0].fields}))
