"""A person's unavailability is told source by source; a newer telling of the same days replaces the older."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from services.scheduling.observers.commands import RemoveObserver, SetObserver, TellUnavailability
from services.scheduling.observers.events import (
    EVENTS,
    ObserverRemoved,
    ObserverSet,
    Source,
    Span,
    UnavailabilityTold,
)
from shared.calendars.occur import joined
from shared.decider import Decider
from shared.errors import NotFound, Refused
from shared.messages import Event
from shared.said import say

MOST_SPANS = 2_000
"""of one source, for one person"""


@dataclass(frozen=True, slots=True)
class Observer:
    """`spans` by source, aware, in order, without overlaps."""

    known: ObserverSet | None = None
    spans: Mapping[Source, tuple[Span, ...]] = field(default_factory=lambda: MappingProxyType({}))


ObserverCommand = SetObserver | RemoveObserver | TellUnavailability


def decide(command: ObserverCommand, state: Observer) -> Sequence[Event]:
    match command:
        case SetObserver():
            protocols = [t.protocol for t in command.trainings]
            if len(set(protocols)) < len(protocols):
                raise Refused(
                    "training_twice",
                    say("refusals.training_twice"),
                    mend=say("refusals.keep_longest"),
                    where="trainings",
                )
            made = ObserverSet(**command.model_dump())
            return [] if state.known == made else [made]
        case RemoveObserver():
            if state.known is None:
                raise NotFound(say("refusals.not_listed"))
            return [ObserverRemoved(person_id=command.person_id)]
        case TellUnavailability():
            return _told(command, state)


def _told(command: TellUnavailability, state: Observer) -> Sequence[Event]:
    if command.until <= command.since:
        raise Refused(
            "span_backwards", say("refusals.last_before_first"), mend=say("refusals.correct_days"), where="until"
        )
    if len(command.spans) > MOST_SPANS:
        raise Refused(
            "too_many_spans",
            say("refusals.many_spans", number=len(command.spans), most=MOST_SPANS),
            mend=say("refusals.fewer_months"),
            where="spans",
        )
    event = UnavailabilityTold(
        person_id=command.person_id,
        source=command.source,
        since=command.since,
        until=command.until,
        spans=tuple(Span(starts_at=s, ends_at=e) for s, e in command.spans),
    )
    before = state.spans.get(command.source, ())
    return [] if replaced(before, event) == tuple(before) else [event]


def evolve(state: Observer, event: Event) -> Observer:
    match event:
        case ObserverSet():
            return replace(state, known=event)
        case ObserverRemoved():
            return replace(state, known=None)
        case UnavailabilityTold():
            held = dict(state.spans)
            held[event.source] = replaced(held.get(event.source, ()), event)
            return replace(state, spans=MappingProxyType(held))
    return state


def replaced(before: Sequence[Span], event: UnavailabilityTold) -> tuple[Span, ...]:
    """The spans of a source after a telling: what lay outside its time stays."""
    outside = [(s.starts_at, min(s.ends_at, event.since)) for s in before]
    outside += [(max(s.starts_at, event.until), s.ends_at) for s in before]
    told = [(s.starts_at, s.ends_at) for s in event.spans]
    return tuple(Span(starts_at=s, ends_at=e) for s, e in joined([*outside, *told]))


observer: Decider[ObserverCommand, Observer] = Decider(Observer(), decide, evolve, EVENTS)


def stream(person_id: object) -> str:
    return f"observer-{person_id}"
