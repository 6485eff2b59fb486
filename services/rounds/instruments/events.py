"""The storage format of `instrument-<district>-<key>`. A document is kept as the JSON text that it was."""

from __future__ import annotations

from uuid import UUID

from shared.messages import Event


class InstrumentDrafted(Event):
    """The whole draft after a change; it may lack things still. `source`: "editor", or the file it came from."""

    key: str
    by: UUID
    draft: str
    source: str = "editor"


class InstrumentPublished(Event):
    """A version, for ever."""

    key: str
    version: int
    by: UUID
    document: str


EVENTS: tuple[type[Event], ...] = (InstrumentDrafted, InstrumentPublished)
