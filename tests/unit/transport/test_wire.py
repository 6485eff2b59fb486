"""Events keep every field on the wire, and subjects stay one token per part."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from shared.batch import columns, joined, nothing
from shared.log_page import PAGE_BYTES, decode_page, encode_page
from shared.messages import PublishedEvent
from shared.wire import (
    envelope,
    headed,
    header_lines,
    headers_of,
    published_event,
    read_event,
    subject,
    subject_token,
)

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=40)
EVENTS = st.builds(
    PublishedEvent,
    service=st.just("rounds"),
    log_seq=st.integers(1, 2**53),
    event_id=st.uuids(),
    type=st.sampled_from(["EvidenceRecorded", "RoundReleased"]),
    schema_version=st.integers(1, 9),
    stream=WORDS,
    version=st.integers(1, 10_000),
    district_id=st.uuids(),
    recorded_at=st.datetimes(timezones=st.just(UTC)),
    data=st.binary(min_size=1, max_size=200),
    correlation_id=st.none() | st.uuids(),
    traceparent=st.none() | st.just("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
)


@given(EVENTS)
def test_headers_keep_every_field(event: PublishedEvent) -> None:
    assert published_event("rounds", headers_of(event), event.data) == event


@given(EVENTS)
def test_reading_the_envelope_alone_gives_the_same_event(event: PublishedEvent) -> None:
    lines = header_lines(event) + "Nats-Batch-Id: b\r\nNats-Batch-Sequence: 1\r\n"
    assert published_event("rounds", envelope(lines), event.data) == event
    assert read_event("rounds", lines, event.data) == event


def test_headers_of_others_are_read_in_full() -> None:
    assert envelope("Through: 7\r\nFull:1\r\n\r\n") == {"Through": "7", "Full": "1"}


@given(st.lists(EVENTS, min_size=1, max_size=5))
def test_a_page_of_the_log_keeps_every_event(events: list[PublishedEvent]) -> None:
    page, count = encode_page(events)
    assert count == len(events)
    assert list(decode_page("rounds", page)) == events


@given(st.lists(EVENTS, min_size=1, max_size=5))
def test_the_headers_of_a_batch_are_those_of_its_events(events: list[PublishedEvent]) -> None:
    batch = decode_page("rounds", encode_page(events)[0])
    own = "00-0af7651916cd43dd8448eb211c80319c-1111111111111111-01"
    assert headed(batch, "7", lambda _: own) == [
        (subject("rounds", "7", e.type, e.stream), header_lines(e, own if e.traceparent else None)) for e in events
    ]


@given(EVENTS)
def test_no_header_can_break_out_of_its_line(event: PublishedEvent) -> None:
    assert not any(c in value for value in headers_of(event).values() for c in "\r\n")


@given(WORDS)
def test_a_stream_name_is_one_subject_token_without_wildcards(name: str) -> None:
    token = subject_token(name)
    assert token
    assert not any(c in token for c in ".*> \t\r\n\x7f")
    assert token.isascii()
    assert subject("rounds", "0", "RoundReleased", name).count(".") == 4


@given(WORDS, WORDS)
def test_different_streams_have_different_tokens(one: str, other: str) -> None:
    assert (subject_token(one) == subject_token(other)) is (one == other)


def test_a_page_is_bounded_in_bytes_but_never_empty() -> None:
    def big(n: int, size: int) -> PublishedEvent:
        return PublishedEvent(
            "rounds", n, UUID(int=n), "T", 1, "s-1", n, UUID(int=0), datetime(2026, 1, 1, tzinfo=UTC), b"x" * size
        )

    page, count = encode_page([big(n, 1000) for n in range(1, 2001)])
    assert count < 2000
    assert len(page) <= PAGE_BYTES
    assert encode_page([big(1, PAGE_BYTES + 1)])[1] == 1


@given(st.lists(EVENTS, min_size=1, max_size=5), st.lists(EVENTS, min_size=1, max_size=5))
def test_batches_of_a_log_are_its_events_however_they_are_read(
    some: list[PublishedEvent], more: list[PublishedEvent]
) -> None:
    batch = joined([decode_page("rounds", encode_page(events)[0]) for events in (some, more)])
    events = some + more
    assert list(batch) == events
    assert (batch[0], batch[-1], batch[1:]) == (events[0], events[-1], events[1:])
    assert [list(column) for column in columns(batch)] == [list(column) for column in columns(events)]


def test_nothing_is_a_batch_too() -> None:
    assert list(nothing("rounds")) == []
