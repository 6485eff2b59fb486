"""The contract of the event store, on memory and on PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from shared.database import Database
from shared.eventstore.memory import MemoryEventStore
from shared.eventstore.store import PostgresEventStore
from shared.migrations import upgrade
from shared.testing.servers import Servers
from tests.contract.event_store_contract import EventStoreContract, Store


class TestMemory(EventStoreContract):
    @pytest.fixture
    def store(self) -> Store:
        return MemoryEventStore()


@pytest.fixture(scope="module")
async def on_postgres(servers: Servers) -> AsyncIterator[PostgresEventStore]:
    url = servers.postgres_url()
    await upgrade(url, "event store")
    db = Database.open(url, pool_size=4)
    yield PostgresEventStore(db)
    await db.close()


class TestPostgres(EventStoreContract):
    @pytest.fixture
    def store(self, on_postgres: PostgresEventStore) -> Store:
        return on_postgres
