"""The rounds service's HTTP side as a process of its own, with the floor beside it:
`python -m tests.bench.capture_server DATABASE_URL KEYS_URL` serves, and prints one line of JSON: its port, and
observers with their tokens and slots."""

from __future__ import annotations

import base64
import json
import os
import socket
import sys
from uuid import uuid4

import uvloop
from fastapi import Request, Response
from pydantic import SecretStr

from services.rounds.capture.commands import LARGEST_BODY, CaptureBatch, read_batch
from services.rounds.capture.words import Words
from services.rounds.deps import Deps
from services.rounds.main import app_of
from services.rounds.rounds.queries import round_stream
from services.server import server
from shared.access import Role
from shared.collector import settle_collector
from shared.database import Database
from shared.http import bounded_body, public
from shared.keys.master import KeysSettings
from shared.messages import CommandContext
from shared.migrations import upgrade
from shared.testing.tokens import FakeIdentity
from tests.support.rounds import a_plan, a_scheduled_round, an_actor

TEAMS = 16
ROUNDS = 12
ROOMS = 8


async def main(database_url: str, keys_url: str) -> None:
    await upgrade(database_url, "rounds")
    db = Database.open(database_url, pool_size=6)
    master = SecretStr(base64.b64encode(os.urandom(32)).decode())
    words = Words(KeysSettings(database_url=keys_url, master_key=master))
    await words.start()
    deps, identity = Deps.over(db, words), FakeIdentity()
    app = app_of(deps, identity.verifier)

    @app.post("/floor", dependencies=[public("the bench's floor: it only validates")])
    async def only_validate(request: Request) -> Response:
        read_batch(await bounded_body(request, LARGEST_BODY))
        return Response(b"{}", media_type="application/json")

    @app.post("/floor/declared", dependencies=[public("the bench's floor: it only validates")])
    async def validate_as_declared(batch: CaptureBatch) -> dict[str, int]:
        return {"items": len(batch.items)}

    district_id, people = uuid4(), []
    for _ in range(TEAMS):
        team, slots = [uuid4() for _ in range(4)], []
        for _ in range(ROUNDS):
            scheduled = a_scheduled_round(observers=team, rooms=ROOMS)
            context = CommandContext(district_id, None)
            await deps.rounds.handle(round_stream(scheduled.round_id), a_plan(scheduled), context)
            slots += [str(s.slot_id) for s in scheduled.slots]
        for person_id in team:
            actor = an_actor(Role.OBSERVER, person_id=person_id, district_id=district_id)
            people.append({"token": identity.token_for(actor, lifetime_seconds=3600), "slots": slots})
    settle_collector()
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        sys.stdout.write(json.dumps({"port": listener.getsockname()[1], "people": people}) + "\n")
        sys.stdout.flush()
        await server(app).serve(sockets=[listener])


if __name__ == "__main__":
    uvloop.run(main(*sys.argv[1:]))
