"""Folds one batch of the rounds service's events into rows and changes of tallies. Pure.

What an event replaces (a statement's standing tags, a standing answer) is looked up among the facts first:
`wanted` says which, and `Fold` is given them. Ids are text, as they come.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic_core import from_json

from services.reporting.projections.school_patterns.bodies import (
    HandedInBody,
    RatingBody,
    StatementBody,
    VisitBody,
    WithdrawnBody,
)
from services.rounds import contract
from shared.messages import ContractEvent, PublishedEvent

RECORDED = contract.EvidenceRecorded.event_type()
AMENDED = contract.EvidenceAmended.event_type()
WITHDRAWN = contract.EvidenceWithdrawn.event_type()
RATED = contract.LookForRated.event_type()
HANDED_IN = contract.SlotNotesSubmitted.event_type()
FREQUENT = frozenset((RECORDED, AMENDED, WITHDRAWN, RATED, HANDED_IN))
SELDOM: dict[str, type[ContractEvent]] = {
    t.event_type(): t
    for t in contract.PUBLISHED
    if t.event_type() not in FREQUENT and "round_id" in t.model_fields  # others tell nothing of a round
}

Row = tuple[object, ...]
AnswerKey = tuple[str, str, str]
"""slot, observer, look-for"""

Parsed = tuple[PublishedEvent, Any]
"""An event and its body: JSON for the frequent types, the contract's model for the others."""


def parse(batch: Sequence[PublishedEvent]) -> list[Parsed]:
    """The events of types that this code knows; newer ones are not for it."""
    return [
        (e, from_json(e.data) if e.type in FREQUENT else SELDOM[e.type].model_validate_json(e.data))
        for e in batch
        if e.type in FREQUENT or e.type in SELDOM
    ]


def wanted(events: Sequence[Parsed]) -> tuple[set[str], set[AnswerKey]]:
    """The statements and answers whose standing this batch changes."""
    statements = {body["statement_id"] for e, body in events if e.type in (AMENDED, WITHDRAWN)}
    answers = {_answer_key(body) for e, body in events if e.type == RATED}
    return statements, answers


def _answer_key(body: RatingBody) -> AnswerKey:
    visit = body["visit"]
    return visit["slot_id"], visit["observer_id"], body["look_for_id"]


@dataclass(frozen=True, slots=True)
class Standing:
    """A statement as it stands: what its tallies count."""

    round_id: str
    slot_id: str
    observer_id: str
    core_element: str
    focus_question_ids: Sequence[str]
    look_for_ids: Sequence[str]
    judgmental: bool
    withdrawn: bool = False


