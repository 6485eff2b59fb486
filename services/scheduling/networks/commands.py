from __future__ import annotations

from uuid import UUID

from pydantic import Field

from shared.messages import Command


class SetNetwork(Command):
    network_id: UUID
    name: str = Field(min_length=1, max_length=80)
    school_ids: tuple[UUID, ...] = Field(default=(), max_length=2000)
    person_ids: tuple[UUID, ...] = Field(default=(), max_length=5000)


class RemoveNetwork(Command):
    network_id: UUID
