"""The reporting service over real HTTP, with real NATS, and owners of logs who say what a test needs said."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID, uuid4

import httpx
import uvicorn

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

CONTRACTS = {"rounds": rounds, "scheduling": scheduling, "identity": identity}


def _spoken(kind: type[ContractEvent]) -> Callable[[StoredEvent], ContractEvent]:
    def translate(stored: StoredEvent) -> ContractEvent:
        return kind.model_validate_json(stored.data)

    return translate


class World:
    def __init__(self, url: str, service: Service, owners: dict[str, Kernel], settings: ReportingSettings) -> None:
        self.url, self.service, self.owners, self.settings = url, service, owners, settings
        self.identity = FakeIdentity()
        self.http = httpx.AsyncClient(base_url=url, timeout=20)

    async def publish(self, source: str, events: Iterable[ContractEvent], district_id: UUID = DISTRICT) -> None:
        """Stored in the log of `source`, as its own commands would, in this order."""
        new = [NewEvent(e.event_type(), e.model_dump_json().encode(), e.schema_version) for e in events]
        context = CommandContext(district_id=district_id, actor_id=None)
        await self.owners[source].store.append(f"told-{uuid4()}", new, expected=ANY_VERSION, context=context)

    async def get(self, path: str, actor: Actor | None, **more: Any) -> httpx.Response:
        headers = self.identity.headers_for(actor) if actor else {}
        return await self.http.get(path, headers=headers, **more)

    async def until(self, path: str, actor: Actor, fits: Callable[[Any], bool]) -> Any:
        """Asks again until the answer fits."""
        async with asyncio.timeout(30):
            while True:
                answer = await self.get(path, actor)
                if answer.status_code == 200 and fits(answer.json()):
                    return answer.json()
                await asyncio.sleep(0.02)

    @asynccontextmanager
    async def listen(
        self, path: str, actor: Actor, *, lifetime_seconds: int = 600, headers: dict[str, str] | None = None
    ) -> AsyncIterator[Callable[[], Awaitable[tuple[str, str, Any]]]]:
        """An open stream of server-sent events; the next (event, id, data) at each call, pings left out."""
        token = self.identity.token_for(actor, lifetime_seconds=lifetime_seconds)
        sent = {"Authorization": f"Bearer {token}", **(headers or {})}
        async with self.http.stream("GET", path, headers=sent) as answer:
            assert answer.status_code == 200, await answer.aread()
            assert answer.headers["content-type"].startswith("text/event-stream")
            lines = answer.aiter_lines()

            async def following() -> tuple[str, str, Any]:
                found: dict[str, str] = {}
                async with asyncio.timeout(20):
                    async for line in lines:
                        if not line and "data" in found:
                            return found.get("event", ""), found.get("id", ""), json.loads(found["data"])
                        name, _, value = line.partition(":")
                        if name:
                            found[name] = value.strip()
                raise EOFError

            yield following


def person(
    role: Role, *, school_id: UUID | None = None, person_id: UUID | None = None, district: UUID = DISTRICT
) -> Actor:
    return Actor(person_id or uuid4(), district, (Grant(role, school_id),))


@asynccontextmanager
async def reporting_world(servers: Servers) -> AsyncIterator[World]:
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
        settings = ReportingSettings(
            database_url=urls["reporting"], nats_url=nats.url, live_pause_seconds=0.05, live_heartbeat_seconds=0.2
        )
        fake = FakeIdentity()
        service = build(settings, fake.verifier)
        for owner in owners.values():
            await owner.start()
        await service.start()
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            server = uvicorn.Server(uvicorn.Config(service.app, log_level="warning", lifespan="off"))
            serving = asyncio.create_task(server.serve(sockets=[taken]))
            world = World(f"http://127.0.0.1:{taken.getsockname()[1]}", service, owners, settings)
            world.identity = fake
            try:
                async with asyncio.timeout(30):
                    while await service.ready() or not server.started:  # noqa: ASYNC110  # neither offers an event
                        await asyncio.sleep(0.02)
                yield world
            finally:
                await world.http.aclose()
                await service.stop()
                server.should_exit = True
                await serving
                for owner in owners.values():
                    await owner.stop()
        for url in urls.values():
            servers.drop_database(url)
