"""Terms do not overlap, and each has a name of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from uuid import UUID

from services.scheduling.terms.commands import RemoveTerm, SetTerm
from services.scheduling.terms.events import EVENTS, TermRemoved, TermSet
from shared.decider import Decider
from shared.errors import NotFound, Refused
from shared.messages import Event
from shared.said import say

Terms = Mapping[UUID, TermSet]


def decide(command: SetTerm | RemoveTerm, state: Terms) -> Sequence[Event]:
    if isinstance(command, RemoveTerm):
        if command.term_id not in state:
            raise NotFound(say("refusals.no_term"), where="term_id")
        return [TermRemoved(term_id=command.term_id)]
    name = " ".join(command.name.split())
    if command.ends_on < command.starts_on:
        raise Refused(
            "term_backwards",
            say("refusals.term_backwards", name=name, day=command.ends_on),
            mend=say("refusals.correct_days"),
            where="ends_on",
        )
    for other in state.values():
        if other.term_id == command.term_id:
            continue
        if other.name.casefold() == name.casefold():
            raise Refused(
                "term_name_taken",
                say("refusals.term_named", name=other.name),
                mend=say("refusals.another_name"),
                where="name",
            )
        if command.starts_on <= other.ends_on and other.starts_on <= command.ends_on:
            raise Refused(
                "terms_overlap",
                say("refusals.terms_overlap", name=name, other=other.name, first=other.starts_on, last=other.ends_on),
                mend=say("refusals.one_before"),
                where="starts_on",
            )
    made = TermSet(term_id=command.term_id, name=name, starts_on=command.starts_on, ends_on=command.ends_on)
    return [] if state.get(command.term_id) == made else [made]


def evolve(state: Terms, event: Event) -> Terms:
    held = dict(state)
    match event:
        case TermSet():
            held[event.term_id] = event
        case TermRemoved():
            held.pop(event.term_id, None)
    return MappingProxyType(held)


terms: Decider[SetTerm | RemoveTerm, Terms] = Decider(MappingProxyType({}), decide, evolve, EVENTS)


def stream(district_id: object) -> str:
    return f"terms-{district_id}"
