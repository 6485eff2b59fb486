"""The storage form that is written directly says what the model itself would say."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, get_args
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from services.rounds.capture.batch import Batch
from services.rounds.capture.commands import Delivery, StatementItem
from services.rounds.capture.decide import SlotFacts, TakeItem, decide
from services.rounds.capture.events import (
    Content,
    CoreElement,
    EvidenceAmended,
    EvidenceRecorded,
    Late,
    Receipt,
    Visit,
    unchecked,
)
from services.rounds.capture.forms import Forms
from services.rounds.capture.state import Notes
from services.rounds.capture.streams import ItemIds
from services.rounds.instruments.documents import shipped
from shared.messages import CommandContext

TIMES = st.datetimes(
    datetime(1971, 1, 1),
    datetime(8999, 1, 1),
    timezones=st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)
VISIT = Visit(
    round_id=uuid4(),
    school_id=uuid4(),
    slot_id=uuid4(),
    classroom_id=uuid4(),
    observer_id=uuid4(),
    grade_band='3-5 "upper"',
    subject="Español \\ ELA",
    day=date(2026, 11, 4),
)
LOOK_FORS = [i.id for d in shipped().values() for i in d.items]
CONTENTS = st.builds(
    Content,
    words=st.binary(max_size=80).map(lambda b: "s1." + b.hex()),
    minute=st.integers(0, 200),
    core_element=st.sampled_from(get_args(CoreElement)),
    focus_question_ids=st.lists(st.uuids(), max_size=3).map(tuple),
    look_for_ids=st.lists(st.sampled_from(LOOK_FORS), max_size=3).map(tuple),
    judgmental=st.booleans(),
    nudge=st.none() | st.sampled_from(["kept", "reworded"]),
)
DEVICE, SENT, RECEIVED = (
    uuid4(),
    datetime(2026, 11, 4, 14, 0, 3, 250_000, tzinfo=UTC),
    datetime(2026, 11, 4, tzinfo=UTC),
)
RECEIPTS = st.builds(
    Receipt,
    client_id=st.uuids(),
    device_id=st.just(DEVICE),
    seq=st.integers(1, 2**31 - 1),
    device_time=TIMES,
    elapsed_seconds=st.none() | st.integers(0, 10**9),
    sent_at=st.just(SENT),
    received_at=st.just(RECEIVED),
    skew_seconds=st.just(-1.25),
    late=st.none() | st.sampled_from(get_args(Late)),
)


@given(st.lists(st.tuples(st.uuids(), CONTENTS, RECEIPTS), min_size=1, max_size=3))
def test_a_recorded_statement_is_written_as_its_model_would(parts: list[tuple[Any, Content, Receipt]]) -> None:
    forms = Forms()
    for statement_id, content, receipt in parts:
        event = EvidenceRecorded(statement_id=statement_id, visit=VISIT, content=content, receipt=receipt)
        new = forms.new_event(event, uuid4())
        assert (new.type, new.schema_version) == ("EvidenceRecorded", 1)
        assert EvidenceRecorded.model_validate_json(new.data) == event
        assert json.loads(new.data).keys() == json.loads(event.model_dump_json()).keys()
        assert json.loads(new.data)["receipt"].keys() == json.loads(event.model_dump_json())["receipt"].keys()


@given(CONTENTS, RECEIPTS)
def test_an_event_put_together_unchecked_is_the_validated_one(content: Content, receipt: Receipt) -> None:
    fields = {"statement_id": uuid4(), "visit": VISIT, "content": content, "receipt": receipt, "origin": "capture"}
    made = unchecked(EvidenceRecorded, fields)
    assert made == EvidenceRecorded.model_validate(fields)
    assert made.model_dump_json() == EvidenceRecorded.model_validate(fields).model_dump_json()


@given(CONTENTS, RECEIPTS)
def test_other_events_go_the_ordinary_way(content: Content, receipt: Receipt) -> None:
    event = EvidenceAmended(statement_id=uuid4(), visit=VISIT, content=content, revision=1, receipt=receipt)
    assert EvidenceAmended.model_validate_json(Forms().new_event(event, uuid4()).data) == event


FOCUS_QUESTIONS = [uuid4(), uuid4()]
SLOT = SlotFacts(
    **VISIT.model_dump(exclude={"observer_id"}),
    minutes=45,
    observer_ids=frozenset({VISIT.observer_id}),
    focus_question_ids=frozenset(FOCUS_QUESTIONS),
    look_fors={i.id: i for d in shipped().values() for i in d.items},
)
ITEMS = st.builds(
    StatementItem,
    seq=st.integers(1, 2**31 - 1),
    client_id=st.uuids(),
    device_time=TIMES,
    elapsed_seconds=st.none() | st.integers(0, 10**9),
    slot_id=st.just(SLOT.slot_id),
    kind=st.just("statement"),
    words=st.text(min_size=1).filter(str.strip),
    minute=st.integers(0, 100),
    core_element=st.sampled_from(get_args(CoreElement)),
    focus_question_ids=st.lists(st.sampled_from(FOCUS_QUESTIONS), unique=True).map(tuple),
    look_for_ids=st.lists(st.sampled_from(LOOK_FORS), max_size=3, unique=True).map(tuple),
    nudge=st.none() | st.sampled_from(["kept", "reworded"]),
)


@given(st.lists(ITEMS, min_size=1, max_size=3), st.booleans(), st.none() | st.sampled_from(get_args(Late)))
def test_a_statement_written_from_its_item_is_the_one_decided(
    items: list[StatementItem], judgmental: bool, late: Late | None
) -> None:
    delivery = Delivery(DEVICE, SENT, tuple(items))
    context = CommandContext(uuid4(), VISIT.observer_id)
    batch = Batch(delivery, context, VISIT.observer_id, RECEIVED, -1.25, ItemIds(DEVICE, VISIT.observer_id))
    forms = Forms(batch.receipt_of(items[0], late))
    for item in items:
        receipt, sealed, new_id = batch.receipt_of(item, late), "s1.abc", uuid4()
        [event] = decide(TakeItem(item, new_id, SLOT, VISIT, receipt, sealed, judgmental), Notes())
        written = forms.statement(item, new_id, VISIT, sealed, judgmental=judgmental, late=late)
        assert EvidenceRecorded.model_validate_json(written) == event
        assert json.loads(written).keys() == json.loads(event.model_dump_json()).keys()
