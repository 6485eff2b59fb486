"""The reporting service over real HTTP, with real NATS, and owners of logs who say what a test needs said."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx
from fastapi import FastAPI

from services.identity import contract as identity
from services.reporting.main import build
from services.reporting.settings import ReportingSettings
from services.rounds import contract as rounds
from services.scheduling import contract as scheduling
from shared.access import Actor, Grant, Role
from shared.eventstore.port import ANY_VERSION, NewEvent
from shared.kernel import Kernel
from shared.messages import CommandContext, ContractEvent, StoredEvent
from shared.service import Service
from shared.settings import ServiceSettings
from shared.testing.servers import Servers
from shared.testing.tokens import FakeIdentity
from tests.support.published import DISTRICT
from tests.support.sse import Following, listening, served
from tests.support.until import until

_CLOCK = "alter table events alter column recorded_at set default clock_timestamp()"
CONTRACTS = {"rounds": rounds, "scheduling": scheduling, "identity": identity}


def _spoken(kind: type[ContractEvent]) -> Callable[[StoredEvent], ContractEvent]:
    def translate(stored: StoredEvent) -> ContractEvent:
        return kind.model_validate_json(stored.data)

    return translate


class Logs:
    """Owners of logs, running. `urls`: of the database of each, and of an empty one for reporting beside theirs."""

    def __init__(self, owners: dict[str, Kernel], nats_url: str, urls: dict[str, str]) -> None:
        self._owners, self.nats_url, self._urls, self.url = owners, nats_url, urls, urls["reporting"]

    @asynccontextmanager
    async def days_ago(self, source: str, days: int) -> AsyncIterator[None]:
        """The clock of the database that keeps the log of `source` is so many days behind."""
        conn = await asyncpg.connect(self._urls[source])
        try:
            await conn.execute(f"{_CLOCK} - interval '{days} days'")
            yield
        finally:
            await conn.execute(_CLOCK)
            await conn.close()

    async def publish(self, source: str, events: Iterable[ContractEvent], district_id: UUID = DISTRICT) -> None:
        """Stored in the log of `source`, as its own commands would, in this order."""
        new = [NewEvent(e.event_type(), e.model_dump_json().encode(), e.schema_version) for e in events]
        context = CommandContext(district_id=district_id, actor_id=None)
        await self._owners[source].store.append(f"told-{uuid4()}", new, expected=ANY_VERSION, context=context)


class World:
    def __init__(self, url: str, service: Service, logs: Logs, settings: ReportingSettings) -> None:
        self.url, self.service, self.settings = url, service, settings
        self.publish, self.days_ago = logs.publish, logs.days_ago
        self.identity = FakeIdentity()
        self.http = httpx.AsyncClient(base_url=url, timeout=20)

    async def get(self, path: str, actor: Actor | None, **more: Any) -> httpx.Response:
        headers = self.identity.headers_for(actor) if actor else {}
        return await self.http.get(path, headers=headers, **more)

    async def until(self, path: str, actor: Actor, fits: Callable[[Any], bool], *, seconds: float = 30) -> Any:
        """Asks again until the answer fits."""
        answer: httpx.Response | None = None
        try:
            async with asyncio.timeout(seconds):
                while True:
                    answer = await self.get(path, actor)
                    if answer.status_code == 200 and fits(answer.json()):
                        return answer.json()
                    await asyncio.sleep(0.02)
        except TimeoutError:
            raise AssertionError(f"{path} still answers {answer and answer.text[:2000]}") from None

    @asynccontextmanager
    async def listen(
        self, path: str, actor: Actor, *, lifetime_seconds: int = 600, headers: dict[str, str] | None = None
    ) -> AsyncIterator[Following]:
        """An open stream of server-sent events; the next (event, id, data) at each call, pings left out."""
        token = self.identity.token_for(actor, lifetime_seconds=lifetime_seconds)
        sent = {"Authorization": f"Bearer {token}", **(headers or {})}
        async with listening(self.http, path, sent) as following:
            yield following


def person(
    role: Role, *, school_id: UUID | None = None, person_id: UUID | None = None, district: UUID = DISTRICT
) -> Actor:
    return Actor(person_id or uuid4(), district, (Grant(role, school_id),))


@asynccontextmanager
async def owned_logs(servers: Servers) -> AsyncIterator[Logs]:
    def ignore() -> None:
        """The connection is closed at the end of the test."""

    with servers.extra_nats(durable=False) as nats:
        urls = {name: servers.postgres_url() for name in (*CONTRACTS, "reporting")}
        owners = {
            name: Kernel(
                name,
                ServiceSettings(database_url=urls[name], nats_url=nats.url, pool_size=4),
                {kind.event_type(): _spoken(kind) for kind in contract.PUBLISHED},
                on_closed=ignore,
            )
            for name, contract in CONTRACTS.items()
        }
        for owner in owners.values():
            await owner.start()
        try:
            yield Logs(owners, nats.url, urls)
        finally:
            for owner in owners.values():
                await owner.stop()
            for url in urls.values():
                servers.drop_database(url)


@asynccontextmanager
async def reporting_world(servers: Servers) -> AsyncIterator[World]:
    async with owned_logs(servers) as logs, served(FastAPI()) as without_words:
        settings = ReportingSettings(
            database_url=logs.url,
            nats_url=logs.nats_url,
            rounds_url=without_words,
            live_pause_seconds=0.05,
            live_heartbeat_seconds=0.2,
        )
        fake = FakeIdentity()
        service = build(settings, fake.verifier)
        await service.start()

        async def ready() -> bool:
            return not await service.ready()

        async with served(service.app) as address:
            world = World(address, service, logs, settings)
            world.identity = fake
            try:
                await until(ready)
                yield world
            finally:
                await world.http.aclose()
                await service.stop()
