"""The tables can be rebuilt at any time; what was released does not move."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import uuid4

import pytest

from services.identity.contract import DistrictRegistered
from services.reporting.projections.school_patterns.complete import Tables
from services.reporting.projections.school_patterns.project import SchoolPatterns
from services.reporting.releases.freeze import Freezer
from services.reporting.sections.freeze import Sectioner
from services.rounds.contract import RoundReleased
from shared.access import Role
from shared.database import Database
from shared.errors import Unavailable
from shared.eventstore.store import PostgresEventStore
from shared.jetstream import Link
from shared.messages import CommandContext, PublishedEvent
from shared.projections import builds
from shared.projections.rebuild import build_and_swap, verify
from shared.refill import Refill
from tests.support.projecting import apply, no_settings
from tests.support.published import DISTRICT, ARound, Log, lived
from tests.support.reporting_world import World, person

LEADER = person(Role.DISTRICT_LEADER)


async def test_a_rebuild_equals_the_live_tables_and_changes_no_snapshot(world: World) -> None:
    a_round = ARound(name=str(uuid4()), school="Juniper", rooms=range(12))
    await world.publish("rounds", [*lived(a_round, 21, statements=200), a_round.closed(), a_round.released(1)])
    path = f"/rounds/{a_round.round_id}/released"
    before = await world.until(path, LEADER, lambda s: s["release"] == 1)
    link = Link(world.settings.nats_url, "a test", lambda: None)
    await link.connect()
    db = Database.open(world.settings.database_url, pool_size=2)
    try:
        refill = Refill(link, "a test")
        assert await verify(db, refill, SchoolPatterns()) == []
        old = (await world.get("/operations/projections", person(Role.DISTRICT_ADMIN))).json()["items"][0]["built"]
        build = await build_and_swap(db, refill, SchoolPatterns())
        assert build.schema != old
    finally:
        await db.close()
        await link.close()
    assert (await world.get(path, LEADER)).json() == before
    await world.publish("rounds", [a_round.said("after the swap", 0, 0), a_round.released(2)])
    await world.until(path, LEADER, lambda s: s["release"] == 2)
    assert (await world.get(path, LEADER, params={"release": 1})).json() == before


def a_released_round() -> tuple[ARound, Log]:
    a_round = ARound(rooms=range(10))
    log = Log("rounds")
    for event in (
        a_round.opened(),
        *(a_round.said(f"{slot}", slot, slot % 4, "task") for slot in range(6)),
        *(a_round.rated("1a", slot, slot % 4, "yes") for slot in range(10)),
        a_round.released(1),
    ):
        log.add(event)
    return a_round, log


async def test_figures_freeze_as_of_the_release_whatever_was_recorded_before_it_was_handled(db: Database) -> None:
    """The reaction comes late: later events are in the tables already."""
    a_round, log = a_released_round()
    for slot in range(10):
        log.add(a_round.said(f"later {slot}", slot, slot % 4, "student"))
    await apply(db, log.events)
    published = next(e for e in log.events if e.type == "RoundReleased")
    freezer = Freezer(db, PostgresEventStore(db), Tables(db, no_settings))
    for _ in range(2):
        await freezer.on_released(RoundReleased.model_validate_json(published.data), published)
    async with db.reader(DISTRICT) as conn:
        rows = await conn.fetch("select body, log_seq, as_of from releases")
        stored = await conn.fetchval("select count(*) from events")
    assert len(rows) == stored == 1
    assert rows[0]["log_seq"] == published.log_seq
    assert rows[0]["as_of"] == published.recorded_at
    assert '"at_most":2' in rows[0]["body"], "no student statement was known"
    assert '"count":6' in rows[0]["body"]


async def react(db: Database, published: PublishedEvent, tables: Tables) -> None:
    freezer = Freezer(db, PostgresEventStore(db), tables)
    await freezer.on_released(RoundReleased.model_validate_json(published.data), published)


async def released(db: Database) -> Sequence[str]:
    async with db.reader(DISTRICT) as conn:
        return [r["body"] for r in await conn.fetch("select body from releases")]


async def test_a_release_waits_for_the_settings_that_were_made_before_it(db: Database) -> None:
    """The tables are complete by the log of rounds, and not by that of settings: the rule would be an older one."""
    _, log = a_released_round()
    await apply(db, log.events)
    settings = Log("identity")
    stricter = settings.add(
        DistrictRegistered(
            district_id=DISTRICT, name="Lakeside", timezone="UTC", slot_minutes=20,
            min_visits=9, min_classrooms=8, min_observers=4,
        )
    )  # fmt: skip

    async def head(source: str) -> int:
        return {"identity": stricter.log_seq}[source]

    tables = Tables(db, head, patience=0.0)
    with pytest.raises(Unavailable, match="entry 0 of identity, 1 is needed"):
        await react(db, log.events[-1], tables)
    assert await released(db) == []
    await apply(db, settings.events)
    await react(db, log.events[-1], tables)
    (body,) = await released(db)
    assert '"rule":{"visits":9,"classrooms":8,"observers":4}' in body


async def test_a_release_of_a_round_that_the_tables_lack_is_told_and_comes_again(db: Database) -> None:
    """Its opening was set aside: no figures are not the same as nothing to release."""
    _, log = a_released_round()
    await builds_at(db, log.events[-1].log_seq)
    with pytest.raises(Unavailable, match="do not know that it was opened"):
        await react(db, log.events[-1], Tables(db, no_settings))
    async with db.system() as conn:
        await builds.go_live(conn, await builds.create(conn, SchoolPatterns()))
    await apply(db, log.events)
    await react(db, log.events[-1], Tables(db, no_settings))
    assert len(await released(db)) == 1


async def builds_at(db: Database, log_seq: int) -> None:
    """The live build as it is when every entry of rounds was set aside."""
    async with db.system() as conn:
        live = await builds.live_build(conn, SchoolPatterns.name)
        assert live is not None
        await builds.advance(conn, live, "rounds", 0, log_seq, live=True)


async def test_a_section_is_not_made_of_tables_that_lack_a_released_round(db: Database) -> None:
    """A rebuild from nothing is under way: what it has not reached yet is not left out of what is frozen for ever."""
    a_round, log = a_released_round()
    await apply(db, log.events)
    await react(db, log.events[-1], Tables(db, no_settings))
    async with db.system() as conn:
        await builds.go_live(conn, await builds.create(conn, SchoolPatterns()))
    sectioner = Sectioner(db, PostgresEventStore(db), Tables(db, no_settings, patience=0.0))
    context = CommandContext(district_id=DISTRICT, actor_id=None)
    day = timedelta(days=1)
    with pytest.raises(Unavailable, match="entry 0 of rounds"):
        await sectioner.freeze(a_round.day - day, a_round.day + day, context)


async def test_a_reader_sees_one_moment(db: Database) -> None:
    """A release that comes between two reads of a page is in both or in none."""
    _, log = a_released_round()
    await apply(db, log.events)
    count = "select count(*) from releases"
    async with db.reader(DISTRICT) as conn:
        assert await conn.fetchval(count) == 0
        await react(db, log.events[-1], Tables(db, no_settings))
        assert await conn.fetchval(count) == 0
    assert len(await released(db)) == 1
