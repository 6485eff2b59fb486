"""Reading the log: all events of all streams in their final order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from shared.messages import StoredEvent


class LogCursor(NamedTuple):
    """The place behind an event. Both parts are needed: see read_log.sql."""

    xid: int = 0
    position: int = 0


START = LogCursor()


@dataclass(frozen=True, slots=True)
class LogPage:
    """`cursor` stands behind the last event that was looked at, also when no type asked for was among
    them. `at_end`: nothing more is final at this moment."""

    events: list[StoredEvent]
    cursor: LogCursor
    at_end: bool
