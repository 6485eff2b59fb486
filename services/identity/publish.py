"""From private facts to what other services may know. Accounts stay here; roles and settings are told."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from services.identity import contract
from services.identity.accounts.events import EVENTS as ACCOUNT_EVENTS
from services.identity.districts.events import EVENTS as DISTRICT_EVENTS
from shared.messages import ContractEvent, StoredEvent
from shared.upcasting import EventCodec

_codec = EventCodec((*DISTRICT_EVENTS, *ACCOUNT_EVENTS))


def _same_named(stored: StoredEvent) -> ContractEvent:
    event = _codec.decode(stored)
    kind = {published.event_type(): published for published in contract.PUBLISHED}[event.event_type()]
    return kind.model_validate(event.model_dump())


PUBLISH: Mapping[str, Callable[[StoredEvent], ContractEvent]] = {
    "DistrictRegistered": _same_named,
    "DistrictSettingsChanged": _same_named,
    "RoleGranted": _same_named,
    "RoleRevoked": _same_named,
    "AccountErased": _same_named,
}
