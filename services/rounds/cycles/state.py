"""A cycle as its events tell it, and what can be asked of it without opening a seal. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal, NamedTuple
from uuid import UUID

from services.rounds.cycles import events as e
from services.rounds.cycles.walk import Position
from services.rounds.protocols.model import EVERYONE, Condition, Protocol
from shared.messages import Event

Standing = Literal["gathering", "agreeing", "under_way", "finished", "ended"]
Facts = Mapping[str, Mapping[UUID, int]]


def _empty() -> Mapping[UUID, object]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the cycle, in joining order; `role` is the part in the first turn."""

    person_id: UUID
    role: str
    school_id: UUID | None


@dataclass(frozen=True, slots=True)
class Invitation:
    person_id: UUID
    by: UUID
    role: str
    message: str  # sealed
    answer: Literal["open", "accepted", "declined"] = "open"


@dataclass(frozen=True, slots=True)
class Written:
    """An artefact with all its revisions, newest last."""

    artefact_id: UUID
    artefact: str
    first: e.ArtefactWritten
    revisions: tuple[e.ArtefactWritten, ...]
    removed: bool = False
    shared_with: frozenset[UUID] = frozenset()
    agreed: frozenset[UUID] = frozenset()  # to publish the newest revision
    withheld: int = 0  # the revision that somebody who had agreed took back after leaving

    @property
    def newest(self) -> e.ArtefactWritten:
        return self.revisions[-1]

    @property
    def delivered(self) -> int:
        """How many of its versions a device handed in, line by line."""
        return sum(1 for r in self.revisions if r.taken)


class Taken(NamedTuple):
    """An item of a device that is in the cycle: whose, and its number there."""

    author_id: UUID
    device_id: UUID
    seq: int


