"""A real directory's 316 schools through the product: asked over HTTP, planned, published, questioned, repaired.

The directory lies beside the project (an invented one of that size where it does not); its people are invented. Times
are what a leader waits, from the request to the answer on the screen. RONDO_BENCH_YEAR_SECONDS: how long to plan.
"""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any
from uuid import uuid4

import httpx

from services.demo.district import DemoDistrict, DemoPerson, DemoSchool
from services.scheduling.app import app_of
from services.scheduling.deps import Deps
from services.scheduling.planning.supervise import Spare
from services.scheduling.plans.jobs import Jobs
from shared.database import Database
from shared.eventstore.store import PostgresEventStore
from shared.idempotency import IdempotentPosts
from shared.migrations import upgrade
from shared.testing.tokens import FakeIdentity
from tests.bench.harness import Bench, BenchServers, Measure, Target
from tests.integration.imports.conftest import Office
from tests.integration.scheduling.plans_world import PlanningDistrict, settle

DIRECTORY = Path(__file__).resolve().parents[3] / "shared" / "data" / "schools" / "rhode_island_public_schools.geojson"
TODAY = datetime(2099, 8, 3, 12, tzinfo=UTC)
SECONDS = int(os.environ.get("RONDO_BENCH_YEAR_SECONDS", "60"))
GAP = f"316 schools, gap to the bound after {SECONDS} s"
COST = "316 schools, points"
WHY, WHY_NOT = "316 schools, why this day: seconds", "316 schools, why not that day: seconds"
SNOW, OUT = "316 schools, a snow day's repair: seconds", "316 schools, an observer out: seconds"
TOLD_OUT = "316 schools, an observer out: people told"
REVIEW = "316 schools, the first page of changes: seconds"


def invented(schools: int = 316) -> list[tuple[str, str, float, float]]:
    dice = Random(316)
    return [
        (f"44{n:010d}", f"School {n}", 41.3 + dice.random() * 0.7, -71.9 + dice.random() * 0.7) for n in range(schools)
    ]


def directory() -> list[tuple[str, str, float, float]]:
    if not DIRECTORY.is_file():
        return invented()
    held = json.loads(DIRECTORY.read_text())["features"]
    return [
        (f["properties"]["nces_id"], f["properties"]["name"], *reversed(f["geometry"]["coordinates"])) for f in held
    ]


def district() -> DemoDistrict:
    """Per school a principal, who observes as well, and seven more; every other school has a facilitator."""
    schools = tuple(DemoSchool(k, name, "KG", "5", "Elementary", lat, lon, ()) for k, name, lat, lon in directory())
    people: list[DemoPerson] = []
    for n, school in enumerate(schools):
        roles = [("principal", "host_principal", "observer"), *[("teacher", "observer")] * 7]
        for roster, *granted in roles + ([("administrator", "facilitator")] if n % 2 == 0 else []):
            i = len(people)
            people.append(DemoPerson(f"P-{i:05d}", f"Given{i}", f"Family{i}", school.key, roster, tuple(granted)))
    return DemoDistrict(schools, tuple(people))


@asynccontextmanager
async def measures(servers: BenchServers) -> AsyncIterator[Mapping[str, Measure]]:
    url = await servers.database("planned_district")
    await upgrade(url, "scheduling")
    db = Database.open(url, pool_size=6)
    store, identity = PostgresEventStore(db), FakeIdentity()
    spare = Spare()
    jobs = Jobs(db, store, at_once=1, spare=spare)
    app = app_of(Deps(db, store, clock=lambda: TODAY, ring=jobs.ring, spare=spare), identity.verifier)
    app.add_middleware(IdempotentPosts, db=db)
    await jobs.start()
    try:
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://rondo.test", timeout=600
        ) as http:
            world = await settle(Office(db, identity, http, uuid4()), jobs, district())
            planned = Planned(world)
            yield {"year": planned.year, "questions": planned.questions, "repairs": planned.repairs}
    finally:
        await jobs.stop()
        await spare.close()
        await db.close()


