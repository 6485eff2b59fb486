"""The port that both adapters fulfil; `tests/contract/event_store_contract.py` runs on each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol
from uuid import UUID

from shared.messages import AppendResult, CommandContext, Event, StoredEvent

ANY_VERSION = -1
"""Append whatever the stream's version is (facts that cannot conflict)."""


class NewEvent(NamedTuple):
    """An event that is decided and not yet stored. `data` is its JSON object in bytes."""

    type: str
    data: bytes
    schema_version: int = 1
    event_id: UUID | None = None  # None: derived from the command, `CommandContext.event_id(n)`

    @classmethod
    def of(cls, event: Event, event_id: UUID | None = None) -> NewEvent:
        return cls(event.event_type(), event.model_dump_json().encode(), event.schema_version, event_id)


class WrongVersion(Exception):
    """The stream is not at the expected version. Nothing was stored."""

    def __init__(self, stream: str, expected: int, actual: int) -> None:
        super().__init__(f"{stream} is at version {actual}, not {expected}")
        self.stream, self.expected, self.actual = stream, expected, actual


class EventStore(Protocol):
    """Streams of events, each belonging to one district; the sum of them in order is the log."""

    async def append(
        self, stream: str, events: Sequence[NewEvent], *, expected: int, context: CommandContext
    ) -> AppendResult:
        """Stores all of `events` or none, durably, as the next versions of `stream`.

        `expected` is the version that the caller saw (0: the stream is new), or ANY_VERSION. An event id
        that the store has already is a repetition: nothing is stored and `duplicate` is True.
        Raises WrongVersion; PermissionError when the stream belongs to another district.
        """
        ...

    async def read_stream(self, stream: str, district_id: UUID, *, after: int = 0) -> list[StoredEvent]:
        """The stream's events in order, versions > `after`; empty when there are none for the district."""
        ...
