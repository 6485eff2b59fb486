"""Real PostgreSQL and NATS for tests: from a URL, else local binaries, else containers, whichever is there.

    def test_something(servers): ...
        url = servers.postgres_url()            # a new, empty database
        servers.restart_postgres()              # crash and recovery, same port
        with servers.extra_postgres(tmp_path) as own: own.kill(); own.start()

Set RONDO_TEST_POSTGRES_URL and RONDO_TEST_NATS_URL to use servers that are already running.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import subprocess
import tempfile
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import asyncpg
import pytest

from shared.embedded import EmbeddedError, NatsServer, PostgresServer
from shared.embedded.nats import binary
from shared.embedded.postgres import binaries
from shared.provision import make_login

POSTGRES_URL = "RONDO_TEST_POSTGRES_URL"
NATS_URL = "RONDO_TEST_NATS_URL"

_LOGIN, _PASSWORD = "rondo_test", "of-tests-alone"
_numbers = itertools.count(1)


class Servers:
    """The servers of one test session. `close` ends what `open_servers` started."""

    def __init__(
        self,
        folder: Path,
        *,
        postgres: PostgresServer | str,
        nats: NatsServer | str,
        containers: list[Any] | None = None,  # testcontainers has no common type that is public
    ) -> None:
        self._folder = folder
        self._postgres = postgres
        self._nats = nats
        self._containers = containers or []

    @property
    def nats_url(self) -> str:
        return self._nats if isinstance(self._nats, str) else self._nats.url

    def postgres_url(self, dbname: str | None = None) -> str:
        """URL of the database `dbname`, created empty where it is missing; without a name, of a new database
        at every call. Its login owns it and is no superuser, with the rights of a service's login."""
        name = dbname or f"test_{next(_numbers)}_{uuid4().hex[:8]}"
        _run(_create_database(self._admin_url, name))
        parts = urlsplit(database_url(self._admin_url, name))
        host = parts.netloc.rpartition("@")[2]
        return urlunsplit(parts._replace(netloc=f"{_LOGIN}:{_PASSWORD}@{host}"))

    def superuser_url(self, url: str) -> str:
        """The database of `url` as the server's superuser, for looking behind the curtain."""
        return database_url(self._admin_url, urlsplit(url).path.lstrip("/"))

    def drop_database(self, url: str) -> None:
        """Drops the database of `url`, cutting off whoever is connected."""
        _run(_drop_database(self._admin_url, urlsplit(url).path.lstrip("/")))

    def restart_postgres(self, immediate: bool = True) -> None:
        """A crash (or, not `immediate`, a clean stop) and a start on the same port. Skips the test where the
        server is not ours to restart."""
        server = self._postgres
        if isinstance(server, str):
            pytest.skip(f"the PostgreSQL of {POSTGRES_URL} or of a container is not ours to restart")
        if immediate:
            server.crash()
        else:
            server.stop()
        server.start()

    def restart_nats(self, wipe: bool = False) -> None:
        """SIGKILL and start on the same port; `wipe` deletes the whole JetStream store in between."""
        server = self._nats
        if isinstance(server, str):
            pytest.skip(f"the NATS of {NATS_URL} or of a container is not ours to restart")
        server.kill()
        if wipe:
            server.wipe()
        server.start()

    @contextmanager
    def extra_postgres(self, folder: Path | None = None, *, durable: bool = True) -> Iterator[PostgresServer]:
        """A running server of the test's own, to `.kill()`, `.crash()`, `.stop()` and `.start()` (same port)."""
        server = start_postgres(folder or self._own_folder(), durable=durable)
        try:
            yield server
        finally:
            server.kill()

    @contextmanager
    def extra_nats(self, folder: Path | None = None, *, durable: bool = True) -> Iterator[NatsServer]:
        """A running server of the test's own, to `.kill()`, `.stop()`, `.wipe()` and `.start()` (same port)."""
        server = start_nats(folder or self._own_folder(), durable=durable)
        try:
            yield server
        finally:
            server.kill()

    def close(self) -> None:
        for server in (self._postgres, self._nats):
            if not isinstance(server, str):
                server.kill()
        for container in self._containers:
            container.stop()
        # Tens of thousands of files: nobody waits for their end.
        subprocess.Popen(["rm", "-rf", str(self._folder)], start_new_session=True)

    @property
    def _admin_url(self) -> str:
        return self._postgres if isinstance(self._postgres, str) else self._postgres.url()

    def _own_folder(self) -> Path:
        return Path(tempfile.mkdtemp(dir=self._folder))


def start_postgres(folder: Path, *, durable: bool = True) -> PostgresServer:
    """An independent running server on `folder`; the caller ends it. Skips the test without local binaries."""
    _need_binaries()
    server = PostgresServer(folder, durable=durable)
    server.start()
    return server


def start_nats(folder: Path, *, durable: bool = True) -> NatsServer:
    """An independent running server on `folder`; the caller ends it. Skips the test without local binaries."""
    _need_binaries()
    server = NatsServer(folder, durable=durable)
    server.start()
    return server


def open_servers() -> Servers:
    """URL, else local binaries, else containers. Fails the session in one sentence where none is there."""
    folder = Path(tempfile.mkdtemp(prefix="rondo-tests-"))
    postgres: PostgresServer | str | None = os.environ.get(POSTGRES_URL)
    nats: NatsServer | str | None = os.environ.get(NATS_URL)
    containers: list[Any] = []
    if _binaries_here():
        if postgres is None:
            postgres = PostgresServer(folder / "postgres", durable=False, settings={"max_connections": "300"})
            postgres.start(wait=False)
        if nats is None:
            nats = NatsServer(folder / "nats", durable=False)
            nats.start()
        if isinstance(postgres, PostgresServer):
            postgres.wait_ready()
    else:
        from shared.testing.containers import nats_container, postgres_container

        if postgres is None:
            postgres = postgres_container(containers)
        if nats is None:
            nats = nats_container(containers)
    return Servers(folder, postgres=postgres, nats=nats, containers=containers)


def database_url(url: str, database: str) -> str:
    """`url` with another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


def _binaries_here() -> bool:
    try:
        return bool(binaries() and binary())
    except EmbeddedError:
        return False


def _need_binaries() -> None:
    if not _binaries_here():
        pytest.skip("needs PostgreSQL and NATS binaries on this machine, to kill and restart them")


async def _create_database(admin_url: str, name: str) -> None:
    connection = await asyncpg.connect(admin_url)
    try:
        if await connection.fetchval("SELECT count(*) FROM pg_roles WHERE rolname = $1", _LOGIN) == 0:
            await make_login(connection, _LOGIN, _PASSWORD)
        await connection.execute(f'CREATE DATABASE "{name}" OWNER {_LOGIN}')
    except asyncpg.DuplicateDatabaseError:
        return
    finally:
        await connection.close()


async def _drop_database(admin_url: str, name: str) -> None:
    connection = await asyncpg.connect(admin_url)
    try:
        await connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    finally:
        await connection.close()


def _run(work: Coroutine[Any, Any, None]) -> None:
    """Runs it to its end, also from inside a running event loop."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, work).result()
