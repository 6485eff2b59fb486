"""Folds one batch of the rounds service's events into rows and changes of tallies. Pure.

What an event replaces (a statement's standing tags, a standing answer) is looked up among the facts first:
`wanted` says which, and `Fold` is given them. Ids are text, as they come.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from services.reporting.projections.school_patterns.bodies import (
    HandedInBody,
    RatingBody,
    StatementBody,
    VisitBody,
    WithdrawnBody,
)
from services.reporting.projections.school_patterns.lines import Writing
from services.rounds import contract
from shared.batch import columns as told_of
from shared.messages import ContractEvent, PublishedEvent

RECORDED = contract.EvidenceRecorded.event_type()
AMENDED = contract.EvidenceAmended.event_type()
WITHDRAWN = contract.EvidenceWithdrawn.event_type()
RATED = contract.LookForRated.event_type()
HANDED_IN = contract.SlotNotesSubmitted.event_type()
_FREQUENT: dict[str, msgspec.json.Decoder[Any]] = {
    RECORDED: msgspec.json.Decoder(StatementBody),
    AMENDED: msgspec.json.Decoder(StatementBody),
    WITHDRAWN: msgspec.json.Decoder(WithdrawnBody),
    RATED: msgspec.json.Decoder(RatingBody),
    HANDED_IN: msgspec.json.Decoder(HandedInBody),
}
FREQUENT = frozenset(_FREQUENT)
SELDOM: dict[str, type[ContractEvent]] = {
    t.event_type(): t
    for t in contract.PUBLISHED
    if t.event_type() not in FREQUENT and "round_id" in t.model_fields  # others tell nothing of a round
}

Row = tuple[object, ...]
AnswerKey = tuple[str, str, str]
"""slot, observer, look-for"""
Place = tuple[str, str, str, str]
"""district, round, slot, observer"""
Counted = tuple[Place, str, str, str]
"""place, kind, tag, value"""


class Parsed(msgspec.Struct, gc=False):
    """What is read of an event. `body`: a body of bodies.py for the frequent types, the contract's model for others."""

    log_seq: int
    type: str
    district_id: UUID
    recorded_at: datetime
    data: bytes
    body: Any


def parse(batch: Sequence[PublishedEvent]) -> list[Parsed]:
    """The events of types that this code knows; newer ones are not for it."""
    told = told_of(batch)
    bodies: list[Any] = [None] * len(told.types)
    for type_ in set(told.types):
        places = [n for n, t in enumerate(told.types) if t == type_]
        for n, body in zip(places, _bodies(type_, [told.bodies[n] for n in places]), strict=True):
            bodies[n] = body
    return [Parsed(*event) for event in zip(*told, bodies, strict=True) if event[-1] is not None]


def _bodies(type_: str, bodies: Sequence[bytes]) -> Sequence[Any]:
    if type_ in SELDOM:
        return [SELDOM[type_].model_validate_json(body) for body in bodies]
    if type_ not in _FREQUENT:
        return [None] * len(bodies)
    try:
        found: list[Any] = _FREQUENT[type_].decode_lines(b"\n".join(bodies))
    except msgspec.DecodeError:
        found = []
    # JSON may be written over several lines: then each by itself.
    return found if len(found) == len(bodies) else [_FREQUENT[type_].decode(body) for body in bodies]


def wanted(events: Sequence[Parsed]) -> tuple[dict[str, str], set[AnswerKey]]:
    """The statements, with their rounds, and answers whose standing this batch changes."""
    statements = {e.body.statement_id: e.body.visit.round_id for e in events if e.type in (AMENDED, WITHDRAWN)}
    answers = {_answer_key(e.body) for e in events if e.type == RATED}
    return statements, answers


def _answer_key(body: RatingBody) -> AnswerKey:
    return body.visit.slot_id, body.visit.observer_id, body.look_for_id


class Standing(msgspec.Struct, gc=False):
    """A statement as it stands: what its tallies count."""

    place: Place
    core_element: str
    focus_question_ids: Sequence[str]
    look_for_ids: Sequence[str]
    judgmental: bool
    withdrawn: bool = False


