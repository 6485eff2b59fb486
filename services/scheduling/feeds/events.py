"""The storage format of `feeds-<person>`: the links that this person made. The link itself is kept nowhere."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from shared.messages import Event

FeedKind = Literal["personal", "school", "network"]


class FeedOpened(Event):
    """`token_hash`: SHA-256 of the secret in the link, in hex."""

    feed_id: UUID
    kind: FeedKind
    subject_id: UUID
    language: Literal["en", "es"]
    token_hash: str


class FeedRevoked(Event):
    feed_id: UUID


EVENTS: tuple[type[Event], ...] = (FeedOpened, FeedRevoked)
