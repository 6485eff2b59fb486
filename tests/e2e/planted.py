"""Words of their own in everything that people write in the six models, on a running platform: who may read each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx

from services.demo.district import DemoDistrict, DemoPerson
from services.demo.rounds import DemoRound, plan, rotation
from services.demo.seed import Seeded
from services.demo.visit import hold_round
from services.rounds.protocols.model import EVERYONE
from shared.access import Actor, Grant, Role
from shared.messages import new_id, utc_now
from tests.integration.rounds.coaching import ACycle, ok
from tests.support.coaching import AGREEMENT

ROUNDS = "instructional-rounds"
PLACE = "where they meet"  # also in the calendars and mail of those who meet
CYCLES = {  # who runs each, as parts of the cast
    "peer-observation": ("teacher", "observer"),
    "cognitive-coaching": ("facilitator", "principal"),
    "lesson-study": ("observer", "teacher", "facilitator"),
    "growing-expertise": ("teacher", "principal"),
    "reflective-practice": ("observer",),
}


@dataclass(frozen=True)
class Canary:
    """A word that stands in one artefact alone. `sealed`: under a key, nobody reads it in the store without. `writer`:
    who is named to nobody beside it."""

    word: str
    model: str
    what: str
    readers: frozenset[UUID]
    sealed: bool = True
    writer: UUID | None = None

    def __str__(self) -> str:
        return f"{self.model}: {self.what}"


def in_words(word: str) -> str:
    return f"{word} in every lesson of the week"


def a_word() -> str:
    return f"canary{uuid4().hex[:12]}"


@dataclass
class Platform:
    """The running platform as tests of one service ask it (`ACycle`), and any other: each person signed in once."""

    http: httpx.AsyncClient
    seeded: Seeded
    tokens: dict[UUID, str] = field(default_factory=dict)

    async def sign_in(self, person: UUID, email: str, password: str) -> None:
        told = await self.http.post(
            "/api/identity/session", json={"email": email, "password": password}, headers={"Accept-Token": "body"}
        )
        self.tokens[person] = told.json()["access_token"]

    async def headers(self, actor: Actor) -> dict[str, str]:
        if actor.person_id not in self.tokens:
            person = next(p for p in self.seeded.district.people if self.seeded.person_ids[p.key] == actor.person_id)
            await self.sign_in(actor.person_id, person.email, self.seeded.passwords[person.key])
        return {"Authorization": f"Bearer {self.tokens[actor.person_id]}"}

    def name_of(self, person_id: UUID) -> str:
        person = next(p for p in self.seeded.district.people if self.seeded.person_ids[p.key] == person_id)
        return person.name

    async def ask(self, actor: Actor, method: str, path: str, **rest: Any) -> httpx.Response:
        path = path if path.startswith("/api/") else f"/api/rounds{path}"
        more = {"Idempotency-Key": str(new_id())} if method == "POST" else {}
        return await self.http.request(method, path, headers=await self.headers(actor) | more, **rest)


@dataclass
class Planted:
    platform: Platform
    cast: dict[str, Actor]
    canaries: list[Canary] = field(default_factory=list)
    schools: set[str] = field(default_factory=set)  # that host a round
    cycles: dict[str, ACycle[Platform]] = field(default_factory=dict)
    rounds: list[ARound] = field(default_factory=list)

    def plant(
        self,
        model: str,
        what: str,
        readers: Iterable[Actor],
        *,
        sealed: bool = True,
        word: str = "",
        writer: Actor | None = None,
    ) -> str:
        who = frozenset(a.person_id for a in readers)
        made = Canary(word or a_word(), model, what, who, sealed, writer.person_id if writer else None)
        self.canaries.append(made)
        return made.word


async def plant_cycle(planted: Planted, key: str) -> None:
    """A cycle walked to its last stage, with words in all that its people write, a meeting and commitments ahead."""
    world = planted.platform
    people = [planted.cast[part] for part in CYCLES[key]]
    asking = planted.plant(key, "message of an invitation that was accepted", people)
    cycle = await ACycle.gather(world, key, len(people), people, message=asking)
    planted.cycles[key] = cycle
    if cycle.protocol.people.most > len(people):
        declined = planted.cast["coach"]
        message = planted.plant(key, "message of a declined invitation", [declined, people[0]])
        await cycle.invite(declined, cycle.protocol.people.roles[-1].id, message)
        await ok(world, declined, "POST", f"/invitations/{cycle.cycle_id}", json={"accept": False})
    goal = AGREEMENT["goals"][0]  # type: ignore[index]
    body = AGREEMENT | {
        "goals": [goal | {name: in_words(planted.plant(key, name, people)) for name in ("what", "sign")}],
        "own_norms": [planted.plant(key, "norm of their own", people)],
        "out_of_bounds": planted.plant(key, "what is out of bounds", people),
        "confidentiality": planted.plant(key, "what stays between them", people),
    }
    await ok(world, people[0], "PUT", cycle.path + "/agreement", json={"body": body})
    for actor in people:
        await ok(world, actor, "POST", cycle.path + "/signature", json={"revision": 1})
    await cycle.walk()
    roles = {UUID(p["person_id"]): p["role"] for p in (await cycle.see(people[0]))["people"]}
    for (artefact_id, author), mark in cycle.marks.items():
        artefact = cycle.protocol.artefact(artefact_id)
        assert artefact is not None
        named = artefact.read_by
        readers = [p for p in people if p.person_id == author or EVERYONE in named or roles[p.person_id] in named]
        planted.plant(key, artefact_id, readers, word=mark)
    await _commit(planted, cycle, people)
    ahead = {"every_weeks": 1, "minutes": 30, "meetings": 1, "place": planted.plant(key, PLACE, people)}
    await ok(world, people[0], "POST", cycle.path + "/meetings", json=ahead)


async def _commit(planted: Planted, cycle: ACycle[Platform], people: list[Actor]) -> None:
    """Those who may commit themselves do so, once for themselves and once for the others to see, and look again."""
    key, due = cycle.protocol.key, (date.today() + timedelta(days=21)).isoformat()
    for actor in people:
        for shown in (True, False):
            readers = people if shown else [actor]
            words, note = a_word(), a_word()
            body = {"cycle_id": cycle.cycle_id, "words": words, "due_on": due, "shown": shown}
            path = f"/my-commitments/{new_id()}"
            answer = await planted.platform.ask(actor, "PUT", path, json=body)
            if answer.status_code == httpx.codes.CONFLICT:
                assert answer.json()["code"] == "not_your_commitment", answer.text
                continue
            assert answer.is_success, answer.text
            await ok(planted.platform, actor, "POST", path + "/looks", json={"kept": "partly", "note": note})
            planted.plant(key, f"commitment, {shown=}", readers, word=words)
            planted.plant(key, f"look at a commitment, {shown=}", readers, word=note)


async def plant_round(
    planted: Planted, leaders: list[Actor], district: DemoDistrict, rooms: dict[str, list[str]], stage: str, school: int
) -> ARound:
    """A round of two teams in six rooms, at its visit, closed or released, with words in all that is written in it."""
    seeded = planted.platform.seeded
    door = await seeded.door(district.with_role("district_leader")[0])
    plans = plan(district, utc_now().date(), lambda d: d.weekday() < 5)
    like = "visit" if stage == "visit" else "released"
    held = next(r for r in plans if r.stage == like and r.school == district.schools[school])
    held = replace(held, stage="prepared", teams=held.teams[:2], slots=tuple(rotation(2, 8)))
    await hold_round(seeded, door, held, rooms[held.school.key])
    mine = next(r for r in await door.all("rounds/rounds") if r["day"] == held.day.isoformat())
    made = ARound(planted, held, mine["round_id"], leaders)
    await made.to(stage)
    planted.rounds.append(made)
    return made


class ARound:
    """One round's people, and its words in the order in which they are written."""

    def __init__(self, planted: Planted, held: DemoRound, round_id: str, leaders: list[Actor]) -> None:
        self.planted, self.held, self.round_id, self.leaders = planted, held, round_id, leaders
        self.path = f"/rounds/{round_id}"
        district = planted.platform.seeded.district
        self.facilitator = self._actor(held.facilitator)
        self.observers = [self._actor(p) for team in held.teams for p in team]
        self.principal = self._actor(district.principal(held.school))
        self.teachers = [self._actor(p) for p in district.with_role("teacher") if p.school == held.school.key]
        self.people = [self.facilitator, *self.observers]
        school = planted.platform.seeded.school_ids[held.school.key]
        planted.schools.add(str(school))

    def _actor(self, person: DemoPerson) -> Actor:
        return actor_of(self.planted.platform.seeded, person)

    async def ok(self, actor: Actor, method: str, path: str, **rest: Any) -> Any:
        return await ok(self.planted.platform, actor, method, self.path + path, **rest)

    def plant(self, what: str, readers: Iterable[Actor], *, sealed: bool = False, writer: Actor | None = None) -> str:
        return self.planted.plant(ROUNDS, f"{self.stage} round: {what}", readers, sealed=sealed, writer=writer)

    async def to(self, stage: str) -> None:
        self.stage = stage
        released = stage == "released"
        school = [*self.leaders, self.principal, *self.teachers] if released else []
        told = [*self.people, *school]
        before = [*self.people, *self.leaders, self.principal, *school]
        body = {
            "problem": self.plant("problem of practice", before),
            "theory_of_action": self.plant("theory of action", before),
            "focus_questions": [{"words": self.plant("focus question", before) + "?"}],
        }
        await self.ok(self.principal, "PUT", "/problem-of-practice", json=body)
        norms = {"norms": [self.plant("norm", self.people)]}
        await self.ok(self.facilitator, "PUT", "/norms", json=norms)
        slots = (await self.ok(self.facilitator, "POST", "/stages/visit")) and (
            await self.ok(self.principal, "GET", "")
        )
        words_of, alone = await self._observe(slots, released)
        if stage == "visit":
            return
        await self.ok(self.facilitator, "POST", "/stages/describe")
        page = await self.ok(self.facilitator, "GET", "/evidence", params={"kind": "statement", "limit": "2000"})
        by_words = {i["words"]: i["id"] for i in page["items"]}
        challenged = {"verdict": "challenged", "reason": self.plant("reason of a challenge", self.people)}
        await self.ok(self.facilitator, "PUT", f"/screening/{by_words[alone]}", json=challenged)
        await self.ok(self.facilitator, "POST", "/stages/analyze")
        group = {"move_id": str(new_id()), "kind": "make_group", "group_id": str(new_id())}
        group["title"] = self.plant("title of a group on the board", self.people)
        await self.ok(self.observers[0], "POST", "/board/moves", json={"moves": [group]})
        pattern = {
            "name": self.plant("name of a pattern", told),
            "description": self.plant("description of a pattern", told),
            "statement_ids": [by_words[w] for w in words_of],
        }
        await self.ok(self.facilitator, "POST", "/patterns", json=pattern)
        await self.ok(self.facilitator, "POST", "/stages/predict")
        await self.ok(self.facilitator, "PUT", "/predictions", json={"predictions": [self.plant("prediction", told)]})
        await self.ok(self.facilitator, "POST", "/stages/next_level_of_work")
        parts = {name: self.plant(f"next level of work, {name}", told) for name in ("what", "who", "resources")}
        level = {"commitments": [parts | {"by_when": "next_week", "revisit": "Round 2"}]}
        await self.ok(self.facilitator, "PUT", "/next-level-of-work", json=level)
        await self.ok(self.facilitator, "POST", "/close", json={"follow_up_on": None})
        if released:
            await self.ok(self.facilitator, "POST", "/release")
            lead = [self.principal, self.facilitator]
            evidence = self.plant("what shows that it was kept", lead, sealed=True)
            reports = [{"number": 1, "status": "partly", "evidence": evidence}]
            await self.ok(self.principal, "POST", "/follow-up/reports", json={"reports": reports})

    async def _observe(self, shown: dict[str, Any], released: bool) -> tuple[list[str], str]:
        """Each observer writes one thing in each slot, and takes one back. The words of all, and those that no pattern
        will take up. At the visit nobody hands in: the writer reads them, and the facilitator without a name."""
        visiting = self.stage == "visit"
        school = [self.principal, *self.teachers, self.facilitator] if released else []
        written, alone = [], ""
        for observer in self.observers:
            readers = [observer, self.facilitator] if visiting else self.observers
            day = await self._mine(observer, shown["slots"])
            items: list[dict[str, Any]] = []
            for n, slot in enumerate(day):
                word = self.plant("statement behind a pattern", [*readers, *school], sealed=True, writer=observer)
                written.append(word)
                texts = [word]
                if not alone:
                    alone = self.plant("statement that no pattern takes up", readers, sealed=True, writer=observer)
                    texts.append(alone)
                if n == 0:
                    texts.append(self.plant("statement taken back", [observer], sealed=True, writer=observer))
                items += [{"kind": "statement", "words": w, "minute": 2, "core_element": "task"} | slot for w in texts]
                if n == 0:
                    gone = items[-1]["client_id"] = str(new_id())
                    items.append({"kind": "withdraw", "of": gone} | slot)
                items += [] if visiting else [{"kind": "submit"} | slot]
            for seq, item in enumerate(items, start=1):
                item["client_id"], item["seq"] = item.get("client_id", str(new_id())), seq
            device = str(new_id())
            batch = {"device_id": device, "sent_at": utc_now().isoformat(), "items": items}
            told = await ok(self.planted.platform, observer, "POST", "/capture/batches", json=batch)
            assert {r["result"] for r in told["receipts"]} == {"stored"}, told
        return written, alone

    async def _mine(self, observer: Actor, slots: list[dict[str, Any]]) -> list[dict[str, Any]]:
        mine = await self.ok(observer, "GET", "")
        team = next(t["team_id"] for t in mine["teams"] if str(observer.person_id) in t["observer_ids"])
        return [{"slot_id": s["slot_id"], "device_time": s["starts_at"]} for s in slots if s["team_id"] == team]


def actor_of(seeded: Seeded, person: DemoPerson) -> Actor:
    school = seeded.school_ids[person.school]
    return Actor(seeded.person_ids[person.key], UUID(int=0), tuple(Grant(Role(r), school) for r in person.roles))
