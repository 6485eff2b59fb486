"""The evidence of a round, as one actor may read it."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from services.rounds.capture.events import Content, CoreElement, Late, LookForRated
from services.rounds.capture.reading import read_notes
from services.rounds.capture.state import Notes, Statement
from services.rounds.capture.streams import notes_stream, words_subject
from services.rounds.capture.visibility import Key, Reading, Visible, every_key, visible
from services.rounds.deps import Deps
from services.rounds.rounds.events import Slot
from services.rounds.rounds.queries import RoundFile
from shared.access import Actor
from shared.http import page_key, page_token


class OtherVersion(BaseModel):
    """A second version that was kept: nobody has chosen between it and the statement yet."""

    words: str | None
    minute: int
    core_element: CoreElement
    cause: Literal["stale_base", "other_content", "withdrawn"]
    base_revision: int | None


class EvidenceItem(BaseModel):
    """A statement or a rating. What only its writer may know is None for everyone else."""

    kind: Literal["statement", "rating"]
    id: UUID
    slot_id: UUID
    classroom_id: UUID
    room: str
    grade_band: str
    subject: str
    mine: bool
    late: Late | None = None
    words: str | None = Field(default=None, description="None: erased (a rating has none)")
    minute: int | None = None
    core_element: CoreElement | None = None
    focus_question_ids: tuple[UUID, ...] = ()
    look_for_ids: tuple[str, ...] = ()
    judgmental: bool = False
    screening: Literal["admitted", "challenged"] | None = None
    revision: int = 0
    other_versions: tuple[OtherVersion, ...] = ()
    look_for_id: str | None = None
    value: str | None = None
    client_id: UUID | None = None
    withdrawn: bool = False
    device_time: datetime | None = Field(default=None, description="the device's clock; its writer's only")
    received_at: datetime | None = Field(default=None, description="the server's clock; its writer's only")
    skew_seconds: float | None = None


class EvidencePage(BaseModel):
    reading: Reading
    items: list[EvidenceItem]
    next: str | None


@dataclass(frozen=True, slots=True)
class RoundNotes:
    """Every note of a round, by slot and observer."""

    file: RoundFile
    notes: Mapping[Key, Notes]

    @property
    def submitted(self) -> frozenset[Key]:
        return frozenset(k for k, n in self.notes.items() if n.submitted)

    @property
    def standing(self) -> dict[UUID, tuple[Key, Statement]]:
        """The statements that were not withdrawn, by id."""
        return {s.recorded.statement_id: (key, s) for key, notes in self.notes.items() for s in notes.standing}


async def round_notes(deps: Deps, district_id: UUID, file: RoundFile) -> RoundNotes:
    by_stream = {notes_stream(*key): key for key in every_key(file)}
    found = await read_notes(deps.db, district_id, list(by_stream))
    return RoundNotes(file, {by_stream[s]: n for s, n in found.items()})


@dataclass(frozen=True, slots=True)
class _Row:
    """One item before its words are opened; `order` sorts the page and is its cursor."""

    order: tuple[str, str, str]
    key: Key
    slot: Slot
    entry: Statement | LookForRated
    mine: bool


async def evidence(
    deps: Deps, actor: Actor, file: RoundFile, *, kind: str | None, after: str | None, limit: int
) -> EvidencePage:
    """Own items in the order of the day, then the others' in an order that betrays no writer and never
    changes. Raises NotFound or Gone for who may read none."""
    held = await round_notes(deps, actor.district_id, file)
    shown = visible(actor, file, held.submitted)
    rows = sorted(_rows(held, shown, kind), key=lambda r: r.order)
    cursor = page_key(after, str, str, str)
    if cursor is not None:
        rows = [r for r in rows if list(r.order) > cursor]
    page, more = rows[:limit], len(rows) > limit
    words = await _opened(deps, actor.district_id, file, page)
    items = [_item(r, file, words) for r in page]
    return EvidencePage(reading=shown.reading, items=items, next=page_token(*page[-1].order) if more else None)


def _rows(held: RoundNotes, shown: Visible, kind: str | None) -> list[_Row]:
    rows: list[_Row] = []
    for key, notes in held.notes.items():
        mine = key in shown.own
        if not mine and key not in shown.others:
            continue
        slot = held.file.round.slots[key[0]].slot
        entries: list[tuple[UUID, int, Statement | LookForRated]] = []
        if kind != "rating":
            # a withdrawn statement is its writer's alone
            entries += [
                (s.recorded.statement_id, s.content.minute, s)
                for s in notes.statements.values()
                if mine or not s.withdrawn
            ]
        if kind != "statement":
            entries += [(r.rating_id, 0, r) for r in notes.ratings.values()]
        for id_, minute, entry in entries:
            order = (
                ("0", f"{slot.starts_at.timestamp():020.3f}{minute:06d}", str(id_))
                if mine
                else ("1", shuffled(held.file.plan.round_id, id_), str(id_))
            )
            rows.append(_Row(order, key, slot, entry, mine))
    return rows


def shuffled(round_id: UUID, id_: UUID) -> str:
    """Sorts the items of a round in an order that betrays no writer and never changes."""
    return hashlib.sha256(round_id.bytes + id_.bytes).hexdigest()


async def _opened(deps: Deps, district_id: UUID, file: RoundFile, rows: Sequence[_Row]) -> dict[str, str | None]:
    """Plain words by sealed words."""
    sealed: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if isinstance(row.entry, Statement):
            contents = [row.entry.content, *(c.content for c in row.entry.conflicts)]
            sealed[words_subject(file.plan.round_id, row.key[1])].extend(c.words for c in contents)
    opened = await deps.words.reveal(district_id, sealed)
    return {box: words for s, boxes in sealed.items() for box, words in zip(boxes, opened[s], strict=True)}


def _item(row: _Row, file: RoundFile, words: Mapping[str, str | None]) -> EvidenceItem:
    entry, slot = row.entry, row.slot
    receipt = entry.receipt if isinstance(entry, LookForRated) else entry.recorded.receipt
    place = {
        "slot_id": slot.slot_id,
        "classroom_id": slot.classroom_id,
        "room": slot.room,
        "grade_band": slot.grade_band,
        "subject": slot.subject,
        "mine": row.mine,
        "late": receipt.late,
    }
    if row.mine:
        place |= {
            "client_id": receipt.client_id,
            "device_time": receipt.device_time,
            "received_at": receipt.received_at,
            "skew_seconds": receipt.skew_seconds,
        }
    if isinstance(entry, LookForRated):
        return EvidenceItem(
            kind="rating", id=entry.rating_id, look_for_id=entry.look_for_id, value=entry.value, **place
        )
    id_, content = entry.recorded.statement_id, entry.content
    debrief = file.debrief
    return EvidenceItem(
        kind="statement",
        id=id_,
        words=words[content.words],
        minute=content.minute,
        core_element=content.core_element,
        focus_question_ids=content.focus_question_ids,
        look_for_ids=content.look_for_ids,
        judgmental=content.judgmental,
        screening="challenged" if id_ in debrief.challenged else "admitted" if id_ in debrief.admitted else None,
        revision=entry.revision,
        other_versions=tuple(
            _other(c.content, c.cause, c.base_revision, words[c.content.words]) for c in entry.conflicts
        ),
        withdrawn=entry.withdrawn,
        **place,
    )


def _other(
    content: Content,
    cause: Literal["stale_base", "other_content", "withdrawn"],
    base_revision: int | None,
    words: str | None,
) -> OtherVersion:
    return OtherVersion(
        words=words,
        minute=content.minute,
        core_element=content.core_element,
        cause=cause,
        base_revision=base_revision,
    )
