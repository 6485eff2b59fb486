"""The compose stack's NATS: each service under its own user can do its work and write nobody else's events."""

from __future__ import annotations

import asyncio
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import nats
import pytest
from nats.aio.client import Client
from nats.errors import NoRespondersError
from nats.errors import TimeoutError as NatsTimeout
from nats.js.errors import APIError

from services.compose import SERVICES, build, settings_of
from services.identity.identity import bootstrap
from services.origin import waiting_for
from shared.embedded.nats import binary
from shared.embedded.process import end, free_port, spawn
from shared.jetstream import Link, stream_config
from shared.provision import DATABASES, provision
from shared.testing.servers import Servers
from shared.testing.tokens import FakeIdentity

CONFIG = Path(__file__).resolve().parents[3] / "deploy" / "nats" / "nats.conf"


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """A server with the stack's own configuration; only its folder and its ports differ."""
    ours, chosen = tmp_path / "nats.conf", free_port()
    words = CONFIG.read_text().replace("store_dir: /data", f"store_dir: {tmp_path / 'store'}")
    ours.write_text(words.replace("http: 8222", ""))
    command = [str(binary()), "-c", str(ours), "-a", "127.0.0.1", "-p", str(chosen)]
    passwords = {f"{name.upper()}_NATS_PASSWORD": f"password-of-{name}" for name in SERVICES}
    process: subprocess.Popen[bytes] = spawn(command, tmp_path / "nats.log", env=os.environ | passwords)
    yield chosen
    end(process)


def _url(port: int, service: str) -> str:
    return f"nats://{service}:password-of-{service}@127.0.0.1:{port}"


class Refusals:
    """What the server tells a client on the side, which comes when it comes."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self._came = asyncio.Event()

    async def note(self, error: Exception) -> None:
        self.words.append(str(error).lower())
        if "permissions violation" in self.words[-1]:
            self._came.set()

    async def violation(self) -> str:
        async with asyncio.timeout(20):
            await self._came.wait()
        return next(word for word in self.words if "permissions violation" in word)


async def _client(port: int, service: str, refusals: Refusals | None = None) -> Client:
    refusals = refusals or Refusals()

    client = Client()
    await client.connect(
        _url(port, service), error_cb=refusals.note, max_reconnect_attempts=100, reconnect_time_wait=0.1
    )
    return client


async def test_a_service_declares_its_stream_and_others_read_it(port: int) -> None:
    refusals = Refusals()
    owner, reader = await _client(port, "rounds", refusals), await _client(port, "reporting", refusals)
    link = Link(_url(port, "rounds"), "rounds", lambda: None)
    await link.connect()
    try:
        await link.declare(stream_config("rounds"))
        await owner.jetstream().publish("evt.rounds.0.RoundOpened.round-1", b"{}")
        subscription = await reader.jetstream().pull_subscribe("", durable="reporting", stream="RONDO_ROUNDS")
        (message,) = await subscription.fetch(1, timeout=10)
        await message.ack_sync()
        assert not [word for word in refusals.words if "permission" in word]
    finally:
        for connection in (owner, reader, link):
            await connection.close()


async def test_all_services_do_their_whole_work_under_these_permissions(
    port: int, servers: Servers, tmp_path: Path
) -> None:
    identity = FakeIdentity()
    with servers.extra_postgres(durable=False) as postgres:
        urls = await provision(postgres.url(), {name: f"password-of-{name}" for name in DATABASES})
        services = [
            build(
                name,
                settings_of(
                    name,
                    database_url=urls[name],
                    keys_database_url=urls["keys"],
                    keys_master_key_file=tmp_path / "master-key",
                    secret_file=tmp_path / "secret",
                    nats_url=_url(port, name),
                ),
                identity.verifier,
            )
            for name in SERVICES
        ]
        try:
            await asyncio.gather(*(service.start() for service in services))
            await bootstrap(
                services[0],
                district_name="Alder",
                timezone="America/New_York",
                admin_email="ana@alder.example",
                admin_password="a long enough password",
            )
            async with asyncio.timeout(60):
                while await waiting_for(services):
                    continue
        finally:
            await asyncio.gather(*(service.stop() for service in services))
    assert "violation" not in (tmp_path / "nats.log").read_text().lower()


async def test_a_service_answers_for_its_own_log(port: int) -> None:
    owner, reader = await _client(port, "scheduling"), await _client(port, "rounds")
    try:

        async def answer(message: nats.aio.msg.Msg) -> None:
            await message.respond(b"7")

        await owner.subscribe("log.scheduling.head", cb=answer)
        await owner.flush()
        assert (await reader.request("log.scheduling.head", b"", timeout=10)).data == b"7"
    finally:
        await owner.close()
        await reader.close()


@pytest.mark.parametrize("subject", ["evt.rounds.0.RoundOpened.round-1", "poke.rounds", "dead.rounds.identity.X"])
async def test_a_service_cannot_write_in_anothers_name(port: int, subject: str) -> None:
    refusals = Refusals()
    other = await _client(port, "scheduling", refusals)
    try:
        await other.publish(subject, b"{}")
        assert f'publish to "{subject.lower()}"' in await refusals.violation()
    finally:
        await other.close()


async def test_a_service_cannot_declare_or_delete_anothers_stream(port: int) -> None:
    other = await _client(port, "scheduling")
    try:
        with pytest.raises((APIError, NatsTimeout, NoRespondersError, asyncio.TimeoutError)):
            await other.jetstream(timeout=1).add_stream(stream_config("rounds"))
        with pytest.raises((APIError, NatsTimeout, NoRespondersError, asyncio.TimeoutError)):
            await other.jetstream(timeout=1).delete_stream("RONDO_ROUNDS")
    finally:
        await other.close()
