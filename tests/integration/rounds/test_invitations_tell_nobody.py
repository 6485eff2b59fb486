"""Two worlds in which one person answered an invitation otherwise, or not at all: to everybody but that person and the
one who asked they are the same, byte by byte, through every door."""

from __future__ import annotations

import json
import re
from uuid import UUID, uuid4

import httpx
import pytest

from services.rounds.protocols.library import newest
from shared.access import Actor, Grant, Role
from tests.integration.rounds.coaching import OFFER, ACycle, every_address, ok, refused
from tests.integration.rounds.world import RoundsWorld
from tests.support.coaching import AGREEMENT
from tests.support.sse import listening, served

GROUPS = [p.key for p in newest().values() if p.model != "instructional-rounds" and p.people.most > 2]
pytestmark = pytest.mark.timeout(600)  # a few hundred requests for each look of each world
Told = dict[str, str]
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
TIME = re.compile(r"\d{4}-\d\d-\d\dT[0-9:.]+(?:Z|[+-]\d\d:\d\d)")


class Gathering:
    """A cycle that its starter gathers: a member is in it, two were asked and one of them answers or does not."""

    def __init__(self, world: RoundsWorld, key: str) -> None:
        self.world = world
        district = uuid4()
        names = ("starter", "member", "silent", "answering", "listed")
        ids = sorted(uuid4() for _ in names)  # lists by id have the same order in every world
        self.people = {n: Actor(i, district, (Grant(Role.TEACHER, uuid4()),)) for n, i in zip(names, ids, strict=True)}
        self.people["every role"] = Actor(uuid4(), district, tuple(Grant(r) for r in Role))
        self.cycle = ACycle(world, newest()[key], [self.people["starter"], self.people["member"]], "")
        self.told: dict[str, Told] = {n: {} for n in self.people}
        self.marks: dict[str, Told] = {}

    async def gather(self, answer: bool | None) -> None:
        protocol, people = self.cycle.protocol, self.people
        rest = next(r.id for r in protocol.people.roles if r.takes == "rest")
        body = {"protocol": protocol.key, "role": rest}
        self.cycle.cycle_id = (await ok(self.world, people["starter"], "POST", "/cycles", json=body))["cycle_id"]
        await ok(self.world, people["listed"], "PUT", "/partners/me", json=OFFER)
        for name in ("member", "silent", "answering"):
            await self.cycle.invite(people[name], protocol.people.roles[0].id if name == "answering" else rest)
        await ok(self.world, people["member"], "POST", f"/invitations/{self.cycle.cycle_id}", json={"accept": True})
        await self._live("before")
        if answer is not None:
            body = {"accept": answer}
            await ok(self.world, people["answering"], "POST", f"/invitations/{self.cycle.cycle_id}", json=body)

    async def look(self, when: str) -> None:
        """Through every door that can be read, and at every one that asks for people or answers."""
        for name in ("starter", "member", "silent", "listed", "every role"):
            for address, query in every_address(self.cycle) if name != "listed" else ():
                await self._ask(when, name, "GET", address, params=query)
            if self.people[name] != self.cycle.people[0]:  # the one who asks
                for whom in ("answering", "silent", "listed"):
                    body = {"person_id": str(self.people[whom].person_id), "message": "Come!"}
                    for role in self.cycle.protocol.people.roles:
                        await self._ask(
                            when, name, "POST", f"{self.cycle.path}/invitations", json=body | {"role": role.id}
                        )
                    address = f"{self.cycle.path}/invitations/{self.people[whom].person_id}"
                    await self._ask(when, name, "DELETE", address)
            if name in ("listed", "every role"):
                await self._ask(when, name, "POST", f"/invitations/{self.cycle.cycle_id}", json={"accept": True})
        await self._live(when)

    async def begin(self) -> None:
        """The two who are in it agree and begin, where every part is taken by then; then the silent one comes."""
        agreement = {"body": AGREEMENT, "base_revision": 0}
        await self._ask("agreement", "member", "PUT", f"{self.cycle.path}/agreement", json=agreement)
        for name in ("starter", "member"):
            await self._ask("signature", name, "POST", f"{self.cycle.path}/signature", json={"revision": 1})
        stage = self.cycle.protocol.stage_ids[0]
        for name in ("starter", "member"):
            await self._ask("opening", name, "POST", f"{self.cycle.path}/stages/{stage}")
        await self.look("begun")
        await self._ask("late", "silent", "POST", f"/invitations/{self.cycle.cycle_id}", json={"accept": True})

    async def _live(self, when: str) -> None:
        async with served(self.world.service.app) as base, httpx.AsyncClient(base_url=base, timeout=30) as http:
            for name in ("member", "silent", "listed"):
                for address in ("/my-coaching/events", f"{self.cycle.path}/events"):
                    headers = self.world.identity.headers_for(self.people[name])
                    if name != "member" and address.startswith(self.cycle.path):
                        continue
                    async with listening(http, address, headers) as following:
                        _, _, told = await following()
                    if "version" not in told:  # a mark is made of ids, which two worlds do not share
                        first = self.marks.setdefault(name, told)
                        told = [k for k in told if told[k] != first[k]]
                    self.told[name][f"{when} {self._named(address)}"] = self._named(json.dumps(told))

    async def _ask(self, when: str, name: str, method: str, address: str, **rest: object) -> None:
        answer = await self.world.ask(self.people[name], method, address, **rest)
        headers = {h: answer.headers.get(h) for h in ("etag", "content-type", "cache-control")}
        told = f"{answer.status_code} {headers} {answer.text}"
        self.told[name][f"{when} {method} {self._named(address)} {self._named(json.dumps(rest))}"] = self._named(told)

    def _named(self, text: str) -> str:
        """With names for the ids that differ between the worlds anyway; of any other, that it is one."""
        names = {str(a.person_id): n for n, a in self.people.items()} | {self.cycle.cycle_id: "the cycle"}
        names |= {str(g.school_id): f"school of {n}" for n, a in self.people.items() for g in a.grants if g.school_id}
        return TIME.sub("(a time)", ID.sub(lambda found: names.get(found.group(), "(an id)"), text))


