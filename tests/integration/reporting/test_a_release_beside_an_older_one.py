"""A round that older code released is released again: what that told is known to whoever reads both."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from services.reporting.disclosure.rule import RULES, hidden, unsaid
from services.reporting.figures.intervals import share_interval
from services.reporting.handout.document import handout
from services.reporting.handout.words import RoundWords
from services.reporting.projections.school_patterns.complete import Tables
from services.reporting.projections.school_patterns.query import ALWAYS
from services.reporting.releases.compose import outwards
from services.reporting.releases.decide import RELEASES
from services.reporting.releases.events import SnapshotFrozen, stream_of
from services.reporting.releases.export import to_csv
from services.reporting.releases.freeze import Freezer, put_snapshot
from services.reporting.releases.older import read_snapshot, tables_today
from services.reporting.releases.queries import (
    find_release,
    newest_between,
    newest_of_rounds,
    newest_of_schools,
    released_before,
    releases_in_order,
)
from services.reporting.releases.snapshot import ReleasedTable, Snapshot
from services.rounds.contract import RoundReleased
from shared.database import Database
from shared.eventstore.store import PostgresEventStore
from shared.messages import CommandContext, ContractEvent
from shared.tables import with_tables
from shared.wording import LANGUAGES, Wording
from tests.support.frozen_before import FROZEN, the_round, until_released, visited
from tests.support.projecting import apply, no_settings
from tests.support.published import DISTRICT, ARound, Log

CONTEXT = CommandContext(district_id=DISTRICT, actor_id=None)
OLDER = pytest.mark.parametrize("frozen", FROZEN, ids=lambda f: f.stem)


async def released_again(
    db: Database, frozen: Path, late: Sequence[ContractEvent], a_round: ARound, rules: int = 1
) -> tuple[Snapshot, Snapshot]:
    """The older release as it was frozen (by these `rules`), and the one that is made now, after `late`."""
    body = json.loads(frozen.read_text("utf-8"))
    assert "rules" not in body, "it was not written down then"
    older = SnapshotFrozen.model_validate(body if rules == 1 else {**body, "rules": rules})
    log, store = Log("rounds"), PostgresEventStore(db)
    for event in until_released(a_round):
        log.add(event)
    assert older.log_seq == log.events[-1].log_seq
    append = with_tables(db, store, put_snapshot)
    await append(stream_of(a_round.round_id), [older], expected=0, context=CONTEXT)
    for event in late:
        log.add(event)
    second = log.add(a_round.released(2))
    await apply(db, log.events)
    freezer = Freezer(db, store, Tables(db, no_settings))
    await freezer.on_released(RoundReleased.model_validate_json(second.data), second)
    async with db.reader(DISTRICT) as conn:
        found = await released_before(conn, a_round.round_id)
        assert await conn.fetchval("select count(*) from blocked_releases") == 0
    return found[older.log_seq], found[second.log_seq]


def table(snapshot: Snapshot, definition: str, subject: str) -> ReleasedTable | None:
    return next((t for t in snapshot.tables if (t.definition, t.subject) == (definition, subject)), None)


def answers(snapshot: Snapshot) -> dict[str, int | None]:
    found = table(snapshot, "look_for.answers", "d1")
    return {c.category: c.count for c in found.cells} if found else {}


def tagged(snapshot: Snapshot) -> dict[str | None, int | None]:
    return {t.subject: t.cells[0].count for t in snapshot.tables if t.definition == "look_for.visits"}


@OLDER
async def test_what_older_code_told_is_known_and_nothing_is_told_that_it_would_betray(
    db: Database, frozen: Path
) -> None:
    """Ten rooms came late. Of 1a there was no table, so that each of its visits would be of these; a room that may be
    known to have said "no" or "mostly" before leaves two that said it now."""
    a_round = the_round()
    older, newer = await released_again(db, frozen, list(visited(a_round, 1)), a_round)
    assert older == Snapshot.model_validate(json.loads(frozen.read_text("utf-8"))["snapshot"]), "it stays as it was"
    assert newer.base is not None
    assert newer.base.visits == len(a_round.rooms)
    assert newer.held is None
    task = table(newer, "core_element.visits", "task")
    assert task is not None
    assert task.cells[0].count == 10, "of the late ones five: that may be known"
    content = table(newer, "core_element.visits", "content")
    assert content is not None
    assert content.cells[0].state == "hidden", "of the late ones none, if that room is known"
    assert answers(newer) == {"yes": 9}
    assert tagged(newer) == {}


@OLDER
async def test_beside_a_release_of_todays_rules_more_is_told(db: Database, frozen: Path) -> None:
    """The same release, were it one that today's rules made: then a hidden answer may be of any room."""
    a_round = the_round()
    _, newer = await released_again(db, frozen, list(visited(a_round, 1)), a_round, RULES)
    content = table(newer, "core_element.visits", "content")
    assert content is not None
    assert content.cells[0].at_most == 2
    assert answers(newer) == {"yes": 9, "mostly": 4, "no": 3}
    assert tagged(newer) == {"1a": 5}


