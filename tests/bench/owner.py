"""The owner of a log, as a process of its own: `python -m tests.bench.owner SERVICE DATABASE_URL NATS_URL`."""

from __future__ import annotations

import asyncio
import sys

import uvloop

from shared.collector import settle_collector
from shared.database import Database
from shared.jetstream import Link
from shared.refill import RefillServer
from tests.bench.transport import PUBLISH


async def main(service: str, database_url: str, nats_url: str) -> None:
    link = await Link.open(nats_url, "owner")
    server = RefillServer(service, Database.open(database_url, pool_size=3), link, PUBLISH)
    await server.start()
    settle_collector()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(main(*sys.argv[1:]))