@dataclass(frozen=True, slots=True)
class CycleState:
    proposed: e.CycleProposed | None = None
    members: tuple[Member, ...] = ()
    gone: Mapping[UUID, Member] = field(default_factory=lambda: MappingProxyType({}))
    invitations: Mapping[UUID, Invitation] = field(default_factory=lambda: MappingProxyType({}))
    agreement: e.AgreementWritten | None = None
    signed: frozenset[UUID] = frozenset()
    at: Position = field(default_factory=Position)
    stages: tuple[e.CycleStageOpened, ...] = ()
    dealt: Mapping[int, Mapping[UUID, str]] = field(default_factory=lambda: MappingProxyType({}))
    """who had which part in each turn that was begun, where the parts go round"""
    artefacts: Mapping[UUID, Written] = field(default_factory=lambda: MappingProxyType({}))
    taken: Mapping[UUID, Taken] = field(default_factory=lambda: MappingProxyType({}))  # by client id
    erased: frozenset[UUID] = frozenset()  # whose words were destroyed
    finished: bool = False
    ended: bool = False  # by a withdrawal that left too few
    asking: Mapping[UUID, int] = field(default_factory=lambda: MappingProxyType({}))  # events of whose invitations

    @property
    def people(self) -> tuple[UUID, ...]:
        return tuple(m.person_id for m in self.members)

    @property
    def asker(self) -> UUID | None:
        """Who asks people into the cycle, nobody else: whoever could be refused would learn who was asked."""
        return self.people[0] if self.members else None

    def told(self, version: int, reader: UUID) -> int:
        """The version as the reader may know it: others' invitations and their answers do not move it."""
        return version - sum(n for by, n in self.asking.items() if by != reader)

    @property
    def standing(self) -> Standing:
        if self.ended:
            return "ended"
        if self.finished:
            return "finished"
        if self.at.stage is not None:
            return "under_way"
        return "agreeing" if self.agreement is not None else "gathering"

    def role_of(self, person_id: UUID, turn: int | None = None, *, rotate: bool) -> str | None:
        """The part that a member, present or past, has in a turn (the present one by default). In a turn that was
        begun it stays what it was then, whoever leaves; in the one ahead, the parts go round among who is there."""
        turn = turn or self.at.turn
        if not rotate:
            everyone = (*self.members, *self.gone.values())
            return next((m.role for m in everyone if m.person_id == person_id), None)
        return (self.dealt.get(turn) or self._dealing(turn)).get(person_id)

    def _dealing(self, turn: int) -> Mapping[UUID, str]:
        """Who would have which part in a turn that is not begun: each has what the one before had a turn ago."""
        if turn <= 1:
            return {m.person_id: m.role for m in self.members}
        before = self.dealt.get(turn - 1) or self._dealing(turn - 1)
        return {p: before[self.people[place - 1]] for place, p in enumerate(self.people)}

    def in_role(self, protocol: Protocol, role: str, turn: int | None = None) -> list[UUID]:
        return [p for p in self.people if self.role_of(p, turn, rotate=protocol.people.rotate) == role]

    def may(self, protocol: Protocol, person_id: UUID, roles: Sequence[str], turn: int | None = None) -> bool:
        """Whether a present member has one of these parts."""
        if person_id not in self.people:
            return False
        return EVERYONE in roles or self.role_of(person_id, turn, rotate=protocol.people.rotate) in roles

    def standing_artefacts(self, artefact: str) -> list[Written]:
        return [w for w in self.artefacts.values() if w.artefact == artefact and not w.removed]

    def holds(self, protocol: Protocol, condition: Condition, facts: Facts) -> bool:
        """Whether what the condition asks for is there. `facts`: counts of other streams by person."""
        counts = self._counts(protocol, condition, facts)
        if condition.by is None:
            return sum(counts.values()) >= condition.least
        asked = self._asked(protocol, condition.by)
        return bool(asked) and all(counts.get(p, 0) >= condition.least for p in asked)

    def waits_for(self, protocol: Protocol, condition: Condition, reader: UUID) -> Sequence[UUID]:
        """Whose share of what the condition asks for is not there yet, as far as `reader` reads it once it is there;
        nobody where one share is enough."""
        kind = protocol.artefact(condition.have)
        if kind is None or condition.by is None or not self.may(protocol, reader, kind.read_by):
            return ()
        counts = self._counts(protocol, condition, {})
        return [p for p in self._asked(protocol, condition.by) if counts.get(p, 0) < condition.least]

    def _asked(self, protocol: Protocol, role: str) -> Sequence[UUID]:
        return self.people if role == EVERYONE else self.in_role(protocol, role)

    def _counts(self, protocol: Protocol, condition: Condition, facts: Facts) -> Mapping[UUID, int]:
        """How much of what the condition asks for is there, of whom."""
        counts: dict[UUID, int] = {}
        kind = protocol.artefact(condition.have)
        if kind is None:
            counts = dict(facts.get(condition.have, {}))
        else:
            for written in self.standing_artefacts(condition.have):
                now = written.newest
                gone = written.first.author_id in self.erased and not kind.together
                if (condition.ready and not now.ready) or gone:
                    continue
                if condition.within == "turn" and written.first.turn != self.at.turn:
                    continue
                counts[written.first.author_id] = counts.get(written.first.author_id, 0) + 1
        return counts

    def agreed(self, artefact_id: UUID, person_id: UUID) -> bool:
        """Whether the person, present or gone, agreed to publish what stands."""
        held = self.artefacts.get(artefact_id)
        return held is not None and not held.removed and person_id in held.agreed

    def published(self, written: Written) -> bool:
        return bool(self.members) and not written.removed and frozenset(self.people) <= written.agreed


