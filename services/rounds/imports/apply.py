"""Imported visits become events: a round per occasion, notes per visit, released at once for the figures.

Everything of one file is stored in one transaction or not at all. The same file again changes nothing;
a visit that an earlier file brought is passed over.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from services.rounds.capture.events import (
    Content,
    EvidenceRecorded,
    LookForRated,
    Receipt,
    SlotNotesSubmitted,
    Visit,
)
from services.rounds.capture.judging import judges
from services.rounds.capture.streams import notes_stream, statement_id, words_subject
from services.rounds.debrief.events import ReleasedSynthesis, RoundReleased, SynthesisClosed
from services.rounds.deps import Deps
from services.rounds.imports.history import keep
from services.rounds.imports.mapping import Form
from services.rounds.imports.read import ImportedVisit, Reading
from services.rounds.imports.report import ImportedRound, ObservationReport
from services.rounds.rounds import table
from services.rounds.rounds.events import RoundOpened, Slot, StageOpened, Team
from services.rounds.rounds.queries import debrief_stream, district, round_stream
from shared.eventstore.port import NewEvent
from shared.messages import CommandContext, Event
from shared.tabular.problems import Problem

MINUTES = 20  # a slot's length where the file tells none; only the plan's shape needs it


@dataclass(frozen=True, slots=True)
class Import:
    """One file on its way in. `file_digest` is the SHA-256 of its bytes, `mapping_digest` of those of a mapping that
    came with it (another mapping reads another import out of the same file)."""

    context: CommandContext
    form: Form
    school_id: UUID
    file_name: str
    file_digest: str
    reading: Reading
    problems: Sequence[Problem]
    problems_total: int
    mapping_digest: str = ""

    @property
    def import_id(self) -> UUID:
        told = f"observations {self.form.mapping.key} {self.school_id} {self.file_digest} {self.mapping_digest}"
        return uuid5(self.context.district_id, told.rstrip())


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


async def apply(deps: Deps, given: Import, *, dry_run: bool) -> ObservationReport:
    """Stores what is new of the file, unless `dry_run`."""
    known = await _known(deps, given)
    new = [v for v in given.reading.visits if _slot_id(given.school_id, v) not in known]
    by_occasion: dict[str, list[ImportedVisit]] = defaultdict(list)
    for visit in sorted(new, key=lambda v: (v.occasion, v.day, v.line)):
        by_occasion[visit.occasion].append(visit)
    report = ObservationReport(
        import_id=given.import_id,
        status="dry_run" if dry_run else "applied" if new else "unchanged",
        created_at=deps.clock(),
        file_name=given.file_name,
        instrument=given.form.instrument.key,
        school_id=given.school_id,
        visits=len(new),
        known_before=len(given.reading.visits) - len(new),
        ratings=sum(len(v.ratings) for v in new),
        statements=sum(len(v.statements) for v in new),
        judgmental=sum(judges(words) for v in new for _, words in v.statements),
        rounds=[_told(given, occasion, visits) for occasion, visits in by_occasion.items()],
        columns_used=given.reading.columns_used,
        columns_dropped=list(given.reading.columns_dropped),
        problems=list(given.problems),
        problems_total=given.problems_total,
    )
    if report.status == "applied":
        await _store(deps, given, by_occasion, report)
    return report


async def _known(deps: Deps, given: Import) -> set[UUID]:
    """The visits of the file that are stored already, by slot."""
    slots = [_slot_id(given.school_id, v) for v in given.reading.visits]
    async with deps.db.reader(given.context.district_id) as conn:
        rows = await conn.fetch("select slot_id from round_slots where slot_id = any($1)", slots)
    return {r["slot_id"] for r in rows}


def _slot_id(school_id: UUID, visit: ImportedVisit) -> UUID:
    return uuid5(school_id, f"imported visit {visit.digest}")


def _round_id(given: Import, occasion: str) -> UUID:
    return uuid5(given.import_id, f"occasion {occasion}")


def _told(given: Import, occasion: str, visits: Sequence[ImportedVisit]) -> ImportedRound:
    return ImportedRound(
        round_id=_round_id(given, occasion),
        occasion=occasion,
        first_day=min(v.day for v in visits),
        last_day=max(v.day for v in visits),
        visits=len(visits),
        classrooms=len({v.classroom_id for v in visits}),
        observers=len({v.observer_id for v in visits}),
    )


async def _store(
    deps: Deps, given: Import, by_occasion: dict[str, list[ImportedVisit]], report: ObservationReport
) -> None:
    district_id = given.context.district_id
    zone = ZoneInfo((await district(deps.db, district_id)).timezone)
    streams: dict[str, list[Event]] = {}
    listed: list[Event] = []
    for occasion, visits in by_occasion.items():
        opened, released = _round(given, occasion, visits, zone)
        streams[round_stream(opened.round_id)] = [opened]
        for visit, slot in zip(visits, opened.slots, strict=True):
            stream = notes_stream(slot.slot_id, visit.observer_id)
            streams[stream] = await _notes(deps, given, opened, slot, visit, zone)
        streams[debrief_stream(opened.round_id)] = list(released)
        listed += [opened, *released]
    async with deps.db.writer(district_id) as conn:
        await deps.store.lock_streams(conn, sorted(streams))
        for stream, events in streams.items():
            new = [NewEvent.of(e, uuid5(given.import_id, f"{stream} {n}")) for n, e in enumerate(events)]
            await deps.store.append_in(conn, stream, new, expected=0, context=given.context)
        for event in listed:
            await table.apply(conn, district_id, event, 1)
        await keep(conn, district_id, report)


def _round(
    given: Import, occasion: str, visits: Sequence[ImportedVisit], zone: ZoneInfo
) -> tuple[RoundOpened, tuple[Event, ...]]:
    """The round of one occasion, and what ends it: nobody debriefs it, its figures are released at once."""
    round_id = _round_id(given, occasion)
    team = Team(
        team_id=uuid5(round_id, "team"), name="Imported", observer_ids=tuple(sorted({v.observer_id for v in visits}))
    )
    slots = tuple(
        Slot(
            slot_id=_slot_id(given.school_id, v),
            team_id=team.team_id,
            classroom_id=v.classroom_id,
            room="",
            grade_band=v.grade_band,
            subject=v.subject,
            starts_at=_moment(v, zone),
            ends_at=_moment(v, zone),
        )
        for v in visits
    )
    opened = RoundOpened(
        round_id=round_id,
        school_id=given.school_id,
        day=max(v.day for v in visits),
        timezone=zone.key,
        facilitator_id=None,
        instrument=given.form.instrument.key,
        instrument_version=given.form.instrument.version,
        teams=(team,),
        slots=slots,
        origin=_origin(given),
    )
    nothing = ReleasedSynthesis(
        problem="", theory_of_action="", focus_questions=(), patterns=(), predictions=(), next_level_of_work=()
    )
    ended: tuple[Event, ...] = (
        StageOpened(round_id=round_id, school_id=given.school_id, stage="follow_up"),
        SynthesisClosed(round_id=round_id, school_id=given.school_id),
        RoundReleased(round_id=round_id, school_id=given.school_id, release=1, synthesis=nothing),
    )
    return opened, ended


async def _notes(
    deps: Deps, given: Import, opened: RoundOpened, slot: Slot, visit: ImportedVisit, zone: ZoneInfo
) -> list[Event]:
    where = Visit(
        round_id=opened.round_id,
        school_id=opened.school_id,
        slot_id=slot.slot_id,
        classroom_id=slot.classroom_id,
        observer_id=visit.observer_id,
        grade_band=slot.grade_band,
        subject=slot.subject,
        day=visit.day,
    )
    now, written = deps.clock(), _moment(visit, zone)
    texts = [words for _, words in visit.statements]
    subject = words_subject(opened.round_id, visit.observer_id)
    sealed = await deps.words.seal(given.context.district_id, subject, texts) if texts else []

    def receipt(what: str) -> Receipt:
        return Receipt(client_id=uuid5(slot.slot_id, what), device_time=written, received_at=now)

    events: list[Event] = [
        EvidenceRecorded(
            statement_id=statement_id(slot.slot_id, visit.observer_id, uuid5(slot.slot_id, f"statement {n}")),
            visit=where,
            content=Content(words=box, minute=0, core_element=element, judgmental=judges(words)),
            receipt=receipt(f"statement {n}"),
            origin=_origin(given),
        )
        for n, ((element, words), box) in enumerate(zip(visit.statements, sealed, strict=True))
    ]
    items = given.form.instrument.by_id
    events += [
        LookForRated(
            rating_id=uuid5(slot.slot_id, f"rating {look_for}"),
            visit=where,
            look_for_id=look_for,
            kind=items[look_for].kind,
            value=value,
            receipt=receipt(f"rating {look_for}"),
            origin=_origin(given),
        )
        for look_for, value in visit.ratings.items()
    ]
    submitted = SlotNotesSubmitted(
        visit=where, statements=len(visit.statements), ratings=len(visit.ratings), receipt=receipt("submit")
    )
    return [*events, submitted]


def _moment(visit: ImportedVisit, zone: ZoneInfo) -> datetime:
    """When the row was written, by the writer's own clock; noon of the day where it tells no time."""
    told = visit.written_at or datetime.combine(visit.day, time(12))
    return told.replace(tzinfo=zone).astimezone(UTC)


def _origin(given: Import) -> str:
    return f"import:{given.import_id}"
