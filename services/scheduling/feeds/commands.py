from __future__ import annotations

from typing import Literal
from uuid import UUID

from services.scheduling.feeds.events import FeedKind
from shared.messages import Command


class OpenFeed(Command):
    feed_id: UUID
    kind: FeedKind
    subject_id: UUID
    language: Literal["en", "es"]
    token_hash: str


class RevokeFeed(Command):
    feed_id: UUID
