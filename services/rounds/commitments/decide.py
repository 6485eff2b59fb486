"""The rules of commitments: a person's own, with a day; looked at again as often as they like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from types import MappingProxyType
from uuid import UUID

from services.rounds.commitments.commands import Commit, CommitmentCommand, Revisit
from services.rounds.commitments.events import EVENTS, CommitmentMade, CommitmentRevisited
from shared.decider import Decider
from shared.errors import NotFound, Refused
from shared.messages import Event
from shared.said import say

LONGEST = timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True)
class CommitmentsState:
    made: Mapping[UUID, CommitmentMade] = field(default_factory=lambda: MappingProxyType({}))
    looks: Mapping[UUID, tuple[CommitmentRevisited, ...]] = field(default_factory=lambda: MappingProxyType({}))


def decide(command: CommitmentCommand, state: CommitmentsState) -> Sequence[Event]:
    match command:
        case Commit():
            if command.commitment_id in state.made:
                return []
            if not command.may:
                raise Refused("not_your_commitment", say("cycles.not_your_commitment"))
            if not command.today <= command.due_on <= command.today + LONGEST:
                raise Refused("commitment_undated", say("cycles.commitment_undated"), where="due_on")
            return [CommitmentMade(**command.model_dump(exclude={"today", "may"}))]
        case Revisit():
            held = state.made.get(command.commitment_id)
            if held is None:
                raise NotFound(say("cycles.no_commitment"))
            return [CommitmentRevisited(**dict(command), cycle_id=held.cycle_id)]


def evolve(state: CommitmentsState, event: Event) -> CommitmentsState:
    match event:
        case CommitmentMade():
            return replace(state, made=MappingProxyType({**state.made, event.commitment_id: event}))
        case CommitmentRevisited():
            looks = (*state.looks.get(event.commitment_id, ()), event)
            return replace(state, looks=MappingProxyType({**state.looks, event.commitment_id: looks}))
    return state


COMMITMENTS: Decider[CommitmentCommand, CommitmentsState] = Decider(CommitmentsState(), decide, evolve, EVENTS)
