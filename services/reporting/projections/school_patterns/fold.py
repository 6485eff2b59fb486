"""Folds one batch of the rounds service's events into rows and changes of tallies. Pure.

What an event replaces (a statement's standing tags, a standing answer) is looked up among the facts first:
`Reading.wanted` says which, and `Fold` is given them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

import msgspec

from services.reporting.projections.school_patterns import packed
from services.reporting.projections.school_patterns.bodies import (
    HandedInBody,
    NotRatedBody,
    RatingBody,
    StatementBody,
    WithdrawnBody,
)
from services.reporting.projections.school_patterns.places import Place, Places, Seen, columns, visit_row
from services.rounds import contract
from shared.batch import A_DAY, EPOCH, micros, moment
from shared.batch import columns as told_of
from shared.messages import ContractEvent, PublishedEvent

RECORDED = contract.EvidenceRecorded.event_type()
AMENDED = contract.EvidenceAmended.event_type()
WITHDRAWN = contract.EvidenceWithdrawn.event_type()
RATED = contract.LookForRated.event_type()
NOT_RATED = contract.RatingWithdrawn.event_type()
HANDED_IN = contract.SlotNotesSubmitted.event_type()
_FREQUENT: dict[str, msgspec.json.Decoder[Any]] = {
    RECORDED: msgspec.json.Decoder(StatementBody),
    AMENDED: msgspec.json.Decoder(StatementBody),
    WITHDRAWN: msgspec.json.Decoder(WithdrawnBody),
    RATED: msgspec.json.Decoder(RatingBody),
    NOT_RATED: msgspec.json.Decoder(NotRatedBody),
    HANDED_IN: msgspec.json.Decoder(HandedInBody),
}
FREQUENT = frozenset(_FREQUENT)
SELDOM: dict[str, type[ContractEvent]] = {
    t.event_type(): t
    for t in contract.PUBLISHED
    if t.event_type() not in FREQUENT and "round_id" in t.model_fields  # others tell nothing of a round
}

Row = tuple[object, ...]
AnswerKey = tuple[Place, str]
"""place, look-for"""
Counted = tuple[Place, str, str, str]
"""place, kind, tag, value"""
_Tags = tuple[bool, str, tuple[str, ...], tuple[str, ...], int | None, bool]
"""withdrawn, core element, focus questions, look-fors, minute, judgmental"""


class Parsed(msgspec.Struct, gc=False):
    """A seldom event with its contract's model."""

    log_seq: int
    type: str
    district_id: UUID
    recorded_at: datetime
    data: bytes
    body: Any


class Reading:
    """A batch as far as it is read: `bodies` are of bodies.py for the frequent types, the contract's models for others,
    None for types that this code does not know: newer ones are not for it."""

    def __init__(self, batch: Sequence[PublishedEvent]) -> None:
        self.told = told_of(batch)
        self.bodies: list[Any] = [None] * len(self.told.types)
        self.places = Places()
        for type_ in set(self.told.types):
            places = [n for n, t in enumerate(self.told.types) if t == type_]
            for n, body in zip(places, _bodies(type_, [self.told.bodies[n] for n in places]), strict=True):
                self.bodies[n] = body

    @cached_property
    def wanted(self) -> tuple[dict[str, str], list[AnswerKey]]:
        """The statements, with their rounds, and the answers whose standing this batch changes."""
        told, statements, answers = self.told, dict[str, str](), dict[AnswerKey, None]()
        if not {AMENDED, WITHDRAWN, RATED, NOT_RATED}.isdisjoint(told.types):
            for type_, district_id, body in zip(told.types, told.district_ids, self.bodies, strict=True):
                if type_ in (AMENDED, WITHDRAWN):
                    statements[body.statement_id] = self.places.of(body.visit, district_id).visit.round_id
                elif type_ in (RATED, NOT_RATED):
                    answers[self.places.of(body.visit, district_id).place, body.look_for_id] = None
        return statements, list(answers)


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


