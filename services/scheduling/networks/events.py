"""The storage format of `networks-<district>`."""

from __future__ import annotations

from uuid import UUID

from shared.messages import Event


class NetworkSet(Event):
    """A network was added or changed; the whole of it."""

    network_id: UUID
    name: str
    school_ids: tuple[UUID, ...]
    person_ids: tuple[UUID, ...]


class NetworkRemoved(Event):
    network_id: UUID


EVENTS: tuple[type[Event], ...] = (NetworkSet, NetworkRemoved)
