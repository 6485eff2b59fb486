"""From private facts to what other services may know: codes, counts and ids, never a statement's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Raw, Struct

from services.rounds import contract
from services.rounds.capture import events as capture
from services.rounds.cycles.sealing import of_places
from services.rounds.debrief import events as debrief
from services.rounds.follow_up import events as follow_up
from services.rounds.instruments import events as instruments
from services.rounds.meetings import events as meetings
from services.rounds.rounds import events as rounds
from shared.messages import ContractEvent, Event, StoredEvent
from shared.published_log import Picked, Publish
from shared.upcasting import EventCodec

_CODEC = EventCodec(
    (
        *rounds.EVENTS,
        *capture.NOTES_EVENTS,
        *(e for e in debrief.EVENTS if e not in rounds.EVENTS),
        *follow_up.EVENTS,
        *meetings.EVENTS,
        *instruments.EVENTS,
    )
)
_Make = Callable[[Any], ContractEvent]  # each takes the one event type under whose name it stands


def _opened(event: rounds.RoundOpened) -> ContractEvent:
    kind = contract.RoundReplanned if isinstance(event, rounds.RoundReplanned) else contract.RoundOpened
    return kind(
        round_id=event.round_id,
        school_id=event.school_id,
        day=event.day,
        facilitator_id=event.facilitator_id,
        observer_ids=tuple(sorted({o for t in event.teams for o in t.observer_ids})),
        instrument=event.instrument,
        instrument_version=event.instrument_version,
        slots_planned=len(event.slots),
        origin=event.origin,
    )


def _problem(event: rounds.ProblemOfPracticeWritten) -> ContractEvent:
    return contract.ProblemOfPracticeWritten(
        round_id=event.round_id,
        school_id=event.school_id,
        focus_question_ids=tuple(q.focus_question_id for q in event.focus_questions),
    )


def _visit(visit: capture.Visit) -> contract.Visit:
    return contract.Visit.model_construct(**dict(visit))


def _evidence(event: capture.EvidenceRecorded | capture.EvidenceAmended) -> dict[str, Any]:
    content = event.content
    return {
        "statement_id": event.statement_id,
        "visit": _visit(event.visit),
        "core_element": content.core_element,
        "focus_question_ids": content.focus_question_ids,
        "look_for_ids": content.look_for_ids,
        "minute": content.minute,
        "device_time": event.receipt.device_time,
        "judgmental": content.judgmental,
        "origin": event.origin,
    }


def _rated(event: capture.LookForRated) -> ContractEvent:
    return contract.LookForRated(
        rating_id=event.rating_id,
        visit=_visit(event.visit),
        look_for_id=event.look_for_id,
        kind=event.kind,
        value=event.value,
        device_time=event.receipt.device_time,
        origin=event.origin,
    )


def _pattern(event: debrief.PatternNamed) -> ContractEvent:
    return contract.PatternNamed(
        round_id=event.round_id,
        school_id=event.school_id,
        pattern_id=event.pattern_id,
        statement_ids=tuple(s.statement_id for s in event.statements),
        counter_statement_ids=tuple(s.statement_id for s in event.counter),
    )


def _standing(event: follow_up.FollowUpSet | follow_up.CommitmentsRevisited) -> tuple[contract.CommitmentStanding, ...]:
    return tuple(contract.CommitmentStanding(**dict(s)) for s in event.standing)


def _follow_up(event: follow_up.FollowUpSet) -> ContractEvent:
    return contract.FollowUpSet(
        round_id=event.round_id,
        school_id=event.school_id,
        day=event.day,
        timezone=event.timezone,
        sequence=event.sequence,
        person_ids=event.people,
        commitments=_standing(event),
    )


def _revisited(event: follow_up.CommitmentsRevisited) -> ContractEvent:
    """Codes and counts: what shows that a commitment was kept, and who said so, stays here."""
    return contract.CommitmentsRevisited(
        round_id=event.round_id,
        school_id=event.school_id,
        day=event.day,
        sequence=event.sequence,
        held=event.held,
        commitments=_standing(event),
    )


def _meeting(event: meetings.MeetingArranged) -> ContractEvent:
    """For whom, when, and, sealed, where. What the meeting is about, and whose cycle it belongs to, stays here."""
    return contract.MeetingPlanned(
        meeting_id=event.meeting_id,
        sequence=event.sequence,
        title="coaching_meeting",
        person_ids=event.person_ids,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        timezone=event.timezone,
        no_school=event.no_school,
        place=event.place,
        place_key=of_places(event.cycle_id) if event.place else "",
    )


def _screened(event: debrief.StatementAdmitted | debrief.StatementChallenged) -> ContractEvent:
    return contract.EvidenceScreened(
        round_id=event.round_id,
        statement_ids=(event.statement_id,),
        verdict="challenged" if isinstance(event, debrief.StatementChallenged) else "admitted",
    )


_MAKE: Mapping[type[Event], _Make] = {
    meetings.MeetingArranged: _meeting,
    meetings.MeetingCalledOff: lambda e: contract.MeetingCancelled(
        meeting_id=e.meeting_id, sequence=e.sequence, person_ids=e.person_ids
    ),
    instruments.InstrumentPublished: lambda e: contract.InstrumentPublished(key=e.key, version=e.version),
    rounds.RoundOpened: _opened,
    rounds.RoundReplanned: _opened,
    rounds.RoundWithdrawn: lambda e: contract.RoundWithdrawn(round_id=e.round_id, school_id=e.school_id),
    rounds.ProblemOfPracticeWritten: _problem,
    rounds.StageOpened: lambda e: contract.StageOpened(round_id=e.round_id, school_id=e.school_id, stage=e.stage),
    capture.EvidenceRecorded: lambda e: contract.EvidenceRecorded.model_construct(**_evidence(e)),
    capture.EvidenceAmended: lambda e: contract.EvidenceAmended(**_evidence(e), revision=e.revision),
    capture.EvidenceWithdrawn: lambda e: contract.EvidenceWithdrawn(statement_id=e.statement_id, visit=_visit(e.visit)),
    capture.LookForRated: _rated,
    capture.RatingWithdrawn: lambda e: contract.RatingWithdrawn(
        rating_id=e.rating_id, visit=_visit(e.visit), look_for_id=e.look_for_id, device_time=e.receipt.device_time
    ),
    capture.SlotNotesSubmitted: lambda e: contract.SlotNotesSubmitted(
        visit=_visit(e.visit), statements=e.statements, ratings=e.ratings
    ),
    debrief.StatementAdmitted: _screened,
    debrief.StatementChallenged: _screened,
    debrief.StatementsAdmitted: lambda e: contract.EvidenceScreened(
        round_id=e.round_id, statement_ids=e.statement_ids, verdict="admitted"
    ),
    debrief.PatternNamed: _pattern,
    debrief.PatternDropped: lambda e: contract.PatternDropped(
        round_id=e.round_id, school_id=e.school_id, pattern_id=e.pattern_id
    ),
    debrief.SynthesisClosed: lambda e: contract.SynthesisClosed(round_id=e.round_id, school_id=e.school_id),
    follow_up.FollowUpSet: _follow_up,
    follow_up.CommitmentsRevisited: _revisited,
    debrief.RoundReleased: lambda e: contract.RoundReleased(
        round_id=e.round_id, school_id=e.school_id, release=e.release
    ),
}


def _publisher(make: _Make) -> Callable[[StoredEvent], ContractEvent]:
    return lambda stored: make(_CODEC.decode(stored))


# What others may know of the frequent events, field by field: values go from the stored JSON to the published one
# as they stand, unread. A field that is not named here does not travel.


class _Visit(Struct, gc=False):
    round_id: Raw
    school_id: Raw
    slot_id: Raw
    classroom_id: Raw
    observer_id: Raw
    grade_band: Raw
    subject: Raw
    day: Raw


class _Content(Struct, gc=False):
    core_element: Raw
    focus_question_ids: Raw
    look_for_ids: Raw
    minute: Raw
    judgmental: Raw


class _Receipt(Struct, gc=False):
    device_time: Raw


class _Evidence(Struct, gc=False):
    statement_id: Raw
    visit: _Visit
    content: _Content
    receipt: _Receipt
    origin: Raw


class _Amended(_Evidence, gc=False):
    revision: Raw


class _Rated(Struct, gc=False):
    rating_id: Raw
    visit: _Visit
    look_for_id: Raw
    kind: Raw
    value: Raw
    receipt: _Receipt
    origin: Raw


class _ToldEvidence(Struct, gc=False):
    statement_id: Raw
    visit: _Visit
    core_element: Raw
    focus_question_ids: Raw
    look_for_ids: Raw
    minute: Raw
    device_time: Raw
    judgmental: Raw
    origin: Raw


class _ToldAmended(_ToldEvidence, gc=False):
    revision: Raw


class _ToldRating(Struct, gc=False):
    rating_id: Raw
    visit: _Visit
    look_for_id: Raw
    kind: Raw
    value: Raw
    device_time: Raw
    origin: Raw


def _pick_evidence(e: _Evidence) -> _ToldEvidence:
    c = e.content
    return _ToldEvidence(
        e.statement_id, e.visit, c.core_element, c.focus_question_ids, c.look_for_ids, c.minute,
        e.receipt.device_time, c.judgmental, e.origin,
    )  # fmt: skip


def _pick_amended(e: _Amended) -> _ToldAmended:
    c = e.content
    return _ToldAmended(
        e.statement_id, e.visit, c.core_element, c.focus_question_ids, c.look_for_ids, c.minute,
        e.receipt.device_time, c.judgmental, e.origin, e.revision,
    )  # fmt: skip


def _pick_rating(e: _Rated) -> _ToldRating:
    return _ToldRating(e.rating_id, e.visit, e.look_for_id, e.kind, e.value, e.receipt.device_time, e.origin)


_PICKED = (
    Picked(
        capture.EvidenceRecorded, contract.EvidenceRecorded, _pick_evidence,
        _publisher(_MAKE[capture.EvidenceRecorded]), _Evidence,
    ),
    Picked(
        capture.EvidenceAmended, contract.EvidenceAmended, _pick_amended,
        _publisher(_MAKE[capture.EvidenceAmended]), _Amended,
    ),
    Picked(
        capture.LookForRated, contract.LookForRated, _pick_rating, _publisher(_MAKE[capture.LookForRated]), _Rated
    ),
)  # fmt: skip

PUBLISH: Publish = {kind.event_type(): _publisher(make) for kind, make in _MAKE.items()} | {
    p.kind.event_type(): p for p in _PICKED
}
