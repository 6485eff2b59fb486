"""PostgreSQL hands out of a stored body what its contract tells, and no word beside it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from services.rounds.capture.events import Content, EvidenceAmended, EvidenceRecorded, LookForRated, Receipt, Visit
from services.rounds.publish import PUBLISH
from shared.database import Database
from shared.messages import Event
from shared.published_log import Picked
from shared.stored_words import body_sql

_ID = UUID(int=7)
_VISIT = Visit(
    round_id=_ID, school_id=_ID, slot_id=_ID, classroom_id=_ID, observer_id=_ID,
    grade_band='3-5 "a" \\ ñ %s', subject="mathematics", day=date(2026, 10, 7),
)  # fmt: skip
_NOON = datetime(2026, 10, 7, 12, tzinfo=UTC)
_RECEIPT = Receipt(client_id=_ID, device_id=None, device_time=_NOON, received_at=_NOON)
_CONTENT = Content(
    words="Zebra words.", minute=3, core_element="task", focus_question_ids=(_ID,),
    look_for_ids=("it's", '"quoted"'), judgmental=False,
)  # fmt: skip
_STATEMENT = {"statement_id": _ID, "visit": _VISIT, "content": _CONTENT, "receipt": _RECEIPT}
EVENTS: list[Event] = [
    EvidenceRecorded(**_STATEMENT, origin="capture"),
    EvidenceAmended(**_STATEMENT, revision=2),
    LookForRated(
        rating_id=_ID, visit=_VISIT, look_for_id="%L", kind="choice", value="some\nlines", receipt=_RECEIPT,
        origin="capture",
    ),
]  # fmt: skip


async def given_out(db: Database, event_type: str, version: int, data: dict[str, Any]) -> str:
    picked = [t for t in PUBLISH.values() if isinstance(t, Picked) and t.shape is not None]
    body = body_sql((t.kind.event_type(), t.kind.schema_version, t.shape) for t in picked if t.shape is not None)
    async with db.system() as conn:
        words = await conn.fetchval(
            f"select {body} from (select $1::text as type, $2::int as schema_version, $3::jsonb as data) as p",
            event_type,
            version,
            json.dumps(data),
        )
    return str(words)


@pytest.mark.parametrize("event", EVENTS, ids=lambda e: e.event_type())
async def test_the_contract_is_made_of_what_is_given_out_as_of_the_whole(db: Database, event: Event) -> None:
    translation, data = PUBLISH[event.event_type()], event.model_dump(mode="json")
    assert isinstance(translation, Picked)
    words = await given_out(db, event.event_type(), event.schema_version, data)
    told = translation.body(event.schema_version, words.encode())
    assert told is not None
    whole = translation.body(event.schema_version, json.dumps(data).encode())
    assert whole is not None
    assert json.loads(told) == json.loads(whole)
    assert "Zebra" not in words
    assert "received_at" not in words
    assert "\n" not in words


@pytest.mark.parametrize("event", EVENTS, ids=lambda e: e.event_type())
@pytest.mark.parametrize("lacking", ["visit", "receipt"])
async def test_a_body_of_another_shape_is_not_taken_for_one(db: Database, event: Event, lacking: str) -> None:
    translation, data = PUBLISH[event.event_type()], event.model_dump(mode="json")
    del data[lacking]
    assert isinstance(translation, Picked)
    words = await given_out(db, event.event_type(), event.schema_version, data)
    assert translation.bodies(event.schema_version, words) == [None], "it goes the long way"


async def test_other_types_and_versions_are_given_out_whole(db: Database) -> None:
    data = {"words": "Zebra words.", "visit": {}}
    assert json.loads(await given_out(db, "SlotNotesSubmitted", 1, data)) == data
    assert json.loads(await given_out(db, "EvidenceRecorded", EvidenceRecorded.schema_version + 1, data)) == data


def test_a_name_that_could_end_a_literal_is_refused() -> None:
    with pytest.raises(ValueError, match="no name"):
        body_sql([("It's", 1, next(t.shape for t in PUBLISH.values() if isinstance(t, Picked) and t.shape))])
