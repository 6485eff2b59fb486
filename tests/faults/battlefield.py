"""Every service as a process of its own, on servers of the test's own: all can be killed."""

from __future__ import annotations

import asyncio
import json
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import psutil

from shared.embedded import NatsServer, PostgresServer
from shared.embedded.process import free_port
from shared.provision import DATABASES, provision
from shared.testing.servers import Servers
from shared.testing.tokens import FakeIdentity

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 90
POLL = 0.05
SERVICES = ("identity", "scheduling", "rounds", "reporting")


async def a_moment() -> None:
    """Between two looks at a condition, or two tries."""
    await asyncio.sleep(POLL)


class Nursery:
    """The process that the services are forked from, so that not each start takes seconds to import what it needs."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    async def open(cls) -> Nursery:
        pipe = asyncio.subprocess.PIPE
        return cls(
            await asyncio.create_subprocess_exec(
                sys.executable, "-m", "tests.faults.nursery", stdin=pipe, stdout=pipe, cwd=ROOT
            )
        )

    async def fork(self, service: str, port: int, env: dict[str, str], log: Path) -> psutil.Process:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        asked = {"service": service, "port": port, "env": env, "log": str(log)}
        self._process.stdin.write(json.dumps(asked).encode() + b"\n")
        return psutil.Process(int(await self._process.stdout.readline()))

    async def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        await self._process.wait()


class ServiceProcess:
    """`rondo serve NAME` as a process of its own; `kill` is SIGKILL, `start` brings it back at the same port."""

    def __init__(self, name: str, env: dict[str, str], log: Path, nursery: Nursery) -> None:
        self.name, self.port = name, free_port()
        self._env, self._log, self._nursery = env, log, nursery
        self._process: psutil.Process | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        self._process = await self._nursery.fork(self.name, self.port, self._env, self._log)

    async def wait_ready(self) -> None:
        told, deadline = "no answer", asyncio.get_running_loop().time() + START_SECONDS
        async with httpx.AsyncClient(base_url=self.url, timeout=5) as http:
            while asyncio.get_running_loop().time() < deadline:
                assert self._process is not None
                if not self._process.is_running():
                    raise AssertionError(f"{self.name} ended by itself: {self._log.read_text()[-3000:]}")
                try:
                    answer = await http.get("/health/ready")
                except httpx.TransportError as error:
                    told = repr(error)
                else:
                    if answer.status_code == 200:
                        return
                    told = answer.text
                await a_moment()
        raise AssertionError(f"{self.name} is not ready: {told}")

    async def kill(self) -> None:
        """SIGKILL; back when the process is gone."""
        process, self._process = self._process, None
        if process is not None:
            with suppress(psutil.NoSuchProcess):
                process.kill()
            while process.is_running():
                await a_moment()


class Battlefield:
    def __init__(
        self,
        postgres: PostgresServer,
        nats: NatsServer,
        urls: dict[str, str],
        identity: FakeIdentity,
        services: dict[str, ServiceProcess],
        env: dict[str, str],
    ) -> None:
        self.postgres, self.nats, self.urls = postgres, nats, urls
        self.identity, self.services, self.env = identity, services, env

    async def kill(self, target: str) -> None:
        """SIGKILLs one of the parts and starts it again; a service comes back in its own time."""
        if target in self.services:
            await self.services[target].kill()
            await self.services[target].start()
            return
        server = self.postgres if target == "postgres" else self.nats
        # On this thread, which the servers are tied to; the load waits so long, which is the worst case.
        server.kill()
        server.start()

    async def wait_ready(self) -> None:
        for service in self.services.values():
            await service.wait_ready()


@contextmanager
def keys_served(identity: FakeIdentity) -> Iterator[str]:
    """Serves the public key as identity would."""
    body = json.dumps(identity.jwks()).encode()

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/jwks.json"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@asynccontextmanager
async def battlefield(servers: Servers, folder: Path) -> AsyncIterator[Battlefield]:
    identity = FakeIdentity()
    with servers.extra_postgres() as postgres, servers.extra_nats() as nats, keys_served(identity) as jwks_url:
        urls = await provision(postgres.url(), {name: f"password-of-{name}" for name in DATABASES})
        env = {
            "RONDO_KEYS_DATABASE_URL": urls["keys"],
            "RONDO_KEYS_MASTER_KEY_FILE": str(folder / "master-key"),
        }
        for name in SERVICES:
            prefix = f"RONDO_{name.upper()}"
            env |= {
                f"{prefix}_DATABASE_URL": urls[name],
                f"{prefix}_NATS_URL": nats.url,
                f"{prefix}_JWKS_URL": jwks_url,
            }
        env["RONDO_IDENTITY_SECRET_FILE"] = str(folder / "identity-secret")
        for name in ("ROUNDS", "SCHEDULING"):
            env[f"RONDO_{name}_KEYS_DATABASE_URL"] = urls["keys"]
            env[f"RONDO_{name}_KEYS_MASTER_KEY_FILE"] = str(folder / "master-key")
        nursery = await Nursery.open()
        services = {name: ServiceProcess(name, env, folder / f"{name}.log", nursery) for name in SERVICES}
        field = Battlefield(postgres, nats, urls, identity, services, env)
        try:
            for service in services.values():
                await service.start()
            await field.wait_ready()
            yield field
        finally:
            await nursery.close()
