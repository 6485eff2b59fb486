"""The storage format of `terms-<district>`."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from shared.messages import Event


class TermSet(Event):
    """A term was added or changed; both days are in it."""

    term_id: UUID
    name: str
    starts_on: date
    ends_on: date


class TermRemoved(Event):
    term_id: UUID


EVENTS: tuple[type[Event], ...] = (TermSet, TermRemoved)
