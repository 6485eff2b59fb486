"""A rebuild of `school_patterns` from the log of a large district, beside one plain SQL aggregation of the same events
and beside the projection runner of the `eventsourcing` library on the same kind of work; then releases and pages on it.

RONDO_BENCH_STATEMENTS sets the size: 200,000 unless it says otherwise; 1,000,000, 5,000,000 and 20,000,000 are meant.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from time import perf_counter

import asyncpg

from services.reporting.projections.school_patterns.project import SchoolPatterns
from shared.collector import settle_collector
from shared.database import Database
from shared.jetstream import Link
from shared.migrations import upgrade
from shared.projections.rebuild import build_and_swap
from shared.refill import Refill
from tests.bench.append_bench import PEERS, _output
from tests.bench.harness import Bench, BenchServers, Measure, Target
from tests.bench.scale import generate
from tests.bench.scale_asks import AS_OF, LIVE, RELEASE, SUMMARY, asks

STATEMENTS = int(os.environ.get("RONDO_BENCH_STATEMENTS", "200000"))
REBUILD = f"school_patterns rebuilt from a log of {STATEMENTS:,} statements, events/s"
FLOOR = "one plain SQL aggregation of the same events, events/s"
LIBRARY = "eventsourcing's projection runner, events/s"
MEMORY = "highest memory of the rebuilding process so far, MB"
_FLOOR = """
    create temporary table floor on commit drop as
    select data #>> '{visit,round_id}' as round_id, data #>> '{visit,slot_id}' as slot_id,
           data #>> '{visit,observer_id}' as observer_id, (data #>> '{content,judgmental}')::boolean as judgmental,
           data #>> '{content,core_element}' as core_element, count(*) as n
    from events where type = 'EvidenceRecorded' group by 1, 2, 3, 4, 5
"""


class _Rounds(SchoolPatterns):
    """Reads the log of rounds alone: the other services have none here."""

    sources: tuple[str, ...] = ("rounds",)


@asynccontextmanager
async def measures(servers: BenchServers) -> AsyncIterator[Mapping[str, Measure]]:
    log_url, reader_url, library_url = [
        await servers.database(name) for name in ("scale_rounds", "scale_reporting", "scale_library")
    ]
    await generate(log_url, STATEMENTS)
    await upgrade(reader_url, "reporting")
    owner = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.owner", "rounds", log_url, servers.nats.url, "services.rounds.publish",
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert owner.stdout is not None
    await owner.stdout.readline()
    reader, link = Database.open(reader_url), await Link.open(servers.nats.url, "scale", on_closed=lambda: None)
    log = await asyncpg.connect(log_url)
    events = await log.fetchval("select count(*) from event_log")
    settle_collector()

    async def rebuild(_seconds: float) -> dict[str, float]:
        started = perf_counter()
        await build_and_swap(reader, Refill(link, "bench"), _Rounds())
        took = perf_counter() - started
        return {REBUILD: events / took, MEMORY: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}

    async def floor(_seconds: float) -> dict[str, float]:
        started = perf_counter()
        async with log.transaction():
            await log.execute("set local max_parallel_workers_per_gather = 0")
            await log.execute(_FLOOR)
        return {FLOOR: events / (perf_counter() - started)}

    async def library(_seconds: float) -> dict[str, float]:
        told = await _output(sys.executable, str(PEERS / "eventsourcing_projection.py"), library_url, "2000")
        return {LIBRARY: json.loads(told.splitlines()[-1])["rate"]}

    async def asked(seconds: float) -> dict[str, float]:
        return await asks(reader_url, servers.nats.url, seconds)

    try:
        yield {"rebuild": rebuild, "floor": floor, "library": library, "asks": asked}
    finally:
        owner.terminate()
        await owner.wait()
        await log.close()
        await link.close()
        await reader.close()


BENCH = Bench(
    "scale",
    measures,
    [
        Target(REBUILD, over=FLOOR, at_least=0.25),
        Target(REBUILD, over=LIBRARY, at_least=5),
        Target(f"{SUMMARY} p99, ms", at_most=50),
        Target(f"{LIVE} p99, ms", at_most=50),
        Target(f"{AS_OF} p99, ms", at_most=300),
        Target(RELEASE, at_most=2000),
    ],
    rounds=1,
)
