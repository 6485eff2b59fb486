"""Two processes of reporting share the work; whichever is killed, the other goes on, and nothing is counted twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from services.reporting.projections.school_patterns.project import SchoolPatterns
from shared.access import Role
from shared.database import Database
from shared.election import KEEPALIVE, Election
from shared.jetstream import Link
from shared.projections.rebuild import verify
from shared.refill import Refill
from shared.testing.servers import Servers
from shared.testing.tokens import FakeIdentity
from tests.faults.battlefield import Nursery, ServiceProcess, a_moment, keys_served
from tests.support.published import ARound, lived
from tests.support.reporting_world import Logs, owned_logs, person

PATIENCE_SECONDS = 120  # of a test on a crowded machine; how long it takes is said in docs/operations.md


@asynccontextmanager
async def two_of_reporting(logs: Logs, folder: Path, keys_url: str) -> AsyncIterator[tuple[ServiceProcess, ...]]:
    env = {
        "RONDO_REPORTING_DATABASE_URL": logs.url,
        "RONDO_REPORTING_NATS_URL": logs.nats_url,
        "RONDO_REPORTING_JWKS_URL": keys_url,
    }
    nursery = await Nursery.open()
    both = tuple(ServiceProcess("reporting", env, folder / f"{n}.log", nursery) for n in range(2))
    try:
        for one in both:  # one after the other: the first makes the tables
            await one.start()
            await one.wait_ready()
        yield both
    finally:
        await nursery.close()


async def shown(
    one: ServiceProcess, path: str, headers: dict[str, str], fits: Callable[[dict[str, Any]], bool]
) -> dict[str, Any]:
    """What the process answers once it fits."""
    told = "nothing"
    try:
        base_url = f"{one.url}/api/reporting"
        async with asyncio.timeout(PATIENCE_SECONDS), httpx.AsyncClient(base_url=base_url, timeout=30) as http:
            while True:
                answer = await http.get(path, headers=headers)
                told = answer.text
                if answer.status_code == 200 and fits(found := answer.json()):
                    return dict(found)
                await a_moment()
    except TimeoutError:
        raise AssertionError(f"{path} still answers {told[:2000]}") from None


@pytest.mark.timeout(600)
async def test_whichever_process_is_killed_the_other_goes_on_and_nothing_is_doubled(
    servers: Servers, tmp_path: Path
) -> None:
    identity, running, said = FakeIdentity(), ARound(name=str(uuid4()), rooms=range(8)), 0
    facilitator = identity.headers_for(person(Role.FACILITATOR, person_id=running.facilitator_id))
    leader = identity.headers_for(person(Role.DISTRICT_LEADER))
    live, stop = f"/rounds/{running.round_id}/live", asyncio.Event()
    released: list[ARound] = []

    async with owned_logs(servers) as logs:
        await logs.publish("rounds", [running.opened()])

        async def speak() -> None:
            nonlocal said
            while not stop.is_set():
                await logs.publish("rounds", [running.said(f"{said}", said % 8, said % 4)])
                said += 1
                await a_moment()

        with keys_served(identity) as keys_url:
            async with two_of_reporting(logs, tmp_path, keys_url) as both:
                speaking = asyncio.create_task(speak())
                for victim, other in (both, both[::-1]):  # what one of them held, the other did not
                    a_round = ARound(name=str(uuid4()), rooms=range(10))
                    released.append(a_round)
                    await logs.publish("rounds", lived(a_round, len(released), statements=120))
                    await logs.publish("rounds", [a_round.closed(), a_round.released(1)])
                    await victim.kill()  # while the release is on its way
                    at_death = said
                    await shown(other, live, facilitator, lambda s, n=at_death: s["statements"] > n)
                    await shown(other, f"/rounds/{a_round.round_id}/released", leader, lambda s: s["release"] == 1)
                    await victim.start()
                    await victim.wait_ready()
                stop.set()
                await speaking
                for one in both:
                    figures = await shown(one, live, facilitator, lambda s: s["statements"] >= said)
                    assert figures["statements"] == said
                assert await _kept(logs) == ([], len(released), len(released))


async def _kept(logs: Logs) -> tuple[list[Any], int, int]:
    """How the tables differ from what the logs say; the releases that are served, and that are stored."""
    db, link = Database.open(logs.url, pool_size=2), await Link.open(logs.nats_url, "a test", on_closed=lambda: None)
    try:
        async with db.system() as conn:
            served = await conn.fetchval("select count(*) from releases")
            stored = await conn.fetchval("select count(*) from events where type = 'SnapshotFrozen'")
        return await verify(db, Refill(link, "a test"), SchoolPatterns()), served, stored
    finally:
        await link.close()
        await db.close()


async def test_the_locks_of_a_machine_that_is_gone_are_free_within_ten_seconds(servers: Servers) -> None:
    """Nothing closes its connection: the server probes it. (A killed process's connection is closed by its system.)"""
    url = servers.postgres_url()
    db = Database.open(url, pool_size=2)
    election = Election(db)
    try:
        assert await election.try_win("work")
        conn = election._conn  # the one whose end frees the locks
        assert conn is not None
        told = {what: await conn.fetchval(f"select current_setting('tcp_keepalives_{what}')") for what in KEEPALIVE}
        kept = {what: int(value) for what, value in told.items()}
        assert kept == KEEPALIVE
        assert kept["idle"] + kept["interval"] * kept["count"] < 10
    finally:
        await election.close()
        await db.close()
        servers.drop_database(url)
