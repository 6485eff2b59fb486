"""Folds the events of rounds, scheduling and identity into the tables of schema.sql.

Per batch: one look at what is replaced, then one COPY or one `unnest` statement per table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from uuid import UUID

from asyncpg import Connection

from services.identity.contract import DistrictRegistered, DistrictSettingsChanged
from services.reporting.projections.school_patterns.fold import (
    FREQUENT,
    AnswerKey,
    Fold,
    Parsed,
    Standing,
    columns,
    parse,
    wanted,
)
from services.reporting.projections.school_patterns.rounds import Round, evolve
from services.reporting.projections.school_patterns.sql import sql
from services.rounds.contract import EvidenceScreened
from services.scheduling.contract import SchoolDelisted, SchoolListed
from shared.messages import PublishedEvent

_ROUND = re.compile(rb'"round_id": ?"([0-9a-f-]{36})"').search


class SchoolPatterns:
    """See shared.projections.projection.Projection. Sources touch tables of their own, so that the order
    between them cannot matter."""

    name = "school_patterns"
    version = 1
    sources: tuple[str, ...] = ("rounds", "scheduling", "identity")
    schema_sql = sql("schema")

    def touched(self, source: str, batch: Sequence[PublishedEvent]) -> set[str]:
        """The rounds that the batch is about: who watches one of them is told of the commit."""
        if source != "rounds":
            return set()
        return {found[1].decode() for e in batch if (found := _ROUND(e.data)) is not None}

    async def apply(self, conn: Connection, source: str, batch: Sequence[PublishedEvent]) -> None:
        if source == "rounds":
            await _apply_rounds(conn, parse(batch))
        elif source == "scheduling":
            await _apply_schools(conn, batch)
        elif source == "identity":
            await _apply_districts(conn, batch)


async def _apply_rounds(conn: Connection, events: Sequence[Parsed]) -> None:
    statements, answers = wanted(events)
    fold = Fold(await _standing(conn, statements), await _answers(conn, answers))
    fold.take(events)
    if fold.visits:
        await conn.execute(sql("add_visits"), *columns(list(fold.visits.values()), 11))
    await _copy(conn, "statement", fold.statement_rows)
    await _copy(conn, "rating", fold.rating_rows)
    await _copy(conn, "submission", fold.submission_rows)
    await _copy(conn, "round_event", fold.round_rows)
    if fold.tallies:
        await conn.execute(sql("add_tallies"), *columns(fold.tally_rows(), 8))
    await _put_rounds(conn, [(p, e) for p, e in events if p.type not in FREQUENT])


async def _copy(conn: Connection, table: str, rows: Sequence[Sequence[object]]) -> None:
    if rows:
        await conn.copy_records_to_table(table, records=rows)


async def _standing(conn: Connection, ids: Iterable[str]) -> dict[str, Standing]:
    asked = list(ids)
    if not asked:
        return {}
    return {
        str(r["statement_id"]): Standing(
            str(r["round_id"]),
            str(r["slot_id"]),
            str(r["observer_id"]),
            r["core_element"],
            [str(q) for q in r["focus_question_ids"]],
            r["look_for_ids"],
            r["judgmental"],
            r["withdrawn"],
        )
        for r in await conn.fetch(sql("standing_statements"), asked)
    }


async def _answers(conn: Connection, keys: Iterable[AnswerKey]) -> dict[AnswerKey, str]:
    asked = list(keys)
    if not asked:
        return {}
    rows = await conn.fetch(sql("standing_ratings"), *columns(asked, 3))
    return {(str(r["slot_id"]), str(r["observer_id"]), r["look_for_id"]): f"{r['kind']}:{r['value']}" for r in rows}


async def _put_rounds(conn: Connection, events: Sequence[Parsed]) -> None:
    events = [(p, e) for p, e in events if not isinstance(e, EvidenceScreened)]  # changes nothing of the round itself
    if not events:
        return
    ids = {getattr(event, "round_id") for _, event in events}  # noqa: B009  # these are events of rounds
    rows = await conn.fetch("select * from round where round_id = any($1::uuid[])", list(ids))
    rounds: dict[UUID, Round] = {r["round_id"]: Round(**dict(r)) for r in rows}
    for published, event in events:
        round_id: UUID = getattr(event, "round_id")  # noqa: B009  # as above
        rounds[round_id] = evolve(rounds.get(round_id), published, event)
    await conn.execute(sql("put_rounds"), *columns([r.row() for r in rounds.values()], 13))


async def _apply_schools(conn: Connection, batch: Sequence[PublishedEvent]) -> None:
    rows: list[tuple[object, ...]] = []
    for e in batch:
        if e.type == SchoolListed.event_type():
            school = SchoolListed.model_validate_json(e.data)
            rows.append((e.district_id, school.school_id, e.log_seq, True, school.name, e.recorded_at))
        elif e.type == SchoolDelisted.event_type():
            gone = SchoolDelisted.model_validate_json(e.data)
            rows.append((e.district_id, gone.school_id, e.log_seq, False, None, e.recorded_at))
    await _copy(conn, "school", rows)


async def _apply_districts(conn: Connection, batch: Sequence[PublishedEvent]) -> None:
    kinds = {DistrictRegistered.event_type(), DistrictSettingsChanged.event_type()}
    rows = []
    for e in batch:
        if e.type in kinds:
            d = DistrictRegistered.model_validate_json(e.data)
            rows.append(
                (
                    d.district_id,
                    e.log_seq,
                    d.name,
                    d.timezone,
                    d.min_visits,
                    d.min_classrooms,
                    d.min_observers,
                    e.recorded_at,
                )
            )
    await _copy(conn, "district", rows)
