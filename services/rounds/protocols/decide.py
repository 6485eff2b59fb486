"""The rules of a district's own protocol: drafts come and go, a published version stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from services.rounds.document_words import sentence, wrong
from services.rounds.protocols.commands import DraftProtocol, ProtocolCommand, PublishProtocol
from services.rounds.protocols.events import EVENTS, ProtocolDrafted, ProtocolPublished
from services.rounds.protocols.library import newest
from shared.decider import Decider
from shared.errors import Refused
from shared.messages import Event
from shared.said import say


@dataclass(frozen=True, slots=True)
class ProtocolState:
    draft: str | None = None
    published: tuple[str, ...] = ()  # version 1 first


def decide(command: ProtocolCommand, state: ProtocolState) -> Sequence[Event]:
    if command.key in newest():
        raise Refused(
            "key_of_the_product",
            say("rounds.product_key", name=command.key),
            mend=say("rounds.own_key"),
            where="key",
            say=sentence(wrong("product_key", name=command.key)).model_dump(),
        )
    match command:
        case DraftProtocol():
            return [] if command.text == state.draft else [ProtocolDrafted(**dict(command))]
        case PublishProtocol():
            if state.published and state.published[-1] == command.text:
                return []
            following = len(state.published) + 1
            if command.version != following:
                raise Refused(
                    "wrong_version",
                    say("rounds.next_version", next=following, version=command.version),
                    mend=say("rounds.write_version", next=following),
                    where="version",
                    say=sentence(wrong("next_version", next=following, version=command.version)).model_dump(),
                )
            return [ProtocolPublished(**dict(command))]


def evolve(state: ProtocolState, event: Event) -> ProtocolState:
    match event:
        case ProtocolDrafted():
            return replace(state, draft=event.text)
        case ProtocolPublished():
            return ProtocolState(None, (*state.published, event.text))
    return state


PROTOCOL: Decider[ProtocolCommand, ProtocolState] = Decider(ProtocolState(), decide, evolve, EVENTS)
