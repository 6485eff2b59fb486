"""The newest state of each round, folded from its seldom events. Pure."""

from __future__ import annotations

from dataclasses import astuple, dataclass, replace
from datetime import date
from uuid import UUID

from services.reporting.projections.school_patterns.fold import Parsed
from services.rounds.contract import (
    RoundOpened,
    RoundWithdrawn,
    StageOpened,
    SynthesisClosed,
)
from shared.messages import ContractEvent


@dataclass(frozen=True, slots=True)
class Round:
    """Field order is the order of the table's columns."""

    district_id: UUID
    round_id: UUID
    school_id: UUID
    day: date | None = None
    facilitator_id: UUID | None = None
    instrument: str | None = None
    instrument_version: int | None = None
    slots_planned: int = 0
    observers_planned: int = 0
    stage: str = "prepare"
    withdrawn: bool = False
    closed: bool = False
    log_seq: int = 0

    def row(self) -> tuple[object, ...]:
        return astuple(self)


def evolve(held: Round | None, published: Parsed, event: ContractEvent) -> Round:
    round_id: UUID = getattr(event, "round_id")  # noqa: B009  # the caller sends events of rounds
    school_id: UUID = getattr(event, "school_id")  # noqa: B009  # and each names its school
    now = replace(held or Round(published.district_id, round_id, school_id), log_seq=published.log_seq)
    match event:
        case RoundOpened():  # and RoundReplanned: the whole of the plan
            return replace(
                now,
                school_id=event.school_id,
                day=event.day,
                facilitator_id=event.facilitator_id,
                instrument=event.instrument,
                instrument_version=event.instrument_version,
                slots_planned=event.slots_planned,
                observers_planned=len(event.observer_ids),
                withdrawn=False,
            )
        case RoundWithdrawn():
            return replace(now, withdrawn=True)
        case StageOpened():
            return replace(now, stage=event.stage)
        case SynthesisClosed():
            return replace(now, closed=True)
        case _:
            return now
