"""The database's disk is full to the last byte: tablets are told so, nothing that was told stored is lost."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from shared.provision import provision
from shared.testing.servers import Servers
from tests.faults.battlefield import a_moment
from tests.integration.rounds.world import RoundsWorld
from tests.support.rounds import LONG_FACTS, ADevice

DISK = 420_000_000  # bytes: what PostgreSQL wants to see free at its start, and some
BATCH = 20
MOST_BATCHES = 2000


@contextmanager
def a_small_disk(folder: Path) -> Iterator[Path]:
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={DISK},mode=0755", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("a disk of its own for the test needs the right to mount one")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], capture_output=True, check=False)


def fill(ballast: Path) -> None:
    with ballast.open("ab", buffering=0) as file, suppress(OSError):
        while True:
            os.posix_fallocate(file.fileno(), file.tell(), 1_000_000)
            file.seek(0, os.SEEK_END)
    with ballast.open("ab", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"\0" * 4096)


@pytest.mark.timeout(180)
async def test_a_full_disk_is_told_and_what_was_acknowledged_is_stored_once(servers: Servers, tmp_path: Path) -> None:
    with a_small_disk(tmp_path / "disk") as disk, servers.extra_postgres(disk / "postgres") as postgres:
        urls = await provision(postgres.url(), {"rounds": "password-of-rounds", "keys": "password-of-keys"})
        world = await RoundsWorld.over(urls["rounds"], urls["keys"], servers.nats_url)
        try:
            round_ = await world.a_round(observers=[uuid4() for _ in range(3)], rooms=2)
            observer, device = round_.observer(), ADevice(round_.slots()[0])
            fill(disk / "ballast")
            told: set[str] = set()
            sent: list[list[dict[str, Any]]] = []
            refusals: set[tuple[int, str]] = set()
            for n in range(MOST_BATCHES):
                items = [device.statement(LONG_FACTS[(n + k) % 4] * 8) for k in range(BATCH)]
                sent.append(items)
                answer = await world.ask(observer, "POST", "/capture/batches", json=device.batch(*items))
                if answer.status_code == 200:
                    assert {r["result"] for r in answer.json()["receipts"]} == {"stored"}
                    told |= {i["client_id"] for i in items}
                    continue
                refusals.add((answer.status_code, answer.headers["content-type"]))
                assert answer.json()["mend"], answer.text
                if len(refusals) and len(sent) * BATCH - len(told) > 5 * BATCH:
                    break
            assert refusals == {(503, "application/problem+json")}, "come again later: the tablet keeps everything"

            (disk / "ballast").unlink()
            if postgres.pid is None:  # a full disk can end it: whoever watches it starts it again
                postgres.start()
            for items in sent:
                receipts = await _until_answered(world, observer, device.batch(*items))
                assert {r["result"] for r in receipts} <= {"stored", "duplicate"}
                assert {
                    r["client_id"] for r in receipts if r["client_id"] in told and r["result"] != "duplicate"
                } == set()
            ledger = (await world.ask(observer, "GET", f"/capture/ledger/{device.device_id}")).json()
            assert (ledger["count"], ledger["gaps"], ledger["refused"]) == (len(sent) * BATCH, [], [])
            async with world.deps.db.system() as conn:
                stored = await conn.fetchval("select count(*) from events where type = 'EvidenceRecorded'")
            assert stored == len(sent) * BATCH, "each once"
        finally:
            await world.close()


async def _until_answered(world: RoundsWorld, observer: Any, batch: dict[str, Any]) -> list[dict[str, Any]]:
    while True:
        answer = await world.ask(observer, "POST", "/capture/batches", json=batch)
        if answer.status_code == 200:
            receipts: list[dict[str, Any]] = answer.json()["receipts"]
            return receipts
        assert answer.status_code == 503, answer.text
        await a_moment()
