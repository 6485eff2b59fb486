"""A coaching cycle over HTTP, as its people run it; whatever they write carries a mark that can be looked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar
from typing import Protocol as Shape
from uuid import UUID, uuid4

import httpx

from services.rounds.protocols.library import newest
from services.rounds.protocols.model import EVERYONE, Artefact, Protocol
from shared.access import Actor, Grant, Role
from tests.integration.rounds.world import RoundsWorld
from tests.support.coaching import AGREEMENT, filled

OFFER = {
    "models": ["peer-observation", "cognitive-coaching", "lesson-study", "growing-expertise", "reflective-practice"]
}


class Asked(Shape):
    """A service, or a whole platform, that people ask."""

    async def ask(self, actor: Actor, method: str, path: str, **rest: Any) -> httpx.Response: ...


W = TypeVar("W", bound=Asked)


@dataclass
class ACycle(Generic[W]):
    world: W
    protocol: Protocol
    people: list[Actor]
    cycle_id: str
    marks: dict[tuple[str, UUID], str] = field(default_factory=dict)  # (artefact, author) -> mark
    ids: dict[tuple[str, UUID], str] = field(default_factory=dict)

    @classmethod
    async def gather(
        cls,
        world: W,
        key: str,
        people: int | None = None,
        actors: Sequence[Actor] = (),
        message: str = "Would you like to?",
        protocol: Protocol | None = None,
    ) -> ACycle[W]:
        """People of one district (`actors`, or new ones), all of whom have joined; nothing agreed yet. `protocol`: the
        district's own of this key."""
        protocol = protocol or newest()[key]
        number = people or protocol.people.least
        district = uuid4()
        actors = list(actors[:number]) or [
            Actor(uuid4(), district, (Grant(Role.TEACHER, uuid4()),)) for _ in range(number)
        ]
        ones = [r.id for r in protocol.people.roles if r.takes == "one"]
        rest = [r.id for r in protocol.people.roles if r.takes == "rest"]
        roles = (ones + rest * number)[:number]
        begun = await ok(world, actors[0], "POST", "/cycles", json={"protocol": key, "role": roles[0]})
        made = cls(world, protocol, actors, begun["cycle_id"])
        for actor, role in zip(actors[1:], roles[1:], strict=True):
            await made.invite(actor, role, message)
            await ok(world, actor, "POST", f"/invitations/{made.cycle_id}", json={"accept": True})
        return made

    @property
    def path(self) -> str:
        return f"/cycles/{self.cycle_id}"

    async def invite(self, actor: Actor, role: str, message: str = "Would you like to?") -> None:
        await ok(self.world, actor, "PUT", "/partners/me", json=OFFER)
        body = {"person_id": str(actor.person_id), "role": role, "message": message}
        await ok(self.world, self.people[0], "POST", self.path + "/invitations", json=body)

    async def agree(self, goal: str = "Ask for reasons in every lesson") -> None:
        body = AGREEMENT | {"goals": [AGREEMENT["goals"][0] | {"what": goal}]}  # type: ignore[index, dict-item]
        await ok(self.world, self.people[0], "PUT", self.path + "/agreement", json={"body": body})
        for actor in self.people:
            await ok(self.world, actor, "POST", self.path + "/signature", json={"revision": 1})

    async def see(self, actor: Actor) -> dict[str, Any]:
        seen: dict[str, Any] = await ok(self.world, actor, "GET", self.path)
        return seen

    async def open(self, stage: str) -> None:
        for actor in self.people:
            move = next(m for m in (await self.see(actor))["moves"] if m["stage"] == stage)
            if move["mine"]:
                await ok(self.world, actor, "POST", f"{self.path}/stages/{stage}")
                return
        raise AssertionError(f"nobody opens {stage}")

    async def write_stage(self, stage: str, *, ready: bool = True) -> None:
        """All that the stage takes, by everybody who writes it."""
        held = self.protocol.stage(stage)
        assert held is not None
        for id_ in held.artefacts:
            artefact = self.protocol.artefact(id_)
            assert artefact is not None
            for actor in await self._writers(artefact):
                if (id_, actor.person_id) not in self.marks or artefact.many:
                    await self.write(actor, artefact, ready=ready)

    async def _writers(self, artefact: Artefact) -> list[Actor]:
        if artefact.together:
            return [] if any(a == artefact.id for a, _ in self.marks) else self.people[:1]
        seen = {p["person_id"]: p["role"] for p in (await self.see(self.people[0]))["people"]}
        able = set(artefact.written_by)
        return [a for a in self.people if EVERYONE in able or seen[str(a.person_id)] in able]

    async def write(self, actor: Actor, artefact: Artefact, *, ready: bool = True) -> str:
        mark, id_ = f"mark{uuid4().hex[:12]}", str(uuid4())
        body = {"artefact": artefact.id, "fields": filled(artefact, mark, today=date.today()), "ready": ready}
        await ok(self.world, actor, "PUT", f"{self.path}/artefacts/{id_}", json=body)
        self.marks[artefact.id, actor.person_id] = mark
        self.ids[artefact.id, actor.person_id] = id_
        return mark

    async def walk(self) -> None:
        """From the first stage to the last, writing everything."""
        for stage in self.protocol.stages:
            if not stage.swaps:
                await self.open(stage.id)
                await self.write_stage(stage.id)


async def ok(world: Asked, actor: Actor, method: str, path: str, **rest: Any) -> Any:
    answer = await world.ask(actor, method, path, **rest)
    assert answer.is_success, f"{method} {path}: {answer.text}"
    return answer.json() if answer.content else None


async def refused(world: Asked, actor: Actor, method: str, path: str, **rest: Any) -> httpx.Response:
    answer = await world.ask(actor, method, path, **rest)
    assert answer.is_error, answer.text
    return answer


def every_address(cycle: ACycle[RoundsWorld]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every address that the service answers, as its own OpenAPI document lists them, with the cycle's ids in it: a new
    door is in the matrix by itself. Live ones tell numbers alone, see the test of open pages."""
    known = {"cycle_id": cycle.cycle_id, "person_id": str(cycle.people[0].person_id), "key": cycle.protocol.key}
    document = cycle.world.service.app.openapi()
    for path, methods in sorted(document["paths"].items()):
        operation = methods.get("get")
        if operation is None or "text/event-stream" in operation["responses"]["200"].get("content", {}):
            continue
        names = re.findall(r"{(\w+)}", path)
        asked = [p["name"] for p in operation.get("parameters", []) if p["in"] == "query" and p.get("required")]
        ids = list(cycle.ids.values()) if "artefact_id" in names or asked else [str(uuid4())]
        for id_ in ids:
            values = {n: known.get(n, "1" if n == "version" else id_) for n in names}
            yield path.format(**values), dict.fromkeys(asked, id_)
