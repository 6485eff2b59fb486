"""The rules of an instrument: drafts change, versions never do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from services.rounds.instruments.documents import shipped
from services.rounds.instruments.drafts import KEY, Draft, instrument_of
from services.rounds.instruments.events import EVENTS, InstrumentDrafted, InstrumentPublished
from services.rounds.instruments.lacks import lacks
from shared.decider import Decider
from shared.errors import NotFound, Refused
from shared.messages import Command, Event
from shared.said import say

MOST_VERSIONS = 999


class SaveDraft(Command):
    key: str
    by: UUID
    draft: Draft
    source: str = "editor"


class PublishInstrument(Command):
    key: str
    by: UUID


@dataclass(frozen=True, slots=True)
class InstrumentState:
    draft: str | None = None
    source: str = ""
    versions: tuple[InstrumentPublished, ...] = ()


def decide(command: SaveDraft | PublishInstrument, state: InstrumentState) -> Sequence[Event]:
    match command:
        case SaveDraft():
            if any(key == command.key for key, _ in shipped()):
                raise Refused(
                    "instrument_shipped",
                    say("rounds.instrument_shipped"),
                    mend=say("rounds.copy_it"),
                    where="key",
                )
            if not KEY.match(command.key):
                raise Refused(
                    "instrument_key",
                    say("rounds.instrument_key"),
                    where="key",
                )
            text = command.draft.model_dump_json()
            if text == state.draft:
                return []
            return [InstrumentDrafted(key=command.key, by=command.by, draft=text, source=command.source)]
        case PublishInstrument():
            return _publish(command, state)


def _publish(command: PublishInstrument, state: InstrumentState) -> Sequence[Event]:
    if state.draft is None:
        raise NotFound(say("errors.not_yours.draft"))
    draft = Draft.model_validate_json(state.draft)
    problems = [lack for lack in lacks(draft) if lack.refuses]
    if problems:
        raise Refused(
            "instrument_incomplete",
            say("rounds.instrument_lacks", count=len(problems)),
            mend=say("rounds.mend_listed"),
            problems=[p.model_dump() for p in problems],
        )
    version = len(state.versions) + 1
    if version > MOST_VERSIONS:
        raise Refused("too_many_versions", say("rounds.instrument_versions", most=MOST_VERSIONS))
    document = instrument_of(draft, command.key, version)
    if state.versions:
        last = instrument_of(draft, command.key, version - 1).model_dump_json()
        if last == state.versions[-1].document:
            return []
    return [InstrumentPublished(key=command.key, version=version, by=command.by, document=document.model_dump_json())]


def evolve(state: InstrumentState, event: Event) -> InstrumentState:
    match event:
        case InstrumentDrafted():
            return replace(state, draft=event.draft, source=event.source)
        case InstrumentPublished():
            return replace(state, versions=(*state.versions, event))
    return state


INSTRUMENT: Decider[SaveDraft | PublishInstrument, InstrumentState] = Decider(InstrumentState(), decide, evolve, EVENTS)
