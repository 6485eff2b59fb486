"""The reaction to a second release looks at the sections that stand, and waits for one that is being made."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest

from services.reporting.projections.school_patterns.complete import Tables
from services.reporting.releases.freeze import Freezer
from services.reporting.releases.queries import released_before
from services.reporting.releases.snapshot import Snapshot
from services.reporting.sections.freeze import Sectioner
from services.reporting.sections.kept import Kept, read_kept
from services.reporting.sections.known import turn
from services.rounds.contract import RoundReleased
from shared.database import Database
from shared.eventstore.store import PostgresEventStore
from shared.messages import CommandContext, PublishedEvent
from tests.support.corrected_district import ASchool, a_district
from tests.support.projecting import apply, no_settings
from tests.support.published import DISTRICT, Log

LEAKING = 16
CONTEXT = CommandContext(district_id=DISTRICT, actor_id=None)


@pytest.fixture
def freezer(db: Database) -> Freezer:
    return Freezer(db, PostgresEventStore(db), Tables(db, no_settings))


async def react(freezer: Freezer, published: PublishedEvent) -> None:
    await freezer.on_released(RoundReleased.model_validate_json(published.data), published)


async def lived(db: Database, freezer: Freezer, schools: list[ASchool]) -> PublishedEvent:
    """All rounds were released, and the first was mended; its second release is to come."""
    log = Log("rounds")
    for school in schools:
        for event in school.lived():
            log.add(event)
    for event in schools[0].mended():
        log.add(event)
    await apply(db, log.events)
    *first, last = [e for e in log.events if e.type == "RoundReleased"]
    for published in first:
        await react(freezer, published)
    return last


async def section(db: Database, schools: list[ASchool]) -> None:
    day = timedelta(days=1)
    sectioner = Sectioner(db, PostgresEventStore(db), Tables(db, no_settings))
    await sectioner.freeze(schools[0].day - day, schools[0].day + day, CONTEXT)


def hidden_in(snapshot: Snapshot) -> set[str]:
    return {
        t.subject or ""
        for t in snapshot.tables
        if t.definition == "core_element.visits" and t.cells and t.cells[0].state == "hidden"
    }


async def again(db: Database, school: ASchool) -> Snapshot:
    async with db.reader(DISTRICT) as conn:
        found = await released_before(conn, school.round_id)
    return max(found.values(), key=lambda s: s.release)


async def kept(db: Database, schools: list[ASchool]) -> dict[UUID, dict[int, Kept]]:
    async with db.reader(DISTRICT) as conn:
        found, missing = await read_kept(conn, [s.round_id for s in schools])
    assert missing == {}
    return found


@pytest.mark.parametrize("stands", [False, True])
async def test_a_second_release_hides_what_would_betray_a_part_beside_a_section(
    db: Database, freezer: Freezer, stands: bool
) -> None:
    schools = a_district(LEAKING)
    second = await lived(db, freezer, schools)
    if stands:
        await section(db, schools)
    await react(freezer, second)
    snapshot = await again(db, schools[0])
    assert snapshot.release == 2
    assert ("content" in hidden_in(snapshot)) is stands


async def test_a_release_from_before_anything_of_it_was_kept_is_audited_by_its_facts(
    db: Database, freezer: Freezer
) -> None:
    schools = a_district(LEAKING)
    second = await lived(db, freezer, schools)
    await section(db, schools)
    before = await kept(db, schools)
    async with db.system() as conn:
        await conn.execute("delete from release_visits where round_id <> $1", schools[1].round_id)
    await react(freezer, second)
    assert "content" in hidden_in(await again(db, schools[0]))
    after = await kept(db, schools)
    mended = after[schools[0].round_id].pop(second.log_seq)
    assert after == before, "and kept from then on"
    assert mended.places == (*before[schools[0].round_id], second.log_seq)


async def test_a_second_release_waits_for_whoever_tells_of_the_district(db: Database, freezer: Freezer) -> None:
    """Two that had not seen each other would not be audited together."""
    schools = a_district(LEAKING)
    second = await lived(db, freezer, schools)
    async with turn(db, DISTRICT):
        waiting = [asyncio.create_task(react(freezer, second)), asyncio.create_task(section(db, schools))]
        async with db.system() as conn:
            while await conn.fetchval(_WAITING) < len(waiting):
                assert not any(task.done() for task in waiting), "it did not wait"
        assert (await again(db, schools[0])).release == 1
    await asyncio.gather(*waiting)
    assert (await again(db, schools[0])).release == 2


_WAITING = """
select count(*) from pg_locks join pg_database on pg_database.oid = pg_locks.database
where datname = current_database() and locktype = 'advisory' and not granted"""
