"""The short way into the contract, field by field on the JSON, says what the long way through both models says."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, Literal
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.rounds.capture.events import Content, EvidenceAmended, EvidenceRecorded, LookForRated, Receipt, Visit
from services.rounds.publish import PUBLISH
from shared.messages import Event, Meta, StoredEvent, utc_now
from shared.published_log import Picked

IDS = st.uuids()
WORDS = st.text(min_size=1, max_size=20)
TIMES = st.datetimes(min_value=datetime(1970, 1, 2), timezones=st.timezones())  # before: offsets of odd seconds
VISITS = st.builds(
    Visit, round_id=IDS, school_id=IDS, slot_id=IDS, classroom_id=IDS, observer_id=IDS,
    grade_band=WORDS, subject=WORDS, day=st.dates(),
)  # fmt: skip
RECEIPTS = st.builds(Receipt, client_id=IDS, device_id=st.none() | IDS, device_time=TIMES, received_at=TIMES)
CONTENTS = st.builds(
    Content,
    words=WORDS,
    minute=st.integers(0, 90),
    core_element=st.sampled_from(["teacher", "student", "content", "task"]),
    focus_question_ids=st.lists(IDS, max_size=3).map(tuple),
    look_for_ids=st.lists(WORDS, max_size=3).map(tuple),
    judgmental=st.booleans(),
)
EVENTS: st.SearchStrategy[Event] = st.one_of(
    st.builds(EvidenceRecorded, statement_id=IDS, visit=VISITS, content=CONTENTS, receipt=RECEIPTS, origin=WORDS),
    st.builds(
        EvidenceAmended, statement_id=IDS, visit=VISITS, content=CONTENTS, receipt=RECEIPTS, revision=st.integers(1, 9)
    ),
    st.builds(
        LookForRated, rating_id=IDS, visit=VISITS, look_for_id=WORDS, value=WORDS, receipt=RECEIPTS,
        kind=st.sampled_from(["choice", "multi_choice", "count", "scale", "observed", "tally"]),
    ),
)  # fmt: skip


def picked(event_type: str) -> Picked:
    translation = PUBLISH[event_type]
    assert isinstance(translation, Picked)
    return translation


def stored(event: Event, data: bytes) -> StoredEvent:
    return StoredEvent(
        uuid4(), "s", 1, event.event_type(), event.schema_version, UUID(int=1), data, Meta(), utc_now()
    )  # fmt: skip


@given(EVENTS)
def test_the_picked_body_is_the_contract_model_of_the_event(event: Event) -> None:
    translation, data = picked(event.event_type()), event.model_dump_json().encode()
    body = translation.body(event.schema_version, data)
    assert body is not None
    long_way = translation(stored(event, data))
    assert type(long_way) is translation.contract
    assert json.loads(body) == json.loads(long_way.model_dump_json())


@given(EVENTS)
def test_what_the_contract_does_not_name_is_not_picked(event: Event) -> None:
    secret = "not for others"
    private: dict[str, Any] = event.model_dump(mode="json")
    private["visit"]["teacher"] = private["receipt"]["note"] = private["note"] = secret
    if "content" in private:
        private["content"] |= {"words": secret, "note": secret}
    body = picked(event.event_type()).body(event.schema_version, json.dumps(private).encode())
    assert body is not None
    assert secret.encode() not in body


@pytest.mark.parametrize("lacking", ["visit", "receipt", "origin"])
@given(EVENTS)
def test_another_shape_goes_the_long_way(lacking: Literal["visit", "receipt", "origin"], event: Event) -> None:
    private = event.model_dump(mode="json")
    translation = picked(event.event_type())
    assert translation.body(event.schema_version + 1, json.dumps(private).encode()) is None
    del private[lacking]
    assert translation.body(event.schema_version, json.dumps(private).encode()) is None