@dataclass(slots=True)
class Fold:
    """`statements`, `answers`: what stands before the batch. The rest is what the batch adds. `tallies`:
    (round, slot, observer) -> (kind, tag, value) -> change."""

    statements: dict[str, Standing] = field(default_factory=dict)
    answers: dict[AnswerKey, str] = field(default_factory=dict)
    tallies: dict[tuple[UUID, str, str, str], defaultdict[tuple[str, str, str], int]] = field(default_factory=dict)
    visits: dict[tuple[str, str], Row] = field(default_factory=dict)
    statement_rows: list[Row] = field(default_factory=list)
    rating_rows: list[Row] = field(default_factory=list)
    submission_rows: list[Row] = field(default_factory=list)
    round_rows: list[Row] = field(default_factory=list)

    def take(self, events: Sequence[Parsed]) -> None:
        for event, body in events:
            if event.type == RECORDED or event.type == AMENDED:
                self._recorded(event, body)
            elif event.type == RATED:
                self._rated(event, body)
            elif event.type == WITHDRAWN:
                self._withdrawn(event, body)
            elif event.type == HANDED_IN:
                self._handed_in(event, body)
            else:
                self._seldom(event, body)

    def tally_rows(self) -> list[Row]:
        """In the order of the key, so that two writers could not wait for each other."""
        return sorted((*where, *what, n) for where, held in self.tallies.items() for what, n in held.items())

    def _recorded(self, event: PublishedEvent, body: StatementBody) -> None:
        visit = self._visit(event, body["visit"])
        new = Standing(
            visit["round_id"],
            visit["slot_id"],
            visit["observer_id"],
            body["core_element"],
            body["focus_question_ids"],
            body["look_for_ids"],
            body["judgmental"],
        )
        self._stands(event, body["statement_id"], new, body["minute"], datetime.fromisoformat(body["device_time"]))

    def _withdrawn(self, event: PublishedEvent, body: WithdrawnBody) -> None:
        visit = self._visit(event, body["visit"])
        gone = Standing(visit["round_id"], visit["slot_id"], visit["observer_id"], "", (), (), False, withdrawn=True)
        self._stands(event, body["statement_id"], gone, None, None)

    def _stands(
        self, event: PublishedEvent, statement_id: str, new: Standing, minute: int | None, happened_at: datetime | None
    ) -> None:
        old = self.statements.get(statement_id)
        if old is not None:
            self._count(event.district_id, old, -1)
        self._count(event.district_id, new, +1)
        self.statements[statement_id] = new
        self.statement_rows.append(
            (
                event.district_id,
                new.round_id,
                statement_id,
                event.log_seq,
                new.slot_id,
                new.observer_id,
                new.withdrawn,
                new.core_element,
                new.focus_question_ids,
                new.look_for_ids,
                minute,
                new.judgmental,
                happened_at,
                event.recorded_at,
            )
        )

    def _count(self, district_id: UUID, held: Standing, by: int) -> None:
        if held.withdrawn:
            return
        tally = self._tally(district_id, held.round_id, held.slot_id, held.observer_id)
        if held.judgmental:
            tally["judgmental", "", ""] += by
            return
        tally["core", held.core_element, ""] += by
        for question in set(held.focus_question_ids):
            tally["focus", question, ""] += by
        for tag in set(held.look_for_ids):
            tally["tag", tag, ""] += by

    def _tally(
        self, district_id: UUID, round_id: str, slot_id: str, observer_id: str
    ) -> defaultdict[tuple[str, str, str], int]:
        where = (district_id, round_id, slot_id, observer_id)
        found = self.tallies.get(where)
        if found is None:
            found = self.tallies[where] = defaultdict(int)
        return found

    def _rated(self, event: PublishedEvent, body: RatingBody) -> None:
        visit = self._visit(event, body["visit"])
        key, told = _answer_key(body), f"{body['kind']}:{body['value']}"
        tally = self._tally(event.district_id, visit["round_id"], visit["slot_id"], visit["observer_id"])
        old = self.answers.get(key)
        if old is not None:
            tally["answer", body["look_for_id"], old] -= 1
        tally["answer", body["look_for_id"], told] += 1
        self.answers[key] = told
        self.rating_rows.append(
            (
                event.district_id,
                visit["round_id"],
                *key,
                event.log_seq,
                body["kind"],
                body["value"],
                datetime.fromisoformat(body["device_time"]),
                event.recorded_at,
            )
        )

    def _handed_in(self, event: PublishedEvent, body: HandedInBody) -> None:
        visit = self._visit(event, body["visit"])
        self.submission_rows.append(
            (
                event.district_id,
                visit["round_id"],
                visit["slot_id"],
                visit["observer_id"],
                event.log_seq,
                body["statements"],
                body["ratings"],
                event.recorded_at,
            )
        )

    def _visit(self, event: PublishedEvent, visit: VisitBody) -> VisitBody:
        key = (visit["slot_id"], visit["observer_id"])
        if key not in self.visits:
            self.visits[key] = (
                event.district_id,
                visit["round_id"],
                visit["school_id"],
                *key,
                visit["classroom_id"],
                visit["grade_band"],
                visit["subject"],
                date.fromisoformat(visit["day"]),
                event.log_seq,
                event.recorded_at,
            )
        return visit

    def _seldom(self, event: PublishedEvent, body: ContractEvent) -> None:
        round_id: UUID = getattr(body, "round_id")  # noqa: B009  # SELDOM holds those that have one
        self.round_rows.append(
            (event.district_id, round_id, event.log_seq, event.type, event.data.decode(), event.recorded_at)
        )


def columns(rows: Sequence[Sequence[object]], width: int) -> list[list[object]]:
    """Rows as columns, for `unnest`."""
    return [list(column) for column in zip(*rows, strict=True)] if rows else [[] for _ in range(width)]
