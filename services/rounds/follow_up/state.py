"""What is known of a follow-up: its day, and what was said of each commitment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from uuid import UUID

from services.rounds.follow_up.events import CommitmentsRevisited, FollowUpSet, Report


@dataclass(frozen=True, slots=True)
class Said:
    """One report, by whom and on which day."""

    report: Report
    by: UUID
    day: date


@dataclass(frozen=True, slots=True)
class FollowUp:
    """`said`: every report, by the commitment's number, oldest first."""

    day: date | None = None
    sequence: int = 0
    held: bool = False
    said: Mapping[int, tuple[Said, ...]] = field(default_factory=lambda: MappingProxyType({}))


def evolve(held: FollowUp, event: FollowUpSet | CommitmentsRevisited) -> FollowUp:
    match event:
        case FollowUpSet():
            return replace(held, day=event.day, sequence=event.sequence, held=False)
        case CommitmentsRevisited():
            said = dict(held.said)
            for report in event.reports:
                said[report.number] = (*said.get(report.number, ()), Said(report, event.by, event.day))
            return replace(held, held=held.held or event.held, said=MappingProxyType(said))
