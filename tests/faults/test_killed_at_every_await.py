"""The server is killed at every single point between a delivery and its receipts: told stored is stored once."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections import Counter
from contextlib import suppress
from typing import Any
from uuid import uuid4

import httpx
import pytest

from shared.access import Actor
from shared.testing.servers import Servers
from tests.integration.rounds.world import ARound, RoundsWorld
from tests.support.rounds import ADevice

MOST = 200  # waits between a delivery and its receipts; far more than there are
EVENTS = ("EvidenceRecorded", "EvidenceAmended", "LookForRated", "SlotNotesSubmitted")


def a_delivery(round_: ARound, device: ADevice) -> dict[str, Any]:
    """Something of everything, in the notes of two slots."""
    first, second = round_.slots()
    device.slot_id = first
    statement = device.statement()
    items = [statement, device.amend(statement, "Teacher asked 11 questions."), device.rating()]
    device.slot_id = second
    return device.batch(*items, device.statement("Four students wrote."), device.submit())


class Dying:
    """The server that kills itself; see dying_server.py."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._child: int | None = None

    @classmethod
    async def make(cls, world: RoundsWorld) -> Dying:
        key = world.settings.keys_master_key
        assert key is not None
        return cls(
            await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "tests.faults.dying_server",
                world.settings.database_url,
                world.settings.keys_database_url,
                key.get_secret_value(),
                json.dumps(world.identity.jwks()),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
            )
        )

    async def post(self, at: int, headers: dict[str, str], batch: dict[str, Any]) -> list[dict[str, Any]] | None:
        """The receipts; None when the server died before the whole answer was out."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{at}\n".encode())
        child = json.loads(await self._process.stdout.readline())
        self._child = child["pid"]
        async with httpx.AsyncClient(timeout=60) as http:
            try:
                answer = await http.post(
                    f"http://127.0.0.1:{child['port']}/capture/batches", headers=headers, json=batch
                )
            except httpx.TransportError:
                return None
            finally:
                self._kill_child()
        assert answer.status_code == 200, answer.text
        receipts: list[dict[str, Any]] = answer.json()["receipts"]
        return receipts

    def _kill_child(self) -> None:
        """One that lived on would keep the parent, which waits for it, from the next."""
        if self._child is not None:
            with suppress(ProcessLookupError):
                os.kill(self._child, signal.SIGKILL)
            self._child = None

    async def end(self) -> None:
        self._kill_child()
        self._process.kill()
        await self._process.wait()


async def stored(world: RoundsWorld, observer: Actor) -> Counter[str]:
    """How often each client id of the observer stands in the log, by any event that keeps an item."""
    async with world.deps.db.system() as conn:
        rows = await conn.fetch(
            "select data #>> '{receipt,client_id}' as client_id from events "
            "where type = any($1) and data #>> '{visit,observer_id}' = $2",
            list(EVENTS),
            str(observer.person_id),
        )
    return Counter(r["client_id"] for r in rows)


@pytest.mark.timeout(300)
async def test_told_stored_is_stored_once_wherever_the_server_is_killed(servers: Servers) -> None:
    world = await RoundsWorld.make(servers)
    round_ = await world.a_round(observers=[uuid4() for _ in range(MOST)], rooms=2)
    dying = await Dying.make(world)
    deaths = 0
    halfway: Counter[int] = Counter()
    try:
        for at in range(1, MOST):
            observer, device = round_.observer(at), ADevice(round_.slots()[0])
            batch = a_delivery(round_, device)
            told = await dying.post(at, world.identity.headers_for(observer), batch)
            before = await stored(world, observer)
            if told is not None:
                assert [before[r["client_id"]] for r in told] == [1] * len(told), f"killed at {at}: told, not stored"
            halfway[len(before)] += 1
            # Another server, which knows nothing of the first, is sent the same again.
            again = await round_.post(observer, device, *batch["items"])
            assert {r["result"] for r in again} <= {"stored", "duplicate"}, f"killed at {at}: {again}"
            # ">=": the database may still have stored what the dead server had asked of it
            assert {r["client_id"] for r in again if r["result"] == "duplicate"} >= set(before), f"killed at {at}"
            after = await stored(world, observer)
            assert after == Counter(i["client_id"] for i in batch["items"]), f"killed at {at}"
            ledger = await world.ask(observer, "GET", f"/capture/ledger/{device.device_id}")
            assert (ledger.json()["count"], ledger.json()["gaps"]) == (len(batch["items"]), []), f"killed at {at}"
            if told is not None and len(told) == len(batch["items"]):
                break
            deaths += 1
        else:
            raise AssertionError("no delivery was ever answered")
    finally:
        await dying.end()
        await world.close()
    sys.stdout.write(f"killed at {deaths} points; items that were stored by then: {dict(halfway)}\n")
    assert deaths > 10
    assert {0, len(batch["items"])} <= set(halfway), "killed before anything was stored, and after everything was"
