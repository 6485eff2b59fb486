"""The embedded PostgreSQL: what a person who starts it meets, and what dies with what."""

from __future__ import annotations

import os
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from shared.embedded import AlreadyRunning, DataUnusable, DiskFull, PortTaken, PostgresServer, StartFailed

pytestmark = pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs Linux")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[PostgresServer]:
    server = PostgresServer(tmp_path, durable=False)
    yield server
    server.kill()


async def _value(server: PostgresServer, query: str) -> object:
    connection = await asyncpg.connect(server.url())
    try:
        return await connection.fetchval(query)
    finally:
        await connection.close()


async def test_a_clean_stop_leaves_no_process_and_the_next_start_finds_the_data(server: PostgresServer) -> None:
    server.start()
    pid = server.pid
    await _value(server, "CREATE TABLE kept AS SELECT 7 AS seven")
    server.stop()

    assert server.pid is None
    assert not Path(f"/proc/{pid}").exists()
    assert not (server.folder / "data" / "postmaster.pid").exists()
    server.start()
    assert await _value(server, "SELECT seven FROM kept") == 7


async def test_a_killed_server_recovers_though_its_pid_belongs_to_another_program_by_then(
    server: PostgresServer,
) -> None:
    server.start()
    await _value(server, "CREATE TABLE kept AS SELECT 7 AS seven")
    server.kill()
    lock = server.folder / "data" / "postmaster.pid"
    lines = lock.read_text().splitlines()
    lock.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")

    server.start()

    assert await _value(server, "SELECT seven FROM kept") == 7


async def test_it_listens_on_this_machine_only_and_asks_for_the_password(server: PostgresServer) -> None:
    server.start()

    assert await _value(server, "SHOW listen_addresses") == "127.0.0.1"
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(server.url().replace("rondo:", "rondo:not-"))
    assert (server.folder / "password").stat().st_mode & 0o777 == 0o600


def test_durable_is_the_default_and_means_fsync(tmp_path: Path) -> None:
    server = PostgresServer(tmp_path)
    assert server.durable
    assert "fsync" not in server._settings
    assert server._settings["synchronous_commit"] == "on"


def test_a_taken_port_is_told_with_its_number(server: PostgresServer) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        server.port = taken.getsockname()[1]
        with pytest.raises(PortTaken, match=f"Port {server.port} on 127.0.0.1 is taken by another program"):
            server.start()


def test_a_second_server_on_the_same_folder_is_refused(server: PostgresServer) -> None:
    server.start()
    second = PostgresServer(server.folder, durable=False)
    with pytest.raises(AlreadyRunning, match="already runs on"):
        second.start()


@pytest.mark.parametrize("damage", ["control file cut short", "empty folder", "another version"])
def test_a_damaged_data_folder_is_told_and_left_as_it_is(server: PostgresServer, damage: str) -> None:
    data = server.folder / "data"
    if damage == "empty folder":
        data.mkdir(mode=0o700)
    else:
        server.start()
        server.stop()
        if damage == "another version":
            (data / "PG_VERSION").write_text("9\n")
        else:
            os.truncate(data / "global" / "pg_control", 100)
    before = {p for p in data.rglob("*") if p.is_file()}

    with pytest.raises(DataUnusable) as told:
        server.start()

    assert str(server.folder) in told.value.detail
    assert "backup" in (told.value.mend or "")
    assert "\n" not in told.value.detail
    assert before <= {p for p in data.rglob("*") if p.is_file()}


def test_what_an_interrupted_first_start_left_behind_is_no_hindrance(server: PostgresServer) -> None:
    half_made = server.folder / "data.new"
    half_made.mkdir()
    (half_made / "PG_VERSION").write_text("18\n")

    server.start()

    assert server.pid is not None
    assert not half_made.exists()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 8 MB."""
    place = tmp_path / "small"
    place.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "rondo", str(place)], capture_output=True)
    if made.returncode != 0:
        pytest.skip("needs the right to mount a small file system")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk_is_told_in_one_sentence(small_disk: Path) -> None:
    server = PostgresServer(small_disk / "home")
    with pytest.raises(DiskFull, match=r"The disk that holds .* is full"):
        server.start()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
async def test_root_without_user_namespaces_runs_it_as_another_user() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        server = PostgresServer(Path(folder) / "home", durable=False, identity="user:65534:65534")
        try:
            server.start()
            assert await _value(server, "SELECT 1") == 1
            assert Path(f"/proc/{server.pid}").stat().st_uid == 65534
            assert (Path(folder) / "home" / "password").stat().st_uid == 0
        finally:
            server.kill()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StartFailed, match="cannot be made"):
        PostgresServer(tmp_path / "file" / "home").start()
