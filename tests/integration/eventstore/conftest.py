from __future__ import annotations

from collections.abc import AsyncIterator

import asyncpg
import pytest

from shared.database import Database
from shared.eventstore.store import PostgresEventStore
from shared.migrations import upgrade
from shared.testing.servers import Servers


@pytest.fixture
async def url(servers: Servers) -> AsyncIterator[str]:
    """A database of the test's own, with the event store in it."""
    made = servers.postgres_url()
    await upgrade(made, "event store")
    yield made
    servers.drop_database(made)


@pytest.fixture
async def db(url: str) -> AsyncIterator[Database]:
    opened = Database.open(url, pool_size=5)
    yield opened
    await opened.close()


@pytest.fixture
def store(db: Database) -> PostgresEventStore:
    return PostgresEventStore(db)


@pytest.fixture
async def plain(url: str) -> AsyncIterator[asyncpg.Connection]:
    """A connection outside the pool."""
    conn = await asyncpg.connect(url)
    yield conn
    await conn.close()


@pytest.fixture
async def other(url: str) -> AsyncIterator[asyncpg.Connection]:
    conn = await asyncpg.connect(url)
    yield conn
    await conn.close()
