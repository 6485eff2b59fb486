"""Folds the events of rounds, scheduling and identity into the tables of schema.sql.

Per batch: one look at what is replaced and at what is new, then one COPY or one `unnest` statement per table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from asyncpg import Connection

from services.identity.contract import DistrictRegistered, DistrictSettingsChanged
from services.reporting.projections.school_patterns.fold import (
    AnswerKey,
    Counted,
    Fold,
    Parsed,
    Reading,
    Standing,
    tally_rows,
)
from services.reporting.projections.school_patterns.packed import copy_packed
from services.reporting.projections.school_patterns.places import Place
from services.reporting.projections.school_patterns.rounds import Round, evolve
from services.reporting.projections.school_patterns.sql import sql
from services.rounds.contract import EvidenceScreened
from services.scheduling.contract import SchoolDelisted, SchoolListed
from shared.messages import PublishedEvent, uuid_of

_ROUND = re.compile(rb'"round_id": ?"([0-9a-f-]{36})"').search


class SchoolPatterns:
    """See shared.projections.projection.Projection. Sources touch tables of their own, so that the order
    between them cannot matter."""

    name = "school_patterns"
    version = 2
    sources: tuple[str, ...] = ("rounds", "scheduling", "identity")
    folds_columns = frozenset({"rounds"})
    schema_sql = sql("schema")

    def touched(self, source: str, batch: Sequence[PublishedEvent]) -> set[str]:
        """The rounds that the batch is about: who watches one of them is told of the commit."""
        if source != "rounds":
            return set()
        return {found[1].decode() for e in batch if (found := _ROUND(e.data)) is not None}

    async def apply(self, conn: Connection, source: str, batch: Sequence[PublishedEvent]) -> None:
        if source == "rounds":
            await _apply_rounds(conn, batch)
        elif source == "scheduling":
            await _apply_schools(conn, batch)
        elif source == "identity":
            await _apply_districts(conn, batch)


async def _apply_rounds(conn: Connection, batch: Sequence[PublishedEvent]) -> None:
    reading = Reading(batch)
    statements, answers = reading.wanted
    fold = Fold(reading, await _standing(conn, statements), await _answers(conn, answers))
    known = await _known(conn, list(fold.visits))
    await copy_packed(conn, "visit", [row for place, row in fold.visits.items() if place not in known])
    await copy_packed(conn, "statement", fold.statements)
    await copy_packed(conn, "rating", fold.ratings)
    await copy_packed(conn, "submission", fold.submissions)
    await _copy(conn, "round_event", fold.round_rows)
    await _add_tallies(conn, fold.tallies(), known)
    await _put_rounds(conn, fold.seldom)


async def _copy(conn: Connection, table: str, rows: Sequence[Sequence[object]]) -> None:
    if rows:
        await conn.copy_records_to_table(table, records=rows)


async def _known(conn: Connection, places: Sequence[Place]) -> set[Place]:
    """Those of `places` that have a visit, and so may have tallies."""
    if not places:
        return set()
    found = await conn.fetch(sql("known_visits"), *_ids(places)[2:])
    return {places[r["n"] - 1] for r in found}


async def _add_tallies(conn: Connection, tallies: Mapping[Counted, int], known: set[Place]) -> None:
    """Those of a new place are new themselves, and need not be looked for."""
    await copy_packed(conn, "tally", tally_rows(t for t in tallies.items() if t[0][0] not in known))
    # In the order of the key, so that two writers could not wait for each other.
    held = sorted((c[0][16:], *c, n) for c, n in tallies.items() if c[0] in known)
    if not held:
        return
    places = list(dict.fromkeys(place for _, place, *_ in held))
    nth = {place: n for n, place in enumerate(places, start=1)}
    rows = [(nth[place], *row) for _, place, *row in held]
    await conn.execute(sql("add_tallies"), *_ids(places), *_columns(rows, 5))


def _ids(places: Iterable[Place]) -> list[list[UUID]]:
    """Districts, rounds, slots and observers."""
    return [[uuid_of(place[at : at + 16]) for place in places] for at in range(0, 64, 16)]


async def _standing(conn: Connection, rounds: Mapping[str, str]) -> dict[str, Standing]:
    if not rounds:
        return {}
    found = await conn.fetch(sql("standing_statements"), list(rounds), list(set(rounds.values())))
    return {
        str(r["statement_id"]): Standing(
            b"".join([r[key].bytes for key in ("district_id", "round_id", "slot_id", "observer_id")]),
            r["core_element"],
            [str(q) for q in r["focus_question_ids"]],
            r["look_for_ids"],
            r["judgmental"],
            r["withdrawn"],
        )
        for r in found
    }


async def _answers(conn: Connection, keys: Sequence[AnswerKey]) -> dict[AnswerKey, str]:
    if not keys:
        return {}
    _, _, slots, observers = _ids([place for place, _ in keys])
    rows = await conn.fetch(sql("standing_ratings"), slots, observers, [look_for for _, look_for in keys])
    return {keys[r["n"] - 1]: f"{r['kind']}:{r['value']}" for r in rows}


def _columns(rows: Sequence[Sequence[object]], width: int) -> list[list[object]]:
    """Rows as columns, for `unnest`."""
    return [list(column) for column in zip(*rows, strict=True)] if rows else [[] for _ in range(width)]


async def _put_rounds(conn: Connection, events: Sequence[Parsed]) -> None:
    events = [e for e in events if not isinstance(e.body, EvidenceScreened)]  # changes nothing of the round itself
    if not events:
        return
    ids = {e.body.round_id for e in events}
    rows = await conn.fetch("select * from round where round_id = any($1::uuid[])", list(ids))
    rounds: dict[UUID, Round] = {r["round_id"]: Round(**dict(r)) for r in rows}
    for e in events:
        rounds[e.body.round_id] = evolve(rounds.get(e.body.round_id), e, e.body)
    await conn.execute(sql("put_rounds"), *_columns([r.row() for r in rounds.values()], 13))


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
