"""What is known of a debrief."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from uuid import UUID

from services.rounds.debrief.events import Commitment, PatternNamed, RoundReleased
from services.rounds.follow_up.state import FollowUp
from services.rounds.rounds.events import Stage


@dataclass(frozen=True, slots=True)
class DebriefState:
    """`stage` is None until describe is opened: the round's own stream tells the stages before."""

    stage: Stage | None = None
    challenged: Mapping[UUID, str | None] = field(default_factory=lambda: MappingProxyType({}))
    admitted: frozenset[UUID] = frozenset()
    patterns: Mapping[UUID, PatternNamed] = field(default_factory=lambda: MappingProxyType({}))
    predictions: tuple[str, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    closed: bool = False
    releases: tuple[RoundReleased, ...] = ()
    follow_up: FollowUp = field(default_factory=FollowUp)
