"""The debrief board: from a move to every open page, with 600 statements and 5, 30 and 100 pages.

Pages and server share the machine. One person moves every 100 ms; a move counts when the last page was told.
"""

from __future__ import annotations

import asyncio
import base64
import os
import statistics
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import count
from typing import Any
from uuid import uuid4

import httpx

from services.rounds.main import build
from services.rounds.settings import RoundsSettings
from shared.testing.tokens import FakeIdentity
from tests.bench.harness import Bench, BenchServers, Measure, Target
from tests.integration.rounds.world import ARound, RoundsWorld
from tests.support.sse import listening, served

PAGES = (5, 30, 100)
PEOPLE = 30
STATEMENTS = 600
EVERY_SECONDS = 0.1
WARM_UP = 3


@asynccontextmanager
async def measures(servers: BenchServers) -> AsyncIterator[Mapping[str, Measure]]:
    identity = FakeIdentity()
    settings = RoundsSettings(
        database_url=await servers.database("board_rounds"),
        keys_database_url=await servers.database("board_keys"),
        keys_master_key=base64.b64encode(os.urandom(32)).decode(),
        nats_url=servers.nats.url,
    )
    service = build(settings, identity.verifier)
    await service.start()
    limits = httpx.Limits(max_connections=300)
    async with served(service.app) as address, httpx.AsyncClient(base_url=address, timeout=60, limits=limits) as http:
        world = RoundsWorld(service, identity, http, settings)
        round_, statements, groups = await _board(world)

        def measure(pages: int) -> Measure:
            async def moved(seconds: float) -> dict[str, float]:
                took = await _moves(world, http, round_, statements, groups, pages, max(20, int(seconds * 10)))
                return {
                    f"move to all of {pages} pages p95, ms": statistics.quantiles(took, n=20)[18],
                    f"move to all of {pages} pages median, ms": statistics.median(took),
                }

            return moved

        yield {f"{n} pages": measure(n) for n in PAGES}
    await service.stop()


async def _board(world: RoundsWorld) -> tuple[ARound, list[str], list[str]]:
    """A round of 30 observers with 600 statements, 300 of them sorted into 10 groups."""
    round_ = await world.a_round(observers=[uuid4() for _ in range(PEOPLE)], rooms=2)
    for n in range(PEOPLE):
        observer, slot = round_.observer(n), round_.slots()[n % 2]
        words = (f"Student {k} of table {n} wrote a number." for k in range(STATEMENTS // PEOPLE))
        await round_.note(observer, slot, *words)
    await round_.open("describe")
    items = (await round_.evidence(round_.facilitator, kind="statement", limit=2000))["items"]
    await round_.open("analyze")
    statements, groups = [i["id"] for i in items], [str(uuid4()) for _ in range(10)]
    wishes: list[dict[str, Any]] = [
        {"kind": "make_group", "move_id": str(uuid4()), "group_id": g, "title": f"Group {n}"}
        for n, g in enumerate(groups)
    ]
    wishes += [_place(s, groups[n % 10]) for n, s in enumerate(statements[:300])]
    await round_.ok(round_.facilitator, "POST", "/board/moves", json={"moves": wishes})
    return round_, statements, groups


def _place(statement: str, group: str) -> dict[str, Any]:
    return {"kind": "place_statement", "move_id": str(uuid4()), "statement_id": statement, "group_id": group}


async def _moves(
    world: RoundsWorld,
    http: httpx.AsyncClient,
    round_: ARound,
    statements: list[str],
    groups: list[str],
    pages: int,
    moves: int,
) -> list[float]:
    told: dict[str, list[float]] = {}
    heard = asyncio.Condition()
    path = f"{round_.path}/board/events"
    version = (await round_.ok(round_.facilitator, "GET", "/board"))["version"]
    turn = count()

    async def page(following: Any) -> None:
        while True:
            kind, _, news = await following()
            if kind != "moves":
                continue
            now = time.perf_counter()
            async with heard:
                for one in news:
                    told.setdefault(one["move_id"], []).append(now)
                heard.notify_all()

    async with AsyncExitStack() as stack:
        readers = []
        for n in range(pages):
            headers = world.identity.headers_for(round_.observer(n % PEOPLE))
            following = await stack.enter_async_context(listening(http, f"{path}?after={version}", headers))
            readers.append(asyncio.create_task(page(following)))
        took = []
        for _ in range(moves + WARM_UP):
            n = next(turn)
            wish = _place(statements[(n * 7) % len(statements)], groups[n % len(groups)])
            started = time.perf_counter()
            await round_.ok(round_.observer(n % PEOPLE), "POST", "/board/moves", json={"moves": [wish]})
            async with heard:
                while len(told.get(wish["move_id"], ())) < pages:
                    await heard.wait()
            took.append((max(told[wish["move_id"]]) - started) * 1000)
            await asyncio.sleep(max(0.0, started + EVERY_SECONDS - time.perf_counter()))
        for reader in readers:
            reader.cancel()
        await asyncio.gather(*readers, return_exceptions=True)
    return took[WARM_UP:]


BENCH = Bench(
    "board", measures, [Target(f"move to all of {n} pages p95, ms", at_most=500) for n in PAGES if n <= PEOPLE]
)
