"""A reader as a process of its own, to be killed: `python -m tests.integration.transport.reader_process DATABASE NATS
SOURCE ...`, told to by a line of its input, follows the sources into `Totals`, and prints how many it holds whenever
that changes."""

from __future__ import annotations

import asyncio
import sys

from shared.database import Database
from shared.election import Election
from shared.jetstream import Link
from shared.projections.runner import ProjectionRunner
from tests.integration.transport.world import Totals


async def main(database_url: str, nats_url: str, *sources: str) -> None:
    db = Database.open(database_url)
    link = await Link.open(nats_url, "a reader", on_closed=lambda: None)
    projection = Totals(sources[0])
    projection.sources = sources
    runner = ProjectionRunner(
        "reader", db, link, Election(db), projection, check_every=0.2, claim_every=0.05, share_every=0.1
    )
    await asyncio.to_thread(sys.stdin.readline)
    await runner.start()
    told = -1
    while True:
        if runner.holding != told:
            told = runner.holding
            sys.stdout.write(f"{told}\n")
            sys.stdout.flush()
        await asyncio.sleep(0.02)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
