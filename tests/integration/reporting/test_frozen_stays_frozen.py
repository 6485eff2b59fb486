"""The tables can be rebuilt at any time; what was released does not move."""

from __future__ import annotations

from uuid import uuid4

from services.reporting.projections.school_patterns.project import SchoolPatterns
from services.reporting.releases.freeze import Freezer
from services.rounds.contract import RoundReleased
from shared.access import Role
from shared.database import Database
from shared.eventstore.store import PostgresEventStore
from shared.jetstream import Link
from shared.projections.rebuild import build_and_swap, verify
from shared.refill import Refill
from tests.support.projecting import apply
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


async def test_figures_freeze_as_of_the_release_whatever_was_recorded_before_it_was_handled(db: Database) -> None:
    """The reaction comes late: later events are in the tables already."""
    a_round = ARound(rooms=range(10))
    log = Log("rounds")
    for event in (
        a_round.opened(),
        *(a_round.said(f"{slot}", slot, slot % 4, "task") for slot in range(6)),
        *(a_round.rated("1a", slot, slot % 4, "yes") for slot in range(10)),
        a_round.released(1),
        *(a_round.said(f"later {slot}", slot, slot % 4, "student") for slot in range(10)),
    ):
        log.add(event)
    await apply(db, log.events)
    published = next(e for e in log.events if e.type == "RoundReleased")
    freezer = Freezer(db, PostgresEventStore(db))
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
