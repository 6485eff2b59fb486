"""Wakes the pages that watch a round when the projection has committed something about it."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from uuid import UUID

from pydantic_core import from_json

from shared.messages import PublishedEvent
from shared.projections.runner import Applied


class Hub:
    """One per process. A watcher in a process that does not run the projection is woken by its own clock."""

    def __init__(self) -> None:
        self._watching: defaultdict[UUID, set[asyncio.Event]] = defaultdict(set)
        self.closed = False

    def on_applied(self, applied: Applied) -> None:
        if applied.source != "rounds" or not self._watching:
            return
        for round_id in {r for e in applied.events if (r := _round_of(e)) is not None} & self._watching.keys():
            for bell in self._watching[round_id]:
                bell.set()

    def close(self) -> None:
        """Ends every watch: the process stops."""
        self.closed = True
        for bells in self._watching.values():
            for bell in bells:
                bell.set()

    def watch(self, round_id: UUID) -> asyncio.Event:
        """A bell that rings at each change of the round. Give it back by `leave`."""
        bell = asyncio.Event()
        self._watching[round_id].add(bell)
        return bell

    def leave(self, round_id: UUID, bell: asyncio.Event) -> None:
        bells = self._watching[round_id]
        bells.discard(bell)
        if not bells:
            del self._watching[round_id]

    @property
    def watchers(self) -> int:
        return sum(len(bells) for bells in self._watching.values())


def _round_of(event: PublishedEvent) -> UUID | None:
    body = from_json(event.data)
    where = body.get("visit", body)
    return UUID(where["round_id"]) if "round_id" in where else None
