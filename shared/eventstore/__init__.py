"""The event store: the port, the PostgreSQL adapter and the one in memory."""

from shared.eventstore.port import ANY_VERSION, EventStore, NewEvent, WrongVersion

__all__ = ["ANY_VERSION", "EventStore", "NewEvent", "WrongVersion"]
