"""The embedded NATS server."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import nats
import pytest
from nats.errors import NoServersError

from shared.embedded import DataUnusable, NatsServer, PortTaken


@pytest.fixture
def server(tmp_path: Path) -> Iterator[NatsServer]:
    server = NatsServer(tmp_path, durable=False)
    yield server
    server.kill()


async def test_it_listens_on_this_machine_only_and_asks_for_the_password(server: NatsServer) -> None:
    server.start()
    refused: list[str] = []

    async def note(error: Exception) -> None:
        refused.append(str(error))

    with pytest.raises((NoServersError, nats.errors.Error)):
        await nats.connect(f"nats://127.0.0.1:{server.port}", allow_reconnect=False, error_cb=note)
    assert any("Authorization" in word for word in refused)
    assert (server.folder / "nats.conf").stat().st_mode & 0o777 == 0o600
    assert '"host": "127.0.0.1"' in (server.folder / "nats.conf").read_text()


def test_every_message_is_synced_before_its_acknowledgement_by_default(tmp_path: Path) -> None:
    server = NatsServer(tmp_path)
    try:
        server.start()
        assert '"sync_interval": "always"' in (tmp_path / "nats.conf").read_text()
    finally:
        server.kill()


def test_a_taken_port_is_told_with_its_number(server: NatsServer) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        server.port = taken.getsockname()[1]
        with pytest.raises(PortTaken, match=f"Port {server.port} on 127.0.0.1 is taken by another program"):
            server.start()


def test_a_store_that_is_no_folder_is_told(server: NatsServer) -> None:
    (server.folder / "store").write_text("not a folder")
    with pytest.raises(DataUnusable, match="damaged or not readable"):
        server.start()


async def test_a_clean_stop_keeps_the_streams(server: NatsServer) -> None:
    server.start()
    first = await nats.connect(server.url)
    await first.jetstream().add_stream(name="kept", subjects=["kept.>"])
    await first.jetstream().publish("kept.one", b"1")
    await first.close()
    server.stop()
    server.start()
    second = await nats.connect(server.url)
    assert (await second.jetstream().stream_info("kept")).state.messages == 1
    await second.close()
