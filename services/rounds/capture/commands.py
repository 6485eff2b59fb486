"""The capture protocol's envelope and items, as devices send them. docs/capture-protocol.md explains it.

Shapes are checked here; what an item means is checked in `decide`, item by item.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from services.rounds.capture.events import CoreElement, Nudge
from shared.errors import Invalid
from shared.messages import uuid_of
from shared.said import say

MOST_ITEMS = 500
LARGEST_BODY = 1_000_000  # bytes
LARGEST_SEQ = 2**31 - 1

DeviceClock = Annotated[AwareDatetime, Field(ge=datetime(1970, 1, 1, tzinfo=UTC), lt=datetime(9000, 1, 1, tzinfo=UTC))]
"""A device's clock may be wrong, and is kept as it was. Outside of these years are times that a database or another
time zone cannot hold: one of them, once stored, would stop every reader of the log."""


QuickUUID = Annotated[UUID, AfterValidator(lambda read: uuid_of(read.bytes))]
"""For ids that are looked up and written again and again on an item's way."""


class _OfDevice(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    seq: int = Field(ge=1, le=LARGEST_SEQ, description="per device and user, dense from 1")
    client_id: QuickUUID = Field(description="UUIDv7 made on the device; the item's identity for ever")
    device_time: DeviceClock = Field(description="the device's clock when the item was written")
    elapsed_seconds: int | None = Field(default=None, ge=0, le=10**9, description="on the slot's timer")


class _Item(_OfDevice):
    slot_id: UUID


class StatementItem(_Item):
    kind: Literal["statement"]
    words: str
    minute: int = Field(description="since the slot's start, from 0")
    core_element: CoreElement
    focus_question_ids: tuple[UUID, ...] = ()
    look_for_ids: tuple[str, ...] = ()
    nudge: Nudge | None = Field(default=None, description="what the writer did about words marked as judging")


Why = Literal["clearer_words", "not_what_was_seen", "names_a_person", "wrong_place", "said_twice", "other"]
"""Why a statement is corrected after it was handed in: a code, for free words would have to be sealed."""


class AmendItem(_Item):
    """The statement `of` (its client_id), whole and new, made on top of revision `base_revision`."""

    kind: Literal["amend"]
    of: UUID
    base_revision: int = Field(ge=0)
    words: str
    minute: int
    core_element: CoreElement
    focus_question_ids: tuple[UUID, ...] = ()
    look_for_ids: tuple[str, ...] = ()
    nudge: Nudge | None = Field(default=None, description="what the writer did about words marked as judging")
    why: Why | None = None


class WithdrawItem(_Item):
    kind: Literal["withdraw"]
    of: UUID
    why: Why | None = None


class RatingItem(_Item):
    kind: Literal["rating"]
    look_for_id: str
    value: str | None = Field(description="None: the answer given before is taken back, and none stands")
    instrument_version: int | None = Field(default=None, ge=1, le=999, description="the one that was on the screen")


class SubmitItem(_Item):
    kind: Literal["submit"]


class NoteItem(_OfDevice):
    """What somebody writes in a coaching cycle. `fields` are added to the note: entries of a list join those that
    stand there, other fields take the place of theirs; `ready` says that the note is done. Without `artefact_id` it
    is the writer's own note of that kind in the turn, or a new one under the item's `client_id`."""

    kind: Literal["note"]
    cycle_id: UUID
    artefact: str = Field(max_length=60)
    artefact_id: UUID | None = None
    stage: str = Field(max_length=60, description="the stage that was open when it was written")
    turn: int = Field(ge=1, le=10_000)
    fields: dict[str, Any] = Field(default_factory=dict)
    ready: bool = False


Item = StatementItem | AmendItem | WithdrawItem | RatingItem | SubmitItem
_AnyItem = Annotated[Item | NoteItem, Field(discriminator="kind")]


class CaptureBatch(BaseModel):
    """What a device posts."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    device_id: UUID
    sent_at: DeviceClock = Field(description="the device's clock when it sends")
    observer_id: UUID | None = Field(default=None, description="whose queue this is; refused (403) for anybody else")
    items: tuple[_AnyItem, ...] = Field(min_length=1, max_length=MOST_ITEMS)


class _Header(BaseModel):
    model_config = ConfigDict(frozen=True, extra="allow")
    seq: int = Field(ge=1, le=LARGEST_SEQ)
    client_id: UUID


class _Envelope(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    device_id: UUID
    sent_at: DeviceClock
    observer_id: UUID | None = None
    items: tuple[_Header, ...] = Field(min_length=1, max_length=MOST_ITEMS)


@dataclass(frozen=True, slots=True)
class Malformed:
    """An item whose envelope is sound and whose inside is not: refused alone."""

    seq: int
    client_id: UUID
    kind: str
    slot_id: UUID | None
    detail: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """A batch as read: its items in the order sent, each understood or malformed. Notes of coaching cycles stand
    apart, each with its place among all."""

    device_id: UUID
    sent_at: AwareDatetime
    items: tuple[Item | Malformed, ...]
    observer_id: UUID | None = None
    notes: tuple[tuple[int, NoteItem], ...] = ()

    @classmethod
    def of(cls, batch: CaptureBatch | _Envelope, items: Sequence[Item | NoteItem | Malformed]) -> Delivery:
        notes = tuple((n, item) for n, item in enumerate(items) if isinstance(item, NoteItem))
        others = tuple(item for item in items if not isinstance(item, NoteItem))
        return cls(batch.device_id, batch.sent_at, others, batch.observer_id, notes)


_ITEM: TypeAdapter[Item | NoteItem] = TypeAdapter(_AnyItem)


def read_batch(body: bytes) -> Delivery:
    """The delivery in `body`. Raises Invalid when its envelope, or an item's seq or client_id, is unsound."""
    try:
        batch = CaptureBatch.model_validate_json(body)
    except ValidationError:
        return _read_singly(body)
    return Delivery.of(batch, batch.items)


def _read_singly(body: bytes) -> Delivery:
    try:
        envelope = _Envelope.model_validate(_lenient_json(body))
    except ValidationError as error:
        problems = _problems(error)
        raise Invalid(
            "; ".join(p["where"] + ": " + p["detail"] for p in problems[:5]),
            problems=problems,
            mend=say("rounds.note.correct_envelope"),
        ) from None
    return Delivery.of(envelope, [_read_item(h) for h in envelope.items])


def _lenient_json(body: bytes) -> object:
    """Half an emoji (`"\\ud83d"`, cut off by an input's length limit) is no text: it becomes a question mark
    here, so that it neither costs its item nor holds up the others."""
    try:
        return json.loads(json.dumps(json.loads(body), ensure_ascii=False).encode("utf-8", "replace"))
    except (ValueError, RecursionError) as error:
        raise Invalid(
            say("rounds.note.no_json", why=str(error)), where="body", mend=say("rounds.note.send_json")
        ) from None


def _read_item(header: _Header) -> Item | NoteItem | Malformed:
    raw: dict[str, Any] = {"seq": header.seq, "client_id": header.client_id, **(header.model_extra or {})}
    try:
        return _ITEM.validate_python(raw)
    except ValidationError as error:
        detail = "; ".join(p["where"] + ": " + p["detail"] for p in _problems(error)[:5])
        return Malformed(header.seq, header.client_id, str(raw.get("kind"))[:40], _uuid(raw.get("slot_id")), detail)


def _problems(error: ValidationError) -> list[dict[str, str]]:
    return [
        {"where": "/".join(str(p) for p in e["loc"]) or "body", "detail": e["msg"], "code": e["type"]}
        for e in error.errors(include_url=False, include_input=False)
    ]


def _uuid(value: object) -> UUID | None:
    try:
        return UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None
