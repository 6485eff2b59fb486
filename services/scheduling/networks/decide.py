"""Each network has a name of its own; a person may be in several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from uuid import UUID

from services.scheduling.networks.commands import RemoveNetwork, SetNetwork
from services.scheduling.networks.events import EVENTS, NetworkRemoved, NetworkSet
from shared.decider import Decider
from shared.errors import NotFound, Refused
from shared.messages import Event
from shared.said import say

Networks = Mapping[UUID, NetworkSet]


def decide(command: SetNetwork | RemoveNetwork, state: Networks) -> Sequence[Event]:
    if isinstance(command, RemoveNetwork):
        if command.network_id not in state:
            raise NotFound(say("refusals.no_network"), where="network_id")
        return [NetworkRemoved(network_id=command.network_id)]
    name = " ".join(command.name.split())
    for other in state.values():
        if other.network_id != command.network_id and other.name.casefold() == name.casefold():
            raise Refused(
                "network_name_taken",
                say("refusals.network_named", name=other.name),
                mend=say("refusals.another_name"),
                where="name",
            )
    made = NetworkSet(
        network_id=command.network_id,
        name=name,
        school_ids=tuple(sorted(set(command.school_ids))),
        person_ids=tuple(sorted(set(command.person_ids))),
    )
    return [] if state.get(command.network_id) == made else [made]


def evolve(state: Networks, event: Event) -> Networks:
    held = dict(state)
    match event:
        case NetworkSet():
            held[event.network_id] = event
        case NetworkRemoved():
            held.pop(event.network_id, None)
    return MappingProxyType(held)


networks: Decider[SetNetwork | RemoveNetwork, Networks] = Decider(MappingProxyType({}), decide, evolve, EVENTS)


def stream(district_id: object) -> str:
    return f"networks-{district_id}"