class Planned:
    def __init__(self, world: PlanningDistrict) -> None:
        self.world = world
        self.asked: dict[str, Any] = {}

    async def year(self, seconds: float) -> dict[str, float]:
        wish = {
            "first_day": "2099-09-07", "last_day": "2100-06-11", "rounds_per_school": 2, "seats_min": 8,
            "seats_target": 12, "seats_max": 16, "gap_weeks": 6, "rounds_per_day": 8, "observer_most": 4,
            "limit_seconds": SECONDS,
        }  # fmt: skip
        made = (await self.world.ask("POST", "/plans", 201, json=self.world.wish(**wish))).json()
        self.asked = await self.until(made["proposal_id"])
        gap = self.asked["progress"]["gap"]
        return {GAP: 1.0 if gap is None else gap, COST: self.asked["progress"]["cost"]}

    async def look(self) -> None:
        """As a leader does before asking: the list of plans, and some seconds."""
        await self.world.ask("GET", "/plans", 200)
        await asyncio.sleep(3)

    async def until(self, proposal_id: str) -> dict[str, Any]:
        while True:
            told: dict[str, Any] = (await self.world.ask("GET", f"/plans/{proposal_id}", 200)).json()
            if told["status"] != "running":
                assert told["status"] == "proposed", told
                return told
            await asyncio.sleep(0.05)

    async def questions(self, seconds: float) -> dict[str, float]:
        path = f"/plans/{self.asked['proposal_id']}"
        began = time.perf_counter()
        seen, version = await self.world.changes(self.asked["proposal_id"])
        review = time.perf_counter() - began
        await self.look()
        first, second = seen["items"][40], seen["items"][80]
        began = time.perf_counter()
        await self.world.ask("GET", f"{path}/rounds/{first['round_id']}/why", 200)
        why = time.perf_counter() - began
        began = time.perf_counter()
        day = seen["items"][120]["after"]["day"]
        await self.world.ask("GET", f"{path}/rounds/{second['round_id']}/why", 200, params={"day": day})
        why_not = time.perf_counter() - began
        await self.world.publish(self.asked["proposal_id"], version)
        return {REVIEW: review, WHY: why, WHY_NOT: why_not}

    async def repairs(self, seconds: float) -> dict[str, float]:
        rounds = (await self.world.rounds())[100:]
        await self.look()
        day = rounds[0]["day"]
        began = time.perf_counter()
        what = {"kind": "days_lost", "days": [day], "reason": "weather"}
        made = (await self.world.ask("POST", "/disruptions", 201, json=what)).json()
        await self.until(made["proposal_id"])
        snow = time.perf_counter() - began
        await self.world.publish(made["proposal_id"], (await self.world.changes(made["proposal_id"]))[1])
        target = next(r for r in rounds if r["day"] != day)
        whole = (await self.world.ask("GET", f"/rounds/{target['round_id']}", 200)).json()
        await self.look()
        gone = whole["teams"][0]["observers"][0]["person_id"]
        began = time.perf_counter()
        what = {"kind": "observer_out", "days": [target["day"]], "person_id": gone}
        made = (await self.world.ask("POST", "/disruptions", 201, json=what)).json()
        await self.until(made["proposal_id"])
        out = time.perf_counter() - began
        told = (await self.world.ask("GET", f"/plans/{made['proposal_id']}/people", 200)).json()
        return {SNOW: snow, OUT: out, TOLD_OUT: float(told["total"])}


BENCH = Bench(
    "district",
    measures,
    [
        Target(WHY, at_most=2),
        Target(WHY_NOT, at_most=2),
        Target(SNOW, at_most=1),
        Target(OUT, at_most=1),
        Target(TOLD_OUT, at_most=2),
    ],
    rounds=1,
)
