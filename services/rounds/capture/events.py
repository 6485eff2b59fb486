"""The storage format of `notes-<slot>-<observer>` and of `device-<device>-<observer>`.

One accepted item of a device is exactly one event here. Words are sealed under the subject that
`capture.streams.words_subject` names; nothing else in these events is free text.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any, Literal, TypedDict, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.messages import Event
from shared.upcasting import upcaster

CoreElement = Literal["teacher", "student", "content", "task"]
Nudge = Literal["kept", "reworded"]
Late = Literal["after_submit", "after_describe", "after_close", "after_release"]
M = TypeVar("M", bound=BaseModel)
_set_values, _set_given, _set_extra, _set_private = (
    BaseModel.__dict__[slot].__set__
    for slot in ("__dict__", "__pydantic_fields_set__", "__pydantic_extra__", "__pydantic_private__")
)
ItemKind = Literal["statement", "rating", "amend", "withdraw", "submit"]


class Visit(BaseModel):
    """One observer in one classroom slot, with what the slot was when the item was taken."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    round_id: UUID
    school_id: UUID
    slot_id: UUID
    classroom_id: UUID
    observer_id: UUID
    grade_band: str
    subject: str
    day: date


class Receipt(BaseModel):
    """How an item came in. `device_time` and `sent_at` are the device's clock, `received_at` is ours;
    `skew_seconds` is device minus server, taken at sending. An imported item has no device and no seq."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    client_id: UUID
    device_id: UUID | None = None
    seq: int | None = None
    device_time: datetime
    elapsed_seconds: int | None = None  # since the slot's timer was started on the device
    sent_at: datetime | None = None
    received_at: datetime
    skew_seconds: float | None = None
    late: Late | None = None


class ReceiptFields(TypedDict):
    """The fields of a `Receipt` that is still to be made."""

    client_id: UUID
    device_id: UUID | None
    seq: int | None
    device_time: datetime
    elapsed_seconds: int | None
    sent_at: datetime | None
    received_at: datetime
    skew_seconds: float | None
    late: Late | None


class Content(BaseModel):
    """What a statement says and how it is tagged; `words` is sealed. `minute` counts from the slot's start."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    words: str
    minute: int
    core_element: CoreElement
    focus_question_ids: tuple[UUID, ...] = ()
    look_for_ids: tuple[str, ...] = ()
    judgmental: bool = False
    nudge: Nudge | None = None  # what the writer did when the words were marked at the keyboard


class ContentFields(TypedDict):
    """The fields of a `Content` that is still to be made."""

    words: str
    minute: int
    core_element: CoreElement
    focus_question_ids: tuple[UUID, ...]
    look_for_ids: tuple[str, ...]
    judgmental: bool
    nudge: Nudge | None


@cache
def _all_fields(kind: type[BaseModel]) -> set[str]:
    """One set for all frozen instances of `kind`, of which none changes it."""
    return set(kind.model_fields)


def unchecked(kind: type[M], fields: Mapping[str, object]) -> M:
    """`kind(**fields)` for all of its fields and values that are known to be good: a tenth of the time,
    which the hundreds of statements of a post add up to. As pydantic's `model_construct`, without its
    search for aliases and defaults."""
    made = object.__new__(kind)
    _set_values(made, fields)
    _set_given(made, _all_fields(kind))
    _set_extra(made, None)
    _set_private(made, None)
    return made


class EvidenceRecorded(Event):
    statement_id: UUID
    visit: Visit
    content: Content
    receipt: Receipt
    origin: str = "capture"


class EvidenceAmended(Event):
    """The statement's whole content after the change; the first amendment is revision 1. `why` is a code."""

    schema_version = 2

    statement_id: UUID
    visit: Visit
    content: Content
    revision: int
    receipt: Receipt
    origin: str = "capture"
    why: str | None = None


@upcaster("EvidenceAmended", 1)
@upcaster("EvidenceWithdrawn", 1)
def _for_no_reason(body: dict[str, Any]) -> dict[str, Any]:
    return body | {"why": None}


class EvidenceConflictKept(Event):
    """A second version of a statement that may not replace the first: an edit of a revision that was no
    longer the newest, or the same client id with another content. Shown beside the statement."""

    statement_id: UUID
    visit: Visit
    content: Content
    cause: Literal["stale_base", "other_content", "withdrawn"]
    base_revision: int | None
    receipt: Receipt


class EvidenceWithdrawn(Event):
    schema_version = 2

    statement_id: UUID
    visit: Visit
    receipt: Receipt
    why: str | None = None


class WordsErased(Event):
    """A tombstone: the words of a withdrawn statement, all its versions, are gone with their key. Tags stay."""

    statement_id: UUID
    visit: Visit
    by: UUID


class WordsKeyTurned(Event):
    """From here on the stream takes no words that were sealed under an earlier generation of the observer's key: an
    append that was on its way names a version before this one, is refused, and seals its words anew."""

    generation: int


class LookForRated(Event):
    """The observer's answer to one look-for in this slot; a later one replaces it. `instrument_version` is the one
    that was on the device's screen, where the device told it."""

    schema_version = 2

    rating_id: UUID
    visit: Visit
    look_for_id: str
    kind: Literal["choice", "multi_choice", "count", "scale", "observed", "tally"]
    value: str
    receipt: Receipt
    origin: str = "capture"
    instrument_version: int | None = None


@upcaster("LookForRated", 1)
def _of_an_unknown_version(body: dict[str, Any]) -> dict[str, Any]:
    return body | {"instrument_version": None}


class RatingWithdrawn(Event):
    """The observer took the answer to one look-for back: it counts as not answered, until another one is given."""

    rating_id: UUID  # of this event; the answer is found by its look-for
    visit: Visit
    look_for_id: str
    receipt: Receipt
    instrument_version: int | None


class RatingConflictKept(Event):
    """The same client id came with another answer, or with none (None); the first one counts."""

    schema_version = 2

    rating_id: UUID
    visit: Visit
    look_for_id: str
    value: str | None
    receipt: Receipt


@upcaster("RatingConflictKept", 1)
def _always_an_answer(body: dict[str, Any]) -> dict[str, Any]:
    return body


class SlotNotesSubmitted(Event):
    """The observer handed in the notes of this slot; what comes later is kept, and marked late."""

    visit: Visit
    statements: int
    ratings: int
    receipt: Receipt


NOTES_EVENTS: tuple[type[Event], ...] = (
    EvidenceRecorded,
    EvidenceAmended,
    EvidenceConflictKept,
    EvidenceWithdrawn,
    WordsErased,
    WordsKeyTurned,
    LookForRated,
    RatingWithdrawn,
    RatingConflictKept,
    SlotNotesSubmitted,
)


class DeviceVisited(Event):
    """From now on the device's ledger is also told by the observer's notes of this round."""

    device_id: UUID
    observer_id: UUID
    round_id: UUID


class DeviceTookNotes(Event):
    """From here on the device's ledger looks in this coaching cycle, too."""

    device_id: UUID
    observer_id: UUID
    cycle_id: UUID


class NotedItem(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    seq: int
    client_id: UUID
    kind: str
    slot_id: UUID | None
    result: Literal["refused", "duplicate"]
    code: str | None = None  # the rule that refused it


class ItemsNoted(Event):
    """Items that left no event in any notes: refused ones, and repetitions under a new number."""

    device_id: UUID
    observer_id: UUID
    items: tuple[NotedItem, ...]
    sent_at: datetime
    received_at: datetime
    skew_seconds: float


DEVICE_EVENTS: tuple[type[Event], ...] = (DeviceVisited, DeviceTookNotes, ItemsNoted)
