"""From the answer to a POST of 20 statements to the figure at the dashboard's API, at 200 statements a second.

Rounds and reporting run whole, over HTTP, with durable PostgreSQL and NATS between them. The page asks again
as soon as it is answered.
"""

from __future__ import annotations

import asyncio
import base64
import os
import socket
import statistics
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from uuid import uuid4

import httpx
import uvicorn
from fastapi import FastAPI

from services.reporting.main import build as build_reporting
from services.reporting.settings import ReportingSettings
from services.rounds.main import build as build_rounds
from services.rounds.settings import RoundsSettings
from shared.kernel import Kernel
from shared.settings import ServiceSettings
from shared.testing.tokens import FakeIdentity
from tests.bench.harness import Bench, BenchServers, Measure, Target
from tests.integration.rounds.world import RoundsWorld
from tests.support.published import DISTRICT

EVERY_SECONDS = 0.1
STATEMENTS = 20


def _ended() -> None:
    """The connection is closed at the end of the bench."""


@asynccontextmanager
async def measures(servers: BenchServers) -> AsyncIterator[Mapping[str, Measure]]:
    identity = FakeIdentity()
    nats = servers.nats.url
    settings = RoundsSettings(
        database_url=await servers.database("dashboard_rounds"),
        keys_database_url=await servers.database("dashboard_keys"),
        keys_master_key=base64.b64encode(os.urandom(32)).decode(),
        nats_url=nats,
    )
    rounds = build_rounds(settings, identity.verifier)
    reporting = build_reporting(
        ReportingSettings(database_url=await servers.database("dashboard_reporting"), nats_url=nats), identity.verifier
    )
    silent = [
        Kernel(
            name,
            ServiceSettings(database_url=await servers.database(f"dashboard_{name}"), nats_url=nats),
            {},
            on_closed=_ended,
        )
        for name in ("scheduling", "identity")
    ]
    for part in (*silent, rounds, reporting):
        await part.start()
    whole = FastAPI()
    whole.mount("/rounds", rounds.app)
    whole.mount("/reporting", reporting.app)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(whole, log_level="error", lifespan="off", access_log=False))
        serving = asyncio.create_task(server.serve(sockets=[taken]))
        origin = f"http://127.0.0.1:{taken.getsockname()[1]}"
        async with (
            httpx.AsyncClient(base_url=f"{origin}/rounds") as tablet,
            httpx.AsyncClient(base_url=f"{origin}/reporting") as desk,
        ):
            world = RoundsWorld(rounds, identity, tablet, settings)

            async def seen(seconds: float) -> dict[str, float]:
                return await _latencies(world, desk, identity, max(20, int(seconds / EVERY_SECONDS)))

            yield {"seen": seen}
            server.should_exit = True
        for part in (reporting, rounds, *silent):
            await part.stop()
        await serving


async def _latencies(
    world: RoundsWorld, desk: httpx.AsyncClient, identity: FakeIdentity, posts: int
) -> dict[str, float]:
    a_round = await world.a_round(district_id=DISTRICT, observers=[uuid4() for _ in range(4)], rooms=12)
    headers = identity.headers_for(a_round.facilitator)
    path = f"/rounds/{a_round.scheduled.round_id}/live"
    slots, took = a_round.slots(), []
    for n in range(posts + 5):
        started = time.perf_counter()
        observer = a_round.observer(n % 4)
        device = a_round.device(observer, slots[n // 4 % len(slots)])
        await a_round.post(
            observer, device, *(device.statement(f"Student {k} wrote a number.") for k in range(STATEMENTS))
        )
        answered = time.perf_counter()
        while True:
            live = await desk.get(path, headers=headers)
            if live.status_code == 200 and live.json()["statements"] >= (n + 1) * STATEMENTS:
                break
        now = time.perf_counter()
        if n >= 5:
            took.append((now - answered) * 1000)
        await asyncio.sleep(max(0.0, started + EVERY_SECONDS - now))
    return {
        "POST answered to figure at the dashboard p99, ms": statistics.quantiles(took, n=100)[98],
        "POST answered to figure at the dashboard median, ms": statistics.median(took),
    }


BENCH = Bench("dashboard", measures, [Target("POST answered to figure at the dashboard p99, ms", at_most=150)])
