"""The event store in memory: for unit tests of deciders and handlers, and to hold the contract honest."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from uuid import UUID

from shared.errors import KeyReused
from shared.eventstore.log import LogCursor, LogPage
from shared.eventstore.port import ANY_VERSION, NewEvent, WrongVersion
from shared.messages import AppendResult, CommandContext, Meta, StoredEvent, utc_now
from shared.said import say


class MemoryEventStore:
    def __init__(self) -> None:
        self.log: list[StoredEvent] = []
        self._streams: dict[str, list[StoredEvent]] = {}
        self._ids: dict[UUID, StoredEvent] = {}

    async def append(
        self, stream: str, events: Sequence[NewEvent], *, expected: int, context: CommandContext
    ) -> AppendResult:
        ids = [e.event_id or context.event_id(n) for n, e in enumerate(events)]
        held = self._streams.get(stream, [])
        if held and held[0].district_id != context.district_id:
            raise PermissionError(f"{stream} belongs to another district")
        if not events:
            raise ValueError("an append without events")
        known = [self._ids.get(i) for i in ids]
        if any(known):
            same = [
                k is not None and (k.stream, k.type, json.loads(k.data)) == (stream, e.type, json.loads(e.data))
                for k, e in zip(known, events, strict=True)
            ]
            if not all(same):
                raise KeyReused(say("errors.id_used"))
            return AppendResult(max(k.version for k in known if k is not None), ids, duplicate=True)
        if expected not in (ANY_VERSION, len(held)):
            raise WrongVersion(stream, expected, len(held))
        meta = Meta(
            correlation_id=context.correlation_id or context.command_id,
            causation_id=context.causation_id,
            actor_id=context.actor_id,
            command_id=context.command_id,
            device_time=context.device_time,
            traceparent=context.traceparent,
        )
        now = utc_now()
        stored = [
            StoredEvent(i, stream, len(held) + n, e.type, e.schema_version, context.district_id, e.data, meta, now)
            for n, (i, e) in enumerate(zip(ids, events, strict=True), start=1)
        ]
        self._streams[stream] = [*held, *stored]
        self.log.extend(stored)
        self._ids.update({e.event_id: e for e in stored})
        return AppendResult(len(held) + len(stored), ids)

    async def read_stream(self, stream: str, district_id: UUID, *, after: int = 0) -> list[StoredEvent]:
        return [e for e in self._streams.get(stream, []) if e.version > after and e.district_id == district_id]

    async def read_log(self, cursor: LogCursor, limit: int = 500, types: Collection[str] | None = None) -> LogPage:
        """As the PostgreSQL store does; the place in the list stands for the position."""
        page = self.log[cursor.position : cursor.position + limit]
        wanted = [e for e in page if types is None or e.type in types]
        return LogPage(wanted, LogCursor(0, cursor.position + len(page)), at_end=len(page) < limit)
