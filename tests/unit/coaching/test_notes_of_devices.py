"""What a device adds to a note: which notes can be written there, and how parts of one come together."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.rounds.cycles import commands as c
from services.rounds.cycles.decide import CYCLE
from services.rounds.cycles.events import ArtefactWritten, TakenItem
from services.rounds.cycles.forms import added, for_devices
from services.rounds.cycles.writing import MOST_REVISIONS
from services.rounds.protocols.library import newest
from shared.errors import Refused, Stale
from shared.messages import Meta, StoredEvent, utc_now
from shared.upcasting import EventCodec
from tests.support.coaching import Walker

NOTES = next(a for a in newest()["peer-observation"].artefacts if a.id == "observation-notes")


def test_what_people_write_for_themselves_needs_no_network() -> None:
    able = {m: [a.id for a in newest()[m].artefacts if for_devices(a)] for m in newest()}
    assert able["peer-observation"] == ["observation-notes"]
    assert "case-notes" in able["lesson-study"]
    assert "lesson-plan" not in able["lesson-study"], "a team's plan is changed by version"
    assert "evidence" in able["growing-expertise"]
    assert "data-before" not in able["growing-expertise"]
    assert [a for a in able["reflective-practice"] if not a.startswith("journal-")] == []
    assert able["instructional-rounds"] == [], "a round's notes are the round's"


@given(st.lists(st.lists(st.text(min_size=1, max_size=5), max_size=3), max_size=5))
def test_however_lines_are_bundled_the_note_is_the_same(bundles: list[list[str]]) -> None:
    held: dict[str, Any] = {}
    for words in bundles:
        held = added(NOTES, held, {"notes": [{"minute": 1, "seen": w} for w in words]} if words else {})
    lines = [w for words in bundles for w in words]
    assert [n["seen"] for n in held.get("notes", [])] == lines


def item() -> TakenItem:
    now = utc_now()
    return TakenItem(client_id=uuid4(), device_id=uuid4(), seq=1, device_time=now, elapsed_seconds=None, sent_at=now,
                     received_at=now, skew_seconds=0)  # fmt: skip


def observing() -> Walker:
    walker = Walker(newest()["peer-observation"])
    walker.agree()
    walker.open("pre-conference")
    walker.write_everything()
    walker.open("observe")
    return walker


def test_a_note_is_taken_into_the_turn_that_it_was_written_in_and_once() -> None:
    walker = observing()
    _, observer = walker.people
    taken, note = item(), {"artefact_id": uuid4(), "artefact": NOTES.id, "stage": "observe", "turn": 1, "fields": "x"}
    walker.do(c.TakeNotes, observer, **note, ready=True, base_revision=0, taken=(taken,))
    walker.open("feedback-conference")
    with pytest.raises(Stale):
        walker.do(c.TakeNotes, observer, **note, ready=True, base_revision=1, taken=(taken,))
    with pytest.raises(Stale):
        walker.do(c.TakeNotes, observer, **note, ready=True, base_revision=0, taken=(item(),))
    walker.do(c.TakeNotes, observer, **note, ready=True, base_revision=1, taken=(item(),))
    held = walker.state.artefacts[note["artefact_id"]]  # type: ignore[index]
    assert (held.first.stage, held.newest.stage, held.newest.revision) == ("observe", "observe", 2)
    with pytest.raises(Refused) as refused:
        walker.do(c.TakeNotes, observer, **(note | {"artefact_id": uuid4(), "turn": 2}), ready=False,
                  base_revision=0, taken=(item(),))  # fmt: skip
    assert refused.value.code == "stage_not_open"


def test_a_page_that_a_device_handed_in_line_by_line_is_still_its_authors_to_change() -> None:
    walker = observing()
    _, observer = walker.people
    note = {"artefact_id": uuid4(), "artefact": NOTES.id, "fields": "x"}
    for n in range(MOST_REVISIONS + 1):
        walker.do(c.TakeNotes, observer, **note, stage="observe", turn=1, ready=False, base_revision=n, taken=(item(),))
    for n in range(MOST_REVISIONS):
        walker.do(c.WriteArtefact, observer, **note, ready=False, base_revision=MOST_REVISIONS + 1 + n)
    with pytest.raises(Refused) as refused:
        walker.do(c.WriteArtefact, observer, **note, ready=False, base_revision=2 * MOST_REVISIONS + 1)
    assert refused.value.code == "too_many_versions"


def test_what_was_written_before_devices_handed_in_notes_is_read() -> None:
    old = ArtefactWritten(cycle_id=uuid4(), artefact_id=uuid4(), artefact="focus", stage="s", turn=1, author_id=uuid4(),
                          revision=1, ready=True, fields="x")  # fmt: skip
    body = old.model_dump(mode="json")
    del body["taken"]
    stored = StoredEvent(
        uuid4(), "cycle-x", 1, "ArtefactWritten", 1, uuid4(), json.dumps(body).encode(), Meta(), utc_now()
    )
    assert EventCodec(CYCLE.events).decode(stored) == old
