"""From the answer to a POST of 20 statements to the figure at the dashboard's API, at 200 statements a second.

Rounds and reporting run whole, over HTTP, with durable PostgreSQL and NATS between them. The page asks again
as soon as it is answered.
"""

from __future__ import annotations

import asyncio
import base64
import json
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
LISTENERS = 500


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

            async def heard(_seconds: float) -> dict[str, float]:
                return await _fan_out(world, origin, identity)

            yield {"seen": seen, "heard": heard}
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


async def _fan_out(world: RoundsWorld, origin: str, identity: FakeIdentity) -> dict[str, float]:
    """From the answer to a POST until the last of `LISTENERS` open pages has the new figures."""
    a_round = await world.a_round(district_id=DISTRICT, observers=[uuid4()], rooms=12)
    slots, observer = a_round.slots(), a_round.observer(0)
    token = identity.headers_for(a_round.facilitator)["Authorization"]
    request = (
        f"GET /reporting/rounds/{a_round.scheduled.round_id}/live/events HTTP/1.1\r\nHost: bench\r\n"
        f"Authorization: {token}\r\n\r\n"
    ).encode()
    host, port = origin.removeprefix("http://").split(":")
    await a_round.post(observer, device := a_round.device(observer, slots[0]), device.statement("The first."))
    async with httpx.AsyncClient(base_url=origin, headers={"Authorization": token}) as http:
        while (await http.get(f"/reporting/rounds/{a_round.scheduled.round_id}/live")).status_code != 200:  # noqa: ASYNC110  # it offers no event
            await asyncio.sleep(0.05)
    heard = [0] * LISTENERS
    changed = asyncio.Event()

    async def listen(n: int) -> None:
        reader, writer = await asyncio.open_connection(host, int(port), limit=2**20)
        try:
            writer.write(request)
            while line := await reader.readline():
                if line.startswith(b"data:") and b'"statements":' in line:
                    heard[n] = json.loads(line[5:])["statements"]
                    changed.set()
        finally:
            writer.close()

    listening = [asyncio.create_task(listen(n)) for n in range(LISTENERS)]

    async def everybody_has(statements: int) -> None:
        while min(heard) < statements:
            changed.clear()
            await changed.wait()

    await everybody_has(1)
    took = []
    for n in range(10):
        await a_round.post(observer, device, device.statement(f"Student {n} wrote a number."))
        answered = time.perf_counter()
        await everybody_has(n + 2)
        took.append((time.perf_counter() - answered) * 1000)
    for one in listening:
        one.cancel()
    await asyncio.gather(*listening, return_exceptions=True)
    return {
        f"POST answered until the last of {LISTENERS} listeners has it, median, ms": statistics.median(took),
        f"POST answered until the last of {LISTENERS} listeners has it, slowest, ms": max(took),
    }


BENCH = Bench("dashboard", measures, [Target("POST answered to figure at the dashboard p99, ms", at_most=150)])
