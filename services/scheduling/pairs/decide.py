"""Two people have one rule between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from uuid import UUID

from services.scheduling.pairs.commands import RemovePair, SetPair
from services.scheduling.pairs.events import EVENTS, PairRemoved, PairSet
from shared.decider import Decider
from shared.errors import NotFound, Refused
from shared.messages import Event
from shared.said import say

Pairs = Mapping[UUID, PairSet]


def decide(command: SetPair | RemovePair, state: Pairs) -> Sequence[Event]:
    if isinstance(command, RemovePair):
        if command.pair_id not in state:
            raise NotFound(say("refusals.no_pair"), where="pair_id")
        return [PairRemoved(pair_id=command.pair_id)]
    if command.person_a == command.person_b:
        raise Refused("pair_of_one", say("refusals.two_people"), mend=say("refusals.other_person"), where="person_b")
    for other in state.values():
        if other.pair_id != command.pair_id and {other.person_a, other.person_b} == {
            command.person_a,
            command.person_b,
        }:
            raise Refused(
                "pair_taken",
                say("refusals.pair_already"),
                mend=say("refusals.remove_first"),
                where="person_b",
            )
    first, second = sorted((command.person_a, command.person_b))
    made = PairSet(pair_id=command.pair_id, person_a=first, person_b=second, kind=command.kind)
    return [] if state.get(command.pair_id) == made else [made]


def evolve(state: Pairs, event: Event) -> Pairs:
    held = dict(state)
    match event:
        case PairSet():
            held[event.pair_id] = event
        case PairRemoved():
            held.pop(event.pair_id, None)
    return MappingProxyType(held)


pairs: Decider[SetPair | RemovePair, Pairs] = Decider(MappingProxyType({}), decide, evolve, EVENTS)


def stream(district_id: object) -> str:
    return f"pairs-{district_id}"
