"""The storage format of `pairs-<district>`. No reasons are kept: they are nobody's business."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from shared.messages import Event

PairKind = Literal["together", "apart"]


class PairSet(Event):
    """`person_a` and `person_b` come together or not at all, or are never on one visit."""

    pair_id: UUID
    person_a: UUID
    person_b: UUID
    kind: PairKind


class PairRemoved(Event):
    pair_id: UUID


EVENTS: tuple[type[Event], ...] = (PairSet, PairRemoved)
