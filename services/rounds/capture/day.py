"""What one observer needs for their visits, whole: a device that holds this needs no network in the classroom."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from services.rounds.capture.events import Content, CoreElement
from services.rounds.capture.reading import read_notes
from services.rounds.capture.state import Notes
from services.rounds.capture.streams import notes_stream, words_subject
from services.rounds.cycles.day import DayCycle, coaching, erased
from services.rounds.deps import Deps
from services.rounds.instruments.documents import Instrument, Text
from services.rounds.rounds.events import Slot, Stage
from services.rounds.rounds.queries import RoundFile, page, round_file

DAYS_BACK = 21
MOST_ROUNDS = 60


class Version(BaseModel):
    words: str | None = Field(description="None: erased")
    minute: int
    core_element: CoreElement
    focus_question_ids: tuple[UUID, ...]
    look_for_ids: tuple[str, ...]


class OtherVersionHeld(Version):
    """A version that was kept beside the statement, for its writer to choose."""

    cause: Literal["stale_base", "other_content", "withdrawn"]
    base_revision: int | None


class HeldStatement(Version):
    """One of the observer's own statements, as the server holds it."""

    client_id: UUID
    revision: int
    withdrawn: bool
    device_time: datetime
    others: list[OtherVersionHeld]


class HeldRating(BaseModel):
    look_for_id: str
    value: str
    instrument_version: int | None = Field(description="the one that it was given on, where the device told it")


class DaySlot(BaseModel):
    slot_id: UUID
    room: str
    grade_band: str
    subject: str
    period: str | None
    starts_at: datetime
    ends_at: datetime
    minutes: int
    submitted: bool
    statements: list[HeldStatement]
    ratings: list[HeldRating]


class DayQuestion(BaseModel):
    focus_question_id: UUID
    words: str


class DayVisit(BaseModel):
    """One round on which the observer is expected; `planned` is False for a slot's sake alone: notes in it stand."""

    round_id: UUID
    school_id: UUID
    school_name: str
    day: date
    timezone: str
    stage: Stage
    closed: bool
    withdrawn: bool
    team: str | None
    problem: str | None
    theory_of_action: str | None
    focus_questions: list[DayQuestion]
    instrument: Instrument
    earlier_instruments: list[Instrument] = Field(
        description="pinned before, the newest last: answers that were given on them stand"
    )
    slots: list[DaySlot]


class Day(BaseModel):
    """The visits of one observer, with the pinned instruments and what they have written so far."""

    person_id: UUID
    server_time: datetime
    visits: list[DayVisit]
    cycles: list[DayCycle] = Field(description="my coaching cycles in which I may write now")
    erased: list[UUID] = Field(description="cycles whose words are gone: a device forgets what it keeps of them")


async def day(deps: Deps, district_id: UUID, observer_id: UUID, since: date | None) -> Day:
    """Visits from `since` on (three weeks back when None), the earliest first."""
    now = deps.clock()
    since = since or (now - timedelta(days=DAYS_BACK)).date()
    rows = await page(
        deps.db,
        district_id,
        everything=False,
        schools=(),
        facilitator_id=None,
        observer_id=observer_id,
        after=None,
        limit=MOST_ROUNDS,
    )
    wanted = [r["round_id"] for r in rows if r["day"] >= since and not r["origin"].startswith("import")]
    files = await asyncio.gather(*(round_file(deps, district_id, r) for r in wanted))
    names = await _school_names(deps, district_id, [f.plan.school_id for f in files])
    visits = [await _visit(deps, district_id, f, observer_id, names) for f in files]
    visits.sort(key=lambda v: (v.day, v.slots[0].starts_at if v.slots else now))
    cycles = await coaching(deps, district_id, observer_id)
    gone = await erased(deps, district_id, observer_id)
    return Day(person_id=observer_id, server_time=now, visits=visits, cycles=cycles, erased=gone)


async def _school_names(deps: Deps, district_id: UUID, schools: Sequence[UUID]) -> Mapping[UUID, str]:
    async with deps.db.reader(district_id) as conn:
        rows = await conn.fetch("select school_id, name from known_schools where school_id = any($1)", list(schools))
    return {r["school_id"]: r["name"] for r in rows}


