"""A disk is full to the last byte: tablets are told so, nothing that was told stored is lost, and a platform of one
machine goes on by itself when there is room again."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import psutil
import pytest

from shared.provision import provision
from shared.relay import NOT_STORED
from shared.testing.servers import Servers
from tests.e2e.one_machine import RondoUp, administrators
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


@pytest.mark.timeout(240)
def test_a_platform_whose_disk_was_full_goes_on_by_itself(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    with a_small_disk(home / "nats") as of_nats, a_small_disk(home / "postgres") as of_postgres:
        run = RondoUp(home, "--empty")
        try:
            run.wait_for("Rondo is up at")
            admin = administrators(home)[0]
            with httpx.Client(base_url=f"{run.url}/api/", timeout=60) as client:
                asked = {"email": admin["email"], "password": admin["password"]}
                client.post("identity/session", json=asked, headers={"Idempotency-Key": "1"}).raise_for_status()
                days = iter(date(2027, 1, 1) + timedelta(days=n) for n in range(1000))

                fill(of_nats / "ballast")
                until(lambda: mark(client, next(days)) == 200 and NOT_STORED in health(run).text, run)
                (of_nats / "ballast").unlink()
                until(lambda: health(run).status_code == 200, run)

                fill(of_postgres / "ballast")
                server = next(p for p in run.family() if p.name() == "postgres" and p.ppid() == run.process.pid)
                server.kill()
                psutil.wait_procs([server], timeout=20)
                run.wait_for("PostgreSQL needs at least .* MB free. Rondo goes on when there is room")
                (of_postgres / "ballast").unlink()
                run.wait_for("There is room again; Rondo goes on")
                until(lambda: health(run).status_code == 200, run)
                assert mark(client, next(days)) == 200
            assert run.interrupt() == 0
        finally:
            run.end()


def mark(client: httpx.Client, day: date) -> int:
    """The status of marking a school day: an event that other services wait for."""
    body = {"kind": "no_school", "title": "Closed"}
    return client.put(
        f"scheduling/calendar/days/{day}", json=body, headers={"Idempotency-Key": str(uuid4())}
    ).status_code


def health(run: RondoUp) -> httpx.Response:
    with httpx.Client(transport=httpx.HTTPTransport(retries=3), timeout=60) as client:
        return client.get(f"{run.url}/health/ready")


def until(so: Callable[[], bool], run: RondoUp) -> None:
    while not so():
        with pytest.raises(subprocess.TimeoutExpired):  # it runs on
            run.process.wait(0.2)


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
