"""The storage format of `protocol-<district>-<key>`: a district's own version of a protocol."""

from __future__ import annotations

from uuid import UUID

from shared.messages import Event


class ProtocolDrafted(Event):
    """The draft of the next version, whole, as its author wrote it."""

    key: str
    text: str
    by: UUID


class ProtocolPublished(Event):
    """A version that never changes again. Cycles that run on an earlier one stay there."""

    key: str
    version: int
    text: str
    by: UUID


EVENTS: tuple[type[Event], ...] = (ProtocolDrafted, ProtocolPublished)
