"""NATS is gone for an hour while tablets hand in notes. What an hour changes is brought about, not waited for: the
client has tried to reach the server more often than it would by default, and the server forgot what it had seen."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from services.rounds.capture.streams import statement_id
from shared.jetstream import Link, stream_config, stream_name
from shared.kernel import Kernel
from shared.testing.servers import Servers
from tests.integration.rounds.world import RoundsWorld
from tests.support.rounds import ADevice
from tests.support.until import until

BY_DEFAULT = 60  # tries after which the client's library gives up, if it is not told otherwise
BATCHES, BATCH = 30, 20
PATIENCE = 120.0  # seconds, on a busy machine
MOMENT = 0.1  # seconds: the shortest memory of messages that the server takes


@pytest.mark.timeout(400)
async def test_nothing_told_is_lost_or_doubled_and_tablets_are_told_the_truth(servers: Servers) -> None:
    with servers.extra_nats() as nats:
        world = await RoundsWorld.over(servers.postgres_url(), servers.postgres_url(), nats.url)
        link = await Link.open(nats.url, "fault test", on_closed=lambda: None)
        try:
            kernel: Kernel = world.service.ready.__self__  # type: ignore[attr-defined]  # a method of the kernel
            round_ = await world.a_round(observers=[uuid4() for _ in range(3)], rooms=2)
            observer, slot = round_.observer(), round_.slots()[0]
            device = ADevice(slot)
            sent: list[list[dict[str, Any]]] = []

            async def hand_in(items: list[dict[str, Any]], result: str) -> None:
                answer = await world.ask(observer, "POST", "/capture/batches", json=device.batch(*items))
                assert answer.status_code == 200, answer.text
                assert {r["result"] for r in answer.json()["receipts"]} == {result}

            async def write() -> None:
                sent.append([device.statement(f"Fact {device.seq}.") for _ in range(BATCH)])
                await hand_in(sent[-1], "stored")

            async def ledger() -> tuple[int, int, list[Any]]:
                held = (await world.ask(observer, "GET", f"/capture/ledger/{device.device_id}")).json()
                return held["count"], held["maximum"], held["gaps"]

            await write()
            await write()
            await until(lambda: kernel.relay.published >= 2 * BATCH, PATIENCE)
            forgetful = stream_config("rounds").evolve(duplicate_window=MOMENT)
            await link.js.update_stream(forgetful)
            link.nc.options["reconnect_time_wait"] = kernel.link.nc.options["reconnect_time_wait"] = 0
            nats.kill()
            await until(lambda: not kernel.link.connected, PATIENCE)

            for n in range(BATCHES):
                await write()
                if n % 10 == 0:
                    await hand_in(sent[-1], "duplicate")  # the answer was lost on its way
            for value in ("3", None):  # an answer, and its taking back
                sent.append([device.rating(value=value)])
                await hand_in(sent[-1], "stored")
            assert any("nats" in problem for problem in await world.service.ready()), "who watches the service is told"
            assert await ledger() == (device.seq, device.seq, [])
            await until(lambda: _tries(kernel.link) > 2 * BY_DEFAULT, PATIENCE)
            await write()

            nats.start()
            await until(lambda: kernel.link.connected and kernel.relay.problems() == [], PATIENCE)
            for items in sent:
                await hand_in(items, "duplicate")
            await write()

            async def published() -> bool:
                return len(await _messages(link)) >= (2 + BATCHES + 2) * BATCH + 2

            await until(published, PATIENCE)
            messages = await _messages(link)
            numbers = [n for n, _ in messages]
            assert numbers == list(range(1, numbers[-1] + 1)), "in order, none missing, none twice"
            told = {
                statement_id(slot, observer.person_id, UUID(i["client_id"])) for b in sent for i in b if "words" in i
            }
            kinds = [kind for _, kind in messages]
            assert kinds.count("EvidenceRecorded") == len(told)
            assert (kinds.count("LookForRated"), kinds.count("RatingWithdrawn")) == (1, 1)
            async with world.deps.db.system() as conn:
                rows = await conn.fetch(
                    "select data ->> 'statement_id' as id from events where type = 'EvidenceRecorded'"
                )
            assert sorted(UUID(r["id"]) for r in rows) == sorted(told)
            assert await ledger() == (device.seq, device.seq, [])
            assert not [p for p in await world.service.ready() if "nats" in p or "relay" in p]
        finally:
            await link.close()
            await world.close()


def _tries(link: Link) -> int:
    return sum(server.reconnects for server in link.nc._server_pool)


async def _messages(link: Link) -> list[tuple[int, str]]:
    """Number in the log and type of every event that JetStream holds, in its order."""
    if not link.connected:
        return []
    stream = stream_name("rounds")
    state = (await link.js.stream_info(stream)).state
    found: list[tuple[int, str]] = []
    for seq in range(state.first_seq, state.last_seq + 1):
        message = await link.js.get_msg(stream, seq=seq)
        found.append((int((message.headers or {})["Log-Seq"]), str(message.subject).split(".")[3]))
    return found
