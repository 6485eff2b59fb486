"""The figures of an open round for its facilitator: everything that was seen, by nobody's name.

Not suppressed: the facilitator may read the round's de-identified evidence itself (domain.md, "Who sees
what"), so that counts tell nothing more. No observer is named or numbered.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from uuid import UUID

from asyncpg import Connection
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
from services.reporting.projections.school_patterns.query import read_facts, read_verdicts
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


async def newest(conn: Connection, round_id: UUID) -> int:
    """`seq` of a round, without its figures. The connection's search_path must be the live build's."""
    return int(await conn.fetchval(sql("read_newest"), round_id) or 0)


async def live_figures(conn: Connection, found: Round) -> LiveFigures:
    """The figures of `found` as they are. The connection's search_path must be the live build's."""
    seq = await newest(conn, found.round_id)
    written = await conn.fetchval(sql("read_plan"), found.round_id, [ProblemOfPracticeWritten.event_type()], seq)
    questions = ProblemOfPracticeWritten.model_validate(written).focus_question_ids if written else ()
    seen = Seen(questions)
    for r in await conn.fetch(sql("read_visits"), found.round_id, seq):
        seen.visit(r["slot_id"], r["classroom_id"], r["observer_id"])
    judgmental: Counter[UUID] = Counter()
    for r in await conn.fetch(sql("read_tallies"), found.round_id):
        _take(seen, judgmental, r["slot_id"], r["observer_id"], r["kind"], r["tag"], r["value"], r["n"])
    if await read_verdicts(conn, found.round_id, seq):  # the sums know the mark of the words, not the team's verdict
        facts = await read_facts(conn, found.round_id, seq)
        if facts is not None:
            seen = seen_in(facts)
            judgmental = Counter(s.slot_id for s in facts.statements if s.judgmental)
    classrooms, observers = len(set(seen.rooms.values())), len({o for held in seen.observers.values() for o in held})
    submitted = await conn.fetch(
        "select slot_id, count(distinct observer_id) as n from submission where round_id = $1 group by 1",
        found.round_id,
    )
    return LiveFigures(
        round_id=found.round_id,
        school_id=found.school_id,
        day=found.day,
        stage=found.stage,
        seq=seq,
        slots_planned=found.slots_planned,
        visits=len(seen.rooms),
        classrooms=classrooms,
        observers_planned=found.observers_planned,
        observers=observers,
        statements=len(seen.spoken) + judgmental.total(),
        judgmental=judgmental.total(),
        tables=tuple(_live(t, classrooms, observers) for t in tables_of(seen)),
        slots=_slots(seen, {r["slot_id"]: r["n"] for r in submitted}, judgmental),
    )


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
            for _ in range(n):
                seen.speak(tag, slot_id, observer_id)
        case "focus":
            seen.holders["focus_question.visits", tag].add(slot_id)
        case "tag":
            seen.holders[TAGGED, tag].add(slot_id)
        case "judgmental":
            judgmental[slot_id] += n
            for _ in range(n):
                seen.judge(slot_id, observer_id)
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
