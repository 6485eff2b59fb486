"""Folds one batch of the rounds service's events into rows and changes of tallies. Pure.

What an event replaces (the statement's standing tags, the standing answer) is looked up among the facts
first: `wanted` says which, and `Fold` is given them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from services.rounds import contract
from services.rounds.contract import EvidenceAmended, EvidenceRecorded, EvidenceWithdrawn, LookForRated, Visit
from shared.messages import ContractEvent, PublishedEvent

MODELS: dict[str, type[ContractEvent]] = {t.event_type(): t for t in contract.PUBLISHED}

AnswerKey = tuple[UUID, UUID, str]
TallyKey = tuple[UUID, UUID, UUID, UUID, str, str, str]
"""district, round, slot, observer, kind, tag, value"""


@dataclass(frozen=True, slots=True)
class Standing:
    """A statement as it stands: what its tallies count."""

    round_id: UUID
    slot_id: UUID
    observer_id: UUID
    core_element: str
    focus_question_ids: tuple[UUID, ...]
    look_for_ids: tuple[str, ...]
    judgmental: bool
    withdrawn: bool = False


Decoded = list[tuple[PublishedEvent, ContractEvent]]


def decode(batch: Iterable[PublishedEvent]) -> Decoded:
    """The events of types that this code knows; newer ones are not for it."""
    return [(e, MODELS[e.type].model_validate_json(e.data)) for e in batch if e.type in MODELS]


def wanted(events: Decoded) -> tuple[set[UUID], set[AnswerKey]]:
    """The statements and answers whose standing this batch changes."""
    statements = {e.statement_id for _, e in events if isinstance(e, EvidenceAmended | EvidenceWithdrawn)}
    answers = {(e.visit.slot_id, e.visit.observer_id, e.look_for_id) for _, e in events if isinstance(e, LookForRated)}
    return statements, answers


@dataclass(slots=True)
class Fold:
    """`statements`, `answers`: what stands before the batch. The rest is what the batch adds."""

    statements: dict[UUID, Standing] = field(default_factory=dict)
    answers: dict[AnswerKey, str] = field(default_factory=dict)
    tallies: defaultdict[TallyKey, int] = field(default_factory=lambda: defaultdict(int))
    visits: dict[tuple[UUID, UUID], tuple[object, ...]] = field(default_factory=dict)
    statement_rows: list[tuple[object, ...]] = field(default_factory=list)
    rating_rows: list[tuple[object, ...]] = field(default_factory=list)
    submission_rows: list[tuple[object, ...]] = field(default_factory=list)
    round_rows: list[tuple[object, ...]] = field(default_factory=list)

    def take(self, events: Decoded) -> None:
        for published, event in events:
            if isinstance(event, EvidenceRecorded):
                self._recorded(published, event)
            elif isinstance(event, LookForRated):
                self._rated(published, event)
            elif isinstance(event, EvidenceWithdrawn):
                self._withdrawn(published, event)
            elif isinstance(event, contract.SlotNotesSubmitted):
                self._submitted(published, event)
            else:
                self._seldom(published, event)

    def _recorded(self, published: PublishedEvent, event: EvidenceRecorded) -> None:
        visit = event.visit
        self._visit(published, visit)
        new = Standing(
            visit.round_id,
            visit.slot_id,
            visit.observer_id,
            event.core_element,
            event.focus_question_ids,
            event.look_for_ids,
            event.judgmental,
        )
        self._replace(published, event.statement_id, new)
        self._statement_row(published, event.statement_id, new, event.minute, event.device_time)

    def _withdrawn(self, published: PublishedEvent, event: EvidenceWithdrawn) -> None:
        visit = event.visit
        self._visit(published, visit)
        gone = Standing(visit.round_id, visit.slot_id, visit.observer_id, "", (), (), False, withdrawn=True)
        self._replace(published, event.statement_id, gone)
        self._statement_row(published, event.statement_id, gone, None, None)

    def _replace(self, published: PublishedEvent, statement_id: UUID, new: Standing) -> None:
        old = self.statements.get(statement_id)
        if old is not None:
            self._count(published.district_id, old, -1)
        self._count(published.district_id, new, +1)
        self.statements[statement_id] = new

    def _count(self, district_id: UUID, held: Standing, by: int) -> None:
        if held.withdrawn:
            return
        where = (district_id, held.round_id, held.slot_id, held.observer_id)
        if held.judgmental:
            self.tallies[(*where, "judgmental", "", "")] += by
            return
        self.tallies[(*where, "core", held.core_element, "")] += by
        for question in set(held.focus_question_ids):
            self.tallies[(*where, "focus", str(question), "")] += by
        for tag in set(held.look_for_ids):
            self.tallies[(*where, "tag", tag, "")] += by

    def _statement_row(
        self,
        published: PublishedEvent,
        statement_id: UUID,
        held: Standing,
        minute: int | None,
        happened_at: datetime | None,
    ) -> None:
        self.statement_rows.append(
            (
                published.district_id,
                held.round_id,
                statement_id,
                published.log_seq,
                held.slot_id,
                held.observer_id,
                held.withdrawn,
                held.core_element,
                held.focus_question_ids,
                held.look_for_ids,
                minute,
                held.judgmental,
                happened_at,
                published.recorded_at,
            )
        )

    def _rated(self, published: PublishedEvent, event: LookForRated) -> None:
        visit = event.visit
        self._visit(published, visit)
        key = (visit.slot_id, visit.observer_id, event.look_for_id)
        where = (published.district_id, visit.round_id, visit.slot_id, visit.observer_id, "answer", event.look_for_id)
        told = f"{event.kind}:{event.value}"
        old = self.answers.get(key)
        if old is not None:
            self.tallies[(*where, old)] -= 1
        self.tallies[(*where, told)] += 1
        self.answers[key] = told
        self.rating_rows.append(
            (
                published.district_id,
                visit.round_id,
                visit.slot_id,
                visit.observer_id,
                event.look_for_id,
                published.log_seq,
                event.kind,
                event.value,
                event.device_time,
                published.recorded_at,
            )
        )

    def _submitted(self, published: PublishedEvent, event: contract.SlotNotesSubmitted) -> None:
        visit = event.visit
        self._visit(published, visit)
        self.submission_rows.append(
            (
                published.district_id,
                visit.round_id,
                visit.slot_id,
                visit.observer_id,
                published.log_seq,
                event.statements,
                event.ratings,
                published.recorded_at,
            )
        )

    def _visit(self, published: PublishedEvent, visit: Visit) -> None:
        key = (visit.slot_id, visit.observer_id)
        if key not in self.visits:
            self.visits[key] = (
                published.district_id,
                visit.round_id,
                visit.school_id,
                visit.slot_id,
                visit.observer_id,
                visit.classroom_id,
                visit.grade_band,
                visit.subject,
                visit.day,
                published.log_seq,
                published.recorded_at,
            )

    def _seldom(self, published: PublishedEvent, event: ContractEvent) -> None:
        round_id: UUID = getattr(event, "round_id")  # noqa: B009  # every other event of the contract has one
        self.round_rows.append(
            (
                published.district_id,
                round_id,
                published.log_seq,
                published.type,
                published.data.decode(),
                published.recorded_at,
            )
        )


def columns(rows: Sequence[Sequence[object]], width: int) -> list[list[object]]:
    """Rows as columns, for `unnest`."""
    return [list(column) for column in zip(*rows, strict=True)] if rows else [[] for _ in range(width)]
