"""A migrated reporting database with an empty live build of the projection."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from services.identity.contract import DistrictRegistered
from services.reporting.projections.school_patterns.project import SchoolPatterns
from shared.database import Database
from shared.migrations import upgrade
from shared.projections import builds
from shared.testing.servers import Servers
from tests.support.published import DISTRICT
from tests.support.reporting_world import World, reporting_world


@pytest.fixture
async def db(servers: Servers) -> AsyncIterator[Database]:
    url = servers.postgres_url()
    await upgrade(url, "reporting")
    database = Database.open(url, pool_size=4)
    await builds.prepare(database)
    async with database.system() as conn:
        await builds.go_live(conn, await builds.create(conn, SchoolPatterns()))
    yield database
    await database.close()
    servers.drop_database(url)


@pytest.fixture(scope="package")
async def world(servers: Servers) -> AsyncIterator[World]:
    """The whole service, shared by the tests of this folder: each makes rounds and schools of its own."""
    async with reporting_world(servers) as opened:
        settings = DistrictRegistered(
            district_id=DISTRICT,
            name="Lakeside",
            timezone="America/Chicago",
            slot_minutes=20,
            min_visits=5,
            min_classrooms=5,
            min_observers=3,
        )
        await opened.publish("identity", [settings])
        yield opened
