"""From stored JSON to typed events: old shapes are lifted by pure dict -> dict steps, one version each."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from shared.messages import Event, StoredEvent

Step = Callable[[dict[str, Any]], dict[str, Any]]
_STEPS: dict[tuple[str, int], Step] = {}


def upcaster(event_type: str, from_version: int) -> Callable[[Step], Step]:
    """Registers the step that lifts `event_type` from `from_version` to the next."""

    def register(step: Step) -> Step:
        if (event_type, from_version) in _STEPS:
            raise ValueError(f"two upcasters for {event_type} version {from_version}")
        _STEPS[event_type, from_version] = step
        return step

    return register


class UnknownEvent(Exception):
    """The log holds a type or a version that this code does not know: newer code wrote it."""


class EventCodec:
    """Decodes the stored events of one family of types."""

    def __init__(self, types: Iterable[type[Event]]) -> None:
        self._types = {t.event_type(): t for t in types}
        self._present = {
            (name, t.schema_version): t.__pydantic_validator__.validate_json for name, t in self._types.items()
        }

    def decode(self, stored: StoredEvent) -> Event:
        present = self._present.get((stored.type, stored.schema_version))
        if present is not None:
            event: Event = present(stored.data)
            return event
        kind = self._types.get(stored.type)
        if kind is None:
            raise UnknownEvent(f"{stored.type} in {stored.stream}")
        if stored.schema_version > kind.schema_version:
            raise UnknownEvent(f"{stored.type} version {stored.schema_version} in {stored.stream}")
        body = json.loads(stored.data)
        for version in range(stored.schema_version, kind.schema_version):
            step = _STEPS.get((stored.type, version))
            if step is None:
                raise UnknownEvent(f"no step lifts {stored.type} from version {version}")
            body = step(body)
        return kind.model_validate(body)
