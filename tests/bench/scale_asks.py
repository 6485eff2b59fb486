"""What is asked of reporting when the tables of a large district stand: releases, and pages over HTTP."""

from __future__ import annotations

import asyncio
import random
import socket
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID, uuid4

import httpx
import uvicorn

from services.reporting.main import build
from services.reporting.projections.school_patterns.complete import Tables
from services.reporting.releases.freeze import Freezer
from services.reporting.settings import ReportingSettings
from services.rounds.contract import RoundReleased
from shared.access import Actor, Grant, Role
from shared.collector import settle_collector
from shared.database import Database
from shared.eventstore.store import PostgresEventStore
from shared.messages import PublishedEvent
from shared.projections import builds
from shared.testing.tokens import FakeIdentity
from tests.support.projecting import no_settings
from tests.support.published import DISTRICT

RELEASE = "release of one school's round, audit included, slowest, ms"
SUMMARY = "school summary"
AS_OF = "school summary as it was known"
LIVE = "live figures of a round"
FROZEN = 6
"""Rounds that are frozen by the service itself; the other schools get copies of these snapshots."""


async def asks(url: str, nats_url: str, seconds: float) -> dict[str, float]:
    db = Database.open(url, pool_size=2)
    try:
        figures = await _releases(db)
        async with db.system() as conn:
            await builds.use_live(conn, "school_patterns")
            rounds = [
                (r["round_id"], r["facilitator_id"])
                for r in await conn.fetch("select round_id, facilitator_id from round order by round_id limit 2000")
            ]
            schools = [r["school_id"] for r in await conn.fetch("select distinct school_id from releases")]
    finally:
        await db.close()
    identity = FakeIdentity()
    settle_collector()  # as each service does at the end of its start
    service = build(ReportingSettings(database_url=url, nats_url=nats_url), identity.verifier)
    leader = identity.headers_for(Actor(uuid4(), DISTRICT, (Grant(Role.DISTRICT_LEADER),)))
    chance = random.Random(2)
    day = datetime.now(UTC).date()

    def live() -> tuple[str, dict[str, str]]:
        round_id, facilitator = chance.choice(rounds)
        return f"/rounds/{round_id}/live", identity.headers_for(
            Actor(facilitator, DISTRICT, (Grant(Role.FACILITATOR),))
        )

    wishes: dict[str, Callable[[], tuple[str, dict[str, str]]]] = {
        SUMMARY: lambda: (f"/schools/{chance.choice(schools)}/summary", leader),
        AS_OF: lambda: (f"/schools/{chance.choice(schools)}/summary?as_of={day}", leader),
        LIVE: live,
    }
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        # Not started: nothing follows the logs, the pages alone are asked.
        server = uvicorn.Server(uvicorn.Config(service.app, log_level="error", lifespan="off", access_log=False))
        serving = asyncio.create_task(server.serve(sockets=[taken]))
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{taken.getsockname()[1]}") as http:
            for name, wish in wishes.items():
                took = await _took(http, wish, seconds)
                figures[f"{name} p99, ms"] = statistics.quantiles(took, n=100)[98]
                figures[f"{name} median, ms"] = statistics.median(took)
        server.should_exit = True
        await serving
    return figures


async def _took(http: httpx.AsyncClient, wish: Callable[[], tuple[str, dict[str, str]]], seconds: float) -> list[float]:
    took: list[float] = []
    begun = time.perf_counter()
    while time.perf_counter() < begun + seconds or len(took) < 220:
        path, headers = wish()
        started = time.perf_counter()
        answer = await http.get(path, headers=headers)
        took.append((time.perf_counter() - started) * 1000)
        assert answer.status_code == 200, answer.text
    return took[20:]


async def _releases(db: Database) -> dict[str, float]:
    """Freezes rounds as the service does, and gives every other school a copy of what came out."""
    async with db.system() as conn:
        await conn.execute("delete from releases")
        await builds.use_live(conn, "school_patterns")
        await conn.execute(
            "insert into school (district_id, school_id, log_seq, listed, name, recorded_at) "
            "select distinct on (school_id) district_id, school_id, 1, true, 'School', timestamptz '2020-01-01' "
            "from round"
        )
        chosen = await conn.fetch("select round_id, school_id from round order by round_id limit $1", FROZEN)
        head = await conn.fetchval("select max(log_seq) from statement")
    freezer = Freezer(db, PostgresEventStore(db), Tables(db, no_settings))
    took = []
    for row in chosen:
        started = time.perf_counter()
        await freezer.on_released(RoundReleased(**dict(row), release=1), _published(head))
        took.append((time.perf_counter() - started) * 1000)
    async with db.system() as conn:
        await builds.use_live(conn, "school_patterns")
        await conn.execute(
            "insert into releases "
            "(district_id, round_id, release, snapshot_id, school_id, day, as_of, log_seq, body) "
            "select r.district_id, gen_random_uuid(), 1, gen_random_uuid(), s.school_id, r.day, r.as_of, r.log_seq, "
            "r.body from (select school_id, row_number() over () as n "
            "from (select distinct school_id from round) as a) as s "
            "join (select *, row_number() over () as n, count(*) over () as many from releases) as r "
            "on r.n = 1 + s.n % r.many where s.school_id not in (select school_id from releases)"
        )
    return {RELEASE: max(took[1:]), "release of the first round after a start, ms": took[0]}


def _published(head: int) -> PublishedEvent:
    event_id: UUID = uuid4()
    return PublishedEvent(
        "rounds", head, event_id, "RoundReleased", 1, f"round-{event_id}", 1, DISTRICT, datetime.now(UTC), b"{}"
    )
