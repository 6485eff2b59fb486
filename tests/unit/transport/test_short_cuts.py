"""What is made faster than by the ordinary way is the same."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from uuid import UUID, uuid5

from hypothesis import given
from hypothesis import strategies as st

from shared.eventstore.appending import meta_json
from shared.messages import CommandContext, derived_id, read_meta

IDS = st.uuids()
ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
TIMES = st.datetimes(datetime(1970, 1, 1), datetime(9000, 1, 1), timezones=ZONES)


@given(IDS, st.text(max_size=20))
def test_a_derived_id_is_the_standard_one(namespace: UUID, name: str) -> None:
    made = derived_id(namespace, name)
    assert made == uuid5(namespace, name)
    assert made.version == 5


@given(
    st.builds(
        CommandContext,
        district_id=IDS, actor_id=st.none() | IDS, command_id=IDS, correlation_id=st.none() | IDS,
        causation_id=st.none() | IDS, device_time=st.none() | TIMES, traceparent=st.none() | st.text(),
    )
)  # fmt: skip
def test_an_events_meta_says_what_its_command_knew(context: CommandContext) -> None:
    written = meta_json(context)
    told = read_meta(written.encode())
    assert told.correlation_id == (context.correlation_id or context.command_id)
    assert (told.command_id, told.actor_id, told.causation_id) == (
        context.command_id,
        context.actor_id,
        context.causation_id,
    )
    assert (told.device_time, told.traceparent) == (context.device_time, context.traceparent)
    assert None not in json.loads(written).values()
