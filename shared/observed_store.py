"""The event store, watched: append latency, conflicts, stream length, and a span per append."""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter

from shared import metrics, telemetry
from shared.database import Database
from shared.eventstore.port import NewEvent, WrongVersion
from shared.eventstore.store import PostgresEventStore
from shared.messages import AppendResult, CommandContext


class ObservedEventStore(PostgresEventStore):
    def __init__(self, db: Database, service: str) -> None:
        super().__init__(db)
        self._seconds = metrics.APPEND_SECONDS.labels(service)
        self._conflicts = metrics.CONFLICTS.labels(service)
        self._length = metrics.STREAM_LENGTH.labels(service)

    async def append(
        self, stream: str, events: Sequence[NewEvent], *, expected: int, context: CommandContext
    ) -> AppendResult:
        started = perf_counter()
        try:
            if telemetry.enabled():
                with telemetry.span("append", context.traceparent, {"stream": stream, "events": len(events)}):
                    result = await super().append(stream, events, expected=expected, context=context)
            else:
                result = await super().append(stream, events, expected=expected, context=context)
        except WrongVersion:
            self._conflicts.inc()
            raise
        self._seconds.observe(perf_counter() - started)
        self._length.observe(result.version)
        return result
