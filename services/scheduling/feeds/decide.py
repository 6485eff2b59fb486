"""Links are made and revoked; a revoked one never works again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from uuid import UUID

from services.scheduling.feeds.commands import OpenFeed, RevokeFeed
from services.scheduling.feeds.events import EVENTS, FeedOpened, FeedRevoked
from shared.decider import Decider
from shared.errors import NotFound, Refused
from shared.messages import Event
from shared.said import say

MOST = 50
"""links of one person at a time"""
Feeds = Mapping[UUID, FeedOpened]


def decide(command: OpenFeed | RevokeFeed, state: Feeds) -> Sequence[Event]:
    if isinstance(command, RevokeFeed):
        if command.feed_id not in state:
            raise NotFound(say("refusals.no_feed"))
        return [FeedRevoked(feed_id=command.feed_id)]
    if len(state) >= MOST:
        raise Refused("too_many_feeds", say("refusals.many_feeds", most=MOST), mend=say("refusals.revoke_some"))
    return [FeedOpened(**command.model_dump())]


def evolve(state: Feeds, event: Event) -> Feeds:
    held = dict(state)
    match event:
        case FeedOpened():
            held[event.feed_id] = event
        case FeedRevoked():
            held.pop(event.feed_id, None)
    return MappingProxyType(held)


feeds: Decider[OpenFeed | RevokeFeed, Feeds] = Decider(MappingProxyType({}), decide, evolve, EVENTS)


def stream(person_id: object) -> str:
    return f"feeds-{person_id}"
