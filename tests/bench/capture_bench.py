"""POST of 1, 20 and 200 statements: validated, authorised, sealed, stored; beside endpoints that only validate.

Real HTTP, one server process, durable PostgreSQL. Each observer writes some 80 statements in a slot, as many as a
long visit brings, then moves on to the next; a batch of 200 is one slot's. The bodies are written before the clock
starts.
Two floors: the body declared to FastAPI, as one writes such an endpoint, and read by hand as ours is.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from tests.bench.harness import Bench, BenchServers, Measure, Target
from tests.support.rounds import LONG_FACTS, ADevice

STORED = "POST of 20 statements, stored, requests/s"
FLOOR = "POST of 20 statements, only validated, requests/s"
FLOOR_BY_HAND = "POST of 20 statements, only validated by hand, requests/s"
SLOWEST = "POST of 20 statements, stored, p99, ms"
CALLERS = 64
STATEMENTS = 20
OTHER_SIZES = (1, 200)
STATEMENTS_PER_SLOT = 80
POSTS_PER_SECOND = {1: (80, 160), 20: (30, 80), 200: (6, 12)}  # per caller: stored, validated; more than can be done


def per_second(size: int, what: str) -> str:
    return f"statements/s in batches of {size}, {what}"


@asynccontextmanager
async def measures(servers: BenchServers) -> AsyncIterator[Mapping[str, Measure]]:
    urls = [await servers.database("capture_rounds"), await servers.database("capture_keys")]
    server = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.capture_server", *urls, stdout=asyncio.subprocess.PIPE, limit=2**24
    )
    try:
        assert server.stdout is not None
        told = json.loads(await server.stdout.readline())
        tablets = Tablets(told["port"], told["people"])
        await tablets.post("/capture/batches", 0.5)  # the first touch of each slot makes its key

        async def stored(seconds: float) -> dict[str, float]:
            rate, slowest = await tablets.post("/capture/batches", seconds)
            return {STORED: rate, SLOWEST: slowest, per_second(STATEMENTS, "stored"): rate * STATEMENTS}

        async def floor(seconds: float) -> dict[str, float]:
            rate, _ = await tablets.post("/floor/declared", seconds)
            return {FLOOR: rate, per_second(STATEMENTS, "only validated"): rate * STATEMENTS}

        async def floor_by_hand(seconds: float) -> dict[str, float]:
            return {FLOOR_BY_HAND: (await tablets.post("/floor", seconds))[0]}

        async def other_sizes(seconds: float) -> dict[str, float]:
            figures = {}
            for size in OTHER_SIZES:
                for what, path in (("stored", "/capture/batches"), ("only validated", "/floor/declared")):
                    rate, _ = await tablets.post(path, seconds, size)
                    figures[per_second(size, what)] = rate * size
            return figures

        yield {"stored": stored, "floor": floor, "floor by hand": floor_by_hand, "other sizes": other_sizes}
    finally:
        server.terminate()
        await server.wait()


class Tablets:
    """`CALLERS` observers who post as fast as they are answered."""

    def __init__(self, port: int, people: list[dict[str, Any]]) -> None:
        self._port, self._people = port, people[:CALLERS]
        self._devices = [ADevice(p["slots"][0], clock=datetime.now(UTC)) for p in self._people]
        self._written = [0] * len(self._people)
        """statements, by observer"""

    async def post(self, path: str, seconds: float, size: int = STATEMENTS) -> tuple[float, float]:
        """Requests of `size` statements per second over all callers, and the p99 of their times in ms."""
        count = max(5, int(POSTS_PER_SECOND[size][path != "/capture/batches"] * seconds))
        waiting = [self._requests(path, n, count, size) for n in range(len(self._people))]
        took: list[float] = []
        started = time.perf_counter()
        sent = await asyncio.gather(*(self._caller(path, rs, started + seconds, took, size) for rs in waiting))
        passed = time.perf_counter() - started
        if path == "/capture/batches":
            self._written = [before + n * size for before, n in zip(self._written, sent, strict=True)]
        return len(took) / passed, sorted(took)[int(len(took) * 0.99)] * 1000

    def _requests(self, path: str, who: int, count: int, size: int) -> list[bytes]:
        person, device, requests = self._people[who], self._devices[who], []
        for n in range(count):
            place = (self._written[who] + n * size) // STATEMENTS_PER_SLOT
            device.slot_id = person["slots"][place % len(person["slots"])]
            items = [device.statement(LONG_FACTS[k % len(LONG_FACTS)]) for k in range(size)]
            body = json.dumps(device.batch(*items)).encode()
            head = (
                f"POST {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {person['token']}\r\n"
                f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
            )
            requests.append(head.encode() + body)
        return requests

    async def _caller(self, path: str, requests: list[bytes], until: float, took: list[float], size: int) -> int:
        """How many requests were answered."""
        answered = 0
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        for request in requests:
            started = time.perf_counter()
            if started > until:
                break
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 200"), head
            length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
            body = await reader.readexactly(length)
            assert path != "/capture/batches" or body.count(b'"stored"') == size, body[:500]
            took.append(time.perf_counter() - started)
            answered += 1
        writer.close()
        await writer.wait_closed()
        return answered


BENCH = Bench("capture", measures, [Target(STORED, over=FLOOR, at_least=0.35)], rounds=5)