@OLDER
async def test_what_is_held_stays_as_it_was_but_for_tables_that_told_by_being_there(db: Database, frozen: Path) -> None:
    a_round = the_round()
    older, newer = await released_again(db, frozen, list(visited(a_round, 1, range(1))), a_round)
    assert newer.held is not None
    assert newer.base == older.base
    assert tagged(older) == {"1b": None}, "at most 2"
    assert newer.tables == tables_today(older)
    assert [t.n for t in newer.tables] == [t.n for t in older.tables if t.definition != "look_for.visits"]


def test_a_third_release_knows_of_the_first() -> None:
    """That one between them was made by today's rules takes nothing back."""
    older = SnapshotFrozen.model_validate_json(FROZEN[0].read_text("utf-8"))
    newer = older.model_copy(update={"log_seq": older.log_seq + 1, "rules": RULES})
    state = RELEASES.initial
    for event in (older, newer):
        state = RELEASES.evolve(state, event)
    assert state.older == {older.log_seq}


@OLDER
async def test_whoever_reads_an_older_release_today_finds_no_more_than_needs_be(db: Database, frozen: Path) -> None:
    """Through each query that pages and files read by."""
    body = json.loads(frozen.read_text("utf-8"))
    older = SnapshotFrozen.model_validate(body)
    told = older.snapshot
    append = with_tables(db, PostgresEventStore(db), put_snapshot)
    await append(stream_of(told.round_id), [older], expected=0, context=CONTEXT)
    async with db.reader(DISTRICT) as conn:
        found = await find_release(conn, told.round_id, None)
        assert found is not None
        reads = [
            Snapshot.model_validate_json(found),
            *await newest_of_rounds(conn, told.school_id),
            *(await newest_of_schools(conn, [told.school_id])).values(),
            *await releases_in_order(conn, None, 10),
            *await newest_between(conn, None, None, ALWAYS),
        ]
        assert (await released_before(conn, told.round_id))[older.log_seq] == told, "the audit knows all that was told"
    assert len(reads) == 5
    for read in reads:
        assert read == reads[0]
        assert read.older is not None
        assert read.snapshot_id == told.snapshot_id
        assert tagged(told)
        assert tagged(read) == {}
        whys = [t.hidden or t.rest for t in read.tables] + [c.why for t in read.tables for c in t.cells]
        assert {why for why in whys if why} == {unsaid()}
        for table_ in read.tables:
            for cell in table_.cells:
                if cell.low is not None and cell.count is not None and read.base is not None:
                    observers = None if table_.definition.endswith(".visits") else read.base.observers
                    ends = share_interval(cell.count, table_.n or 0, read.base.classrooms, observers)
                    assert (cell.low, cell.high) == outwards(ends.low, ends.high)
    for language in LANGUAGES:
        say = Wording(language)
        assert say.t("figures.hidden.older_rules") in handout("Quarry", reads[0], None, RoundWords(), say).held
    assert hidden("older_rules", 0).text in "".join(to_csv([("Quarry", reads[0])], reads[0].rule))


def test_a_snapshot_of_todays_rules_is_read_as_it_was_frozen() -> None:
    body = json.loads(FROZEN[0].read_text("utf-8"))["snapshot"]
    today = Snapshot.model_validate({**body, "rules": RULES})
    assert read_snapshot(today.model_dump_json()) == today
