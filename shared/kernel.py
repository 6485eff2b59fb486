"""What every service stands on, bundled: database, event store, relay, refill, reactions, projections.

kernel = Kernel("rounds", settings, PUBLISH)
kernel.reactions.on("scheduling", RoundScheduled, take_up)
...
Service("rounds", app, kernel.start, kernel.stop, kernel.ready)
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from types import SimpleNamespace
from typing import Any

import structlog
from fastapi import FastAPI
from nats.aio.msg import Msg
from nats.errors import Error as NatsError

from shared import telemetry
from shared.collector import settle_collector
from shared.database import Database
from shared.election import Election
from shared.errors import Unavailable
from shared.idempotency import IdempotentPosts, forget_old_answers
from shared.jetstream import Link, end_process
from shared.messages import ContractEvent
from shared.migrations import upgrade
from shared.observed_store import ObservedEventStore
from shared.projections.jobs import Rebuilder
from shared.projections.projection import Projection
from shared.projections.runner import Listener, ProjectionRunner
from shared.published_log import Publish
from shared.reactions import Reactions
from shared.refill import Refill, RefillServer
from shared.relay import Relay
from shared.settings import ServiceSettings

log = structlog.get_logger(__name__)
HOUSEKEEPING_SECONDS = 3600


class Kernel:
    """Make it in `build`; `db`, `store` and `reactions` can be handed out at once, `start` brings them to
    life. `app_state` is the service's own to fill."""

    def __init__(
        self,
        service: str,
        settings: ServiceSettings,
        publish: Publish,
        projections: Sequence[Projection] = (),
        *,
        on_closed: Callable[[], None] = end_process,
    ) -> None:
        self.service, self.settings = service, settings
        telemetry.set_up(service, settings.otlp_endpoint)
        self.db = Database.open(settings.database_url, pool_size=settings.pool_size, name=f"rondo {service}")
        self.link = Link(settings.nats_url, f"rondo {service}", on_closed)
        self.store = ObservedEventStore(self.db, service)
        self.relay = Relay(service, self.db, self.link, publish)
        self.refill = RefillServer(service, self.db, self.link, publish)
        self.reactions = Reactions(service, self.db, self.link)
        self.election = Election(self.db)
        self.projections = [ProjectionRunner(service, self.db, self.link, self.election, p) for p in projections]
        self.rebuilder = Rebuilder(self.db, Refill(self.link, "rebuild"), self.election, projections)
        self.app_state = SimpleNamespace()
        self._pokes: set[asyncio.Task[None]] = set()
        self._housekeeping: asyncio.Task[None] | None = None
        self._started = False

    def answer_once(self, app: FastAPI) -> None:
        """Has a POST that comes again under the same Idempotency-Key answered as the first time."""
        app.add_middleware(IdempotentPosts, db=self.db)

    def asyncapi(self, published: Iterable[type[ContractEvent]]) -> dict[str, Any]:
        """The AsyncAPI 3 document of the events that the service publishes (its contract's PUBLISHED) and
        reacts to."""
        return self.reactions.asyncapi(published)

    def on_applied(self, listener: Listener) -> None:
        """Calls `listener(applied)` after each commit of each projection (server-sent events hang on it)."""
        for runner in self.projections:
            runner.on_applied(listener)

    async def start(self) -> None:
        """Migrates, connects, and starts the work in the background; `ready` tells when it is done."""
        await upgrade(self.settings.database_url, self.service)
        await self.link.connect()
        await self.link.nc.subscribe(f"poke.{self.service}", cb=self._poked)
        self.store.on_append(self._appended)
        await self.refill.start()
        await self.relay.start()
        for runner in self.projections:
            await runner.start()
        await self.rebuilder.start()
        await self.reactions.start()
        self._housekeeping = asyncio.create_task(self._housekeep(), name=f"{self.service} housekeeping")
        settle_collector()
        self._started = True

    async def stop(self) -> None:
        if self._housekeeping is not None:
            self._housekeeping.cancel()
            await asyncio.gather(self._housekeeping, return_exceptions=True)
        await self.reactions.stop()
        await self.rebuilder.stop()
        for runner in self.projections:
            await runner.stop()
        await self.relay.stop()
        await self.refill.stop()
        await self.election.close()
        await self.link.close()
        await self.db.close()
        telemetry.shut_down()

    async def ready(self) -> list[str]:
        """What is not as it must be; empty: ready."""
        if not self._started:
            return [f"{self.service}: not started"]
        problems = self.link.problems() + self.relay.problems() + self.reactions.problems()
        for runner in self.projections:
            problems += runner.problems()
        try:
            async with asyncio.timeout(2), self.db.system() as conn:
                await conn.execute("select 1")
        except Exception as error:
            problems.append(f"database: {error!r}")
        return [f"{self.service}: {p}" for p in problems]

    async def _housekeep(self) -> None:
        while True:
            try:
                await forget_old_answers(self.db)
            except (Unavailable, OSError) as error:
                log.info("old answers are dropped later", error=repr(error))
            await asyncio.sleep(HOUSEKEEPING_SECONDS)

    def _appended(self) -> None:
        """An append has committed: the relay looks at once, in whichever process it leads."""
        if self.relay.leading:
            self.relay.poke()
        elif self.link.connected and not self._pokes:
            task = asyncio.create_task(self._poke_leader())
            self._pokes.add(task)
            task.add_done_callback(self._pokes.discard)

    async def _poke_leader(self) -> None:
        try:
            await self.link.nc.publish(f"poke.{self.service}", b"")
        except NatsError as error:
            log.debug("the relay will notice by itself", error=repr(error))

    async def _poked(self, _: Msg) -> None:
        self.relay.poke()
