from __future__ import annotations

from uuid import UUID

from services.scheduling.pairs.events import PairKind
from shared.messages import Command


class SetPair(Command):
    pair_id: UUID
    person_a: UUID
    person_b: UUID
    kind: PairKind


class RemovePair(Command):
    pair_id: UUID
