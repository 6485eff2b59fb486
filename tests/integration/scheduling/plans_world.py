"""A district that plans: the demo's schools and people, who may observe and facilitate, and jobs that run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import httpx

from services.demo import files
from services.demo.district import DemoDistrict, generate
from services.rounds.contract import CORE_INSTRUMENT, RoundOpened, StageOpened
from services.scheduling.plans.jobs import Jobs
from services.scheduling.visits import reactions as visits
from shared.access import Actor, Grant, Role
from tests.integration.imports.conftest import Office
from tests.support.hearing import Hearing
from tests.support.until import until

FIRST, LAST = "2099-01-12", "2099-06-12"
PATIENCE = 90  # seconds: a machine with other work takes its time


@dataclass
class PlanningDistrict:
    office: Office
    jobs: Jobs
    people: list[dict[str, Any]]
    schools: list[dict[str, Any]]
    leader: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.leader = self.another_leader()

    def another_leader(self) -> dict[str, str]:
        actor = Actor(uuid4(), self.office.district_id, (Grant(Role.DISTRICT_LEADER),))
        return self.office.identity.headers_for(actor)

    async def ask(self, method: str, path: str, status: int, **rest: Any) -> httpx.Response:
        headers = (rest.pop("headers", None) or self.leader) | rest.pop("extra", {})
        answer = await self.office.http.request(method, path, headers=headers, **rest)
        assert answer.status_code == status, answer.text
        return answer

    def wish(self, **changes: Any) -> dict[str, Any]:
        return {
            "name": "Spring rounds",
            "first_day": FIRST,
            "last_day": LAST,
            "rounds_per_school": 1,
            "seats_min": 3,
            "seats_target": 4,
            "seats_max": 6,
            "gap_weeks": 6,
            "limit_seconds": 20,
        } | changes

    async def plan(self, **changes: Any) -> dict[str, Any]:
        """Asks, and waits until the plan is there."""
        made = (await self.ask("POST", "/plans", 201, json=self.wish(**changes))).json()
        return await self.until(made["proposal_id"])

    async def until(
        self, proposal_id: str, done: Callable[[dict[str, Any]], bool] = lambda p: p["status"] != "running"
    ) -> dict[str, Any]:
        async def answered() -> dict[str, Any] | None:
            told: dict[str, Any] = (await self.ask("GET", f"/plans/{proposal_id}", 200)).json()
            if not done(told):
                return None
            assert told["status"] != "failed", told["note"]
            return told

        return await until(answered, PATIENCE)

    async def visit_day(self, proposal_id: str) -> dict[str, Any]:
        """Waits until the proposal of a visit day is there."""

        async def answered() -> dict[str, Any] | None:
            told: dict[str, Any] = (await self.ask("GET", f"/visit-days/{proposal_id}", 200)).json()
            return told if told["status"] != "running" else None

        return await until(answered, PATIENCE)

    async def changes(self, proposal_id: str, **query: Any) -> tuple[dict[str, Any], str]:
        """The first page of a proposal's changes, and the version to publish on."""
        answer = await self.ask("GET", f"/plans/{proposal_id}/changes", 200, params={"limit": 200} | query)
        return answer.json(), answer.headers["etag"]

    async def publish(
        self, proposal_id: str, version: str, status: int = 200, round_ids: list[str] | None = None, **rest: Any
    ) -> dict[str, Any]:
        answer = await self.ask(
            "POST",
            f"/plans/{proposal_id}/publish",
            status,
            json={"round_ids": round_ids},
            extra={"If-Match": version},
            **rest,
        )
        told: dict[str, Any] = answer.json()
        return told

    async def rounds(self) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = (await self.ask("GET", "/rounds?limit=200", 200)).json()["items"]
        return [r for r in items if r["status"] == "scheduled"]


async def settle(office: Office, jobs: Jobs, district: DemoDistrict | None = None) -> PlanningDistrict:
    """Brings the demo's files in and grants the roles that its people have."""
    district = district or generate()
    await office.send("schools", files.schools_geojson(district))
    await office.send("roster", files.roster_zip(district))
    people = await everyone(office)
    by_mail = {p["email"]: UUID(p["person_id"]) for p in people}
    async with office.db.writer(office.district_id) as conn:
        await conn.execute(
            "insert into districts values ($1, 'Maple Valley', 'America/New_York', 20)", office.district_id
        )
        await conn.executemany(
            "insert into person_grants (district_id, person_id, role) values ($1, $2, $3)",
            [(office.district_id, by_mail[p.email], role) for p in district.people for role in p.roles],
        )
    return PlanningDistrict(office, jobs, people, (await office.get("/schools", limit=200))["items"])


async def everyone(office: Office) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    after: dict[str, str] = {}
    while True:
        page = await office.get("/people", limit=200, **after)
        found += page["items"]
        if page["next"] is None:
            return found
        after = {"after": page["next"]}


async def begin(district: PlanningDistrict, round_id: UUID, school_id: UUID, day: str) -> None:
    """What rounds tells once an observer opens a slot of the round."""
    hearing = Hearing(district.office.district_id)
    visits.wire(hearing, district.office.db)
    key, number = CORE_INSTRUMENT
    told = {"round_id": round_id, "school_id": school_id, "day": day}
    told |= {"facilitator_id": None, "observer_ids": (), "instrument": key, "instrument_version": number}
    await hearing.tell(RoundOpened.model_validate(told | {"slots_planned": 1}))
    await hearing.tell(StageOpened(round_id=round_id, school_id=school_id, stage="visit"))
