"""The rule of trainings: the newest day counts; recording the same again changes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from services.rounds.trainings.commands import RecordTraining
from services.rounds.trainings.events import EVENTS, TrainingRecorded
from shared.decider import Decider
from shared.messages import Event

Trainings = Mapping[str, date]


def decide(command: RecordTraining, state: Trainings) -> Sequence[Event]:
    if command.training in state and state[command.training] >= command.day:
        return []
    return [TrainingRecorded(**dict(command))]


def evolve(state: Trainings, event: Event) -> Trainings:
    assert isinstance(event, TrainingRecorded)
    return MappingProxyType({**state, event.training: event.day})


_NONE: Trainings = MappingProxyType({})
TRAININGS: Decider[RecordTraining, Trainings] = Decider(_NONE, decide, evolve, EVENTS)
