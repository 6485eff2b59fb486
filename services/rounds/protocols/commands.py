"""What can be asked of a district's own protocol."""

from __future__ import annotations

from uuid import UUID

from shared.messages import Command


class DraftProtocol(Command):
    key: str
    text: str
    by: UUID


class PublishProtocol(Command):
    """`version` is what the text says of itself; the text was read and found in order."""

    key: str
    version: int
    text: str
    by: UUID


ProtocolCommand = DraftProtocol | PublishProtocol