async def _visit(
    deps: Deps, district_id: UUID, file: RoundFile, observer_id: UUID, names: Mapping[UUID, str]
) -> DayVisit:
    plan, problem = file.plan, file.round.problem
    document = await deps.instruments.get(district_id, plan.instrument, plan.instrument_version)
    if document is None:  # the visit is not opened so: statements can still be written, there is nothing to answer
        document = _unreadable(plan.instrument, plan.instrument_version)
    mine = {t.team_id: t for t in plan.teams if observer_id in t.observer_ids}
    held = await _held(deps, district_id, file, observer_id)
    slots = [
        once.slot
        for once in file.round.slots.values()
        if observer_id in once.observer_ids
        and (once.slot.slot_id in held or (once.planned and (not mine or once.slot.team_id in mine)))
    ]
    return DayVisit(
        round_id=plan.round_id,
        school_id=plan.school_id,
        school_name=names.get(plan.school_id, ""),
        day=plan.day,
        timezone=plan.timezone,
        stage=file.stage,
        closed=file.debrief.closed,
        withdrawn=file.round.withdrawn,
        team=next((t.name for t in mine.values()), None),
        problem=problem.problem if problem else None,
        theory_of_action=problem.theory_of_action if problem else None,
        focus_questions=[DayQuestion(**q.model_dump()) for q in problem.focus_questions] if problem else [],
        instrument=document,
        earlier_instruments=await deps.instruments.pinned(district_id, file.round.pinned[:-1]),
        slots=[_slot(s, *held.get(s.slot_id, (Notes(), {}))) for s in sorted(slots, key=lambda s: s.starts_at)],
    )


def _unreadable(key: str, version: int) -> Instrument:
    title = Text(en=f"The instrument “{key}” cannot be read", es=f"El instrumento «{key}» no se puede leer")
    return Instrument.model_construct(
        key=key, version=version, title=title, description=title, languages=("en", "es"), groups=(), items=()
    )


async def _held(
    deps: Deps, district_id: UUID, file: RoundFile, observer_id: UUID
) -> dict[UUID, tuple[Notes, dict[str, str | None]]]:
    """The observer's notes by slot, with the plain words by their sealed form."""
    by_stream = {notes_stream(slot_id, observer_id): slot_id for slot_id in file.round.slots}
    found = await read_notes(deps.db, district_id, list(by_stream))
    sealed: dict[UUID, list[str]] = defaultdict(list)
    for stream, notes in found.items():
        for s in notes.statements.values():
            sealed[by_stream[stream]] += [s.content.words, *(c.content.words for c in s.conflicts)]
    boxes = [b for some in sealed.values() for b in some]
    subject = words_subject(file.plan.round_id, observer_id)
    opened = await deps.words.reveal(district_id, {subject: boxes}) if boxes else {subject: []}
    plain = dict(zip(boxes, opened[subject], strict=True))
    return {by_stream[s]: (n, plain) for s, n in found.items()}


def _slot(slot: Slot, notes: Notes, words: Mapping[str, str | None]) -> DaySlot:
    def version(content: Content) -> dict[str, object]:
        return {**content.model_dump(include=set(Version.model_fields)), "words": words.get(content.words)}

    return DaySlot(
        **slot.model_dump(exclude={"team_id", "classroom_id"}),
        minutes=slot.minutes,
        submitted=notes.submitted,
        statements=[
            HeldStatement.model_validate(
                {
                    **version(s.content),
                    "client_id": client_id,
                    "revision": s.revision,
                    "withdrawn": s.withdrawn,
                    "device_time": s.recorded.receipt.device_time,
                    "others": [
                        version(c.content) | {"cause": c.cause, "base_revision": c.base_revision} for c in s.conflicts
                    ],
                }
            )
            for client_id, s in notes.statements.items()
        ],
        ratings=[
            HeldRating.model_validate(r.model_dump(include=set(HeldRating.model_fields)))
            for r in notes.ratings.values()
        ],
    )
