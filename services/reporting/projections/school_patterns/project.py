"""Folds the events of rounds, scheduling and identity into the tables of schema.sql.

Per batch: one look at what is replaced, then one COPY or one `unnest` statement per table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
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
from services.reporting.projections.school_patterns.lines import copy_lines
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
        await conn.execute(sql("add_visits"), *columns(fold.visits, 11))
    await copy_lines(conn, "statement", fold.statement_lines)
    await copy_lines(conn, "rating", fold.rating_lines)
    await copy_lines(conn, "submission", fold.submission_lines)
    await _copy(conn, "round_event", fold.round_rows)
    if tallies := fold.tally_rows():
        await conn.execute(sql("add_tallies"), *columns(tallies, 8))
    await _put_rounds(conn, [e for e in events if e.type not in FREQUENT])


async def _copy(conn: Connection, table: str, rows: Sequence[Sequence[object]]) -> None:
    if rows:
        await conn.copy_records_to_table(table, records=rows)


async def _standing(conn: Connection, rounds: Mapping[str, str]) -> dict[str, Standing]:
    if not rounds:
        return {}
    found = await conn.fetch(sql("standing_statements"), list(rounds), list(set(rounds.values())))
    return {
        str(r["statement_id"]): Standing(
            (str(r["district_id"]), str(r["round_id"]), str(r["slot_id"]), str(r["observer_id"])),
            r["core_element"],
            [str(q) for q in r["focus_question_ids"]],
            r["look_for_ids"],
            r["judgmental"],
            r["withdrawn"],
        )
        for r in found
    }


async def _answers(conn: Connection, keys: Iterable[AnswerKey]) -> dict[AnswerKey, str]:
    asked = list(keys)
    if not asked:
        return {}
    rows = await conn.fetch(sql("standing_ratings"), *columns(asked, 3))
    return {(str(r["slot_id"]), str(r["observer_id"]), r["look_for_id"]): f"{r['kind']}:{r['value']}" for r in rows}


async def _put_rounds(conn: Connection, events: Sequence[Parsed]) -> None:
    events = [e for e in events if not isinstance(e.body, EvidenceScreened)]  # changes nothing of the round itself
    if not events:
        return
    ids = {e.body.round_id for e in events}
    rows = await conn.fetch("select * from round where round_id = any($1::uuid[])", list(ids))
    rounds: dict[UUID, Round] = {r["round_id"]: Round(**dict(r)) for r in rows}
    for e in events:
        rounds[e.body.round_id] = evolve(rounds.get(e.body.round_id), e, e.body)
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
