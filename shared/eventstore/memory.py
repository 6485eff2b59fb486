"""The event store in memory: for unit tests of deciders and handlers, and to hold the contract honest."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from shared.eventstore.port import ANY_VERSION, NewEvent, WrongVersion
from shared.messages import AppendResult, CommandContext, Meta, StoredEvent, utc_now


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
        if ids and all(i in self._ids for i in ids):
            return AppendResult(self._ids[ids[-1]].version, ids, duplicate=True)
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
