"""What other services may know of reporting."""

from __future__ import annotations

from uuid import UUID

from shared.messages import ContractEvent


class FiguresReleased(ContractEvent):
    """A frozen snapshot of one round's figures exists."""

    round_id: UUID
    school_id: UUID
    release: int
    snapshot_id: UUID


PUBLISHED: tuple[type[ContractEvent], ...] = (FiguresReleased,)
