"""School summary, live figures and the projection itself, with 1,000,000 statements in the district."""

from __future__ import annotations

import asyncio
import hashlib
import random
import socket
import statistics
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import uvicorn

from services.reporting.main import build
from services.reporting.projections.school_patterns.complete import Tables
from services.reporting.projections.school_patterns.project import SchoolPatterns
from services.reporting.releases.freeze import Freezer
from services.reporting.settings import ReportingSettings
from services.rounds.contract import RoundReleased
from shared.access import Actor, Grant, Role
from shared.database import Database
from shared.eventstore.store import PostgresEventStore
from shared.kernel import Kernel
from shared.messages import PublishedEvent
from shared.migrations import upgrade
from shared.projections import builds
from shared.settings import ServiceSettings
from shared.testing.tokens import FakeIdentity
from tests.bench.harness import Bench, BenchServers, Measure, Target
from tests.support.projecting import apply, no_settings
from tests.support.published import DISTRICT, START, ARound, Log

ROUNDS = 2_000
FROZEN = 8
"""Rounds that are frozen by the service itself; the others get copies of these snapshots."""


def an_id(what: str, n: int) -> UUID:
    return UUID(hashlib.md5(f"{what}{n}".encode(), usedforsecurity=False).hexdigest())


async def filled(url: str) -> None:
    await upgrade(url, "reporting")
    db = Database.open(url, pool_size=2)
    try:
        await builds.prepare(db)
        script = (Path(__file__).parent / "figures_fill.sql").read_text("utf-8")
        script = script.replace(":district", f"'{DISTRICT}'::uuid").replace(":rounds", str(ROUNDS))
        async with db.system() as conn:
            build_ = await builds.create(conn, SchoolPatterns())
            await builds.set_path(conn, build_.schema)
            await conn.execute(script)
            await conn.execute("update projections.checkpoints set log_seq = $1 where source = 'rounds'", ROUNDS * 500)
            await builds.go_live(conn, build_)
        freezer = Freezer(db, PostgresEventStore(db), Tables(db, no_settings))
        for n in range(FROZEN):
            round_id, school_id = an_id("round", n), an_id("school", n // 4)
            event = RoundReleased(round_id=round_id, school_id=school_id, release=1)
            published = PublishedEvent(
                "rounds", ROUNDS * 500, uuid4(), "RoundReleased", 1, "round", 1, DISTRICT, START, b"{}"
            )
            await freezer.on_released(event, published)
        async with db.system() as conn:
            await conn.execute(
                "insert into releases "
                "(district_id, round_id, release, snapshot_id, school_id, day, as_of, log_seq, body) "
                "select district_id, md5('round' || n)::uuid, 1, md5('snapshot' || n)::uuid, "
                "md5('school' || n / 4)::uuid, date '2026-09-01' + (n % 4) * 30, as_of, log_seq, body "
                "from generate_series($1::int, $2::int - 1) as n join lateral "
                "(select * from releases where round_id = md5('round' || n % $1)::uuid) as r on true",
                FROZEN,
                ROUNDS,
            )
        async with db.connection() as conn:
            await conn.execute("vacuum analyze")
            await conn.execute("checkpoint")
    finally:
        await db.close()


@asynccontextmanager
async def measures(servers: BenchServers) -> AsyncIterator[Mapping[str, Measure]]:
    url = await servers.database("bench_figures")
    await filled(url)
    identity = FakeIdentity()
    owners = [
        Kernel(
            name,
            ServiceSettings(
                database_url=await servers.database(f"bench_{name}"), nats_url=servers.nats.url, pool_size=2
            ),
            {},
            on_closed=_ended,
        )
        for name in ("rounds", "scheduling", "identity")
    ]
    for owner in owners:
        await owner.start()
    service = build(ReportingSettings(database_url=url, nats_url=servers.nats.url), identity.verifier)
    await service.start()
    leader = identity.headers_for(Actor(uuid4(), DISTRICT, (Grant(Role.DISTRICT_LEADER),)))
    chance = random.Random(2)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(service.app, log_level="error", lifespan="off", access_log=False))
        serving = asyncio.create_task(server.serve(sockets=[taken]))
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{taken.getsockname()[1]}") as http:

            def summary() -> tuple[str, dict[str, str]]:
                return f"/schools/{an_id('school', chance.randrange(ROUNDS // 4))}/summary", leader

            def live() -> tuple[str, dict[str, str]]:
                n = chance.randrange(ROUNDS)
                owner = Actor(an_id("facilitator", n), DISTRICT, (Grant(Role.FACILITATOR),))
                return f"/rounds/{an_id('round', n)}/live", identity.headers_for(owner)

            async def ask(
                wish: Callable[[], tuple[str, dict[str, str]]], name: str, seconds: float
            ) -> dict[str, float]:
                for _ in range(20):
                    path, headers = wish()
                    await http.get(path, headers=headers)
                took: list[float] = []
                end = time.perf_counter() + seconds
                while time.perf_counter() < end or len(took) < 100:
                    path, headers = wish()
                    started = time.perf_counter()
                    answer = await http.get(path, headers=headers)
                    took.append((time.perf_counter() - started) * 1000)
                    assert answer.status_code == 200, answer.text
                return {
                    f"{name} p99, ms": statistics.quantiles(took, n=100)[98],
                    f"{name} median, ms": statistics.median(took),
                }

            async def summaries(seconds: float) -> dict[str, float]:
                return await ask(summary, "school summary", seconds)

            async def lives(seconds: float) -> dict[str, float]:
                return await ask(live, "live figures", seconds)

            async def applied(seconds: float) -> dict[str, float]:
                return {"school_patterns applied, events/s": await _apply_speed(await servers.database("bench_apply"))}

            yield {"summary": summaries, "live": lives, "apply": applied}
            server.should_exit = True
        await service.stop()
        await serving
    for owner in owners:
        await owner.stop()


def _ended() -> None:
    """The connection is closed at the end of the bench."""


async def _apply_speed(url: str, rounds: int = 20) -> float:
    """Statements of whole rounds, in the runner's batches of 1,000, checkpoint and tables in one transaction."""
    await upgrade(url, "reporting")
    db = Database.open(url, pool_size=2)
    try:
        await builds.prepare(db)
        async with db.system() as conn:
            await builds.go_live(conn, await builds.create(conn, SchoolPatterns()))
        log = Log("rounds")
        for r in range(rounds):
            one = ARound(name=f"round {r}", rooms=range(20), observers=5)
            log.add(one.opened())
            proto = log.add(one.said("0", 0, 0, focus_question_ids=one.question_ids[:1]))
            statement, slot, person = (str(one.id(n)).encode() for n in ("statement 0", "slot 0", "observer 0"))
            for n in range(1, 2_000):
                data = proto.data.replace(statement, str(uuid4()).encode())
                data = data.replace(slot, str(one.id(f"slot {n // 100}")).encode())
                data = data.replace(person, str(one.id(f"observer {n // 20 % 5}")).encode())
                log.events.append(replace(proto, log_seq=len(log.events) + 1, data=data))
        started = time.perf_counter()
        for start in range(0, len(log.events), 1000):
            await apply(db, log.events[start : start + 1000])
        return len(log.events) / (time.perf_counter() - started)
    finally:
        await db.close()


BENCH = Bench(
    "figures",
    measures,
    [
        Target("school summary p99, ms", at_most=20),
        Target("school_patterns applied, events/s", at_least=30_000),
    ],
)
