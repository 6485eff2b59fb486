"""Scheduling's HTTP face on a real database, spoken to by people of several roles."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from services.scheduling.app import app_of
from services.scheduling.deps import Deps
from shared.access import Actor, Grant, Role
from shared.database import Database
from shared.eventstore.store import PostgresEventStore
from shared.idempotency import IdempotentPosts
from shared.migrations import upgrade
from shared.testing.servers import Servers
from shared.testing.tokens import FakeIdentity


@dataclass
class Office:
    """One district's scheduling, over HTTP."""

    db: Database
    identity: FakeIdentity
    http: httpx.AsyncClient
    district_id: UUID

    def as_(self, role: Role) -> dict[str, str]:
        return self.identity.headers_for(Actor(uuid4(), self.district_id, (Grant(role),)))

    async def send(self, kind: str, data: bytes, *, name: str = "file", status: int = 200, **params: Any) -> Any:
        headers = self.as_(Role.DISTRICT_ADMIN)
        answer = await self.http.post(f"/imports/{kind}", files={"file": (name, data)}, params=params, headers=headers)
        assert answer.status_code == status, answer.text
        return answer.json()

    async def post(self, path: str, *, status: int = 200) -> Any:
        answer = await self.http.post(path, headers=self.as_(Role.DISTRICT_ADMIN))
        assert answer.status_code == status, answer.text
        return answer.json() if answer.content else None

    async def get(self, path: str, *, role: Role = Role.DISTRICT_ADMIN, status: int = 200, **params: Any) -> Any:
        answer = await self.http.get(path, headers=self.as_(role), params=params or None)
        assert answer.status_code == status, answer.text
        return answer.json()

    async def events(self, *types: str) -> list[Any]:
        async with self.db.reader(self.district_id) as conn:
            return await conn.fetch(
                "select type, data, stream from events where type = any($1) order by position", list(types)
            )

    async def everything(self) -> str:
        """All that the database holds of this district, as text."""
        async with self.db.reader(self.district_id) as conn:
            parts = []
            for table in ("events", "people", "schools", "roster_orgs", "imports"):
                parts += [r[0] for r in await conn.fetch(f"select t::text from {table} t")]
            return "\n".join(parts)


@pytest.fixture(scope="session")
async def database(servers: Servers) -> AsyncIterator[Database]:
    url = servers.postgres_url()
    await upgrade(url, "scheduling")
    db = Database.open(url, pool_size=4)
    yield db
    await db.close()


@pytest.fixture(scope="session")
async def store(database: Database) -> PostgresEventStore:
    return PostgresEventStore(database)


@pytest.fixture(scope="session")
async def http(database: Database, store: PostgresEventStore) -> AsyncIterator[tuple[FakeIdentity, httpx.AsyncClient]]:
    """Scheduling's application, made once: its hundred addresses take a third of a second."""
    identity = FakeIdentity()
    app = app_of(Deps(database, store), identity.verifier)
    app.add_middleware(IdempotentPosts, db=database)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://rondo.test") as client:
        yield identity, client


@pytest.fixture
def office(database: Database, http: tuple[FakeIdentity, httpx.AsyncClient]) -> Office:
    """A new, empty district."""
    return Office(database, *http, uuid4())
