"""Tables that change in the transaction that appends the event."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID

from asyncpg import Connection

from shared.command_handler import Append
from shared.database import Database
from shared.eventstore.port import NewEvent
from shared.eventstore.store import PostgresEventStore
from shared.messages import AppendResult, CommandContext, Event

Project = Callable[[Connection, UUID, Event, int], Awaitable[None]]
"""Folds one new event, the stream's version after it, into tables of the same database."""


def with_tables(db: Database, store: PostgresEventStore, project: Project) -> Append:
    """Appends and folds into tables in one transaction: for tables that guard an invariant between
    streams. What `project` raises undoes the append."""

    async def append(stream: str, events: Sequence[Event], *, expected: int, context: CommandContext) -> AppendResult:
        async with db.writer(context.district_id) as conn:
            result = await store.append_in(
                conn, stream, [NewEvent.of(e) for e in events], expected=expected, context=context
            )
            if not result.duplicate:
                for version, event in enumerate(events, start=expected + 1):
                    await project(conn, context.district_id, event, version)
        return result

    return append