def evolve(state: CycleState, event: Event) -> CycleState:
    match event:
        case e.CycleProposed():
            return replace(state, proposed=event, members=(Member(event.person_id, event.role, event.school_id),))
        case e.PartnerInvited():
            return _invited(state, Invitation(event.person_id, event.by, event.role, event.message))
        case e.InvitationAccepted():
            held = state.invitations[event.person_id]
            joined = (*state.members, Member(event.person_id, held.role, event.school_id))
            return replace(_invited(state, replace(held, answer="accepted")), members=joined, signed=frozenset())
        case e.InvitationDeclined():
            return _invited(state, replace(state.invitations[event.person_id], answer="declined"))
        case e.AgreementWritten():
            return replace(state, agreement=event, signed=frozenset())
        case e.AgreementSigned():
            return replace(state, signed=state.signed | {event.person_id})
        case e.CycleStageOpened():
            opened = {**state.at.opened, event.stage: state.at.opened.get(event.stage, 0) + 1}
            at = Position(event.stage, event.turn, MappingProxyType(opened))
            dealt = state.dealt
            if event.turn not in dealt:
                dealt = MappingProxyType({**dealt, event.turn: MappingProxyType(state._dealing(event.turn))})
            return replace(state, at=at, stages=(*state.stages, event), dealt=dealt)
        case e.MemberLeft():
            return _left(state, event)
        case e.CycleFinished():
            return replace(state, finished=True)
    return _artefact(state, event)


def _artefact(state: CycleState, event: Event) -> CycleState:
    match event:
        case e.ArtefactWritten():
            if event.taken:
                new = {t.client_id: Taken(event.author_id, t.device_id, t.seq) for t in event.taken}
                taken = {**state.taken, **new}
                state = replace(state, taken=MappingProxyType(taken))
            held = state.artefacts.get(event.artefact_id)
            if held is None:
                return _put(state, Written(event.artefact_id, event.artefact, event, (event,)))
            return _put(state, replace(held, revisions=(*held.revisions, event), agreed=frozenset()))
        case e.ArtefactRemoved():
            return _put(state, replace(state.artefacts[event.artefact_id], removed=True))
        case e.ArtefactShared():
            held = state.artefacts[event.artefact_id]
            return _put(state, replace(held, shared_with=held.shared_with | {event.with_person}))
        case e.SharingRevoked():
            held = state.artefacts[event.artefact_id]
            return _put(state, replace(held, shared_with=held.shared_with - {event.with_person}))
        case e.PublicationAgreed():
            held = state.artefacts[event.artefact_id]
            return _put(state, replace(held, agreed=held.agreed | {event.person_id}))
        case e.PublicationRevoked():
            held = state.artefacts[event.artefact_id]
            withheld = held.withheld if event.person_id in state.people else held.newest.revision
            return _put(state, replace(held, agreed=frozenset(), withheld=withheld))
    return state


def _put(state: CycleState, written: Written) -> CycleState:
    return replace(state, artefacts=MappingProxyType({**state.artefacts, written.artefact_id: written}))


def _invited(state: CycleState, invitation: Invitation) -> CycleState:
    held = {**state.invitations, invitation.person_id: invitation}
    asking = state.asking
    if invitation.answer != "accepted":
        asking = MappingProxyType({**asking, invitation.by: asking.get(invitation.by, 0) + 1})
    return replace(state, invitations=MappingProxyType(held), asking=asking)


def _left(state: CycleState, event: e.MemberLeft) -> CycleState:
    leaver = next(m for m in state.members if m.person_id == event.person_id)
    stay = tuple(m for m in state.members if m != leaver)
    # What somebody had not agreed to publish is not published by their going: those who stay agree anew.
    asked = [w for w in state.artefacts.values() if w.agreed and not state.published(w)]
    again = {w.artefact_id: replace(w, agreed=frozenset()) for w in asked}
    return replace(
        state,
        members=stay,
        artefacts=MappingProxyType({**state.artefacts, **again}),
        gone=MappingProxyType({**state.gone, leaver.person_id: leaver}),
        erased=state.erased | set(event.erased),
        signed=state.signed - {event.person_id},
        ended=event.ends,
    )
