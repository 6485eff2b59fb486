"""Which of an import's facts other services may know: schools, and who has which roles where."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from services.scheduling import contract
from services.scheduling.imports.events import EVENTS
from shared.messages import ContractEvent, StoredEvent
from shared.upcasting import EventCodec

_codec = EventCodec(EVENTS)


def _as(kind: type[ContractEvent]) -> Callable[[StoredEvent], ContractEvent]:
    def published(stored: StoredEvent) -> ContractEvent:
        return kind.model_validate(_codec.decode(stored).model_dump())

    return published


PUBLISH: Mapping[str, Callable[[StoredEvent], ContractEvent]] = {
    kind.event_type(): _as(kind)
    for kind in (contract.SchoolListed, contract.SchoolDelisted, contract.PersonListed, contract.PersonDelisted)
}