def differing(one: Gathering, two: Gathering, name: str) -> list[str]:
    assert one.told[name].keys() == two.told[name].keys()
    assert len(one.told[name]) > 5
    return [d for d in one.told[name] if one.told[name][d] != two.told[name][d]]


@pytest.mark.parametrize("key", GROUPS)
async def test_a_decline_is_like_silence_to_all_but_the_two_and_a_yes_to_all_but_the_people_of_the_cycle(
    rounds_world: RoundsWorld, key: str
) -> None:
    silent, declined, accepted = (Gathering(rounds_world, key) for _ in range(3))
    for world, answer in ((silent, None), (declined, False), (accepted, True)):
        await world.gather(answer)
        await world.look("answered")
    for name in ("silent", "listed", "every role"):
        assert differing(silent, accepted, name) == [], name
    assert differing(silent, accepted, "member"), "whoever is in a cycle sees who else is, as was said beforehand"
    assert differing(silent, declined, "starter"), "the one who asked is told"
    for world in (silent, declined):
        await world.begin()
    for name in ("member", "silent", "listed", "every role"):
        assert differing(silent, declined, name) == [], name
    for world, answer in ((silent, "open"), (declined, "declined")):
        seen = await world.cycle.see(world.people["starter"])
        person = str(world.people["answering"].person_id)
        assert [i["answer"] for i in seen["invitations"] if i["person_id"] == person] == [answer]


async def test_who_takes_over_from_the_one_who_began_learns_of_no_invitation_of_theirs(
    rounds_world: RoundsWorld,
) -> None:
    silent, declined = Gathering(rounds_world, "growing-expertise"), Gathering(rounds_world, "growing-expertise")
    for world, answer in ((silent, None), (declined, False)):
        await world.gather(answer)
        await ok(rounds_world, world.people["starter"], "POST", f"{world.cycle.path}/leave")
        world.cycle.people.pop(0)
        await world.look("left")
        seen = await world.cycle.see(world.people["member"])
        assert (seen["may_invite"], seen["invitations"]) == (True, [])
        assert (await ok(rounds_world, world.people["silent"], "GET", "/invitations"))["items"] == []
    for name in ("member", "silent", "listed", "every role"):
        assert differing(silent, declined, name) == [], name


async def test_a_cycle_that_one_was_not_asked_into_is_like_none(rounds_world: RoundsWorld) -> None:
    cycle = await ACycle.gather(rounds_world, "growing-expertise")
    stranger = Actor(uuid4(), cycle.people[0].district_id, (Grant(Role.TEACHER),))
    there, nowhere = UUID(cycle.cycle_id), uuid4()
    for method, path, body in (
        ("POST", "/invitations/{}", {"accept": True}),
        ("DELETE", f"/cycles/{{}}/artefacts/{uuid4()}/readers/{stranger.person_id}", None),
    ):
        told = [await refused(rounds_world, stranger, method, path.format(id_), json=body) for id_ in (there, nowhere)]
        assert len({(t.status_code, t.text.replace(str(there), "").replace(str(nowhere), "")) for t in told}) == 1