class Standing(msgspec.Struct, gc=False):
    """A statement as it stands: what its tallies count."""

    place: Place
    core_element: str
    focus_question_ids: Sequence[str]
    look_for_ids: Sequence[str]
    judgmental: bool
    withdrawn: bool = False


class Fold:
    """`statements`, `answers`: what stands before the batch, of those that it wants. The rest is what the batch adds:
    packed rows, and `more` and `less` of what is counted."""

    def __init__(self, reading: Reading, statements: dict[str, Standing], answers: dict[AnswerKey, str]) -> None:
        self.more: list[Counted] = []
        self.less: list[Counted] = []
        self.visits: dict[Place, bytes] = {}
        self.statements: list[bytes] = []
        self.ratings: list[bytes] = []
        self.submissions: list[bytes] = []
        self.round_rows: list[Row] = []
        self.seldom: list[Parsed] = []
        self._places = reading.places
        self._revised = reading.wanted[0].keys()
        self._standing, self._answers = statements, answers
        self._tags: dict[_Tags, bytes] = {}
        self._fold(reading)

    def _fold(self, reading: Reading) -> None:
        """In the log's order. Statements are nearly all that there is: what is done for each stands here, uncalled."""
        told, bodies = reading.told, reading.bodies
        ids = iter(packed.ids_of([b.statement_id for b in bodies if type(b) is StatementBody]))
        known: dict[bytes, Seen] = {}
        put, count, tags_of, revised = self.statements.extend, self.more.append, self._tags.get, self._revised
        bigint, times, utc, epoch = packed.BIG, packed.BIGS, UTC, EPOCH
        for log_seq, type_, district_id, at, data, body in zip(*told, bodies, strict=True):
            if type(body) is StatementBody:  # recorded or amended
                words = bytes(body.visit)
                seen = known.get(words)
                if seen is None:
                    seen = known[words] = self._seen(body.visit, district_id, log_seq, at)
                place, core, questions, look_fors = (
                    seen.place, body.core_element, body.focus_question_ids, body.look_for_ids,
                )  # fmt: skip
                if body.judgmental:
                    count((place, "judgmental", "", ""))
                else:
                    count((place, "core", core, ""))
                    if questions or look_fors:
                        _count_tags(self.more, place, questions, look_fors)
                if revised and body.statement_id in revised:
                    self._replace(body.statement_id, Standing(place, core, questions, look_fors, body.judgmental))
                tags = (False, core, questions, look_fors, body.minute, body.judgmental)
                happened = body.device_time
                since = happened - epoch if happened.tzinfo is utc else timedelta(microseconds=micros(happened))
                put(
                    (
                        seen.head, next(ids), bigint(8, log_seq), seen.tail, tags_of(tags) or self._pack(tags),
                        times(8, since.days * A_DAY + since.seconds * 1_000_000 + since.microseconds, 8, at),
                    )
                )  # fmt: skip
            elif body is None:
                continue
            elif type_ in (RATED, NOT_RATED):
                self._rated(log_seq, at, self._seen(body.visit, district_id, log_seq, at), body)
            elif type_ == WITHDRAWN:
                self._withdrawn(log_seq, at, self._seen(body.visit, district_id, log_seq, at), body)
            elif type_ == HANDED_IN:
                self._handed_in(log_seq, at, self._seen(body.visit, district_id, log_seq, at), body)
            else:
                self._happened(Parsed(log_seq, type_, district_id, moment(at), data, body))

    def tallies(self) -> Counter[Counted]:
        """What is to be added to each."""
        counts = Counter(self.more)
        counts.subtract(self.less)
        return counts

    def _seen(self, visit: msgspec.Raw, district_id: UUID, log_seq: int, recorded_at: int) -> Seen:
        found = self._places.of(visit, district_id)
        if found.place not in self.visits:
            self.visits[found.place] = visit_row(found, log_seq, recorded_at)
        return found

    def _withdrawn(self, log_seq: int, recorded_at: int, seen: Seen, body: WithdrawnBody) -> None:
        self._replace(body.statement_id, Standing(seen.place, "", (), (), False, withdrawn=True))
        tags = (True, "", (), (), None, False)
        self.statements += (
            seen.head, packed.id_of(body.statement_id), packed.bigint(log_seq), seen.tail,
            self._tags.get(tags) or self._pack(tags), packed.NULL, packed.bigint(recorded_at),
        )  # fmt: skip

    def _replace(self, statement_id: str, new: Standing) -> None:
        old = self._standing.get(statement_id)
        if old is not None and not old.withdrawn:
            if old.judgmental:
                self.less.append((old.place, "judgmental", "", ""))
            else:
                self.less.append((old.place, "core", old.core_element, ""))
                _count_tags(self.less, old.place, old.focus_question_ids, old.look_for_ids)
        self._standing[statement_id] = new

    def _pack(self, tags: _Tags) -> bytes:
        withdrawn, core_element, focus_questions, look_fors, minute, judgmental = tags
        found = self._tags[tags] = b"".join(
            (
                packed.boolean(withdrawn),
                packed.text(core_element),
                packed.array(packed.UUID_OID, [packed.uuid(packed.id_of(q)) for q in focus_questions]),
                packed.array(packed.TEXT_OID, [packed.text(look_for) for look_for in look_fors]),
                packed.NULL if minute is None else packed.integer(minute),
                packed.boolean(judgmental),
            )
        )
        return found

    def _rated(self, log_seq: int, recorded_at: int, seen: Seen, body: RatingBody | NotRatedBody) -> None:
        place, look_for = seen.place, body.look_for_id
        key = (place, look_for)
        old = self._answers.pop(key, None)
        if old is not None:
            self.less.append((place, "answer", look_for, old))
        told = (packed.NULL, packed.NULL)  # taken back
        if isinstance(body, RatingBody):
            told = (packed.text(body.kind), packed.text(body.value))
            answer = self._answers[key] = f"{body.kind}:{body.value}"
            self.more.append((place, "answer", look_for, answer))
        self.ratings += (
            packed.width(10), *columns(place), packed.text(look_for), packed.bigint(log_seq), *told,
            packed.times(micros(body.device_time), recorded_at),
        )  # fmt: skip

    def _handed_in(self, log_seq: int, recorded_at: int, seen: Seen, body: HandedInBody) -> None:
        self.submissions += (
            packed.width(8), *columns(seen.place), packed.bigint(log_seq), packed.integer(body.statements),
            packed.integer(body.ratings), packed.bigint(recorded_at),
        )  # fmt: skip

    def _happened(self, event: Parsed) -> None:
        self.seldom.append(event)
        self.round_rows.append(
            (
                event.district_id, event.body.round_id, event.log_seq, event.type, event.data.decode(),
                event.recorded_at,
            )
        )  # fmt: skip


def _count_tags(into: list[Counted], place: Place, questions: Sequence[str], look_fors: Sequence[str]) -> None:
    for question in set(questions):
        into.append((place, "focus", question, ""))
    for tag in set(look_fors):
        into.append((place, "tag", tag, ""))


def tally_rows(tallies: Iterable[tuple[Counted, int]]) -> list[bytes]:
    """Packed. Places and tags are few: each is packed once."""
    places: dict[Place, bytes] = {}
    tags: dict[tuple[str, str, str], bytes] = {}
    rows: list[bytes] = []
    for (place, kind, tag, value), n in tallies:
        ids = places.get(place)
        if ids is None:
            ids = places[place] = b"".join((packed.width(8), *columns(place)))
        told = tags.get((kind, tag, value))
        if told is None:
            told = tags[kind, tag, value] = packed.text(kind) + packed.text(tag) + packed.text(value)
        rows += (ids, told, packed.integer(n))
    return rows
