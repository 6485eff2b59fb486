"""The rounds service on real servers, spoken to over HTTP, with one round and everyone who may want it."""

from __future__ import annotations

import base64
import os
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import httpx
from pydantic import SecretStr

from services.rounds.deps import Deps
from services.rounds.main import build
from services.rounds.rounds.queries import round_stream
from services.rounds.settings import RoundsSettings
from services.scheduling.contract import RoundScheduled
from shared.access import Actor, Role
from shared.messages import CommandContext
from shared.service import Service
from shared.testing.servers import Servers
from shared.testing.tokens import FakeIdentity
from tests.support.rounds import ADevice, a_plan, a_scheduled_round, an_actor


@dataclass
class RoundsWorld:
    service: Service
    identity: FakeIdentity
    http: httpx.AsyncClient
    settings: RoundsSettings

    @classmethod
    async def make(cls, servers: Servers) -> RoundsWorld:
        return await cls.over(servers.postgres_url(), servers.postgres_url(), servers.nats_url)

    @classmethod
    async def over(cls, database_url: str, keys_url: str, nats_url: str) -> RoundsWorld:
        settings = RoundsSettings(
            database_url=database_url,
            keys_database_url=keys_url,
            keys_master_key=SecretStr(base64.b64encode(os.urandom(32)).decode()),
            nats_url=nats_url,
        )
        identity = FakeIdentity()
        service = build(settings, identity.verifier)
        await service.start()
        http = httpx.AsyncClient(transport=httpx.ASGITransport(service.app), base_url="http://rounds.test")
        return cls(service, identity, http, settings)

    async def close(self) -> None:
        await self.http.aclose()
        await self.service.stop()

    @property
    def deps(self) -> Deps:
        deps: Deps = self.service.app.state.deps
        return deps

    async def ask(self, actor: Actor, method: str, path: str, **rest: Any) -> httpx.Response:
        headers = self.identity.headers_for(actor) | rest.pop("headers", {})
        return await self.http.request(method, path, headers=headers, **rest)

    async def a_round(self, *, prepared: bool = True, district_id: UUID | None = None, **shape: Any) -> ARound:
        """A round that scheduling planned, with its problem of practice and its visit open if `prepared`."""
        scheduled = a_scheduled_round(**shape)
        made = ARound(self, district_id or uuid4(), scheduled)
        context = CommandContext(made.district_id, None)
        await self.deps.rounds.handle(round_stream(scheduled.round_id), a_plan(scheduled), context)
        if prepared:
            await made.write_problem()
            await made.open("visit")
        return made


@dataclass
class ARound:
    world: RoundsWorld
    district_id: UUID
    scheduled: RoundScheduled
    devices: dict[tuple[UUID, UUID], ADevice] = field(default_factory=dict)

    @property
    def path(self) -> str:
        return f"/rounds/{self.scheduled.round_id}"

    @property
    def facilitator(self) -> Actor:
        return an_actor(Role.FACILITATOR, person_id=self.scheduled.facilitator_id, district_id=self.district_id)

    @property
    def principal(self) -> Actor:
        return an_actor(Role.HOST_PRINCIPAL, district_id=self.district_id, school_id=self.scheduled.school_id)

    @property
    def teacher(self) -> Actor:
        return an_actor(Role.TEACHER, district_id=self.district_id, school_id=self.scheduled.school_id)

    def somebody(self, role: Role, school_id: UUID | None = None) -> Actor:
        return an_actor(role, district_id=self.district_id, school_id=school_id)

    def observer(self, n: int = 0, *, team: int = 0) -> Actor:
        person = self.scheduled.teams[team].observer_ids[n]
        return an_actor(Role.OBSERVER, person_id=person, district_id=self.district_id, school_id=uuid4())

    def slots(self, team: int = 0) -> list[UUID]:
        return [s.slot_id for s in self.scheduled.slots if s.team_id == self.scheduled.teams[team].team_id]

    def device(self, observer: Actor, slot_id: UUID) -> ADevice:
        return self.devices.setdefault((observer.person_id, slot_id), ADevice(slot_id))

    async def ok(self, actor: Actor, method: str, path: str, **rest: Any) -> Any:
        answer = await self.world.ask(actor, method, self.path + path, **rest)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    async def write_problem(self, questions: int = 2) -> Any:
        return await self.ok(
            self.principal,
            "PUT",
            "/problem-of-practice",
            json={
                "problem": "Students answer, but do not give reasons.",
                "theory_of_action": "If we ask for reasons, then students argue from the content.",
                "focus_questions": [{"words": f"What do students say at step {n}?"} for n in range(questions)],
            },
        )

    async def open(self, stage: str) -> Any:
        return await self.ok(self.facilitator, "POST", f"/stages/{stage}")

    async def post(
        self, observer: Actor, device: ADevice, *items: dict[str, Any], **batch: Any
    ) -> list[dict[str, Any]]:
        """Posts a batch; answers its receipts."""
        answer = await self.world.ask(observer, "POST", "/capture/batches", json=device.batch(*items, **batch))
        assert answer.status_code == 200, answer.text
        receipts: list[dict[str, Any]] = answer.json()["receipts"]
        assert [r["client_id"] for r in receipts] == [i["client_id"] for i in items], "one per item, in order"
        return receipts

    async def note(self, observer: Actor, slot_id: UUID, *words: str, submit: bool = False) -> None:
        """The observer writes these statements in the slot, and hands in if `submit`."""
        device = self.device(observer, slot_id)
        items = [device.statement(w, core_element="student") for w in words]
        if submit:
            items.append(device.submit())
        receipts = await self.post(observer, device, *items)
        assert {r["result"] for r in receipts} == {"stored"}

    async def notes_everywhere(self, *words: str) -> None:
        """Every observer of every team writes the words in every slot of the team, and hands in."""
        for t, team in enumerate(self.scheduled.teams):
            for n in range(len(team.observer_ids)):
                for slot_id in self.slots(t):
                    await self.note(
                        self.observer(n, team=t), slot_id, *(words or ("Four students wrote.",)), submit=True
                    )

    async def evidence(self, actor: Actor, **query: Any) -> Any:
        return await self.ok(actor, "GET", "/evidence", params=query)

    async def to_synthesis(self, **commitment: Any) -> list[Any]:
        """Evidence everywhere, one pattern over all of it, predictions, next level of work; closed."""
        await self.notes_everywhere()
        await self.open("describe")
        items = (await self.evidence(self.facilitator, kind="statement"))["items"]
        await self.open("analyze")
        await self.ok(
            self.facilitator,
            "POST",
            "/patterns",
            json={"name": "Students copy", "description": "In each room.", "statement_ids": [i["id"] for i in items]},
        )
        await self.open("predict")
        await self.ok(self.facilitator, "PUT", "/predictions", json={"predictions": ["Would know the words."]})
        await self.open("next_level_of_work")
        await self.ok(
            self.facilitator,
            "PUT",
            "/next-level-of-work",
            json={
                "commitments": [
                    {"what": "Plan two why-questions", "who": "Grade 4", "by_when": "next_week", "revisit": "Round 2"}
                    | commitment
                ]
            },
        )
        await self.ok(self.facilitator, "POST", "/close")
        return list(items)
