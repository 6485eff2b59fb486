"""Where something was seen: an observer in a slot. Its statements all say it in the same words, read once."""

from __future__ import annotations

from uuid import UUID

import msgspec

from services.reporting.projections.school_patterns import packed
from services.reporting.projections.school_patterns.bodies import VisitBody

Place = bytes
"""The ids of district, round, slot and observer, 16 bytes each."""
_read = msgspec.json.Decoder(VisitBody).decode
_STATEMENT = packed.width(14)


class Seen(msgspec.Struct, gc=False):
    """`head` and `tail`: what rows of its statements have before and behind the statement's id and log_seq."""

    place: Place
    visit: VisitBody
    head: bytes
    tail: bytes


class Places:
    """Those of one batch."""

    def __init__(self) -> None:
        self._known: dict[bytes, Seen] = {}

    def of(self, visit: msgspec.Raw, district_id: UUID) -> Seen:
        words = bytes(visit)
        found = self._known.get(words)
        if found is None:
            found = self._known[words] = _seen(_read(words), district_id)
        return found


def _seen(visit: VisitBody, district_id: UUID) -> Seen:
    ids = [district_id.bytes, *map(packed.id_of, (visit.round_id, visit.slot_id, visit.observer_id))]
    district, round_, slot, observer = map(packed.uuid, ids)
    return Seen(b"".join(ids), visit, _STATEMENT + district + round_ + b"\0\0\0\x10", slot + observer)


def columns(place: Place) -> list[bytes]:
    """District, round, slot and observer, packed."""
    return [packed.uuid(place[at : at + 16]) for at in range(0, 64, 16)]


def visit_row(seen: Seen, log_seq: int, recorded_at: int) -> bytes:
    visit = seen.visit
    district, round_, slot, observer = columns(seen.place)
    return b"".join(
        (
            packed.width(11), district, round_, packed.uuid(packed.id_of(visit.school_id)), slot, observer,
            packed.uuid(packed.id_of(visit.classroom_id)), packed.text(visit.grade_band), packed.text(visit.subject),
            packed.day(visit.day), packed.bigint(log_seq), packed.bigint(recorded_at),
        )
    )  # fmt: skip
