"""Events keep every field on the wire, and subjects stay one token per part."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from struct import pack
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from shared.batch import columns, joined, nothing
from shared.log_page import PAGE_BYTES, Columns, as_batch, decode_page, encode_page, fits
from shared.messages import PublishedEvent
from shared.wire import (
    WireClient,
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


_HEAD = b"NATS/1.0\r\nLog-Seq: 1\r\n\r\n"
_KINDS = {
    "taken": b"HMSG in.box 7 $JS.ACK.1 %d %d\r\n%swords\r\n" % (len(_HEAD), len(_HEAD) + 5, _HEAD),
    "taken, no reply": b"HMSG in.box 7 %d %d\r\n%s\r\n" % (len(_HEAD), len(_HEAD), _HEAD),
    "taken, plain": b"MSG in.box 7 5\r\nhello\r\n",
    "other": b"HMSG else 3 %d %d\r\n%sHMSG a 7 1 1\r\n\r\n" % (len(_HEAD), len(_HEAD) + 14, _HEAD),
    "other, plain": b"MSG else 3 reply 5\r\nhello\r\n",
    "ok": b"+OK\r\n",
}
_GIVES = {
    "taken": (b"$JS.ACK.1", _HEAD, b"words"),
    "taken, no reply": (b"", _HEAD, b""),
    "taken, plain": (b"", b"", b"hello"),
}


@given(st.lists(st.sampled_from(sorted(_KINDS)), max_size=20), st.lists(st.integers(1, 200), max_size=40))
def test_what_is_taken_comes_whole_and_in_order_wherever_reads_cut_it(kinds: list[str], cuts: list[int]) -> None:
    client = WireClient()
    got: list[tuple[bytes, bytes, bytes]] = []
    client.taken[7] = lambda reply, head, data: got.append((reply, head, data))
    stream = b"".join(_KINDS[kind] for kind in kinds)

    async def read() -> None:
        rest = stream
        for cut in cuts:
            await client._ps.parse(rest[:cut])
            rest = rest[cut:]
        await client._ps.parse(rest)

    asyncio.run(read())
    assert got == [_GIVES[kind] for kind in kinds if kind in _GIVES]
    assert client.stats["in_msgs"] == sum(kind.startswith("other") for kind in kinds)


def test_a_take_that_raises_is_told_and_the_next_message_comes() -> None:
    client = WireClient()
    told: list[Exception] = []
    got: list[bytes] = []

    async def tell(error: Exception) -> None:
        told.append(error)

    def take(_reply: bytes, _head: bytes, data: bytes) -> None:
        if not got:
            got.append(data)
            raise ValueError(data)
        got.append(data)

    client.taken[7], client._error_cb = take, tell
    asyncio.run(client._ps.parse(_KINDS["taken"] * 2))
    assert (got, [str(e) for e in told]) == ([b"words", b"words"], ["b'words'"])


def test_a_page_without_ids_is_cut_as_one_with_them_is() -> None:
    told = Columns(
        log_seqs=pack(">3q", 1, 2, 3), districts=UUID(int=1).bytes * 3, times=pack(">3q", 7, 8, 9),
        kinds=[("Counted", 1)], kind_of=[0, 0, 0], sizes=[10, 10, 10],
    )  # fmt: skip
    assert fits(told, 10_000) == 3
    most = fits(told, 700)
    assert most == 2
    batch = as_batch("rounds", told.chosen(range(most)), [b"{}", b"{}"])
    assert (list(batch.log_seqs), list(batch.times), list(batch.types)) == ([1, 2], [7, 8], ["Counted"] * 2)
