"""A service's reactions, told events by the test itself instead of a transport."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from shared.messages import ContractEvent, PublishedEvent, utc_now
from shared.reactions import Handler


class Hearing:
    """Reactions register here as they do with `Reactions`; `tell` hands an event to the one that asked for it."""

    def __init__(self, district_id: UUID) -> None:
        self._district_id = district_id
        self._handlers: dict[type[ContractEvent], Handler[Any]] = {}

    def on(self, source: str, kind: type[ContractEvent], handler: Handler[Any], *, later: str | None = None) -> None:
        self._handlers[kind] = handler

    async def tell(self, event: ContractEvent, district_id: UUID | None = None) -> None:
        """`district_id`: another than the test's own."""
        published = PublishedEvent(
            "another service", 1, uuid4(), event.event_type(), event.schema_version, "a stream", 1,
            district_id or self._district_id, utc_now(), event.model_dump_json().encode(),
        )  # fmt: skip
        await self._handlers[type(event)](event, published)
