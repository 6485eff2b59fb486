"""The owner of a log, as a process of its own: `python -m tests.bench.owner SERVICE DATABASE_URL NATS_URL [MODULE]`;
MODULE holds its PUBLISH."""

from __future__ import annotations

import asyncio
import sys
from importlib import import_module

import uvloop

from shared.collector import settle_collector
from shared.database import Database
from shared.jetstream import Link
from shared.refill import RefillServer


async def main(service: str, database_url: str, nats_url: str, module: str = "tests.bench.transport") -> None:
    link = await Link.open(nats_url, "owner")
    server = RefillServer(service, Database.open(database_url, pool_size=3), link, import_module(module).PUBLISH)
    await server.start()
    settle_collector()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(main(*sys.argv[1:]))