@dataclass(slots=True)
class Fold:
    """`statements`, `answers`: what stands before the batch. The rest is what the batch adds: rows as lines for COPY,
    and `more` and `less` of what is counted."""

    statements: dict[str, Standing] = field(default_factory=dict)
    answers: dict[AnswerKey, str] = field(default_factory=dict)
    more: list[Counted] = field(default_factory=list)
    less: list[Counted] = field(default_factory=list)
    visits: list[Row] = field(default_factory=list)
    statement_lines: list[str] = field(default_factory=list)
    rating_lines: list[str] = field(default_factory=list)
    submission_lines: list[str] = field(default_factory=list)
    round_rows: list[Row] = field(default_factory=list)
    _places: dict[tuple[str, str, str], Place] = field(default_factory=dict)
    _moments: dict[datetime, str] = field(default_factory=dict)
    _writing: Writing = field(default_factory=lambda: Writing(plain=False))

    def take(self, events: Sequence[Parsed]) -> None:
        self._writing = Writing(plain=not any(b"\\" in e.data for e in events if e.type in FREQUENT))
        for event in events:
            if event.type == RECORDED or event.type == AMENDED:
                self._recorded(event, event.body)
            elif event.type == RATED:
                self._rated(event, event.body)
            elif event.type == WITHDRAWN:
                self._withdrawn(event, event.body)
            elif event.type == HANDED_IN:
                self._handed_in(event, event.body)
            else:
                self._seldom(event, event.body)

    def tally_rows(self) -> list[Row]:
        """In the order of the key, so that two writers could not wait for each other."""
        counts = Counter(self.more)
        counts.subtract(self.less)
        return sorted((*place, kind, tag, value, n) for (place, kind, tag, value), n in counts.items())

    def _recorded(self, event: Parsed, body: StatementBody) -> None:
        new = Standing(
            self._place(event, body.visit),
            body.core_element,
            body.focus_question_ids,
            body.look_for_ids,
            body.judgmental,
        )
        self._stands(event, body.statement_id, new, str(body.minute), self._writing.text(body.device_time))

    def _withdrawn(self, event: Parsed, body: WithdrawnBody) -> None:
        gone = Standing(self._place(event, body.visit), "", (), (), False, withdrawn=True)
        self._stands(event, body.statement_id, gone, r"\N", r"\N")

    def _stands(self, event: Parsed, statement_id: str, new: Standing, minute: str, happened_at: str) -> None:
        old = self.statements.get(statement_id)
        if old is not None:
            self._count(self.less, old)
        self._count(self.more, new)
        self.statements[statement_id] = new
        district_id, round_id, slot_id, observer_id = new.place
        w = self._writing
        self.statement_lines.append(
            f"{district_id}\t{round_id}\t{statement_id}\t{event.log_seq}\t{slot_id}\t{observer_id}\t{new.withdrawn}\t"
            f"{w.text(new.core_element)}\t{w.array(new.focus_question_ids)}\t{w.array(new.look_for_ids)}\t{minute}\t"
            f"{new.judgmental}\t{happened_at}\t{self._recorded_at(event)}\n"
        )

    @staticmethod
    def _count(into: list[Counted], held: Standing) -> None:
        if held.withdrawn:
            return
        place = held.place
        if held.judgmental:
            into.append((place, "judgmental", "", ""))
            return
        into.append((place, "core", held.core_element, ""))
        for question in set(held.focus_question_ids):
            into.append((place, "focus", question, ""))
        for tag in set(held.look_for_ids):
            into.append((place, "tag", tag, ""))

    def _rated(self, event: Parsed, body: RatingBody) -> None:
        place, w = self._place(event, body.visit), self._writing
        key, told = _answer_key(body), f"{body.kind}:{body.value}"
        old = self.answers.get(key)
        if old is not None:
            self.less.append((place, "answer", body.look_for_id, old))
        self.more.append((place, "answer", body.look_for_id, told))
        self.answers[key] = told
        district_id, round_id, slot_id, observer_id = place
        self.rating_lines.append(
            f"{district_id}\t{round_id}\t{slot_id}\t{observer_id}\t{w.text(body.look_for_id)}\t{event.log_seq}\t"
            f"{w.text(body.kind)}\t{w.text(body.value)}\t{w.text(body.device_time)}\t{self._recorded_at(event)}\n"
        )

    def _handed_in(self, event: Parsed, body: HandedInBody) -> None:
        district_id, round_id, slot_id, observer_id = self._place(event, body.visit)
        self.submission_lines.append(
            f"{district_id}\t{round_id}\t{slot_id}\t{observer_id}\t{event.log_seq}\t{body.statements}\t{body.ratings}\t"
            f"{self._recorded_at(event)}\n"
        )

    def _place(self, event: Parsed, visit: VisitBody) -> Place:
        key = (visit.slot_id, visit.observer_id, visit.round_id)
        found = self._places.get(key)
        if found is None:
            found = (str(event.district_id), visit.round_id, visit.slot_id, visit.observer_id)
            self._places[key] = found
            self.visits.append(
                (
                    event.district_id,
                    visit.round_id,
                    visit.school_id,
                    visit.slot_id,
                    visit.observer_id,
                    visit.classroom_id,
                    visit.grade_band,
                    visit.subject,
                    visit.day,
                    event.log_seq,
                    event.recorded_at,
                )
            )
        return found

    def _recorded_at(self, event: Parsed) -> str:
        found = self._moments.get(event.recorded_at)
        if found is None:
            found = self._moments[event.recorded_at] = event.recorded_at.isoformat()
        return found

    def _seldom(self, event: Parsed, body: ContractEvent) -> None:
        round_id: UUID = getattr(body, "round_id")  # noqa: B009  # SELDOM holds those that have one
        self.round_rows.append(
            (event.district_id, round_id, event.log_seq, event.type, event.data.decode(), event.recorded_at)
        )


def columns(rows: Sequence[Sequence[object]], width: int) -> list[list[object]]:
    """Rows as columns, for `unnest`."""
    return [list(column) for column in zip(*rows, strict=True)] if rows else [[] for _ in range(width)]
