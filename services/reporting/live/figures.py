"""The figures of an open round for its facilitator: everything that was seen, by nobody's name.

Not suppressed: the facilitator may read the round's de-identified evidence itself (domain.md, "Who sees
what"), so that counts tell nothing more. No observer is named or numbered.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any  # the columns of a row
from uuid import UUID

from asyncpg import Connection, Record
from pydantic import BaseModel, ConfigDict

from services.reporting.figures.facts import CORE_ELEMENTS, Rating
from services.reporting.figures.intervals import CONFIDENCE, METHOD, Certainty
from services.reporting.figures.tables import (
    TAGGED,
    WITH,
    Definition,
    Seen,
    Table,
    UnitName,
    figure,
    seen_in,
    tables_of,
)
from services.reporting.projections.school_patterns.query import read_facts
from services.reporting.projections.school_patterns.rounds import Round
from services.reporting.projections.school_patterns.sql import sql
from services.rounds.contract import ProblemOfPracticeWritten


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class LiveCell(_Part):
    """`share` and the limits of its 95% interval go from 0 to 1."""

    category: str
    count: int
    share: float
    low: float
    high: float
    certainty: Certainty


class LiveTable(_Part):
    """As a released table, with every cell. `not_rated`: answers outside of `n`, by reason."""

    definition: Definition
    subject: str | None
    unit: UnitName
    n: int
    cells: tuple[LiveCell, ...]
    not_rated: dict[str, int] = {}


class LiveSlot(_Part):
    """One visit. `observers` reported from it, `submitted` of them have handed in."""

    slot_id: UUID
    observers: int
    submitted: int
    statements: int
    core: dict[str, int]


class LiveFigures(_Part):
    """`seq` grows with every event of the round; of one build, the same `seq` is the same answer."""

    round_id: UUID
    school_id: UUID
    day: date | None
    stage: str
    seq: int
    slots_planned: int
    visits: int
    classrooms: int
    observers_planned: int
    observers: int
    statements: int
    judgmental: int
    method: str = METHOD
    confidence: float = CONFIDENCE
    tables: tuple[LiveTable, ...]
    slots: tuple[LiveSlot, ...]


async def live_figures(conn: Connection, found: Round) -> LiveFigures:
    """The figures of `found` as they are. The connection's search_path must be the live build's."""
    read = await conn.fetchrow(sql("read_live"), found.round_id)
    written = read["written"]
    seen = Seen(ProblemOfPracticeWritten.model_validate(written).focus_question_ids if written else ())
    for visit in _rows(read, "seen_slots", "seen_rooms", "seen_observers"):
        seen.visit(*visit)
    judgmental: Counter[UUID] = Counter()
    for tally in _rows(read, "slots", "observers", "kinds", "tags", "values", "counts"):
        _take(seen, judgmental, *tally)
    if read["screened"]:  # the sums know the mark of the words, not the team's verdict
        facts = await read_facts(conn, found.round_id)
        if facts is not None:
            seen = seen_in(facts)
            judgmental = Counter(s.slot_id for s in facts.statements if s.judgmental)
    classrooms, observers = len(set(seen.rooms.values())), len({o for held in seen.observers.values() for o in held})
    return LiveFigures(
        round_id=found.round_id,
        school_id=found.school_id,
        day=found.day,
        stage=found.stage,
        seq=read["seq"] or 0,
        slots_planned=found.slots_planned,
        visits=len(seen.rooms),
        classrooms=classrooms,
        observers_planned=found.observers_planned,
        observers=observers,
        statements=len(seen.spoken) + judgmental.total(),
        judgmental=judgmental.total(),
        tables=tuple(_live(t, classrooms, observers) for t in tables_of(seen)),
        slots=_slots(seen, dict(_rows(read, "submitted_slots", "submitted")), judgmental),
    )


def _rows(read: Record, *columns: str) -> Iterator[tuple[Any, ...]]:
    """Of lists that belong together; of none there is no list."""
    return zip(*(read[column] or () for column in columns), strict=True)


def _take(
    seen: Seen,
    judgmental: Counter[UUID],
    slot_id: UUID,
    observer_id: UUID,
    kind: str,
    tag: str,
    value: str,
    n: int,
) -> None:
    match kind:
        case "core":
            seen.speak(tag, slot_id, observer_id, times=n)
        case "focus":
            seen.holders["focus_question.visits", tag].add(slot_id)
        case "tag":
            seen.holders[TAGGED, tag].add(slot_id)
        case "judgmental":
            judgmental[slot_id] += n
            seen.judge(slot_id, observer_id, times=n)
        case "answer":
            form, _, code = value.partition(":")
            seen.answers[tag].append(Rating(slot_id, seen.rooms[slot_id], observer_id, tag, form, code))


def _live(table: Table, classrooms: int, observers: int) -> LiveTable:
    named = (WITH,) if table.by_visits else table.categories
    told = [figure(table, c, classrooms, observers) for c in named if table.units]
    return LiveTable(
        definition=table.definition,
        subject=table.subject,
        unit=table.unit,
        n=len(table.units),
        cells=tuple(
            LiveCell(
                category=f.category,
                count=f.count,
                share=f.share,
                low=f.interval.low,
                high=f.interval.high,
                certainty=f.certainty,
            )
            for f in told
        ),
        not_rated=dict(Counter(u.category for u in table.not_rated)),
    )


def _slots(seen: Seen, submitted: dict[UUID, int], judgmental: Counter[UUID]) -> tuple[LiveSlot, ...]:
    core: defaultdict[UUID, Counter[str]] = defaultdict(Counter)
    for unit in seen.spoken:
        core[unit.slot_id][unit.category] += 1
    return tuple(
        LiveSlot(
            slot_id=slot,
            observers=len(seen.observers[slot]),
            submitted=submitted.get(slot, 0),
            statements=core[slot].total() + judgmental[slot],
            core={element: core[slot][element] for element in CORE_ELEMENTS},
        )
        for slot in sorted(seen.rooms)
    )
