"""Where something was seen: an observer in a slot. Its statements all say it in the same words, read once."""

from __future__ import annotations

from struct import Struct
from uuid import UUID

import msgspec

from services.reporting.projections.school_patterns import packed
from services.reporting.projections.school_patterns.bodies import VisitBody

Place = bytes
"""The ids of district, round, slot and observer, 16 bytes each."""
_read = msgspec.json.Decoder(VisitBody).decode
_HEAD = Struct(">hi16si16si").pack
_VISIT = Struct(">hi16si16si16s").pack


class Seen(msgspec.Struct, gc=False):
    """`head` and `tail`: what rows of its statements have before and behind the statement's id and log_seq; `ids`: what
    its own row begins with."""

    place: Place
    visit: VisitBody
    head: bytes
    tail: bytes
    ids: bytes


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
    asked = (visit.round_id, visit.slot_id, visit.observer_id, visit.school_id, visit.classroom_id)
    round_, slot, observer, school, room = packed.ids_of(asked)
    district, tail = district_id.bytes, packed.UUIDS(16, slot, 16, observer)
    place = b"".join((district, round_, slot, observer))
    head = _HEAD(14, 16, district, 16, round_, 16)
    return Seen(place, visit, head, tail, _VISIT(11, 16, district, 16, round_, 16, school) + tail + packed.uuid(room))


def columns(place: Place) -> list[bytes]:
    """District, round, slot and observer, packed."""
    return [packed.uuid(place[at : at + 16]) for at in range(0, 64, 16)]


def visit_row(seen: Seen, log_seq: int, recorded_at: int) -> bytes:
    visit = seen.visit
    return b"".join(
        (
            seen.ids, packed.text(visit.grade_band), packed.text(visit.subject), packed.day(visit.day),
            packed.BIGS(8, log_seq, 8, recorded_at),
        )
    )  # fmt: skip
