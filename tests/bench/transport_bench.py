"""Relay, log read, projection and rebuild, beside the one GROUP BY that is their limit."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from tests.bench.harness import Bench, BenchServers, Measure, Target
from tests.bench.transport import GROUP_BY, PROJECT, READ, REBUILD, RELAY, Transport

EVENTS = 100_000


@asynccontextmanager
async def measures(servers: BenchServers) -> AsyncIterator[Mapping[str, Measure]]:
    source, reader, growing = [await servers.database(f"bench_{name}") for name in ("source", "reader", "growing")]
    transport = Transport((source, reader, growing), servers.nats.url, EVENTS)
    await transport.open()
    try:
        yield {
            "relay": transport.relay,
            "read": transport.read_log,
            "project": transport.project,
            "rebuild": transport.rebuild,
            "group by": transport.group_by,
        }
    finally:
        await transport.close()


BENCH = Bench(
    "transport",
    measures,
    [
        Target(RELAY, at_least=20_000),
        Target(READ, at_least=60_000),
        Target(PROJECT, at_least=30_000),
        Target(REBUILD, at_least=60_000),
        Target(REBUILD, over=GROUP_BY, at_least=0.08),
    ],
)
