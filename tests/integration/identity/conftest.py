"""A running identity service on real servers, and browsers that talk HTTP with it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from services.identity.identity import Identity, identity_of
from services.identity.main import build
from services.identity.settings import IdentitySettings
from shared.access import Grant, Role
from shared.service import Service
from shared.testing.servers import Servers

ORIGIN = "http://rondo.test"
PASSWORD = "nine paper lanterns"
_addresses = count(1)


@dataclass
class House:
    """A started identity service."""

    service: Service
    identity: Identity
    nats_url: str
    root: Starlette = field(init=False)

    def __post_init__(self) -> None:
        self.root = Starlette(routes=[Mount("/api/identity", self.service.app)])

    def browser(self, *, origin: str = ORIGIN, address: str | None = None) -> httpx.AsyncClient:
        """A browser of its own, at an address of its own, with a cookie jar of its own."""
        n = next(_addresses)
        transport = httpx.ASGITransport(self.root, client=(address or f"10.{n >> 16}.{n >> 8 & 255}.{n & 255}", 4000))
        return httpx.AsyncClient(transport=transport, base_url=f"{origin}/api/identity", headers={"Origin": origin})

    async def district(self) -> UUID:
        return await self.identity.register_district(f"District {uuid4().hex[:6]}", "America/Chicago")

    async def person(
        self, district_id: UUID, *grants: Grant, email: str | None = None, password: str | None = PASSWORD
    ) -> Person:
        email = email or f"{uuid4().hex[:8]}@alder.example"
        person_id = await self.identity.create_account(
            district_id, email, "Ana Whitfield", grants or (Grant(Role.OBSERVER),), password=password
        )
        return Person(person_id, district_id, email)

    async def signed_in(self, person: Person) -> httpx.AsyncClient:
        browser = self.browser()
        answer = await browser.post("/session", json={"email": person.email, "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        return browser

    async def admin(self, district_id: UUID) -> httpx.AsyncClient:
        return await self.signed_in(await self.person(district_id, Grant(Role.DISTRICT_ADMIN)))


@dataclass(frozen=True)
class Person:
    person_id: UUID
    district_id: UUID
    email: str


@asynccontextmanager
async def opened(servers: Servers, folder: Path, url: str | None = None, **given: Any) -> AsyncIterator[House]:
    """A started service on a database (`url`: that one) and a NATS of its own: a relay must find the stream
    that it left. Cheap hashes, few tries; everything else as shipped."""
    settings = {
        "secret_file": folder / "identity.secret",
        "public_url": ORIGIN,
        "argon2_memory_kib": 8_192,
        "argon2_time_cost": 1,
        "sign_in_tries": 5,
        **given,
    }
    with ExitStack() as stack:
        try:
            nats_url = stack.enter_context(servers.extra_nats(durable=False)).url
        except pytest.skip.Exception:  # no binaries here: the only one there is
            nats_url = servers.nats_url
        service = build(IdentitySettings(database_url=url or servers.postgres_url(), nats_url=nats_url, **settings))
        await service.start()
        try:
            yield House(service, identity_of(service), nats_url)
        finally:
            await service.stop()


@pytest.fixture(scope="session")
async def house(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    async with opened(servers, tmp_path_factory.mktemp("identity")) as house:
        yield house


@pytest.fixture
async def district(house: House) -> UUID:
    return await house.district()
