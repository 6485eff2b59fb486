"""The storage format of `pins-<district>`."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from shared.messages import Event


class BoardPinSet(Event):
    """`round_id`: this round stays on `day`. None: the school hosts no round on `day`."""

    pin_id: UUID
    school_id: UUID
    day: date
    round_id: UUID | None = None


class BoardPinFreed(Event):
    pin_id: UUID


EVENTS: tuple[type[Event], ...] = (BoardPinSet, BoardPinFreed)
