from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class SetBoardPin:
    """`hosts_then`: the school hosts a round on that day already, so that it cannot be forbidden."""

    pin_id: UUID
    school_id: UUID
    day: date
    round_id: UUID | None
    hosts_then: bool = False


@dataclass(frozen=True, slots=True)
class FreeBoardPin:
    pin_id: UUID
