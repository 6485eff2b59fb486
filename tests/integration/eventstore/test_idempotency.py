"""A POST that is repeated with its key is done once and answered alike."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import httpx
import pytest
from fastapi import Response
from pydantic import BaseModel

from shared.access import Actor, Grant, Role
from shared.database import Database
from shared.errors import Refused
from shared.http import create_app, public
from shared.idempotency import IdempotentPosts, forget_old_answers
from shared.testing.tokens import FakeIdentity


class Note(BaseModel):
    text: str


class World:
    def __init__(self, db: Database) -> None:
        self.identity = FakeIdentity()
        self.done: list[str] = []
        self.started = asyncio.Semaphore(0)
        self.go_on = asyncio.Event()
        self.go_on.set()
        app = create_app("notes", self.identity.verifier)

        @app.post("/notes", status_code=201, dependencies=[public("a test")])
        async def write(note: Note, response: Response) -> dict[str, object]:
            self.done.append(note.text)
            self.started.release()
            await self.go_on.wait()
            if note.text == "refused":
                raise Refused("no", "Not now.")
            if note.text == "secret":
                response.headers["Cache-Control"] = "no-store"
            response.headers["ETag"] = f'"{len(self.done)}"'
            return {"n": len(self.done), "text": note.text}

        app.add_middleware(IdempotentPosts, db=db)
        self.client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://rondo")

    def actor(self) -> Actor:
        return Actor(uuid4(), uuid4(), (Grant(Role.OBSERVER),))

    async def post(self, actor: Actor | None, key: UUID | str | None, text: str, query: str = "") -> httpx.Response:
        headers = self.identity.headers_for(actor) if actor else {}
        if key is not None:
            headers["Idempotency-Key"] = str(key)
        return await self.client.post(f"/notes{query}", json={"text": text}, headers=headers)


@pytest.fixture
async def world(db: Database) -> AsyncIterator[World]:
    made = World(db)
    yield made
    await made.client.aclose()


async def test_the_answer_is_given_again(world: World) -> None:
    actor, key = world.actor(), uuid4()
    first = await world.post(actor, key, "one")
    again = await world.post(actor, key, "one")
    assert (first.status_code, first.json(), first.headers["etag"]) == (201, {"n": 1, "text": "one"}, '"1"')
    assert (again.status_code, again.json(), again.headers["etag"]) == (201, {"n": 1, "text": "one"}, '"1"')
    assert (first.headers.get("idempotent-replay"), again.headers["idempotent-replay"]) == (None, "true")
    assert world.done == ["one"]


async def test_the_same_key_with_another_request_is_refused(world: World) -> None:
    actor, key = world.actor(), uuid4()
    await world.post(actor, key, "one")
    for text, query in (("two", ""), ("one", "?dry_run=true")):
        answer = await world.post(actor, key, text, query)
        assert answer.status_code == 422
        assert answer.json()["type"] == "/problems/idempotency-key-reused"
        assert answer.headers["content-type"] == "application/problem+json"
    assert world.done == ["one"]


async def test_a_key_is_its_owners(world: World) -> None:
    key = uuid4()
    await world.post(world.actor(), key, "one")
    assert (await world.post(world.actor(), key, "two")).json() == {"n": 2, "text": "two"}


async def test_without_a_usable_key_or_a_sign_in_every_post_is_its_own(world: World) -> None:
    actor, key = world.actor(), uuid4()
    for _ in range(2):
        await world.post(actor, None, "none")
        await world.post(actor, "not-a-uuid", "malformed")
        await world.post(None, key, "nobody")
    assert len(world.done) == 6


async def test_a_refused_request_is_judged_anew_and_a_secret_is_not_kept(world: World) -> None:
    actor = world.actor()
    for text, status in (("refused", 409), ("secret", 201)):
        key = uuid4()
        for _ in range(2):
            answer = await world.post(actor, key, text)
            assert answer.status_code == status
            assert "idempotent-replay" not in answer.headers
    assert world.done == ["refused", "refused", "secret", "secret"]


async def test_the_key_of_a_secret_is_not_good_for_another_request(world: World) -> None:
    actor, key = world.actor(), uuid4()
    await world.post(actor, key, "secret")
    assert (await world.post(actor, key, "one")).status_code == 422
    assert world.done == ["secret"]


async def test_a_repetition_while_the_first_still_runs_is_told_to_wait(world: World) -> None:
    actor, key = world.actor(), uuid4()
    world.go_on.clear()
    first = asyncio.create_task(world.post(actor, key, "one"))
    other = asyncio.create_task(world.post(actor, uuid4(), "other"))
    await world.started.acquire()
    await world.started.acquire()
    assert (await world.post(actor, key, "one")).status_code == 409
    world.go_on.set()
    assert (await first).status_code == (await other).status_code == 201
    assert (await world.post(actor, key, "one")).headers["idempotent-replay"] == "true"


async def test_old_answers_are_forgotten(world: World, db: Database) -> None:
    actor, key = world.actor(), uuid4()
    await world.post(actor, key, "one")
    await forget_old_answers(db)
    assert (await world.post(actor, key, "one")).headers["idempotent-replay"] == "true"
    async with db.system() as conn:
        await conn.execute("UPDATE idempotent_answers SET begun_at = begun_at - interval '25 hours'")
    await forget_old_answers(db)
    assert (await world.post(actor, key, "one")).json()["n"] == 2
