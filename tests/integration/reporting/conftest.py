"""A migrated reporting database with an empty live build of the projection."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from services.reporting.projections.school_patterns.project import SchoolPatterns
from shared.database import Database
from shared.migrations import upgrade
from shared.projections import builds
from shared.testing.servers import Servers


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
